"""The ledger, its disk, and the files beside it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from whosays import ledger as ledgers
from whosays.errors import LedgerError
from whosays.faces.doctor.finding import Finding, Patient, bad, note, ok
from whosays.faces.ops import folder_of
from whosays.ledger.tables import VERSION
from whosays.logs import without_password

LEAST_ROOM, GOOD_ROOM = 100_000_000, 2_000_000_000
"""Bytes on the ledger's disk: with less than the first nothing should be written, with less than the second it is time to think."""
CHECK_SECONDS = 20.0
"""After which the look at the pages of a large ledger is broken off."""
PRIVATE = (".desk", ".jobs", ".salt")
"""Endings of files beside a ledger that are their owner's alone."""


def disk(patient: Patient) -> Iterator[Finding]:
    """Room, and leave to write."""
    folder = folder_of(patient.where)
    if folder is None:
        return
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield bad("disk", f"{folder}: {error.strerror}", "Make the folder, or name another ledger with --ledger.")
        return
    told = f"{folder}: {free / 1e9:.1f} GB free"
    if free < LEAST_ROOM:
        yield bad("disk", told, "Make room: SQLite needs some even to read.")
    elif free < GOOD_ROOM:
        yield note("disk", f"{told}: it fills by about 0.1 GB for 10,000 articles")
    else:
        yield ok("disk", told)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        if Path(patient.where).exists():
            with Path(patient.where).open("ab"):
                pass
    except OSError as error:
        yield bad(
            "write access", f"{error.filename or folder}: {error.strerror}", "Give this user leave to write there."
        )
    else:
        yield ok("write access", "beside the ledger")


def ledger(patient: Patient, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Finding]:
    """Does it open, of which schema is it, is it whole, is it weighed? An old one is not brought up to date by looking."""
    shown = without_password(patient.where)
    path = Path(patient.where)
    if folder_of(patient.where) is not None:
        if not path.exists():
            yield note("ledger", f"{shown}: none yet; `whosays ingest` makes it")
            return
        try:
            schema, wrong = _looked(path, clock)
        except sqlite3.DatabaseError as error:
            yield bad("ledger", f"{shown}: {error}", "Name a ledger with --ledger, or restore this one from a backup.")
            return
        yield from _whole(wrong)
        if schema is not None and schema < VERSION:
            yield note("ledger", f"{shown}: schema {schema}; the next command brings it to {VERSION}. Back it up first")
            return
    try:
        with ledgers.open(patient.where) as opened:
            counts, stale = opened.counts(), opened.weighings.stale()
    except LedgerError as error:
        yield bad("ledger", without_password(str(error)), "See above.")
        return
    size = f", {path.stat().st_size / 1e6:,.1f} MB" if path.is_file() else ""
    yield ok("ledger", f"{shown}: schema {VERSION}{size}, {counts.articles:,} articles, {counts.claims:,} claims")
    if stale:
        yield note("weighed", "not all of it: `whosays weigh`, or a running `whosays serve`, does it")
    else:
        yield ok("weighed", "all of it")


def beside(patient: Patient) -> Iterator[Finding]:
    """Accounts and the queue are nobody else's business."""
    if patient.where.startswith(":"):
        return
    files = [Path(ledgers.beside(patient.where, ending)) for ending in PRIVATE]
    there = [path for path in files if path.exists()]
    open_ = [path for path in there if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_:
        names = " ".join(path.name for path in open_)
        yield bad("accounts", f"{names}: others of this machine can read what is secret", f"chmod 600 {names}")
    elif there:
        yield ok("accounts", f"{', '.join(path.name for path in there)}: readable by their owner alone")


def _looked(path: Path, clock: Callable[[], float]) -> tuple[str | None, str | None]:
    """Schema, and what SQLite finds wrong ('' where it took too long); nothing is written. Raises sqlite3.DatabaseError."""
    until = clock() + CHECK_SECONDS
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.set_progress_handler(lambda: clock() > until, 100_000)
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            said = [""]
    return (None if row is None else str(row[0])), (None if said == ["ok"] else "; ".join(said))


def _whole(wrong: str | None) -> Iterator[Finding]:
    if wrong is None:
        yield ok("integrity", "SQLite finds nothing wrong")
    elif not wrong:
        yield note("integrity", f"nothing wrong in the first {CHECK_SECONDS:.0f} s of looking; it is large")
    else:
        yield bad("integrity", wrong, "The file is damaged: restore it from a backup, then read the pages since again.")
