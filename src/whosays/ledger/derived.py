"""What weighing came to, written: `ledger.derived`. How it is read: `weighings.py`; who weighs: `engines/standing.py`.

    outdated(…) -> parts      which parts of the ledger have to be weighed anew; noted, so that it is not forgotten
    replace(part, found)      what a part comes to, in place of what it came to before
    outcomes, sum_up          what is told of the whole ledger: sources, actors, records

A part is outdated when an article with claims in it, or one that shares words with such an article, was read since it was weighed, or
a claim of it was judged. Triggers put the articles of both into `unweighed`, in the transaction that writes them; `outdated` turns
them into marks on parts in one transaction, and `replace` takes the mark away in the one that writes the rows. So whatever is killed
when, nothing outdated passes for weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from whosays.ledger import sql, views, weighed_rows
from whosays.ledger import tables_weighed as tables
from whosays.ledger.judged import overlay
from whosays.ledger.keys import folded
from whosays.ledger.tables import claims, extractions, names, readings
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
        divisions: Sequence[Division],
        *,
        at_once: int,
        anew: bool = False,
    ) -> tuple[Part, ...]:
        """The parts that have to be weighed anew; all of them with `anew`, or where the ledger has become too large for one part.
        `linked`: articles → those that share words with them, over any number of steps, themselves among them. `divisions`: those
        of the ledger. `at_once`: claims that are one part at most."""
        with self._reading() as connection:
            upto = connection.execute(select(func.max(tables.unweighed.c.seq))).scalar()
            queue = select(tables.unweighed.c.article).distinct().where(tables.unweighed.c.seq <= (upto or 0))
            articles = connection.execute(queue).scalars().all()
            whole = (connection.execute(select(func.max(claims.c.seq))).scalar() or 0) <= at_once
            was = connection.execute(select(tables.state.c.whole).where(tables.state.c.id == tables.WEIGHER)).scalar()
        wanted: tuple[Division | None, ...] = (None,) if whole else tuple(divisions)
        everything = anew or was is None or was != whole or None in articles
        touched = [] if everything or whole else sorted(linked([article for article in articles if article]))
        with self._writing() as connection:
            if was is None or was != whole:
                _clear(connection, whole)
            known = {(row.country, row.admin1): row.n for row in connection.execute(select(tables.parts))}
            new = [one or (None, None) for one in wanted if (one or (None, None)) not in known]
            sql.insert_all(connection, tables.parts, [_part(division) for division in new])
            if everything or (whole and articles):
                connection.execute(update(tables.parts).values(stale=True))
            elif touched:
                _mark(connection, touched)
            connection.execute(delete(tables.unweighed).where(tables.unweighed.c.seq <= (upto or 0)))
            order = {division or (None, None): n for n, division in enumerate(wanted)}
            rows = connection.execute(select(tables.parts).where(tables.parts.c.stale)).all()
        rows = sorted(rows, key=lambda row: order.get((row.country, row.admin1), len(order)))
        return tuple(Part(row.n, None if whole else (row.country, row.admin1)) for row in rows)

    def replace(self, part: Part, found: Found, at: datetime) -> int:
        """Write what a part comes to in place of what it came to before. How many changes are news."""
        with self._writing() as connection:
            gone = select(tables.questions.c.id).where(tables.questions.c.part == part.n)
            connection.execute(delete(tables.asked).where(tables.asked.c.question.in_(gone)))
            for table in OF_A_PART:
                connection.execute(delete(table).where(table.c.part == part.n))
            for table, values in (
                (tables.claims, _claims(connection, found.claims, part.n)),
                (tables.voices, _voices(found.claims, part.n)),
                (tables.places, [weighed_rows.place(one, part.n) for one in found.places]),
                (tables.standings, [weighed_rows.standing(one, part.n) for one in found.standings]),
                (tables.disputes, [weighed_rows.dispute(one, part.n, day) for one, day in found.disputes]),
                (tables.questions, [weighed_rows.question(one, told, part.n) for one, told in found.questions]),
                (tables.asked, [{"claim": i, "question": q.id} for q, _ in found.questions for i in q.claims[1:]]),
                (tables.tallies, [weighed_rows.tally(one, part.n) for one in found.outcomes]),
            ):
                sql.insert_all(connection, table, values)
            before = connection.execute(select(func.count()).select_from(tables.changes)).scalar_one()
            news = [weighed_rows.change(one, key) for one, key in found.changes]
            sql.insert_all(connection, tables.changes, news, known=True)
            told = connection.execute(select(func.count()).select_from(tables.changes)).scalar_one()
            connection.execute(
                update(tables.parts).where(tables.parts.c.n == part.n).values(stale=False, weighed_at=at)
            )
        return told - before

    def outcomes(self) -> Iterator[Outcomes]:
        """What became of what was said, part by part, by kind and key."""
        c = tables.tallies.c
        with self._reading() as connection:
            yield from map(
                weighed_rows.as_tally, connection.execute(select(tables.tallies).order_by(c.kind, c.key, c.part))
            )

    def sum_up(self, found: Iterable[Record]) -> int:
        """Write the sources, actors and records of the whole ledger. The version that this makes."""
        records = [weighed_rows.record(one) for one in found]
        with self._writing() as connection:
            connection.execute(delete(tables.records))
            sql.insert_all(connection, tables.records, records)
            connection.execute(delete(tables.heads))
            for role, column in (("source", tables.claims.c.source), ("actor", tables.claims.c.actor)):
                counts = (
                    select(column.label("key"), func.count().label("n"), func.count(tables.claims.c.article.distinct()))
                    .where(column.is_not(None))
                    .group_by(column)
                )
                named = {row.key: row for row in connection.execute(_names(role))}
                heads = [
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
                sql.insert_all(connection, tables.heads, heads)
            connection.execute(update(tables.state).values(version=tables.state.c.version + 1))
            return int(connection.execute(select(tables.state.c.version)).scalar_one())


def _clear(connection: Connection, whole: bool) -> None:
    """Begin again, with other parts. What was told as news stays told, and the version goes on."""
    version = connection.execute(select(tables.state.c.version)).scalar() or 0
    for table in (*OF_A_PART, tables.asked, tables.parts, tables.state):
        connection.execute(delete(table))
    connection.execute(insert(tables.state).values(id=tables.WEIGHER, version=version, whole=whole))


def _part(division: Division) -> dict[str, object]:
    return {"country": division[0], "admin1": division[1], "stale": True, "weighed_at": None}


def _mark(connection: Connection, articles: Sequence[str]) -> None:
    """The parts in which any reading of these articles has claims are stale; and those with places that go by a name which in them
    stands for no place of the gazetteer, since it may mean these."""
    own = select(readings.c.id).where(readings.c.article.in_(select(sql.each(articles))))
    e, p = extractions.c, tables.parts.c
    spoken = select(e.country, e.admin1).where(e.reading.in_(own)).distinct()
    divisions = [(row[0], row[1]) if row[0] and row[1] else (None, None) for row in connection.execute(spoken)]
    unlisted = (
        select(names.c.name)
        .distinct()
        .join(extractions, and_(e.reading == names.c.reading, e.claim == names.c.claim))
        .where(names.c.role == "place", names.c.reading.in_(own), e.place_key.is_(None))
    )
    called = connection.execute(unlisted).scalars().all()
    meant = select(tables.places.c.part).distinct().where(tables.places.c.folded.in_(select(sql.each(called))))
    stale = set(connection.execute(meant).scalars())
    for row in connection.execute(select(tables.parts)):
        if row.n in stale or (row.country, row.admin1) in divisions:
            connection.execute(update(tables.parts).where(p.n == row.n).values(stale=True))


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
    order = (every.c.n.desc(), every.c.name, every.c.kind, every.c.side)
    place = func.row_number().over(partition_by=every.c.key, order_by=order).label("place")
    ranked = select(every, place).subquery()
    return select(ranked.c.key, ranked.c.name, ranked.c.kind, ranked.c.side).where(ranked.c.place == 1)
