"""What a check finds, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from whosays.errors import Misuse
from whosays.faces.config import Config


class State(StrEnum):
    """How it is."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    name: str
    state: State
    words: str
    advice: str | None = None
    """What to do, where it is bad."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined."""

    where: str
    """The ledger."""
    roster: Path
    """The user's own, which need not be there."""
    config: Config
    clock: Callable[[], datetime]
    fault: Misuse | None = None
    """What is wrong with the file of settings."""
    options: tuple[tuple[str, str], ...] = ()
    """Key and value of the settings that were given as options."""


def ok(name: str, words: str) -> Finding:
    """As it should be."""
    return Finding(name, State.OK, words)


def note(name: str, words: str) -> Finding:
    """Nothing to worry about, but worth knowing."""
    return Finding(name, State.NOTE, words)


def bad(name: str, words: str, advice: str) -> Finding:
    """Something has to be done."""
    return Finding(name, State.BAD, words, advice)
