"""Killed anywhere, started twice, out of space: the ledger ends as if nothing had happened."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select

from tests.engines import fake
from tests.engines.fake import run, write
from tests.stores import Places
from whosays import ledger
from whosays.errors import LedgerError
from whosays.ledger.tables import extractions, metadata, readings

PAGES = 40
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles, second captures, copies and refused files."""
    files = {f"{n:03}.txt": str(n) for n in range(PAGES)}
    files |= {f"{n:03}-again.txt": f"{n} Comment" for n in range(0, PAGES, 5)}
    files |= {f"{n:03}-copy.txt": str(n) for n in range(0, PAGES, 7)}
    files |= {f"{n:03}-odd.txt": f"odd-{n}" for n in range(0, PAGES, 9)}
    return write(tmp_path / "pages", files)


def dump(url: Path | str) -> dict[str, list[str]]:
    """All rows of all tables in an order of their own, without our clock and row numbers."""
    found = {}
    with ledger.open(str(url)) as opened, opened._store.reading() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in ("read_at", "seq", "name")]
            found[table.name] = sorted(map(repr, connection.execute(select(*columns))))
    return found


def check(url: Path | str) -> None:
    """Sound, and no page half-written."""
    if isinstance(url, Path) and url.stat().st_size == 0:
        return
    with ledger.open(str(url), create=True) as opened:
        assert list(ledger.check(opened)) == []
        with opened._store.reading() as connection:
            found = select(readings.c.id).outerjoin(extractions, extractions.c.reading == readings.c.id)
            whole = found.group_by(readings.c.id).having(func.count(extractions.c.claim) != fake.CLAIMS)
            assert connection.execute(whole).all() == []


def in_child(work: Callable[[], object]) -> int:
    """Run in a process of its own, by fork; its exit code."""
    child = FORK.Process(target=work)
    child.start()
    child.join()
    assert child.exitcode is not None
    return child.exitcode


def die_at(statement: int) -> None:
    """This process kills itself before its n-th SQL statement."""
    seen = iter(range(1, statement))

    def look(*_: object) -> None:
        if next(seen, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", look)
    event.listen(Engine, "commit", look)


def die_after(seconds: float) -> None:
    """This process kills itself after some time, wherever it is then."""
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL))
    timer.daemon = True
    timer.start()


KILLS = {"sqlite": 50, "postgresql": 15}


@pytest.mark.slow
@pytest.mark.parametrize(("doom", "at_most"), [(die_at, 250), (die_after, 0.4)], ids=["statement", "time"])
def test_killed_and_resumed_equals_undisturbed(
    at: Places, doom: Callable[[float], None], at_most: float, folder: Path
) -> None:
    undisturbed = at.kept()
    run(folder, undisturbed)
    expected = dump(undisturbed)
    judged = {"judgements", "subjects", "merged_into", "overlay", "merged"}  # by people, not by reading
    assert all(expected[table] for table in expected if table not in {"credits", *judged})

    draw, kills = random.Random(2017), 0
    while kills < KILLS[at.name]:
        url = at.kept()

        def work(url: str = url) -> None:
            doom(draw.randint(1, int(at_most)) if at_most > 1 else draw.uniform(0, at_most))
            run(folder, url)

        while (code := in_child(work)) != 0:
            draw.random()  # the child drew from a copy of this
            assert code == -signal.SIGKILL
            kills += 1
            check(url)
        assert dump(url) == expected
        check(url)


@pytest.mark.slow
def test_two_ingests_at_once(at: Places, folder: Path) -> None:
    alone, shared = at.kept(), at.kept()
    run(folder, alone)
    children = [FORK.Process(target=run, args=(folder, shared)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    assert dump(shared) == dump(alone)
    check(shared)


@pytest.mark.slow
def test_a_full_disk_is_an_error_and_leaves_whole_pages(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    with ledger.open(str(path), create=True):
        pass
    full = sqlite3.connect(path).execute("PRAGMA page_count").fetchone()[0] + 30

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {full}")

    event.listen(Engine, "connect", limit)
    try:
        with pytest.raises(LedgerError, match=r"w\.db: no room left .* Free some space"):
            run(folder, path)
    finally:
        event.remove(Engine, "connect", limit)
    check(path)
    with ledger.open(str(path)) as store:
        assert 0 < store.counts().articles < PAGES
    run(folder, path)
    run(folder, tmp_path / "undisturbed.db")
    assert dump(path) == dump(tmp_path / "undisturbed.db")
