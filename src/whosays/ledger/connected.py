"""The connections of a ledger, and the one place where what failed because a server went away is tried again.

    Store.reading()  writing()           a connection; a transaction: all of it, or nothing
    Store.asked(work)  written(work)     the same for a function of the connection, tried again where the connection was lost
    Store.together()  apart()            one transaction around several; a part of it that can fail by itself

**Trying again.** A server that is restarted takes every transaction with it, as a whole. So the whole `work` is done again, after 0.1, 0.2,
0.4 … seconds, until `patience` seconds were waited; then it is a LedgerError. `work` must do nothing but ask and write, and be able to
find that its last try was written after all, since what is lost may also be the answer to a commit. What is written `together` is not
tried again here: whoever put it together has it. A listing that breaks off half-way is an error too, and so is a
connection for `reading` alone that cannot be made: pages of a server are not to hang. SQLite has no server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from whosays.errors import LedgerError
from whosays.ledger import sql
from whosays.ledger.sql import Dialect
from whosays.settings import LEDGER_PATIENCE

T = TypeVar("T")
Wait = Callable[[float], None]
"""Waits so many seconds."""

FIRST, MOST = 0.1, 5.0
"""Seconds of the first wait, and of the longest."""


class Store:
    """One database, open. `where`: it, for people; `url`: for programs, with its password."""

    def __init__(
        self, engine: Engine, dialect: Dialect, url: str, *, wait: Wait, patience: float = LEDGER_PATIENCE
    ) -> None:
        self.engine, self.dialect, self.url, self.where = engine, dialect, url, sql.plain(url)
        self._wait, self._patience = wait, patience
        self._shared: Connection | None = None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only looks."""
        if self._shared is not None:
            yield self._shared
            return
        with self.advised(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction; nobody else writes meanwhile."""
        if self._shared is not None:
            with self.advised():
                yield self._shared
            return
        with self.advised(), sql.writing(self.engine.connect()) as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger, whoever writes meanwhile. What fails on it is the database's own error."""
        with self.advised():
            self.engine.connect().close()
        with self.dialect.snapshot(self.engine) as connection:
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within it all is written in one transaction."""
        with self.writing() as connection:
            self._shared = connection
            try:
                yield
            finally:
                self._shared = None

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """The same; within `together` it can fail by itself, and leaves nothing then."""
        if self._shared is None:
            with self.writing() as connection:
                yield connection
            return
        with self.advised():
            self._shared.exec_driver_sql(
                "SAVEPOINT apart"
            )  # in words: SQLAlchemy's own takes a tenth of the time of a page
            try:
                yield self._shared
            except BaseException:
                self._shared.exec_driver_sql("ROLLBACK TO SAVEPOINT apart")
                raise
            finally:
                self._shared.exec_driver_sql("RELEASE SAVEPOINT apart")

    def asked(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds."""
        return self._again(self.reading, work)

    def written(self, work: Callable[[Connection], T], *, apart: bool = False) -> T:
        """What `work` comes to, once it is written."""
        return self._again(self.apart if apart else self.writing, work)

    def _again(self, opened: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], T]) -> T:
        if self._shared is None:
            for pause in self._pauses():
                try:
                    with opened() as connection:
                        return work(connection)
                except LedgerError as error:
                    if not self._lost(error.__cause__):
                        raise
                self._wait(pause)
        with opened() as connection:
            return work(connection)

    def _pauses(self) -> Iterator[float]:
        pause, waited = FIRST, 0.0
        while waited < self._patience:
            yield pause
            waited, pause = waited + pause, min(2 * pause, MOST)

    def _lost(self, error: BaseException | None) -> bool:
        return isinstance(error, DBAPIError) and self.dialect.lost(error)

    @contextmanager
    def advised(self) -> Iterator[None]:
        """Failures of the store become LedgerErrors that say what to do; broken constraints are bugs and stay so."""
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise LedgerError(self.dialect.advice(error, self.where)) from error
