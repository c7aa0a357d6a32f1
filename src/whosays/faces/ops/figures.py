"""What is counted while a server runs, as Prometheus reads it. One `Figures` for each server; nothing is global.

    figures.hear(done)                        what the worker did          (engines/worker.py)
    figures.request(method, path, status, s)  what was asked               (requests.py)
    figures.state(…)                          what is so right now         (health.py)
    figures.text() -> bytes                   the exposition

The library writes the format: its buckets, escapes and process figures are what every Prometheus expects, and it is imported in a
hundredth of a second. No label can be chosen by a stranger: paths are templates, methods and reasons those that we know.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import prometheus_client as prometheus
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from whosays.engines.worker import Done, PageDone
from whosays.ledger import Tally

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")

prometheus.disable_created_metrics()  # type: ignore[no-untyped-call]  # its own, without types


class Figures:
    """The figures of one server. Safe to use from several threads."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry(auto_describe=True)
        prometheus.ProcessCollector(registry=registry)
        self._lock = threading.Lock()
        self._pages = Counter(
            "whosays_pages", "Pages that the worker took from the queue.", ["outcome"], registry=registry
        )
        self._refusals = Counter(
            "whosays_refusals", "Pages that it refused, or failed on.", ["reason"], registry=registry
        )
        self._claims = Counter("whosays_claims", "Claims that it wrote.", registry=registry)
        self._steps = Counter("whosays_step_seconds", "Processor time by step of reading.", ["step"], registry=registry)
        self._page_seconds = Histogram(
            "whosays_page_seconds", "From the queue to the ledger.", buckets=BUCKETS, registry=registry
        )
        self._weighings = Counter("whosays_weighings", "Times that the ledger was weighed.", registry=registry)
        self._weighed = Counter("whosays_weighed_parts", "Parts of it that were weighed anew.", registry=registry)
        self._weighing_seconds = Counter("whosays_weighing_seconds", "Time that took.", registry=registry)
        self._requests = Histogram(
            "whosays_request_seconds",
            "Time to the first byte of an answer.",
            ["method", "path", "status"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._articles = Gauge("whosays_ledger_articles", "Articles in the ledger.", registry=registry)
        self._held = Gauge("whosays_ledger_claims", "Claims in the ledger.", registry=registry)
        self._refused = Gauge("whosays_ledger_refusals", "Refusals in the ledger.", ["reason"], registry=registry)
        self._state = {
            name: Gauge(f"whosays_{name}", words, registry=registry)
            for name, words in (
                ("queue_pages", "Pages that wait to be read."),
                ("worker_up", "Does the worker run?"),
                ("weighing_stale", "Is there something that is not weighed yet?"),
                ("weighing_lag_seconds", "For how long that has been so, as far as it was asked."),
                ("disk_free_bytes", "Room beside the ledger."),
            )
        }
        self._memory = Gauge(
            "whosays_memory_bytes", "Resident memory of our processes.", ["process"], registry=registry
        )

    def hear(self, done: Done) -> None:
        """What the worker did."""
        if not isinstance(done, PageDone):
            self._weighings.inc()
            self._weighed.inc(done.parts)
            self._weighing_seconds.inc(done.seconds)
            return
        self._pages.labels(done.outcome).inc()
        self._claims.inc(done.claims)
        self._page_seconds.observe(done.seconds)
        if done.reason is not None:
            self._refusals.labels(done.reason).inc()
        for step, seconds in done.steps.items():
            self._steps.labels(step).inc(max(0.0, seconds))

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """What was asked. `path`: the template of its route."""
        self._requests.labels(method if method in METHODS else "other", path, str(status)).observe(seconds)

    def state(self, **now: float) -> None:
        """What is so now, by the names above."""
        for name, value in now.items():
            self._state[name].set(value)

    def held(self, tally: Tally) -> None:
        """What the ledger holds."""
        self._articles.set(tally.articles)
        self._held.set(tally.claims)
        for reason, number in tally.refusals.items():
            self._refused.labels(reason).set(number)

    def memory(self, processes: Mapping[str, int]) -> None:
        """Resident bytes by process: of a process that is gone, none."""
        with self._lock:
            self._memory.clear()
            for name, pid in processes.items():
                if (resident := resident_bytes(pid)) is not None:
                    self._memory.labels(name).set(resident)

    def text(self) -> bytes:
        """All of it."""
        return prometheus.generate_latest(self._registry)


def resident_bytes(pid: int) -> int | None:
    """Memory that a process has; None where that cannot be told: it is gone, or this is no Linux."""
    try:
        words = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return None
    found = next((line.split() for line in words.splitlines() if line.startswith("VmRSS:")), None)
    return int(found[1]) * 1024 if found else None


def children(pid: int) -> tuple[int, ...]:
    """Processes that a process has started."""
    try:
        return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()))
    except (OSError, ValueError):
        return ()
