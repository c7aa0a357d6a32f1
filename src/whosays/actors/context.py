"""What a document itself says about whom its words mean: its acronyms, and the country it speaks of.

Acronyms: `Popular Mobilization Forces (PMF)`, `SOHR (Syrian Observatory for Human Rights)`. Country: the last one named in
the sentence before the words; else the one that the document names at least twice as often as any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_AFTER = re.compile(
    r"\s{0,2}[(\[]\s?(?:(?:the|or|also known as|known as)\s)?[“\"']?([A-Z][\w.&-]{1,11}?)[”\"']?\s?[)\]]"
)
_BEFORE = re.compile(r"\b([A-Z][\w.&-]{1,11})\s{0,2}[(\[]\s?(?:the\s)?$")
_SENTENCE_END = re.compile(r"[.!?][”\"'’)]*\s+(?=[A-Z“\"])|\n")


def acronyms(text: str, start: int, end: int) -> Iterator[str]:
    """The acronyms that the text binds to the name at a range: in brackets after it, or before the brackets it stands in."""
    after = _AFTER.match(text, end)
    if after and _is_acronym(after[1]):
        yield after[1]
    if text[end : end + 1] in (")", "]") and text[:start].rstrip().endswith(("(", "[", "the")):
        before = _BEFORE.search(text, max(0, start - 20), start)
        if before and _is_acronym(before[1]):
            yield before[1]


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= 2 and word.replace(".", "").isalnum()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A country named at an offset."""

    at: int
    iso: str


def countries(text: str, at: int, seen: Sequence[Sighting]) -> tuple[list[str], str | None]:
    """Countries that words at an offset may speak of, likeliest first, and why the first is it; None: it is not clear."""
    opens = at - _REACH
    for end in _SENTENCE_END.finditer(text, max(0, opens), at):
        opens = end.end()
    in_sentence = [sighting.iso for sighting in seen if opens <= sighting.at < at]
    ranked = Counter(sighting.iso for sighting in seen).most_common()
    order = [iso for iso, _ in ranked]
    if in_sentence:
        first = in_sentence[-1]
        return [first, *(iso for iso in order if iso != first)], "the country named before it in the sentence"
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return order, "the country the text speaks of most"
    return order, None


_REACH = 300
"""Characters before the words in which their sentence may begin."""
