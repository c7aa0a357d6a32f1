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
            found[word] = (*found.get(word, ()), heading)
    return found


PREPOSITIONS = _words("prepositions")
WEAK_PREPOSITIONS = _words("weak_prepositions")
NEEDY_COUNTRIES = _words("needy_countries")
MODIFIERS = _words("modifiers")
BODIES = _words("bodies")
NAMES_AFTER = _words("names_after")
TITLES = _words("titles")
PEOPLE = _words("names")
COMMON = _words("common")
CALENDAR = _words("calendar")

KINDS = _by_word("kinds")
NATIONALITIES = _by_word("nationalities")
ARTICLES = _words("articles")

FREE = COMMON | CALENDAR | MODIFIERS | BODIES | frozenset(KINDS) | frozenset(NATIONALITIES)
"""Capital words that make no name with the place beside them."""

ALONE = COMMON | CALENDAR | MODIFIERS | TITLES
"""What is hardly ever a place when it stands alone."""
