"""As what places and actors are told that were merged into others, and under which names claims are then asked for. Pure.

Rows stay as they were written: they are told otherwise when they are read. The words and the evidence stay; what they mean is another.
How a place lies to the one that was merged (`near A`) becomes how it lies to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from whosays.ledger.keys import called, folded
from whosays.nouns import Actor, Claim, Extraction, Party, Place, Source, Subject

Told = Place | Actor
"""What something is told as."""

ROLES = {"place": Subject.PLACE, "actor": Subject.ACTOR, "source": Subject.ACTOR}


@dataclass(frozen=True, slots=True)
class Merges:
    """The merges in force: key → what it is told as."""

    places: Mapping[str, Place] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.places or self.actors)

    def place(self, place: Place) -> Place:
        """The place as it is told."""
        into = self.places.get(place.key)
        if into is None:
            return place
        return replace(into, relation=place.relation, radius=place.radius) if place.relation else into

    def asked(self, role: str, name: str) -> tuple[str, ...]:
        """All names under which claims are to be looked for, where one asks for this: key or name of a place, actor or source."""
        told: Mapping[str, Told] = self.places if ROLES[role] is Subject.PLACE else self.actors
        wanted = called(name)
        ends = {into.key for key, into in told.items() if {key, into.key, folded(into.name)} & set(wanted)}
        also = {key for key, into in told.items() if into.key in ends} | ends
        return (*wanted, *sorted(also - set(wanted)))

    def told(self, one: Extraction) -> Extraction:
        """The claim as it is told."""
        claim = one.claim
        where = claim.place
        if where is not None and where.place is not None and where.place.key in self.places:
            place = self.place(where.place)
            claim = replace(claim, place=replace(where, place=place, name=place.name, precision=place.precision))
        if self.actors:
            claim = self._of_actors(claim)
        return one if claim is one.claim else replace(one, claim=claim)

    def _of_actors(self, claim: Claim) -> Claim:
        actor, target, source = self._party(claim.actor), self._party(claim.target), self._source(claim.source)
        if (actor, target, source) == (claim.actor, claim.target, claim.source):
            return claim
        return replace(claim, actor=actor, target=target, source=source)

    def _party(self, party: Party | None) -> Party | None:
        into = self.actors.get(party.actor or "") if party else None
        if party is None or into is None:
            return party
        return replace(party, actor=into.key, name=into.name, side=into.side or party.side)

    def _source(self, source: Source) -> Source:
        into = self.actors.get(source.actor or "")
        if into is None:
            return source
        return replace(source, actor=into.key, name=into.name, side=into.side or source.side)


NONE = Merges()
