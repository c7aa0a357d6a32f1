"""The worker of a server: takes pages from the queue, has them read, writes them to the ledger, weighs anew what changed.

    worker = Worker(ledger, roster=…); worker.start(); …; worker.close()      in the web process
    work(jobs, ledger, …)                                                     the loop itself, in the process it starts

    begin, hear                                               how the process sets up its log; what it tells of pages and weighings

It is a process of its own, so that a page costs no request its time, and so that the web process opens no connection to
anywhere: what fetches (`fetch.py`) is here. What parses is one process further (`reader_process.py`). Both run at low
priority. The worker ends when its parent does, however that ends, since the pipe between them closes; and it is started
again when it ends by itself.

It is stopped in three steps: told so, it ends after the page at hand or within GRACE seconds; at SIGTERM it drops what can be dropped,
a page that is being fetched or read, which then waits again, or a weighing, which leaves no trace; LAST seconds later it is killed.

Weighing waits until the queue is empty, or WEIGH_EVERY pages are read. What others read into the ledger or judged is weighed
too: the ledger is asked every LOOK seconds whether something is stale.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

import msgspec

from whosays import fetch, ledger, pipeline
from whosays.engines import jobs as queue
from whosays.engines import standing
from whosays.engines.filing import Filing, Put, ReadPage
from whosays.engines.jobs import Job, Jobs, State
from whosays.engines.reader_process import Reader
from whosays.errors import LedgerError
from whosays.inputs import Item
from whosays.ledger import Ledger, Outcome
from whosays.logs import Level, event
from whosays.nouns import BUG, Meta, Refusal
from whosays.profile import SILENT, Profile, Step

POLL = 0.5
"""Seconds between two looks into an empty queue."""
LOOK = 5.0
WEIGH_EVERY = 200
TELL_EVERY = timedelta(seconds=30)
"""Between two looks whether somebody waits to be told."""
NICE = 10
GRACE, LAST = 8.0, 2.0
"""Seconds that the worker has to end by itself, and then after SIGTERM."""

_LOG = logging.getLogger("whosays.worker")

Fetch = Callable[[str], fetch.Fetched | Refusal]
Weigh = Callable[[str], None]
"""Weighs anew what changed in the ledger at this path or URL."""
Then = Callable[[str], None]
"""What is done when something was weighed: telling those who asked to be told. A function of a module, or a `partial` of one: it
crosses to the process."""
Wait = Callable[[float], bool]
"""Waits so many seconds; False where the work is over."""


class PageDone(msgspec.Struct, frozen=True, tag="page"):
    """One page was read, or refused."""

    outcome: str
    """An `Outcome`, `refused` or `failed`."""
    reason: str | None = None
    """Of a refusal."""
    claims: int = 0
    seconds: float = 0.0
    steps: dict[Step, float] = {}
    """Seconds by step, since the page before."""

    @property
    def fresh(self) -> bool:
        """Is there something new to weigh?"""
        return self.outcome in (Outcome.NEW, Outcome.REPRINT, Outcome.AGAIN)


class WeighingDone(msgspec.Struct, frozen=True, tag="weighing"):
    """The ledger was weighed."""

    parts: int
    seconds: float


Done = PageDone | WeighingDone
Hear = Callable[[Done], None]


class Stopped(BaseException):
    """SIGTERM came while a page was fetched or read, or the ledger weighed."""


def work(
    waiting: Jobs,
    into: Ledger,
    *,
    read_page: ReadPage,
    clock: Callable[[], datetime],
    wait: Wait,
    get: Fetch = fetch.fetch,
    weigh: Weigh = lambda _: None,
    then: Then = lambda _: None,
    hear: Hear = lambda _: None,
    reader: str = pipeline.READER,
    profile: Profile = SILENT,
) -> None:
    """Until `wait` says that it is over. A page that cannot be read is a refusal; a ledger that cannot be written ends it, and
    the page waits."""
    filing = Filing(into, reader=reader, clock=clock, profile=profile)
    filing.catch_up()
    waiting.recover()
    unweighed, idle = 0, LOOK
    told: datetime | None = None
    while wait(0):
        taken = waiting.take()
        if taken is not None:
            job, data = taken
            begun = clock()
            try:
                done = _one(waiting, filing, job, data, read_page, get)
            except (LedgerError, Stopped):
                waiting.put_back(job.id)
                raise
            unweighed += done.fresh
            hear(msgspec.structs.replace(done, seconds=(clock() - begun).total_seconds()))
        if unweighed >= WEIGH_EVERY or (taken is None and (unweighed or idle >= LOOK) and into.weighings.stale()):
            weigh(into.url)
            unweighed, told = 0, None
        if told is None or clock() - told >= TELL_EVERY:
            then(into.url)
            told = clock()
        idle = 0.0 if taken is not None or idle >= LOOK else idle + POLL
        if taken is None and not wait(POLL):
            return


def _one(waiting: Jobs, filing: Filing, job: Job, data: bytes | None, read_page: ReadPage, get: Fetch) -> PageDone:
    """One job, and what became of it."""
    name = job.url or job.name or "upload"
    meta = Meta(url=job.url, content_type=job.content_type, name=job.name)
    asked: bytes | Refusal | None = data
    if data is None:
        fetched = get(job.url or "")
        asked = fetched if isinstance(fetched, Refusal) else fetched.data
        meta = meta if isinstance(fetched, Refusal) else Meta(url=fetched.url, content_type=fetched.content_type)
    try:
        put = filing.file(Item(name, asked, meta), read_page, published=job.published)
    except (MemoryError, OSError) as error:
        waiting.finish(job.id, State.FAILED, "machine", detail=str(error))
        return PageDone(State.FAILED, "machine")
    return _finish(waiting, job, put)


def _finish(waiting: Jobs, job: Job, put: Put) -> PageDone:
    outcome = put.outcome
    if isinstance(outcome, Refusal):
        state = State.FAILED if outcome.reason == BUG else State.REFUSED
        waiting.finish(job.id, state, outcome.reason, detail=outcome.detail)
        return PageDone(state, outcome.reason)
    waiting.finish(job.id, State.DONE, outcome, article=put.article, claims=put.claims)
    return PageDone(outcome, claims=put.claims)


class Worker:
    """The process, from the side of the server that needs it. `begin`: what it does first, a function of a module or a `partial` of one;
    `hear`: is told, in a thread of this process, of what it did."""

    def __init__(
        self,
        where: str,
        *,
        roster: Path | None,
        then: Then | None = None,
        begin: Callable[[], None] | None = None,
        hear: Hear = lambda _: None,
    ) -> None:
        self._arguments = (where, roster, then, begin)
        self._hear = hear
        self._over = Event()
        self._deadline = 0.0
        self._pid: int | None = None
        self._thread = Thread(target=self._keep, name="whosays worker", daemon=True)

    def start(self) -> None:
        """Start it, and start it again whenever it ends by itself."""
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Of the process; None: none runs, which passes within seconds unless something is wrong."""
        return self._pid

    def stop(self) -> None:
        """Begin to end it, and come back at once."""
        if not self._over.is_set():
            self._deadline = time.monotonic() + GRACE
            self._over.set()

    def close(self) -> None:
        """End it, within GRACE + LAST seconds from when that was begun."""
        self.stop()
        self._thread.join()

    def _keep(self) -> None:
        context = get_context("spawn")
        while not self._over.is_set():
            ours, theirs = context.Pipe()
            process = context.Process(target=_main, args=(theirs, *self._arguments), name="whosays worker")
            process.start()
            theirs.close()
            self._pid = process.pid
            while process.is_alive() and not self._over.is_set():
                self._listen(ours)
            ours.close()
            self._end(process)
            self._pid = None
            if not self._over.is_set():
                event(_LOG, Level.ERROR, "worker ended", code=process.exitcode or 0)
            self._over.wait(POLL * 4)  # not as fast as it can, where it ends at once

    def _listen(self, pipe: Connection) -> None:
        try:
            if pipe.poll(POLL):
                self._hear(_DONE.decode(pipe.recv_bytes()))
        except (EOFError, OSError):
            self._over.wait(POLL)  # it has ended, and will be seen to have

    def _end(self, process: BaseProcess) -> None:
        process.join(max(0.0, self._deadline - time.monotonic()))
        if process.is_alive():
            process.terminate()
            process.join(LAST)
        if process.is_alive():
            process.kill()
            process.join()


