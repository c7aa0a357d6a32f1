"""SQLite: how it is opened, written, kept append-only, and searched. The verbs are those of `sql.Dialect`.

**Nothing half-written.** A page is written in one transaction, so that killing the program leaves the whole page or
nothing of it. Python's sqlite3 opens transactions by itself, at the first INSERT and never before DDL; we switch that
off (`isolation_level=None`) and say BEGIN IMMEDIATE where we write, never where we read. IMMEDIATE takes the write lock
before the first look, so that two ingests at once wait for each other (`busy_timeout`) in place of failing half-way
with a stale snapshot. Reads need no transaction: a row, once there, never changes. Those of derived tables do: one query
sees all of a weighing or nothing, two queries may see two.

**WAL, synchronous=NORMAL.** Readers never wait for the writer. In this mode a commit is not flushed to the disk; the
WAL is, before each checkpoint. A killed process loses nothing, since the kernel has the pages. A power cut may lose the
last few pages read, never part of one and never the file; the next ingest finds them missing and reads them again.
FULL would buy nothing else and costs a disk flush for every page.

**Append-only.** Triggers refuse every UPDATE and DELETE, but in derived tables. What is current is told by queries
(`views.py`), not by marks.

**STRICT** tables hold what their columns say. SQLite then knows INTEGER, REAL and TEXT only: what is true or false is
stored as 1 or 0. It appeared in 3.37.

**Full text.** FTS5 with external content: the index holds no second copy of the words. Its rows are added by triggers,
in the transaction of the page. Readers' comments are left out, since a hit in one is not a hit in the article.
A query is words, all of which must occur, and "quoted phrases"; every word is quoted for FTS5, so none is an operator.

Triggers and indexes are made by `migrations/versions/`, which import nothing of ours: a step is history.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    Select,
    Table,
    TextClause,
    column,
    create_engine,
    event,
    func,
    select,
    table,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool
from sqlalchemy.sql.compiler import SQLCompiler

from whosays.errors import LedgerError
from whosays.ledger.sql.expressions import Listed, RowOf, Unindexed, days_apart, number

MEMORY = ":memory:"
OLDEST = (3, 37, 0)
"""First SQLite with STRICT tables."""

APPLICATION_ID = 0x77736C67
"""`wslg` in the header of the file: this database is a ledger of whosays."""

KEPT = 16
"""Connections kept open: to open one again takes as long as a page."""

WAIT = 60
"""Seconds that a writer waits for another to finish its page."""

captures_fts = table("captures_fts", column("rowid"), column("text"))
claims_fts = table("claims_fts", column("rowid"), column("exact"))


def check_library(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> None:
    """Is the SQLite library that Python brings new enough?"""
    if version < OLDEST:
        have, need = (".".join(map(str, v)) for v in (version, OLDEST))
        raise LedgerError(f"This Python has SQLite {have}; the ledger needs {need} or newer. Use a newer Python build.")


def engine(url: str) -> Engine:
    """Connections to a SQLite file (its path), or to one database in memory."""
    check_library()
    built = create_engine(
        URL.create("sqlite", database=url),
        connect_args={"isolation_level": None, "timeout": WAIT, "check_same_thread": False},
        **({"poolclass": StaticPool} if url == MEMORY else {"poolclass": QueuePool, "pool_size": KEPT}),
    )
    event.listen(built, "connect", _prepare)
    event.listen(built, "begin", _begin)
    return built


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def writing(connection: Connection) -> Connection:
    """The same connection; its next transaction takes the write lock at once."""
    return connection.execution_options(writes=True)


def insert_all(
    connection: Connection, into: Table, values: Sequence[Mapping[str, object]], *, known: bool = False
) -> None:
    """Rows of one shape; `known`: some may be there already. The statement and the types of the columns are
    SQLAlchemy's, but the rows go straight to the driver: SQLAlchemy's own handling of each row takes about as long as
    SQLite takes to write it."""
    if not values:
        return
    statement, columns = _plan(into, connection.dialect, tuple(values[0]), known)
    connection.exec_driver_sql(
        statement, [tuple([bind(row[name]) if bind else row[name] for name, bind in columns]) for row in values]
    )


@lru_cache
def _plan(
    into: Table, dialect: Dialect, names: tuple[str, ...], known: bool
) -> tuple[str, Sequence[tuple[str, Callable[[object], object] | None]]]:
    """INSERT in the words of the driver, and how a value of each column is handed to it."""
    columns = [(name, into.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names]
    statement = insert(into).on_conflict_do_nothing() if known else insert(into)
    return str(statement.values(dict.fromkeys(names)).compile(dialect=dialect)), columns


def with_bands(connection: Connection, bands: Sequence[int], limit: int) -> Iterator[str]:
    """Ids of articles, once for each of these bands that they have; of each band the first `limit`, in the order of ids.
    One statement in SQLite's own words: SQLAlchemy would take longer to write it than SQLite to look."""
    for start in range(0, len(bands), _TERMS):
        some = bands[start : start + _TERMS]
        looks = " UNION ALL ".join(["SELECT * FROM (SELECT article FROM bands WHERE band = ? LIMIT ?)"] * len(some))
        values = tuple(value for band in some for value in (band, limit))
        yield from connection.exec_driver_sql(looks, values).scalars()


_TERMS = 400
"""SQLite takes up to 500 in a compound SELECT."""


def use_wal(connection: Connection) -> None:
    """Write-ahead log; a property of the file. Outside transactions only."""
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def prepare(built: Engine) -> None:
    """What a database needs before the first table."""
    with built.connect() as connection:
        use_wal(connection)


