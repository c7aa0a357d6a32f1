"""factuality: did it happen, on the author's word: -3 (no) … 3 (yes) for the words that gold judges (`data/factuality`).

For UW, UDS-IH2 and MEANTIME, each sentence read alone: `uw_mae`, mean absolute error on that scale; `uw_r`, Pearson's r, -1 … 1;
`uw_negative_f1` (percent), of the class below -0.5: what did not or will hardly happen, 4 %, 33 % and 2 % of the words. And so on.
Intervals are over sentences, since the documents are not known. Pouran Ben Veyseh et al. 2019 (BERT) have MAE / r on test: UW
.451 / .828, UDS-IH2 .730 / .905, MEANTIME .350 / .452 (from memory, BENCHMARKS.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

from benchmarks.figures import Figure, measure
from benchmarks.reading import read
from benchmarks.spans import Counts, f1, over
from training.corpora import judged

CORPORA = ("uw", "uds_ih2", "meantime")
NEGATIVE = -0.5
Pairs = Sequence[tuple[float, float]]
"""(gold, found)"""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence."""

    sums: tuple[float, ...]
    """Of: one, gold, found, their squares, their product, their distance."""
    negative: Counts


def run(data: Path, split: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for corpus in CORPORA:
        rows = []
        for document in judged(data, split, corpus=corpus):
            found = read(document).factuality
            rows.append(compare([(value, found[n]) for n, value in document.factuality or ()]))
        figures[f"{corpus}_mae"] = replace(measure(rows, error), of="sentences")
        figures[f"{corpus}_r"] = replace(measure(rows, correlation), of="sentences")
        figures[f"{corpus}_negative_f1"] = over([row.negative for row in rows], f1, of="sentences")
    return figures


def compare(pairs: Pairs) -> Row:
    sums = tuple(map(sum, zip(*((1.0, x, y, x * x, y * y, x * y, abs(x - y)) for x, y in pairs), strict=True)))
    gold = [n for n, (value, _) in enumerate(pairs) if value < NEGATIVE]
    found = [n for n, (_, value) in enumerate(pairs) if value < NEGATIVE]
    right = len(set(gold) & set(found))
    return Row(sums or (0.0,) * 7, Counts(right, len(found), len(gold)))


def error(rows: Sequence[Row]) -> float:
    """Mean absolute error."""
    n, *_, distance = _added(rows)
    return distance / max(1.0, n)


def correlation(rows: Sequence[Row]) -> float:
    """Pearson's r; 0 where one side never varies."""
    n, x, y, xx, yy, xy, _ = _added(rows)
    spread = (n * xx - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / sqrt(spread) if spread > 1e-9 else 0.0


def _added(rows: Sequence[Row]) -> list[float]:
    return [sum(column) for column in zip(*(row.sums for row in rows), strict=True)]
