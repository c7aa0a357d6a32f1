"""Quotations: what stands between quotation marks, straight or curly, over paragraphs, unbalanced.

Comes in: a text, the spans of its parts in page order. Goes out: spans of what is quoted, marks included, sorted.

A mark opens where a space or bracket stands before it and a word behind it, and closes the other way round; curly marks
say so themselves. A quotation that is still open at the end of its paragraph goes on in the next one if that opens with a
mark again (the convention of English newspapers); otherwise it ends with its paragraph: one odd mark never swallows a page.
Single marks count only when curly or doubled, since straight ones are apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whosays.nouns import Span

_MARK = re.compile('["“”„‟«»]+')
_OPENERS, _CLOSERS = "“„‟«", "”»"


def find(text: str, parts: Sequence[Span]) -> tuple[Span, ...]:
    """Quotations in these parts; one span per paragraph that a quotation runs through."""
    quotes: list[Span] = []
    for part in parts:
        start: int | None = None
        for mark in _MARK.finditer(text, part.start, part.end):
            opening = _opens(text, mark, part)
            if start is None and opening:
                start = mark.start()
            elif start is not None and not opening:
                quotes.append(Span(start, mark.end()))
                start = None
        if start is not None:
            quotes.append(Span(start, part.end))
    return tuple(quotes)


def continues(text: str, quote: Span, following: Span) -> bool:
    """Is `quote` left open at its end, so that a quotation which opens the next paragraph has the same speaker?"""
    return text[quote.end - 1 : quote.end] not in '"”»' and text[following.start : following.start + 1] in '"“„«'


def _opens(text: str, mark: re.Match[str], part: Span) -> bool:
    if mark.group()[0] in _OPENERS:
        return True
    if mark.group()[0] in _CLOSERS:
        return False
    before = text[mark.start() - 1] if mark.start() > part.start else " "
    after = text[mark.end()] if mark.end() < part.end else " "
    return (before.isspace() or before in "([–—-") and not after.isspace()
