"""Sentences of the parts from which claims may be taken, by rule.

Comes in: a text, the span of a part, the pack's abbreviations. Goes out: spans that tile the part, whitespace at the ends
left out. A sentence ends at . ! ? … (with closing quotes and brackets) before an upper-case letter, a digit, an opening
quote or the end, unless an abbreviation, an initial or a number stands before it. Lines end sentences too when the next
line opens like a sentence: crawled text often has one paragraph per line. Linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whosays.nouns import Span
from whosays.text import trim

_END = re.compile(r"(?<![.!?…؟])[.!?…؟]++[\"'”’»)\]]*+(?=\s)|\n\s*(?=\S)")
_OPENS = re.compile(r"[\s\"'“‘«(\[•–—-]*[^\W_a-z]")


def split(text: str, part: Span, *, abbreviations: frozenset[str]) -> Iterator[Span]:
    """Spans of the sentences in a part."""
    start = part.start
    for match in _END.finditer(text, part.start, part.end):
        if _OPENS.match(text, match.end(), part.end) and not _abbreviated(text, start, match, abbreviations):
            span = Span(*trim(text, start, match.end()))
            if span.start < span.end:
                yield span
            start = match.end()
    span = Span(*trim(text, start, part.end))
    if span.start < span.end:
        yield span


def _abbreviated(text: str, start: int, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Does the full stop belong to the word before it: `Lt.`, `U.S.`, `J.`?"""
    if match.group() != ".":
        return False
    left = text[max(start, match.start() - 16) : match.start()]
    word = re.split(r"[\s(\"“'‘-]", left)[-1]
    return (
        word.lower() in abbreviations
        or (len(word) == 1 and word.isupper())
        or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word))
    )
