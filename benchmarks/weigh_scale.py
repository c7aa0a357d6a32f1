"""What weighing costs as a ledger grows: `python -m benchmarks weigh_scale`, the whole with --long (about an hour, kept in .bench/).

Ledgers of 1 k to 1 M claims are made from a simulated press (simulation.py: five claims a page, reprints among them), with an index
of bands as full as that of real articles (64 numbers each). Of each:
  full_s, us_per_claim  all of it weighed on two processes, from the file: stories, questions, answers with grades, disputes, weighed
                        lanes, what became of each voice's words
  rss_mb                most memory of this process and the two largest workers, together
  add_ms, add_p95_ms    one more page: held against all others for copies, written, and every question that it touches weighed anew
The figures are those of the largest ledger; `add_growth` is how much more one page costs there than in the smallest, over how much
more the logarithm of the number of claims is: at most 1 where it grows no faster than log n.
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure
from benchmarks.simulated_ledger import filled, lifelike
from benchmarks.simulated_press import READER, Page
from benchmarks.simulation import Stream
from whosays import ledger
from whosays.engines import weighing
from whosays.engines.copying import Copying
from whosays.engines.weighing import Weighed
from whosays.ledger import Ledger

SIZES = (1_000, 10_000)
LONG_SIZES = (1_000, 10_000, 100_000, 1_000_000)
ADDED = 40
"""Pages added to each ledger, one by one."""
HERE = Path(__file__).parent
KEPT = HERE.parent / ".bench" / "scale"


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger of so many claims. Seconds, milliseconds, megabytes."""

    claims: int
    questions: int
    disputes: int
    full_s: float
    rss_mb: float
    add_ms: tuple[float, ...]


def run(data: Path | None, split: str) -> dict[str, Figure]:
    with TemporaryDirectory() as folder:
        return figures([measure(size, Path(folder)) for size in SIZES])


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    KEPT.mkdir(parents=True, exist_ok=True)
    rows = [measure(size, KEPT) for size in LONG_SIZES]
    draw(rows, HERE.parent / "docs" / "weigh-scale.svg")
    return figures(rows)


def figures(rows: list[Row]) -> dict[str, Figure]:
    """Of the largest ledger; the table is printed."""
    print("   claims  questions  disputes   full s  us/claim  rss MB  add ms  add p95 ms")
    for row in rows:
        p95 = quantiles(row.add_ms, n=20)[-1]
        print(
            f"{row.claims:9,} {row.questions:10,} {row.disputes:9,} {row.full_s:8.1f} {row.full_s / row.claims * 1e6:9.0f}"
            f" {row.rss_mb:7.0f} {median(row.add_ms):7.1f} {p95:11.1f}"
        )
    small, large = rows[0], rows[-1]
    growth = median(large.add_ms) / median(small.add_ms) / (_log(large.claims) / _log(small.claims))
    of, pages = f"claims, up to {large.claims:,}", f"pages added to {large.claims:,} claims"
    return {
        "full_s": Figure(large.full_s, large.claims, of="claims"),
        "us_per_claim": Figure(large.full_s / large.claims * 1e6, large.claims, of="claims"),
        "rss_mb": Figure(large.rss_mb, large.claims, of="claims"),
        "add_ms": Figure(median(large.add_ms), len(large.add_ms), of=pages),
        "add_p95_ms": Figure(quantiles(large.add_ms, n=20)[-1], len(large.add_ms), of=pages),
        "add_growth": Figure(growth, large.claims, of=of),
    }


def _log(n: int) -> float:
    from math import log

    return log(n)


# ------------------------------------------------------------------------------------------------------------ measure


def measure(size: int, folder: Path) -> Row:
    """Fill a ledger of that many claims (kept, where the folder is), weigh it, add to it."""
    path = folder / f"{size}.db"
    source = Stream(seed=1)
    filled(path, size, source)
    full_s, found, rss = _weigh(path)
    with ledger.open(str(path)) as store:
        there = store.counts().articles
        added = tuple(_add(store, lifelike(source.page(n))) for n in range(there, there + ADDED))
    return Row(size, found[0], found[1], full_s, rss, added)


def _weigh(path: Path) -> tuple[float, tuple[int, int], float]:
    """Seconds, (questions, disputes), megabytes."""
    started = perf_counter()
    parts = list(weighing.weigh_all(str(path), _summed, workers=2))
    seconds = perf_counter() - started
    most: dict[int, float] = {}
    for _, _, pid, rss in parts:
        most[pid] = max(most.get(pid, 0.0), rss)
    memory = sum(sorted(most.values())[-2:]) + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, (sum(part[0] for part in parts), sum(part[1] for part in parts)), memory


def _summed(found: Weighed) -> tuple[int, int, int, float]:
    """(questions, disputes, process, its most memory so far in megabytes)."""
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return len(found.questions), len(found.disputes), os.getpid(), rss


def _add(store: Ledger, page: Page) -> float:
    """Milliseconds for one more page."""
    started = perf_counter()
    store.add(page.capture, page.claims, name="simulated", reader=READER, body=page.body)
    Copying(store).of(page.article)
    weighing.weighed(weighing.touched(store, page.article.id))
    return (perf_counter() - started) * 1e3


# --------------------------------------------------------------------------------------------------------------- plot


def draw(rows: list[Row], path: Path) -> None:
    """Cost for each claim and for each page added, over the size of the ledger; beside each what log n would give."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot as plt

    sizes = [row.claims for row in rows]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for axes, values, title in (
        (left, [row.full_s / row.claims * 1e6 for row in rows], "all weighed: microseconds a claim"),
        (right, [median(row.add_ms) for row in rows], "one more page: milliseconds"),
    ):
        axes.plot(sizes, values, "o-", color="#1f5a85", label="measured")
        axes.plot(sizes, [values[0] * _log(n) / _log(sizes[0]) for n in sizes], "--", color="#999999", label="log n")
        axes.set(xscale="log", title=title, xlabel="claims in the ledger", ylim=(0, None))
        axes.legend()
    figure.savefig(path, metadata={"Date": None})
