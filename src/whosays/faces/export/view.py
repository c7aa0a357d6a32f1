"""What an export is made of: claims as they may be shown, and, for the formats that need them, texts and who holds what.

    of_ledger(ledger, wanted, masks, roster, made) -> View

Claims stream from the ledger and pass through the masks one by one (privacy.py): no writer sees what a profile hides, and none holds
more of them than it must. `View.claims` may be asked several times; each time the ledger is asked anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from whosays import weigh
from whosays.actors import Roster
from whosays.engines import weighing
from whosays.faces.people import hidden
from whosays.faces.privacy import Masks
from whosays.ledger import Ledger
from whosays.nouns import Actor, Article, Extraction, Lane, LaneKind, Place
from whosays.weigh.moves import party_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims; None = all. What the fields mean: `Ledger.claims`. `on`: a day on which to ask who holds what."""

    place: str | None = None
    actor: str | None = None
    source: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None
    article: str | None = None
    text: str | None = None
    on: date | None = None

    @property
    def narrowed(self) -> bool:
        """Does it ask for some of the claims about a place only, so that who holds it cannot be told from them?"""
        return any(one is not None for one in (self.actor, self.source, self.type, self.article, self.text))


@dataclass(frozen=True, slots=True)
class Held:
    """A place and who held it when: by all voices weighed, and by each voice."""

    place: Place
    weighed: Lane | None
    voices: tuple[Lane, ...]
    keys: Mapping[str, str]
    """Name of a holder → his key in the roster, where he has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a writer is given."""

    claims: Callable[[], Iterable[Extraction]]
    """By day of publication; those of one article stand together."""
    held: Callable[[], Iterable[Held]]
    """Places of the gazetteer about which somebody says who holds them."""
    article: Callable[[str], Article] | None = None
    """An article by its id; None: texts are not given out."""
    actors: Mapping[str, Actor]
    """The roster, by key."""
    countries: Mapping[str, str]
    """Names of countries by ISO code."""
    wanted: Wanted
    made: datetime


def of_ledger(ledger: Ledger, wanted: Wanted, masks: Masks, roster: Roster, made: datetime) -> View:
    """What a ledger answers, as a profile shows it."""

    def claims() -> Iterator[Extraction]:
        return map(masks.extraction, _asked(ledger, wanted))

    def article(id_: str) -> Article:
        return masks.article(ledger.article(id_), ledger.claims(article=id_))

    return View(
        claims=claims,
        held=lambda: _held(ledger, wanted, masks),
        article=article if masks.profile.texts else None,
        actors=roster.by_key,
        countries={one.country: one.name for one in roster.by_key.values() if one.kind == "state" and one.country},
        wanted=wanted,
        made=made,
    )


def _asked(ledger: Ledger, wanted: Wanted) -> Iterator[Extraction]:
    return ledger.claims(
        place=wanted.place,
        actor=wanted.actor,
        source=wanted.source,
        type=wanted.type,
        since=wanted.since,
        until=wanted.until,
        article=wanted.article,
        text=wanted.text,
    )


def _held(ledger: Ledger, wanted: Wanted, masks: Masks) -> Iterator[Held]:
    """Division by division, so that a large ledger is never in memory whole. Days do not narrow what is weighed: what stands on a day
    was often said before it."""
    asked = weighing.divided(ledger) if wanted.place is None else iter([weighing.view(ledger, place=wanted.place)])
    for found in asked:
        at: dict[Place, list[Extraction]] = defaultdict(list)
        for one in found:
            place = one.claim.place.place if one.claim.place else None
            if place is not None and place.relation is None:
                at[place].append(one)
        for place, own in sorted(at.items(), key=lambda item: item[0].key):
            lanes = weigh.lanes(place, place.name, own)
            if lanes:
                weighed = weigh.lanes(place, place.name, own, by=LaneKind.WEIGHED)
                yield _shown(place, weighed, lanes, own, masks)


def _shown(
    place: Place, weighed: tuple[Lane, ...], lanes: tuple[Lane, ...], own: list[Extraction], masks: Masks
) -> Held:
    """As the masks let it be seen: voices and holders that are private persons have other names."""
    names = sorted({name for one in own for name in masks.voice(one)}, key=lambda name: (-len(name), name))

    def masked(text: str | None) -> str | None:
        return text and hidden(text, names, masks.pseudonym)

    def lane(one: Lane) -> Lane:
        intervals = (
            replace(
                each,
                voice=masked(each.voice) or "",
                holder=masked(each.holder),
                not_holder=masked(each.not_holder),
                says=masked(each.says) or "",
                besieged_by=masked(each.besieged_by),
                parts=masked(each.parts),
            )
            for each in one.intervals
        )
        return replace(one, who=masked(one.who) or "", intervals=tuple(intervals))

    parties = [party for one in own for party in (one.claim.actor, one.claim.target) if party is not None]
    keys = {name: party.actor for party in parties if party.actor and (name := party_name(party))}
    if names:
        weighed, lanes = tuple(map(lane, weighed)), tuple(map(lane, lanes))
    return Held(masks.place(place), weighed[0] if weighed else None, lanes, keys)
