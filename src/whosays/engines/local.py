"""Files and folders into a ledger, one page after the other, on this machine.

    ingest(paths, ledger, clock=…) -> Report

Every page is written whole or not at all, and bytes that this reader has read or refused are skipped. So a run may be
killed at any moment and started again, or twice at once: the ledger ends the same. Read again are: bytes on which our
code broke, since the fault may be mended; and bytes for which the user now gives a day of publication that he did not
give last. The day that he gave last is in force, for later readers too; giving none takes none back.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from whosays import pipeline
from whosays.copies import body
from whosays.engines.copying import Copying
from whosays.errors import AssetError, Misuse
from whosays.ledger import Ledger, Outcome
from whosays.nouns import BUG, Capture, Counts, Meta, Refusal, Stage
from whosays.settings import MAX_PAGE_BYTES

ReadPage = Callable[[bytes, Meta], pipeline.Page | Refusal]
Progress = Callable[[int, int, Path], None]
"""Called after each file: files done, files in all, the file."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest came to. `files` = new + reprints + again + known + all refused."""

    files: int
    new: int
    """Articles that the ledger did not have, reprints apart."""
    reprints: int
    """New articles whose body is word for word that of another one."""
    near: int
    """Of the new: near copies of an article that was there: cut, extended, changed. They are read like any other."""
    again: int
    """Articles that the ledger had, from other bytes or by another reader."""
    known: int
    """Files that this reader had read or refused before."""
    claims: int
    """Written now, those of `again` included."""
    refused: Counts
    """Refusals of this run by reason."""
    bug: str | None
    """What went wrong on the first page on which our code broke."""
    seconds: float


def ingest(
    paths: Sequence[Path],
    ledger: Ledger,
    *,
    clock: Callable[[], datetime],
    read_page: ReadPage = pipeline.read_page,
    reader: str = pipeline.READER,
    progress: Progress | None = None,
    published: date | None = None,
) -> Report:
    """Read files, and folders with all below them, into a ledger.

    `reader` names the program behind `read_page` with its version: a new version reads everything again. `published`:
    day of publication of all pages, over what they say. Hidden files in folders are left alone. A page that cannot be
    read is a refusal in the ledger and in the report. Raises Misuse if a path is not there, before anything is read;
    LedgerError if the ledger fails; AssetError, OSError and MemoryError where no page could be read."""
    start = clock()
    files = tuple(_files(paths))
    copying = Copying(ledger)
    copying.catch_up()
    tally: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    bug = None
    for n, file in enumerate(files, 1):
        outcome, claims, copy = _one(file, ledger, copying, read_page, reader, clock(), published)
        if isinstance(outcome, Refusal):
            refused[outcome.reason] += 1
            bug = bug or (outcome.detail if outcome.reason == BUG else None)
        else:
            tally[outcome] += 1
            tally["claims"] += 0 if outcome is Outcome.KNOWN else claims
            tally["near"] += copy and outcome is Outcome.NEW
        if progress is not None:
            progress(n, len(files), file)
    return Report(
        files=len(files),
        new=tally[Outcome.NEW],
        reprints=tally[Outcome.REPRINT],
        near=tally["near"],
        again=tally[Outcome.AGAIN],
        known=tally[Outcome.KNOWN],
        claims=tally["claims"],
        refused=dict(sorted(refused.items())),
        bug=bug,
        seconds=(clock() - start).total_seconds(),
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file once, those of a folder in the order of their names."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise Misuse(f"Not there: {', '.join(missing)}. Give files or folders that exist.")
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            if file not in seen:
                seen.add(file)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    """All files in a folder but hidden ones. Links to folders are not followed: they may lead round in circles."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files) if not name.startswith("."))


def _one(
    file: Path,
    ledger: Ledger,
    copying: Copying,
    read_page: ReadPage,
    reader: str,
    now: datetime,
    published: date | None,
) -> tuple[Outcome | Refusal, int, bool]:
    """One file: what became of it, how many claims it has, and whether it is as a whole a copy of an article here."""
    data = _bytes(file)
    if isinstance(data, Refusal):
        ledger.refuse(data, raw=None, name=str(file), reader=reader, read_at=now)
        return data, 0, False
    meta = Meta(name=file.name, published=published, fetched_at=now)
    put = put_page(data, meta, ledger, copying, name=str(file), now=now, read_page=read_page, reader=reader)
    return put.outcome, put.claims, put.copy


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one page."""

    outcome: Outcome | Refusal
    claims: int = 0
    copy: bool = False
    """Is it new, and as a whole a copy of an article that was there?"""
    article: str | None = None
    """Id of its article; None where it was refused, now or when its bytes were read before."""


def put_page(
    data: bytes,
    meta: Meta,
    ledger: Ledger,
    copying: Copying,
    *,
    name: str,
    now: datetime,
    read_page: ReadPage = pipeline.read_page,
    reader: str = pipeline.READER,
) -> Put:
    """One page into the ledger, unless this reader has read or refused its bytes. `name`: file or address, for people;
    `meta.published`: the day that the user gives. A page that cannot be read is a refusal in the ledger."""
    raw = hashlib.sha256(data).hexdigest()
    if ledger.has(raw, reader, given=meta.published):
        return Put(Outcome.KNOWN, article=ledger.read_as(raw, reader))
    given = meta.published or ledger.given(raw)
    page = _page(read_page, data, replace(meta, published=given))
    if isinstance(page, Refusal):
        put = Put(page)
    else:
        capture = Capture(page.article, raw, now)
        outcome = ledger.add(capture, page.claims, name=name, reader=reader, body=body(page.article), given=given)
        unseen = outcome in (Outcome.NEW, Outcome.REPRINT)
        copy = unseen and any(pair.whole for pair in copying.of(page.article))
        put = Put(outcome, len(page.claims), copy, page.article.id)
    if isinstance(put.outcome, Refusal):
        ledger.refuse(put.outcome, raw=raw, name=name, reader=reader, read_at=now)
    return put


def _page(read_page: ReadPage, data: bytes, meta: Meta) -> pipeline.Page | Refusal:
    """What the pipeline makes of the bytes; where it breaks, a refusal that says so: one bad page never costs the run.
    A damaged installation and a machine at its end are no fault of the page's: these end the run."""
    try:
        return read_page(data, meta)
    except (AssetError, MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  the edge of the run: whatever is wrong with our code, the other pages are read
        return Refusal(
            Stage.PIPELINE, BUG, f"{type(error).__name__}: {error}. Please report it with the page: {meta.name}."
        )


def _bytes(file: Path) -> bytes | Refusal:
    """The bytes of a file, up to one more than a page may have: so the pages stage sees that it is too long."""
    if not file.is_file():
        return Refusal(Stage.PAGES, "unreadable", f"{file.name} is no regular file.")
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return Refusal(Stage.PAGES, "unreadable", f"{file.name} cannot be read: {error.strerror}.")
