"""What one claim says of one place: that somebody has it from a day on, that he no longer has it, has parts of it, or besieges it.

Theory. A claim says something of a place if it names that place, or if it names a wider one and says so of the whole (`all of
Helmand`). It says something of the place's parts only, if it names a part of it: a district or the outskirts; a place within it;
`most of`. What lies near it is elsewhere. From this come moves:
  HOLD     `capture` and `control` affirmed; a `withdraw` that is denied. The holder may be unnamed.
  GONE     `withdraw` affirmed; `capture` and `control` denied: who is named does not have it.
  PART     the same as HOLD, and leaving, of a part. A denial of it says next to nothing, and is no move.
  BESIEGE  `besiege` affirmed; LIFT: denied.
An event moves on the last day on which it can have happened; a state on its first and again on its last, since it is said to have held
between them. Only what is told as actual or probable moves. Captures and withdrawals are changes: before them it was otherwise.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from importlib.resources import files

import msgspec
import yaml

from whosays.nouns import NOT_ALIGNED, STATES, Extraction, Modality, Party, Place, Polarity, Where
from whosays.text import fold
from whosays.weigh import sameness

TYPES = ("capture", "control", "withdraw", "besiege")
"""Types of claims that move who holds a place."""
_PART = 2
"""`geo_precision` of a place that is only near, or part of, the one it names."""
_CITY = 10.0
"""Kilometres from its middle within which a district of the same division is one of a town's."""
_DEGREE = 111.2
"""Kilometres of a degree of latitude."""


class Rules(msgspec.Struct, frozen=True):
    """What control.yml holds."""

    interest: Mapping[str, float]
    modality: Mapping[str, float]
    half_life: float
    before_a_change: float
    same_change: int
    part: tuple[str, ...]
    whole: tuple[str, ...]
    between: tuple[str, ...]
    pieces: frozenset[str]
    itself: tuple[str, ...]
    directions: tuple[str, ...]
    parts_of_it: frozenset[str]


