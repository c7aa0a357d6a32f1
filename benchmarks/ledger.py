"""How quick a ledger is: pages of 20 generated claims are added to a file, then it is asked. Needs no data.

`python -m benchmarks ledger` takes 300 pages; `--long` (make bench-long NAME=ledger) 10,000 pages, 200,000 claims. The long form keeps
its file in .bench/ and goes on where it was stopped: adding a page again changes nothing. Figures are median milliseconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure
from tests.ledger import made
from whosays import ledger
from whosays.ledger import Ledger

READER = "measure/1"
PAGES, LONG_PAGES = 300, 10_000
KEPT = Path(__file__).parent.parent / ".bench" / "ledger.db"


def run(data: Path | None, split: str) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder, "ledger.db"), PAGES)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    KEPT.parent.mkdir(exist_ok=True)
    return measure(KEPT, LONG_PAGES)


def measure(path: Path, pages: int) -> dict[str, Figure]:
    """Median milliseconds of each verb on a ledger of that many pages."""
    figures: dict[str, Figure] = {}
    with ledger.open(str(path), create=True) as store:
        added = _adding(store, pages)
        if added:
            figures["add_ms"] = Figure(median(added), len(added), of="pages added")
            figures["add_last_ms"] = Figure(median(added[-100:]), len(added[-100:]), of="last pages added")
        for name, ask in _questions(store, pages).items():
            figures[f"{name}_ms"] = Figure(median(_timed(ask) for _ in range(5)), pages * 20, of="claims in it")
        start = perf_counter()
        some = sum(1 for _ in islice(store.claims(), 10_000))
        figures["claim_us"] = Figure((perf_counter() - start) * 1e6 / some, some, of="claims read")
    figures["bytes_per_claim"] = Figure(path.stat().st_size / pages / 20, pages * 20, of="claims")
    return figures


def _adding(store: Ledger, pages: int) -> list[float]:
    """Milliseconds for each page that was not there yet."""
    times = []
    for page in map(made.page, range(pages)):
        if not store.has(page.capture.raw, READER):
            start = perf_counter()
            store.add(page.capture, page.claims, name=page.name, reader=READER, body=page.body)
            times.append((perf_counter() - start) * 1e3)
    return times


def _questions(store: Ledger, pages: int) -> dict[str, Callable[[], object]]:
    page = made.page(pages // 2)
    article = page.capture.article
    day = article.published
    return {
        "place": lambda: tuple(store.claims(place="geo:1234")),
        "place_type_day": lambda: tuple(store.claims(place="geo:1234", type="attack", since=day, until=day)),
        "actor_place": lambda: tuple(store.claims(actor="SDF", place="geo:1234")),
        "day": lambda: tuple(store.claims(since=day, until=day)),
        "source_day": lambda: tuple(store.claims(source="state television", since=day, until=day)),
        "claims_of_article": lambda: tuple(store.claims(article=article.id)),
        "claims_by_words": lambda: tuple(store.claims(text=f'"Sentence {pages // 2}"')),
        "article": lambda: store.article(article.id),
        "has": lambda: store.has(page.capture.raw, READER),
        "search": lambda: store.search(f'"Report {pages // 2}"'),
    }


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3
