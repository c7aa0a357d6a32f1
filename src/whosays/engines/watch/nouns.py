"""What the parts of `watch` hand each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from whosays.fetch import Known
from whosays.inputs import At
from whosays.inputs.lists import Address


class Form(StrEnum):
    """What an item is."""

    PAGE = "page"
    FILE = "file"
    SITEMAP = "sitemap"


class State(StrEnum):
    """How far an item is."""

    WAITING = "waiting"
    DONE = "done"
    SAME = "same"
    """Its address led to a page that was read already."""
    REFUSED = "refused"
    OLD = "old"
    """Its source says that it is from before the day from which on one reads."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a source."""

    url: str
    """Where it is asked: as configured, or where it has moved to."""
    known: Known = field(default_factory=Known)
    failures: int = 0
    """In a row."""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Deeper:
    """A sitemap that a sitemap leads to. It is asked again when it says that it has changed, or, if it never says, each time."""

    address: Address


Entry = Address | Path | Deeper
"""What a source may list."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item to be read."""

    number: int
    source: str
    url: str
    """Of a file, its path."""
    form: Form
    publisher: str | None
    tries: int
    """Times that it was taken before."""
    after: At | None
    """Of a file: up to where it is read."""
