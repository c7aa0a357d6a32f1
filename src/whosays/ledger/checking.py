"""Is a ledger whole? What `whosays ledger check` proves, row by row.

    check(ledger) -> Faults         none: it is sound
    unfinished(ledger) -> words     what a run that was stopped has left to the next one; no fault

Proved: no article without a capture, no capture without a reading, parts and the fields by whose digest it is named, no claim without an
article and an extraction; the evidence of each extraction stands, word for word, at its place in the text of the capture that was read;
each can be asked for by name; no judgement without what it is about; no row points to one that is not there; no key is there twice; the
index of words is in step with the texts; and what the database's own check finds. All in one state of the ledger, whoever
writes meanwhile. Not proved: that a reader found what the page says, nor that no page is missing that somebody meant to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select, tuple_
from sqlalchemy.exc import DatabaseError

from whosays.ledger import captured, rows, sql, tables, tables_weighed, views
from whosays.ledger.fetched import Row
from whosays.ledger.judged import judgements, merged_into, subjects
from whosays.ledger.ledger import Ledger
from whosays.ledger.tables import articles, captures, claims, compared, extractions, names, parts, readings
from whosays.nouns import Article, Capture, Verdict

AT_ONCE = 100
"""Captures looked at together."""

ANY = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be."""

    table: str
    row: str
    """Its key."""
    wrong: str


def check(ledger: Ledger) -> Iterator[Fault]:
    """All faults of a ledger."""
    store = ledger._store
    try:
        for wrong in store.dialect.unsound(store.engine):
            yield Fault("database", ledger.where, wrong)
        with store.snapshot() as connection:
            for look in (_lone, _pointing, _twice, _nameless, _contents):
                yield from look(connection)
    except DatabaseError as error:
        yield Fault("database", ledger.where, store.dialect.advice(error, ledger.where))


def unfinished(ledger: Ledger) -> Iterator[str]:
    """What is left to do."""
    with ledger._store.reading() as connection:
        done = exists().where(compared.c.article == articles.c.id)
        left = connection.execute(select(func.count()).select_from(articles).where(~done)).scalar_one()
    if left:
        yield f"{left} articles have not been held against the others; the next `whosays ingest` does it."
    if ledger.weighings.stale():
        yield "Not all of it is weighed; `whosays weigh` does it."


# ------------------------------------------------------------------------------------------------- between the tables


def _lone(connection: Connection) -> Iterator[Fault]:
    """Rows that are never written without others, and stand alone."""
    for key, needed, wrong in (
        (articles.c.id, captures.c.article, "has no capture"),
        (captures.c.id, readings.c.capture, "was read by nobody"),
        (captures.c.id, parts.c.capture, "has no parts"),
        (claims.c.id, extractions.c.claim, "has no values: no extraction"),
        (judgements.c.id, subjects.c.judgement, "has no subjects"),
    ):
        for id_ in connection.execute(select(key).where(key.not_in(select(needed)))).scalars():
            yield Fault(key.table.name, id_, wrong)
    j = judgements.c
    nowhere = select(j.id).where(j.verdict == Verdict.MERGED, j.id.not_in(select(merged_into.c.judgement)))
    for id_ in connection.execute(nowhere).scalars():
        yield Fault("judgements", id_, "says not into what it merges")
    differ = select(readings.c.id).join(captures, captures.c.id == readings.c.capture)
    for id_ in connection.execute(differ.where(captures.c.article != readings.c.article)).scalars():
        yield Fault("readings", id_, "is of another article than its capture")


def _pointing(connection: Connection) -> Iterator[Fault]:
    """Rows that point to none."""
    for table in tables.metadata.sorted_tables:
        for constraint in sorted(table.foreign_key_constraints, key=lambda one: list(one.column_keys)):
            (key,) = constraint.elements
            to = key.column.table.alias("pointed")
            there = exists().where(to.c[key.column.name] == key.parent)
            for value in connection.execute(
                select(key.parent).where(key.parent.is_not(None), ~there).distinct()
            ).scalars():
                yield Fault(table.name, str(value), f"{key.parent.name} points to no row of {key.column.table.name}")


def _twice(connection: Connection) -> Iterator[Fault]:
    """Keys that two rows have."""
    for table in (*tables.metadata.sorted_tables, *tables_weighed.metadata.sorted_tables):
        for columns in _keys(table):
            found = select(*columns).group_by(*columns).having(func.count() > 1)
            for row in connection.execute(found):
                yield Fault(table.name, ", ".join(map(str, row)), "is there twice")


def _keys(table: Table) -> Iterator[Sequence[ColumnElement[object]]]:
    if len(table.primary_key):
        yield list(table.primary_key)
    yield from ([column] for column in table.c if column.unique)


# --------------------------------------------------------------------------------------------------- inside of captures


def _contents(connection: Connection) -> Iterator[Fault]:
    """What captures hold, some at a time."""
    last = 0
    query = select(captures).order_by(captures.c.seq).limit(AT_ONCE)
    while some := connection.execute(query.where(captures.c.seq > last)).all():
        last = some[-1].seq
        found = dict(zip((row.id for row in some), captured.articles(connection, some), strict=True))
        for row in some:
            if rows.bundle(Capture(found[row.id], row.raw, ANY)).key != row.id:
                yield Fault(
                    "captures", row.id, "is not what it is named by: a part, a comment or a field is missing or other"
                )
        yield from _read(connection, found)


def _read(connection: Connection, of: dict[str, Article]) -> Iterator[Fault]:
    """What was read in some captures."""
    ids = sql.each(
        [article.id for article in of.values()]
    )  # by which the readings are found: captures have no index there
    own = and_(readings.c.article.in_(select(ids)), readings.c.capture.in_(list(of)))
    query = views.read_claims().add_columns(readings.c.capture, claims.c.article.label("of"))
    for row in connection.execute(query.where(own)):
        yield from _extraction(row, of[row.capture])


def _extraction(row: Row, article: Article) -> Iterator[Fault]:
    key = f"{row.reading} {row.words}"
    if article.text[row.start : row.end] != row.exact:
        yield Fault("extractions", key, "its evidence does not stand at its place in the text")
    if row.of != row.article:
        yield Fault("extractions", key, "its claim is of another article")


def _nameless(connection: Connection) -> Iterator[Fault]:
    """Extractions that have no names, though something in them has one. In one sweep: names are kept by name, not by claim."""
    own = select(extractions.c.reading, extractions.c.claim).except_(select(names.c.reading, names.c.claim))
    found = connection.execute(own).all()
    key = tuple_(extractions.c.reading, extractions.c.claim)
    for start in range(0, len(found), AT_ONCE):
        some = [(row.reading, row.claim) for row in found[start : start + AT_ONCE]]
        for row in connection.execute(views.read_claims().where(key.in_(some))):
            claim = replace(rows.extracted(row).claim, id=row.words)
            if any(True for _ in rows.names(claim, row.reading)):
                yield Fault("extractions", f"{row.reading} {row.words}", "cannot be asked for: it has no names")
