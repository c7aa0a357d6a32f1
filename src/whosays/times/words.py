"""A text as a string of letters, one per word, each letter a word class that the grammar of times knows.

    on Wednesday , the army said it took 12 villages in early November
    o  W         , z   .    .    .  .    D  .        i  E     M

Over that string the grammar (`grammar.py`) is a set of short regular expressions, and the cost is linear. Whatever is no
part of a time is `.` (a word) or `|` (other punctuation, a blank line), which no rule crosses. The words with their
classes are in words.yml; the classes of figures are

    D could be a day of the month     O 3rd, 20th               @ a time of day: minutes
    Y could be a year                 K 1990s, '80s: its first  c a feast: place in feasts.NAMES
    N another count                   Q C a date in figures     ½ 1/2    ' the possessive s
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import yaml

from whosays.times import feasts

TRIGGERS = "WMmwUüPTVsenñcYQCK@!>HλA%"
"""Classes of words of which every phrase of the grammar has one."""


class Unit(IntEnum):
    """Values of the letters U, ü and !."""

    SECOND, MINUTE, HOUR, DAY, WEEK, FORTNIGHT, MONTH, QUARTER, YEAR, DECADE, CENTURY = range(11)


class Edge(IntEnum):
    """Values of the letter E."""

    EARLY, MID, LATE, EARLIER, LATER = range(5)


class Hour(IntEnum):
    """Values of the letter P."""

    MORNING, NOON, AFTERNOON, EVENING, NIGHT, MIDNIGHT = range(6)


class Sense(IntEnum):
    """Values of the letters n, H, R, A and x."""

    PAST, NOW, FUTURE, THIS, CURRENT, RECENT, LATEST, BEFORE, NEXT, FOLLOWING = range(10)


class Words(NamedTuple):
    """One letter for each word. Values and offsets, which few words need, are worked out on demand."""

    letters: str
    words: list[str]
    bounds: list[int]
    """Where the stretch begins, and start and end of each word in turn."""

    def start(self, index: int) -> int:
        return self.bounds[2 * index + 1]

    def end(self, index: int) -> int:
        return self.bounds[2 * index + 2]

    def value(self, index: int) -> int:
        return _CLASSES[self.words[index]][1]

    def all(self, classes: str, start: int, end: int) -> list[int]:
        """Values of the words of some classes within a range of words."""
        return [self.value(index) for index in range(start, end) if self.letters[index] in classes]

    def first(self, classes: str, start: int, end: int) -> int | None:
        """The first of them."""
        for index in range(start, end):
            if self.letters[index] in classes:
                return self.value(index)
        return None

    def unit(self, start: int, end: int) -> Unit:
        """The first unit of time within a range that has one."""
        return Unit(self.first("Uü", start, end) or 0)


def read(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of a stretch of text as letters."""
    pieces = _TOKEN.split(text[start:end])  # gap, word, gap … gap
    words = pieces[1::2]
    letters = "".join(map(itemgetter(0), map(_CLASSES.__getitem__, words)))
    return Words(letters, words, list(accumulate(map(len, pieces), initial=start)))


_MARKS = {**dict.fromkeys("-‐‑‒–—", "-"), ",": ",", "(": "(", ")": ")"}
_OTHER = (".", 0)


def _feast(token: str) -> tuple[str, int]:
    return "c", feasts.which(token)


def _word(token: str) -> tuple[str, int]:
    return VOCABULARY.get(token, _OTHER)


def _ordinal(token: str) -> tuple[str, int]:
    return ("O", int(token[:-2])) if 1 <= int(token[:-2]) <= 31 else _OTHER


def _decade(token: str) -> tuple[str, int]:
    return "K", int(token[:4]) if token[0].isdecimal() else 1900 + int(token[1:3])


def _clock(token: str) -> tuple[str, int]:
    """Minutes since midnight, of `5 p.m.`, `10:30`, `0600 GMT`."""
    hour, minute = (*(int(part) for part in re.findall(r"\d\d?(?=\d\d\b)|\d\d?", token)), 0)[:2]
    if token[-1] in "mM." and hour <= 12:
        hour = hour % 12 + (12 if "p" in token.lower() else 0)
    return ("@", hour * 60 + minute) if hour < 24 else _OTHER


