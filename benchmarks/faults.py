"""faults: what a ledger holds after all that can happen while pages are read into it, against one that was left in peace.

An archive of a conflict desk's pages (`made_archive.py`) is read by `whosays ingest`, the program itself, while something is done to it;
then it is started again until it ends by itself, and the ledger must hold what the undisturbed one holds, and pass `ledger check` at every
step. Counted in articles, captures, claims and what was found copied.
    kills      SIGKILL of the program and all its processes, at random points of the run
    lost       rows that should be there and are not, after any of what follows
    doubled    rows that are there and should not be
    half       faults that `ledger check` found, at any step
What is done: the kills; two ingests at once; the clock set back by a year, again and again; a disk that is full, then has room; a disk
that turns read-only; with --long a PostgreSQL server that is restarted 20 times. The last two need root and Linux, or a PostgreSQL
server's programs, and say so where they are not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, select

from benchmarks import made_archive
from benchmarks.figures import Figure
from tests.stores import Server
from whosays import inputs, ledger
from whosays.engines import local
from whosays.ledger.checking import check
from whosays.ledger.tables import metadata

PAGES = 24
KILLS, LONG_KILLS = 6, 200
FULL = 600_000
"""Bytes of the disk that gets full."""
WHOSAYS = str(Path(sys.executable).with_name("whosays"))
TABLES = ("articles", "captures", "parts", "claims", "extractions", "names", "bands", "copied", "compared", "refusals")
NOT_COMPARED = {"seq", "read_at"}
"""Columns that tell when something was read, not what."""


@dataclass
class Tally:
    """What went wrong, in all."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    half: int = 0
    done: list[str] = field(default_factory=list)

    def hold(self, what: str, found: Rows, expected: Rows) -> None:
        """Count what differs."""
        lost, doubled = len(expected - found), len(found - expected)
        self.lost, self.doubled = self.lost + lost, self.doubled + doubled
        self.done.append(f"{what}: {len(expected):,} rows, {lost} lost, {doubled} doubled")


Rows = frozenset[tuple[object, ...]]


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return _measured(data, KILLS, restarts=0)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    """200 kills, and a PostgreSQL server restarted 20 times."""
    return _measured(data, LONG_KILLS, restarts=20)


