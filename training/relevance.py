"""Learn the weights of the relevance filter: `python -m training.relevance` (a quarter of an hour where nothing is labelled yet).

Pages are labelled by our own reader (`.train/relevance/labels.jsonl`, kept and added to): a passage of a conflict corpus in which it
finds a claim is positive; every passage of a page of other news in which it finds no claim of force or territory is negative; the rest
(other news with such claims: accidents, crimes, and wars) is not learned from. Words of war have a floor, for wars of which no corpus
tells. Logistic regression over the features of a passage, each class
weighing half, with an L1 penalty and no weight below zero (relevance/__init__.py says why), by Adam with projection; numpy alone. A
feature must occur in `SOURCES` conflict corpora, so that no corpus teaches its own furniture. Prints how many pages would be kept that
were left out (five folds by document), sets the threshold `MARGIN` below that at which `RECALL` of the conflict pages with claims are
kept there, and writes `src/whosays/relevance/en.tsv`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from training.corpora import DATA, rows
from training.prepare import WORK
from whosays import pipeline, relevance
from whosays.claims import lexicon
from whosays.nouns import Meta, Refusal
from whosays.relevance import rough

LABELS = WORK / "relevance/labels.jsonl"
OUT = Path(__file__).parent.parent / "src/whosays/relevance/en.tsv"
FORCE = frozenset(
    """attack capture casualties clash advance control besiege withdraw destroy displace enter presence""".split()
)
SURE = 0.5
"""Confidence of a claim that a passage is learned from."""
SOURCES, DOCUMENTS = 2, 8
"""Conflict corpora, and documents of them, in which a feature must occur at least."""
COMMON = 0.6
"""Of all documents; what occurs in more says nothing."""
PENALTY, STEPS, RATE = 3e-4, 300, 0.05
LEAST = 0.02
"""Smaller weights are left out."""
FOLDS = 5
RECALL = 0.995
APART = "events/muc4.jsonl.gz"
"""A corpus on which the threshold is not set: it is in capitals, from 1989."""
LONGEST = 9_000
OF_EVIDENCE = 0.9
"""Of the words of a claim, so many stand in a passage that holds it."""
MARGIN = 0.25
FLOOR = 1.5
"""The least weight of a word of war, whatever the corpora say of it: they tell of few wars, and the next one has other names."""
WEAPONS = frozenset(
    """bombed bomber bombers clashes combatant drone explosive explosives grenade gunfire gunmen insurgents jet jets jihadists landmine
    militants missiles munition rocket shelled shelling sniper warhead""".split()
)
"""Beside the words of war in claims/words.yml."""
EVIDENCE = 12
"""Claims of a page whose words are kept with its label."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Set:
    """Documents of a corpus; `conflict`: all are on one; `every`: only each so many-th, the others are for the benchmark."""

    file: str
    conflict: bool
    splits: tuple[str, ...] = ()
    every: int = 1


SETS = (
    Set("conflict_text/guardian_sdf.jsonl.gz", conflict=True, every=2),
    Set("re3d/train.jsonl", conflict=True),
    Set("fakes/articles.jsonl.gz", conflict=True, splits=("train",), every=2),
    Set("control_wikipedia/articles.jsonl.gz", conflict=True, every=3),
    Set("events/muc4.jsonl.gz", conflict=True, splits=("train",), every=10),
    Set("conflict_text/wikinews_2019_2020.jsonl.gz", conflict=False, every=2),
    Set("webextract_dragnet/pages.jsonl.gz", conflict=False, splits=("train",)),
    Set("toponyms/lgl.jsonl.gz", conflict=False, splits=("train",), every=2),
)


class Label(msgspec.Struct, frozen=True):
    """What our reader found in a document: None claims where it was refused."""

    name: str
    claims: int | None
    evidence: list[tuple[str, float, str]]
    """Type, confidence and words of the first claims."""


