"""Finds place names in sentences: the longest names of the gazetteer, then reasons against each.

A name starts and ends with a capital word (`al-` before it may be small) and may have small words within:
`Deir ez-Zor`, `Ras al-Ain`, `Mocímboa da Praia`. A possessive 's ends it. Every start costs one look-up in the
trie, and words are read once, so the time grows with the length of the text.

What is no place: nationalities, people, bodies and papers named for a place, ordinary words in capitals. Each rule is a
small function below; a rule that is overruled by evidence (`in Nice`, `Mobile, Ala.`) says so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from whosays.nouns import Span
from whosays.places import vocabulary as known
from whosays.places.gazetteer import Gazetteer
from whosays.text import fold

WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}\.|[^\W_]+(?:['’‘`´][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s$", re.I)
LONGEST = 7
"""Words in a name, at most."""

JOINS = frozenset({" ", "-", "‐", "‑", "\u00a0"})
SHORTENED = frozenset({"st", "ste", "mt", "ft", "pt"})
"""Words that may have a full stop inside a name: `St. Louis`."""

LARGE = 100_000
"""People. A town of this size is named in the news without a word on where it lies."""


class Word(NamedTuple):
    start: int
    end: int
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text that may be a place, with what stands around it."""

    span: Span
    key: str
    rows: tuple[int, ...]
    """Of the gazetteer, the most populous first."""
    sentence: int
    before: tuple[str, ...] = ()
    """Up to two folded words before it in the sentence, the nearest last."""
    after: str = ""
    kinds: tuple[str, ...] = ()
    """What a word beside it says it is: `town`, `river` …"""
    stated: tuple[int, ...] = ()
    """Rows of the place the text says it is in: `Rawa, Iraq`."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found in a text: mentions that may be places, and the countries that the text speaks of."""

    mentions: tuple[Mention, ...]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Words first to last (exclusive) of a sentence are a key."""

    first: int
    last: int
    key: str
    rows: tuple[int, ...]
    given: bool = False
    """The reading says that this is a place: no rule is asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules look at beyond the sentence."""

    text: str
    gazetteer: Gazetteer
    small: frozenset[str]
    """Words that the text also writes small: `hope`."""
    people: frozenset[str]
    """Words seen after a given name or a title."""
    countries: frozenset[str]


def find(text: str, sentences: Iterable[Span], gazetteer: Gazetteer, given: Iterable[Span] = ()) -> Found:
    """Mentions in the order of the text, never overlapping, each within one sentence.

    `given`: spans that the reading takes for places; those the gazetteer has are mentions whatever the rules say."""
    lines = [read(text, span) for span in sentences]
    trusted = {span.start: span for span in given}
    matches = [list(match(text, words, gazetteer, trusted)) for words in lines]
    page = Page(
        text,
        gazetteer,
        small=frozenset(word.folded for words in lines for word in words if not word.capital),
        people=frozenset(name for words in lines for name in people(text, words)),
        countries=frozenset(countries(lines, matches, gazetteer)),
    )
    mentions = []
    for number, (words, found) in enumerate(zip(lines, matches, strict=True)):
        for position in range(len(found)):
            mention = judge(page, words, found, position, number)
            if mention is not None:
                mentions.append(mention)
    return Found(tuple(mentions), page.countries)


# ------------------------------------------------------------------------------------------------------------- words


def read(text: str, span: Span) -> list[Word]:
    words = []
    for found in WORD.finditer(text, span.start, span.end):
        raw = found.group()
        words.append(Word(found.start(), found.end(), folded(raw), not (raw[0].islower() or raw[0].isdigit())))
    return words


@functools.lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    return fold(word.replace(".", ""))


def people(text: str, words: list[Word]) -> Iterator[str]:
    """Words that are part of a person's name here: they follow a title or a given name."""
    for at, word in enumerate(words):
        if not word.capital or (word.folded not in known.TITLES and word.folded not in known.PEOPLE):
            continue
        for after in range(at + 1, min(at + 4, len(words))):
            if not words[after].capital or not joined(text, words, after, dots=True):
                break
            yield bare(text, words[after])


