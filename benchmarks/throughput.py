"""throughput: pages a second, end to end: a WARC in, a SQLite ledger out, on two cores (`made_archive.py` says what is in it).

    pages_per_s          general news: 5 % on conflict, 30 % copies of it, 65 % other; two processes read
    desk_pages_per_s     a conflict desk's feed: 20 / 50 / 30
    ratio_no_cascade     general news, over the same with the cascade off (no relevance filter, nothing remembered of paragraphs)
    outside_share        percent of the processor time of the whole run that goes neither to the encoder nor to the HTML parser
    rss_mb               the most resident memory that one of the processes ever had; Linux only
    flat                 --long: resident memory of the reading processes at the end of 20,000 pages over that after a quarter of them

Speeds are of wall time, model loading left out (it is seconds, once). The cascade is switched off on a share of the same archive.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import made_archive
from benchmarks.figures import Figure
from whosays import inputs, ledger
from whosays.engines import local
from whosays.engines.pool import pool
from whosays.engines.reader_process import read_bulk, read_whole
from whosays.profile import Profile, Step

PAGES, OFF, LONG = 1_200, 120, 20_000
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """What reading an archive took."""

    pages: int
    seconds: float
    processor: float
    """Seconds of all processes together."""
    inside: float
    """Of these, those of the encoder and of the HTML parser."""
    rss_mb: float
    quarter_mb: float
    """Resident memory of the reading processes after a quarter of the pages, and at the end."""
    end_mb: float

    @property
    def rate(self) -> float:
        return self.pages / self.seconds


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return _measured(data, PAGES)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    """The same with 20,000 pages of general news."""
    return _measured(data, LONG)


def _measured(data: Path | None, pages: int) -> dict[str, Figure]:
    assert data is not None
    with TemporaryDirectory() as name:
        folder = Path(name)
        general, desk = folder / "general.warc.gz", folder / "desk.warc.gz"
        made_archive.write(general, data, made_archive.GENERAL, pages=pages)
        made_archive.write(desk, data, made_archive.DESK, pages=PAGES // 2)
        on = _through(general, pages, folder / "on.db", cascade=True)
        off = _through(general, OFF, folder / "off.db", cascade=False)
        busy = _through(desk, PAGES // 2, folder / "desk.db", cascade=True)
    figures = {
        "pages_per_s": Figure(on.rate, on.pages, of="pages"),
        "desk_pages_per_s": Figure(busy.rate, busy.pages, of="pages"),
        "ratio_no_cascade": Figure(on.rate / off.rate, off.pages, of="pages without the cascade"),
        "outside_share": Figure(100 * (1 - on.inside / on.processor), on.pages, of="pages"),
        "desk_outside_share": Figure(100 * (1 - busy.inside / busy.processor), busy.pages, of="pages"),
        "off_outside_share": Figure(100 * (1 - off.inside / off.processor), off.pages, of="pages"),
        "rss_mb": Figure(max(on.rss_mb, busy.rss_mb), on.pages, of="pages"),
    }
    return figures | ({"flat": Figure(on.end_mb / on.quarter_mb, on.pages, of="pages")} if pages == LONG else {})


def _through(archive: Path, pages: int, path: Path, *, cascade: bool) -> Run:
    """Read the first so many pages of an archive into a new ledger."""
    own, quarter = Profile(), 0.0
    read_page = read_bulk if cascade else read_whole
    with ledger.open(str(path), create=True) as book, pool(WORKERS, read_page=read_page) as readers:
        readers.start()
        begun, used = time.perf_counter(), sum(map(_processor, _own()))

        def progress(done: int, _: str) -> None:
            nonlocal quarter
            if done == pages // 4:
                quarter = sum(_memory(pid, "VmRSS") for pid in _own()[1:])

        items = islice(inputs.open(str(archive)), pages)
        report = local.ingest(
            items, book, read=readers.read, clock=lambda: datetime.now(UTC), profile=own, progress=progress
        )
        seconds, processor = time.perf_counter() - begun, sum(map(_processor, _own())) - used
        end = sum(_memory(pid, "VmRSS") for pid in _own()[1:])
        peak = max(_memory(pid, "VmHWM") for pid in _own())
        profile = own + readers.profile
    print(f"{archive.stem}, cascade {'on' if cascade else 'off'}: {report}")
    for line in profile.lines():
        print(f"  {line}")
    inside = profile.seconds.get(Step.MODEL, 0.0) + profile.seconds.get(Step.PARSER, 0.0)
    return Run(report.pages, seconds, processor, inside, peak, quarter, end)


def _own() -> list[int]:
    """This process, then those that read."""
    return [os.getpid(), *sorted(child.pid or 0 for child in active_children())]


def _processor(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int, what: str) -> float:
    """Megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{what}:")), 0.0)