@dataclass(frozen=True, slots=True)
class Document:
    source: str
    conflict: bool
    label: Label
    passages: tuple[frozenset[str], ...]
    """Words and word pairs of each."""
    told: bool
    """Has it a claim that makes it more than other news?"""
    hot: tuple[bool, ...]
    """Passages of a conflict corpus in which such a claim stands: these are positive."""


def texts(one: Set, *, others: bool = False) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of a set's documents; `others`: of those that are not learned from."""
    number = 0
    for row in rows(DATA / one.file):
        if one.splits and row.get("split") not in one.splits:
            continue
        number += 1
        if (number % one.every == 0) != others:
            yield f"{one.file}:{row['id']}", content(row)


def content(row: dict[str, str]) -> bytes:
    """A page as it would come: HTML, or the headline above the text."""
    if "html" in row:
        return row["html"].encode()
    return "\n\n".join(filter(None, (row.get("title"), row["text"])))[:LONGEST].encode()


def labels(found: Sequence[tuple[str, bytes]]) -> dict[str, Label]:
    """The label of each document; those that have none yet are read now."""
    LABELS.parent.mkdir(parents=True, exist_ok=True)
    lines = LABELS.read_text("utf-8").splitlines() if LABELS.exists() else []
    known = {label.name: label for label in (msgspec.json.decode(line, type=Label) for line in lines)}
    with LABELS.open("ab") as out:
        for name, data in found:
            if name not in known:
                known[name] = _read(name, data)
                out.write(msgspec.json.encode(known[name]) + b"\n")
                out.flush()
    return known


def _read(name: str, data: bytes) -> Label:
    page = pipeline.read_page(data, Meta(name="page.html" if b"<html" in data[:5_000].lower() else "page.txt"))
    if isinstance(page, Refusal):
        return Label(name, None, [])
    evidence = [(claim.type, claim.confidence, claim.evidence.exact[:200]) for claim in page.claims[:EVIDENCE]]
    return Label(name, len(page.claims), evidence)


def documents() -> list[Document]:
    """All documents that are learned from."""
    found = [(one, name, data) for one in SETS for name, data in texts(one)]
    known = labels([(name, data) for _, name, data in found])
    made = []
    for one, name, data in found:
        page = relevance.words(rough.runs(data))
        if known[name].claims is not None and relevance.score(page, relevance.Weights({}, 0.0, 0.0)) is not None:
            made.append(_document(one, known[name], page))
    return made


def _document(one: Set, label: Label, page: Sequence[str]) -> Document:
    everything = frozenset(page) | frozenset(f"{a} {b}" for a, b in pairwise(page) if a and b)
    features = frozenset(word for word in everything if len(word) > 1)
    passages = tuple(relevance.passages(relevance.hits(page, features)))
    told = [
        frozenset(relevance.words([words.lower()])) - {relevance.BREAK, "a"}
        for type_, sure, words in label.evidence
        if one.conflict or (type_ in FORCE and sure >= SURE)
    ]
    hot = tuple(
        one.conflict and any(len(words & passage) >= OF_EVIDENCE * len(words) for words in told) for passage in passages
    )
    return Document(one.file, one.conflict, label, passages, bool(told), hot)


def vocabulary(found: Sequence[Document]) -> list[str]:
    """Words and word pairs that may be features."""
    everywhere: Counter[str] = Counter()
    conflict: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for document in found:
        own = frozenset().union(*document.passages)
        everywhere.update(own)
        if document.conflict and document.label.claims:
            conflict.update(own)
            for feature in own:
                sources[feature].add(document.source)
    common = {
        feature
        for feature, count in conflict.items()
        if count >= DOCUMENTS and len(sources[feature]) >= SOURCES and everywhere[feature] < COMMON * len(found)
    }
    return sorted(common | of_war())


@cache
def of_war() -> frozenset[str]:
    """Words that no peace needs often, one and many."""
    known = lexicon().words.war | WEAPONS
    return known | {f"{word}s" for word in known}


