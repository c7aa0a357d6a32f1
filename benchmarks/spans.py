"""Precision, recall and F1 (percent) from counts per document, and how found items are held against gold ones.

All figures are micro averages: counts are summed over the rows first, so that the bootstrap draws small numbers, never spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.figures import Figure, measure

Range = tuple[int, int]
Labelled = tuple[int, int, str]
"""(start, end, kind): half-open."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one document, or of a part of it."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)


def exact(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Counts:
    """An item is right if gold has an equal one, as often as gold has it."""
    wanted, given = Counter(gold), Counter(found)
    return Counts((wanted & given).total(), given.total(), wanted.total())


def overlapping(gold: Sequence[Labelled], found: Sequence[Labelled]) -> Counts:
    """A span is right if it shares a word with a gold one of its kind; one to one, the larger share first."""
    shares = (
        (min(a[1], b[1]) - max(a[0], b[0]), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if a[2] == b[2] and a[0] < b[1] and b[0] < a[1]
    )
    return Counts(paired(shares), len(found), len(gold))


def paired(scores: Iterable[tuple[float, int, int]]) -> int:
    """How many pairs (score, gold number, found number) are made when each item is taken once, the best pair first."""
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(scores, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    return len(taken[0])


def of_kinds(spans: Iterable[Labelled], kinds: Collection[str]) -> list[Labelled]:
    return [span for span in spans if span[2] in kinds]


def f1(rows: Sequence[Counts]) -> float:
    return _percent(2 * sum(row.right for row in rows), sum(row.found + row.gold for row in rows))


def precision(rows: Sequence[Counts]) -> float:
    return _percent(sum(row.right for row in rows), sum(row.found for row in rows))


def recall(rows: Sequence[Counts]) -> float:
    return _percent(sum(row.right for row in rows), sum(row.gold for row in rows))


ALL: Mapping[str, Callable[[Sequence[Counts]], float]] = {"f1": f1, "precision": precision, "recall": recall}
"""Figures that `figures` gives, by name."""


def figures(
    rows: Sequence[Counts], *, prefix: str = "", names: Iterable[str] = ALL, of: str = "documents"
) -> dict[str, Figure]:
    """`PREFIXf1` and so on, with intervals over the rows."""
    return {f"{prefix}{name}": over(rows, ALL[name], of=of) for name in names}


def over(rows: Sequence[Counts], statistic: Callable[[Sequence[Counts]], float], *, of: str = "documents") -> Figure:
    """`measure` over rows that are `of` another kind than documents."""
    return replace(measure(rows, statistic), of=of)


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)
