"""Expressions that each database says in words of its own. What they mean stands here; how they are said, in the dialects.

each(values)               texts or whole numbers as a column, however many: a statement has room for so many parameters only
days_apart(one, other)     days between two days, whichever is first
unindexed(column)          the column, where the planner is not to look it up by an index
row_of(table)              what tells a row of a table that has no key
number(truth)              1 or 0
index(…, only=)            an index of some rows
table(…)                   a table, and how it is stored
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    text,
)
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine

T = TypeVar("T")


class _Listed(TypeDecorator[Sequence[object]]):
    """Texts or whole numbers in one parameter: JSON, or an array where the database has them."""

    impl = Text
    cache_ok = True

    def __init__(self, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`BIGINT[]`, `TEXT[]`, or text."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger()) if self.whole else ARRAY(Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[object] | None, dialect: Dialect) -> object:
        """`["a", "b"]`, as the database takes it."""
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class Listed(GenericFunction[str]):
    """The rows of a list, in one column called `value`."""

    name = "listed"
    inherit_cache = True
    type = Text()

    @property
    def whole(self) -> bool:
        """Are they numbers?"""
        (listed,) = self.clauses
        return isinstance(listed.type, _Listed) and listed.type.whole


def each(values: Sequence[object], *, whole: bool = False) -> ColumnElement[str]:
    """Texts, or `whole` numbers, as a column."""
    rows = Listed(bindparam(None, list(values), type_=_Listed(whole)))
    column: ColumnElement[str] = rows.table_valued("value").c.value
    return column


class days_apart(GenericFunction[int]):  # noqa: N801  (as functions of SQL are written)
    """Days between two columns of days."""

    name = "days_apart"
    inherit_cache = True
    type = Integer()


class Unindexed(GenericFunction[object]):
    """A column that no index is to be used for."""

    name = "unindexed"
    inherit_cache = True


def unindexed(column: ColumnElement[T]) -> ColumnElement[T]:
    """The column. A planner that does not know that few claims are of one article, and very many of one type, is kept from an index."""
    return cast("ColumnElement[T]", Unindexed(column, type_=column.type))


class RowOf(GenericFunction[object]):
    """What tells the row that a column is of."""

    name = "row_of"
    inherit_cache = True


def row_of(table: Table) -> ColumnElement[object]:
    """What tells a row of a table that has no key; holds within one statement."""
    return RowOf(next(iter(table.c)))


class number(GenericFunction[int]):  # noqa: N801
    """1 for what is true, else 0."""

    name = "number"
    inherit_cache = True
    type = Integer()


def index(name: str, *columns: str, only: str, everywhere: bool = False) -> Index:
    """An index of the rows of which `only` holds; unless `everywhere`, only where the planner sees for itself that a question asks for
    no others. SQLite's does not."""
    condition = text(only)
    if everywhere:
        return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)
    return Index(name, *columns, postgresql_where=condition)


def table(
    name: str,
    metadata: MetaData,
    *items: Column[object] | Index,
    rowid: bool = True,
    numbered: bool | None = None,
    derived: bool = False,
) -> Table:
    """A table as SQLite stores it: of values of the columns' types only (STRICT); `rowid=False`: in the order of its key; `numbered`: a
    number is never given twice, even after its row was deleted, as it is in PostgreSQL anyway."""
    told = {} if numbered is None else {"sqlite_autoincrement": numbered}
    info = {"derived": derived}
    return Table(name, metadata, *items, info=info, sqlite_strict=True, sqlite_with_rowid=rowid, **told)  # type: ignore[call-overload,no-any-return]