def _number(token: str) -> tuple[str, int]:
    """A count. Neither `10:30` nor `2.5`."""
    plain = token.replace(",", "")
    if not plain.isdecimal() or len(plain) > 7:
        return _OTHER
    value = int(plain)
    if len(token) <= 2 and 1 <= value <= 31:
        return "D", value
    return ("Y", value) if len(token) == 4 and 1600 <= value <= 2100 else ("N", value)


def _numeric(token: str) -> tuple[str, int]:
    """Q: a date in figures, as the number yyyymmdd. C: one that can be read day first (its value) or month first."""
    one, two, three = (int(part) for part in re.split(r"[-/.]", token))
    if one > 31:
        return "Q", one * 10000 + two * 100 + three
    day, month = (two, one) if two > 12 else (one, two)
    return "C" if one != two and one <= 12 and two <= 12 else "Q", three * 10000 + month * 100 + day


# --------------------------------------------------------------------------------------------------------- vocabulary

_NAMES: dict[str, type[IntEnum]] = {
    "U": Unit,
    "ü": Unit,
    "!": Unit,
    "E": Edge,
    "P": Hour,
    **dict.fromkeys("nHRAx", Sense),
}
_CAPITAL = "MmwW"
"""Classes that need a capital: `may`, `march`, `august`, `sun`, `sat` are words too. Full weekdays do without."""


def _spellings(word: str, letter: str) -> tuple[str, ...]:
    lower = () if letter in _CAPITAL and letter != "W" else (word,)
    return (*lower, word.capitalize(), word.upper()) if word.islower() else (word,)


def _vocabulary() -> dict[str, tuple[str, int]]:
    """Spelling, with its capitals, to class and value."""
    lists = yaml.load(Path(__file__).with_name("words.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    entries = [(word, letter, 0) for letter, words in lists["plain"].items() for word in words.split()]
    for letter, values in lists["valued"].items():
        for name, words in values.items():
            value = name if isinstance(name, int) else int(_NAMES[letter][name])
            entries += [(word, letter, value) for word in words.split()]
    return {form: (letter, value) for word, letter, value in entries for form in _spellings(word, letter)}


VOCABULARY = _vocabulary()
"""Spelling → class and value."""


# -------------------------------------------------------------------------------------------------------------- tokens

_SHORT = "".join(rf"(?<!\b{form})" for form, (letter, _) in VOCABULARY.items() if letter in "mw")

_FORMS: dict[str, Callable[[str], tuple[str, int]]] = {
    rf"(?=[{feasts.INITIALS}])(?<!\w)(?:{feasts.WORDS})(?!\w)": _feast,
    rf"\b(?:{feasts.NAMESAKES})": lambda _: _OTHER,
    r"[^\W\d_]+": _word,
    r"\d{4}-\d\d?-\d\d?(?![\d-])|\d\d?(?:-\d\d?-|/\d\d?/|\.\d\d?\.)\d{4}(?![\d/-])": _numeric,
    r"\d\d?(?:[:.][0-5]\d)?[ \n]?[aApP]\.?[mM]\b\.?|[0-2]?\d:[0-5]\d(?!:?\d)|[0-2]\d[0-5]\d[ ]?(?:GMT|UTC)\b": _clock,
    r"1/2\b": lambda _: ("½", 0),
    r"[12]\d\d0s\b|['’][2-9]0s\b": _decade,
    r"\d\d?(?:st|nd|rd|th)\b": _ordinal,
    r"\d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?": _number,
    r"\n\s*\n": lambda _: ("|", 0),
    r"['’]s\b": lambda _: ("'", 0),
    rf"[^\s.]|{_SHORT}\.": lambda token: (_MARKS.get(token, "|"), 0),
}
"""How words are spelt, the first that fits, and what makes classes of them. The full stop of `Nov.` is no word."""
_TOKEN = re.compile(rf"([a-z]+(?![^\W\d_])|(?=\S|\n)(?:{'|'.join(_FORMS)}))")
_SPELT = re.compile("|".join(f"({form})" for form in _FORMS))
_READERS = tuple(_FORMS.values())


class _Classes(dict[str, tuple[str, int]]):
    """Word → class and value. News repeats its words, so most are remembered; forgets all when it is full."""

    def __missing__(self, word: str) -> tuple[str, int]:
        spelt = _SPELT.fullmatch(word)
        found = _READERS[spelt.lastindex - 1](word) if spelt and spelt.lastindex else _OTHER
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(word) <= _WORD:
            self[word] = found
        return found


_REMEMBERED, _WORD = 20_000, 40
_CLASSES = _Classes()
