"""Which stretches of a text may hold a time: runs of words that the grammar knows, one of them a trigger.

Most words are no part of a time, and a phrase of the grammar holds none but words of its own, save `since he fled two years ago`. So
only the runs are read word by word (words.py). They are found among plain words, figures all 0, into which the text is cut at
once, without patterns. Too much may be a run, as the grammar decides; nothing that it takes may lie outside (test_runs.py).
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
    """Plain word to kind; the later count. Between two marks stands an empty word. `this` is no time by itself."""
    hours = [form for end in ("m", "am", "pm") for form in (end, end.upper(), end.capitalize())]  # `5 p.m.` ends in m
    endings = ("st", "nd", "rd", "th", "a", "p", "A", "P", *hours)
    figures = ("0000", "0000s", "00s", *(day + end for day in ("0", "00") for end in endings))
    kinds = dict.fromkeys(("", "p", "P", "s", *_cased(feasts.BESIDE)), "k")
    kinds |= {"0" * size: "n" for size in range(1, 8)}
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
