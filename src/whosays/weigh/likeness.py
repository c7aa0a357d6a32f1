"""How like a claim is to those of a question: named reasons, each a small function, and what each weighs.

The docstring of a reason is what people are shown. The weights are logits, set by judgement and not fitted: a place in common and a
day in common carry a pair over the line; another actor where the actor is what is asked, or a toll six times as large, carries
it back. The sum is pressed into 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import exp

from whosays.nouns import NOT_ALIGNED, REGIONS, Claim, Extraction, Party, Place
from whosays.text import fold
from whosays.weigh import sameness

BIAS = -2.5
"""What a claim has against it to begin with."""

LARGE = 200_000
"""People: a city so large that two things happen there on one day."""

OTHER_EVENT = 6
"""Times: a toll so much larger than another is not of the same event."""

_Days = tuple[date, date] | None


@dataclass(slots=True)
class Open:
    """A question while claims still join it."""

    opener: Extraction
    days: _Days
    key: str
    place: Place | None
    group: str
    claims: list[Extraction] = field(init=False)
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    actors: dict[str | None, Party] = field(default_factory=dict)
    targets: dict[str | None, Party] = field(default_factory=dict)
    means: set[str] = field(default_factory=set)
    harms: set[str] = field(default_factory=set)
    counts: list[tuple[int, int]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.claims = []
        self._take(self.opener)

    @property
    def first(self) -> date | None:
        """The first day that all its claims speak of."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> date | None:
        """The last such day."""
        return self.days[1] if self.days else None

    def join(self, one: Extraction, days: _Days, score: float, reasons: tuple[str, ...]) -> None:
        """Take a claim in; the days shrink to those in common, and the place to the one within."""
        if self.days and days:
            self.days = max(self.days[0], days[0]), min(self.days[1], days[1])
        place = one.claim.place.place if one.claim.place is not None else None
        if place is not None and self.place is not None and place.key != self.key and place.within(self.place):
            self.place, self.key = place, place.key
        if score < self.score:
            self.score, self.reasons = score, reasons
        self._take(one)

    def _take(self, one: Extraction) -> None:
        claim = one.claim
        self.claims.append(one)
        self.told |= {claim.id} | ({claim.denies} if claim.denies else set())
        for parties, party in ((self.actors, claim.actor), (self.targets, claim.target)):
            if party is not None:
                parties.setdefault(sameness.party_key(party), party)
        self.means |= {claim.means} if claim.means and claim.means != "other" else set()
        self.harms |= {claim.harm} if claim.harm else set()
        if (range_ := _range(claim)) is not None:
            self.counts.append(range_)


Reason = Callable[[Open, Extraction, _Days], bool]


def liken(open_: Open, one: Extraction, days: _Days) -> tuple[float, tuple[str, ...]]:
    """(score from 0 to 1, the reasons that make it). 0 where the two cannot be of one question."""
    if not _meet(open_, days) or not _one_harm(open_, one.claim):
        return 0.0, ()
    found = [(reason, weight) for reason, weight in _reasons(open_.group) if reason(open_, one, days)]
    if not any(reason in _PLACES for reason, _ in found):
        return 0.0, ()
    total = BIAS + sum(weight for _, weight in found)
    return 1 / (1 + exp(-total)), tuple(f"{_told(reason)} {weight:+g}" for reason, weight in found)


def _told(reason: Reason) -> str:
    return (reason.__doc__ or "").rstrip(".")


def _meet(open_: Open, days: _Days) -> bool:
    if open_.days is None or days is None:
        return open_.days is days
    return sameness.meet(open_.days, days)


def _one_harm(open_: Open, claim: Claim) -> bool:
    """Killed and injured are counted apart."""
    return claim.harm is None or not open_.harms or claim.harm in open_.harms


# ------------------------------------------------------------------------------------------------------------- reasons


