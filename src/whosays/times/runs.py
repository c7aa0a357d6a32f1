"""Which stretches of a text may hold a time: runs of words that the grammar knows, one of them a trigger.

Most words are no part of a time. A phrase of the grammar holds no other words than its own, save `since he fled two years ago`; so
only what this file points out is read word by word (words.py). Compared are plain words, figures all 0, that a text is cut into
at once; what passes too much, the grammar drops.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, repeat

from whosays.times import feasts
from whosays.times.words import TRIGGERS, VOCABULARY, Sense


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, with the word before and the word after it; in order."""
    words = text.encode("ascii", "replace").translate(_PLAIN).split(b" ")
    kinds = "".join(map(_KINDS.get, words, repeat(".")))
    ends = list(accumulate(map(len, words)))  # not counting the spaces
    for run in _RUN.finditer(kinds):
        first, last = max(0, run.start() - 1), min(run.end(), len(words) - 1)
        yield ends[first] - len(words[first]) + first, ends[last] + last


_PLAIN = bytes(
    ord("0") if char.isdecimal() else ord(char) if char.isalpha() else ord(" ") for char in map(chr, range(128))
).ljust(256)
"""Figures 0; all but letters and figures a space."""

_RUN = re.compile(r"(?:s.{0,30}?g|[ksgn]{0,20}(?:t|nn))[ksgnt]*")
"""Kinds of words: t trigger, n number (10:30 are two), s since, g ago, k known otherwise."""


def _kinds() -> dict[bytes, str]:
    """Plain word to kind. Between two marks stands an empty word; `m` ends `p.m.`; `this` is no time by itself."""
    hours = ("m", "M", "am", "pm", "AM", "PM", "Am", "Pm")
    days = ("st", "nd", "rd", "th", "a", "p", "A", "P", *hours)
    figures = ("0000", "0000s", "00s", *(size + end for size in ("0", "00") for end in days))
    kinds = dict.fromkeys(("", "p", "P", "s", *_cased(feasts.BESIDE)), "k")
    kinds |= {"0" * size: "n" for size in (1, 2, 3, 5, 6, 7)}
    kinds |= {word: _kind(*known) for word, known in VOCABULARY.items()}
    kinds |= dict.fromkeys((*_cased(feasts.TRIGGERS), *figures, *hours), "t")
    return {word.encode(): kind for word, kind in kinds.items()}


def _cased(words: Iterable[str]) -> Iterator[str]:
    return (form for word in words for form in (word, word.capitalize()))


def _kind(letter: str, value: int) -> str:
    if letter in TRIGGERS and (letter, value) != ("H", Sense.THIS):
        return "t"
    return "s" if letter in "Sq" else "g" if letter == "G" else "k"


_KINDS = _kinds()
