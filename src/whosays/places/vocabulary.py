"""The word lists of words.yml, read once."""

from __future__ import annotations

from pathlib import Path

import yaml

_LISTS = yaml.load(Path(__file__).with_name("words.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def _by_word(name: str) -> dict[str, tuple[str, ...]]:
    """Word → the headings it stands under."""
    found: dict[str, tuple[str, ...]] = {}
    for heading, words in _LISTS[name].items():
        for word in words.split():
            word = word.replace("_", " ")
            found[word] = (*found.get(word, ()), heading)
    return found


PREPOSITIONS = _words("prepositions")
WEAK_PREPOSITIONS = _words("weak_prepositions")
NEEDY_COUNTRIES = _words("needy_countries")
TRANSLITERATED = _words("transliterated")
MODIFIERS = _words("modifiers")
BODIES = _words("bodies")
NAMES_AFTER = _words("names_after")
TITLES = _words("titles")
PEOPLE = _words("names")
CALLING = TITLES | PEOPLE
"""The words after them are somebody's name."""
COMMON = _words("common")
CALENDAR = _words("calendar")

NEAR = tuple(words.strip() for words in _LISTS["near"].split("|"))
GUARDS = _words("guards")
RELATING = _words("relating")
NUMBERS = {word: float(number) for number, word in enumerate(_LISTS["numbers"].split(), 1)}

KINDS = _by_word("kinds")
NATIONALITIES = _by_word("nationalities")
DOUBLE = frozenset(word.partition(" ")[0] for word in NATIONALITIES if " " in word)
"""First words of nationalities of two."""
ADJECTIVES = {word: places[0].replace("_", " ") for word, places in _by_word("adjectives").items()}
ARTICLES = _words("articles")

FREE = COMMON | CALENDAR | MODIFIERS | BODIES | frozenset(KINDS) | frozenset(NATIONALITIES)
"""Capital words that make no name with the place beside them."""

ALONE = COMMON | CALENDAR | MODIFIERS | TITLES
"""What is hardly ever a place when it stands alone."""

PARTS = (BODIES | MODIFIERS) - _words("namesakes")
"""After a name: what lies in the place or is of it."""
