"""What failed because a server went away is tried again, as a whole, for a while, and nothing else is."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tests.engines.fake import READER, Clock, items, one_by_one, read_page, run, write
from tests.engines.test_faults import check, dump
from tests.ledger import made
from tests.ledger.test_ledger import add
from tests.stores import PostgreSQL, connected
from whosays import ledger
from whosays.engines import local
from whosays.errors import LedgerError
from whosays.ledger import Ledger, Outcome

THROW_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
MYSELF = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    return postgresql.kept()


def test_a_connection_that_was_cut_while_nothing_was_asked_is_made_anew(url: str) -> None:
    with ledger.open(url) as store:
        add(store, made.page(1))
        with connected(url) as other:
            other.exec_driver_sql(THROW_OUT)
        assert add(store, made.page(2)) is Outcome.NEW
        assert len(tuple(store.claims())) == 40


@pytest.mark.parametrize("verb", ["asked", "written"])
def test_what_is_cut_in_the_middle_is_done_again_as_a_whole(url: str, verb: str) -> None:
    pauses: list[float] = []
    with ledger.open(url, wait=pauses.append) as store:
        tries: list[int] = []

        def work(connection: Connection) -> int:
            tries.append(1)
            if verb == "written":
                connection.exec_driver_sql("INSERT INTO articles VALUES (%s, 'b')", (f"a{len(tries)}",))
            if len(tries) < 3:
                connection.exec_driver_sql(MYSELF)
            return len(tries)

        assert getattr(store._store, verb)(work) == 3
        assert pauses == [0.1, 0.2]
    with connected(url) as connection:
        rows = connection.exec_driver_sql("SELECT id FROM articles").scalars().all()
        assert rows == (["a3"] if verb == "written" else [])


def test_patience_ends_with_an_error_that_says_what_to_do(url: str) -> None:
    pauses: list[float] = []
    with ledger.open(url, wait=pauses.append, patience=20) as store:
        with pytest.raises(LedgerError, match=r"Does it run, and is the address right|Its log says more"):
            store._store.asked(lambda connection: connection.exec_driver_sql(MYSELF))
        assert sum(pauses) >= 20
        assert max(pauses) == 5
        pauses.clear()
        with pytest.raises(LedgerError, match="division by zero"):
            store._store.asked(lambda connection: connection.exec_driver_sql("SELECT 1/0"))
        assert pauses == [], "the server is there: it would fail again"


def test_whoever_only_looks_is_told_at_once(postgresql: PostgreSQL) -> None:
    url, pauses = postgresql.kept(), list[float]()
    with ledger.open(url, wait=pauses.append) as store:
        postgresql.server.stop()
        try:
            for look in (store.weighings.version, store.counts, lambda: list(store.claims())):
                with pytest.raises(LedgerError, match="Does it run, and is the address right"):
                    look()
            assert pauses == []
        finally:
            postgresql.server.start()
        assert store.weighings.version() == 0


def test_a_page_whose_answer_was_lost_is_new_and_there_once(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger.open(url, wait=lambda _: None) as store:
        real, lost = store._store.writing, [True]

        @contextmanager
        def writing() -> Iterator[Connection]:
            with real() as connection:
                yield connection
            if lost:
                lost.pop()
                raise LedgerError("gone") from OperationalError("COMMIT", {}, Exception("server closed the connection"))

        monkeypatch.setattr(store._store, "writing", writing)
        assert add(store, made.page(1)) is Outcome.NEW, "so that it is held against the others too"
        assert not lost
        assert store.counts().articles == 1
        assert add(store, made.page(1)) is Outcome.KNOWN


def test_a_file_never_waits(tmp_path: Path) -> None:
    with ledger.open(str(tmp_path / "w.db"), create=True, wait=lambda _: pytest.fail("waits")) as store:
        work = "SELECT 1 FROM nowhere"
        with pytest.raises(LedgerError, match="no such table"):
            store._store.asked(lambda connection: connection.exec_driver_sql(work))


def test_readers_and_other_writers_while_one_writes(url: str) -> None:
    began, go, ended = threading.Event(), threading.Event(), list[str]()

    def slow(store: Ledger) -> None:
        def work(connection: Connection) -> None:
            connection.exec_driver_sql("INSERT INTO articles VALUES ('slow', 'b')")
            began.set()
            go.wait(20)
            ended.append("slow")

        store._store.written(work)

    def quick(store: Ledger) -> None:
        add(store, made.page(2))
        ended.append("quick")

    with ledger.open(url) as store:
        add(store, made.page(1))
        threads = [threading.Thread(target=slow, args=(store,)), threading.Thread(target=quick, args=(store,))]
        threads[0].start()
        assert began.wait(20)
        threads[1].start()
        time.sleep(0.2)
        assert ended == [], "a writer waits for the other"
        assert len(tuple(store.claims())) == 20
        assert store.counts().articles == 1
        assert store.search("fighting")
        go.set()
        for thread in threads:
            thread.join()
        assert ended == ["slow", "quick"]
        with store._store.reading() as connection:
            seqs = connection.exec_driver_sql("SELECT seq FROM claims ORDER BY seq").scalars().all()
        assert len(seqs) == 40


def test_who_waits_too_long_for_another_writer_is_told_so(url: str) -> None:
    with ledger.open(url) as one, ledger.open(url) as other, one._store.writing():
        with other._store.engine.connect() as connection:
            connection.exec_driver_sql("SET lock_timeout = '50ms'")
            connection.commit()
        with pytest.raises(LedgerError, match=r"another program has been writing for 60 s .*lock timeout"):
            add(other, made.page(1))


RESTARTS = 6


@pytest.mark.slow
def test_a_server_that_is_restarted_mid_ingest_loses_and_doubles_nothing(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    files = {f"{n:03}.txt": str(n) for n in range(60)} | {f"{n:03}-again.txt": f"{n} Comment" for n in range(0, 60, 5)}
    folder, undisturbed, url = write(tmp_path / "pages", files), postgresql.kept(), postgresql.kept()
    run(folder, undisturbed)
    with ledger.open(url) as store, ThreadPoolExecutor(1) as pool:
        slowly = {
            "progress": lambda *_: time.sleep(0.05),
            "clock": Clock(),
            "reader": READER,
            "read": one_by_one(read_page),
        }
        running = pool.submit(local.ingest, items(folder), store, **slowly)  # type: ignore[arg-type]
        over = 0
        while not running.done():
            postgresql.server.restart(signal.SIGINT if over % 2 else signal.SIGQUIT)
            over += 1
            time.sleep(0.1)
        report = running.result()
    assert over >= RESTARTS, "while pages were read"
    assert (report.pages, report.new, report.again, report.known) == (72, 60, 12, 0)
    assert dump(url) == dump(undisturbed)
    check(url)
