"""The machine: programs, processor, memory, clock."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from whosays.faces.doctor.finding import Finding, Patient, bad, note, ok
from whosays.ledger.sql.sqlite import OLDEST

READER_TAKES = 700_000_000
"""Bytes of memory that a process that reads pages may take."""
SKEW = timedelta(minutes=5)

_WIDE = ("avx2",)
_QUICK = ("avx512_vnni", "avx_vnni", "asimddp")
"""Features of processors by which sums of int8, which the reader is made of, go two to four times as fast."""


def programs(_: Patient) -> Iterator[Finding]:
    """Python, SQLite and onnxruntime, with whosays itself."""
    told = f"whosays {version('whosays')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield ok("programs", told)
    if sqlite3.sqlite_version_info < OLDEST:
        need = ".".join(map(str, OLDEST))
        yield bad("SQLite", sqlite3.sqlite_version, f"The ledger needs {need} or newer: use a newer Python build.")
    else:
        yield ok("SQLite", sqlite3.sqlite_version)
    yield ok("onnxruntime", version("onnxruntime"))


def processor(_: Patient, *, info: Path = Path("/proc/cpuinfo")) -> Iterator[Finding]:
    """How many there are, and what of them the reader can use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        words = set(info.read_text("utf-8", "replace").lower().split())
    except OSError:
        yield note("processor", f"{count} to be used; what they can do is not told on this system")
        return
    quick = [one for one in _QUICK if one in words]
    wide = [one for one in _WIDE if one in words]
    told = f"{count} to be used; {', '.join([*wide, *quick]) or 'neither AVX2 nor VNNI'}"
    if quick:
        yield ok("processor", told)
    elif wide:
        yield note("processor", f"{told}, no VNNI: reading takes about twice as long as with it")
    else:
        yield note("processor", f"{told}: reading is slow here")


def memory(
    _: Patient, *, info: Path = Path("/proc/meminfo"), limit: Path = Path("/sys/fs/cgroup/memory.max")
) -> Iterator[Finding]:
    """What is free, of the machine or of the container."""
    try:
        lines = dict(line.split(":", 1) for line in info.read_text("ascii").splitlines() if ":" in line)
        free, total = (int(lines[name].split()[0]) * 1024 for name in ("MemAvailable", "MemTotal"))
    except (OSError, KeyError, ValueError):
        yield note("memory", "not told on this system")
        return
    try:
        cap = int(limit.read_text("ascii"))
    except (OSError, ValueError):  # `max`: no limit
        cap = total
    free, total = min(free, cap), min(total, cap)
    told = f"{free / 1e9:.1f} GB free of {total / 1e9:.1f}"
    if free < READER_TAKES:
        yield bad("memory", told, "A process that reads takes up to 0.7 GB: end others, or give `--workers 1`.")
    else:
        yield ok("memory", told)


def clock(patient: Patient) -> Iterator[Finding]:
    """Is it after this program was installed, and after the ledger was last written?"""
    now = patient.clock()
    told = f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    ledger = Path(patient.where)
    for path, what in ((Path(__file__), "this program was installed"), (ledger, "the ledger was last written")):
        try:
            then = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            continue
        if now + SKEW < then:
            advice = "Set the clock: what is read now would be told as read before what is there."
            yield bad("clock", f"{told}: before {what} ({then:%Y-%m-%d %H:%M})", advice)
            return
    yield ok("clock", told)
