"""Pages into a ledger, exactly once: what was read or refused before is not read again, what is new is written whole or not at all.

    filing = Filing(ledger, reader=…, clock=…)
    filing.ask(item) -> Ask                 is there something to read?
    filing.put(ticket, page) -> Put         what became of it
    filing.file(item, read_page) -> Put     both, for one page

Bytes that this reader has read or refused are skipped. Read again are: bytes on which our code broke, since the fault may be mended;
and bytes for which the user now gives a day of publication that he did not give last. The day that he gave last is in force, for later
readers too; giving none takes none back. Between asking and putting another page, or another program, may have been quicker: then the
ledger says that it is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from whosays import pipeline
from whosays.copies import body
from whosays.engines.copying import Copying
from whosays.engines.pool import Ask
from whosays.errors import AssetError
from whosays.inputs import Item
from whosays.ledger import Ledger, Outcome
from whosays.nouns import BUG, Capture, Meta, Refusal, Stage
from whosays.profile import SILENT, Profile, Step

ReadPage = Callable[[bytes, Meta], pipeline.Page | Refusal]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A page on its way: what is needed to write it down when it is read."""

    name: str
    """File or address, for people."""
    at: datetime
    raw: str | None = None
    """SHA-256 of its bytes; None where they could not be had."""
    given: date | None = None
    """Day of publication in the user's word."""
    known: bool = False
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one page."""

    outcome: Outcome | Refusal
    claims: int = 0
    copy: bool = False
    """Is it new, and as a whole a copy of an article that was there?"""
    article: str | None = None
    """Id of its article; None where it was refused, now or when its bytes were read before."""


class Filing:
    """One writer to a ledger. `reader` names the program that reads, with its version."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        reader: str = pipeline.READER,
        clock: Callable[[], datetime],
        profile: Profile = SILENT,
    ) -> None:
        self._ledger, self._reader, self._clock, self._profile = ledger, reader, clock, profile
        self._copying = Copying(ledger)

    def catch_up(self) -> None:
        """Finish what an earlier run, or an earlier program, left undone."""
        self._copying.catch_up()

    def ask(self, item: Item, *, published: date | None = None) -> Ask[Ticket]:
        """What to read of an item; nothing where it is known or could not be had. `published`: the day that the user gives."""
        now = self._clock()
        if not isinstance(item.data, bytes):
            refused = item.data or Refusal(
                Stage.INPUTS, "not fetched", f"{item.name} is an address; nothing is fetched here."
            )
            return Ask(Ticket(item.name, now, refused=refused), None, item.meta)
        raw, given = hashlib.sha256(item.data).hexdigest(), published or item.meta.published
        with self._profile.step(Step.KNOWN):
            known = self._ledger.has(raw, self._reader, given=given)
        if known:
            return Ask(Ticket(item.name, now, raw, given, known=True), None, item.meta)
        given = given or self._ledger.given(raw)
        meta = replace(item.meta, published=given, fetched_at=item.meta.fetched_at or now)
        return Ask(Ticket(item.name, now, raw, given), item.data, meta)

    def put(self, ticket: Ticket, page: pipeline.Page | Refusal | None) -> Put:
        """Write down what was read, or that it was refused."""
        if ticket.known and ticket.raw is not None:
            return Put(Outcome.KNOWN, article=self._ledger.read_as(ticket.raw, self._reader))
        page = ticket.refused or page
        with self._profile.step(Step.LEDGER):
            put = Put(page) if isinstance(page, Refusal) else self._add(ticket, page)
            if isinstance(put.outcome, Refusal):
                self._ledger.refuse(
                    put.outcome, raw=ticket.raw, name=ticket.name, reader=self._reader, read_at=ticket.at
                )
        return put

    def file(self, item: Item, read_page: ReadPage, *, published: date | None = None) -> Put:
        """One page: asked, read and put."""
        ask = self.ask(item, published=published)
        return self.put(ask.ticket, None if ask.data is None else guarded(read_page, ask.data, ask.meta))

    def take(self, name: str, page: pipeline.Page | Refusal, *, raw: str | None, given: date | None) -> Put:
        """A page that was read elsewhere."""
        if raw is not None and self._ledger.has(raw, self._reader, given=given):
            return Put(Outcome.KNOWN, article=self._ledger.read_as(raw, self._reader))
        return self.put(Ticket(name, self._clock(), raw, given), page)

    def _add(self, ticket: Ticket, page: pipeline.Page | None) -> Put:
        assert page is not None, "what is neither known nor refused was read"
        assert ticket.raw is not None
        capture = Capture(page.article, ticket.raw, ticket.at)
        words = body(page.article)
        outcome = self._ledger.add(
            capture, page.claims, name=ticket.name, reader=self._reader, body=words, given=ticket.given
        )
        unseen = outcome in (Outcome.NEW, Outcome.REPRINT)
        copy = unseen and any(pair.whole for pair in self._copying.of(page.article))
        return Put(outcome, len(page.claims), copy, page.article.id)


def guarded(read_page: ReadPage, data: bytes, meta: Meta) -> pipeline.Page | Refusal:
    """What the pipeline makes of the bytes, in this process; where it breaks, a refusal that says so: one bad page never costs the run.
    A damaged installation and a machine at its end are no fault of the page's: these end the run."""
    try:
        return read_page(data, meta)
    except (AssetError, MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  the edge of the run: whatever is wrong with our code, the other pages are read
        return Refusal(
            Stage.PIPELINE, BUG, f"{type(error).__name__}: {error}. Please report it with the page: {meta.name}."
        )