def countries(lines: list[list[Word]], matches: list[list[Match]], gazetteer: Gazetteer) -> Iterator[str]:
    """Countries named in the text, as such or by nationality."""
    for words in lines:
        for word in words:
            if word.capital:
                yield from known.NATIONALITIES.get(word.folded, ())
    for found in matches:
        for one in found:
            for row in one.rows[:1]:
                if gazetteer.feature(row) == "country":
                    yield gazetteer.country(row) or ""


def joined(text: str, words: list[Word], at: int, *, dots: bool = False) -> bool:
    """Does word `at` go on from the one before it, as in one name?"""
    gap = text[words[at - 1].end : words[at].start]
    return gap in JOINS or (gap == ". " and (dots or words[at - 1].folded in SHORTENED))


def bare(text: str, word: Word) -> str:
    """The folded word without a possessive 's."""
    raw = text[word.start : word.end]
    return folded(POSSESSIVE.sub("", raw)) if POSSESSIVE.search(raw) else word.folded


# ----------------------------------------------------------------------------------------------------------- matches


def match(text: str, words: list[Word], gazetteer: Gazetteer, given: Mapping[int, Span]) -> Iterator[Match]:
    """The longest name at each place, left to right."""
    at = 0
    while at < len(words):
        sure = as_given(text, words, at, gazetteer, given)
        found = sure or longest(text, words, at, gazetteer)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last


def as_given(text: str, words: list[Word], at: int, gazetteer: Gazetteer, given: Mapping[int, Span]) -> Match | None:
    """The span that the reading gives from here on, if the gazetteer has just this name."""
    span = given.get(words[at].start)
    if span is None or words[at].folded in known.NATIONALITIES:
        return None
    last = at
    while last + 1 < len(words) and words[last + 1].end <= span.end:
        last += 1
    name = [word.folded for word in words[at:last]] + [bare(text, words[last])]
    for start in range(2 if name[0] in ("the", *known.ARTICLES) else 1):
        found = " ".join(name[start:])
        short = text.endswith(", ", 0, span.start) or "." in text[span.start : span.end]
        rows = gazetteer.find("," + found) if short else ()
        if rows or (rows := gazetteer.find(found)):
            return Match(at, last + 1, found, rows, given=True)
    return None


def longest(text: str, words: list[Word], at: int, gazetteer: Gazetteer) -> Match | None:
    word = words[at]
    article = word.folded in known.ARTICLES and at + 1 < len(words) and joined(text, words, at + 1)
    if not word.capital and not (article and words[at + 1].capital):
        return None
    found = name_at(text, words, at, gazetteer)
    if found is None and article and (rest := name_at(text, words, at + 1, gazetteer)):
        found = Match(at, rest.last, rest.key, rest.rows)
    return found


def name_at(text: str, words: list[Word], at: int, gazetteer: Gazetteer) -> Match | None:
    """The longest key that starts at a word."""
    ends, keys, phrase = {}, [], ""
    for last in range(at, min(at + LONGEST, len(words))):
        if last > at and not joined(text, words, last):
            break
        phrase = f"{phrase} {words[last].folded}" if phrase else words[last].folded
        ends[len(phrase)] = last
        own = bare(text, words[last])
        if own != words[last].folded:
            keys.append((last, phrase[: len(phrase) - len(words[last].folded)] + own))
    if short := abbreviation(text, words, at, gazetteer):
        return short
    keys += [(ends[len(key)], key) for key in gazetteer.starts(phrase) if len(key) in ends]
    for last, key in sorted(keys, reverse=True):
        if words[last].capital and (rows := gazetteer.find(key)) and spelt(text, words, at, last, key):
            return Match(at, last + 1, key, rows)
    return None


def abbreviation(text: str, words: list[Word], at: int, gazetteer: Gazetteer) -> Match | None:
    """`Ala.` in `Mobile, Ala.`: read only after a comma and a capital word, or if it has dots within (`N.Y.`)."""
    dotted = "." in text[words[at].start : words[at].end]
    after_name = at > 0 and words[at - 1].capital and text[words[at - 1].end : words[at].start] == ", "
    if not dotted and not after_name:
        return None
    key = "," + words[at].folded
    rows = gazetteer.find(key)
    return Match(at, at + 1, key, rows) if rows else None


