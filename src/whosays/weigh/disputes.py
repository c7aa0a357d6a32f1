"""Pairs of claims about the same thing that cannot both be true (CLAIMS.md section 3).

Theory. Which claims are compared at all: rooms.py. Why two of them contradict: contradictions.py, pair by pair. Between the two lies a
sweep: in an arena only claims whose days meet are paired (or lie no further apart than two tellings of one deed), so that the cost
grows with the claims of a place that meet in time, not with the ledger.
Modality `actual` or `probable` alone; events claimed for more than a month are summaries and contradict no single event. A voice that
says one thing of the same days again, in a reprint or in words of its own, is compared once: where it said so first.
Source of the rules: CLAIMS.md section 3; the annotation decisions in gold/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from whosays.nouns import STATES, Dispute, DisputeKind, Extraction, Modality, pair
from whosays.weigh import sameness
from whosays.weigh.contradictions import AGAIN, RECURS, contradiction
from whosays.weigh.rooms import ONCE, Arena, Role, arenas, rooms
from whosays.weigh.said import Said, all_said
from whosays.weigh.wording import about

_ASSERTED = (Modality.ACTUAL, Modality.PROBABLE)
_LONGEST = 31
"""Days: an event claimed for a longer stretch is a summary and contradicts no single event."""


def disputes(claims: Sequence[Extraction], apart: Collection[str] = ()) -> tuple[Dispute, ...]:
    """All disputed pairs, in the order of what they are about. Each pair once; the affirmed claim first, else the earlier. `apart`: pairs
    (`nouns.pair`) that are known to speak of different things."""
    found: dict[tuple[str, str], Dispute] = {}
    for kind, inside in rooms([one for one in claims if one.claim.modality in _ASSERTED]):
        compared = _once([one for one in all_said(inside) if _event(one)])
        standing: dict[Arena, dict[int, set[Role]]] = defaultdict(dict)
        for number, one in enumerate(compared):
            for arena, role in arenas(one, kind):
                standing[arena].setdefault(number, set()).add(role)
        tolls = _tolls(compared)
        for arena, roles in standing.items():
            if len(roles) > 1:
                for one, other in _pairs(arena, [(compared[number], role) for number, role in roles.items()]):
                    _judge(one, other, tolls, found)
    left = [one for one in found.values() if pair(*one.claims) not in apart]
    return tuple(sorted(left, key=lambda dispute: (dispute.about, dispute.claims)))


def _event(one: Said) -> bool:
    """Is it no summary of a long time, and not dated later than its own page, which is an error in one of the two dates?"""
    published, time = one.published, one.claim.time
    first = None if time is None else time.first
    ahead = first is not None and published is not None and first > published
    return not ahead and (one.days is None or one.claim.type in STATES or (one.days[1] - one.days[0]).days <= _LONGEST)


def _once(all_: list[Said]) -> list[Said]:
    """What a voice says of the same days again, once: where it was first in print. It still stood when it was last said."""
    first: dict[tuple[object, ...], Said] = {}
    for said in sorted(all_, key=_told):
        claim = said.claim
        voice = f"narration of {said.story}" if said.narrated else said.voice
        what = (claim.type, claim.polarity, claim.count, claim.harm, claim.who, said.parts, said.target)
        when = said.days or said.extraction.article.id
        same = (voice, when, what, sameness.party_key(claim.actor), sameness.party_key(claim.target))
        before = first.setdefault(same, said)
        if before.reach is not None and said.reach is not None and said.reach[1] > before.reach[1]:
            first[same] = replace(before, reach=(before.reach[0], said.reach[1]))
    return list(first.values())


def _judge(one: Said, other: Said, tolls: Mapping[str, set[int]], found: dict[tuple[str, str], Dispute]) -> None:
    if (not one.affirmed and other.affirmed) or (one.affirmed is other.affirmed and _told(other) < _told(one)):
        one, other = other, one
    ids = (one.claim.id, other.claim.id)
    if ids not in found:
        reason = contradiction(one, other)
        if reason is not None and not (reason[0] is DisputeKind.NUMBER and _added(one, other, tolls)):
            found[ids] = Dispute(ids, about(one.extraction), reason[1], reason[0])


def _tolls(all_: Iterable[Said]) -> dict[str, set[int]]:
    """The counts that each page has of the place."""
    tolls: dict[str, set[int]] = defaultdict(set)
    for one in all_:
        if one.claim.count is not None:
            tolls[one.extraction.article.id].add(one.claim.count.low or 0)
    return tolls


def _added(one: Said, other: Said, tolls: Mapping[str, set[int]]) -> bool:
    """On one page, do two parts make up the whole? `13 killed … 6 by rockets … 7 by shells`."""
    page, x, y = one.extraction.article.id, one.claim.count, other.claim.count
    if page != other.extraction.article.id or x is None or y is None:
        return False
    rest = abs((x.low or 0) - (y.low or 0))
    return rest > 0 and rest in tolls[page]


def _told(said: Said) -> tuple[date, tuple[str, int, int, str]]:
    return said.published or date.max, _order(said)


def _order(said: Said) -> tuple[str, int, int, str]:
    return sameness.order(said.claim)


# ------------------------------------------------------------------------------------------------------------------- sweep


def _pairs(arena: Arena, standing: Sequence[tuple[Said, set[Role]]]) -> Iterator[tuple[Said, Said]]:
    """Pairs of different roles whose days meet, or lie no further apart than two tellings of one deed."""
    slack = timedelta() if arena[0] != "again" else AGAIN if arena[1] in ONCE else RECURS
    open_: dict[Role, list[tuple[date, Said]]] = defaultdict(list)
    for said, roles in sorted(standing, key=lambda entry: (_reach(entry[0]), _order(entry[0]))):
        first, last = _reach(said)
        for role, others in open_.items():
            if role == "" or roles != {role}:
                others[:] = [entry for entry in others if entry[0] >= first]
                yield from ((other, said) for _, other in others if other is not said)
        for role in roles:
            open_[role].append((min(last, date.max - slack) + slack, said))


def _reach(said: Said) -> tuple[date, date]:
    """The days of which it may speak; where they are not known, all are the same."""
    return said.reach or (date.min, date.min)
