"""What an index in memory is made of: standings and claims as raw values, as quick as the database gives them. `Weighings` says which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, literal_column, select

from whosays.ledger import sql, views
from whosays.ledger import tables_weighed as tables


def control(connection: Connection, lanes: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Standings of some kinds of lanes."""
    found = connection.execute(_CONTROL.where(tables.standings.c.lane.in_(select(sql.each(lanes)))))
    for _, told in groupby(map(tuple, found), key=lambda row: row[:3]):
        yield from _merged(sorted(told, key=_by_days))


def events(connection: Connection) -> Iterator[tuple[object, ...]]:
    """Claims with a place and a day."""
    c = tables.claims.c
    raw: list[ColumnElement[str]] = [literal_column(name) for name in ("day_first", "day_last")]
    query = select(c.place, c.type, *raw, c.age).where(c.place.is_not(None), c.day_last.is_not(None))
    yield from map(tuple, connection.execute(query.execution_options(stream_results=True)))


_WORDS = "place lane who known_since known_until since until side holder not_holder says besieged_by parts"
_RAW: list[ColumnElement[str]] = [literal_column(word) for word in _WORDS.split()]
_TRUTHS = [sql.number(literal_column(words)) for words in ("last_known", "contested <> '[]'")]
_CONTROL: views.Query = (
    select(*_RAW, *_TRUTHS, literal_column("grade"))
    .select_from(tables.standings)
    .order_by(*map(literal_column, ("place", "lane", "who", "known_since")))
    .execution_options(stream_results=True)
)
"""In the order of an index; days as text."""


def _by_days(row: tuple[object, ...]) -> tuple[str, str, str]:
    """By when valid, then by when known."""
    return str(row[5] or ""), str(row[13]), str(row[3])


def _merged(control: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Rows that follow on each other in what was known when, and say the same, as one."""
    last: tuple[object, ...] | None = None
    for row in control:
        if last is not None and _same(last, row):
            last = (*last[:4], row[4], *last[5:])
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    if a[:3] != b[:3] or a[5:] != b[5:] or a[4] is None:
        return False
    return date.fromisoformat(str(a[4])).toordinal() + 1 == date.fromisoformat(str(b[3])).toordinal()
