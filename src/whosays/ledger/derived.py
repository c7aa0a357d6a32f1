"""What weighing came to, written: `ledger.derived`. How it is read: `weighings.py`; who weighs: `engines/standing.py`.

    outdated(…) -> parts      which parts of the ledger have to be weighed anew; noted, so that it is not forgotten
    replace(part, found)      what a part comes to, in place of what it came to before
    unsummed, sum_up          what is told of the whole ledger: sources, actors, records

A part is outdated when an article with claims in it, or one that shares words with such an article, was read since it was weighed, or
a claim of it was judged. Triggers put the articles of both into `unweighed`, in the transaction that writes them; `outdated` turns
them into marks on parts in one transaction, and `replace` takes the mark away in the one that writes the rows; a part stays not summed
up until `sum_up` has. So whatever is killed when, nothing outdated passes for weighed. Several may weigh at once: marks are numbered,
and who weighed a part under an older mark than it has now writes nothing, since he may not have seen what it was marked for.

Where the ledger has grown out of one part, or was weighed by another version of this program, its parts are made anew. The old ones leave:
what they came to is shown until the new ones are there, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import permutations

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from whosays.ledger import merges, sql, views, weighed_rows
from whosays.ledger import tables_weighed as tables
from whosays.ledger.judged import overlay
from whosays.ledger.keys import folded
from whosays.ledger.tables import claims, copied, extractions, names, readings
from whosays.ledger.views import Division
from whosays.ledger.weighed_rows import Voiced
from whosays.nouns import (
    Answer,
    Change,
    Disputed,
    Outcomes,
    PlaceHead,
    Question,
    Record,
    SourceKind,
    Standing,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a ledger that is weighed at once."""

    n: int
    division: Division | None
    """None: the whole."""
    mark: int
    """Under which it was found outdated."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a part comes to."""

    claims: tuple[Voiced, ...]
    places: tuple[PlaceHead, ...]
    standings: tuple[Standing, ...]
    changes: tuple[tuple[Change, str], ...]
    disputes: tuple[tuple[Disputed, date | None], ...]
    """Each with when it came up in print."""
    questions: tuple[tuple[Question, tuple[Answer, ...]], ...]
    outcomes: tuple[Outcomes, ...]


OF_A_PART = (
    tables.places,
    tables.claims,
    tables.voices,
    tables.standings,
    tables.disputes,
    tables.questions,
    tables.tallies,
)


