"""What a document itself says about whom its words mean: its acronyms, and the country it speaks of.

Acronyms: `Popular Mobilization Forces (PMF)`, `SOHR (Syrian Observatory for Human Rights)`. Country: the last one named
in the sentence before the words; else the one that the document names at least twice as often as any other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whosays.text import fold

_AFTER = re.compile(
    r"\s{0,2}[(\[]\s?(?:(?:the|or|also known as|known as)\s)?[“\"']?([A-Z][\w.&-]{1,11}?)[”\"']?\s?[)\]]"
)
_BEFORE = re.compile(r"\b([A-Z][\w.&-]{1,11})\s{0,2}[(\[]\s?(?:the\s)?$")
_SENTENCE_END = re.compile(r"[.!?][”\"'’)]*\s+(?=[A-Z“\"])|\n")


def acronyms(text: str, start: int, end: int) -> Iterator[str]:
    """Acronyms that the text binds to the name at a range: in brackets after it, or before brackets around it."""
    after = _AFTER.match(text, end)
    if after and _is_acronym(after[1]):
        yield after[1]
    if text[end : end + 1] in (")", "]"):
        before = _BEFORE.search(text, max(0, start - 20), start)
        if before and _is_acronym(before[1]) and stands_for(before[1], text[start:end]):
            yield before[1]


def stands_for(acronym: str, name: str) -> bool:
    """Are the letters in the name in this order, the first at its beginning? Tells `SOHR (…)` from `BEIRUT (…)`."""
    letters, rest = fold(acronym), iter(fold(name))
    return fold(name).startswith(letters[:1]) and all(letter in rest for letter in letters)


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= 2 and word.replace(".", "").isalnum()


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries a document names: where, in order, and which most often first."""

    at: list[int]
    isos: list[str]
    ranked: list[tuple[str, int]]

    @classmethod
    def of(cls, sightings: Iterable[tuple[int, str]]) -> Countries:
        """From offsets and ISO codes."""
        ordered = sorted(sightings)
        isos = [iso for _, iso in ordered]
        return cls([at for at, _ in ordered], isos, Counter(isos).most_common())

    def meant(self, text: str, at: int) -> tuple[list[str], str | None]:
        """Countries that words at an offset may speak of, likeliest first, and why the first is it; None: not clear."""
        order = [iso for iso, _ in self.ranked]
        opens = max(0, at - _REACH)
        for end in _SENTENCE_END.finditer(text, opens, at + 1):
            opens = end.end()
        last = bisect_left(self.at, at) - 1
        if last >= 0 and self.at[last] >= opens:
            first = self.isos[last]
            return [first, *(iso for iso in order if iso != first)], "the country named before it in the sentence"
        if order and (len(order) == 1 or self.ranked[0][1] >= 2 * self.ranked[1][1]):
            return order, "the country the text speaks of most"
        return order, None


_REACH = 300
"""Characters before the words in which their sentence may begin."""