def _measured(data: Path | None, kills: int, *, restarts: int) -> dict[str, Figure]:
    assert data is not None
    tally, draw = Tally(), Random(1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "news.warc.gz"
        made_archive.write(archive, data, made_archive.DESK, pages=PAGES)
        seconds = _timed(lambda: _whole(archive, str(folder / "undisturbed.db")))
        expected = _rows(str(folder / "undisturbed.db"))
        _killed(archive, folder, expected, tally, draw, kills, seconds)
        _two_at_once(archive, folder, expected, tally)
        _clock_set_back(archive, folder, expected, tally)
        _disk(archive, folder, expected, tally)
        if restarts:
            _server_restarted(archive, expected, tally, restarts)
    for line in tally.done:
        print(line)
    return {
        "kills": Figure(tally.kills, tally.kills, of="kills"),
        "lost": Figure(tally.lost, len(expected), of="rows"),
        "doubled": Figure(tally.doubled, len(expected), of="rows"),
        "half": Figure(tally.half, len(tally.done), of="trials"),
    }


# ---------------------------------------------------------------------------------------------------------------- faults


def _killed(
    archive: Path, folder: Path, expected: Rows, tally: Tally, draw: Random, kills: int, seconds: float
) -> None:
    """Killed at random points and started again, until it ends by itself; then a new ledger."""
    turn = 0
    while tally.kills < kills:
        path = folder / f"killed{turn}.db"
        turn += 1
        while True:
            process = _started(archive, str(path))
            try:
                process.wait(draw.uniform(0.2, seconds) if tally.kills < kills else None)
                break
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                tally.kills += 1
                _check(str(path), tally)
        tally.hold(f"ledger {turn} of those killed", _rows(str(path)), expected)
        path.unlink()


def _two_at_once(archive: Path, folder: Path, expected: Rows, tally: Tally) -> None:
    path = folder / "two.db"
    for process in [_started(archive, str(path)) for _ in range(2)]:
        process.wait()
    _check(str(path), tally)
    tally.hold("two ingests at once", _rows(str(path)), expected)


def _clock_set_back(archive: Path, folder: Path, expected: Rows, tally: Tally) -> None:
    """A clock that goes back by a year at every look; half of the pages, then all."""
    path, now = folder / "clock.db", datetime.now(UTC)

    def clock() -> datetime:
        nonlocal now
        now -= timedelta(days=365)
        return now.replace(year=max(now.year, 1990))

    for pages in (PAGES // 2, PAGES):
        items = [item for item, _ in zip(inputs.open(str(archive)), range(pages), strict=False)]
        with ledger.open(str(path), create=True) as book:
            local.ingest(items, book, clock=clock)
        _check(str(path), tally)
    tally.hold("a clock set back", _rows(str(path)), expected)


def _disk(archive: Path, folder: Path, expected: Rows, tally: Tally) -> None:
    """A disk that gets full, and one that turns read-only; then all is well again."""
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={FULL}", "tmpfs", disk], check=False).returncode:
        print("NOT MEASURED: a full disk and a read-only one. They need root and Linux.")
        return
    path = disk / "book.db"
    try:
        for options in ("rw", "ro", f"rw,size={FULL * 100}"):
            subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)
            process = _started(archive, str(path))
            code = process.wait()
            print(f"disk {options}: exit code {code}")
            _check(str(path), tally)
        tally.hold("a full disk, a read-only one, and room again", _rows(str(path)), expected)
    finally:
        subprocess.run(["umount", disk], check=True)


def _server_restarted(archive: Path, expected: Rows, tally: Tally, restarts: int) -> None:
    """A PostgreSQL server that is restarted while it is written to, every second time as if the machine had been switched off."""
    server = Server.made()
    if server is None:
        print("NOT MEASURED: a PostgreSQL server restarted. None is installed.")
        return
    server.start()
    done, turn = 0, 0
    try:
        while done < restarts:
            server.psql("postgres", f"CREATE DATABASE turn{turn}")
            url = f"{server.url}turn{turn}"
            turn += 1
            process = _started(archive, url)
            while process.poll() is None and done < restarts:
                time.sleep(0.7)
                server.restart(signal.SIGQUIT if done % 2 else signal.SIGINT)
                done += 1
            process.wait()
            _whole(archive, url)
            _check(url, tally)
            tally.hold(f"a server restarted {done} times", _rows(url), expected)
    finally:
        server.stop()


# --------------------------------------------------------------------------------------------------------------- helpers


def _whole(archive: Path, where: str) -> None:
    if _started(archive, where).wait():
        raise RuntimeError("the undisturbed run failed")


def _timed(work: Callable[[], object]) -> float:
    begun = datetime.now(UTC)
    work()
    return (datetime.now(UTC) - begun).total_seconds()


def _started(archive: Path, where: str) -> subprocess.Popen[bytes]:
    """The program, with a process group of its own."""
    command = [WHOSAYS, "--ledger", where, "ingest", str(archive), "--workers", "1", "--all"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


def _check(where: str, tally: Tally) -> None:
    """What `ledger check` finds in a ledger, which may not be there yet."""
    if "://" not in where and not (Path(where).exists() and Path(where).stat().st_size):
        return
    with ledger.open(where) as book:
        found = list(check(book))
    tally.half += len(found)
    for fault in found[:3]:
        print(f"{Path(where).name}: {fault}")


def _rows(where: str) -> Rows:
    """All rows of a ledger, but for when they were read."""
    engine = create_engine(where.replace("://", "+psycopg://") if "://" in where else f"sqlite:///{where}")
    with engine.connect() as connection:
        found = frozenset(
            (table, *row)
            for table in TABLES
            for row in connection.execute(select(*(c for c in metadata.tables[table].c if c.name not in NOT_COMPARED)))
        )
    engine.dispose()
    return found
