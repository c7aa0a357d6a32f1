"""Which of the names found in a text are places: reasons against each name, and the evidence that overrules them.

What is no place: nationalities, people, bodies and papers named for a place, ordinary words in capitals. Each rule is a
small function below. Evidence is a preposition before the name (`in Nice`), a word that calls it a place (`the town
of`) or what it lies in (`Mobile, Ala.`).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from whosays.nouns import Span
from whosays.places import relative
from whosays.places import vocabulary as known
from whosays.places.borders import border_with
from whosays.places.gazetteer import Gazetteer, key
from whosays.places.names import Form, Line, Match, line
from whosays.places.relative import Relation

start = attrgetter("start")
LARGE = 100_000
"""People. A town of this size is named in the news without a word on where it lies."""

ALIKE, SURE = 0.85, 0.9
"""How like another spelling must be (`Gazetteer.like`) to be looked at, and to be no guess."""

LIES_IN = re.compile(
    r",\s|,? (?:in|of) (?:the )?(?:\w+(?:ern|al) )?"
    r"(?:(?:\w+(?:n|i|se|sh) )?(?:province|governorate|region|district|city|countryside|outskirts|suburbs) of )?"
)
"""What may stand between a place and the one it lies in."""

OWN = re.compile(f" {relative.ROAD}")
"""What may stand between a possessive and what lies there."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text that may be a place, with what the words around it say."""

    span: Span
    key: str
    rows: tuple[int, ...]
    """Of the gazetteer, the most populous first; empty where the reading gives a place that it does not know."""
    kinds: tuple[str, ...] = ()
    """What a word beside it says it is: `town`, `river` …"""
    stated: tuple[int, ...] = ()
    """Rows of the place the text says it is in: `Rawa, Iraq`."""
    notes: tuple[str, ...] = ()
    the: bool = False
    """Is *the* before it?"""
    doubt: str = ""
    """Why what it means is a guess, which settles nothing."""
    relation: Relation | None = None
    """How the place that is meant lies to the one that is named."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a text: mentions that may be places, and the countries that the text speaks of."""

    mentions: tuple[Mention, ...]
    countries: frozenset[str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules look at beyond the sentence."""

    gazetteer: Gazetteer
    small: frozenset[str]
    """Words that the text also writes small: `hope`."""
    people: frozenset[str]
    """Words seen after a given name or a title, or in another way as part of a name that is no place."""
    countries: frozenset[str]


def find(
    text: str, sentences: Iterable[Span], gazetteer: Gazetteer, given: Iterable[Span] = (), *, origin: str | None = None
) -> Found:
    """Mentions in the order of the text, never overlapping, each within one sentence.

    `given`: spans that the reading takes for places; those the gazetteer has are mentions whatever the rules say.
    `origin`: the country of the dateline, of which the text speaks without naming it."""
    lines = tuple([line(text, span, gazetteer, told) for span, told in with_given(sentences, given)])
    forms = set(itertools.chain.from_iterable([one.words for one in lines]))
    page = Page(
        gazetteer,
        small=frozenset([word.folded for word in forms if not word.capital]),
        people=frozenset([name for one in lines for name in people(one)]),
        countries=frozenset([code for one in lines for code in countries(one, gazetteer)])
        | ({origin} if origin else set()),
    )
    every = [(one, at) for one in lines for at in range(len(one.matches))]
    named = {(one, at) for one, at in every if is_named_for(page, one, at)}
    page = replace(page, people=page.people | {one.matches[at].key for one, at in named})
    judged = [judge(page, one, at) for one, at in every if (one, at) not in named]
    return Found(tuple([mention for mention in judged if mention]), page.countries, lines)


def with_given(sentences: Iterable[Span], given: Iterable[Span]) -> Iterator[tuple[Span, Sequence[Span]]]:
    """Each sentence with the spans given that start in it."""
    sentences = sorted(sentences, key=start)
    starts = [span.start for span in sentences]
    held: dict[int, list[Span]] = {}
    for span in given:
        held.setdefault(bisect_right(starts, span.start) - 1, []).append(span)
    return ((span, held.get(number, ())) for number, span in enumerate(sentences))


def people(line: Line) -> Iterator[str]:
    """Words that are part of a person's name here: they follow a title or a given name."""
    for at in line.telling:
        if not line.words[at].calls:
            continue
        for after in range(at + 1, min(at + 4, len(line.words))):
            if not line.words[after].capital or not line.joined(after, dots=True):
                break
            yield line.words[after].bare


def countries(line: Line, gazetteer: Gazetteer) -> Iterator[str]:
    """Countries named in a line, as such or by nationality."""
    for at in line.telling:
        word = line.words[at]
        yield from word.codes
        if word.folded in known.DOUBLE and at + 1 < len(line.words):
            yield from known.NATIONALITIES.get(f"{word.folded} {line.words[at + 1].folded}", ())
    for match in line.matches:
        if match.rows and match.rows[0] < gazetteer.countries:
            yield gazetteer.country(match.rows[0]) or ""


def judge(page: Page, line: Line, position: int) -> Mention | None:
    """A mention, or None if the words, which are no part of a longer name, name something else."""
    this = line.matches[position]
    if not this.rows:
        found = Mention(extent(line, this), this.key, (), relation=relative.to(line, position))
        return respelt(page, found)
    if is_cut(page, line, this):
        return Mention(extent(line, this), this.key, ()) if this.given else None
    before = line.words[this.first - 1].folded if this.first else ""
    stated, kinds = stated_in(page, line, position), kinds_beside(line, this)
    evidence = bool(stated or kinds) or before in known.PREPOSITIONS
    if not this.given and (
        is_word(page, line, this, evidence=evidence, sure=bool(stated))
        or is_person(page, line, this, sure=bool(stated or kinds))
        or is_acronym(page, line, this)
        or is_obscure(page, this, evidence=evidence or before in known.WEAK_PREPOSITIONS)
    ):
        return None
    if this.inner and is_obscure(page, this, evidence=evidence):
        return Mention(extent(line, this), this.key, ())
    notes = (f"named in a longer name: {after}",) if (after := beside(line, this, +1)) in known.BODIES else ()
    if country(page, this):
        code = page.gazetteer.country(this.rows[0]) or ""
        if border := border_with(line, this.first, code, page.gazetteer, page.countries):
            return Mention(extent(line, this), f"border with {this.key}", border)
    return Mention(
        extent(line, this),
        this.key,
        this.rows,
        kinds,
        stated,
        notes,
        before == "the",
        this.doubt or (lies_elsewhere(page, line, position) if kinds and not stated else ""),
        relative.to(line, position),
    )


def respelt(page: Page, unknown: Mention) -> Mention:
    """The name with the places of another spelling of it (`Deir Ezour`), if those lie in a country that the text speaks of
    and whose names are spelt by ear: else two names that are alike are mostly two places."""
    countries = page.countries & known.TRANSLITERATED
    for alike in page.gazetteer.like(unknown.key, least=ALIKE) if countries else ():
        rows = tuple(row for row in alike.rows if page.gazetteer.country(row) in countries)
        if rows:
            told = f"spelt like {page.gazetteer.name(rows[0])}"
            sure = alike.similarity >= SURE
            return replace(unknown, rows=rows, notes=(told,) if sure else (), doubt="" if sure else told)
    return unknown


def extent(line: Line, this: Match) -> Span:
    """The words of a match without a possessive 's, with the full stop of an abbreviation."""
    start, end = line.starts[this.first], line.end(this.last - 1)
    last = line.words[this.last - 1]
    if last.possessive and last.bare == this.key.split()[-1]:
        return Span(start, end - 2)
    return Span(start, end + (this.key.startswith(",") and line.text.startswith(".", end)))


# ---------------------------------------------------------------------------------------------------------- evidence


def stated_in(page: Page, line: Line, position: int) -> tuple[int, ...]:
    """Rows of the place that the text says it lies in: `Rawa, Iraq`, `Rawa in western Iraq`, `Iraq's border town of Rawa`;
    not `Russia, France`."""
    this = line.matches[position]
    for at, lies_in in ((position + 1, lies_before), (position - 1, lies_behind)):
        other = line.matches[at] if 0 <= at < len(line.matches) else None
        if other and lies_in(line, this, other) and not (country(page, this) and country(page, other)):
            held = set(other.rows)
            if any(held & set(page.gazetteer.holders(row)[1:]) for row in this.rows):
                return other.rows
    return ()


def lies_elsewhere(page: Page, line: Line, position: int) -> str:
    """Why none of its places may be meant: `the village of Qasr in the countryside of Aleppo`, where Aleppo has no Qasr known."""
    this, after = line.matches[position], line.matches[position + 1 : position + 2]
    if not after or not after[0].rows or country(page, this) or not lies_before(line, this, after[0]):
        return ""
    return f"none that is known lies in {after[0].key}"


def lies_before(line: Line, this: Match, other: Match) -> bool:
    """`Rawa, Iraq`"""
    return bool(LIES_IN.fullmatch(line.text, line.end(this.last - 1), line.starts[other.first]))


def lies_behind(line: Line, this: Match, other: Match) -> bool:
    """`Iraq's border town of Rawa`"""
    if not line.words[other.last - 1].possessive:
        return False
    return bool(OWN.fullmatch(line.text, line.end(other.last - 1), line.starts[this.first]))


def kinds_beside(line: Line, this: Match) -> tuple[str, ...]:
    """What a word beside it says it is: `the town of X`, `the city X`, `X province`."""
    words = line.words
    if this.first > 1 and words[this.first - 1].folded == "of":
        return known.KINDS.get(words[this.first - 2].folded, ())
    if this.last < len(words) and (found := known.KINDS.get(words[this.last].folded)) and line.joined(this.last):
        return found
    if this.first and (found := known.KINDS.get(words[this.first - 1].folded)) and line.joined(this.first):
        return found
    return ()


# ------------------------------------------------------------------------------------------------------------- rules


def is_cut(page: Page, line: Line, this: Match) -> bool:
    """The beginning of an Arabic name that the gazetteer lacks: `Wad` of `Wad al-Noura`. (`In Syria al-Qaeda …` is none.)"""
    article, name = this.last, this.last + 1
    if name >= len(line.words) or not line.words[article].article or is_large(page, this):
        return False
    return line.joined(article) and line.gap(name) == "-" and line.words[name].capital


def is_named_for(page: Page, line: Line, position: int) -> bool:
    """Part of a longer name that is no place: `Washington Post`, `Paris Hilton`, `Boko Haram`."""
    this = line.matches[position]
    if this.given:
        return False
    after = beside(line, this, +1)
    if after in known.NAMES_AFTER:
        return True
    ahead = beside(line, this, -1)
    if not (after or ahead) or country(page, this):
        return False
    return (goes_on(page, line, position, after) or goes_before(page, line, position, ahead)) and not line.titled


def goes_on(page: Page, line: Line, position: int, after: str) -> bool:
    """Does the name go on with the capital word behind it?"""
    following = touching(line.matches, position + 1, first=line.matches[position].last)
    return bool(after) and not is_free(page, after) and not (following and holds(page, following))


def goes_before(page: Page, line: Line, position: int, ahead: str) -> bool:
    """Does the name start with the capital word before it?"""
    this = line.matches[position]
    leading = touching(line.matches, position - 1, last=this.first)
    if not ahead or is_free(page, ahead) or (leading and country(page, leading)):
        return False
    return line.words[this.first].folded in known.ARTICLES or not is_large(page, this)


def beside(line: Line, this: Match, step: int) -> str:
    """The capital word that touches a match by a space, before (-1) or after (+1) it; "" if there is none."""
    at = this.last if step > 0 else this.first - 1
    if not 0 <= at < len(line.words) or not line.words[at].capital:
        return ""
    right = at if step > 0 else at + 1
    if line.gap(right) != " " or line.words[right - 1].possessive:
        return ""
    return line.words[at].bare


def touching(found: Sequence[Match], position: int, *, first: int = -1, last: int = -1) -> Match | None:
    """The match at a position, if it starts or ends at a word."""
    if 0 <= position < len(found) and (found[position].first == first or found[position].last == last):
        return found[position]
    return None


def is_free(page: Page, word: str) -> bool:
    """A capital word that makes no name with the place beside it: a direction, a kind of place, an ordinary word."""
    return word in known.FREE or word in page.small


def is_word(page: Page, line: Line, this: Match, *, evidence: bool, sure: bool) -> bool:
    """An ordinary English word, month, weekday or nationality in capitals: `In`, `March`, `Hope`, `Red Cross`."""
    if not single(line, this):
        ordinary = all(word.folded in known.COMMON for word in words_of(line, this))
        return ordinary and not sure and page.gazetteer.feature(this.rows[0]) in ("town", "admin2")
    if this.key in known.NATIONALITIES:
        return True
    if sure or not (this.key in known.ALONE or this.key in page.small):
        return False
    if this.key in known.CALENDAR or this.key in page.small or this.first == 0 or line.titled:
        return True
    return not evidence or page.gazetteer.population(this.rows[0]) < LARGE / 5


def is_person(page: Page, line: Line, this: Match, *, sure: bool) -> bool:
    """A person: a given name, or a word that follows a title or a given name somewhere in the text."""
    if sure or country(page, this):
        return False
    ahead = line.words[this.first - 1] if this.first else None
    called = ahead and ahead.capital and (ahead.folded in known.TITLES or ahead.folded in known.PEOPLE)
    if called and line.joined(this.first, dots=True):
        return True
    population = page.gazetteer.population(this.rows[0])
    if not single(line, this):
        return line.words[this.first].folded in known.PEOPLE and population < LARGE
    return this.key in known.PEOPLE or (this.key in page.people and population < 5 * LARGE)


def is_acronym(page: Page, line: Line, this: Match) -> bool:
    """`OSCE`, `PMU`: capital letters name a place only if it is a country or large (`ADEN`)."""
    raw = line.text[line.starts[this.first] : line.end(this.last - 1)]
    if len(raw) > 5 or not raw.isupper() or this.key.startswith(","):
        return False
    return not country(page, this) and page.gazetteer.population(this.rows[0]) < LARGE


def is_obscure(page: Page, this: Match, *, evidence: bool) -> bool:
    """A small place with no word beside it that calls it a place, where the text does not speak of its country or the
    towns of that country are named like people."""
    gazetteer, row = page.gazetteer, this.rows[0]
    if evidence or " " in this.key or gazetteer.feature(row) not in ("town", "admin2"):
        return False
    if gazetteer.population(row) >= LARGE:
        return False
    countries = page.countries - known.NEEDY_COUNTRIES
    return not any(gazetteer.country(row) in countries for row in this.rows)


def single(line: Line, this: Match) -> bool:
    """One word, an article before it aside."""
    return this.last - this.first == 1 or line.words[this.first].folded in known.ARTICLES


def words_of(line: Line, this: Match) -> Sequence[Form]:
    return line.words[this.first : this.last]


def country(page: Page, this: Match) -> bool:
    rows, countries = this.rows, page.gazetteer.countries
    return bool(rows) and (rows[0] < countries or (len(rows) > 1 and rows[1] < countries))


def holds(page: Page, other: Match) -> bool:
    """Is it a country or a division, that may stand right behind a town: `Aleppo Syria`?"""
    return any(page.gazetteer.feature(row) in ("country", "admin1") for row in other.rows)


def is_large(page: Page, this: Match) -> bool:
    """A large town by its main name."""
    row = this.rows[0]
    return page.gazetteer.population(row) >= LARGE and key(page.gazetteer.name(row)) == this.key