def owner(connection: Connection) -> str:
    """Whose database this is: `ledger`, `empty` or `other`."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID:
        return "ledger"
    return "other" if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one() else "empty"


def sign(connection: Connection) -> None:
    """Mark the database as a ledger."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def lost(error: DBAPIError) -> bool:
    """Never: there is no server that could go away."""
    return False


def advice(told: DatabaseError, where: str) -> str:
    """What a message of SQLite means to the user, and what he can do."""
    error = str(told.orig)
    for sign_of, cause, step in _CAUSES:
        if sign_of in error:
            return f"{where}: {cause} ({error}). {step}"
    return f"{where}: the database refused ({error}). Check the file with `PRAGMA integrity_check`."


_CAUSES = (
    ("is full", "no room left to write", "Free some space and run the same command again; whole pages only were kept."),
    ("readonly", "the file cannot be written", "Give yourself write access to the file and its folder."),
    ("locked", f"another program has kept it locked for {WAIT} s", "Wait for it to end, then run the command again."),
    (
        "unable to open",
        "the file cannot be opened",
        "SQLite keeps a log beside it: you must be able to write to its folder.",
    ),
    ("not a database", "this file is no ledger", "Name another file with --ledger."),
    ("malformed", "the file is damaged", "Restore a copy, or ingest the pages into a new ledger."),
)


# ------------------------------------------------------------------------------------------------------- expressions


@compiles(Listed, "sqlite")
def _listed(element: Listed, compiler: SQLCompiler, **rest: object) -> str:
    return f"json_each({compiler.process(element.clauses, **rest)})"


@compiles(days_apart, "sqlite")
def _days_apart(element: days_apart, compiler: SQLCompiler, **rest: object) -> str:
    one, other = (compiler.process(day, **rest) for day in element.clauses)
    return f"abs(julianday({one}) - julianday({other}))"


@compiles(Unindexed, "sqlite")
def _unindexed(element: Unindexed, compiler: SQLCompiler, **rest: object) -> str:
    return f"+{compiler.process(element.clauses, **rest)}"


@compiles(RowOf, "sqlite")
def _row_of(element: RowOf, compiler: SQLCompiler, **rest: object) -> str:
    return compiler.process(element.clauses, **rest).rpartition(".")[0] + ".rowid"


@compiles(number, "sqlite")
def _number(element: number, compiler: SQLCompiler, **rest: object) -> str:
    return compiler.process(element.clauses, **rest)  # it is 1 or 0 already


# ---------------------------------------------------------------------------------------------------- copies and checks


@contextmanager
def snapshot(built: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whoever writes meanwhile, and hinders nobody."""
    with built.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection
        connection.exec_driver_sql("COMMIT")


def renumber(connection: Connection, tables: Sequence[Table]) -> None:
    """After rows with numbers of their own were put in: SQLite goes on after the highest by itself."""


def unsound(built: Engine) -> Iterator[str]:
    """What is wrong with the file itself, and with the index of words: for that nobody else may write, for a moment."""
    with built.connect() as connection:
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"integrity_check: {row[0]}"
    try:
        with writing(built.connect()) as connection, connection.begin():
            found = list(_out_of_step(connection))
    except DatabaseError as error:
        if "readonly" in str(error.orig):
            raise LedgerError(
                "The index of words is checked only where the file can be written. Check a copy of it."
            ) from error
        raise
    yield from found


def _out_of_step(connection: Connection) -> Iterator[str]:
    """The index is asked by a statement that writes: where the file cannot be written, it is not asked."""
    for index in (captures_fts, claims_fts):
        statement = (
            f"INSERT INTO {index.name} ({index.name}, rank) VALUES ('integrity-check', 1)"  # 1: against the texts too
        )
        try:
            connection.exec_driver_sql(statement)
        except DatabaseError as error:
            if "readonly" in str(error.orig):
                return
            yield f"{index.name}: the index of words is not in step with the texts ({error.orig})"


# --------------------------------------------------------------------------------------------------------- full text


def evidence_matches(query: str) -> Select[int]:
    """`seq` of the claims whose evidence has these words."""
    seq = claims_fts.c.rowid.label("seq")
    return select(seq).where(text("claims_fts MATCH :evidence_query")).params(evidence_query=_match(query))


def text_ranked(query: str) -> Select[int, float]:
    """`seq` of the captures whose text has these words, and bm25: lower is better."""
    found: TextClause = text("captures_fts MATCH :text_query")
    score = func.bm25(text("captures_fts")).label("score")
    return select(captures_fts.c.rowid.label("seq"), score).where(found).params(text_query=_match(query))


def excerpts(connection: Connection, query: str, among: Sequence[int]) -> dict[int, str]:
    """By `seq` of these captures a few words around what they have of these words."""
    found: TextClause = text("captures_fts MATCH :excerpt_query")
    excerpt = func.snippet(text("captures_fts"), 0, "", "", "…", 16).label("excerpt")
    seq = captures_fts.c.rowid
    asked = select(seq.label("seq"), excerpt).where(found, seq.in_(among)).params(excerpt_query=_match(query))
    return {row[0]: row[1] for row in connection.execute(asked)}


def newest_matches(query: str, most: int) -> Select[int]:
    """`seq` of the captures whose text has these words, read last first, so many at most."""
    found: TextClause = text("captures_fts MATCH :newest_query")
    seq = captures_fts.c.rowid
    return select(seq).where(found).params(newest_query=_match(query)).order_by(seq.desc()).limit(most)


def _match(query: str) -> str:
    """Words and "phrases" as FTS5 strings, which end at a NUL. No words at all: a string that no text has."""
    found = re.findall(r'"([^"]*)"|(\S+)', query.replace("\0", " "))
    phrases = (phrase or word.replace('"', "") for phrase, word in found)
    return " ".join(f'"{phrase}"' for phrase in phrases if re.search(r"\w", phrase)) or '"\ue000"'
