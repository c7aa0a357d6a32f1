"""What weighing came to, asked for: `ledger.weighings`. No verb here weighs; `engines/standing.refresh` does and fills the tables.

    version  stale                    has anything been weighed, and is anything not
    places place  claims              what is said of what; the claims in force, paged
    standings control_rows changes    who holds what, by voice, by side and weighed: what was known when; news of it
    disputes questions question       what cannot both be true, the heaviest first; what is asked and answered
    sources source actors actor       who says, of whom it is said
    records record                    how far voices, outlets and sides were borne out

Listings are paged: each gives at most `limit` rows and a word to give as `after` for the next ones (None: there are none). A page costs
the same however far down it lies. Keys are those that `places`, `sources` and `actors` give; names of people or places are looked up
with `like`. All is as of the last weighing; what `stale` tells of is not in it. Judgements of analysts are in it as far as they were
made before that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, exists, func, or_, select, tuple_

from whosays.errors import Misuse
from whosays.ledger import sql, views, weighed_raw, weighed_rows
from whosays.ledger import tables_weighed as tables
from whosays.ledger.fetched import Row, read
from whosays.ledger.keys import folded
from whosays.ledger.tables import readings
from whosays.ledger.weighed_lookups import Lookups, extractions
from whosays.nouns import (
    Answer,
    Change,
    Disputed,
    DisputeKind,
    Extraction,
    LaneKind,
    PlaceHead,
    Question,
    Record,
    Standing,
    VoiceHead,
)

T = TypeVar("T")
Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees; west may be greater than east, across the date line."""

FEW = 2_000
"""Claims with some words: so few are looked up one by one."""


class Paged(NamedTuple, Generic[T]):
    """Some rows of a listing, and how to ask for the next."""

    rows: tuple[T, ...]
    next: str | None
    """To be given as `after`; None: these were the last."""