def spelt(text: str, words: list[Word], first: int, last: int, key: str) -> bool:
    """Short names are only read as written: `US`, never `Us`; and the other way round `LA` is not the town of La."""
    if first != last or len(key) > 4:
        return True
    raw = text[words[first].start : words[first].end]
    return len(key) > 2 or raw.isupper() or "." in raw


# ------------------------------------------------------------------------------------------------------------- rules


def judge(page: Page, words: list[Word], found: list[Match], position: int, sentence: int) -> Mention | None:
    """A mention, or None if the words name something else."""
    this = found[position]
    before = tuple(word.folded for word in words[max(0, this.first - 2) : this.first])
    after = words[this.last].folded if this.last < len(words) else ""
    stated = stated_in(page, words, found, position)
    kinds = kinds_beside(page, words, this, before, after)
    evidence = bool(stated or kinds or (before and before[-1] in known.PREPOSITIONS))
    row = this.rows[0]
    if this.given or not (
        is_named_for(page, words, found, position)
        or is_word(page, words, this, evidence=evidence, sure=bool(stated))
        or is_person(page, words, this, sure=bool(stated or kinds))
        or is_acronym(page, words, this)
        or is_obscure(page, this, row, evidence=evidence)
    ):
        span = Span(words[this.first].start, words[this.last - 1].end)
        end = POSSESSIVE.search(page.text, span.start, span.end)
        if end:
            span = Span(span.start, end.start())
        notes = (f"part of a longer name: {after}",) if is_body(page, words, this) else ()
        return Mention(span, this.key, this.rows, sentence, before, after, kinds, stated, notes)
    return None


def stated_in(page: Page, words: list[Word], found: list[Match], position: int) -> tuple[int, ...]:
    """Rows of the place that the text says it lies in: `Rawa, Iraq`, `Rawa in Iraq`, `Rawa in western Iraq`."""
    if position + 1 == len(found):
        return ()
    this, other = found[position], found[position + 1]
    gap = page.text[words[this.last - 1].end : words[other.first].start]
    if not re.fullmatch(
        r",\s|,? (?:in|of) (?:the )?(?:\w+(?:ern|al) )?(?:\w+(?:n|i|se|sh) (?:province|city) of )?", gap
    ):
        return ()
    held = set(other.rows)
    inside = any(held & set(page.gazetteer.holders(row)[1:]) for row in this.rows)
    return other.rows if inside else ()


def kinds_beside(page: Page, words: list[Word], this: Match, before: tuple[str, ...], after: str) -> tuple[str, ...]:
    """What a word beside it says it is: `the town of X`, `the city X`, `X province`."""
    if before and before[-1] == "of" and len(before) > 1:
        return known.KINDS.get(before[-2], ())
    beside = this.last < len(words) and joined(page.text, words, this.last)
    ahead = this.first > 0 and joined(page.text, words, this.first)
    return (known.KINDS.get(after, ()) if beside else ()) or (known.KINDS.get(before[-1], ()) if ahead else ())


def is_named_for(page: Page, words: list[Word], found: list[Match], position: int) -> bool:
    """Part of a longer name that is no place: `Washington Post`, `Paris Hilton`, `Boko Haram`."""
    this = found[position]
    if titled(words):
        return (
            this.last < len(words)
            and words[this.last].capital
            and bare(page.text, words[this.last]) in known.NAMES_AFTER
        )
    if country(page, this):
        return beside(page, words, found, position, +1) in known.NAMES_AFTER
    after = beside(page, words, found, position, +1)
    if after and not (
        after in known.BODIES
        or after in known.KINDS
        or after in page.small
        or after in known.COMMON - known.NAMES_AFTER
    ):
        return after not in known.NATIONALITIES
    if after in known.NAMES_AFTER:
        return True
    ahead = beside(page, words, found, position, -1)
    return bool(ahead) and not (
        ahead in known.MODIFIERS
        or ahead in known.KINDS
        or ahead in known.BODIES
        or ahead in known.NATIONALITIES
        or ahead in known.COMMON
        or (this.first == 1 and ahead in page.small)
        or page.gazetteer.population(this.rows[0]) >= LARGE
    )


