"""What weighing came to, in words, the same in the terminal and on the pages: answers, grades, disputes, records.

answer    taken by Wagner Group, besieged by Y, since 2023-01-11, last known
why       Contested: by Kyiv; otherwise claimed: …
verdict   CONTESTED: 2 answers from 2 voices.
share     Of the 7 resolved, 5 borne out. From so many, the share lies between 35 and 91 in 100 (95 %).

Nothing is judged here. Every string from a page passes `safe`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from whosays.faces.safe import safe
from whosays.faces.words import inside, plural, voice
from whosays.nouns import NOT_ALIGNED, Control, Dispute, Extraction, Fate, Interest, LaneKind, Record
from whosays.weigh import contradict, interest
from whosays.weigh.control import NO_SIDE, UNKNOWN_SIDE

NAMED = 3
"""Voices named of those that contest one; the rest is counted."""

Known = Mapping[str, Extraction]
"""Claims by id."""

EXPLAINED = {
    Fate.BORNE_OUT: "said as early or later by others, known not to gain by it",
    Fate.REFUTED: "contradicted by such others",
    Fate.WITHDRAWN: "taken back by the same voice",
    Fate.OPEN: "no such other speaks of it, or they differ",
}

# ------------------------------------------------------------------------------------------------------------ holding


def according(row: Control, by: LaneKind, sides: Mapping[str, str]) -> str:
    """Whose answer it is: `according to Kyiv`, `according to the side of Turkey`, `all voices weighed`."""
    if by is LaneKind.WEIGHED:
        return "all voices weighed"
    if by is LaneKind.SOURCE:
        return f"according to {inside(safe(row.voice))}"
    nobody = {UNKNOWN_SIDE: "voices whose side is not known", NO_SIDE: "voices that are not aligned"}
    return f"according to {nobody.get(row.voice) or f'the side of {safe(sides.get(row.voice, row.voice))}'}"


def answer(row: Control) -> str:
    """`held by X, parts taken by Y, besieged by Y, since 2023-01-11, last known`."""
    siege = None if row.besieged_by is None or row.says.startswith("besieged") else f"besieged by {row.besieged_by}"
    since = f"since {row.since}" if row.since else None
    pieces = (row.says, row.parts, siege, since, "last known" if row.last_known else None)
    return safe(", ".join(filter(None, pieces)))


def why(row: Control) -> str:
    """The grade, with the rule that fired: `Contested: by Kyiv; otherwise claimed: …`."""
    if row.grade is None:
        return ""
    return safe(f"{row.grade.grade.capitalize()}: {row.grade.rule}.")


def contesting(row: Control, known: Known) -> str:
    """`Kyiv, SOHR and 4 more`: who speaks against an answer."""
    names = sorted({voice(known[claim]) for claim in row.contested if claim in known})
    if len(names) > NAMED:
        names[NAMED - 1 :] = [f"{len(names) - NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def answers(rows: Sequence[Control]) -> dict[str, list[Control]]:
    """The rows by the answer that they give (`taken by X`, `not held by Y`), in the order in which the answers came."""
    told: dict[str, list[Control]] = {}
    for row in rows:
        told.setdefault(safe(row.says), []).append(row)
    return told


def verdict(rows: Sequence[Control]) -> str:
    """Whether the voices agree. Counts them; weighs nothing."""
    fresh = [row for row in rows if not row.last_known]
    if not rows:
        return "Nobody says."
    if not fresh:
        return "Nobody said lately: what is above is the last known."
    if len(fresh) == 1:
        return "One voice only: a claim and no finding."
    told = answers(fresh)
    if any(contradict(a, b) for a, b in combinations(fresh, 2)):
        return f"CONTESTED: {len(told)} answers from {len(fresh)} voices."
    if len(told) == 1:
        return f"Not contested among {len(fresh)} voices."
    return f"Not contested: {len(told)} answers from {len(fresh)} voices, which can all be true."


# ----------------------------------------------------------------------------------------------------------- disputes


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same voices at odds over the same thing, told in one or more pairs of sentences."""

    first: Dispute
    """The pair that was published first."""
    sides: tuple[Extraction, Extraction]
    pairs: int

    @property
    def day(self) -> date:
        """When it came up in print: the later of the two; the end of days where that is not known."""
        return _day(self.sides[1])


def disagreements(
    disputes: Iterable[Dispute], claims: Iterable[Extraction], *, every: bool = False
) -> tuple[Disagreement, ...]:
    """Disputes by what they are about and by voice: reprints and headlines make many pairs of one disagreement.
    With `every`, each pair is one of its own.

    In the order in which they came up in print. Disputes over claims that are not among `claims` are left out."""
    known = {one.claim.id: one for one in claims}
    groups: dict[tuple[str, str, frozenset[str]], list[tuple[Dispute, tuple[Extraction, Extraction]]]] = {}
    for dispute in disputes:
        first, second = (known.get(claim) for claim in dispute.claims)
        if first and second:
            sides = (first, second) if _day(first) <= _day(second) else (second, first)
            voices = frozenset((voice(first), voice(second)))
            key = (dispute.about, dispute.kind, frozenset(dispute.claims) if every else voices)
            groups.setdefault(key, []).append((dispute, sides))
    found = []
    for group in groups.values():
        dispute, sides = min(group, key=lambda pair: (_day(pair[1][1]), _day(pair[1][0]), pair[0].claims))
        found.append(Disagreement(dispute, sides, len(group)))
    return tuple(sorted(found, key=order))


def order(one: Disagreement) -> tuple[date, str, tuple[str, str]]:
    """The order in which they came up in print."""
    return one.day, one.first.about, one.first.claims


def _day(one: Extraction) -> date:
    return one.article.published or date.max


def side_told(one: Extraction, sides: Mapping[str, str]) -> str:
    """`; on the side of Russia, which gains by it`."""
    side = one.claim.source.side
    if side is None:
        return "; side not known"
    told = "on no side" if side == NOT_ALIGNED else f"on the side of {safe(sides.get(side, side))}"
    gain = {Interest.ALIGNED: ", which gains by it", Interest.AGAINST: ", which loses by it"}
    return f"; {told}{gain.get(interest(one), '')}"


# ------------------------------------------------------------------------------------------------------------ records


def share(one: Record) -> str:
    """The interval, never a score alone."""
    borne, refuted = one.fates[Fate.BORNE_OUT], one.fates[Fate.REFUTED]
    resolved = borne + refuted
    if not resolved:
        return "Nothing of it is resolved: no share can be given."
    few = " Too few to tell it from chance." if one.low < 0.5 < one.high else ""
    span = f"between {100 * one.low:.0f} and {100 * one.high:.0f} in 100"
    return f"Of the {resolved:,} resolved, {borne:,} borne out. From so many, the share lies {span} (95 %).{few}"


def first(one: Record) -> str:
    if one.lead_days is None:
        return "No other origin says any of it."
    days = abs(one.lead_days)
    told = (
        f"{days:g} day{'' if days == 1 else 's'} {'before' if one.lead_days > 0 else 'after'}"
        if days
        else "on the day of"
    )
    shared = plural(one.shared, "thing")
    return f"Of {shared} that others say too it was first with {one.first:,}; in the median it spoke {told} the first of them."


def against(one: Record) -> str:
    if not one.with_interest:
        return "Of none of it is it known whether it helps or hurts its side."
    return f"Against its own side's interest: {one.against_interest:,} of {one.with_interest:,} where that is known."
