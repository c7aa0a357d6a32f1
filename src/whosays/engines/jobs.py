"""Pages that wait to be read, kept on disk: a server that is stopped, or killed, goes on where it was.

    jobs = open(ledger, …)
    jobs.submit(bytes | url, meta, by=…) -> Job     get(id)     recent(by)         the web process
    jobs.take() -> (Job, bytes | None) | None       finish(id, …)  put_back(id)  recover()    the worker

They lie in `<ledger>.jobs` (of a ledger on a server: `ledger.beside`), mode 0600, and not in the ledger: who handed in what is nobody's
business to whom a ledger is given. The bytes of a page are dropped when it is read.
`queued → running → done | refused | failed`: refused is
the page's fault and stands in the ledger too; failed is ours or the machine's. What was running when the worker died is
queued again, once: a page that kills the worker twice has failed. While the ledger cannot be written, pages wait. Raises
LedgerError where the file cannot be used, Misuse where too much waits already.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from whosays.errors import LedgerError, Misuse
from whosays.ledger import beside
from whosays.ledger.sql import sqlite as sql
from whosays.ledger.tables import Day, Instant
from whosays.nouns import Meta
from whosays.settings import MAX_JOB_BYTES, MAX_JOBS, MAX_PAGE_BYTES

SUFFIX = ".jobs"
APPLICATION_ID = 0x77736A62
"""`wsjb` in the header of the file."""
VERSION = 1
KEPT = timedelta(days=30)
"""How long one can ask what became of a page."""
TRIES = 2


class State(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


OPEN = (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One page to be read."""

    id: str
    """Cannot be guessed; still, show a job to no one but `by`."""
    state: State
    by: str
    url: str | None
    """Where the worker fetches it; None where its bytes were handed in."""
    name: str | None
    content_type: str | None
    published: date | None
    made: datetime
    ended: datetime | None
    outcome: str | None
    """`new`, `reprint`, `again`, `known`, where it is done; else the reason, as in `Refusal`."""
    detail: str | None
    """The rest of the sentence, where it was refused or has failed."""
    article: str | None
    """Id of the article that it became."""
    claims: int

    @property
    def meta(self) -> Meta:
        """What is known of the page before it is read."""
        return Meta(url=self.url, content_type=self.content_type, name=self.name, published=self.published)


_metadata = MetaData()
_jobs = Table(
    "jobs",
    _metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("url", Text),
    Column("name", Text),
    Column("content_type", Text),
    Column("published", Day),
    Column("made", Instant, nullable=False),
    Column("ended", Instant),
    Column("outcome", Text),
    Column("detail", Text),
    Column("article", Text),
    Column("claims", Integer, nullable=False, default=0),
    Column("tries", Integer, nullable=False, default=0),
    Column("data", LargeBinary),
    Column("bytes", Integer, nullable=False),
    Index("jobs_state", "state", "number"),
    sqlite_strict=True,
)
_SHOWN = [column for column in _jobs.c if column.name not in ("data", "number", "tries", "bytes")]


