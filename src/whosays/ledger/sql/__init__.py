"""What differs between databases: one module for each, with the same verbs (`Dialect`). Nothing else in `ledger/` has a database's words.

    chosen(url) -> Dialect        of(connection) -> Dialect        DIALECTS
    each  unindexed  days_apart  row_of  number  index  table      expressions, as the dialects say them (`expressions.py`)
    insert_all  writing                                            of the dialect that a connection has

To add one: a module with these verbs and the expressions, a line in DIALECTS, a line of parameters in tests/stores.py, and what its
migrations say otherwise (`migrations/making.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Protocol

from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.exc import DatabaseError, DBAPIError

from whosays.errors import LedgerError
from whosays.ledger.sql import sqlite
from whosays.ledger.sql.expressions import days_apart, each, index, number, row_of, table, unindexed

__all__ = [
    "DIALECTS",
    "MEMORY",
    "RANKED",
    "Dialect",
    "chosen",
    "days_apart",
    "each",
    "index",
    "insert_all",
    "number",
    "of",
    "plain",
    "row_of",
    "table",
    "unindexed",
    "writing",
]

MEMORY = sqlite.MEMORY
"""A ledger that is gone with the program."""

RANKED = 500
"""Texts with some words at most that are ranked by them."""


class Dialect(Protocol):
    """One database. A module is one."""

    def engine(self, url: str) -> Engine:
        """Connections. Raises LedgerError where a library is missing."""

    def prepare(self, built: Engine) -> None:
        """What a database needs before the first table."""

    def writing(self, connection: Connection) -> Connection:
        """The same connection; from the beginning of its next transaction on it is the only one that writes."""

    def owner(self, connection: Connection) -> str:
        """Whose database this is: `ledger`, `empty` or `other`."""

    def sign(self, connection: Connection) -> None:
        """Mark the database as a ledger, once its tables are there."""

    def lost(self, error: DBAPIError) -> bool:
        """Is the connection gone, and the transaction with it as a whole, so that the same may be tried again?"""

    def advice(self, told: DatabaseError, where: str) -> str:
        """What an error means to the user, and what he can do."""

    def insert_all(
        self, connection: Connection, into: Table, values: Sequence[Mapping[str, object]], *, known: bool = False
    ) -> None:
        """Rows of one shape; `known`: some may be there already."""

    def with_bands(self, connection: Connection, bands: Sequence[int], limit: int) -> Iterator[str]:
        """Ids of articles, once for each of these bands that they have; of each band the first `limit`, in the order of ids."""

    def evidence_matches(self, query: str) -> Select[int]:
        """`seq` of the claims whose evidence has these words."""

    def text_ranked(self, query: str) -> Select[int, float]:
        """`seq` of the captures whose text has these words, and a `score`: lower is better."""

    def newest_matches(self, query: str, most: int) -> Select[int]:
        """`seq` of the captures whose text has these words, read last first, so many at most."""

    def excerpts(self, connection: Connection, query: str, among: Sequence[int]) -> dict[int, str]:
        """By `seq` of these captures a few words around what they have of these words."""

    def snapshot(self, built: Engine) -> AbstractContextManager[Connection]:
        """A connection that sees one state of the database, whoever writes meanwhile, and hinders nobody."""

    def renumber(self, connection: Connection, tables: Sequence[Table]) -> None:
        """After rows with numbers of their own were put in: the next ones get higher numbers."""

    def unsound(self, built: Engine) -> Iterator[str]:
        """What is wrong with the database itself, and with its index of words."""


def _sqlite() -> Dialect:
    return sqlite


def _postgresql() -> Dialect:
    from whosays.ledger.sql import postgresql  # not for those who have no server

    return postgresql


DIALECTS: Mapping[str, Callable[[], Dialect]] = {"sqlite": _sqlite, "postgresql": _postgresql}
"""By the name that SQLAlchemy has for it, which is also how its URLs begin."""


def chosen(url: str) -> Dialect:
    """The database that a URL names; a path is that of a SQLite file. Raises LedgerError for one that is not known."""
    scheme = url.partition("://")[0] if "://" in url else "sqlite"
    name = {"postgres": "postgresql"}.get(scheme, scheme)
    if name not in DIALECTS:
        known = "the path of a SQLite file, sqlite:///PATH or postgresql://USER@HOST/DATABASE"
        raise LedgerError(f"{plain(url)}: no such kind of ledger. Give {known}.")
    return DIALECTS[name]()


@cache
def _named(name: str) -> Dialect:
    return DIALECTS[name]()


def of(connection: Connection) -> Dialect:
    """The database at the other end."""
    return _named(connection.dialect.name)


def plain(url: str) -> str:
    """A URL as people may see it: without its password."""
    without = re.sub(r"://([^:@/?#]*):.*@", r"://\1@", url)
    return re.sub(r"([?&])(ssl)?password=[^&#]*&?", r"\1", without).rstrip("?&")


def insert_all(
    connection: Connection, into: Table, values: Sequence[Mapping[str, object]], *, known: bool = False
) -> None:
    """Rows of one shape; `known`: some may be there already."""
    if values:
        of(connection).insert_all(connection, into, values, known=known)


def writing(connection: Connection) -> Connection:
    """The same connection; from the beginning of its next transaction on it is the only one that writes."""
    return of(connection).writing(connection)
