"""Private persons among the voices and parties of claims: people named in the news whom no roster lists.

    People(listed).named(claim) -> names          hidden(text, names, by) -> text

A roster lists commanders, spokesmen and heads of state; whoever it does not list is taken for private. Of a source its kind tells
whether it is a person; of a party nothing but the words does, so it counts as one where they look like a personal name: two to five
words with capitals, none of which a roster or the lexicon has (`Sham Hawks Brigade` and `Russian Orthodox Church` are no persons).
What it does not do: find people in a quote whom no role of the claim names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from whosays.nouns import LOCAL, Claim, Party, Source, SourceKind

_PARTICLE = r"(?:[aA][lnrstzd]h?-|bin|ibn|bint|abu|al|el|de|da|del|van|von|der|la|le)"
_WORD = r"(?:[^\W\d_]*[A-ZÀ-ÖØ-ÞĀ-ſА-ЯЁЇІЄҐ][^\W\d_]*\.?(?:['’‘ʿ-][^\W\d_]+)*)"
_RUN = re.compile(rf"(?<!\w)(?:{_PARTICLE}\s?)?{_WORD}(?:\s+(?:{_PARTICLE}\s?)*{_WORD})*")
_CASELESS = re.compile(r"[\u0590-\u08ff]+(?:[\s'’-]+[\u0590-\u08ff]+)*")
"""Words of scripts without capitals: a name beside its spelling in letters of ours, `Sami Haddad (سامي حداد)`."""
_OPENERS = frozenset(
    "a an the this that these those each every his her its their our my your one two some many most several other others another no "
    "he she it they we i you who both all any few".split()
)
_TITLES = frozenset(
    "mr mrs ms miss dr doctor professor prof sheikh shaykh imam mullah haji hajj sayyid father sister brother rev reverend".split()
)
_SPOKEN = frozenset({SourceKind.PERSON, SourceKind.UNNAMED})
LONGEST = 5
"""Words of a personal name at most."""


class People:
    """Tells private persons. `listed`: does a roster have somebody of this name? Asked often; it should remember."""

    def __init__(self, listed: Callable[[str], bool]) -> None:
        self._listed = listed
        self.in_words = lru_cache(maxsize=1 << 14)(self._in_words)
        """Names of private persons in words for a party: the same few parties stand in all intervals of a lane."""

    def named(self, claim: Claim) -> tuple[str, ...]:
        """Names, as printed, of the private persons that a claim's roles name; longest first."""
        where = claim.place
        places = {words for words in (where and where.words, where and where.name) if words}
        if where is not None and where.place is not None:
            places.add(where.place.name)
        found = {*self.speaking(claim.source), *self.taking_part(claim.actor), *self.taking_part(claim.target)}
        return tuple(sorted(found - places, key=lambda name: (-len(name), name)))

    def speaking(self, source: Source) -> Iterator[str]:
        """Names of private persons in who speaks."""
        if source.kind not in _SPOKEN or _in_roster(source.actor):
            return
        for words in (source.name, source.mention):
            for name in _runs(words or ""):
                enough = source.kind is SourceKind.PERSON or _stands_alone(name, words or "")
                if enough and not self._known(name):
                    yield name
                    yield from _CASELESS.findall(words or "")

    def taking_part(self, party: Party | None) -> Iterator[str]:
        """Names of private persons in who acts or suffers."""
        if party is None or party.actor is not None:
            return  # who is not listed and has a key is an organisation
        for words in (party.name, party.words):
            yield from self.in_words(words or "")

    def _in_words(self, words: str) -> tuple[str, ...]:
        whole = tuple(
            name for name in _runs(words) if _stands_alone(name, words) and " " in name and not self._known(name)
        )
        return (*whole, *_CASELESS.findall(words)) if whole else ()

    def _known(self, name: str) -> bool:
        """Does a roster have the whole or a word of it (`Russian`), or is a word of it no person's (`Brigade`)?"""
        words = name.split()
        return (
            len(words) > LONGEST
            or self._listed(name)
            or any(_impersonal(word) or (len(words) > 1 and self._listed(word)) for word in words)
        )


def _in_roster(key: str | None) -> bool:
    return key is not None and not key.startswith(LOCAL)


@lru_cache(maxsize=1 << 14)
def _runs(words: str) -> tuple[str, ...]:
    """Runs of words with capitals, without titles and without what only opens the phrase. (The same voices and parties come up in
    almost every claim of a page.)"""
    return tuple(_capitalised(words))


def _capitalised(words: str) -> Iterator[str]:
    for found in _RUN.finditer(words):
        name = found.group()
        while name and name.split()[0].lower().rstrip(".") in _OPENERS | _TITLES:
            name = " ".join(name.split()[1:])
        if len(name) > 1:
            yield name


def _stands_alone(name: str, words: str) -> bool:
    """Is the run the phrase itself or set off by a comma, and not a word in it (`a Hezbollah commander`)?"""
    if " " in name:
        return True
    pieces = [piece.strip() for piece in words.split(",")]
    return name in pieces


@cache
def _impersonal_words() -> frozenset[str]:
    from whosays.claims import lexicon

    own = lexicon().words
    return frozenset().union(
        own.armed, own.war, own.territory, own.thing, own.public, own.weapon, *own.sources.values()
    )


def _impersonal(word: str) -> bool:
    lower = word.lower().strip(".")
    return lower in _impersonal_words() or lower.removesuffix("s") in _impersonal_words()


def hidden(text: str, names: Iterable[str], by: Callable[[str], str]) -> str:
    """The text with every occurrence of the names, and of single words of them, replaced by what `by` makes of the words found."""
    pattern = _pattern(tuple(names))
    return text if pattern is None else pattern.sub(lambda found: by(found.group()), text)


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    whole = [r"\s+".join(map(re.escape, name.split())) for name in names]
    words = {word for name in names for word in name.split() if len(word) > 2 and word[:1].isupper()}
    parts = sorted(map(re.escape, words - set(names)), key=lambda word: (-len(word), word))
    if not whole:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join([f'(?i:{name})' for name in whole] + parts)})(?!\w)")
