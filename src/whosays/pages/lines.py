"""Plain text as lines and blocks, all by their place in the text, which may have any line ends (LF, CRLF, CR)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from whosays.nouns import Span
from whosays.settings import MAX_LINES

BULLETS = "•*·-–‣▪◦○●"
WIDEST_WRAPPED = 100
NARROWEST_WRAPPED = 45

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n|\r|\n")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it. `span` is without the space around it and without the bullet."""

    span: Span
    text: str
    indent: int
    """Columns before the bullet or, without one, before the first word."""
    bullet: bool
    gap: bool
    """Is there an empty line before it?"""


def split(text: str) -> list[Line]:
    """The lines that are not blank, up to the cap."""
    lines: list[Line] = []
    before = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        stripped = raw.strip()
        if not stripped:
            continue
        start = found.start() + raw.index(stripped[0])
        indent = len(raw[: start - found.start()].expandtabs(_TAB))
        bullet = len(stripped) > 2 and stripped[0] in BULLETS and stripped[1].isspace()
        words = stripped[1:].lstrip() if bullet else stripped
        start += len(stripped) - len(words)
        gap = len(_BREAK.findall(text, before, found.start())) > 1
        lines.append(Line(Span(start, start + len(words)), words, indent, bullet, gap))
        before = found.end()
        if len(lines) == MAX_LINES:
            break
    return lines


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Paragraphs: the lines between two blank lines if they are one hard-wrapped text, else each line by itself."""
    group: list[Line] = []
    for line in lines:
        if group and (line.gap or line.bullet):
            yield from _unwrap(group)
            group = []
        group.append(line)
    yield from _unwrap(group)


def span(block: Sequence[Line]) -> Span:
    """From the first to the last character of a block."""
    return Span(block[0].span.start, block[-1].span.end)


def ends_sentence(text: str) -> bool:
    """Does a text end as a sentence does?"""
    return bool(_ENDS_SENTENCE.search(text.rstrip()[-6:]))


def _unwrap(group: list[Line]) -> Iterator[list[Line]]:
    if _wrapped(group):
        yield group
    else:
        yield from ([line] for line in group)


def _wrapped(group: Sequence[Line]) -> bool:
    """Lines of like width that break within sentences are one paragraph. A line that goes on in lower case tells."""
    if len(group) < 2 or any(len(line.text) > WIDEST_WRAPPED for line in group):
        return False
    if min(len(line.text) for line in group[:-1]) < NARROWEST_WRAPPED:
        return False
    broken = [after.text[0].islower() for one, after in pairwise(group) if not ends_sentence(one.text)]
    return 2 * len(broken) >= len(group) - 1 and any(broken)
