"""Opening the desk's store, and the audit log, which everything else writes to.

    open(ledger) -> Store      the file `<ledger>.desk`, mode 0600, made where it is not there
    Store.note / log / failures

Time and secrets come from `Source`, handed in. Raises LedgerError where the file is not ours or cannot be used.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from whosays.errors import LedgerError
from whosays.faces.desk.tables import APPLICATION_ID, GUARDS, VERSION, audit, metadata
from whosays.faces.desk.values import Act, Entry
from whosays.ledger import beside
from whosays.ledger.sql import sqlite as sql

SUFFIX = ".desk"
MODE = 0o600
LONGEST = 300
"""Code points of a name or a subject in the log: a stranger cannot fill the disk with one try."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where time and secrets enter."""

    clock: Callable[[], datetime]
    secret: Callable[[], str] = lambda: secrets.token_urlsafe(32)
    """256 random bits as text."""


class Store:
    """The file, and its log. `users.py`, `sessions.py` and `tokens.py` have its other verbs."""

    def __init__(self, engine: Engine, where: str, source: Source) -> None:
        self._engine = engine
        self.where = where
        self.source = source

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only looks."""
        with advised(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it, or nothing."""
        with advised(self.where), sql.writing(self._engine.connect()) as connection, connection.begin():
            yield connection

    # ----------------------------------------------------------------------------------------------------------- log

    def note(self, who: str, what: Act, subject: str = "", *, address: str) -> None:
        """Write a line of the audit log."""
        row = {"at": self.source.clock(), "who": plain(who), "what": what, "subject": plain(subject)}
        with self.writing() as connection:
            connection.execute(insert(audit), {**row, "address": plain(address)})

    def log(self, *, who: str | None = None, after: int | None = None, limit: int = 100) -> tuple[Entry, ...]:
        """The newest lines, those with a number below `after`."""
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if who is not None:
            query = query.where(audit.c.who == who)
        if after is not None:
            query = query.where(audit.c.number < after)
        with self.reading() as connection:
            return tuple(
                Entry(row.number, row.at, row.who, Act(row.what), row.subject, row.address)
                for row in connection.execute(query)
            )

    def failures(self, within: timedelta, *, who: str, address: str) -> tuple[int, int]:
        """How often signing in failed lately: by this name, and from this address."""
        since = self.source.clock() - within
        recent = (audit.c.what == Act.SIGN_IN_FAILED) & (audit.c.at > since)
        by_name = func.count().filter(audit.c.who == plain(who))
        by_address = func.count().filter(audit.c.address == plain(address))
        with self.reading() as connection:
            name, place = connection.execute(select(by_name, by_address).select_from(audit).where(recent)).one()
        return name, place


def open(ledger: str, source: Source) -> Store:  # noqa: A001  (desk.store.open, as ledger.open)
    """The store beside a ledger (its path or URL); of a ledger in memory, one in memory."""
    sql.check_library()
    path = beside(ledger, SUFFIX)
    if path != sql.MEMORY:
        _private(Path(path))
    engine = sql.engine(path)
    with advised(path):
        if path != sql.MEMORY:
            with engine.connect() as connection:
                sql.use_wal(connection)
        with sql.writing(engine.connect()) as connection, connection.begin():
            _make(connection, path)
    return Store(engine, path, source)


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits. It needs no salt and no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """A stranger's words as the store takes them: one line, not long, no lone surrogates."""
    kept = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    return kept.encode("utf-8", "replace").decode("utf-8")


def _private(path: Path) -> None:
    """For the eyes of its owner alone, before anything is in it. SQLite gives its log beside it the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, MODE))
        if path.stat().st_mode & 0o077:
            path.chmod(MODE)
    except OSError as error:
        raise LedgerError(
            f"{path}: the store of accounts cannot be opened ({error.strerror}). You must be able to write to its folder."
        ) from error


def _make(connection: Connection, path: str) -> None:
    ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if ours == APPLICATION_ID and version == VERSION:
        return
    if ours == APPLICATION_ID:
        raise LedgerError(f"{path}: accounts of another whosays (version {version}, not {VERSION}). Update whosays.")
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one():
        raise LedgerError(f"{path}: a database, but no store of accounts. Move it out of the way.")
    metadata.create_all(connection)
    for guard in GUARDS:
        connection.exec_driver_sql(guard)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@contextmanager
def advised(where: str) -> Iterator[None]:
    """Failures of the store become LedgerErrors that say what to do; broken constraints are bugs and stay so."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise LedgerError(sql.advice(error, where)) from error
