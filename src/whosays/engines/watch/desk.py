"""What the work of `watch` needs, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from whosays.engines.filing import Filing, ReadPage
from whosays.engines.watch.config import Source
from whosays.engines.watch.state import Watching
from whosays.inputs import Item
from whosays.inputs.politeness import Polite
from whosays.ledger import Ledger

DAY = timedelta(days=1)


class What(StrEnum):
    """What `watch` tells as it goes."""

    ASKED = "asked"
    TROUBLE = "trouble"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened."""

    what: What
    name: str
    """A source, an address, a file."""
    words: str


@dataclass(slots=True)
class Sums:
    """What it has come to so far. Mutable: it grows."""

    asked: int = 0
    found: int = 0
    new: int = 0
    read: int = 0
    refused: int = 0
    unweighed: int = 0


Wait = Callable[[float], bool]
"""Waits so many seconds; False where the work is over."""


@dataclass(slots=True)
class Desk:
    """All that the work needs. Mutable in its sums and in the archive that is open."""

    sources: Sequence[Source]
    state: Watching
    into: Ledger
    filing: Filing
    polite: Polite
    read_page: ReadPage
    reader: str
    clock: Callable[[], datetime]
    wait: Wait
    tell: Callable[[Told], None]
    sums: Sums = field(default_factory=Sums)
    archives: dict[int, Iterator[Item]] = field(default_factory=dict)
    """Open ones by item; one at most."""
