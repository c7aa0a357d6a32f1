"""Fit the weights of `places/weights.yml`: `python -m training.places [DATA FOLDER]`.

Examples are the gold places of LGL (visible half), GeoWebNews train and GeoVirus. A conditional logit: the candidates
of a name share one softmax over their features times the weights, and the likelihood is that of the right ones, with a
prior that keeps weights small. Fisher scoring, a dozen steps. First the round that looks at each name alone, then,
with what it chose, the second. The three corpora count alike, however many places each has.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.toponyms import Document, documents, reading
from whosays.places.features import ALONE, AMONG, Table, alone, among, table
from whosays.places.gazetteer import Gazetteer, shipped
from whosays.places.rank import gather, softmax
from whosays.places.relative import kilometres
from whosays.places.resolve import seen

OUT = Path(__file__).parent.parent / "src/whosays/places/weights.yml"
CORPORA = ("lgl", "geowebnews", "geovirus")
PRIOR = 0.5
"""Precision of the prior on each weight."""
EXPECTED = {"as_stated": 4.0, "in_dateline_country": 1.5}
"""Middle of the prior, where it is not 0: what the corpora hardly show and conflict news lives by."""
SETTLED = 0.5
"""Probability from which a choice is settled: then 95 of 100 are right (cross-validated; `main` prints the table)."""
FOLDS = 5
CLOSE = 50.0
"""Kilometres within which a candidate is right, where none has gold's GeoNames id."""
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A document: its candidates, and for each name how often each of its lines is right."""

    corpus: str
    table: Table
    gold: tuple[tuple[int, frozenset[int]], ...]
    """For each gold place the number of its name and the lines that are right."""


def examples(data: Path) -> list[Example]:
    gazetteer = shipped()
    return [example(one, gazetteer) for corpus in CORPORA for one in documents(data, corpus, "train")]


def example(document: Document, gazetteer: Gazetteer) -> Example:
    found, context = seen(reading(document), gazetteer)
    mentions = [mention for mention in found.mentions if mention.rows]
    names = gather(mentions)
    t = table([*names, *context.written_at], context)
    number = {name.key: n for n, name in enumerate(names)}
    at = {mention.span.start: number[mention.key] for mention in mentions}
    gold = []
    for place in document.gold:
        name = at.get(place.span.start)
        if name is not None and len(names[name].rows) > 1:
            lines = np.flatnonzero(t.name == name).tolist()
            found = [gazetteer.place(t.rows[line]) for line in lines]
            right = [line for line, one in zip(lines, found, strict=True) if one.geonameid == place.geonameid]
            near = [
                line
                for line, one in zip(lines, found, strict=True)
                if kilometres((one.lat, one.lon), place.position) < CLOSE
            ]
            gold.append((name, frozenset((place.geonameid and right) or near)))
    return Example(document.corpus, t, tuple((name, right) for name, right in gold if right))


def fit(some: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """Weights of the first and of the second round."""
    single = [alone(one.table) for one in some]
    first = fitted(some, single)
    both = [
        np.concatenate([x, among(one.table, softmax(one.table, x @ first))], axis=1)
        for one, x in zip(some, single, strict=True)
    ]
    return first, fitted(some, both)


def fitted(some: Sequence[Example], values: Sequence[Matrix]) -> Matrix:
    """Newton's steps with the expected curvature; the candidates of all gold places lie one below the other."""
    each = Counter(one.corpus for one in some for _ in one.gold)
    lines, right, share, counts = [], [], [], []
    for one, x in zip(some, values, strict=True):
        for name, good in one.gold:
            of_name = np.flatnonzero(one.table.name == name)
            lines.append(x[of_name])
            right.append(np.isin(of_name, list(good)))
            share.append(sum(each.values()) / len(each) / each[one.corpus])
            counts.append(len(of_name))
    x, good, weight = np.concatenate(lines), np.concatenate(right), np.array(share)
    starts, group = np.cumsum([0, *counts[:-1]]), np.repeat(np.arange(len(counts)), counts)
    mean = np.array([EXPECTED.get(feature.__name__, 0.0) for feature in (*ALONE, *AMONG)])[: x.shape[1]]
    w = mean.copy()
    for _ in range(15):
        p = grouped(np.exp(x @ w - np.maximum.reduceat(x @ w, starts)[group]), starts, group)
        told = grouped(p * good, starts, group)
        means = np.add.reduceat(x * p[:, None], starts)
        slope = x.T @ (weight[group] * (told - p)) - PRIOR * (w - mean)
        bend = (x.T * (weight[group] * p)) @ x - (means.T * weight) @ means + PRIOR * np.eye(len(w))
        w = w + np.linalg.solve(bend, slope)
    return w


def grouped(raised: Matrix, starts: Matrix, group: Matrix) -> Matrix:
    """Divided by the sum of each group."""
    return np.asarray(raised / np.add.reduceat(raised, starts)[group])


def folds(some: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    for fold in range(FOLDS):
        yield (
            [one for n, one in enumerate(some) if n % FOLDS != fold],
            [one for n, one in enumerate(some) if n % FOLDS == fold],
        )


def judged(some: Sequence[Example], first: Matrix, second: Matrix) -> Iterator[tuple[str, float, bool]]:
    """(corpus, probability of the best, is it right) of each gold place."""
    for one in some:
        if not one.gold:
            continue
        single = alone(one.table)
        near = softmax(one.table, single @ first)
        likely = softmax(one.table, np.concatenate([single, among(one.table, near)], axis=1) @ second)
        for name, right in one.gold:
            of_name = np.flatnonzero(one.table.name == name)
            best = int(of_name[likely[of_name].argmax()])
            yield one.corpus, float(likely[best]), best in right


def told(first: Matrix, second: Matrix, settled: float) -> str:
    """The text of weights.yml."""
    names = [feature.__name__ for feature in (*ALONE, *AMONG)]
    lines = ["# Log-odds of features (places/features.py); fitted by `python -m training.places`, never by hand."]
    for title, weights in (("first", first), ("second", second)):
        lines += [f"{title}:", *(f"  {name}: {weight:.2f}" for name, weight in zip(names, weights, strict=False))]
    return "\n".join([*lines, f"settled: {{from: {settled:.2f}}}  # probability", ""])


def main() -> None:
    from benchmarks.__main__ import SHARED

    data = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "data"
    some = [one for one in examples(data) if one.gold]
    rows = [row for train, test in folds(some) for row in judged(test, *fit(train))]
    for corpus in CORPORA:
        good = [right for name, _, right in rows if name == corpus]
        print(f"{corpus}: {len(good)} places of several candidates, {np.mean(good):.3f} right by cross-validation")
    for limit in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        held = [right for _, sure, right in rows if sure >= limit]
        print(f"settled from {limit}: {len(held) / len(rows):.3f} of them, {np.mean(held):.3f} right")
    OUT.write_text(told(*fit(some), SETTLED), "utf-8")
    print(OUT.read_text("utf-8"))


if __name__ == "__main__":
    main()
