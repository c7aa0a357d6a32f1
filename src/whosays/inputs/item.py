"""What an input gives: one item after the other, each with its place, so that a reader can be stopped and go on.

    Item(name, data, meta, at)

Bytes are a page. A Refusal says what could not be read there. None: an address, whose page is still to be fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from whosays.nouns import Meta, Refusal, Stage


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a source. Of one archive, later items have greater ones."""

    offset: int
    """Of an archive: bytes to the head of the compressed member (of a plain one: to the record). Of rows and lists: their number."""
    inner: int = 0
    """Unpacked bytes from there to the record; 0 where each record is a member of its own, as the standard recommends."""
    part: int = 0
    """Which archive of a WACZ, from 0."""

    def __str__(self) -> str:
        return f"{self.offset}+{self.inner}" if self.inner else str(self.offset)


@dataclass(frozen=True, slots=True)
class Item:
    """One page, or why there is none, or where it is to be fetched."""

    name: str
    """For people: a path, `archive.warc.gz:OFFSET`, `rows.jsonl:LINE`, an address."""
    data: bytes | Refusal | None
    meta: Meta
    at: At = At(0)
    """Where it is in its source: what `open(source, after=…)` takes to go on behind it."""


Passed = Callable[[str], None]
"""Told of each thing that is no page and was not meant to be: `request`, `status 404`, `type`. Counted, not refused."""


def nobody(_: str) -> None:
    """Told, and does nothing."""


def no(reason: str, detail: str) -> Refusal:
    """A refusal of this stage."""
    return Refusal(Stage.INPUTS, reason, detail)
