"""What the steps say otherwise in each database. A released step is history, and so is what it says through here: for a database that a
released program knew, nothing here may change what a step does; a new need gets a new function.

    Integer REAL Text Truth         column types, as wide everywhere as SQLite has them
    table(…)                        CREATE TABLE, with its indexes
    added(table, column)            a column more
    append_only(tables)             no row of these is changed or deleted
    searched()                      the words of texts and of evidence are found
    queued(name, table, rows)       what is put into `unweighed` when a row comes

PostgreSQL: texts compare by code point (`COLLATE "C"`), 64-bit numbers, truth values of their own; and `said`, folded words, which
`sql/postgresql.py` fills and asks.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Double, Index
from sqlalchemy import text as words
from sqlalchemy.types import TypeEngine

Integer = sqlalchemy.Integer().with_variant(BigInteger(), "postgresql")
REAL: TypeEngine[float] = sqlalchemy.REAL().with_variant(Double(), "postgresql")
Text = sqlalchemy.Text().with_variant(sqlalchemy.Text(collation="C"), "postgresql")
Truth = sqlalchemy.Integer().with_variant(Boolean(), "postgresql")


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def table(name: str, *items: Column[object] | Index, rowid: bool = True, numbered: bool | None = None) -> None:
    """A table. Of SQLite's: `rowid=False`: stored in the order of its key; `numbered`: no number is given twice."""
    told = {} if numbered is None else {"sqlite_autoincrement": numbered}
    op.create_table(name, *items, sqlite_strict=True, sqlite_with_rowid=rowid, **told)


def index(name: str, table: str, *columns: str, only: str) -> None:
    """PostgreSQL alone: an index of the rows of which `only` holds, in place of one of all rows. SQLite's planner would not see that it
    may use it."""
    if _postgresql():
        op.drop_index(name, table)
        op.create_index(name, table, columns, postgresql_where=words(only))


def added(table: str, column: str) -> None:
    """ALTER TABLE … ADD COLUMN, in SQLite's words."""
    if _postgresql():
        column = column.replace(" TEXT", ' TEXT COLLATE "C"').replace(" REAL", " DOUBLE PRECISION")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def append_only(tables: Iterable[str]) -> None:
    """Triggers that refuse every UPDATE and DELETE."""
    for name in tables:
        for verb in ("UPDATE", "DELETE"):
            if _postgresql():
                op.execute(
                    f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb}{' OR TRUNCATE' * (verb == 'DELETE')} ON {name}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
                )
            else:
                op.execute(
                    f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} of {name}'); END"
                )


def refusing() -> None:
    """What the triggers of `append_only` do, where that is a function. Before the first of them."""
    if _postgresql():
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'the ledger is append-only: no % of %', TG_OP, TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )


def searched() -> None:
    """The words of captures, without readers' comments, and of the evidence of claims."""
    for statement in _SAID if _postgresql() else _FULL_TEXT:
        op.execute(statement)


_SAID = tuple(
    statement
    for name in ("captures", "claims")
    for statement in (
        f'ALTER TABLE {name} ADD COLUMN said TEXT COLLATE "C" NOT NULL',
        f"CREATE INDEX {name}_said ON {name} USING gin (string_to_array(said, ' '))",
    )
)

_SPOKEN = "iif({0}.comments_at IS NULL, {0}.text, substr({0}.text, 1, {0}.comments_at))"
_OPTIONS = "tokenize='unicode61 remove_diacritics 2', content_rowid='seq'"
_FULL_TEXT = (
    f"CREATE VIEW captures_said (seq, text) AS SELECT seq, {_SPOKEN.format('captures')} FROM captures",
    f"CREATE VIRTUAL TABLE captures_fts USING fts5(text, content='captures_said', {_OPTIONS})",
    "CREATE TRIGGER captures_indexed AFTER INSERT ON captures BEGIN "
    f"INSERT INTO captures_fts (rowid, text) VALUES (new.seq, {_SPOKEN.format('new')}); END",
    f"CREATE VIRTUAL TABLE claims_fts USING fts5(exact, content='claims', {_OPTIONS})",
    "CREATE TRIGGER claims_indexed AFTER INSERT ON claims BEGIN "
    "INSERT INTO claims_fts (rowid, exact) VALUES (new.seq, new.exact); END",
)


def queued(name: str, table: str, rows: str) -> None:
    """A trigger that puts rows into `unweighed` after each row of a table; `rows`: what is put there, of NEW."""
    insert = f"INSERT INTO unweighed (article) {rows}"
    if not _postgresql():
        op.execute(f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN {insert}; END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {insert}; RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