class Jobs:
    """The queue. Safe to use from several processes at once."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], datetime], secret: Callable[[], str]) -> None:
        self._engine, self.where, self._clock, self._secret = engine, where, clock, secret

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    # ---------------------------------------------------------------------------------------------------- the web process

    def submit(self, what: bytes | str, meta: Meta, *, by: str) -> Job:
        """Put a page, or the address of one, at the end of the queue. `meta.url` of bytes says where they are from."""
        data = what if isinstance(what, bytes) else None
        url = meta.url if isinstance(what, bytes) else what
        size = len(data or b"")
        if size > MAX_PAGE_BYTES:
            raise Misuse(f"{size:,} bytes are too many: a page has up to {MAX_PAGE_BYTES:,}.")
        row = {"id": self._secret(), "state": State.QUEUED, "by": by, "url": url, "name": meta.name, "bytes": size}
        more = {"content_type": meta.content_type, "published": meta.published, "made": self._clock(), "data": data}
        with self._writing() as connection:
            waiting = select(func.count(), func.coalesce(func.sum(_jobs.c.bytes), 0)).where(_jobs.c.state.in_(OPEN))
            count, total = connection.execute(waiting).one()
            if count >= MAX_JOBS or total + size > MAX_JOB_BYTES:
                raise Misuse(f"{count} pages wait to be read. Come again when there are fewer.")
            connection.execute(insert(_jobs), {**row, **more})
            return _job(connection.execute(select(*_SHOWN).where(_jobs.c.id == row["id"])).one())

    def get(self, id: str) -> Job | None:  # noqa: A002  (the noun's own word)
        """A job; None where there is none, or it is long over."""
        with self._reading() as connection:
            row = connection.execute(select(*_SHOWN).where(_jobs.c.id == id)).first()
        return None if row is None else _job(row)

    def recent(self, by: str, limit: int = 50) -> tuple[Job, ...]:
        """Somebody's jobs, newest first."""
        query = select(*_SHOWN).where(_jobs.c.by == by).order_by(_jobs.c.number.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(map(_job, connection.execute(query)))

    def waiting(self) -> int:
        """Jobs that are queued or running."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).where(_jobs.c.state.in_(OPEN))).scalar_one())

    # --------------------------------------------------------------------------------------------------------- the worker

    def recover(self) -> None:
        """What was running when the last worker ended is queued again, or has failed if that was its second time. What is
        long over is forgotten."""
        with self._writing() as connection:
            running = _jobs.c.state == State.RUNNING
            gone = {"state": State.FAILED, "outcome": "crash", "detail": "The worker broke down on it twice."}
            ended = {**gone, "ended": self._clock(), "data": None}
            connection.execute(update(_jobs).where(running, _jobs.c.tries >= TRIES).values(ended))
            connection.execute(update(_jobs).where(running).values(state=State.QUEUED))
            connection.execute(delete(_jobs).where(_jobs.c.ended < self._clock() - KEPT))

    def take(self) -> tuple[Job, bytes | None] | None:
        """The next job, now running, and its bytes."""
        first = select(_jobs.c.number).where(_jobs.c.state == State.QUEUED).order_by(_jobs.c.number).limit(1)
        run = update(_jobs).where(_jobs.c.number == first.scalar_subquery())
        with self._writing() as connection:
            id = connection.execute(  # noqa: A001
                run.values(state=State.RUNNING, tries=_jobs.c.tries + 1).returning(_jobs.c.id)
            ).scalar()
            if id is None:
                return None
            row = connection.execute(select(*_SHOWN, _jobs.c.data).where(_jobs.c.id == id)).one()
        return _job(row), row.data

    def finish(
        self,
        id: str,  # noqa: A002
        state: State,
        outcome: str,
        *,
        detail: str | None = None,
        article: str | None = None,
        claims: int = 0,
    ) -> None:
        """Write down what became of it, and drop its bytes."""
        told = {"state": state, "outcome": outcome, "detail": detail, "article": article, "claims": claims}
        with self._writing() as connection:
            ended = {**told, "ended": self._clock(), "data": None, "bytes": 0}
            connection.execute(update(_jobs).where(_jobs.c.id == id).values(ended))

    def put_back(self, id: str) -> None:  # noqa: A002
        """It waits again as if it had not been taken: what went wrong was no fault of the page's."""
        again = update(_jobs).where(_jobs.c.id == id).values(state=State.QUEUED, tries=_jobs.c.tries - 1)
        with self._writing() as connection:
            connection.execute(again)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _advised(self.where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _advised(self.where), sql.writing(self._engine.connect()) as connection, connection.begin():
            yield connection


def open(  # noqa: A001  (jobs.open, as ledger.open)
    ledger: str, *, clock: Callable[[], datetime], secret: Callable[[], str] = lambda: secrets.token_urlsafe(16)
) -> Jobs:
    """The queue beside a ledger (its path or URL), made where it is not there; of a ledger in memory, one in memory."""
    path = beside(ledger, SUFFIX)
    if path != sql.MEMORY:
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            Path(path).chmod(0o600)
        except OSError as error:
            raise LedgerError(f"{path}: the queue cannot be opened ({error.strerror}). Can you write there?") from error
    engine = sql.engine(path)
    with _advised(path):
        if path != sql.MEMORY:
            with engine.connect() as connection:
                sql.use_wal(connection)
        with sql.writing(engine.connect()) as connection, connection.begin():
            _make(connection, path)
    return Jobs(engine, path, clock, secret)


def _make(connection: Connection, path: str) -> None:
    ours = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if (ours, version) == (APPLICATION_ID, VERSION):
        return
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one():
        raise LedgerError(f"{path}: no queue of this whosays. Move it out of the way; it holds no more than a queue.")
    _metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _job(row: Row[*tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        state=State(row.state),
        by=row.by,
        url=row.url,
        name=row.name,
        content_type=row.content_type,
        published=row.published,
        made=row.made,
        ended=row.ended,
        outcome=row.outcome,
        detail=row.detail,
        article=row.article,
        claims=row.claims,
    )


@contextmanager
def _advised(where: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise LedgerError(sql.advice(error, where)) from error
