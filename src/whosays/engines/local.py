"""Pages into a ledger on this machine.

    ingest(items, ledger, clock=…) -> Report

Every page is written whole or not at all, and none twice (filing.py). So a run may be killed at any moment and started again, or twice
at once: the ledger ends the same. Pages are read by `read`: in this process one after the other, or by a pool of processes (pool.py);
either way they are written in the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from whosays import pipeline
from whosays.engines.filing import Filing, Put, ReadPage, Ticket, guarded
from whosays.engines.pool import Ask
from whosays.fetch import Fetched
from whosays.inputs import Item
from whosays.ledger import Ledger, Outcome
from whosays.nouns import BUG, Counts, Refusal
from whosays.profile import SILENT, Profile

Read = Callable[[Iterable[Ask[Ticket]]], Iterator[tuple[Ticket, pipeline.Page | Refusal | None]]]
"""Reads what is asked, in order."""
Progress = Callable[[int, str], None]
"""Called after each page: pages done, name of the page."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest came to. `pages` = new + reprints + again + known + all refused."""

    pages: int
    new: int
    """Articles that the ledger did not have, reprints apart."""
    reprints: int
    """New articles whose body is word for word that of another one."""
    near: int
    """Of the new: near copies of an article that was there: cut, extended, changed. They are read like any other."""
    again: int
    """Articles that the ledger had, from other bytes or by another reader."""
    known: int
    """Pages that this reader had read or refused before."""
    claims: int
    """Written now, those of `again` included."""
    refused: Counts
    """Refusals of this run by reason."""
    bug: str | None
    """What went wrong on the first page on which our code broke."""
    seconds: float


def one_by_one(read_page: ReadPage = pipeline.read_page) -> Read:
    """Reads in this process."""

    def read(asked: Iterable[Ask[Ticket]]) -> Iterator[tuple[Ticket, pipeline.Page | Refusal | None]]:
        for ask in asked:
            yield ask.ticket, None if ask.data is None else guarded(read_page, ask.data, ask.meta)

    return read


def fetched(items: Iterable[Item], fetch: Callable[[str], Fetched | Refusal]) -> Iterator[Item]:
    """The same items; addresses among them become the pages there."""
    for item in items:
        if item.data is not None:
            yield item
            continue
        answer = fetch(item.meta.url or item.name)
        if isinstance(answer, Refusal):
            yield replace(item, data=answer)
        else:
            meta = replace(item.meta, url=answer.url, content_type=answer.content_type)
            yield replace(item, data=answer.data, meta=meta)


def ingest(
    items: Iterable[Item],
    ledger: Ledger,
    *,
    clock: Callable[[], datetime],
    read: Read | None = None,
    reader: str = pipeline.READER,
    progress: Progress | None = None,
    published: date | None = None,
    profile: Profile = SILENT,
) -> Report:
    """Read pages into a ledger.

    `read` reads them, `reader` names it with its version: a new version reads everything again. `published`: day of publication of all
    pages, over what they say. A page that cannot be read is a refusal in the ledger and in the report. Raises what `items` raises;
    LedgerError if the ledger fails; AssetError, OSError and MemoryError where no page could be read."""
    filing = Filing(ledger, reader=reader, clock=clock, profile=profile)
    filing.catch_up()
    asked = (filing.ask(item, published=published) for item in items)
    puts = ((ticket.name, filing.put(ticket, page)) for ticket, page in (read or one_by_one())(asked))
    return reported(puts, clock, progress)


def reported(puts: Iterable[tuple[str, Put]], clock: Callable[[], datetime], progress: Progress | None) -> Report:
    """What pages, each with its name, came to."""
    start = clock()
    tally, refused = Counter[str](), Counter[str]()
    bug = None
    for n, (name, put) in enumerate(puts, 1):
        tally["pages"] = n
        if isinstance(put.outcome, Refusal):
            refused[put.outcome.reason] += 1
            bug = bug or (put.outcome.detail if put.outcome.reason == BUG else None)
        else:
            _count(tally, put)
        if progress is not None:
            progress(n, name)
    return Report(
        pages=tally["pages"],
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


def _count(tally: Counter[str], put: Put) -> None:
    assert isinstance(put.outcome, Outcome)
    tally[put.outcome] += 1
    tally["claims"] += 0 if put.outcome is Outcome.KNOWN else put.claims
    tally["near"] += put.copy and put.outcome is Outcome.NEW
