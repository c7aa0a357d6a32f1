"""How quick a ledger is: adds pages of 20 claims to a file, then asks. Prints milliseconds.

python -m tests.ledger.measure [PAGES] [FILE]
"""

# ruff: noqa: T201
from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.ledger import made
from whosays import ledger
from whosays.ledger import Ledger


def main(pages: int, path: Path) -> dict[str, float]:
    """Median milliseconds of each verb over a ledger of that many pages."""
    figures: dict[str, float] = {}
    with ledger.open(str(path), create=True) as store:
        figures["add"] = _adding(store, pages)
        page = made.page(pages // 2)
        article = page.capture.article
        asked: dict[str, Callable[[], object]] = {
            "place": lambda: tuple(store.claims(place="geo:1234")),
            "place+type+days": lambda: tuple(
                store.claims(place="geo:1234", type="attack", since=article.published, until=article.published)
            ),
            "actor+place": lambda: tuple(store.claims(actor="SDF", place="geo:1234")),
            "days": lambda: tuple(store.claims(since=article.published, until=article.published)),
            "source+days": lambda: tuple(
                store.claims(source="state television", since=article.published, until=article.published)
            ),
            "article": lambda: tuple(store.claims(article=article.id)),
            "text": lambda: tuple(store.claims(text=f'"Sentence {pages // 2}"')),
            "Ledger.article": lambda: store.article(article.id),
            "has": lambda: store.has(page.capture.raw, "measure/1"),
            "search": lambda: store.search(f'"Report {pages // 2}"'),
            "counts": store.counts,
        }
        for name, ask in asked.items():
            figures[name] = median(_timed(ask) for _ in range(5))
            found = ask()
            print(f"{name:16} {figures[name]:8.2f} ms   {len(found) if isinstance(found, tuple) else 1} found")
        start = perf_counter()
        every = sum(1 for _ in store.claims())
        print(f"every claim      {(perf_counter() - start) * 1e6 / every:8.1f} us each, {every} claims")
    print(f"{path.stat().st_size / pages / 20:.0f} bytes of file for each claim")
    return figures


def _adding(store: Ledger, pages: int) -> float:
    times = []
    for page in map(made.page, range(pages)):
        start = perf_counter()
        store.add(page.capture, page.claims, name=page.name, reader="measure/1", body=page.body)
        times.append((perf_counter() - start) * 1e3)
    print(f"add, 20 claims   {median(times):8.2f} ms   last hundred {median(times[-100:]):.2f}, worst {max(times):.0f}")
    return median(times)


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder, "measure.db")
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, file)
