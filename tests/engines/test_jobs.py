"""The queue: nothing is lost by a kill, nothing read twice without end, nothing kept longer than needed."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from tests.engines import fake
from whosays import ledger
from whosays.engines import jobs, worker
from whosays.engines.jobs import Jobs, State
from whosays.errors import LedgerError, Misuse
from whosays.fetch import Fetched
from whosays.nouns import Meta, Refusal, Stage

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def queue(path: Path, now: datetime = NOW) -> Jobs:
    numbers = count()
    return jobs.open(str(path / "w.db"), clock=lambda: now, secret=lambda: f"job{next(numbers)}")


def run(waiting: Jobs, path: Path, pages: dict[str, bytes] | None = None) -> tuple[list[str], list[str]]:
    """The worker, until nothing waits; what it fetched, and when it weighed."""
    fetched: list[str] = []
    weighed: list[str] = []

    def get(url: str) -> Fetched | Refusal:
        fetched.append(url)
        data = (pages or {}).get(url)
        return Fetched(url, None, data, ()) if data else Refusal(Stage.FETCH, "status", "it answered 404")

    with ledger.open(str(path / "w.db"), create=True) as into:
        worker.work(
            waiting,
            into,
            read_page=fake.read_page,
            clock=lambda: NOW,
            wait=lambda seconds: not seconds,
            get=get,
            weigh=weighed.append,
            reader=fake.READER,
        )
    return fetched, weighed


def test_pages_become_articles_and_refusals(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    good = waiting.submit(b"1", Meta(name="one.html", published=date(2023, 1, 12)), by="anna")
    odd = waiting.submit(b"odd", Meta(name="odd.html"), by="anna")
    far = waiting.submit("https://news.example/2", Meta(), by="boris")
    gone = waiting.submit("https://news.example/3", Meta(), by="boris")
    again = waiting.submit(b"1", Meta(published=date(2023, 1, 12)), by="boris")
    assert good.state is State.QUEUED
    fetched, weighed = run(waiting, tmp_path, {"https://news.example/2": b"2"})
    assert fetched == ["https://news.example/2", "https://news.example/3"]
    assert weighed == [str(tmp_path / "w.db")], "once, at the end"
    states = {
        job.id: (job.state, job.outcome, job.claims)
        for job in map(waiting.get, [good.id, odd.id, far.id, gone.id, again.id])
        if job
    }
    assert states == {
        good.id: (State.DONE, "new", 3),
        odd.id: (State.REFUSED, "odd", 0),
        far.id: (State.DONE, "new", 3),
        gone.id: (State.REFUSED, "status", 0),
        again.id: (State.DONE, "known", 0),
    }
    done = waiting.get(good.id)
    with ledger.open(str(tmp_path / "w.db")) as into:
        assert done is not None
        assert done.article in {head.id for head in into.heads()}
        known = waiting.get(again.id)
        assert known is not None
        assert known.article == done.article, "who hands in what is there gets a link too"
        assert into.counts().refusals == {"odd": 1, "status": 1}
    assert [job.id for job in waiting.recent("boris")] == [again.id, gone.id, far.id]


def test_the_bytes_are_dropped_when_a_page_is_read(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    waiting.submit(b"odd secret bytes", Meta(), by="anna")
    run(waiting, tmp_path)
    with waiting._reading() as connection:
        assert connection.exec_driver_sql("SELECT data, bytes FROM jobs").all() == [(None, 0)]


def test_what_a_dead_worker_left_is_read_again_once(tmp_path: Path) -> None:
    first = queue(tmp_path)
    job = first.submit(b"1", Meta(), by="anna")
    for _ in range(2):
        first.close()
        first = queue(tmp_path)
        first.recover()
        assert first.take() is not None, "killed here"
    first.recover()
    assert first.take() is None
    found = first.get(job.id)
    assert found is not None
    assert (found.state, found.outcome) == (State.FAILED, "crash")


def test_pages_wait_while_the_ledger_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise LedgerError("no room left to write")

    waiting = queue(tmp_path)
    job = waiting.submit(b"1", Meta(), by="anna")
    monkeypatch.setattr(ledger.Ledger, "add", full)
    for _ in range(3):
        with pytest.raises(LedgerError, match="no room"):
            run(waiting, tmp_path)
    monkeypatch.undo()
    run(waiting, tmp_path)
    found = waiting.get(job.id)
    assert found is not None
    assert found.state is State.DONE


def test_two_workers_never_take_the_same(tmp_path: Path) -> None:
    one, other = queue(tmp_path), queue(tmp_path)
    for n in range(4):
        one.submit(str(n).encode(), Meta(), by="anna")
    taken = [found[1] for who in (one, other, one, other, one) if (found := who.take())]
    assert taken == [b"0", b"1", b"2", b"3"]


def test_too_much_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = queue(tmp_path)
    with pytest.raises(Misuse, match="8,000,000"):
        waiting.submit(bytes(8_000_001), Meta(), by="anna")
    monkeypatch.setattr(jobs, "MAX_JOBS", 2)
    waiting.submit(b"1", Meta(), by="anna")
    waiting.submit(b"2", Meta(), by="anna")
    with pytest.raises(Misuse, match="2 pages wait"):
        waiting.submit(b"3", Meta(), by="anna")
    monkeypatch.setattr(jobs, "MAX_JOBS", 10)
    monkeypatch.setattr(jobs, "MAX_JOB_BYTES", 10)
    with pytest.raises(Misuse):
        waiting.submit(bytes(9), Meta(), by="anna")


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    waiting.submit(b"1", Meta(), by="anna")
    for file in tmp_path.glob("w.db.jobs*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    with ledger.open(str(tmp_path / "w.db.jobs"), create=True):
        pass
    with pytest.raises(LedgerError, match="Move it out of the way"):
        queue(tmp_path)


def test_what_is_long_over_is_forgotten(tmp_path: Path) -> None:
    waiting = queue(tmp_path)
    job = waiting.submit(b"1", Meta(), by="anna")
    run(waiting, tmp_path)
    queue(tmp_path, NOW + timedelta(days=29)).recover()
    assert waiting.get(job.id) is not None
    queue(tmp_path, NOW + timedelta(days=31)).recover()
    assert waiting.get(job.id) is None


@pytest.mark.slow
def test_the_worker_lives_beside_the_server(tmp_path: Path) -> None:
    """The whole of it, with processes: a page is read, and the end of the server is its end."""
    import time

    from tests.faces.cli.test_read import STORY

    with ledger.open(str(tmp_path / "w.db"), create=True):
        pass
    waiting = queue(tmp_path)
    job = waiting.submit(STORY.encode(), Meta(name="story.txt"), by="anna")
    refused = waiting.submit("http://127.0.0.1/", Meta(), by="anna")
    beside = worker.Worker(str(tmp_path / "w.db"), roster=None)
    beside.start()
    try:
        until = time.monotonic() + 120
        while waiting.waiting() and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        beside.close()
    found, other = waiting.get(job.id), waiting.get(refused.id)
    assert found is not None
    assert other is not None
    assert (found.state, found.detail) == (State.DONE, None)
    assert (other.state, other.outcome) == (State.REFUSED, "address")