def beside(page: Page, words: list[Word], found: list[Match], position: int, step: int) -> str:
    """The capital word that touches a match on one side and belongs to no other match; "" if there is none."""
    this = found[position]
    at = this.last if step > 0 else this.first - 1
    if not 0 <= at < len(words) or not words[at].capital:
        return ""
    if page.text[words[this.last - 1].start : words[this.last - 1].end].lower().endswith(("'s", "’s")) and step > 0:
        return ""
    if not joined(page.text, words, max(at, this.last if step > 0 else this.first)):
        return ""
    other = position + step
    if 0 <= other < len(found) and found[other].first <= at < found[other].last:
        return ""
    return bare(page.text, words[at])


def is_body(page: Page, words: list[Word], this: Match) -> bool:
    """`Aleppo University`: a body named for the place, which still tells where it is."""
    if this.last >= len(words) or not words[this.last].capital or not joined(page.text, words, this.last):
        return False
    after = bare(page.text, words[this.last])
    return after in known.BODIES and after not in known.KINDS


def is_word(page: Page, words: list[Word], this: Match, *, evidence: bool, sure: bool) -> bool:
    """An ordinary English word, month, weekday or nationality in capitals: `In`, `March`, `Hope`."""
    if this.last - this.first > 1 and words[this.first].folded not in known.ARTICLES:
        return False
    if this.key in known.NATIONALITIES:
        return True
    if this.key not in known.COMMON and this.key not in page.small:
        return False
    if sure:
        return False
    at_start = this.first == 0 or titled(words)
    rare = page.gazetteer.population(this.rows[0]) < 20_000
    return not evidence or at_start or rare or this.key in page.small


def is_person(page: Page, words: list[Word], this: Match, *, sure: bool) -> bool:
    """A person: a given name, or a word that follows a title or a given name somewhere in the text."""
    if sure or country(page, this):
        return False
    ahead = words[this.first - 1].folded if this.first and words[this.first - 1].capital else ""
    if ahead and (ahead in known.TITLES or ahead in known.PEOPLE) and joined(page.text, words, this.first, dots=True):
        return True
    if this.last - this.first > 1 and words[this.first].folded not in known.ARTICLES:
        return words[this.first].folded in known.PEOPLE and page.gazetteer.population(this.rows[0]) < LARGE
    if this.key in known.PEOPLE:
        return True
    return this.key in page.people and page.gazetteer.population(this.rows[0]) < 5 * LARGE


def is_acronym(page: Page, words: list[Word], this: Match) -> bool:
    """`OSCE`, `PMU`: capital letters name a place only if it is a country or large (`ADEN`)."""
    raw = page.text[words[this.first].start : words[this.last - 1].end]
    if len(raw) > 5 or not raw.isupper() or this.key.startswith(","):
        return False
    return not country(page, this) and page.gazetteer.population(this.rows[0]) < LARGE


def is_obscure(page: Page, this: Match, row: int, *, evidence: bool) -> bool:
    """A small place in a country that the text never speaks of, with no word beside it that calls it a place."""
    gazetteer = page.gazetteer
    if evidence or this.last - this.first > 1 or gazetteer.feature(row) not in ("town", "admin2"):
        return False
    if gazetteer.population(row) >= LARGE:
        return False
    return all(gazetteer.country(row) not in page.countries for row in this.rows)


def country(page: Page, this: Match) -> bool:
    return any(page.gazetteer.feature(row) == "country" for row in this.rows[:2])


def titled(words: list[Word]) -> bool:
    """Is the sentence set like a title, nearly every word in capitals? Then capitals say nothing."""
    long = [word for word in words if len(word.folded) > 3]
    return len(long) > 3 and sum(word.capital for word in long) >= 0.8 * len(long)
