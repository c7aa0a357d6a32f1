"""growth: does a page take longer to read into a ledger that has more in it?

300 pages of a conflict desk (`made_archive.py`) are read by two processes into ledgers of the simulated press (`simulated_ledger.py`) of
1,000 and 10,000 articles; --long: 100,000 and 200,000 too.

    ms_N          milliseconds a page, end to end, median of parts of ten pages, in a ledger of N thousand articles
    ledger_ms_N   of these, those in which the page is compared with what is there and written
    spread        percent by which the slowest of ms_N is over the quickest
    ledger_spread the same of ledger_ms_N

The ledgers are kept in .bench/ (200,000 articles take half an hour to fill), a copy of each is read into.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from shutil import copy
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import made_archive
from benchmarks.figures import Figure
from benchmarks.simulated_ledger import filled
from benchmarks.simulation import CLAIMS_A_PAGE, Stream
from whosays import inputs, ledger
from whosays.engines import local
from whosays.engines.pool import pool
from whosays.profile import Profile, Step

PAGES, TEN = 300, 10
SIZES, LONG_SIZES = (1, 10), (1, 10, 100, 200)
"""Thousands of articles."""
KEPT = Path(__file__).parent.parent / ".bench" / "growth"


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return _measured(data, SIZES)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    """Up to 200,000 articles."""
    return _measured(data, LONG_SIZES)


def _measured(data: Path | None, sizes: tuple[int, ...]) -> dict[str, Figure]:
    assert data is not None
    KEPT.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Figure] = {}
    with TemporaryDirectory() as name:
        archive = Path(name) / "desk.warc.gz"
        made_archive.write(archive, data, made_archive.DESK, pages=PAGES)
        for size in sizes:
            kept = filled(KEPT / f"{size}000.db", size * 1_000 * CLAIMS_A_PAGE, Stream(seed=1, towns=20_000))
            path = Path(copy(kept, name))
            whole, own = _read_into(path, archive)
            path.unlink()
            figures[f"ms_{size}"] = Figure(whole, PAGES, of="pages")
            figures[f"ledger_ms_{size}"] = Figure(own, PAGES, of="pages")
            print(f"{size:>4},000 articles: {whole:.1f} ms a page, {own:.1f} of them in the ledger", flush=True)
    for name in ("ms", "ledger_ms"):
        values = [figures[f"{name}_{size}"].value for size in sizes]
        spread = 100 * (max(values) / min(values) - 1)
        figures["spread" if name == "ms" else "ledger_spread"] = Figure(spread, len(sizes), of="ledgers")
    return figures


def _read_into(path: Path, archive: Path) -> tuple[float, float]:
    """Milliseconds a page: end to end, and in the ledger."""
    own, marks = Profile(), [0.0]

    def progress(done: int, _: str) -> None:
        if done % TEN == 0:
            marks.append(time.perf_counter())

    with ledger.open(str(path)) as book, pool(2) as readers:
        readers.start()
        marks[0] = time.perf_counter()
        local.ingest(
            inputs.open(str(archive)),
            book,
            read=readers.read,
            clock=lambda: datetime.now(UTC),
            profile=own,
            progress=progress,
        )
    each = [1000 * (after - before) / TEN for before, after in pairwise(marks)]
    return median(each), 1000 * own.seconds[Step.LEDGER] / PAGES
