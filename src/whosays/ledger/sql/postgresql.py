"""PostgreSQL: how it is opened, written, kept append-only, and searched. The verbs are those of `sql.Dialect`.

**One writer at a time, for as long as a page takes to write.** `writing` takes an advisory lock with the first statement of a
transaction, and the server lets go of it at its end, however it ends. What is slow, reading a page with the model, is outside. Row locks
would let two pages be written at once; but then a row with a lower `seq` could become visible after one with a higher, and whoever pages
by `seq` or by the number of a change (`after=17`) would never see it. So `seq` order is commit order, as in SQLite, and what a
writer has looked up within its transaction (is the article there? which bands are near?) stays true until its end. A writer that waits
longer than WAIT seconds gives up with an error.

**Readers are never blocked**, and block nobody: they see what was committed when their statement began (READ COMMITTED), as in SQLite.

**A lost connection** (a server that is restarted, a network that is cut) takes the whole transaction with it. `lost` tells such errors
from others; who tries again, and for how long, is `connected.py`'s.

**Order.** Texts compare by code point (`COLLATE "C"`), whatever the locale of the server, so that listings, cursors and ids come in the
order that they have in SQLite. Only the encoding matters: the database must be UTF-8. PostgreSQL's text holds no NUL character: a page
with one is refused as `unstorable`.

**Words.** `said`, a column of captures and of claims that only this module knows, has the words of the text without readers' comments,
folded, each with a space before and after; a GIN index has its words as an array. The index gives the texts that have all words of a query,
and `strpos` in `said` tells which of them have the phrases. Not tsvector: it holds 256 places of a word, 16,383 words and 1 MB, so that
it would miss phrases far down in long pages and could not take some pages at all; and how it cuts words depends on the server's locale.
`words.py` cuts and folds as FTS5 does: the same hits. What is ranked how differs: without the rarity of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Float,
    Select,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler

from whosays.errors import LedgerError
from whosays.ledger.sql import words
from whosays.ledger.sql.expressions import Listed, RowOf, Unindexed, days_apart, number

KEPT = 16
"""Connections kept open."""

WAIT = 60
"""Seconds that a writer waits for another to finish its page."""

OLDEST = 13
"""Major version of the server: the oldest that PostgreSQL's makers still mend."""

SIGN = "ledger of whosays"
"""Comment on the table of the schema's version: this database is a ledger."""

LOCK = 0x77736C67
"""First key of the advisory lock; the second is that of the schema, so that each has its own."""