@dataclass(frozen=True, slots=True)
class Table:
    """Passages as rows of feature numbers, one after the other."""

    numbers: NDArray[np.int64]
    starts: NDArray[np.int64]
    right: NDArray[np.float64]
    """1: positive."""

    def times(self, weights: Floats) -> Floats:
        """The sum of its features' weights, for each passage."""
        return np.asarray(np.add.reduceat(np.append(weights[self.numbers], 0.0), self.starts[:-1]))

    def back(self, errors: Floats, size: int) -> Floats:
        """The sum of its passages' errors, for each feature."""
        return np.bincount(self.numbers, np.repeat(errors, np.diff(self.starts)), size)


def table(found: Sequence[Document], place: dict[str, int]) -> Table:
    """The passages that are learned from, and have a feature at all."""
    numbers: list[list[int]] = []
    right: list[float] = []
    for document in found:
        for passage, hot in zip(document.passages, document.hot, strict=True):
            own = sorted(place[one] for one in passage if one in place)
            if own and (hot or not document.told):
                numbers.append(own)
                right.append(float(hot))
    starts = np.cumsum([0, *map(len, numbers)])
    return Table(np.array([n for own in numbers for n in own], np.int64), starts, np.array(right))


def fit(learned: Table, features: Sequence[str]) -> tuple[Floats, float]:
    """Weights, none below zero nor those of war below their floor, and the base."""
    size = len(features)
    least = np.array([FLOOR if feature in of_war() else 0.0 for feature in features])
    share = np.where(learned.right > 0, 0.5 / max(1, learned.right.sum()), 0.5 / max(1, (1 - learned.right).sum()))
    weights, first, second = np.append(least, 0.0), np.zeros(size + 1), np.zeros(size + 1)  # the last is the base
    for step in range(1, STEPS + 1):
        sure = 1 / (1 + np.exp(-(learned.times(weights[:-1]) + weights[-1])))
        errors = share * (sure - learned.right)
        slope = np.append(learned.back(errors, size) + PENALTY, errors.sum())
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights[:-1] = np.maximum(weights[:-1], least)
    return weights[:-1], float(weights[-1])


def best(document: Document, weights: Floats, base: float, place: dict[str, int]) -> float:
    """The score of a document's best passage."""
    sums = (sum(weights[place[one]] for one in passage if one in place) for passage in document.passages)
    return base + max(sums, default=0.0)


def left_out(found: Sequence[Document]) -> Floats:
    """The score of each document under weights that were learned without it, nor with its fifth of the others."""
    scores = np.zeros(len(found))
    for fold in range(FOLDS):
        learned = [one for n, one in enumerate(found) if n % FOLDS != fold]
        features = vocabulary(learned)
        place = {feature: n for n, feature in enumerate(features)}
        weights, base = fit(table(learned, place), features)
        for n in range(fold, len(found), FOLDS):
            scores[n] = best(found[n], weights, base, place)
    return scores


def main() -> None:
    found = documents()
    scores = left_out(found)
    told = np.array([bool(one.label.claims) for one in found])
    counted = np.array([one.conflict and one.source != APART for one in found])
    threshold = float(np.quantile(scores[counted & told], 1 - RECALL)) - MARGIN
    for source in dict.fromkeys(one.source for one in found):
        for claims in (True, False):
            own = scores[np.array([one.source == source and bool(one.label.claims) == claims for one in found])]
            if len(own):
                print(
                    f"{source} {'with' if claims else 'no'} claims: {100 * np.mean(own >= threshold):.1f} % of {len(own)} kept"
                )
    features = vocabulary(found)
    weights, base = fit(table(found, {feature: n for n, feature in enumerate(features)}), features)
    kept = [(weight, feature) for feature, weight in zip(features, weights, strict=True) if weight >= LEAST]
    lines = [
        "# The relevance filter (training/relevance.py): feature, weight",
        f"BASE\t{base:.3f}",
        f"THRESHOLD\t{threshold:.2f}",
    ]
    lines += [f"{feature}\t{weight:.3f}" for weight, feature in sorted(kept, key=lambda pair: (-pair[0], pair[1]))]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(kept)} features of {len(features)}, threshold {threshold}")


if __name__ == "__main__":
    main()