class Derived:
    """Writes the derived tables of one ledger."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._reading, self._writing = reading, writing

    def outdated(
        self,
        linked: Callable[[Sequence[str]], Iterable[str]],
        divisions: Callable[[], Sequence[Division]],
        *,
        at_once: int,
        anew: bool = False,
    ) -> tuple[Part, ...]:
        """The parts that have to be weighed anew; all of them with `anew`, or where the ledger has become too large for one part.
        `linked`: articles → those that share words with them, over any number of steps, themselves among them. `divisions`: those
        of the ledger, asked for when it is known what is new. `at_once`: claims that are one part at most."""
        with self._reading() as connection:
            upto = connection.execute(select(func.max(tables.unweighed.c.seq))).scalar()
            queue = select(tables.unweighed.c.article).distinct().where(tables.unweighed.c.seq <= (upto or 0))
            articles = connection.execute(queue).scalars().all()
            whole = (connection.execute(select(func.max(claims.c.seq))).scalar() or 0) <= at_once
            was = connection.execute(_WHOLE, {"weigher": tables.WEIGHER}).scalar()
        wanted: tuple[Division | None, ...] = (None,) if whole else tuple(divisions())
        everything = anew or was != whole or None in articles
        touched = [] if everything or whole else sorted(linked(self._with_same_bytes(articles)))
        with self._writing() as connection:
            if connection.execute(_WHOLE, {"weigher": tables.WEIGHER}).scalar() != whole:  # unless another just did
                _begin_anew(connection, whole)
            known = {(row.country, row.admin1) for row in connection.execute(select(tables.parts).where(_STAYS))}
            new = [one or (None, None) for one in wanted if (one or (None, None)) not in known]
            sql.insert_all(connection, tables.parts, [_part(division) for division in new])
            if everything or (whole and articles):
                connection.execute(update(tables.parts).where(_STAYS).values(stale=_MARKED))
            elif touched:
                _mark(connection, touched)
            connection.execute(delete(tables.unweighed).where(tables.unweighed.c.seq <= (upto or 0)))
            order = {division or (None, None): n for n, division in enumerate(wanted)}
            rows = connection.execute(select(tables.parts).where(tables.parts.c.stale > 0)).all()
        rows = sorted(rows, key=lambda row: order.get((row.country, row.admin1), len(order)))
        return tuple(Part(row.n, None if whole else (row.country, row.admin1), row.stale) for row in rows)

    def _with_same_bytes(self, articles: Sequence[str]) -> list[str]:
        """These articles, and what the same bytes were read as: a judgement of the one tells of the other. Of those that speak no more
        also all that shared words with them, which came from no reprint after all."""
        own, other = readings.alias(), readings.alias()
        same = (
            select(other.c.article)
            .join(own, own.c.raw == other.c.raw)
            .where(own.c.article.in_(select(sql.each(articles))))
        )
        pairs = (select(one).where(two.in_(same)) for one, two in permutations((copied.c.a, copied.c.b)))
        with self._reading() as connection:
            return list(connection.execute(same.union(*pairs)).scalars())

    def replace(self, part: Part, found: Found) -> int:
        """Write what a part comes to in place of what it came to before, unless it was marked again or weighed by another since it was
        found outdated. How many changes are news."""
        with self._writing() as connection:
            own = and_(tables.parts.c.n == part.n, tables.parts.c.stale == part.mark)
            weighed = update(tables.parts).where(own).values(stale=-part.mark, weighed_at=None)
            if not connection.execute(weighed).rowcount:
                return 0
            _put_asked(connection, part.n, [one for one, _ in found.questions])
            left = connection.execute(select(exists().where(~_STAYS))).scalar_one()
            places = [one.key for one in found.places] if left else []
            for table, values in (
                (tables.claims, _claims(connection, found.claims, part.n)),
                (tables.voices, _voices(found.claims, part.n)),
                (tables.places, [weighed_rows.place(one, part.n) for one in found.places]),
                (tables.standings, [weighed_rows.standing(one, part.n) for one in found.standings]),
                (tables.disputes, [weighed_rows.dispute(one, part.n, day) for one, day in found.disputes]),
                (tables.questions, [weighed_rows.question(one, told, part.n) for one, told in found.questions]),
                (tables.tallies, [weighed_rows.tally(one, part.n) for one in found.outcomes]),
            ):
                _put(connection, table, part.n, values, places)
            before = connection.execute(select(func.count()).select_from(tables.changes)).scalar_one()
            news = [weighed_rows.change(one, key) for one, key in found.changes]
            sql.insert_all(connection, tables.changes, news, known=True)
            told = connection.execute(select(func.count()).select_from(tables.changes)).scalar_one()
        return told - before

    def unsummed(self) -> bool:
        """Was a part weighed that is not in the sums?"""
        own = exists().where(tables.parts.c.stale < 0, tables.parts.c.weighed_at.is_(None))
        with self._reading() as connection:
            return bool(connection.execute(select(own)).scalar_one())

    def sum_up(self, records: Callable[[Iterable[Outcomes]], Iterable[Record]], at: datetime) -> int:
        """Write the sources, actors and records of the whole ledger. `records`: of what became of what was said, which comes part by
        part, by kind and key. The version that this makes."""
        c = tables.tallies.c
        of_part = and_(tables.parts.c.n == c.part, _STAYS)
        by_key = select(tables.tallies).join(tables.parts, of_part).order_by(c.kind, c.key, c.part)
        with self._writing() as connection:
            _let_go(connection)
            told = [weighed_rows.record(one) for one in records(map(weighed_rows.as_tally, connection.execute(by_key)))]
            connection.execute(delete(tables.records))
            sql.insert_all(connection, tables.records, told)
            connection.execute(delete(tables.heads))
            for role, column in (("source", tables.claims.c.source), ("actor", tables.claims.c.actor)):
                sql.insert_all(connection, tables.heads, _heads(connection, role, column))
            summed = update(tables.parts).where(tables.parts.c.stale < 0, tables.parts.c.weighed_at.is_(None))
            connection.execute(summed.values(weighed_at=at))
            connection.execute(update(tables.state).values(version=tables.state.c.version + 1))
            return int(connection.execute(select(tables.state.c.version)).scalar_one())


_WHOLE = select(tables.state.c.whole).where(tables.state.c.id == bindparam("weigher"))
"""Is the ledger one part? None: this program has not weighed it."""
_STAYS = tables.parts.c.stale != tables.LEAVING
_MARKED = func.abs(tables.parts.c.stale) + 1


def _put(
    connection: Connection, table: Table, part: int, values: Sequence[Mapping[str, object]], places: Sequence[str]
) -> None:
    """The rows of a part, in place of those that it had; and of those with the same key that another part had: where a newer reader
    reads a claim elsewhere, both parts are outdated, and either may be written first. `places`: of which those that leave say no more."""
    old = table.c.part == part
    if places and "place" in table.c:
        leaving = table.c.part.in_(select(tables.parts.c.n).where(~_STAYS))
        old = or_(old, and_(leaving, table.c.place.in_(select(sql.each(places)))))
    if len(table.primary_key) == 1:
        (key,) = table.primary_key
        keys = sql.each([row[key.name] for row in values], whole=isinstance(key.type, Integer))
        old = or_(old, key.in_(select(keys)))
    connection.execute(delete(table).where(old))
    sql.insert_all(connection, table, values)


def _put_asked(connection: Connection, part: int, questions: Sequence[Question]) -> None:
    """Which question a claim answers; before the questions themselves."""
    values = [{"claim": claim, "question": one.id} for one in questions for claim in one.claims[1:]]
    c = tables.asked.c
    before = select(tables.questions.c.id).where(tables.questions.c.part == part)
    own = or_(c.question.in_(before), c.question.in_(select(sql.each([one.id for one in questions]))))
    elsewhere = c.claim.in_(select(sql.each([row["claim"] for row in values])))
    connection.execute(delete(tables.asked).where(or_(own, elsewhere)))
    sql.insert_all(connection, tables.asked, values)


def _heads(connection: Connection, role: str, column: ColumnElement[str]) -> list[dict[str, object]]:
    """Sources or actors of the whole ledger."""
    articles = func.count(tables.claims.c.article.distinct())
    counts = select(column, func.count(), articles).where(column.is_not(None)).group_by(column)
    named = {row.key: row for row in connection.execute(_names(role))}
    return [
        {
            "role": role,
            "key": key,
            "name": named[key].name,
            "folded": folded(named[key].name),
            "kind": named[key].kind,
            "side": named[key].side,
            "claims": n,
            "articles": articles,
            "fewer": -n,
        }
        for key, n, articles in connection.execute(counts)
    ]


def _begin_anew(connection: Connection, whole: bool) -> None:
    """Other parts: the old ones leave. What was told as news stays told, and the version goes on."""
    version = connection.execute(select(tables.state.c.version)).scalar() or 0
    connection.execute(update(tables.parts).values(stale=tables.LEAVING))
    connection.execute(delete(tables.state))
    connection.execute(insert(tables.state).values(id=tables.WEIGHER, version=version, whole=whole))


def _let_go(connection: Connection) -> None:
    """Delete the parts that leave and what is left of them, once all others were weighed."""
    leaving = connection.execute(select(tables.parts.c.n).where(~_STAYS)).scalars().all()
    if not leaving or connection.execute(select(exists().where(tables.parts.c.stale > 0))).scalar_one():
        return
    for table in OF_A_PART:
        connection.execute(delete(table).where(table.c.part.in_(leaving)))
    connection.execute(delete(tables.asked).where(tables.asked.c.question.not_in(select(tables.questions.c.id))))
    connection.execute(delete(tables.parts).where(~_STAYS))


def _part(division: Division) -> dict[str, object]:
    return {"country": division[0], "admin1": division[1], "stale": 1, "weighed_at": None}


def _mark(connection: Connection, articles: Sequence[str]) -> None:
    """The parts in which any reading of these articles has claims are stale; and those with places that go by a name which in them
    stands for no place of the gazetteer, since it may mean these. A place that was merged into another is told there."""
    own = select(readings.c.id).where(readings.c.article.in_(select(sql.each(articles))))
    e, p = extractions.c, tables.parts.c
    spoken = select(e.country, e.admin1).where(e.reading.in_(own)).distinct()
    divisions = {(row[0], row[1]) for row in connection.execute(spoken)}
    into = merges.merges(connection).places
    told = connection.execute(
        select(e.place_key).where(e.reading.in_(own), e.place_key.in_(select(sql.each(list(into)))))
    ).scalars()
    divisions |= {(into[key].country, into[key].admin1) for key in told}
    divisions = {one if all(one) else (None, None) for one in divisions}
    unlisted = (
        select(names.c.name)
        .distinct()
        .join(extractions, and_(e.reading == names.c.reading, e.claim == names.c.claim))
        .where(names.c.role == "place", names.c.reading.in_(own), e.place_key.is_(None))
    )
    called = connection.execute(unlisted).scalars().all()
    meant = select(tables.places.c.part).distinct().where(tables.places.c.folded.in_(select(sql.each(called))))
    stale = set(connection.execute(meant).scalars())
    rows = connection.execute(select(tables.parts)).all()
    late = any(
        row.n in stale for row in rows if row.stale == tables.LEAVING
    )  # it may be of any that is not weighed yet
    for row in (row for row in rows if row.stale != tables.LEAVING):
        if row.n in stale or (row.country, row.admin1) in divisions or (late and row.stale > 0):
            connection.execute(update(tables.parts).where(p.n == row.n).values(stale=_MARKED))


def _claims(connection: Connection, found: Sequence[Voiced], part: int) -> list[dict[str, object]]:
    """Rows of the claims that are in force still."""
    ids = [one.said.claim.id for one in found]
    judged = select(overlay.c.claim).where(overlay.c.root.in_(select(sql.each(ids))))  # shown under another id
    current = (
        select(views.SHOWN.label("id"), claims.c.seq, extractions.c.reading)
        .join(extractions, extractions.c.claim == claims.c.id)
        .join(readings, readings.c.id == extractions.c.reading)
        .outerjoin(overlay, views.OVER)
        .where(claims.c.id.in_(select(sql.each(ids)).union(judged)), views.in_force())
    )
    where = {row.id: (row.seq, row.reading) for row in connection.execute(current)}
    return [weighed_rows.claim(one, part, *where[id_]) for one, id_ in zip(found, ids, strict=True) if id_ in where]


def _voices(found: Sequence[Voiced], part: int) -> list[dict[str, object]]:
    """How sources and actors are called, with how many claims they have."""
    counted: Counter[tuple[str, str, str, SourceKind | None, str | None]] = Counter()
    for one in found:
        source, actor = one.said.claim.source, one.said.claim.actor
        counted["source", one.source, one.source_name, source.kind, source.side] += 1
        if one.actor is not None and actor is not None:
            counted["actor", one.actor, actor.name or actor.words, None, actor.side] += 1
    return [
        {"part": part, "role": role, "key": key, "name": name, "kind": kind, "side": side, "claims": n}
        for (role, key, name, kind, side), n in counted.items()
    ]


def _names(role: str) -> views.Query:
    """What most claims of the ledger call each source or actor; among equals the first in the order of names."""
    c = tables.voices.c
    n = func.sum(c.claims).label("n")
    told = select(c.key, c.name, c.kind, c.side, n).where(c.role == role).group_by(c.key, c.name, c.kind, c.side)
    every = told.subquery()
    order = (every.c.n.desc(), every.c.name, every.c.kind.nulls_first(), every.c.side.nulls_first())
    place = func.row_number().over(partition_by=every.c.key, order_by=order).label("place")
    ranked = select(every, place).subquery()
    return select(ranked.c.key, ranked.c.name, ranked.c.kind, ranked.c.side).where(ranked.c.place == 1)
