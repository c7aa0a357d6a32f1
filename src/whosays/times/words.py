"""A text as a string of letters, one per word, each letter a word class that the grammar of times knows.

    on Wednesday , the army said it took 12 villages in early November
    o  W         , z   .    .    .  .    D  .        i  E     M

Over that string the grammar (`bare.py`, `phrases.py`) is a set of short regular expressions, and the cost is linear.
Whatever is no part of a time is `.` (a word) or `|` (other punctuation, a blank line), which no rule crosses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS, WEEKS, FORTNIGHTS, MONTHS, YEARS, DECADES, HOURS = range(7)
"""Values of the letter U."""
EARLY, MID, LATE, EARLIER, LATER = range(5)
"""Values of the letter E."""
PAST, NOW, FUTURE = range(3)
"""Values of the letter n."""


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel columns: letter, value, start and end of each word."""

    letters: str
    values: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def all(self, classes: str, start: int, end: int) -> list[int]:
        """Values of the words of some classes within a range of words."""
        return [self.values[index] for index in range(start, end) if self.letters[index] in classes]

    def first(self, classes: str, start: int, end: int) -> int | None:
        """The first of them."""
        return next(iter(self.all(classes, start, end)), None)


def read(text: str) -> Words:
    """The text's words as letters."""
    letters: list[str] = []
    values: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match[0]
        if kind == "word":
            letter, value = _VOCABULARY.get(token, _OTHER)
        elif kind == "mark":
            if token == "." and starts and letters[-1] in "mw" and ends[-1] == match.start():
                continue  # the full stop of `Nov.`
            letter, value = _MARKS.get(token, "|"), 0
        else:
            letter, value = _figure(kind or "", token)
        letters.append(letter)
        values.append(value)
        starts.append(match.start())
        ends.append(match.end())
    return Words("".join(letters), tuple(values), tuple(starts), tuple(ends))


_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<numeric>\d{4}-\d\d?-\d\d?(?![\d-])|\d\d?(?P<sep>[-/.])\d\d?(?P=sep)\d{4}(?![\d/-]))"
    r"|(?P<decade>[12]\d\d0s\b)"
    r"|(?P<ordinal>\d\d?(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?)"
    r"|(?P<blank>\n\s*\n)"
    r"|(?P<mark>\S)"
)
_MARKS = {**dict.fromkeys("-‐‑‒–—", "-"), ",": ",", "(": "(", ")": ")"}
_OTHER = (".", 0)


def _figure(kind: str, token: str) -> tuple[str, int]:
    if kind == "numeric":
        return _numeric(token)
    if kind == "decade":
        return "K", int(token[:4])
    if kind == "ordinal":
        return ("O", int(token[:-2])) if 1 <= int(token[:-2]) <= 31 else _OTHER
    return _number(token) if kind == "number" else ("|", 0)


def _number(token: str) -> tuple[str, int]:
    """D: could be a day of the month. Y: could be a year. N: another count, as `1,300`. Neither `10:30` nor `2.5`."""
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

_CLASSES = {
    "z": "the", "a": "a an", "f": "of", "&": "and", "B": "between", "F": "from", "S": "since", "G": "ago",
    "J": "same", "j": "that", "L": "last", "o": "on", "d": "at", "b": "by", "p": "before", "q": "after",
    "i": "in during within throughout", "v": "over for", "x": "next coming following", "R": "recent",
    "A": "past previous preceding", "H": "this current", "u": "until till", "t": "to through", "k": "so", "r": "far",
    "P": "morning afternoon evening night dawn dusk noon midday midnight daybreak", "V": "overnight", "e": "weekend",
    "h": "about around nearly almost roughly some approximately than least",
}  # fmt: skip
"""Words without a value, by class."""

_VALUES = {
    "W": "monday tuesday wednesday thursday friday saturday sunday",
    "w": "mon/ tue/tues wed/ thu/thur/thurs fri/ sat/ sun/",
    "M": "/ january february / april / june july august september october november december",
    "m": "/ jan feb mar/march apr may jun jul aug sep/sept oct nov dec",
    "N": "zero/no one two/couple three/few four/several five six seven eight nine ten eleven twelve/dozen thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "U": "day/days week/weeks fortnight/fortnights month/months year/years decade/decades hour/hours",
    "E": "early/beginning/start mid/middle late/end earlier later",
    "T": "yesterday today/tonight tomorrow",
    "s": "/ / / spring / / summer / / autumn / / winter",
    "l": "/ / / / / / / / / fall",
    "n": "recently/lately now/currently soon",
}
"""Words with a value: the place in the list. `N` goes on with the tens."""

_TENS = "thirty forty fifty sixty seventy eighty ninety"
_CAPITAL = "MmWw"
"""Classes that need a capital: `may`, `march`, `august`, `sun`, `sat` are words too. Full weekdays do without."""


def _spellings(word: str, letter: str) -> tuple[str, ...]:
    lower = () if letter in _CAPITAL and letter != "W" else (word,)
    return (*lower, word.capitalize(), word.upper())


def _vocabulary() -> dict[str, tuple[str, int]]:
    """Spelling, with its capitals, to class and value."""
    plain = [(word, letter, 0) for letter, words in _CLASSES.items() for word in words.split()]
    valued = [
        (word, letter, value)
        for letter, words in _VALUES.items()
        for value, spellings in enumerate(words.split())
        for word in spellings.split("/")
        if word
    ]
    tens = [(word, "N", value) for value, word in zip(range(30, 100, 10), _TENS.split(), strict=True)]
    found = {
        form: (letter, value) for word, letter, value in plain + valued + tens for form in _spellings(word, letter)
    }
    return {
        **found,
        **{form: ("T", value - 1) for form, (letter, value) in found.items() if letter == "T"},
        "A": _OTHER,
    }


_VOCABULARY = _vocabulary()