class Weighings(Lookups):
    """Reads the derived tables of one ledger."""

    def version(self) -> int:
        """Grows whenever something was weighed anew; 0: nothing ever was."""
        with self._reading() as connection:
            return connection.execute(select(tables.state.c.version)).scalar() or 0

    def stale(self) -> bool:
        """Are there articles or judgements that are not weighed yet?"""
        new = exists().where(tables.unweighed.c.seq.is_not(None))
        unsummed = and_(tables.parts.c.stale < 0, tables.parts.c.weighed_at.is_(None))
        old = exists().where(or_(tables.parts.c.stale > 0, unsummed))
        with self._reading() as connection:
            never = connection.execute(select(~exists().where(tables.state.c.id == tables.WEIGHER))).scalar_one()
            if never:
                return connection.execute(select(exists().where(readings.c.id.is_not(None)))).scalar_one()
            return bool(connection.execute(select(or_(new, old))).scalar_one())

    # -------------------------------------------------------------------------------------------------------- places

    def places(
        self,
        like: str | None = None,
        country: str | None = None,
        box: Box | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Paged[PlaceHead]:
        """Places that claims are about, those with most claims first. `like`: words that the name has; `country`: ISO 3166-1 alpha-2."""
        c = tables.places.c
        wanted: list[ColumnElement[bool]] = []
        if like is not None:
            wanted.append(c.folded.contains(folded(like), autoescape=True))
        if country is not None:
            wanted.append(c.country == country)
        if box is not None:
            south, west, north, east = box
            across = or_(c.lon >= west, c.lon <= east) if west > east else c.lon.between(west, east)
            wanted += [c.lat.between(south, north), across]
        return self._page(select(tables.places).where(*wanted), (c.fewer, c.key), after, limit, weighed_rows.as_place)

    def place(self, key: str) -> PlaceHead | None:
        """A place by its key; None: no claim in force is about it."""
        return self._one(select(tables.places).where(tables.places.c.key == key), weighed_rows.as_place)

    # ------------------------------------------------------------------------------------------------------- control

    def standings(
        self,
        place: str | None = None,
        kind: LaneKind | None = None,
        who: str | None = None,
        on: date | None = None,
        known_on: date | None = None,
    ) -> Iterator[Standing]:
        """Who holds places: intervals of lanes by place, kind, whose lane, and time. `on`: only those of this day of the world; without
        it the whole lanes. `known_on`: from what had been published by then; None: from all that is known now."""
        c = tables.standings.c
        wanted = [
            column == value for column, value in ((c.place, place), (c.lane, kind), (c.who, who)) if value is not None
        ]
        if on is not None:
            wanted += [or_(c.since.is_(None), c.since <= on), or_(c.until.is_(None), c.until >= on)]
        if known_on is None:
            wanted.append(c.known_until.is_(None))
        else:
            wanted += [c.known_since <= known_on, or_(c.known_until.is_(None), c.known_until >= known_on)]
        query = (
            select(tables.standings)
            .where(*wanted)
            .order_by(c.place, c.lane, c.who, c.since.nulls_first(), c.last_known)
        )
        with self._reading() as connection:
            yield from map(weighed_rows.as_standing, read(connection, query))

    def control_rows(self, kind: LaneKind | None = None) -> Iterator[tuple[object, ...]]:
        """All standings as raw values, for an index in memory: place, lane, who, known_since, known_until, since, until (days as ISO
        text or None), side, holder, not_holder, says, besieged_by, parts, last_known (0 or 1), contested (0 or 1), grade (of what is known
        still). By place, lane and whose; of intervals that were known one after the other and differ only in what they rest on, one."""
        with self._reading() as connection:
            yield from weighed_raw.control(connection, tuple(LaneKind) if kind is None else (kind,))

    def event_rows(self) -> Iterator[tuple[object, ...]]:
        """Claims in force with a place and a day as raw values, for an index in memory: place, type, first day, last day (ISO text),
        days from publication to the end of days."""
        with self._reading() as connection:
            yield from weighed_raw.events(connection)

    def changes(self, after: int = 0, place: str | None = None, limit: int = 50) -> tuple[Change, ...]:
        """News of places, in the order in which they were told, those with greater numbers than `after`."""
        c = tables.changes.c
        wanted = [c.number > after] + ([c.place == place] if place is not None else [])
        query = select(tables.changes).where(*wanted).order_by(c.number).limit(limit)
        with self._reading() as connection:
            return tuple(map(weighed_rows.as_change, read(connection, query)))

    def latest_changes(
        self, before: int | None = None, place: str | None = None, limit: int = 50
    ) -> tuple[Change, ...]:
        """The same, the last told first, those with smaller numbers than `before`."""
        c = tables.changes.c
        wanted = [c.number < before] if before is not None else []
        wanted += [c.place == place] if place is not None else []
        query = select(tables.changes).where(*wanted).order_by(c.number.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(map(weighed_rows.as_change, read(connection, query)))

    # ---------------------------------------------------------------------------------------- disputes and questions

    def disputes(
        self,
        place: str | None = None,
        kind: DisputeKind | None = None,
        claim: str | None = None,
        since: date | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Paged[Disputed]:
        """Claims that cannot both be true, heaviest first. `since`: only those that came up in print since; `claim`: with this one."""
        c = tables.disputes.c
        wanted = [column == value for column, value in ((c.place, place), (c.kind, kind)) if value is not None]
        if claim is not None:
            wanted.append(c.id.in_(select(c.id).where(c.a == claim).union_all(select(c.id).where(c.b == claim))))
        if since is not None:
            wanted.append(c.printed >= since)
        query = select(tables.disputes).where(*wanted)
        return self._page(query, (c.lighter, c.id), after, limit, weighed_rows.as_dispute)

    def dispute(self, id_: str) -> Disputed | None:
        """A dispute by its id."""
        return self._one(select(tables.disputes).where(tables.disputes.c.id == id_), weighed_rows.as_dispute)

    def questions(
        self,
        place: str | None = None,
        group: str | None = None,
        claim: str | None = None,
        after: str | None = None,
        limit: int = 50,
        least: int = 1,
    ) -> Paged[tuple[Question, tuple[Answer, ...]]]:
        """What claims speak of together, with what is answered; the latest days first. `least`: claims that a question must have."""
        c = tables.questions.c
        wanted = [column == value for column, value in ((c.place, place), (c.group, group)) if value is not None]
        if claim is not None:
            of = select(tables.asked.c.question).where(tables.asked.c.claim == claim)
            wanted.append(or_(c.id == claim, c.id.in_(of)))
        if least > 1:
            wanted.append(c.n >= least)
        return self._page(
            select(tables.questions).where(*wanted), (c.age, c.id), after, limit, weighed_rows.as_question
        )

    def question(self, id_: str) -> tuple[Question, tuple[Answer, ...]] | None:
        """A question by its id, or by that of any claim that answers it, and its answers."""
        found = self.questions(claim=id_, limit=1).rows
        return found[0] if found else None

    # --------------------------------------------------------------------------------------------- voices and records

    def sources(self, like: str | None = None, after: str | None = None, limit: int = 50) -> Paged[VoiceHead]:
        """Who says, those with most claims first. `like`: words that the name has."""
        return self._heads("source", like, after, limit)

    def source(self, key: str) -> VoiceHead | None:
        """A source by its key."""
        return self._head("source", key)

    def actors(self, like: str | None = None, after: str | None = None, limit: int = 50) -> Paged[VoiceHead]:
        """Of whom it is said that they do something, those with most claims first."""
        return self._heads("actor", like, after, limit)

    def actor(self, key: str) -> VoiceHead | None:
        """An actor by its key."""
        return self._head("actor", key)

    def records(self, kind: str, after: str | None = None, limit: int = 50) -> Paged[Record]:
        """How far voices (`source`), outlets or sides were borne out, those that said most first."""
        c = tables.records.c
        query = select(tables.records).where(c.kind == kind)
        return self._page(query, (c.fewer, c.key), after, limit, weighed_rows.as_record)

    def record(self, kind: str, who: str) -> Record | None:
        """The record of one, by its key."""
        c = tables.records.c
        return self._one(select(tables.records).where(c.kind == kind, c.key == who), weighed_rows.as_record)

    # -------------------------------------------------------------------------------------------------------- claims

    def claims(
        self,
        place: str | None = None,
        source: str | None = None,
        actor: str | None = None,
        type: str | None = None,  # noqa: A002  (the word of the schema)
        article: str | None = None,
        since: date | None = None,
        until: date | None = None,
        text: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Paged[Extraction]:
        """Claims in force, traced, those published last first. `since`, `until`: days that the claim speaks of, as in
        `Ledger.claims`; `text`: words or "phrases" of the evidence, and where nothing else is asked and more than FEW claims have them,
        those read last first; the others are keys."""
        c = tables.claims.c
        wanted = _started((c.article, article), (c.place, place), (c.source, source), (c.actor, actor), (c.type, type))
        if since is not None:
            wanted.append(c.day_last >= since)
        if until is not None:
            wanted.append(c.day_first <= until)
        before = None if after is None else _cursor(after, int, int)
        with self._reading() as connection:
            worded = None if text is None else sql.of(connection).evidence_matches(text)
            many = worded is not None and _many(connection, worded)
            if worded is not None and many and not wanted:
                query = _read_last(worded, before)
            elif worded is not None:
                query = _published_last([*wanted, _among(connection, worded, many)], before)
            else:
                query = _published_last(wanted, before)
            listed = connection.execute(query.limit(limit + 1)).all()
            found = extractions(connection, listed[:limit])
        last = listed[limit - 1] if len(listed) > limit else None
        return Paged(found, last and json.dumps([last.age, last.seq]))

    # ------------------------------------------------------------------------------------------------------- helpers

    def _heads(self, role: str, like: str | None, after: str | None, limit: int) -> Paged[VoiceHead]:
        c = tables.heads.c
        query = select(tables.heads).where(c.role == role)
        if like is not None:
            query = query.where(c.folded.contains(folded(like), autoescape=True))
        return self._page(query, (c.fewer, c.key), after, limit, weighed_rows.as_voice)

    def _head(self, role: str, key: str) -> VoiceHead | None:
        c = tables.heads.c
        return self._one(select(tables.heads).where(c.role == role, c.key == key), weighed_rows.as_voice)

    def _one(self, query: views.Query, made: Callable[[Row], T]) -> T | None:
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else made(row)

    def _page(
        self,
        query: views.Query,
        by: tuple[ColumnElement[float], ColumnElement[str]],
        after: str | None,
        limit: int,
        made: Callable[[Row], T],
    ) -> Paged[T]:
        """One more row is asked for than shown, to see whether there is a next page."""
        if after is not None:
            query = query.where(tuple_(*by) > tuple_(*_cursor(after, _kind(by[0]), str)))
        with self._reading() as connection:
            listed = tuple(read(connection, query.order_by(*by).limit(limit + 1)))
        last = listed[limit - 1] if len(listed) > limit else None
        cursor = None if last is None else json.dumps([getattr(last, column.key or "") for column in by])
        return Paged(tuple(map(made, listed[:limit])), cursor)


def _kind(column: ColumnElement[float]) -> type:
    """Numbers are compared as the column has them: so an index helps."""
    return int if isinstance(column.type, Integer) else float


def _cursor(after: str, *kinds: type) -> tuple[object, ...]:
    """Where a page begins. Raises Misuse for what no page gave."""
    try:
        values = json.loads(after)
        return tuple(kind(value) for kind, value in zip(kinds, values, strict=True))
    except (ValueError, TypeError) as error:
        raise Misuse(f"{after!r} is no place in this listing. Give what the page before gave as its next.") from error


def _started(*given: tuple[ColumnElement[str], str | None]) -> list[ColumnElement[bool]]:
    """SQLite does not know that few claims are of one article and very many of one type. So the first name that is given says
    where to look, and the rest is asked of what is found."""
    named = [(column, value) for column, value in given if value is not None]
    found: list[ColumnElement[bool]] = [column == value for column, value in named[:1]]
    return found + [sql.unindexed(column) == value for column, value in named[1:]]


def _many(connection: Connection, worded: Select[int]) -> bool:
    """Do more claims than FEW have some words?"""
    return connection.execute(select(func.count()).select_from(worded.limit(FEW + 1).subquery())).scalar_one() > FEW


def _among(connection: Connection, worded: Select[int], many: bool) -> ColumnElement[bool]:
    """Few claims are looked up one by one; else a listing is gone through, and each is asked for whether it is among them."""
    if many:
        return sql.unindexed(tables.claims.c.seq).in_(worded)
    return tables.claims.c.seq.in_(connection.execute(worded).scalars().all())


def _published_last(wanted: Sequence[ColumnElement[bool]], before: tuple[object, ...] | None) -> Select[int, int, str]:
    c = tables.claims.c
    query = select(c.age, c.seq, c.reading).where(*wanted).order_by(c.age, c.seq)
    return query if before is None else query.where(tuple_(c.age, c.seq) > tuple_(*before))


def _read_last(worded: Select[int], before: tuple[object, ...] | None) -> Select[int, int, str]:
    """By the index of words, backwards and only as far as is asked for: to sort very many by day takes its time."""
    c, found = tables.claims.c, worded.subquery()
    query = select(c.age, c.seq, c.reading).join(found, found.c.seq == c.seq).order_by(found.c.seq.desc())
    return query if before is None else query.where(found.c.seq < before[1])
