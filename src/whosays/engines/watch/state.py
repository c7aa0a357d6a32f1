"""What `watch` has seen and has still to read, kept on disk: it may be killed at any moment, and goes on where it was.

    state.open(path)
    state.due(sources, now) -> Source …     state.found(source, …)      what a source lists, and when it is asked next: one transaction
    state.take(now, free) -> Waiting        state.done(…)  state.later(…)  state.reached(…)

**Nothing missed.** What a source lists is written with the validators by which it is asked next, or neither is: so no list that was
not kept is ever reported as unchanged. **Nothing twice.** An entry is known by the id that its feed gives it and by its address
(`inputs/canonical.py`), whichever was seen first; a page by the address at which it was found in the end. What was taken and not
done when the program was killed is taken again; the ledger then finds that it has these bytes.

It lies in a file of its own, mode 0600, beside the ledger. A time is kept with the moment at which it was set: where the clock is
behind that moment, it was set back, and what waits is due at once. Raises LedgerError where the file cannot be used.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from whosays.engines.watch.config import Source
from whosays.engines.watch.nouns import Deeper, Entry, Form, Kept, State, Waiting
from whosays.errors import LedgerError, Misuse
from whosays.fetch import Known
from whosays.inputs import At, canonical
from whosays.ledger.sql import sqlite as sql
from whosays.ledger.sql.expressions import each
from whosays.ledger.tables import Instant

SUFFIX, LOCK = ".watch", ".lock"
APPLICATION_ID = 0x77737774
"""`wswt` in the header of the file."""
VERSION = 1


_metadata = MetaData()
_sources = Table(
    "sources",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False, default=0),
    Column("gone", Integer, nullable=False, default=0),
    Column("set", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("told", Text),
    sqlite_strict=True,
)
_items = Table(
    "items",
    _metadata,
    Column("number", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("state", Text, nullable=False),
    Column("found", Instant, nullable=False),
    Column("set", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("at_offset", Integer),
    Column("at_inner", Integer),
    Column("at_part", Integer),
    Column("outcome", Text),
    Column("detail", Text),
    Column("article", Text),
    Index("items_waiting", "state", "host", "due"),
    sqlite_strict=True,
)
_seen = Table(
    "seen",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("item", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)


class Watching:
    """The file. One program at a time writes to it (`alone`); others may look."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine, self.where = engine, where

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # ----------------------------------------------------------------------------------------------------------- sources

    def kept(self, source: Source) -> Kept:
        """What is known of a source."""
        with self._reading() as connection:
            row = connection.execute(select(_sources).where(_sources.c.id == source.id)).first()
        if row is None:
            return Kept(source.where)
        return Kept(row.url, Known(row.etag, row.modified), row.failures, bool(row.gone))

    def due(self, sources: Sequence[Source], now: datetime) -> tuple[Source, ...]:
        """Those to be asked now, and not gone; the longest due first."""
        with self._reading() as connection:
            rows = {row.id: row for row in connection.execute(select(_sources))}
        waiting = [one for one in sources if one.id not in rows]
        late = [
            one for one in sources if (row := rows.get(one.id)) and not row.gone and (row.due <= now or now < row.set)
        ]
        return (*waiting, *sorted(late, key=lambda one: rows[one.id].due))

    def found(
        self, source: Source, kept: Kept, entries: Iterable[Entry], *, now: datetime, due: datetime, told: str
    ) -> int:
        """What a source lists, and how it is asked next. How many entries are new."""
        with self._writing() as connection:
            new = self._enter(connection, source, entries, now)
            self._keep(connection, source, kept, now, due, told)
        return new

    def listed(self, source: Source, entries: Iterable[Entry], *, now: datetime) -> int:
        """What an item of a source lists. How many entries are new."""
        with self._writing() as connection:
            return self._enter(connection, source, entries, now)

    def failed(self, source: Source, kept: Kept, *, now: datetime, due: datetime, told: str) -> None:
        """It could not be asked, or answered nothing that can be read."""
        with self._writing() as connection:
            self._keep(connection, source, kept, now, due, told)

    def _keep(
        self, connection: Connection, source: Source, kept: Kept, now: datetime, due: datetime, told: str
    ) -> None:
        row = {"url": kept.url, "etag": kept.known.etag, "modified": kept.known.modified, "failures": kept.failures}
        more = {"gone": int(kept.gone), "set": now, "due": due, "told": told}
        into = upsert(_sources).values({"id": source.id, **row, **more})
        connection.execute(into.on_conflict_do_update(index_elements=["id"], set_={**row, **more}))

    def _enter(self, connection: Connection, source: Source, entries: Iterable[Entry], now: datetime) -> int:
        """Entries, but those of which one of the names was seen. All their names are remembered. How many are new."""
        named = [(entry, _names(source, entry, now)) for entry in entries]
        asked = select(each([name for _, names in named for name in names]))
        rows = connection.execute(select(_seen.c.key, _seen.c.item).where(_seen.c.key.in_(asked)))
        known, fresh, new = {row.key: int(row.item) for row in rows}, dict[str, int](), 0
        for entry, names in named:
            number = next((known[name] for name in names if name in known), None)
            if number is None and names:
                number, new = self._add(connection, source, entry, now), new + 1
            fresh |= {name: number for name in names if name not in known and number is not None}
            known |= dict.fromkeys(names, number) if number is not None else {}
        sql.insert_all(connection, _seen, [{"key": name, "item": number} for name, number in fresh.items()])
        return new

    def _add(self, connection: Connection, source: Source, entry: Entry, now: datetime) -> int:
        told = {"source": source.id, "publisher": source.publisher, "found": now, "set": now, "due": now}
        if isinstance(entry, Path):
            row = {**told, "form": Form.FILE, "url": str(entry), "host": "", "state": State.WAITING}
        else:
            page = entry.address if isinstance(entry, Deeper) else entry
            at = page.published or page.changed
            old = source.since is not None and at is not None and at.date() < source.since
            form = Form.SITEMAP if isinstance(entry, Deeper) else Form.PAGE
            row = {**told, "form": form, "url": page.url, "host": host(page.url), "title": page.title}
            row["state"] = State.OLD if old else State.WAITING
        made = connection.execute(insert(_items).values({**told, **row}).returning(_items.c.number))
        return int(made.scalar_one())

    # ------------------------------------------------------------------------------------------------------------- items

    def take(self, now: datetime, free: Callable[[str], bool]) -> Waiting | None:
        """The item that waits longest among those whose host may be asked now; of each host its first. That it was taken is
        written down before anything is done with it."""
        with self._writing() as connection:
            # in SQLite, the number is that of the row that has the least
            firsts = select(func.min(_items.c.due), _items.c.number, _items.c.host).where(_waits(now))
            rows = connection.execute(firsts.group_by(_items.c.host)).all()
            ready = min(((due, number) for due, number, name in rows if free(name)), default=None)
            if ready is None:
                return None
            row = connection.execute(select(_items).where(_items.c.number == ready[1])).one()
            connection.execute(update(_items).where(_items.c.number == row.number).values(tries=row.tries + 1))
        after = None if row.at_offset is None else At(row.at_offset, row.at_inner, row.at_part)
        return Waiting(row.number, row.source, row.url, Form(row.form), row.publisher, row.tries, after)

    def later(self, item: Waiting, *, now: datetime, due: datetime, told: str, again: bool = False) -> None:
        """It waits until then. `again`: what went wrong was no fault of its own, so that this was no try."""
        values = {"set": now, "due": due, "detail": told, "tries": item.tries + (not again)}
        with self._writing() as connection:
            connection.execute(update(_items).where(_items.c.number == item.number).values(values))

    def reached(self, item: Waiting, at: At) -> None:
        """So far a file is read."""
        values = {"at_offset": at.offset, "at_inner": at.inner, "at_part": at.part, "tries": 0}
        with self._writing() as connection:
            connection.execute(update(_items).where(_items.c.number == item.number).values(values))

    def done(
        self,
        item: Waiting,
        state: State,
        outcome: str,
        *,
        now: datetime,
        detail: str | None = None,
        article: str | None = None,
        addresses: Iterable[str] = (),
    ) -> None:
        """What became of it. `addresses`: those that led to its page, which are the same page from now on."""
        values = {"state": state, "outcome": outcome, "detail": detail, "article": article, "set": now}
        with self._writing() as connection:
            connection.execute(update(_items).where(_items.c.number == item.number).values(values))
            _remember(connection, [f"read {canonical.key(one)}" for one in addresses], item.number)
            _remember(connection, [canonical.key(one) for one in addresses], item.number)

    def was_read(self, url: str) -> bool:
        """Did some item's address lead here, and was it read?"""
        with self._reading() as connection:
            key = f"read {canonical.key(url)}"
            return connection.execute(select(_seen.c.item).where(_seen.c.key == key)).first() is not None

    # ----------------------------------------------------------------------------------------------------------- overview

    def next_due(self, sources: Sequence[Source], now: datetime) -> datetime | None:
        """When more will be due than is now; None: nothing will."""
        later = select(func.min(_items.c.due)).where(_items.c.state == State.WAITING, _items.c.due > now)
        with self._reading() as connection:
            item = connection.execute(later).scalar()
            rows = {row.id: row.due for row in connection.execute(select(_sources).where(_sources.c.gone == 0))}
        times = [rows[one.id] for one in sources if one.id in rows] + ([item] if item is not None else [])
        return min((due for due in times if due > now), default=None)

    def hosts(self, now: datetime) -> tuple[str, ...]:
        """Hosts of which something waits now."""
        with self._reading() as connection:
            return tuple(connection.execute(select(_items.c.host).where(_waits(now)).distinct()).scalars())

    def counts(self) -> Mapping[str, int]:
        """Items by state."""
        query = select(_items.c.state, func.count().label("many")).group_by(_items.c.state)
        with self._reading() as connection:
            return {row.state: int(row.many) for row in connection.execute(query)}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _advised(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _advised(self.where), sql.writing(self._engine.connect()) as connection, connection.begin():
            yield connection


def open(path: str) -> Watching:  # noqa: A001  (state.open, as ledger.open)
    """The state in a file, made where it is not there."""
    if path != sql.MEMORY:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise LedgerError(
                f"{path}: the state of `watch` cannot be opened ({error.strerror}). Can you write there?"
            ) from error
    engine = sql.engine(path)
    with _advised(path):
        if path != sql.MEMORY:
            with engine.connect() as connection:
                sql.use_wal(connection)
        with sql.writing(engine.connect()) as connection, connection.begin():
            _make(connection, path)
    return Watching(engine, path)


@contextmanager
def alone(path: str) -> Iterator[None]:
    """While nobody else watches with this state. Raises Misuse where somebody does. Where the platform has no such locks, all may."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with _lockable(path + LOCK) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Misuse(f"{path} is in use by another `whosays watch`. Stop that, or give another --state.") from None
        yield


@contextmanager
def _lockable(path: str) -> Iterator[int]:
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LedgerError(f"{path} cannot be opened ({error.strerror}). Can you write there?") from error
    try:
        yield lock
    finally:
        os.close(lock)


def host(url: str) -> str:
    """By which waiting is counted."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _names(source: Source, entry: Entry, now: datetime) -> list[str]:
    """By which an entry is known again; none of a file that is gone meanwhile."""
    if isinstance(entry, Path):
        try:
            facts = entry.stat()
        except OSError:
            return []
        return [f"file {entry} {facts.st_mtime_ns} {facts.st_size}"]
    if isinstance(entry, Deeper):
        return [f"sitemap {entry.address.url} {entry.address.changed or now}"]
    names = [canonical.key(entry.url)]
    return names if entry.guid is None else [*names, f"id {source.id} {entry.guid}"]


def _remember(connection: Connection, names: Sequence[str], item: int) -> None:
    for name in names:
        connection.execute(upsert(_seen).values(key=name, item=item).on_conflict_do_nothing())


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(_items.c.state == State.WAITING, or_(_items.c.due <= now, _items.c.set > now))


def _make(connection: Connection, path: str) -> None:
    ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if (ours, version) == (APPLICATION_ID, VERSION):
        return
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one():
        raise LedgerError(
            f"{path}: no state of this whosays's `watch`. Give another --state, or move it out of the way."
        )
    _metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _advised(where: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise LedgerError(sql.advice(error, where)) from error
