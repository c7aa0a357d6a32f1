"""A ledger from one store into another: SQLite to PostgreSQL, back, or into a second file.

    copy(source, into) -> rows of each table

Every row is copied as it is stored, with its number: what was read and refused, judgements, bands, what weighing came to, and what still
waits to be weighed. So the copy answers as the source does, from the first moment. The source is seen in one state, whoever writes
meanwhile, and is not held up. The copy is one transaction: when it is stopped, nothing was written. Raises Misuse where the other
ledger is not empty, and LedgerError where a store fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import Column, Connection, MetaData, RowMapping, Table, TypeDecorator, delete, exists, select

from whosays.errors import Misuse
from whosays.ledger import judged, sql, tables_weighed
from whosays.ledger.ledger import Ledger

AT_ONCE = 1_000
"""Rows written with one statement."""

TABLES = (*judged.judgements.metadata.sorted_tables, *tables_weighed.metadata.sorted_tables)
"""All, those that others point to first."""

Progress = Callable[[str, int], None]
"""Called after each table: its name, and how many rows it has."""


def copy(source: Ledger, into: Ledger, *, progress: Progress = lambda _, __: None) -> Mapping[str, int]:
    """Copy all of a ledger into an empty one."""
    told = {}
    with source._store.snapshot() as old, into._store.writing() as new:
        for table in TABLES:
            if new.execute(select(exists(select(1).select_from(table)))).scalar_one():
                raise Misuse(f"{into.where}: not empty ({table.name}). Copy into a new ledger.")
        for table in TABLES:
            if table is tables_weighed.unweighed:
                new.execute(delete(table))  # triggers have put all that came into it
            told[table.name] = _put(new, table, _rows(source, old, table))
            progress(table.name, told[table.name])
        sql.of(new).renumber(new, TABLES)
    return told


def _rows(source: Ledger, old: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """All rows of a table, in the order of its key: what a judgement undoes comes before it."""
    plain = _plain(table)
    query = select(plain).order_by(*plain.primary_key).execution_options(stream_results=True)
    with source._store.advised():
        yield from old.execute(query).mappings().partitions(AT_ONCE)


def _put(new: Connection, table: Table, found: Iterator[Sequence[RowMapping]]) -> int:
    """How many there were."""
    plain, n = _plain(table), 0
    for rows in found:
        sql.insert_all(new, plain, [dict(row) for row in rows])
        n += len(rows)
    return n


@cache
def _plain(table: Table) -> Table:
    """The table with the values of its columns as they are stored."""
    columns: Sequence[Column[object]] = [
        Column(
            column.name,
            column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type,
            primary_key=column.primary_key,
        )
        for column in table.c
    ]
    return Table(table.name, MetaData(), *columns)