def engine(url: str) -> Engine:
    """Connections to the database that a URL names; none is made yet."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise LedgerError(
            "A ledger in PostgreSQL needs the library psycopg. Install it: pip install 'whosays[postgresql]'"
        ) from error
    try:
        named = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise LedgerError(
            "This is no address of a database. Write postgresql://USER@HOST:5432/DATABASE, with %2F for / and %40 for @ in a name."
        ) from error
    built = create_engine(named, pool_size=KEPT, pool_pre_ping=True)
    event.listen(built, "connect", _connected)
    event.listen(built, "begin", _begin)
    return built


def _connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{WAIT}s'")
    cursor.execute("SET cursor_tuple_fraction = 1")  # what is streamed is read to its end
    cursor.close()
    connection.commit()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK}, hashtext(current_schema()))")


def writing(connection: Connection) -> Connection:
    """The same connection; its next transaction waits until no other writes."""
    return connection.execution_options(writes=True)


def prepare(built: Engine) -> None:
    """Is the server new enough, and does the database take any text?"""
    with built.connect() as connection:
        version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if int(version) // 10_000 < OLDEST:
        raise LedgerError(f"The server is PostgreSQL {int(version) // 10_000}; the ledger needs {OLDEST} or newer.")
    if encoding != "UTF8":
        raise LedgerError(
            f"The database is encoded in {encoding}. Make one that takes any text: createdb -E UTF8 -T template0 NAME"
        )


def owner(connection: Connection) -> str:
    """Whose database this is: `ledger`, `empty` or `other`. Of the schema in which tables are made (`search_path`), without what
    extensions have put there."""
    if connection.exec_driver_sql("SELECT current_schema()").scalar_one() is None:
        raise LedgerError(
            "The database has no schema to make tables in. Make the one that search_path names, or name another."
        )
    signed = "SELECT obj_description(to_regclass(quote_ident(current_schema()) || '.alembic_version'), 'pg_class')"
    if connection.exec_driver_sql(signed).scalar_one() == SIGN:
        return "ledger"
    return "other" if connection.exec_driver_sql(_FOREIGN).scalar_one() else "empty"


_FOREIGN = (
    "SELECT EXISTS (SELECT FROM pg_class c WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
    " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e'))"
)


def sign(connection: Connection) -> None:
    """Mark the database as a ledger."""
    connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{SIGN}'")


def lost(error: DBAPIError) -> bool:
    """Is the connection gone, or could none be made?"""
    state = getattr(error.orig, "sqlstate", None)
    if not isinstance(error, OperationalError):
        return False
    return error.connection_invalidated or state is None or state[:2] == "08" or state in ("57P01", "57P02", "57P03")


def advice(told: DatabaseError, where: str) -> str:
    """What a message of the server means to the user, and what he can do."""
    error = " ".join(str(told.orig).split())
    for sign_of, cause, step in _CAUSES:
        if sign_of in error:
            return f"{where}: {cause} ({error}). {step}"
    return f"{where}: the database refused ({error}). Its log says more."


_CAUSES = (
    ("FATAL: database", "there is no such database", "Make it (docs/ledger.md), or name another with --ledger."),
    ("FATAL: role", "there is no such role", "Make it (docs/ledger.md), or name another with --ledger."),
    (
        "password",
        "the server does not let you in",
        "Put the password into ~/.pgpass or the file that PGPASSFILE names.",
    ),
    ("no pg_hba.conf entry", "the server does not let you in", "Ask whoever runs it for a line in its pg_hba.conf."),
    ("permission denied", "your role may not do this", "Ask the owner of the database to grant it (docs/ledger.md)."),
    ("read-only transaction", "this server only reads", "Name the primary server with --ledger."),
    ("lock timeout", f"another program has been writing for {WAIT} s", "Wait for it to end, then run this again."),
    ("No space left", "no room left to write", "Free some space and run this again; whole pages only were kept."),
    ("too many clients", "the server has no connection left", "Stop another program, or raise its max_connections."),
    ("\\u0000", "a text holds the character NUL, which PostgreSQL cannot", "Keep this ledger in SQLite."),
    ("connection", "the server cannot be reached", "Does it run, and is the address right? Then run this again."),
)


# ------------------------------------------------------------------------------------------------------------- writing


def insert_all(
    connection: Connection, into: Table, values: Sequence[Mapping[str, object]], *, known: bool = False
) -> None:
    """Rows of one shape, in one statement with one parameter: JSON, which the server takes apart. With a parameter for each value a page
    takes twice as long to write."""
    names = tuple(values[0])
    statement, columns = _plan(into, connection.dialect, names, known)
    rows: list[dict[str, object]] = [
        {name: bind(row[name]) if bind else row[name] for name, bind in columns} for row in values
    ]
    if into.name in _SAID:
        for row in rows:
            row["said"] = words.said(_spoken(into.name, row))
    connection.exec_driver_sql(statement, (msgspec.json.encode(rows).decode(),))


_SAID = {"captures": "text", "claims": "exact"}


def _spoken(table: str, row: Mapping[str, object]) -> str:
    """The words of a row that can be searched: of a text, what stands before readers' comments."""
    spoken, end = str(row[_SAID[table]]), row.get("comments_at")
    return spoken[:end] if isinstance(end, int) else spoken


_Bind = Callable[[object], object]


@lru_cache
def _plan(
    into: Table, dialect: Dialect, names: tuple[str, ...], known: bool
) -> tuple[str, Sequence[tuple[str, _Bind | None]]]:
    """INSERT in the words of the driver, and how a value of each column is handed to it."""
    quoted = dialect.identifier_preparer.quote
    types = {name: into.c[name].type.dialect_impl(dialect) for name in names}
    columns = {quoted(name): type_.compile(dialect) for name, type_ in types.items()}
    columns |= {"said": "text"} if into.name in _SAID else {}
    listed, shape = ", ".join(columns), ", ".join(f"{name} {type_}" for name, type_ in columns.items())
    statement = f"INSERT INTO {quoted(into.name)} ({listed}) SELECT {listed} FROM json_to_recordset(%s::json) AS given ({shape})"
    binds = [(name, type_.bind_processor(dialect)) for name, type_ in types.items()]
    return statement + " ON CONFLICT DO NOTHING" * known, binds


def with_bands(connection: Connection, bands: Sequence[int], limit: int) -> Iterator[str]:
    """Ids of articles, once for each of these bands that they have; of each band the first `limit`, in the order of ids."""
    yield from connection.exec_driver_sql(_WITH_BANDS, (list(bands), limit)).scalars()


_WITH_BANDS = (
    "SELECT found.article FROM unnest(%s::bigint[]) AS wanted (band) CROSS JOIN LATERAL"
    " (SELECT article FROM bands WHERE bands.band = wanted.band ORDER BY article LIMIT %s) AS found"
)


# --------------------------------------------------------------------------------------------------------- full text


def evidence_matches(query: str) -> Select[int]:
    """`seq` of the claims whose evidence has these words."""
    return select(_seq("claims")).select_from(text("claims")).where(*_have("claims", query))


