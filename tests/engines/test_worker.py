"""What the worker tells, and how it ends: after the page in hand, or sooner, and never with a page lost."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import Pipe
from pathlib import Path

import pytest

from tests.engines import fake
from whosays import ledger
from whosays.engines import jobs, worker
from whosays.engines.jobs import Jobs, State
from whosays.engines.reader_process import Reader
from whosays.engines.worker import Done, PageDone, Stopped, WeighingDone, Worker
from whosays.logs import Format, Level, start
from whosays.nouns import Meta, Refusal
from whosays.pipeline import Page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def queue(path: Path) -> Jobs:
    return jobs.open(str(path / "w.db"), clock=lambda: NOW)


def work(waiting: Jobs, path: Path, read_page: Callable[[bytes, Meta], Page | Refusal] = fake.read_page) -> list[Done]:
    told: list[Done] = []
    with ledger.open(str(path / "w.db"), create=True) as into:
        worker.work(
            waiting,
            into,
            read_page=read_page,
            clock=lambda: NOW,
            wait=lambda seconds: not seconds,
            hear=told.append,
            reader=fake.READER,
        )
    return told


def test_each_page_is_told_with_what_became_of_it(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    for data in (b"1", b"1", b"odd"):
        waiting.submit(data, Meta(name="a"), by="anna")
    assert work(waiting, tmp_path) == [
        PageDone("new", None, fake.CLAIMS),
        PageDone("known", None, 0),
        PageDone("refused", "odd"),
    ]


def test_a_page_that_is_dropped_waits_again_as_if_it_had_not_been_taken(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    job = waiting.submit(b"1", Meta(), by="anna")

    def stopped(_: bytes, __: Meta) -> Page | Refusal:
        raise Stopped

    for _ in range(jobs.TRIES + 1):
        with pytest.raises(Stopped):
            work(waiting, tmp_path, stopped)
        waiting.recover()
        found = waiting.get(job.id)
        assert found is not None
        assert found.state is State.QUEUED
    work(waiting, tmp_path)
    found = waiting.get(job.id)
    assert found is not None
    assert (found.state, found.outcome) == (State.DONE, "new")


def test_sigterm_drops_only_what_may_be_dropped() -> None:
    drop = worker._Drop()
    drop.ask(signal.SIGTERM, None)
    with pytest.raises(Stopped), drop():
        pytest.fail("it is heard at the door")
    drop = worker._Drop()
    with pytest.raises(Stopped), drop():
        drop.ask(signal.SIGTERM, None)


def test_what_it_did_crosses_the_pipe_and_stands_in_the_log(tmp_path: Path) -> None:
    """The process's own part, here without the process: the parent reads the same, and the log names no page."""
    log = logging.getLogger("whosays")
    before = log.handlers[:], log.propagate, log.level
    out = io.StringIO()
    start(Level.INFO, Format.JSON, stream=out)
    ours, theirs = Pipe()
    waiting = queue(tmp_path)
    waiting.submit(b"Zaphod", Meta(name="Zaphod.html", url="https://zaphod.example/"), by="Zaphod")

    class Fast(Reader):
        def read(self, data: bytes, meta: Meta) -> Page | Refusal:
            ours.send_bytes(b"over")  # what comes is the end
            return fake.read_page(data, meta)

    with ledger.open(str(tmp_path / "w.db"), create=True) as into, Fast() as reader:
        worker._work(theirs, waiting, into, reader, lambda _: None, worker._Drop())
    done = worker._DONE.decode(ours.recv_bytes())
    assert isinstance(done, PageDone)
    assert (done.outcome, done.reason) == ("refused", "odd")
    assert "ledger" in done.steps
    log.handlers[:], log.propagate = before[0], before[1]
    log.setLevel(before[2])
    told = json.loads(out.getvalue().splitlines()[0])
    assert (told["event"], told["outcome"], told["reason"]) == ("page", "refused", "odd")
    assert "zaphod" not in out.getvalue().lower()


@pytest.mark.slow
def test_the_server_hears_of_pages_and_weighings(tmp_path: Path) -> None:
    from tests.faces.cli.test_read import STORY

    with ledger.open(str(tmp_path / "w.db"), create=True):
        pass
    waiting, heard = queue(tmp_path), list[Done]()
    waiting.submit(STORY.encode(), Meta(name="story.txt"), by="anna")
    beside = Worker(str(tmp_path / "w.db"), roster=None, hear=heard.append)
    beside.start()
    try:
        until(lambda: any(isinstance(one, WeighingDone) for one in heard))
        assert beside.pid is not None
    finally:
        begun = time.monotonic()
        beside.close()
    assert time.monotonic() - begun < 5, "it had nothing in hand"
    assert beside.pid is None
    page = next(one for one in heard if isinstance(one, PageDone))
    assert (page.outcome, page.claims > 0) == ("new", True)
    assert page.steps["model"] > 0


@pytest.mark.slow
def test_a_worker_that_is_killed_is_started_again_and_its_page_read(tmp_path: Path) -> None:
    from tests.faces.cli.test_read import STORY

    with ledger.open(str(tmp_path / "w.db"), create=True):
        pass
    waiting, heard = queue(tmp_path), list[Done]()
    beside = Worker(str(tmp_path / "w.db"), roster=None, hear=heard.append)
    beside.start()
    try:
        until(lambda: beside.pid is not None)
        first = beside.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        waiting.submit(STORY.encode(), Meta(name="story.txt"), by="anna")
        until(lambda: bool(heard))
        assert beside.pid not in (None, first)
    finally:
        beside.close()


def until(so: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
