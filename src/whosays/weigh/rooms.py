"""Which claims are brought together to be compared: rooms, and the arenas in a room.

Theory. Claims that may dispute each other share a place, a bond (who backs whom, wherever), the page (what names no place), or a
denial about a country or division that holds the place. Each of these is a room: claims are put into rooms by what costs nothing to
ask, a room that holds nothing to dispute is dropped, and one room at a time is worked on, so that memory does not grow with the ledger.
In a room a claim stands in arenas, in each in a role; only claims of one arena that differ in role are compared.
  word       a group of types; roles: affirmed, denied. `Free of X` affirms as well as denies.
  holders    roles: the sides that hold or take the place.
  extent     roles: all of it, parts of it.
  toll       a harm; every pair.
  fighters   roles: fighters killed there, none there.
  deed       a word of the target; roles: who did it, or that it was an accident.
  aim        a means; roles: fighters or civilians were hit.
  again      a type (and a word of the target, or the count, where attacks recur): every pair, some days apart.
  page       a word of the target; roles: with a place or without; those without also among themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from whosays.nouns import NOT_ALIGNED, Extraction, Party, Place, Polarity, Where
from whosays.text import fold
from whosays.weigh import sameness
from whosays.weigh.contradictions import DEEDS
from whosays.weigh.said import Said, accident, military
from whosays.weigh.wording import TAKEN_OR_HELD

Arena = tuple[str, ...]
Role = str
"""Claims of one arena are compared if their roles differ; those in the role "" also among themselves."""
ONCE = frozenset({"capture", "withdraw"})
"""What does not recur within days."""
_BONDS = frozenset({"ally", "oppose", "member", "agree", "sanction", "aid"})
_RIVALS = TAKEN_OR_HELD | ONCE | DEEDS
"""Types of which two affirmed claims can contradict each other."""


class RoomKind(StrEnum):
    PLACE = "place"
    BOND = "bond"
    PAGE = "page"
    AREA = "area"


Room = tuple[RoomKind, tuple[str, ...]]


# ------------------------------------------------------------------------------------------------------------------- rooms


def rooms(claims: Sequence[Extraction]) -> Iterator[tuple[RoomKind, Sequence[Extraction]]]:
    """Rooms that hold something to dispute, each claim in the few where it belongs. A name that no gazetteer settled on one page is
    the place that the only other pages of that name know."""
    keys = _names(claims)
    areas = {area for one in claims for area in _denied_area(one)}
    placeless = {
        one.article.id for one in claims if one.claim.type in DEEDS and sameness.place_key(one.claim.place) is None
    }
    found: dict[Room, list[Extraction]] = defaultdict(list)
    for one in claims:
        for room in _entered(one, keys, areas, placeless):
            found[room].append(one)
    for room, inside in found.items():
        left = _worth(inside, room[0])
        if len(left) > 1:
            yield room[0], left


def _entered(
    one: Extraction, keys: Mapping[str, str], areas: set[tuple[str, ...]], placeless: set[str]
) -> Iterator[Room]:
    claim, place = one.claim, sameness.place_key(one.claim.place)
    if place is not None:
        yield RoomKind.PLACE, (keys.get(place, place),)
    if claim.type in _BONDS and claim.actor is not None and claim.target is not None:
        yield RoomKind.BOND, (claim.type, key(claim.actor), key(claim.target))
    if claim.type in DEEDS and one.article.id in placeless:
        yield RoomKind.PAGE, (one.article.id,)
    if areas and claim.actor is not None:
        inside = _denied_area(one) if claim.polarity is Polarity.DENIED else set(_areas(one)) & areas
        yield from ((RoomKind.AREA, area) for area in inside)


def _worth(inside: Sequence[Extraction], kind: RoomKind) -> list[Extraction]:
    """Those of a room that may dispute another: of types that have rivals, or of which something is denied."""
    denied = {_group(one.claim.type) for one in inside if one.claim.polarity is Polarity.DENIED}
    rivals = _RIVALS if kind in (RoomKind.PLACE, RoomKind.PAGE) else frozenset()
    if "presence" in denied:
        denied.add("casualties")
    return [one for one in inside if one.claim.type in rivals or _group(one.claim.type) in denied]


def _names(claims: Iterable[Extraction]) -> dict[str, str]:
    known: dict[str, set[str]] = defaultdict(set)
    for place in {
        one.claim.place.place for one in claims if one.claim.place is not None and one.claim.place.place is not None
    }:
        known[fold(place.name)].add(place.key)
    return {name: next(iter(found)) for name, found in known.items() if len(found) == 1}


def _denied_area(one: Extraction) -> set[tuple[str, ...]]:
    """The country or division about which a claim denies something of a named actor; with what, and of whom."""
    place = _gazetteer(one.claim.place)
    if (
        one.claim.polarity is not Polarity.DENIED
        or one.claim.actor is None
        or place is None
        or place.relation is not None
    ):
        return set()
    divisions = {"country": (), "admin1": (place.admin1,), "admin2": (place.admin1, place.admin2)}.get(place.feature)
    return set() if divisions is None else {_area(one, place, *divisions)}


def _areas(one: Extraction) -> Iterator[tuple[str, ...]]:
    """The country and the divisions in which its place lies."""
    place = _gazetteer(one.claim.place)
    if place is None or place.feature == "country":
        return
    yield _area(one, place)
    if place.admin1 is not None and place.feature != "admin1":
        yield _area(one, place, place.admin1)
        if place.admin2 is not None and place.feature != "admin2":
            yield _area(one, place, place.admin1, place.admin2)


def _area(one: Extraction, place: Place, *divisions: str | None) -> tuple[str, ...]:
    return (_group(one.claim.type), key(one.claim.actor), place.country or "", *(each or "" for each in divisions))


def _gazetteer(where: Where | None) -> Place | None:
    return None if where is None else where.place


def _group(type_: str) -> str:
    return "holding" if type_ in TAKEN_OR_HELD else type_


def key(party: Party | None) -> str:
    return sameness.party_key(party) or ""


# ------------------------------------------------------------------------------------------------------------------ arenas


def arenas(one: Said, kind: RoomKind) -> Iterator[tuple[Arena, Role]]:
    """The arenas of a claim in a room of that kind, and its roles there. What is undated is compared within its page alone."""
    claim = one.claim
    page = "" if one.days is not None else one.extraction.article.id
    if kind is RoomKind.PAGE:
        yield from ((("page", claim.type, word), "named" if claim.place is not None else "") for word in one.target)
        return
    yield ("word", _group(claim.type), page), claim.polarity.value
    if claim.type == "control" and not one.affirmed:
        yield ("word", "holding", page), Polarity.AFFIRMED.value
    if kind is RoomKind.PLACE:
        yield from _affirmed(one, page) if one.affirmed else [(("fighters", page), "none")] * (claim.type == "presence")


def _affirmed(one: Said, page: str) -> Iterator[tuple[Arena, Role]]:
    claim, actor = one.claim, key(one.claim.actor)
    if claim.type in TAKEN_OR_HELD:
        if claim.actor is not None and claim.actor.side not in (None, NOT_ALIGNED):
            yield ("holders", page), claim.actor.side or ""
        yield ("extent", claim.type, page), "part" if one.parts else "all"
    if claim.type == "casualties":
        if claim.count is not None:
            yield ("toll", claim.harm or "", page), ""
        if claim.who == "combatants":
            yield ("fighters", page), "killed"
    if claim.type in ONCE and actor:
        yield ("again", claim.type), ""
    if claim.type in DEEDS:
        yield from _deed(one, actor, page)


def _deed(one: Said, actor: str, page: str) -> Iterator[tuple[Arena, Role]]:
    claim = one.claim
    doer = actor or ("accident" if accident(claim.evidence.exact) else "")
    if doer:
        yield from ((("deed", claim.type, word, page), doer) for word in one.target)
    if actor:
        if claim.type != "casualties" and one.means is not None and military(claim.target) is not None:
            yield ("aim", one.means, page), str(military(claim.target))
        if claim.time_words:
            what = [str(claim.count)] if claim.type == "casualties" else one.target
            yield from ((("again", claim.type, word), "") for word in what)
