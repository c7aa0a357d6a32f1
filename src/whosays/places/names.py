"""Finds the names of the gazetteer in sentences: the longest at each place, left to right.

A name starts and ends with a capital word (`al-` before and `camp` behind may be small) and may have small words
within: `Deir ez-Zor`, `Ras al-Ain`, `Mocímboa da Praia`. A possessive 's ends it. Words are read once, and only a word
that can start a name costs a look-up in the trie, so the time grows with the length of the text. Whether a name is a
place: mentions.py.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from whosays.nouns import Span
from whosays.places import vocabulary as known
from whosays.places.gazetteer import Gazetteer
from whosays.text import APOSTROPHES, fold

WORD = re.compile(r"((?:[^\W\d_]\.)+[^\W\d_]{1,2}\.|[^\W_]+(?:['’‘`´][^\W_]+)*)")
"""Never with a space in it."""
POSSESSIVE = re.compile(r"['’]s$", re.I)
CONTRACTION = re.compile(r"['’](?:ve|re|ll|m|d|t)$", re.I)
HYPHENS = frozenset("-‐‑")
JOINS = frozenset({" ", "\u00a0", *HYPHENS, *(f"-{sign}" for sign in APOSTROPHES)})
SHORTENED = frozenset({"st", "ste", "mt", "ft", "pt"})
"""Words that may have a full stop inside a name: `St. Louis`."""

LONGEST = 7
"""Words in a name, at most."""
KEPT = 50_000
"""Words that are kept from text to text, at most."""
SHORT = 5
"""Letters of a small word inside a name, at most, kinds of place aside: `of`, `ez`, `della`. A longer one ends it."""


class Form(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A word by its letters, wherever it stands: one object for all its places, compared by identity."""

    raw: str
    folded: str
    bare: str
    """Folded without a possessive 's."""
    capital: bool
    short: bool
    """Capitals or dots, as abbreviations have them."""
    opens: bool
    """May a name start with it?"""
    goes_on: bool
    """May it stand inside a name?"""
    ends: bool
    """May a longer name end with it? A capital word, or a word such as `camp`."""
    article: bool
    """Is it an Arabic article?"""
    possessive: bool
    calls: bool
    """A title or given name: the words after it are somebody's name."""
    codes: tuple[str, ...]
    """Countries whose nationality it is."""
    tells: bool
    """A capital word that says who or of which country somebody is: by title, name or nationality."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """Words first to last (exclusive) of a line are a key of the gazetteer."""

    first: int
    last: int
    key: str
    rows: tuple[int, ...]
    """Empty: the reading says that this is a place, and the gazetteer does not know it."""
    given: bool = False
    """The reading says that this is a place."""
    inner: bool = False
    """The given name is longer: `Aleppo` of `Aleppo University`."""
    doubt: str = ""
    """Why this is a guess, which settles nothing."""


class Line(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A sentence: its words, where each starts, and the names found in it."""

    text: str
    words: tuple[Form, ...]
    starts: Sequence[int]
    capitals: Sequence[int]
    """Numbers of the capital words, and of Arabic articles: where a name may start."""
    telling: Sequence[int]
    """Numbers of the words that say who or of which country somebody is."""
    matches: list[Match]

    def end(self, at: int) -> int:
        """Where word `at` ends."""
        return self.starts[at] + len(self.words[at].raw)

    def gap(self, at: int) -> str:
        """What stands between word `at` and the one before it."""
        return self.text[self.starts[at - 1] + len(self.words[at - 1].raw) : self.starts[at]]

    @functools.cached_property
    def relates(self) -> bool:
        """Does it hold a word without which relative.py finds nothing?"""
        return not known.RELATING.isdisjoint([word.bare for word in self.words])

    @functools.cached_property
    def titled(self) -> bool:
        """Is it set like a title, nearly every word of more than three letters in capitals? Then capitals say nothing."""
        long = [word.capital for word in self.words if len(word.raw) > 3]
        return len(long) > 3 and sum(long) >= 0.8 * len(long)

    def joined(self, at: int, *, dots: bool = False) -> bool:
        """Does word `at` go on from the one before it, as in one name?"""
        gap = self.gap(at)
        return gap in JOINS or (gap == ". " and (dots or self.words[at - 1].folded in SHORTENED))


def line(text: str, span: Span, gazetteer: Gazetteer, given: Iterable[Span] = ()) -> Line:
    """A sentence read. `given`: spans in it that the reading takes for places."""
    words: list[Form] = []
    starts: list[int] = []
    at = span.start
    for token in span.of(text).split(" "):
        for word, offset in CUT[token]:
            words.append(word)
            starts.append(at + offset)
        at += len(token) + 1
    capitals = [at for at, word in enumerate(words) if word.opens]
    telling = [at for at in capitals if words[at].tells]
    found = Line(text, tuple(words), starts, capitals, telling, [])
    told = {bisect_left(starts, one.start): one for one in given}
    found.matches.extend(matches(found, gazetteer, told))
    return found


