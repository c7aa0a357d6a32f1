"""A reader that makes up a page from the number in the file: the engine's business without the pipeline's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tests.ledger import made
from whosays import inputs, ledger
from whosays.engines.local import Report, ingest, one_by_one
from whosays.inputs import Item
from whosays.nouns import Meta, Refusal, Stage
from whosays.pipeline import Page

READER = "fake/1"
CLAIMS = 3


def read_page(data: bytes, meta: Meta) -> Page | Refusal:
    """`7` is page 7, `7 again` the same with a reader's comment; anything else is refused."""
    number, _, again = data.decode().partition(" ")
    if not number.isdigit():
        return Refusal(Stage.PAGES, "odd" if data else "empty", f"{meta.name} has no number.")
    page = made.page(int(number), claims=CLAIMS)
    if again:
        page = made.recaptured(page, again)
    return Page(page.capture.article, page.claims, (), ())


def write(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def items(*paths: Path) -> Iterator[Item]:
    """The pages of files and folders."""
    return (item for source in inputs.sources([*map(str, paths)]) for item in inputs.listed(source))


class Clock:
    """Each look takes a second."""

    def __init__(self) -> None:
        self._now = made.NOW

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


def run(folder: Path, path: Path | str) -> Report:
    """Ingest a folder into the ledger at a path or URL."""
    with ledger.open(str(path), create=True) as store:
        return ingest(items(folder), store, read=one_by_one(read_page), reader=READER, clock=Clock())
