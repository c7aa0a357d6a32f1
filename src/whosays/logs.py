"""Structured logs: one event a line, with fields from a closed list. A leaf: imports no stage.

    start(Level.INFO, Format.JSON)                       once in a process, by its edge: the command line, a worker's first lines
    event(log, Level.INFO, "page", outcome="new", ms=412.0)

JSON lines for programs: `{"time": …, "level": …, "event": …, …fields}`; for people the same as `12:03:04 info page outcome=new ms=412.0`.
Both go to standard error. Where nobody has called `start`, nothing is printed below warnings.

What must not get into a log cannot: `Fields` is all that can be said, and mypy holds every caller to it. It has no room for texts, names of
people, addresses of pages, queries or tokens. An exception is told by its type and the lines of code that it came through; its message,
which may quote a page, only at level debug. Passwords are taken out of addresses of databases (`without_password`).
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import TextIO, TypedDict, Unpack

FOREIGN = ("uvicorn", "distributed")
"""Whose warnings are ours to show."""

_FIELDS = "whosays_fields"
_SECRET = re.compile(r"(?<=://)([^/@\s:]*):[^/\s]*@")
_PLAIN = re.compile(r"[\w./:{}+-]+")


class Level(StrEnum):
    """How much is told."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Format(StrEnum):
    """How it is told."""

    AUTO = "auto"
    """Text on a terminal, JSON elsewhere."""
    TEXT = "text"
    JSON = "json"


class Fields(TypedDict, total=False):
    """All that an event can say beside its name. Words are ours: reasons, outcomes, templates of paths."""

    method: str
    path: str
    """Of a request: the template of its route, `/place/{key:path}`, never what was asked for."""
    status: int
    ms: float
    outcome: str
    reason: str | None
    """None is left out."""
    pages: int
    new: int
    refused: int
    claims: int
    parts: int
    seconds: float
    code: int
    where: str
    """A ledger, without password; or a line of our code."""
    what: str
    """What is meant, of things that have a name of ours: a kind of source, a process."""
    tries: int


_NUMBERS = {Level.DEBUG: 10, Level.INFO: 20, Level.WARNING: 30, Level.ERROR: 40}


def start(level: Level, form: Format, *, stream: TextIO | None = None) -> None:
    """Have the events of this process told from now on, in place of how they were before. `stream`: standard error where none is given."""
    out = stream or sys.stderr
    json_lines = form is Format.JSON or (form is Format.AUTO and not out.isatty())
    handler = logging.StreamHandler(out)
    handler.setFormatter(Formatter(json_lines=json_lines, messages=level is Level.DEBUG))
    for name in ("whosays", *FOREIGN):
        log = logging.getLogger(name)
        log.handlers[:] = [handler]
        log.propagate = False
        log.setLevel(_NUMBERS[level] if name == "whosays" else max(_NUMBERS[level], logging.WARNING))


def event(
    log: logging.Logger, level: Level, name: str, error: BaseException | None = None, **fields: Unpack[Fields]
) -> None:
    """Tell one thing. `name`: one or two words. `error`: what went wrong."""
    number = _NUMBERS[level]
    if log.isEnabledFor(number):
        log.log(number, "%s", name, exc_info=error, extra={_FIELDS: fields})


def without_password(where: str) -> str:
    """The address of a database as it may be shown.

    >>> without_password("postgresql://anna:secret@db.example/ledger")
    'postgresql://anna:***@db.example/ledger'
    """
    return _SECRET.sub(r"\1:***@", where)


class Formatter(logging.Formatter):
    """The one form of our lines. `messages`: show what exceptions say too."""

    def __init__(self, *, json_lines: bool, messages: bool = False) -> None:
        super().__init__()
        self._json, self._messages = json_lines, messages

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = {key: _value(value) for key, value in self._fields(record).items() if value is not None}
        level, what = record.levelname.lower(), without_password(record.getMessage())
        at = datetime.fromtimestamp(record.created, UTC)
        if self._json:
            line = {"time": at.isoformat(timespec="milliseconds"), "level": level, "event": what, "log": record.name}
            return json.dumps(line | told)
        words = " ".join(f"{key}={_quoted(value)}" for key, value in told.items())
        return f"{at.astimezone():%H:%M:%S} {level} {' '.join(what.split())} {words}".rstrip()

    def _fields(self, record: logging.LogRecord) -> Mapping[str, object]:
        found = dict(getattr(record, _FIELDS, {}))
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, trace = record.exc_info
            found |= {"error": kind.__name__, "trace": _lines(trace)}
            if self._messages:
                found["message"] = str(error)
        return found


def _lines(trace: TracebackType | None) -> str:
    """Where an exception came through, the innermost last."""
    frames = traceback.extract_tb(trace)[-12:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))


def _value(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    return value if isinstance(value, int) else without_password(str(value))


def _quoted(value: object) -> str:
    """A value that is one word as it is, any other as JSON: so no value can look like another field, or a line."""
    words = str(value)
    return words if _PLAIN.fullmatch(words) else json.dumps(words)