@functools.cache
def rules() -> Rules:
    told = yaml.load(files("whosays.weigh").joinpath("control.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return msgspec.convert(told, Rules)


class What(StrEnum):
    HOLD = "hold"
    GONE = "gone"
    PART = "part"
    BESIEGE = "besiege"
    LIFT = "lift"


@dataclass(frozen=True, slots=True)
class Move:
    """What a claim says of the place asked about, from a day on."""

    said: Extraction
    day: date
    what: What
    party: Party | None
    """Who holds it, is gone from it, besieges it; None: unnamed."""
    change: bool
    """Is it told as an event, and not as a state?"""
    says: str
    """`taken by X`, `left by Y`."""
    key: str | None = field(init=False, compare=False)
    """Parties with one key are one for who holds a place: the side where it is known, else who it is."""

    def __post_init__(self) -> None:
        known = self.side if self.side not in (None, NOT_ALIGNED) else sameness.party_key(self.party)
        object.__setattr__(self, "key", known)

    @property
    def name(self) -> str | None:
        return party_name(self.party)

    @property
    def side(self) -> str | None:
        return self.party.side if self.party is not None else None


def moves(
    place: Place | None, name: str, claims: Sequence[Extraction], *, known_on: date | None = None
) -> tuple[Move, ...]:
    """What the claims say of the place, in the order of days, then of publication. With `known_on`, only what was published by then.

    The place is known by its key, or by its folded name where it is not in the gazetteer."""
    heard = (one for one in claims if known_on is None or (one.article.published or date.max) <= known_on)
    found = [move for one in heard for move in _moves(one, place, name)]
    return tuple(sorted(found, key=order))


def order(move: Move) -> tuple[date, date, tuple[str, int, int, str]]:
    return move.day, move.said.article.published or date.min, sameness.order(move.said.claim)


def undated(place: Place | None, name: str, claims: Sequence[Extraction]) -> int:
    """Claims that would say something of the place if their page had a date."""
    spoken = (one for one in claims if one.claim.type in TYPES and _scope(one, place, name) is not None)
    return sum(sameness.days(one, state=one.claim.type in STATES) is None for one in spoken)


def _moves(one: Extraction, place: Place | None, name: str) -> Iterator[Move]:
    claim = one.claim
    if claim.type not in TYPES or claim.modality not in (Modality.ACTUAL, Modality.PROBABLE):
        return
    whole = _scope(one, place, name)
    span = sameness.days(one, state=claim.type in STATES)
    if whole is None or span is None:
        return
    said = _says(one) if whole else _of_parts(one)
    if said is not None:
        what, party, says = said
        affirmed = claim.polarity is Polarity.AFFIRMED
        change = affirmed and claim.type in ("capture", "withdraw")
        for day in dict.fromkeys(span if claim.type in STATES else span[1:]):
            yield Move(one, day, what, party, change, says)


def _says(one: Extraction) -> tuple[What, Party | None, str]:
    """What is said of the whole place, of whom, and in words."""
    claim, actor = one.claim, one.claim.actor
    affirmed = claim.polarity is Polarity.AFFIRMED
    by = f" by {party_name(actor)}" if actor else ""
    if actor is None and affirmed and claim.type == "capture" and claim.target is not None:
        return What.GONE, claim.target, f"taken from {party_name(claim.target)}"
    if claim.type == "besiege":
        return (What.BESIEGE, actor, f"besieged{by}") if affirmed else (What.LIFT, actor, f"not besieged{by}")
    if claim.type == "withdraw":
        return (What.GONE, actor, f"left{by}") if affirmed else (What.HOLD, actor, f"not left{by}")
    verb = "taken" if claim.type == "capture" else "held"
    return (What.HOLD, actor, f"{verb}{by}") if affirmed else (What.GONE, actor, f"not {verb}{by}")


def _of_parts(one: Extraction) -> tuple[What, Party | None, str] | None:
    """What is said of a part of it; None for what says nothing of who holds one."""
    what, party, says = _says(one)
    told = one.claim.polarity is Polarity.AFFIRMED and what in (What.HOLD, What.GONE) and party is not None
    return (What.PART, party, says) if told else None


def _scope(one: Extraction, place: Place | None, name: str) -> bool | None:
    """Does a claim speak of the whole place (True), of a part of it (False), or of neither (None)?"""
    where = one.claim.place
    if where is None:
        return None
    if place is None or where.place is None:
        named = fold(name) in (fold(where.name or ""), fold(where.words or ""))
        return _all_of_it(one, where) if named else None
    told = where.place
    if told.relation is not None:
        return False if told.relation in rules().parts_of_it and told.key == place.key else None
    if told.key == place.key:
        return _all_of_it(one, where)
    if place.within(told):
        return True if _worded(one, where, rules().whole) and _all_of_it(one, where) else None
    return False if _inside(told, place) else None


def part(one: Extraction) -> bool:
    """Does a claim speak of a part of its place only?"""
    where = one.claim.place
    if where is None:
        return False
    relation = where.place.relation if where.place is not None else None
    return relation in rules().parts_of_it or not _all_of_it(one, where)


def _all_of_it(one: Extraction, where: Where) -> bool:
    return where.precision != _PART and not _worded(one, where, rules().part) and not _piece(where)


def _piece(where: Where) -> bool:
    """Do the claim's own words for the place mean a piece of it? What follows an `and` is told beside it."""
    words = f"{re.split(' and |, ', where.words or '')[0].lower()} "
    for phrase in rules().itself:
        words = words.replace(f"{phrase} ", "")
    words = _undescribed(words)
    kind = {"district"} if where.place is not None and where.place.feature in ("district", "admin2") else set()
    named = kind | set(fold(f"{where.name} {where.place.name if where.place else ''}").split())
    found = (word for word in _WORD.findall(words) if word not in named)
    return any(word in rules().pieces or word.removesuffix("s") in rules().pieces for word in found)


def _undescribed(words: str) -> str:
    """Without the words that only describe the whole: `eastern Ukrainian town of Avdiivka` is Avdiivka."""
    before, noun, after = _SETTLEMENT.split(words, maxsplit=1) if _SETTLEMENT.search(words) else ("", "", words)
    told = set(_WORD.findall(before)) - set(rules().directions)
    return words if noun and told & set(rules().pieces) else after


_WORD = re.compile(r"[a-z]+|%")
_SETTLEMENT = re.compile(r"\b(town|city|village|settlement|capital|stronghold)\b")


def _worded(one: Extraction, where: Where, wanted: Sequence[str]) -> bool:
    """Do any of these words stand right before the name of the place?"""
    evidence = one.claim.evidence
    if where.span is None or where.span.start < evidence.start:
        return False
    before = evidence.prefix + evidence.exact[: where.span.start - evidence.start]
    before, words = f" {' '.join(before.lower().split())} ", " ".join((where.words or "").lower().split())
    while dropped := next((word for word in rules().between if before.endswith(f" {word} ")), None):
        before = before[: -len(dropped) - 1]
    return any(before.endswith(f" {word} ") or words.startswith(f"{word} ") for word in wanted)


def _inside(inner: Place, outer: Place) -> bool:
    """Is it a part of the other? Of a town, its districts; of a division, what is in it; a country has too many parts to speak of."""
    if outer.feature == "country":
        return False
    if inner.feature == "district" and outer.feature == "town":
        return (inner.country, inner.admin1) == (outer.country, outer.admin1) and _km(inner, outer) <= _CITY
    return inner.within(outer)


def _km(a: Place, b: Place) -> float:
    """Over a few kilometres the Earth is flat."""
    east = (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return _DEGREE * math.hypot(a.lat - b.lat, east)


def party_name(party: Party | None) -> str | None:
    """`Russian defence ministry (“its forces”)`: what belongs to a named actor keeps its words."""
    if party is None or party.name is None:
        return None if party is None else party.words
    first, _, rest = party.words.lower().partition(" ")
    owned = rest and first in ("its", "his", "her", "their", "our", "all")
    return f"{party.name} (“{party.words}”)" if owned else party.name
