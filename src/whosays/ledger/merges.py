"""Merges: as which place or actor another is told, and how claims are asked for and told because of it.

    check(connection, kept)              would there be a circle?
    put, refresh                         as what it is told; what is in force, chains followed to their end
    merges(connection) -> Merges         those in force (`told.py`)
    told_as(connection, about, key)      as which key one is told
    Lookup(connection, known)            places and actors by key: of the gazetteer and the roster, else of the ledger

`A → B → C`: all that is told of A and of B is told of C, and whoever asks for A, B or C gets all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, delete, insert, select

from whosays.errors import Misuse
from whosays.ledger import history, rows, sql, views
from whosays.ledger.corrections import Known
from whosays.ledger.history import Kept
from whosays.ledger.judged import judgements, merged, merged_into
from whosays.ledger.tables import claims, extractions, names
from whosays.ledger.told import Merges, Told
from whosays.nouns import Actor, Claim, Place, Subject


def merges(connection: Connection) -> Merges:
    """The merges in force."""
    query = select(merged.c.about, merged.c.key.label("merged"), merged_into).join(
        merged_into, merged_into.c.judgement == merged.c.judgement
    )
    places: dict[str, Place] = {}
    actors: dict[str, Actor] = {}
    for row in connection.execute(query):
        if row.about == Subject.PLACE:
            places[row.merged] = Place(**{name: getattr(row, name) for name in _PLACE})
        else:
            actors[row.merged] = Actor(row.key, row.name, "", side=row.side)
    return Merges(places, actors)


_PLACE = ("key", "name", "lat", "lon", "country", "feature", "population", "geonameid", "admin1", "admin2")


def told_as(connection: Connection, about: Subject, key: str) -> str:
    """The key at the end of the chain that a key is merged along; itself where it is not merged."""
    query = select(merged_into.c.key).join(merged, merged.c.judgement == merged_into.c.judgement)
    found = connection.execute(query.where(merged.c.about == about, merged.c.key == key)).scalar()
    return key if found is None else str(found)


# ------------------------------------------------------------------------------------------------------------- writing


def check(connection: Connection, new: Kept) -> None:
    """Raises Misuse where, with this judgement, something would be told as itself in the end."""
    about = new.said.about
    said = [history.kept_of(row) for row in connection.execute(select(judgements).where(judgements.c.about == about))]
    _ends(about, [*said, new])


def put(connection: Connection, judgement: str, into: Told) -> None:
    """As what it is told, for a judgement that was just written."""
    values: rows.Values = {"judgement": judgement, "key": into.key, "name": into.name}
    if isinstance(into, Place):
        values |= {name: getattr(into, name) for name in _PLACE}
    else:
        values |= {"side": into.side}
    sql.insert_all(connection, merged_into, [values], known=True)


def refresh(connection: Connection) -> None:
    """Make the merges in force anew."""
    connection.execute(delete(merged))
    for about in (Subject.PLACE, Subject.ACTOR):
        said = [
            history.kept_of(row) for row in connection.execute(select(judgements).where(judgements.c.about == about))
        ]
        found = [{"about": about, "key": key, "judgement": last} for key, last in _ends(about, said).items()]
        if found:
            connection.execute(insert(merged), found)


def _ends(about: Subject, said: Sequence[Kept]) -> dict[str, str]:
    """Key → the last judgement of its chain."""
    of: dict[str, list[Kept]] = {}
    for one in said:
        of.setdefault(one.said.subject, []).append(one)
    standing = {key: history.in_force_of(its) for key, its in of.items()}
    steps = {key: last.said for key, last in standing.items() if last is not None}
    ends = {}
    for key in steps:
        seen, last = {key}, steps[key]
        while (into := last.subjects[1]) in steps:
            if into in seen:
                told = " → ".join((*sorted(seen), into))
                raise Misuse(
                    f"subjects: {about}s would be merged in a circle ({told}). Undo one of these merges first."
                )
            seen.add(into)
            last = steps[into]
        if last.subjects[1] in seen:
            raise Misuse(f"subjects: {about} {key!r} would be merged into itself. Undo the merge of the other first.")
        ends[key] = last.id
    return ends


# ------------------------------------------------------------------------------------------------------------- look-up


@dataclass(frozen=True, slots=True)
class Lookup:
    """Places and actors by key: as `known` has them, else as claims of this ledger do."""

    connection: Connection
    known: Known | None = None

    @property
    def types(self) -> frozenset[str]:
        """Names of the types of claims."""
        if self.known is not None:
            return self.known.types
        return frozenset(self.connection.execute(select(claims.c.type).distinct()).scalars())

    def place(self, key: str) -> Place | None:
        """A place by its key."""
        found = self.known.place(key) if self.known is not None else None
        if found is not None:
            return found
        e = extractions.c
        own = (
            select(e.reading, e.claim).where(e.place_key == key, e.place_relation.is_(None)).order_by(*_FIRST).limit(1)
        )
        claim = self._claim(own)
        return claim.place.place if claim is not None and claim.place is not None else None

    def actor(self, key: str, day: date | None) -> Actor | None:
        """An actor by its key."""
        found = self.known.actor(key, day) if self.known is not None else None
        if found is not None:
            return found
        for role in ("actor", "source"):
            own = select(names.c.reading, names.c.claim).where(names.c.role == role, names.c.name == key)
            claim = self._claim(own.order_by(names.c.reading, names.c.claim).limit(1))
            party = None if claim is None else claim.actor if role == "actor" else claim.source
            if party is not None and party.actor == key:
                return Actor(key, party.name or key, "", side=party.side)
        return None

    def into(self, about: Subject, key: str) -> Told | None:
        """What may be merged, or merged into."""
        return self.place(key) if about is Subject.PLACE else self.actor(key, None)

    def _claim(self, which: Select[str, str]) -> Claim | None:
        row = self.connection.execute(views.rows_of(which)).first()
        return rows.extracted(row).claim if row is not None else None


_FIRST = (extractions.c.reading, extractions.c.claim)
