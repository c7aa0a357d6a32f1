"""The three metrics of coreference whose mean F1 is the CoNLL score, over sets of mentions of one document.

MUC counts links (Vilain et al. 1995): of the |K| - 1 links that hold a gold chain together, how many are left when the found chains
cut it. B3 asks of each mention how much of its gold chain is in its found chain (Bagga and Baldwin 1998). CEAFe pairs gold and
found chains one to one, so that the sum of their Dice coefficients is greatest (Luo 2005, φ4; the pairing by the Hungarian
method). Precision is recall with the sides changed. Mentions that only one side has count as in Pradhan et al. 2014, whose example
is our test. Documents are added up before the division.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Mention = TypeVar("Mention", bound=Hashable)
METRICS = ("muc", "b3", "ceafe")


@dataclass(frozen=True, slots=True)
class Shares:
    """What is divided to get recall and precision."""

    recalled: float
    of_gold: float
    precise: float
    of_found: float


def compare(gold: Sequence[set[Mention]], found: Sequence[set[Mention]]) -> dict[str, Shares]:
    """Each metric for one document; neither side may have a mention in two chains."""
    alike = paired([[2 * len(a & b) / (len(a) + len(b)) for b in found] for a in gold])
    return {
        "muc": Shares(*_muc(gold, found), *_muc(found, gold)),
        "b3": Shares(*_b3(gold, found), *_b3(found, gold)),
        "ceafe": Shares(alike, len(gold), alike, len(found)),
    }


def recall(rows: Sequence[Shares]) -> float:
    return 100 * sum(row.recalled for row in rows) / (sum(row.of_gold for row in rows) or 1)


def precision(rows: Sequence[Shares]) -> float:
    return 100 * sum(row.precise for row in rows) / (sum(row.of_found for row in rows) or 1)


def f1(rows: Sequence[Shares]) -> float:
    p, r = precision(rows), recall(rows)
    return 2 * p * r / (p + r) if p + r else 0.0


def disjoint(chains: Iterable[Iterable[Mention]]) -> list[set[Mention]]:
    """The chains without singletons; a mention that stands in two belongs to the longer."""
    taken: set[Mention] = set()
    kept = []
    for own in sorted((list(dict.fromkeys(one)) for one in chains), key=len, reverse=True):
        free = set(own) - taken
        if len(free) > 1:
            kept.append(free)
            taken |= free
    return kept


def paired(scores: Sequence[Sequence[float]]) -> float:
    """The greatest sum of scores, none of them negative, when each row and each column is taken at most once.

    The Hungarian method in its form with potentials, O(rows² · columns): rows are added one by one, each along the cheapest chain of
    exchanges; `low` and `up` keep all costs (minus the scores) above zero and those of the pairs at zero.
    """
    if scores and len(scores) > len(scores[0]):
        scores = list(zip(*scores, strict=True))
    low, up = [0.0] * len(scores), [0.0] * len(scores[0] if scores else ())
    taker: dict[int, int] = {}
    """Column → row."""
    for row in range(len(scores)):
        here, came, reached = row, -1, {row}
        least = {column: (float("inf"), -1) for column in range(len(up))}
        way: dict[int, int] = {}
        while here >= 0:
            for column, (cost, _) in least.items():
                own = -scores[here][column] - low[here] - up[column]
                if own < cost:
                    least[column] = (own, came)
            came, (step, before) = min(least.items(), key=lambda item: item[1])
            for one in reached:
                low[one] += step
            for column in way:
                up[column] -= step
            least = {column: (cost - step, first) for column, (cost, first) in least.items() if column != came}
            way[came] = before
            here = taker.get(came, -1)
            reached.add(here)
        while came >= 0:
            before = way[came]
            taker[came] = row if before < 0 else taker[before]
            came = before
    return sum(scores[row][column] for column, row in taker.items())


def _muc(gold: Sequence[set[Mention]], found: Sequence[set[Mention]]) -> tuple[float, float]:
    links = sum(max(0, len(a & b) - 1) for a in gold for b in found)
    return links, sum(len(own) - 1 for own in gold)


def _b3(gold: Sequence[set[Mention]], found: Sequence[set[Mention]]) -> tuple[float, float]:
    return sum(len(a & b) ** 2 / len(a) for a in gold for b in found), sum(map(len, gold))
