"""A text as a string of letters, one per word, each letter a word class that the grammar of times knows.

    on Wednesday , the army said it took 12 villages in early November
    o  W         , z   .    .    .  .    D  .        i  E     M

Over that string the grammar (`grammar.py`) is a handful of short regular expressions, and the cost is linear in the text.
Whatever is no part of a time is `.` (a word) or `|` (other punctuation, a blank line), which no rule crosses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAYS, WEEKS, FORTNIGHTS, MONTHS_, YEARS, DECADES, HOURS = range(7)
"""Values of the letter U."""
EARLY, MID, LATE, EARLIER, LATER = range(5)
"""Values of the letter E."""
YESTERDAY, TODAY, TOMORROW = -1, 0, 1
PAST, NOW, FUTURE = -1, 0, 1
"""Values of the letter n: recently, now, soon."""


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel columns: letter, value and place of each word."""

    letters: str
    values: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def first(self, classes: str, start: int, end: int) -> int | None:
        """Value of the first word of one of some classes within a range of words."""
        for index in range(start, end):
            if self.letters[index] in classes:
                return self.values[index]
        return None

    def all(self, classes: str, start: int, end: int) -> list[int]:
        """Values of all words of some classes within a range of words."""
        return [self.values[index] for index in range(start, end) if self.letters[index] in classes]


_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {
    **{"day": DAYS, "week": WEEKS, "fortnight": FORTNIGHTS, "month": MONTHS_, "year": YEARS, "decade": DECADES},
    "hour": HOURS,
}

_CLASSES: dict[str, tuple[str, int]] = {
    **{name: ("W", value) for value, name in enumerate(WEEKDAYS)},
    **{name: ("M", value) for value, name in enumerate(MONTHS, 1)},
    "march": ("m", 3),
    "may": ("m", 5),
    **{name: ("N", value) for value, name in enumerate(_NUMBERS.split())},
    **{name: ("N", value) for value, name in zip(_TENS.split(), range(20, 100, 10), strict=True)},
    **{name: ("N", value) for name, value in (("couple", 2), ("few", 3), ("several", 4), ("dozen", 12), ("half", 1))},
    **{name: ("U", value) for name, value in _UNITS.items()},
    **{name + "s": ("U", value) for name, value in _UNITS.items()},
    "weekend": ("e", 0),
    **{name: ("P", 0) for name in "morning afternoon evening night dawn dusk noon midday midnight daybreak".split()},
    "yesterday": ("T", YESTERDAY),
    "today": ("T", TODAY),
    "tonight": ("T", TODAY),
    "tomorrow": ("T", TOMORROW),
    "overnight": ("V", 0),
    **{name: ("s", value) for name, value in (("spring", 3), ("summer", 6), ("autumn", 9), ("winter", 12))},
    "fall": ("l", 9),
    **{name: ("E", EARLY) for name in ("early", "beginning", "start")},
    **{name: ("E", MID) for name in ("mid", "middle")},
    **{name: ("E", LATE) for name in ("late", "end")},
    "earlier": ("E", EARLIER),
    "later": ("E", LATER),
    **{name: ("n", PAST) for name in ("recently", "lately")},
    **{name: ("n", NOW) for name in ("now", "currently")},
    "soon": ("n", FUTURE),
    **{name: ("h", 0) for name in "about around nearly almost roughly some approximately".split()},
    **{name: ("i", 0) for name in "in during within throughout".split()},
    **{name: ("v", 0) for name in ("over", "for")},
    **{name: ("x", 0) for name in ("next", "coming", "following")},
    "before": ("p", 0),
    "after": ("q", 0),
    **{name: ("A", 0) for name in ("past", "previous", "preceding")},
    **{name: ("H", 0) for name in ("this", "current")},
    **{name: ("u", 0) for name in ("until", "till")},
    **{name: ("t", 0) for name in ("to", "through")},
    **{name: ("a", 1) for name in ("a", "an")},
    "recent": ("R", 0),
    **dict(
        zip(
            "the of and between from since ago same that last on at by".split(),
            [(letter, 0) for letter in "zf&BFSGJjLodb"],
            strict=True,
        )
    ),
}
_ABBREVIATED = {
    **{name[:3]: ("m", value) for value, name in enumerate(MONTHS, 1)},
    "sept": ("m", 9),
    **{name[:3]: ("w", value) for value, name in enumerate(WEEKDAYS)},
    **{name: ("w", value) for name, value in (("tues", 1), ("thur", 3), ("thurs", 3))},
}
"""Read with or without a full stop, never in lower case: `sun`, `sat`, `mar`, `dec` are words or parts of names."""

