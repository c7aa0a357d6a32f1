"""Finds the names of the gazetteer in sentences: the longest at each place, left to right.

A name starts and ends with a capital word (`al-` before and `camp` behind may be small) and may have small words
within: `Deir ez-Zor`, `Ras al-Ain`, `Mocímboa da Praia`. A possessive 's ends it. Every start costs one look-up in the
trie, and words are read once, so the time grows with the length of the text. Whether a name is a place: mentions.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

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


class Word(NamedTuple):
    start: int
    end: int
    raw: str
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Words first to last (exclusive) of a line are a key of the gazetteer."""

    first: int
    last: int
    key: str
    rows: tuple[int, ...]
    given: bool = False
    """The reading says that this is a place."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its words and the names found in it."""

    text: str
    words: tuple[Word, ...]
    matches: tuple[Match, ...] = ()
    titled: bool = False
    """Set like a title, nearly every word in capitals: then capitals say nothing."""

    def joined(self, at: int, *, dots: bool = False) -> bool:
        """Does word `at` go on from the one before it, as in one name?"""
        gap = self.gap(at)
        return gap in JOINS or (gap == ". " and (dots or self.words[at - 1].folded in SHORTENED))

    def gap(self, at: int) -> str:
        """What stands between word `at` and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start]


def line(text: str, span: Span, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Line:
    """A sentence read. `given`: by their start, spans that the reading takes for places."""
    words = tuple(read(text, span))
    long = [word.capital for word in words if len(word.raw) > 3]
    titled = len(long) > 3 and sum(long) >= 0.8 * len(long)
    bare_line = Line(text, words, titled=titled)
    return Line(text, words, tuple(matches(bare_line, gazetteer, given)), titled)


def read(text: str, span: Span) -> Iterator[Word]:
    for found in WORD.finditer(text, span.start, span.end):
        raw = found.group()
        plain = raw.isalpha()
        capital = not (raw[0].islower() or raw[0].isdigit()) and (plain or not CONTRACTION.search(raw))
        yield Word(*found.span(), raw, raw if plain and raw.islower() and raw.isascii() else folded(raw), capital)


@functools.lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    return fold(word.replace(".", ""))


def bare(word: Word) -> str:
    """The folded word without a possessive 's."""
    if word.raw[-1] in "sS" and POSSESSIVE.search(word.raw):
        return folded(word.raw[:-2])
    return word.folded


def matches(line: Line, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Iterator[Match]:
    """The longest name at each place, left to right."""
    at = 0
    while at < len(line.words):
        word = line.words[at]
        if not (word.capital or given or word.folded in known.ARTICLES):
            at += 1
            continue
        found = as_given(line, at, gazetteer, given) or longest(line, at, gazetteer)
        if found:
            yield found
        at = found.last if found else at + 1


def as_given(line: Line, at: int, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Match | None:
    """The span that the reading gives from here on, if the gazetteer has just this name."""
    words = line.words
    span = given.get(words[at].start)
    if span is None or words[at].folded in known.NATIONALITIES:
        return None
    last = at
    while last + 1 < len(words) and words[last + 1].end <= span.end:
        last += 1
    name = [word.folded for word in words[at:last]] + [bare(words[last])]
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
    if not word.capital or not (dotted or word.raw.isupper() or line.text.startswith(".", word.end)):
        return None
    if not dotted and not (at > 0 and line.words[at - 1].capital and line.gap(at) == ", "):
        return None
    key = f",{word.folded}"
    rows = gazetteer.find(key)
    return Match(at, at + 1, key, rows) if rows else None


def name_at(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest key that starts at a word; with and without a possessive 's, the larger place: `France’s`."""
    ends: dict[int, int] = {}
    found: list[tuple[int, str]] = []
    phrase = ""
    for last in range(at, min(at + LONGEST, len(line.words))):
        if last > at and not line.joined(last):
            break
        word = line.words[last]
        before, phrase = phrase, f"{phrase} {word.folded}" if phrase else word.folded
        ends[len(phrase)] = last
        if (own := bare(word)) != word.folded:
            found.append((last, f"{before} {own}" if before else own))
    found += [(ends[len(name)], name) for name in gazetteer.starts(phrase) if len(name) in ends]
    held = [
        (last, gazetteer.population(rows[0]), Match(at, last + 1, name, rows))
        for last, name in found
        if (rows := gazetteer.find(name)) and complete(line, at, last) and spelt(line.words[at], name, alone=at == last)
    ]
    return max(held, key=lambda one: one[:2])[2] if held else None


def complete(line: Line, first: int, last: int) -> bool:
    """Does a name end here? With a capital word, or a word such as `camp`."""
    word = line.words[last]
    return word.capital or (last > first and word.folded in known.KINDS)


def spelt(word: Word, name: str, *, alone: bool) -> bool:
    """Names of two letters are only read in capitals: `US`, never `Us`."""
    return not alone or len(name) > 2 or word.raw.isupper() or "." in word.raw