def same_place(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same place"""
    return sameness.place_key(one.claim.place) == open_.key and not same_wide_place(open_, one, days)


def same_city(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same place"""
    return sameness.place_key(one.claim.place) == open_.key and not _region(open_.place)


def same_wide_place(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same large city or region"""
    wide = _region(open_.place) or (open_.place is not None and open_.place.population > LARGE)
    return wide and sameness.place_key(one.claim.place) == open_.key


def same_region(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same region"""
    return sameness.place_key(one.claim.place) == open_.key and _region(open_.place)


def _region(place: Place | None) -> bool:
    return place is not None and place.feature in REGIONS


def place_within(open_: Open, one: Extraction, days: _Days) -> bool:
    """one place within the other"""
    own = one.claim.place.place if one.claim.place is not None else None
    if own is None or open_.place is None or own.key == open_.key:
        return False
    return own.within(open_.place) or open_.place.within(own)


def same_day(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same single day"""
    return days is not None and days == open_.days and days[0] == days[1]


def same_page(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same undated page"""
    return days is None


def few_days(open_: Open, one: Extraction, days: _Days) -> bool:
    """days in common, a week at most"""
    return days is not None and not same_day(open_, one, days) and (days[1] - days[0]).days <= 7


def many_days(open_: Open, one: Extraction, days: _Days) -> bool:
    """days in common"""
    return days is not None and (days[1] - days[0]).days > 7


def same_actor(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same actor"""
    return _same(open_.actors, one.claim.actor)


def other_actor(open_: Open, one: Extraction, days: _Days) -> bool:
    """another actor"""
    return _other(open_.actors, one.claim.actor)


def same_target(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same target"""
    return _same(open_.targets, one.claim.target)


def other_target(open_: Open, one: Extraction, days: _Days) -> bool:
    """another target"""
    return _other(open_.targets, one.claim.target)


def same_means(open_: Open, one: Extraction, days: _Days) -> bool:
    """the same means"""
    return one.claim.means in open_.means


def other_means(open_: Open, one: Extraction, days: _Days) -> bool:
    """other means"""
    known = one.claim.means is not None and one.claim.means != "other"
    return known and bool(open_.means) and one.claim.means not in open_.means


def like_number(open_: Open, one: Extraction, days: _Days) -> bool:
    """numbers that meet"""
    own = _range(one.claim)
    return own is not None and any(low <= own[1] and own[0] <= high for low, high in open_.counts)


def far_number(open_: Open, one: Extraction, days: _Days) -> bool:
    """a number so far off that it counts something else"""
    own = _range(one.claim)
    if own is None or not open_.counts or not own[1]:
        return False
    return all(own[0] > OTHER_EVENT * high or low > OTHER_EVENT * own[1] for low, high in open_.counts if high)


def answers_it(open_: Open, one: Extraction, days: _Days) -> bool:
    """one denies the other"""
    return one.claim.denies in open_.told or one.claim.id in open_.told


_PLACES = frozenset({same_place, same_wide_place, place_within, same_city, same_region})

_Weights = tuple[tuple[Reason, float], ...]

ALWAYS: _Weights = (
    (same_day, 1.5),
    (same_page, 1.5),
    (few_days, 0.75),
    (many_days, 0.25),
    (same_target, 1.0),
    (same_means, 1.0),
    (other_means, -1.0),
    (like_number, 1.0),
    (far_number, -3.0),
    (answers_it, 4.0),
)
OF_PLACES: _Weights = ((same_place, 2.5), (same_wide_place, 1.0), (place_within, 1.0))
OF_DEEDS: _Weights = (*OF_PLACES, (same_actor, 1.0), (other_actor, -1.0))
"""Who struck it is what the voices differ about: rivals answer one question."""
OF_GROUP: Mapping[str, _Weights] = {
    "holding": ((same_city, 2.5), (same_region, 1.0), (same_actor, 0.5)),
    "casualties": OF_DEEDS,
    **dict.fromkeys(("attack", "clash", "destroy"), (*OF_DEEDS, (other_target, -2.0))),
}
"""A city is held or not, however large, and a region is not held because a town in it is. Victims of one event are called many things."""
OF_OTHERS: _Weights = (*OF_PLACES, (same_actor, 1.0), (other_actor, -3.0), (other_target, -2.0))
"""Whether this actor did it is what is asked."""


def _reasons(group: str) -> _Weights:
    return OF_GROUP.get(group, OF_OTHERS) + ALWAYS


def _same(known: dict[str | None, Party], party: Party | None) -> bool:
    """Is the party among those known, by its key or its side?"""
    if party is None:
        return False
    if sameness.party_key(party) in known:
        return True
    return party.side not in (None, NOT_ALIGNED) and any(party.side == other.side for other in known.values())


def _other(known: dict[str | None, Party], party: Party | None) -> bool:
    if (
        party is None
        or not known
        or (party.actor is None and not _ANYBODY.sub(" ", fold(party.name or party.words)).strip())
    ):
        return False
    return not any(sameness.same_party(party, one) for one in known.values())


_ANYBODY = re.compile(r"\b(?:[\d.,]+|people|persons?|others|victims|of|at|least|about|some|more|than)\b")
"""`43 people` are nobody else than `112 people`."""


def _range(claim: Claim) -> tuple[int, int] | None:
    """Of a toll, the least and the most; an open end is the other end."""
    if claim.count is None:
        return None
    low = claim.count.low if claim.count.low is not None else claim.count.high
    high = claim.count.high if claim.count.high is not None else claim.count.low
    return None if low is None or high is None else (low, high)
