"""The packaged sample pages as a ledger: what `whosays demo` and `whosays serve --demo` show."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import as_file, files

from whosays import inputs
from whosays.engines import local
from whosays.engines.local import Report
from whosays.ledger import Ledger

CLOCK = datetime(2023, 2, 1, 12, tzinfo=UTC)
"""When the samples are said to be read: after the last page, always the same."""


def ingest(into: Ledger) -> Report:
    """Read the samples into a ledger."""
    with as_file(files("whosays") / "samples") as folder:
        pages = sorted(page for page in folder.iterdir() if page.suffix in (".html", ".txt"))
        items = (item for page in pages for item in inputs.open(str(page)))
        return local.ingest(items, into, clock=lambda: CLOCK)
