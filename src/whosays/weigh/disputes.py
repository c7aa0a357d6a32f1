"""Pairs of claims about the same thing that cannot both be true (CLAIMS.md section 3): which claims are compared at all.

Theory. Why two claims contradict is decided pair by pair (contradictions.py). Here they are brought together, so that the cost grows
with the claims of a place that meet in time, not with the ledger. A claim stands in arenas, in each in a role; pairs are made within an
arena, of claims that differ in role and whose days meet, by a sweep over the days:
  word       a group of types and a place; roles: affirmed, denied. `Free of X` affirms as well as denies.
  bond       a relation (ally, member …) between two named actors, wherever; the same roles.
  wider      a denial about a country or division, and what is affirmed of places in it, by the same named actor.
  holders    a place; roles: the sides that hold or take it.
  extent     a place and who holds or takes it; roles: all of it, parts of it.
  toll       a place and a harm; every pair.
  fighters   a place; roles: fighters killed there, none there.
  deed       a place and a word of the target; roles: who did it, else every pair. Also the tolls of one count.
  aim        a place, an actor and a means; roles: fighters or civilians were hit.
  again      a place, a type and an actor (and a word of the target where attacks recur); pairs some days apart: `date`.
  page       of one page: what names no place, and what has the same target.
Modality `actual` or `probable` alone; events claimed for more than a month are summaries and contradict no single event. A voice that
says one thing of the same days again, in a reprint or in words of its own, is compared once: where it said so first.
Source of the rules: CLAIMS.md section 3; the annotation decisions in gold/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from whosays.nouns import NOT_ALIGNED, STATES, Dispute, DisputeKind, Extraction, Modality, Party, Place, Polarity
from whosays.weigh import sameness
from whosays.weigh.contradictions import DEEDS, contradiction
from whosays.weigh.said import Said, all_said, military
from whosays.weigh.wording import HOLDING, about

_ASSERTED = (Modality.ACTUAL, Modality.PROBABLE)
_BONDS = frozenset({"ally", "oppose", "member", "agree", "sanction", "aid"})
_LONGEST = 31
"""Days: an event claimed for a longer stretch is a summary and contradicts no single event."""
_AGAIN = {"capture": timedelta(days=10), "withdraw": timedelta(days=10)}
_RECURS = timedelta(days=3)
"""Days between two tellings that may be of one deed."""

Arena = tuple[str, ...]
Role = str
"""Claims of one arena are paired if their roles differ; those in the role "" also among themselves."""


def disputes(claims: Sequence[Extraction]) -> tuple[Dispute, ...]:
    """All disputed pairs, in the order of their claims. Each pair once; the affirmed claim first, else the earlier."""
    compared = _once([one for one in all_said(claims) if _comparable(one)])
    outer = {place for one in compared for place in _denied_place(one)}
    arenas: dict[Arena, dict[int, set[Role]]] = defaultdict(lambda: defaultdict(set))
    for number, one in enumerate(compared):
        for arena, role in _stands(one, outer):
            arenas[arena][number].add(role)
    found: dict[tuple[str, str], Dispute] = {}
    tolls = _tolls(compared)
    for arena, standing in arenas.items():
        if len(standing) > 1:
            for one, other in _pairs(arena, [(compared[number], roles) for number, roles in standing.items()]):
                _judge(one, other, tolls, found)
    return tuple(sorted(found.values(), key=lambda dispute: (dispute.about, dispute.claims)))


def _comparable(one: Said) -> bool:
    claim = one.claim
    short = one.days is None or claim.type in STATES or (one.days[1] - one.days[0]).days <= _LONGEST
    return short and claim.modality in _ASSERTED


def _once(all_: list[Said]) -> list[Said]:
    """What a voice says of the same days again, once: where it was first in print."""
    first: dict[tuple[object, ...], Said] = {}
    for said in sorted(all_, key=_told):
        claim = said.claim
        voice = f"narration of {said.story}" if said.narrated else said.voice
        what = (claim.type, claim.polarity, claim.count, claim.harm, claim.who, said.place, said.parts, said.target)
        when = said.days or said.extraction.article.id
        first.setdefault((voice, when, what, sameness.party_key(claim.actor), sameness.party_key(claim.target)), said)
    return list(first.values())


def _judge(one: Said, other: Said, tolls: Mapping[Arena, set[int]], found: dict[tuple[str, str], Dispute]) -> None:
    if (not one.affirmed and other.affirmed) or (one.affirmed is other.affirmed and _told(other) < _told(one)):
        one, other = other, one
    ids = (one.claim.id, other.claim.id)
    if ids not in found:
        reason = contradiction(one, other)
        if reason is not None and not (reason[0] is DisputeKind.NUMBER and _added(one, other, tolls)):
            found[ids] = Dispute(ids, about(one.extraction), reason[1], reason[0])


def _tolls(all_: Iterable[Said]) -> dict[Arena, set[int]]:
    """The counts that a page has of a place."""
    tolls: dict[Arena, set[int]] = defaultdict(set)
    for one in all_:
        if one.claim.count is not None and one.place is not None:
            tolls[one.extraction.article.id, one.place].add(one.claim.count.low or 0)
    return tolls


def _added(one: Said, other: Said, tolls: Mapping[Arena, set[int]]) -> bool:
    """On one page, do two parts make up the whole? `13 killed … 6 by rockets … 7 by shells`."""
    page, x, y = one.extraction.article.id, one.claim.count, other.claim.count
    if page != other.extraction.article.id or one.place is None or x is None or y is None:
        return False
    rest = abs((x.low or 0) - (y.low or 0))
    return rest > 0 and rest in tolls[page, one.place]


def _told(said: Said) -> tuple[date, tuple[str, int, int, str]]:
    return said.published or date.max, _order(said)


def _order(said: Said) -> tuple[str, int, int, str]:
    return sameness.order(said.claim)


# ------------------------------------------------------------------------------------------------------------------ arenas


def _stands(one: Said, outer: set[Arena]) -> Iterator[tuple[Arena, Role]]:
    """The arenas of a claim, and its roles there."""
    claim = one.claim
    page = "" if one.days is not None else one.extraction.article.id
    group = "holding" if claim.type in HOLDING else claim.type
    roles = [claim.polarity.value] + [Polarity.AFFIRMED.value] * (claim.type == "control" and not one.affirmed)
    if claim.type in _BONDS and claim.actor is not None and claim.target is not None:
        yield from ((("bond", group, _key(claim.actor), _key(claim.target), page), role) for role in roles)
    if claim.type in DEEDS:
        yield from ((("page", claim.type, one.story, word), "named" if one.place else "") for word in one.target)
    if one.place is None:
        return
    yield from ((("word", group, one.place, page), role) for role in roles)
    around = set(_around(claim.place.place if claim.place else None)) if one.affirmed else _denied_place(one)
    if claim.actor is not None and outer:
        wide = {("wider", group, _key(claim.actor), *place, page) for place in around if place in outer}
        yield from ((arena, claim.polarity.value) for arena in wide)
    if claim.type == "presence" and not one.affirmed:
        yield ("fighters", one.place, page), "none"
    if one.affirmed:
        yield from _affirmed(one, one.place, page)


def _affirmed(one: Said, place: str, page: str) -> Iterator[tuple[Arena, Role]]:
    claim, actor = one.claim, _key(one.claim.actor)
    if claim.type in HOLDING:
        if claim.actor is not None and claim.actor.side not in (None, NOT_ALIGNED):
            yield ("holders", place, page), claim.actor.side or ""
        yield ("extent", claim.type, place, page), "part" if one.parts else "all"
    if claim.type == "casualties" and claim.count is not None:
        yield ("toll", place, claim.harm or "", page), ""
    if claim.type == "casualties" and claim.who == "combatants":
        yield ("fighters", place, page), "killed"
    if claim.type in DEEDS and actor:
        yield from ((("deed", claim.type, place, word, page), actor) for word in one.target)
        if claim.type != "casualties" and one.means is not None and military(claim.target) is not None:
            yield ("aim", place, one.means, page), str(military(claim.target))
    if claim.type in _AGAIN and actor:
        yield ("again", claim.type, place), ""
    elif claim.type in DEEDS and claim.time_words:
        what = [str(claim.count)] if claim.type == "casualties" else sorted(one.target)
        yield from ((("again", claim.type, place, word), "") for word in what)


def _key(party: Party | None) -> str:
    return sameness.party_key(party) or ""


def _denied_place(one: Said) -> set[Arena]:
    """The country or division about which a claim denies something of a named actor."""
    place = one.claim.place.place if one.claim.place is not None else None
    if (
        one.affirmed
        or place is None
        or place.relation is not None
        or place.feature not in ("country", "admin1", "admin2")
    ):
        return set()
    divisions = {"country": (), "admin1": (place.admin1,), "admin2": (place.admin1, place.admin2)}[place.feature]
    return {_area(place, *divisions)}


def _around(place: Place | None) -> Iterator[Arena]:
    """The country and the divisions in which it lies."""
    if place is not None and place.feature != "country":
        yield _area(place)
        if place.admin1 is not None:
            yield _area(place, place.admin1)
            if place.admin2 is not None:
                yield _area(place, place.admin1, place.admin2)


def _area(place: Place, *divisions: str | None) -> Arena:
    return (place.country or "", *(division or "" for division in divisions))


# ------------------------------------------------------------------------------------------------------------------- sweep


def _pairs(arena: Arena, standing: list[tuple[Said, set[Role]]]) -> Iterator[tuple[Said, Said]]:
    """Pairs of different roles whose days meet, or lie no further apart than two tellings of one deed."""
    slack = _AGAIN.get(arena[1], _RECURS) if arena[0] == "again" else timedelta()
    dated = sorted(
        (first, last, _order(said), said, roles) for said, roles in standing for first, last in [_reach(said)]
    )
    open_: dict[Role, list[tuple[date, Said]]] = defaultdict(list)
    for first, last, _, said, roles in dated:
        for role, others in open_.items():
            if roles != {role} or role == "":
                others[:] = [entry for entry in others if entry[0] >= first]
                yield from ((other, said) for _, other in others if other is not said)
        for role in roles:
            open_[role].append((min(last, date.max - slack) + slack, said))


def _reach(said: Said) -> tuple[date, date]:
    """From the first to the last day of which it may speak; where that is not known all are the same."""
    spans = [span for span in (said.days, said.reach) if span is not None]
    return min((first for first, _ in spans), default=date.min), max((last for _, last in spans), default=date.min)
