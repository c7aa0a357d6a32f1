"""The worker of a server: takes pages from the queue, has them read, writes them to the ledger, weighs anew what changed.

    worker = Worker(ledger, roster=…); worker.start(); …; worker.close()      in the web process
    work(jobs, ledger, …)                                                     the loop itself, in the process it starts

It is a process of its own, so that a page costs no request its time, and so that the web process opens no connection to
anywhere: what fetches (`fetch.py`) is here. What parses is one process further (`reader_process.py`). Both run at low
priority. The worker ends when its parent does, however that ends, since the pipe between them closes; and it is started
again when it ends by itself.

Weighing waits until the queue is empty, or WEIGH_EVERY pages are read. What others read into the ledger or judged is weighed
too: the ledger is asked every LOOK seconds whether something is stale.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread

from whosays import fetch, ledger, pipeline
from whosays.engines import jobs as queue
from whosays.engines import standing
from whosays.engines.filing import Filing, Put, ReadPage
from whosays.engines.jobs import Job, Jobs, State
from whosays.engines.reader_process import Reader
from whosays.errors import LedgerError
from whosays.inputs import Item
from whosays.ledger import Ledger, Outcome
from whosays.nouns import BUG, Meta, Refusal

POLL = 0.5
"""Seconds between two looks into an empty queue."""
LOOK = 5.0
WEIGH_EVERY = 200
TELL_EVERY = timedelta(seconds=30)
"""Between two looks whether somebody waits to be told."""
NICE = 10

Fetch = Callable[[str], fetch.Fetched | Refusal]
Weigh = Callable[[str], None]
"""Weighs anew what changed in the ledger at this path or URL."""
Then = Callable[[str], None]
"""What is done when something was weighed: telling those who asked to be told. A function of a module, or a `partial` of one: it
crosses to the process."""
Wait = Callable[[float], bool]
"""Waits so many seconds; False where the work is over."""


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
    reader: str = pipeline.READER,
) -> None:
    """Until `wait` says that it is over. A page that cannot be read is a refusal; a ledger that cannot be written ends it, and
    the page waits."""
    filing = Filing(into, reader=reader, clock=clock)
    filing.catch_up()
    waiting.recover()
    unweighed, idle = 0, LOOK
    told: datetime | None = None
    while wait(0):
        taken = waiting.take()
        if taken is not None:
            job, data = taken
            try:
                unweighed += _one(waiting, filing, job, data, read_page, get)
            except LedgerError:
                waiting.put_back(job.id)
                raise
        if unweighed >= WEIGH_EVERY or (taken is None and (unweighed or idle >= LOOK) and into.weighings.stale()):
            weigh(into.url)
            unweighed, told = 0, None
        if told is None or clock() - told >= TELL_EVERY:
            then(into.url)
            told = clock()
        idle = 0.0 if taken is not None or idle >= LOOK else idle + POLL
        if taken is None and not wait(POLL):
            return


def _one(waiting: Jobs, filing: Filing, job: Job, data: bytes | None, read_page: ReadPage, get: Fetch) -> bool:
    """One job. Is there something new to weigh?"""
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
        return False
    return _finish(waiting, job, put)


def _finish(waiting: Jobs, job: Job, put: Put) -> bool:
    outcome = put.outcome
    if isinstance(outcome, Refusal):
        state = State.FAILED if outcome.reason == BUG else State.REFUSED
        waiting.finish(job.id, state, outcome.reason, detail=outcome.detail)
        return False
    waiting.finish(job.id, State.DONE, outcome, article=put.article, claims=put.claims)
    return outcome is not Outcome.KNOWN


class Worker:
    """The process, from the side of the server that needs it."""

    def __init__(self, where: str, *, roster: Path | None, then: Then | None = None) -> None:
        self._where, self._roster, self._then = where, roster, then
        self._over = Event()
        self._thread = Thread(target=self._keep, name="whosays worker", daemon=True)

    def start(self) -> None:
        """Start it, and start it again whenever it ends by itself."""
        self._thread.start()

    def close(self) -> None:
        """End it after the page that it is at."""
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        context = get_context("spawn")
        while not self._over.is_set():
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_main, args=(theirs, self._where, self._roster, self._then), name="whosays worker"
            )
            process.start()
            theirs.close()
            while process.is_alive() and not self._over.wait(POLL):
                pass
            ours.close()
            process.join(60)
            if process.is_alive():
                process.kill()
                process.join()
            self._over.wait(POLL * 4)  # not as fast as it can, where it ends at once


def _main(parent: Connection, where: str, roster: Path | None, then: Then | None) -> None:
    """What the process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the parent says when it is over
    if hasattr(os, "nice"):
        os.nice(NICE)

    def clock() -> datetime:
        return datetime.now(UTC)

    def wait(seconds: float) -> bool:
        try:
            return not parent.poll(seconds)  # the parent says nothing: what comes is the end
        except OSError:
            return False

    def weigh(where: str) -> None:
        standing.refresh(where, clock=clock)

    with ledger.open(where) as into, Reader(roster=roster) as reader:
        waiting = queue.open(into.url, clock=clock)
        work(waiting, into, read_page=reader.read, clock=clock, wait=wait, weigh=weigh, then=then or (lambda _: None))
        waiting.close()