class Cut(dict[str, tuple[tuple[Form, int], ...]]):
    """What stands between two spaces → its words, mostly one, each with how far from the start it starts.

    Kept from text to text, and forgotten all at once: a hit costs no more than the look-up."""

    def __missing__(self, token: str) -> tuple[tuple[Form, int], ...]:
        if len(self) >= KEPT:
            self.clear()
        words = ((token, 0),) if token.isalpha() else ((word.group(), word.start()) for word in WORD.finditer(token))
        self[token] = found = tuple((form(raw), offset) for raw, offset in words)
        return found


CUT = Cut()


@functools.lru_cache(maxsize=50_000)
def form(raw: str) -> Form:
    plain = raw.isalpha()
    capital = not (raw[0].islower() or raw[0].isdigit()) and (plain or not CONTRACTION.search(raw))
    word = raw.lower() if plain and raw.isascii() else folded(raw)
    possessive = not plain and bool(POSSESSIVE.search(raw))
    article = word in known.ARTICLES
    calls = capital and word in known.CALLING
    codes = known.NATIONALITIES.get(word, ())
    return Form(
        raw,
        word,
        bare=folded(raw[:-2]) if possessive else word,
        capital=capital,
        short=raw.isupper() or "." in raw,
        opens=capital or article,
        goes_on=capital or len(raw) <= SHORT or word in known.KINDS,
        ends=capital or word in known.KINDS,
        article=article,
        possessive=possessive,
        calls=calls,
        codes=codes,
        tells=bool(calls or codes or word in known.DOUBLE),
    )


def folded(word: str) -> str:
    return fold(word.replace(".", ""))


