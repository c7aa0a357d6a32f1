"""A tree of reader comments printed as text: an author after a bullet, the words below him, replies deeper still.

      • Ed L

        The First World War …

        • JakeXIII

          The Sykes-Picot Treaty …

A bullet opens a comment only if something deeper follows it, and the author looks like one. So lists in the article,
and lists within a comment, stay text. The tree runs to the end of the page, or to the first line left of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from whosays.nouns import Comment, Span
from whosays.pages import dates
from whosays.pages.lines import Line
from whosays.settings import MAX_COMMENTS

LONGEST_AUTHOR = 80
LONGEST_WHEN = 80
"""Of what follows the author: `• 12 minutes ago`."""

_WHEN = re.compile(
    r"\s*[•·|,–—-]?\s*(?:\(?\d+ (?:second|minute|hour|day|week|month|year)s? ago\)?|says:?|said:?|wrote:?)\s*$"
)
_SEPARATOR = re.compile(r"\s+[•·|–—-]\s+|\s+(?:on|at)\s+|\s*\(|,\s+(?=\w+ \d)")


@dataclass(slots=True)
class _Open:
    """A comment whose end has not been seen."""

    indent: int
    head: Line
    body: list[Line]
    parent: int | None
    depth: int


def find(text: str, lines: Sequence[Line]) -> tuple[tuple[Comment, ...], int, int]:
    """The comments of a page, and the half-open range of lines that they take (empty, at the end, for none)."""
    first = next((index for index in range(len(lines)) if _opens(lines, index)), len(lines))
    last, found = _walk(lines, first)
    comments = tuple(_comment(text, number, one) for number, one in enumerate(found))
    return comments, first, last


def _opens(lines: Sequence[Line], index: int) -> bool:
    """Is this line the author of a comment?"""
    head = lines[index]
    if not head.bullet or index + 1 == len(lines) or not _is_author(head.text):
        return False
    return lines[index + 1].indent > head.indent


def _is_author(words: str) -> bool:
    if len(words) > LONGEST_AUTHOR + LONGEST_WHEN:
        return False
    name = _WHEN.sub("", words)
    return (
        len(name) <= LONGEST_AUTHOR
        and len(name.split()) <= 12
        and not re.search(r"(?<!\b[A-Z])[.!?;]$|[,;] [a-z]", name)
    )


def _walk(lines: Sequence[Line], first: int) -> tuple[int, list[_Open]]:
    found: list[_Open] = []
    path: list[int] = []
    index = first
    while index < len(lines) and len(found) < MAX_COMMENTS:
        line = lines[index]
        if line.indent < lines[first].indent or (line.indent == lines[first].indent and not line.bullet):
            break
        if _opens(lines, index):
            while path and found[path[-1]].indent >= line.indent:
                path.pop()
            found.append(_Open(line.indent, line, [], path[-1] if path else None, len(path)))
            path.append(len(found) - 1)
        else:
            while len(path) > 1 and found[path[-1]].indent >= line.indent:
                path.pop()
            found[path[-1]].body.append(line)
        index += 1
    return index, found


def _comment(text: str, number: int, one: _Open) -> Comment:
    author, at = _author(one.head.text)
    body = [line for line in one.body if line.span.start >= one.head.span.end]
    span = Span(body[0].span.start, body[-1].span.end) if body else Span(one.head.span.end, one.head.span.end)
    parent = None if one.parent is None else f"k{one.parent + 1}"
    return Comment(f"k{number + 1}", author, _dedented(text, body), span, parent, one.depth, at)


def _dedented(text: str, body: Sequence[Line]) -> str:
    """The words as the reader wrote them: the tree's indentation gone, line ends and empty lines kept."""
    pieces: list[str] = []
    for line in body:
        if pieces:
            pieces.append("\n\n" if line.gap else "\n")
        bullet = text[line.span.start - 2 : line.span.start] if line.bullet else ""
        pieces.append(bullet + line.text)
    return "".join(pieces)


def _author(words: str) -> tuple[str | None, datetime | None]:
    """`Tado • November 8, 2017 at 3:12 pm GMT`: the name, and the time if it can be read."""
    words = _WHEN.sub("", words)
    for mark in _SEPARATOR.finditer(words):
        moment = dates.line(words[mark.end() :].rstrip(")"))
        if moment:
            return words[: mark.start()].strip() or None, moment.at
    return words.strip() or None, None
