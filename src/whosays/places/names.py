"""Finds the names of the gazetteer in sentences: the longest at each place, left to right.

A name starts and ends with a capital word (`al-` before and `camp` behind may be small) and may have small words
within: `Deir ez-Zor`, `Ras al-Ain`, `Mocímboa da Praia`. A possessive 's ends it. Words are read once, and only a word
that can start a name costs a look-up in the trie, so the time grows with the length of the text. Whether a name is a
place: mentions.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whosays.nouns import Span
from whosays.places import vocabulary as known
from whosays.places.gazetteer import Gazetteer
from whosays.text import APOSTROPHES, fold

WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}\.|[^\W_]+(?:['’‘`´][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s$", re.I)
CONTRACTION = re.compile(r"['’](?:ve|re|ll|m|d|t)$", re.I)
HYPHENS = frozenset("-‐‑")
JOINS = frozenset({" ", "\u00a0", *HYPHENS, *(f"-{sign}" for sign in APOSTROPHES)})
SHORTENED = frozenset({"st", "ste", "mt", "ft", "pt"})
"""Words that may have a full stop inside a name: `St. Louis`."""

LONGEST = 7
"""Words in a name, at most."""
SHORT = 5
"""Letters of a small word inside a name, at most, kinds of place aside: `of`, `ez`, `della`. A longer one ends it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word by its letters, wherever it stands."""

    raw: str
    folded: str
    bare: str
    """Folded without a possessive 's."""
    capital: bool
    opens: bool
    """May a name start with it?"""
    goes_on: bool
    """May it stand inside a name?"""