_CAPITALISED = "Mm"
"""Classes read as times only with a capital: `may`, `march`, `august` are words too."""

_TOKEN = re.compile(
    r"(?P<numeric>\d{4}-\d\d?-\d\d?(?![\d-])|\d\d?/\d\d?/\d{4}(?![\d/])|\d\d?-\d\d?-\d{4}(?![\d-])|\d\d?\.\d\d?\.\d{4}(?!\d))"
    r"|(?P<decade>[12]\d\d0s\b)"
    r"|(?P<ordinal>\d\d?(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,:]\d+)*%?)"
    r"|(?P<sofar>so far)\b"
    r"|(?P<hedge>(?:more|less|fewer) than|at least|up to)\b"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[-‐‑–—,()])"
    r"|(?P<blank>\n\s*\n)"
    r"|(?P<other>[^\s])",
    re.IGNORECASE,
)
_MARKS = {**dict.fromkeys("-‐‑–—", "-"), ",": ",", "(": "(", ")": ")"}


def read(text: str) -> Words:
    """The text's words as letters; see above."""
    letters, values, starts, ends = [], [], [], []
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if kind == "word":
            letter, value = _word(token)
        elif token == "." and starts and letters[-1] in "mw" and ends[-1] == match.start():
            continue  # the full stop of `Nov.`
        else:
            letter, value = _LETTERS[kind or "other"](token)
        letters.append(letter)
        values.append(value)
        starts.append(match.start())
        ends.append(match.end())
    return Words("".join(letters), tuple(values), tuple(starts), tuple(ends))


def _word(token: str) -> tuple[str, int]:
    known = _CLASSES.get(token.lower(), _OTHER)
    if known is _OTHER and len(token) <= 6 and token[0].isupper():
        return _ABBREVIATED.get(token.lower(), _OTHER)
    return _OTHER if known[0] in _CAPITALISED and not token[0].isupper() else known


def _number(token: str) -> tuple[str, int]:
    """D: could be a day of the month. Y: could be a year. N: a count, as is `1,300`; neither a clock time nor a decimal."""
    if not token.isdecimal():
        plain = token.replace(",", "")
        return ("N", int(plain)) if plain.isdecimal() and len(plain) < 8 else _OTHER
    value = int(token) if len(token) < 8 else 0
    if len(token) <= 2 and 1 <= value <= 31:
        return "D", value
    return ("Y", value) if len(token) == 4 and 1600 <= value <= 2100 else ("N", value)


def _numeric(token: str) -> tuple[str, int]:
    """Q: a date in figures, its value the number yyyymmdd. C: one that can be read day first (its value) or month first."""
    one, two, three = (int(part) for part in re.split(r"[-/.]", token))
    if one > 31:
        return "Q", one * 10000 + two * 100 + three
    day, month = (two, one) if two > 12 else (one, two)
    return "C" if one != two and one <= 12 and two <= 12 else "Q", three * 10000 + month * 100 + day


def _ordinal(token: str) -> tuple[str, int]:
    value = int(token[:-2])
    return ("O", value) if 1 <= value <= 31 else _OTHER


_OTHER = (".", 0)
_LETTERS = {
    "numeric": _numeric,
    "decade": lambda token: ("K", int(token[:4])),
    "ordinal": _ordinal,
    "number": _number,
    "sofar": lambda token: ("n", PAST),
    "hedge": lambda token: ("h", 0),
    "mark": lambda token: (_MARKS[token], 0),
    "blank": lambda token: ("|", 0),
    "other": lambda token: ("|", 0),
}
