"""What a terminal may be sent, and how it is laid out: cleaning, measuring, wrapping, marking.

Page text is written by strangers. A page that spells an escape sequence, a C1 control or a bidirectional override could
recolour, retitle or reorder what an analyst sees, so everything printed passes `safe`, and JSON passes `safe_json`.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator

import click

from whosays.faces.safe import JOINERS, safe

MAX_WIDTH = 100
"""Columns. Longer lines are hard to read; a wider terminal leaves the rest empty."""

__all__ = ["CLOSE", "MAX_WIDTH", "OPEN", "cells", "clip", "heading", "layout", "pad", "safe", "safe_json", "width"]

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks around words to be stressed: `safe` lets none in from outside, `layout` turns them into brackets."""

_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def safe_json(data: bytes) -> str:
    """JSON with what a terminal acts upon spelt as `\\u202e`: the same JSON to a program.

    C0 controls are spelt so already."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", data.decode("utf-8"))


def width() -> int:
    """Columns to fill: of the terminal (or COLUMNS), 80 where there is none, at most MAX_WIDTH, at least 40."""
    return max(40, min(MAX_WIDTH, shutil.get_terminal_size((80, 24)).columns))


def cells(text: str) -> int:
    """Columns that a text takes: none for combining marks, two for wide East Asian characters."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or character in JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text, cut or filled with spaces to exactly so many columns."""
    text = clip(text, columns)
    return text + " " * (columns - cells(text))


def clip(text: str, columns: int) -> str:
    """The text, cut to so many columns; an ellipsis tells that it was cut."""
    if cells(text) <= columns:
        return text
    if columns < 1:
        return ""
    kept, used = [], 1
    for character in text:
        used += _cells(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def heading(text: str) -> str:
    """A line that stands out, cut to the terminal."""
    return click.style(clip(safe(text), width()), bold=True)


def layout(text: str, *, label: str = "", indent: int = 0, colour: str | None = None, dim: bool = False) -> str:
    """A paragraph that hangs beside its label, wrapped to the terminal, styled line by line; no trailing line feed.

    The text must be safe. Words between OPEN and CLOSE come out in brackets, and in colour where there is colour."""
    marked = False
    done = []
    for number, line in enumerate(_wrapped(text, width() - indent) or [""]):
        margin = pad(label if number == 0 else "", indent)
        styled, marked = _marks(line, marked) if OPEN in text else (line, False)
        done.append(_styled(margin, bold=bool(label)) + _styled(styled, fg=colour, dim=dim))
    return "\n".join(done)


def _styled(text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
    return (
        click.style(text, fg=fg, bold=bold or None, dim=dim or None) if text.strip() and (fg or bold or dim) else text
    )


def _marks(line: str, marked: bool) -> tuple[str, bool]:
    """A line with its marks drawn; `marked` tells whether one is open from the line before, and then after."""
    drawn = []
    for piece in re.split(f"([{OPEN}{CLOSE}])", line):
        if piece in (OPEN, CLOSE):
            marked = piece == OPEN
            piece = "[" if marked else "]"
            drawn.append(click.style(piece, fg="yellow", bold=True))
        elif piece:
            drawn.append(click.style(piece, fg="yellow") if marked else piece)
    return "".join(drawn), marked


def _wrapped(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken at spaces, or within a word that is longer than a line."""
    lines: list[str] = []
    line, used = "", 0
    for word in _words(text, columns):
        needed = cells(word)
        if line and used + 1 + needed > columns:
            lines.append(line)
            line, used = word, needed
        else:
            line, used = (f"{line} {word}", used + 1 + needed) if line else (word, needed)
    return [*lines, line] if line else lines


def _words(text: str, columns: int) -> Iterator[str]:
    for word in text.split():
        while cells(word) > columns:
            head = clip(word, columns)[:-1]
            yield head
            word = word[len(head) :]
        yield word