def matches(line: Line, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Iterator[Match]:
    """The longest name at each place, left to right. `given`: by the number of the word that each should start with."""
    upto = 0
    told = {at for at, span in given.items() if at < len(line.words) and line.starts[at] == span.start}
    for at in sorted(told.union(line.capitals)) if told else line.capitals:
        if at < upto:
            continue
        found = as_given(line, at, gazetteer, given[at]) if at in told else longest(line, at, gazetteer)
        if found:
            yield found
            upto = found.last


def as_given(line: Line, at: int, gazetteer: Gazetteer, span: Span) -> Match | None:
    """The place that the reading gives from here on: the whole name, else the known name in it (`Aleppo University`,
    `South Los Angeles`), else a name that the gazetteer does not know."""
    words = line.words
    last = at
    while last + 1 < len(words) and line.starts[last + 1] < span.end and "," not in line.gap(last + 1):
        last += 1
    names = [" ".join([*(word.folded for word in words[at:last]), words[last].bare])]
    if words[at].folded in ("the", *known.ARTICLES):
        names.append(names[0].partition(" ")[2])
    if "." in span.of(line.text) or line.text.endswith(", ", 0, span.start):
        names.insert(0, "," + names[0].replace(" ", ""))  # `W. Va.`
    for name in names:
        if rows := gazetteer.find(name):
            return Match(at, last + 1, name, rows, given=True)
    name = names[-1]
    if names_within(line, at, last, gazetteer):
        return named_within(line, at, last, gazetteer) or longest(line, at, gazetteer)
    return (
        people_of(name, at, last, gazetteer)
        or named_within(line, at, last, gazetteer)
        or county(name, at, last, gazetteer)
        or Match(at, last + 1, name, (), given=True)
    )


def names_within(line: Line, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Does a longer name end with a known one that stands for itself: `Asma School in Gaza City`, `Homs Syria`? It is
    found when its turn comes."""
    if first == last:
        return False
    head = name_at(line, first, gazetteer)
    for at in range(first + 1, last + 1):
        apart = not line.words[at - 1].capital or (head and head.last == at)
        if apart and line.words[at].capital and longest(line, at, gazetteer):
            return True
    return False


def named_within(line: Line, first: int, last: int, gazetteer: Gazetteer) -> Match | None:
    """The known name in a longer one that is otherwise made of directions, kinds of place and bodies."""
    words = line.words
    for at in range(first, last + 1):
        found = name_at(line, at, gazetteer) if words[at].opens else None
        if found and found.last <= last + 1 and found.key not in known.FREE:
            rest = [word.bare in known.PARTS or word.raw.islower() for word in words[found.last : last + 1]]
            return Match(first, found.last, found.key, found.rows, given=True, inner=True) if all(rest) else None
        if words[at].capital and words[at].folded not in known.FREE:
            return None
    return None


def people_of(name: str, at: int, last: int, gazetteer: Gazetteer) -> Match | None:
    """The country of a nationality, where the reading takes its name for a place."""
    codes = known.NATIONALITIES.get(name) or known.NATIONALITIES.get(name.removesuffix("s"), ())
    rows = tuple(row for code in codes if (row := gazetteer.country_row(code)) is not None)
    rows = rows or gazetteer.find(known.ADJECTIVES.get(name, ""))
    return Match(at, last + 1, name, rows, given=True, doubt="the country of that nationality") if rows else None


def county(name: str, at: int, last: int, gazetteer: Gazetteer) -> Match | None:
    """`Geauga` for `Geauga County`."""
    rows = gazetteer.find(f"{name} county")
    return Match(at, last + 1, name, rows, given=True) if rows else None


def longest(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest name that starts at a word, with the Arabic article that may stand before it."""
    word = line.words[at]
    article = word.article and is_article(line, at)
    if not word.capital and not (article and line.words[at + 1].capital):
        return None
    short = opened(gazetteer, word).abbreviation
    found = (abbreviation(line, at, short) if short else None) or name_at(line, at, gazetteer)
    if found is None and article and (rest := name_at(line, at + 1, gazetteer)):
        found = Match(at, rest.last, rest.key, rest.rows)
    return found


def is_article(line: Line, at: int) -> bool:
    """`al-` and `el` before another word; others, which are also words of English, only with a hyphen."""
    if at + 1 == len(line.words) or not line.joined(at + 1):
        return False
    return line.words[at].folded in ("al", "el") or line.gap(at + 1)[0] in HYPHENS


def abbreviation(line: Line, at: int, rows: tuple[int, ...]) -> Match | None:
    """`Ala.` in `Mobile, Ala.`: read only after a comma and a capital word, or if it has dots within (`N.Y.`)."""
    word = line.words[at]
    if not word.capital or not (word.short or line.text.startswith(".", line.end(at))):
        return None
    if "." in word.raw or (at > 0 and line.words[at - 1].capital and line.gap(at) == ", "):
        return Match(at, at + 1, f",{word.folded}", rows)
    return None


def name_at(line: Line, at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest key that starts at a word; with and without a possessive 's, the larger place: `France’s`."""
    words, end = line.words, at + 1
    opening = opened(gazetteer, words[at])
    for after, word in enumerate(words[end : at + opening.reach], end):
        if not word.goes_on:
            break
        if word.ends:
            if not all(map(line.joined, range(end, after + 1))):
                break
            end = after + 1
    found = longest_key(gazetteer, words[at:end]) if end > at + 1 else opening.alone
    return Match(at, at + found[0], found[1], found[2]) if found else None


Keyed = tuple[int, str, tuple[int, ...]]
"""How many words are a key, which, and its rows."""


class Opening(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What may start with a word."""

    reach: int
    """How many words a name that starts with it may have."""
    alone: Keyed | None
    """The name that it is by itself."""
    abbreviation: tuple[int, ...]
    """Rows of the abbreviation that it is."""


@functools.lru_cache(maxsize=50_000)
def opened(gazetteer: Gazetteer, word: Form) -> Opening:
    longer = gazetteer.begins(f"{word.folded} ")
    return Opening(LONGEST if longer else 1, longest_key(gazetteer, (word,)), gazetteer.find(f",{word.folded}"))


@functools.lru_cache(maxsize=50_000)
def longest_key(gazetteer: Gazetteer, words: tuple[Form, ...]) -> Keyed | None:
    """Of the words, from the first on."""
    starts = list(itertools.accumulate([word.folded for word in words], "{} {}".format))
    known_starts = set(gazetteer.starts(starts[-1]))
    for count in range(len(words), 0, -1):
        last, name = words[count - 1], starts[count - 1]
        if not (last.ends if count > 1 else last.capital):
            continue
        names = [name] if name in known_starts else []
        if last.possessive:
            names.append(name.removesuffix(last.folded) + last.bare)
        found = [
            (rows, one) for one in names if spelt(words[0], one, alone=count == 1) and (rows := gazetteer.find(one))
        ]
        if found:
            rows, name = max(found, key=lambda one: (gazetteer.population(one[0][0]), one[1]))
            return count, name, rows
    return None


def spelt(word: Form, name: str, *, alone: bool) -> bool:
    """Names of two letters are only read in capitals: `US`, never `Us`."""
    return not alone or len(name) > 2 or word.raw.isupper() or "." in word.raw