@dataclass(frozen=True, slots=True)
class Match:
    """Words first to last (exclusive) of a line are a key of the gazetteer."""

    first: int
    last: int
    key: str
    rows: tuple[int, ...]
    """Empty: the reading says that this is a place, and the gazetteer does not know it."""
    given: bool = False
    """The reading says that this is a place."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its words, where each starts and ends, and the names found in it."""

    text: str
    words: tuple[Form, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    matches: tuple[Match, ...] = ()
    titled: bool = False
    """Set like a title, nearly every word in capitals: then capitals say nothing."""

    def joined(self, at: int, *, dots: bool = False) -> bool:
        """Does word `at` go on from the one before it, as in one name?"""
        gap = self.gap(at)
        return gap in JOINS or (gap == ". " and (dots or self.words[at - 1].folded in SHORTENED))

    def gap(self, at: int) -> str:
        """What stands between word `at` and the one before it."""
        return self.text[self.ends[at - 1] : self.starts[at]]


def line(text: str, span: Span, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Line:
    """A sentence read. `given`: by their start, spans that the reading takes for places."""
    spans = [found.span() for found in WORD.finditer(text, span.start, span.end)]
    words = tuple(form(text[start:end]) for start, end in spans)
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    long = [word.capital for word in words if len(word.raw) > 3]
    titled = len(long) > 3 and sum(long) >= 0.8 * len(long)
    found = Line(text, words, starts, ends)
    return Line(text, words, starts, ends, tuple(matches(found, gazetteer, given)), titled)


@functools.lru_cache(maxsize=50_000)
def form(raw: str) -> Form:
    plain = raw.isalpha()
    capital = not (raw[0].islower() or raw[0].isdigit()) and (plain or not CONTRACTION.search(raw))
    word = folded(raw)
    bare = folded(raw[:-2]) if POSSESSIVE.search(raw) else word
    opens = capital or word in known.ARTICLES
    return Form(raw, word, bare, capital, opens, capital or len(raw) <= SHORT or word in known.KINDS)


def folded(word: str) -> str:
    return fold(word.replace(".", ""))


def matches(line: Line, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Iterator[Match]:
    """The longest name at each place, left to right."""
    upto = 0
    for at, word in enumerate(line.words):
        if at < upto or not (word.opens or line.starts[at] in given):
            continue
        found = as_given(line, at, gazetteer, given) or longest(line, at, gazetteer)
        if found:
            yield found
            upto = found.last


def as_given(line: Line, at: int, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Match | None:
    """The span that the reading gives from here on, if the gazetteer has just this name."""
    words = line.words
    span = given.get(line.starts[at])
    if span is None or words[at].folded in known.NATIONALITIES:
        return None
    last = at
    while last + 1 < len(words) and line.ends[last + 1] <= span.end:
        last += 1
    name = [word.folded for word in words[at:last]] + [words[last].bare]
    short = line.text.endswith(", ", 0, span.start) or "." in span.of(line.text)
    for start in range(2 if name[0] in ("the", *known.ARTICLES) else 1):
        found = " ".join(name[start:])
        rows = (gazetteer.find(f",{found}") if short else ()) or gazetteer.find(found)
        if rows:
            return Match(at, last + 1, found, rows, given=True)
    return None


def longest(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest name that starts at a word, with the Arabic article that may stand before it."""
    words = line.words
    word = words[at]
    article = word.folded in known.ARTICLES and at + 1 < len(words) and line.joined(at + 1)
    if article and word.folded not in ("al", "el"):
        article = line.gap(at + 1)[0] in HYPHENS
    if not word.capital and not (article and words[at + 1].capital):
        return None
    found = abbreviation(line, at, gazetteer) or name_at(line, at, gazetteer)
    if found is None and article and (rest := name_at(line, at + 1, gazetteer)):
        found = Match(at, rest.last, rest.key, rest.rows)
    return found


def abbreviation(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """`Ala.` in `Mobile, Ala.`: read only after a comma and a capital word, or if it has dots within (`N.Y.`)."""
    word = line.words[at]
    dotted = "." in word.raw
    if not word.capital or not (dotted or word.raw.isupper() or line.text.startswith(".", line.ends[at])):
        return None
    if not dotted and not (at > 0 and line.words[at - 1].capital and line.gap(at) == ", "):
        return None
    key = f",{word.folded}"
    rows = gazetteer.find(key)
    return Match(at, at + 1, key, rows) if rows else None


def name_at(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest key that starts at a word; with and without a possessive 's, the larger place: `France’s`."""
    words, last = line.words, at
    while last + 1 < min(at + LONGEST, len(words)) and words[last + 1].goes_on and line.joined(last + 1):
        last += 1
    while last > at and not complete(line, at, last):
        last -= 1
    found: list[tuple[int, int, str]] = []
    for end in range(at, last + 1):
        if words[end].bare != words[end].folded:
            name = " ".join([word.folded for word in words[at:end]] + [words[end].bare])
            found += [(end, gazetteer.population(rows[0]), name) for rows in (gazetteer.find(name),) if rows]
    for name in keys(gazetteer, " ".join([word.folded for word in words[at : last + 1]])):
        end = at + name.count(" ")
        if end <= last and complete(line, at, end):
            found.append((end, gazetteer.population(gazetteer.find(name)[0]), name))
    found = [one for one in found if spelt(words[at], one[2], alone=one[0] == at)]
    if not found:
        return None
    end, _, name = max(found, key=lambda one: one[:2])
    return Match(at, end + 1, name, gazetteer.find(name))


@functools.lru_cache(maxsize=20_000)
def keys(gazetteer: Gazetteer, phrase: str) -> tuple[str, ...]:
    """The keys of whole words that a phrase starts with."""
    return tuple(name for name in gazetteer.starts(phrase) if phrase[len(name) : len(name) + 1] in ("", " "))


def complete(line: Line, first: int, last: int) -> bool:
    """Does a name end here? With a capital word, or a word such as `camp`."""
    word = line.words[last]
    return word.capital or (last > first and word.folded in known.KINDS)


def spelt(word: Form, name: str, *, alone: bool) -> bool:
    """Names of two letters are only read in capitals: `US`, never `Us`."""
    return not alone or len(name) > 2 or word.raw.isupper() or "." in word.raw
