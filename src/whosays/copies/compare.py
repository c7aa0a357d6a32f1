"""What two articles have in common, word for word or nearly so.

    compare(a, b) -> Copied | None        difference(a, b) -> spans of a that b lacks

Theory. Each word becomes one character, so that what is written for strings works on texts. Where three words running
stand in both texts is a *seed*. Seeds that follow each other at about the same distance in both make a *passage* (seed
and extend, as in the alignment of genomes and in the plagiarism detectors of PAN: Potthast et al. 2013): it bridges the
words that a copier changed, and paragraphs may change places. A passage counts if it is long, and dense: of its words
enough stand in both, in the same order. Two reporters who saw the same thing share names, numbers and turns of three or
four words, and these are short or thinly sown.

What stands between quotation marks in both may come from the speaker's mouth twice. It is common text, and counted in
the shares; but whether the articles are one story (`Copied.whole`) is told by the words outside quotation marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from whosays.copies.passages import Wording
from whosays.nouns import Copied, Span

SEED = 3
"""Words running."""

COMMON = 8
"""A run of three that either text has more often is a turn of phrase and seeds nothing."""

GAP, SLIP = 10, 4
"""Words between two seeds of a passage, in either text; and by how many the gaps in the two may differ."""

EXACT, LONG, DENSE = 10, 30, 0.55
"""What counts as a passage: so many words running; or so many in the same order, if they are this share of all words of
both stretches. Chosen on train: 23 of 668 pairs of independent reports of one event have one, and nearly all planted copies."""

HALF, QUARTER, PLACES = 0.5, 0.25, 3
"""One story: half of either text; or, rewritten, a quarter of both in three passages. Words outside quotation marks count.
One passage of a quarter is mostly the background that a house prints under all its stories of a war."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A common passage: its first word and the one after its last, in the one and in the other text."""

    a: tuple[int, int]
    b: tuple[int, int]
    common: int
    """Words that stand in both, in the same order."""


def compare(a: Wording, b: Wording) -> Copied | None:
    """What two articles have in common; None where there is no passage of it. The same whichever comes first."""
    a, b = sorted((a, b), key=lambda one: one.article)
    runs = _runs(a, b)
    if not runs:
        return None
    in_a, in_b = _covered([run.a for run in runs]), _covered([run.b for run in runs])
    return Copied(
        articles=(a.article, b.article),
        shares=(len(in_a) / len(a.words), len(in_b) / len(b.words)),
        passages=tuple((a.span(run.a[0], run.a[1] - 1), b.span(run.b[0], run.b[1] - 1)) for run in runs),
        whole=_whole(_told(a, in_a), _told(b, in_b), len(runs)),
    )


def difference(a: Wording, b: Wording) -> tuple[Span, ...]:
    """The stretches of `a` that `b` lacks, in order."""
    first, second = sorted((a, b), key=lambda one: one.article)
    covered = _covered([run.a if first is a else run.b for run in _runs(first, second)])
    lacking: list[list[int]] = []
    for n in range(len(a.words)):
        if n not in covered:
            if lacking and lacking[-1][1] == n - 1:
                lacking[-1][1] = n
            else:
                lacking.append([n, n])
    return tuple(a.span(start, end) for start, end in lacking)


def _whole(a: float, b: float, places: int) -> bool:
    return max(a, b) >= HALF or (min(a, b) >= QUARTER and places >= PLACES)


def _told(text: Wording, covered: set[int]) -> float:
    """Of the words outside quotation marks, the share that is covered."""
    own = [n for n, quoted in enumerate(text.quoted) if not quoted]
    return sum(n in covered for n in own) / len(own) if own else 0.0


def _covered(stretches: Sequence[tuple[int, int]]) -> set[int]:
    return {n for start, end in stretches for n in range(start, end)}


# ---------------------------------------------------------------------------------------------------------- alignment


