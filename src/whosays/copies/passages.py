"""An article's own words, cut into passages: what is compared when articles are compared.

    wording(article) -> Wording

The words of paragraphs and captions, without the datelines that open them: a reprint often drops `BEIRUT (Reuters) –`.
Folded (case, accents and apostrophes do not count), each with its place in the article's text. A passage is a sentence,
by a rough rule that needs no model and is the same for both sides of a comparison: short ones (`U.S.`) join the next,
long ones are cut. Where the cuts fall depends on the nearest words alone, so that a cut or a longer text has the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from whosays.nouns import Article, PartKind, Span
from whosays.text import fold

SHORTEST, LONGEST = 8, 40
"""Words in a passage. Fewer are no passage of their own (unless the paragraph has no more); after so many comes a cut."""

LONGEST_QUOTE = 2000
"""Characters. A mark that is not closed within so many is not the start of a quotation."""

_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…]|\n")
_QUOTED = re.compile(rf"[\"“„«][^\"“”„«»]{{1,{LONGEST_QUOTE}}}[\"”»]|``.{{1,{LONGEST_QUOTE}}}?''", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an article in order, and what is known of each."""

    article: str
    """Its id."""
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Where each stands in the article's text."""
    quoted: tuple[bool, ...]
    """Does it stand between quotation marks?"""
    begins: tuple[int, ...]
    """Number of the first word of each passage."""
    code: str
    """The text as a string of one character for each word, so that what works on strings works on words."""

    def passages(self) -> Iterator[tuple[str, ...]]:
        """The words of each passage."""
        for start, end in pairwise((*self.begins, len(self.words))):
            yield self.words[start:end]

    def span(self, first: int, last: int) -> Span:
        """From the first word to the last, both included."""
        return Span(self.spans[first][0], self.spans[last][1])


def wording(article: Article) -> Wording:
    """The words of an article's paragraphs and captions. An article without any has none."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    quoted: list[bool] = []
    begins: list[int] = []
    for start, end in _stretches(article):
        quotes = [found.span() for found in _QUOTED.finditer(article.text, start, end)]
        first, before = len(words), start
        for found in _WORD.finditer(article.text, start, end):
            at, stop = found.span()
            if len(words) == first or _cut(len(words) - begins[-1], article.text[before:at]):
                begins.append(len(words))
            words.append(_folded(found[0]))
            spans.append((at, stop))
            while quotes and quotes[0][1] <= at:
                quotes.pop(0)
            quoted.append(bool(quotes) and quotes[0][0] < at)
            before = stop
    code = "".join(map(_character, words))
    return Wording(article.id, tuple(words), tuple(spans), tuple(quoted), tuple(begins), code)


def _stretches(article: Article) -> Iterator[tuple[int, int]]:
    """Where paragraphs and captions stand, datelines cut off."""
    datelines = article.spans(PartKind.DATELINE)
    for part in article.parts:
        if part.kind in (PartKind.PARAGRAPH, PartKind.CAPTION):
            opened = (line.end for line in datelines if part.span.holds(line))
            yield max(opened, default=part.span.start), part.span.end


def _cut(so_far: int, between: str) -> bool:
    """Does a passage of so many words end before the next word? `between`: what stands there."""
    return so_far >= LONGEST or (so_far >= SHORTEST and _END.search(between) is not None)


@lru_cache(maxsize=1 << 16)
def _character(word: str) -> str:
    """One of the million characters above the surrogates, by the word's checksum."""
    return chr(0x10000 + crc32(word.encode("utf-8", "surrogatepass")) % 0x100000)


_folded = lru_cache(maxsize=1 << 16)(fold)