_DONE: msgspec.msgpack.Decoder[Done] = msgspec.msgpack.Decoder(Done)


# ------------------------------------------------------------------------------------------------ within the process


class _Drop:
    """What SIGTERM may end at once: what is done within `with drop()`. Elsewhere it is heard when that is next reached."""

    def __init__(self) -> None:
        self._asked = self._within = False

    def ask(self, _: int, __: object) -> None:
        """The handler of the signal."""
        self._asked = True
        if self._within:
            raise Stopped

    @contextmanager
    def __call__(self) -> Iterator[None]:
        if self._asked:
            raise Stopped
        self._within = True
        try:
            yield
        finally:
            self._within = False


def _main(
    parent: Connection, where: str, roster: Path | None, then: Then | None, begin: Callable[[], None] | None
) -> None:
    """What the process runs."""
    drop = _Drop()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent says when it is over
    signal.signal(signal.SIGTERM, drop.ask)
    if begin is not None:
        begin()
    if hasattr(os, "nice"):
        os.nice(NICE)
    with suppress(Stopped), ledger.open(where) as into, Reader(roster=roster) as reader:
        waiting = queue.open(into.url, clock=_clock)
        try:
            _work(parent, waiting, into, reader, then or (lambda _: None), drop)
        finally:
            waiting.close()