def text_ranked(query: str) -> Select[int, float]:
    """`seq` of the captures whose text has these words. The score grows with how often they stand there, less and less, and falls
    with the length of the text (BM25 without the rarity of words)."""
    said = _said("captures")
    score: ColumnElement[float] = literal(0.0, Float)
    for phrase in words.phrases(query):
        once = f" {phrase} "
        often = (func.length(said) - func.length(func.replace(said, once, " "))) / float(len(once) - 1)
        score = score - often * 2.2 / (often + 1.2 * (0.25 + 0.75 * func.length(said) / USUAL))
    return select(_seq("captures"), score.label("score")).select_from(text("captures")).where(*_have("captures", query))


USUAL = 3_000.0
"""Code points of a usual text."""


def newest_matches(query: str, most: int) -> Select[int]:
    """`seq` of the captures whose text has these words, read last first, so many at most."""
    seq = _seq("captures")
    return select(seq).select_from(text("captures")).where(*_have("captures", query)).order_by(seq.desc()).limit(most)


def excerpts(connection: Connection, query: str, among: Sequence[int]) -> dict[int, str]:
    """By `seq` of these captures a few words around what they have of these words."""
    seq: ColumnElement[int] = _seq("captures")
    spoken = literal_column("substr(text, 1, coalesce(comments_at, length(text))::int)", Text)
    asked = select(seq, spoken).select_from(text("captures")).where(seq.in_(among))
    return {row[0]: words.excerpt(row[1], query) for row in connection.execute(asked)}


def _seq(table: str) -> ColumnElement[int]:
    return literal_column(f"{table}.seq", BigInteger).label("seq")


def _said(table: str) -> ColumnElement[str]:
    return literal_column(f"{table}.said", Text)


def _have(table: str, query: str) -> list[ColumnElement[bool]]:
    """All words, by the index; then the phrases. Of no words at all no text is found."""
    wanted = words.phrases(query)
    every = [word for phrase in wanted for word in phrase.split()] or ["\ue000"]
    listed: ColumnElement[bool] = func.string_to_array(_said(table), literal_column("' '", Text)).bool_op("@>")(
        bindparam(None, every, type_=ARRAY(Text()))
    )
    return [listed, *(func.strpos(_said(table), f" {phrase} ") > 0 for phrase in wanted if " " in phrase)]


# ------------------------------------------------------------------------------------------------------- expressions


@compiles(Listed, "postgresql")
def _listed(element: Listed, compiler: SQLCompiler, **rest: object) -> str:
    collated = "" if element.whole else ' COLLATE "C"'
    return f"(SELECT unnest({compiler.process(element.clauses, **rest)}){collated} AS value)"


@compiles(days_apart, "postgresql")
def _days_apart(element: days_apart, compiler: SQLCompiler, **rest: object) -> str:
    one, other = (compiler.process(day, **rest) for day in element.clauses)
    return f"abs(CAST({one} AS DATE) - CAST({other} AS DATE))"


@compiles(Unindexed, "postgresql")
def _unindexed(element: Unindexed, compiler: SQLCompiler, **rest: object) -> str:
    return compiler.process(element.clauses, **rest)  # the planner has counted


@compiles(RowOf, "postgresql")
def _row_of(element: RowOf, compiler: SQLCompiler, **rest: object) -> str:
    return compiler.process(element.clauses, **rest).rpartition(".")[0] + ".ctid"


@compiles(number, "postgresql")
def _number(element: number, compiler: SQLCompiler, **rest: object) -> str:
    return f"CAST({compiler.process(element.clauses, **rest)} AS INTEGER)"


# ---------------------------------------------------------------------------------------------------- copies and checks


@contextmanager
def snapshot(built: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whoever writes meanwhile, and hinders nobody."""
    with built.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        yield connection


def renumber(connection: Connection, tables: Sequence[Table]) -> None:
    """After rows with numbers of their own were put in: the next ones get higher numbers."""
    for table in tables:
        for column in table.primary_key:
            named = (table.name, column.name)
            counter = connection.exec_driver_sql("SELECT pg_get_serial_sequence(%s, %s)", named).scalar_one()
            if counter is not None:
                highest = f"SELECT setval(%s, max({column.name})) FROM {table.name}"
                connection.exec_driver_sql(highest, (counter,))


def unsound(built: Engine) -> Iterator[str]:
    """What is wrong with the index of words; of the files themselves the server's own tools tell (`pg_amcheck`)."""
    with snapshot(built) as connection:
        streamed = connection.execution_options(stream_results=True)
        for table, column in _SAID.items():
            end = ", comments_at" if table == "captures" else ""
            for row in streamed.exec_driver_sql(f"SELECT id, said, {column}{end} FROM {table} ORDER BY seq"):
                if words.said(_spoken(table, dict(row._mapping))) != row.said:
                    yield f"{table} {row.id}: the index of words is not in step with its text"
