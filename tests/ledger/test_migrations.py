"""Ledgers of every released schema come up to date, in each database; and the steps make what tables.py says."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Inspector, MetaData, RowMapping, Table, inspect, text
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable

from tests.ledger import made
from tests.ledger.test_ledger import add
from tests.stores import Places, PostgreSQL, connected
from whosays import ledger
from whosays.ledger import sql, tables, tables_weighed
from whosays.ledger.sql import Dialect

RELEASED = {
    "0001": "7e3becf87da34649",
    "0002": "8bbf0e2559dce97e",
    "0003": "8cdd04fcf32186dd",
    "0004": "070520fae06f6b78",
    "0005": "50c4650991060649",
    "0006": "696bf02d15f1cb5d",
}
"""Schema → digest of what it is in a SQLite file. A released step is history: these never change."""


def step(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", "whosays.ledger:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def at_schema(url: str, version: str) -> None:
    """An empty ledger as a program of that schema made it."""
    dialect: Dialect = sql.chosen(url)
    engine = dialect.engine(url)
    with dialect.writing(engine.connect()) as connection, connection.begin():
        step(connection, version)
        dialect.sign(connection)
    engine.dispose()


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_step_makes_in_a_file_what_it_always_made(tmp_path: Path, version: str) -> None:
    path = str(tmp_path / "w.db")
    at_schema(path, version)
    connection = sqlite3.connect(path)
    made = sorted(map(repr, connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")))
    connection.close()
    assert hashlib.sha256("\n".join(made).encode()).hexdigest()[:16] == RELEASED[version]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of nothing yet."""
    if request.param == "sqlite":
        return str(tmp_path / "old.db")
    places: PostgreSQL = request.getfixturevalue("postgresql")
    return places.empty()


@pytest.mark.slow
@pytest.mark.parametrize("version", RELEASED)
def test_a_ledger_of_every_released_schema_comes_up_to_date_with_all_it_has(
    empty: str, sqlite: Places, version: str
) -> None:
    page, newest = made.page(1), sqlite.kept()
    with ledger.open(newest) as store:
        add(store, page)
        kept = (tuple(store.claims()), store.article(page.capture.article.id), store.counts())
    at_schema(empty, version)
    with connected(newest) as source:
        rows = {table: source.execute(text(f"SELECT * FROM {table}")).mappings().all() for table in OLD}
    _fill(empty, rows)
    with ledger.open(empty) as store:
        assert (tuple(store.claims()), store.article(page.capture.article.id), store.counts()) == kept
        assert [hit.article.id for hit in store.search("fighting")] == [page.capture.article.id]
        assert store.weighings.stale()
        assert list(ledger.check(store)) == []
        add(store, made.page(2))


OLD = ("articles", "captures", "parts", "comments", "credits", "readings", "claims", "extractions", "names", "refusals")
"""Tables of the first schema."""


def _fill(url: str, rows: dict[str, Sequence[RowMapping]]) -> None:
    """Rows into a ledger of an old schema, in its words."""
    engine = sql.chosen(url).engine(url)
    with engine.connect() as connection, connection.begin():
        inspector = inspect(connection)
        for table, values in rows.items():
            columns = {column["name"] for column in inspector.get_columns(table)} - {"said", "seq"}
            old = Table(table, MetaData(), autoload_with=connection, resolve_fks=False)
            given = [{name: value for name, value in row.items() if name in columns} for row in values]
            sql.insert_all(connection, old, given)
    engine.dispose()


def described(inspector: Inspector, schema: str | None) -> Iterator[tuple[object, ...]]:
    """Columns, keys and indexes of a schema."""
    for table in sorted({*tables.metadata.tables, *tables_weighed.metadata.tables}):
        for column in inspector.get_columns(table, schema=schema):
            default = str(column["default"] or "").partition("(")[0].partition("::")[0]
            if column["name"] != "said":
                yield table, column["name"], str(column["type"]).partition(" COLLATE")[0], column["nullable"], default
        yield table, tuple(inspector.get_pk_constraint(table, schema=schema)["constrained_columns"])
        keys = inspector.get_foreign_keys(table, schema=schema)
        yield (
            table,
            sorted((*one["constrained_columns"], one["referred_table"], *one["referred_columns"]) for one in keys),
        )
        for index in sorted(inspector.get_indexes(table, schema=schema), key=lambda one: str(one["name"])):
            if index["name"] != f"{table}_said":
                only = index.get("dialect_options", {}).get("postgresql_where")
                yield table, index["name"], tuple(index["column_names"]), index["unique"], only


def test_migrations_make_on_a_server_what_tables_py_describes(postgresql: PostgreSQL) -> None:
    with connected(postgresql.new()) as connection:
        connection.execute(CreateSchema("described"))
        connection.exec_driver_sql("SET LOCAL search_path = described")
        for metadata in (tables.metadata, tables_weighed.metadata):
            for table in metadata.sorted_tables:
                connection.execute(CreateTable(table))
                for index in table.indexes:
                    connection.execute(CreateIndex(index))
        connection.exec_driver_sql("SET LOCAL search_path = public")
        inspector = inspect(connection)
        assert list(described(inspector, "public")) == list(described(inspector, "described"))


def test_texts_compare_by_code_point_whatever_the_locale(postgresql: PostgreSQL) -> None:
    with connected(postgresql.new()) as connection:
        other = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
        assert other.all() == []
        assert {"REAL", "INTEGER"}.isdisjoint(
            connection.exec_driver_sql(
                "SELECT upper(data_type) FROM information_schema.columns WHERE table_schema = 'public'"
            ).scalars()
        ), "64 bits"
