"""What a query found, quick to read.

    read(connection, query, …) -> named tuples

SQLAlchemy looks a column up by its name anew for each row. With forty columns to a claim that is most of the time that a listing
takes: as named tuples the same rows are read in a third of it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection, Executable
from sqlalchemy import Row as SlowRow

Row = SlowRow[*tuple[object, ...]]
"""One row on its way out; its columns are attributes."""

AT_ONCE = 200
"""Rows fetched at a time."""


def read(connection: Connection, query: Executable, *, stream: bool = False) -> Iterator[Row]:
    """The rows of a query, in its order. `stream`: there may be very many, and no server is to hand them out all at once."""
    found = connection.execute(query, execution_options={"stream_results": True} if stream else {})
    return map(_shape(tuple(found.keys())), chain.from_iterable(found.partitions(AT_ONCE)))


@lru_cache
def _shape(names: tuple[str, ...]) -> Callable[[Iterable[object]], Row]:
    """What makes a named tuple of these columns from a row."""
    made: Callable[[Iterable[object]], Row] = namedtuple("Row", names)._make  # type: ignore[attr-defined]
    return made
