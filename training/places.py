"""Fit the weights of `places/weights.yml`: `python -m training.places [DATA FOLDER]`. Ten seconds.

Examples are the gold places of LGL (visible half), GeoWebNews train and GeoVirus. A conditional logit: the candidates
of a name share one softmax over their features times the weights, and the likelihood is that of the right ones, with a
prior that keeps weights small. Fisher scoring, 15 steps. First the round that looks at each name alone, then,
with what it chose, the second. The three corpora count alike, however many places each has. Prints, for documents left
out in turn, how often the best is right, and how often by how sure it is.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.corpora import DATA
from training.toponyms import Document, documents, reading
from whosays.places.features import ALONE, AMONG, Table, alone, among, table
from whosays.places.gazetteer import Gazetteer, shipped
from whosays.places.rank import Weights, gather, learned, softmax
from whosays.places.relative import kilometres
from whosays.places.resolve import seen

OUT = Path(__file__).parent.parent / "src/whosays/places/weights.yml"
HEAD = """# How much each feature of features.py counts, as log-odds, when names are first looked at alone (`first`), and then with what the
# others may mean (`second`). Fitted: `python -m training.places`. `settled`: how likely a place must be to stand for its mention.
"""
CORPORA = ("lgl", "geowebnews", "geovirus")
PRIOR = 0.5
"""Precision of the prior on each weight."""
EXPECTED = {"as_stated": 4.0, "in_dateline_country": 1.5}
"""Middle of the prior, where it is not 0: what the corpora hardly show and conflict news lives by."""
FOLDS = 5
CLOSE = 50.0
"""Kilometres within which a candidate is right, where none has gold's GeoNames id."""
SURE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A document: its candidates, and for each name which of its lines are right."""

    document: Document
    table: Table
    gold: tuple[tuple[int, frozenset[int]], ...]
    """For each gold place that has several candidates the number of its name and the lines that are right."""


def main() -> None:
    some = examples(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
    report([row for train, test in folds(some) for row in judged(test, fit(train))])
    first, second = fit(some)
    names = [feature.__name__ for feature in (*ALONE, *AMONG)]
    lines = [
        *("first:", *(f"  {name}: {weight:.2f}" for name, weight in zip(names, first, strict=False))),
        *("second:", *(f"  {name}: {weight:.2f}" for name, weight in zip(names, second, strict=True))),
        f"settled: {{from: {learned().settled}}}",
    ]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"written: {OUT}")


def report(rows: Sequence[tuple[str, float, bool]]) -> None:
    by_corpus: dict[str, list[bool]] = defaultdict(list)
    for corpus, _, good in rows:
        by_corpus[corpus].append(good)
    for corpus, good in by_corpus.items():
        print(f"{corpus:12s} right {np.mean(good):.1%} of {len(good)} names with several places")
    for limit in SURE:
        held = [good for _, sure, good in rows if sure >= limit]
        rest = [good for _, sure, good in rows if sure < limit]
        print(
            f"settled from {limit}: {len(held) / len(rows):.1%}, right {np.mean(held):.1%}; the rest {np.mean(rest):.1%}"
        )


def without(data: Path) -> dict[str, Weights]:
    """Text of each document that something is learned from → weights fitted without it and the others of its fold."""
    found: dict[str, Weights] = {}
    for train, test in folds(examples(data)):
        weights = Weights(*fit(train), learned().settled)
        found |= {one.document.text: weights for one in test}
    return found


def examples(data: Path) -> list[Example]:
    """Of the documents in which there is something to choose."""
    gazetteer = shipped()
    made = (example(one, gazetteer) for corpus in CORPORA for one in documents(data, corpus, "train"))
    return [one for one in made if one and one.gold]


def example(document: Document, gazetteer: Gazetteer) -> Example | None:
    """None where no known place is named."""
    found, context = seen(reading(document), gazetteer)
    mentions = [mention for mention in found.mentions if mention.rows]
    if not mentions:
        return None
    names = gather(mentions)
    t = table([*names, *context.written_at], context)
    number = {name.key: n for n, name in enumerate(names)}
    at = {mention.span.start: number[mention.key] for mention in mentions}
    gold = []
    for place in document.gold:
        name = at.get(place.span.start)
        if name is None or len(names[name].rows) == 1:
            continue
        lines = [(line, gazetteer.place(t.rows[line])) for line in np.flatnonzero(t.name == name).tolist()]
        exact = frozenset(line for line, one in lines if place.geonameid and one.geonameid == place.geonameid)
        near = frozenset(line for line, one in lines if kilometres((one.lat, one.lon), place.position) < CLOSE)
        if exact or near:
            gold.append((name, exact or near))
    return Example(document, t, tuple(gold))


def folds(some: Sequence[Example]) -> Iterator[tuple[list[Example], list[Example]]]:
    """(to fit, left out), document by document in turn."""
    for fold in range(FOLDS):
        yield (
            [one for n, one in enumerate(some) if n % FOLDS != fold],
            [one for n, one in enumerate(some) if n % FOLDS == fold],
        )


def fit(some: Sequence[Example]) -> tuple[Matrix, Matrix]:
    """Weights of the first and of the second round."""
    single = [alone(one.table) for one in some]
    first = fitted(some, single)
    both = [_both(one.table, x, first) for one, x in zip(some, single, strict=True)]
    return first, fitted(some, both)


def fitted(some: Sequence[Example], values: Sequence[Matrix]) -> Matrix:
    """Newton's steps with the expected curvature; the candidates of all gold places lie one below the other."""
    each = Counter(one.document.corpus for one in some for _ in one.gold)
    lines, right, share, counts = [], [], [], []
    for one, x in zip(some, values, strict=True):
        for name, good in one.gold:
            of_name = np.flatnonzero(one.table.name == name)
            lines.append(x[of_name])
            right.append(np.isin(of_name, list(good)))
            share.append(sum(each.values()) / len(each) / each[one.document.corpus])
            counts.append(len(of_name))
    x, good_lines, weight = np.concatenate(lines), np.concatenate(right), np.array(share)
    starts, group = np.cumsum([0, *counts[:-1]]), np.repeat(np.arange(len(counts)), counts)
    mean = np.array([EXPECTED.get(feature.__name__, 0.0) for feature in (*ALONE, *AMONG)])[: x.shape[1]]
    w: Matrix = mean.copy()
    for _ in range(15):
        p = _grouped(np.exp(x @ w - np.maximum.reduceat(x @ w, starts)[group]), starts, group)
        told = _grouped(p * good_lines, starts, group)
        means = np.add.reduceat(x * p[:, None], starts)
        slope = x.T @ (weight[group] * (told - p)) - PRIOR * (w - mean)
        bend = (x.T * (weight[group] * p)) @ x - (means.T * weight) @ means + PRIOR * np.eye(len(w))
        w = w + np.linalg.solve(bend, slope)
    return w


def judged(some: Sequence[Example], by: tuple[Matrix, Matrix]) -> Iterator[tuple[str, float, bool]]:
    """(corpus, probability of the best, is it right) of each gold place."""
    first, second = by
    for one in some:
        likely = softmax(one.table, _both(one.table, alone(one.table), first) @ second)
        for name, right in one.gold:
            of_name = np.flatnonzero(one.table.name == name)
            best = int(of_name[likely[of_name].argmax()])
            yield one.document.corpus, float(likely[best]), best in right


def _both(t: Table, single: Matrix, first: Matrix) -> Matrix:
    """The features of the second round."""
    return np.concatenate([single, among(t, softmax(t, single @ first))], axis=1)


def _grouped(raised: Matrix, starts: npt.NDArray[np.intp], group: npt.NDArray[np.intp]) -> Matrix:
    """Divided by the sum of each group."""
    return np.asarray(raised / np.add.reduceat(raised, starts)[group])


if __name__ == "__main__":
    main()