def _runs(a: Wording, b: Wording) -> list[_Run]:
    """The common passages in the order of `a`; no word is in two of them."""
    one, other = a.code, b.code
    chains = list(_chains(_seeds(one, other)))
    found = [(run, chain) for chain in chains if (run := _run(one, other, chain)) is not None]
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept = []
    for whole, chain in sorted(found, key=lambda each: (-each[0].common, each[0].a, each[0].b)):
        run = _run(one, other, rest) if (rest := _free(chain, taken_a, taken_b)) != chain else whole
        if run is None:
            continue
        in_a, in_b = set(range(*run.a)), set(range(*run.b))
        if not (in_a & taken_a or in_b & taken_b):
            taken_a |= in_a
            taken_b |= in_b
            kept.append(run)
    return sorted(kept, key=lambda run: run.a)


def _free(chain: list[tuple[int, int]], taken_a: set[int], taken_b: set[int]) -> list[tuple[int, int]]:
    """The seeds of a chain without those that a longer passage reaches into: two paragraphs that were brought together can share `The`."""
    (first_a, first_b), (last_a, last_b) = chain[0], chain[-1]
    if taken_a.isdisjoint(range(first_a, last_a + SEED)) and taken_b.isdisjoint(range(first_b, last_b + SEED)):
        return chain
    return [
        (n, m) for n, m in chain if taken_a.isdisjoint(range(n, n + SEED)) and taken_b.isdisjoint(range(m, m + SEED))
    ]


def _seeds(one: str, other: str) -> Iterator[tuple[int, int]]:
    """Where runs of three words of the one stand in the other, by place in the one, then in the other."""
    places = _places(other)
    for n, seed in enumerate(map("".join, zip(one, one[1:], one[2:], strict=False))):
        for m in places.get(seed, ()):
            yield n, m


@lru_cache(maxsize=64)
def _places(code: str) -> Mapping[str, Sequence[int]]:
    """Where each run of three words stands that is no turn of phrase. Kept: a new article is held against several."""
    places = defaultdict(list)
    for n, seed in enumerate(map("".join, zip(code, code[1:], code[2:], strict=False))):
        places[seed].append(n)
    return {seed: there for seed, there in places.items() if len(there) <= COMMON}


def _chains(seeds: Iterator[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Seeds that go on from each other: each joins the open chain that it continues most evenly, or opens one."""
    done: list[list[tuple[int, int]]] = []
    still_open: list[list[tuple[int, int]]] = []
    last: dict[int, list[tuple[int, int]]] = {}
    reach, look = GAP + SEED, 0
    for n, m in seeds:
        straight = last.get(m - n)
        if straight is not None and straight[-1] == (n - 1, m - 1):  # none continues more evenly
            straight.append((n, m))
            continue
        if n > look:  # before, no chain can have come to its end
            done += [chain for chain in still_open if chain[-1][0] < n - reach]
            still_open = [chain for chain in still_open if chain[-1][0] >= n - reach]
            look = min((chain[-1][0] for chain in still_open), default=n) + reach
        best, slip = None, SLIP + 1
        for chain in still_open:
            last_n, last_m = chain[-1]
            if last_n < n and last_m < m <= last_m + reach:
                uneven = abs((n - last_n) - (m - last_m))
                if uneven < slip:
                    best, slip = chain, uneven
        if best is None:
            best = []
            still_open.append(best)
        best.append((n, m))
        last[m - n] = best
    return done + still_open


def _run(one: str, other: str, chain: Sequence[tuple[int, int]]) -> _Run | None:
    """A chain as a passage, if it is one."""
    if not chain:
        return None
    a, b = ((chain[0][side], chain[-1][side] + SEED) for side in (0, 1))
    longest = max(a[1] - a[0], b[1] - b[0])
    if longest < EXACT:
        return None
    alike = LCSseq.opcodes(one[slice(*a)], other[slice(*b)])
    equal = [block.src_end - block.src_start for block in alike if block.tag == "equal"]
    common = sum(equal)
    if common < DENSE * longest or (common < LONG and max(equal) < EXACT):
        return None
    return _Run(a, b, common)