def _work(parent: Connection, waiting: Jobs, into: Ledger, reader: Reader, then: Then, drop: _Drop) -> None:
    profile, before = Profile(), dict[Step, float]()

    def wait(seconds: float) -> bool:
        try:
            return not parent.poll(seconds)  # the parent says nothing: what comes is the end
        except OSError:
            return False

    def tell(done: Done) -> None:
        with suppress(OSError):  # nobody listens any more: it is over
            parent.send_bytes(msgspec.msgpack.encode(done))

    def hear(done: Done) -> None:
        if isinstance(done, PageDone):
            spent = (reader.profile + profile).seconds
            steps = {step: seconds - before.get(step, 0.0) for step, seconds in spent.items()}
            before.update(spent)
            ms = 1000 * done.seconds
            event(_LOG, Level.INFO, "page", outcome=done.outcome, reason=done.reason, claims=done.claims, ms=ms)
            tell(msgspec.structs.replace(done, steps=steps))

    def read_page(data: bytes, meta: Meta) -> pipeline.Page | Refusal:
        with drop():
            return reader.read(data, meta)

    def get(url: str) -> fetch.Fetched | Refusal:
        with drop():
            return fetch.fetch(url)

    def weigh(where: str) -> None:
        with drop():
            report = standing.refresh(where, clock=_clock)
        event(_LOG, Level.INFO, "weighed", parts=report.parts, claims=report.claims, seconds=report.seconds)
        tell(WeighingDone(report.parts, report.seconds))

    def afterwards(where: str) -> None:
        with drop():
            then(where)

    work(
        waiting,
        into,
        read_page=read_page,
        clock=_clock,
        wait=wait,
        get=get,
        weigh=weigh,
        then=afterwards,
        hear=hear,
        profile=profile,
    )


def _clock() -> datetime:
    return datetime.now(UTC)
