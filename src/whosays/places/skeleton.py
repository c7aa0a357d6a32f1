"""Spellings of one name brought together: skeletons to look up by, and how alike two spellings are.

`Deir ez-Zor`, `Dayr az Zawr` and `Der Ezzour` share no key. They share the skeleton `DRDR`: no articles, no vowels, no spaces,
doubled letters once, letters that stand for one sound in the many ways to write Arabic, Persian or Ukrainian in Latin
letters merged (sounds.yml). Names of one skeleton are many and differ (`Dara`, `Duero`): `closest` compares what was
dropped. Names in other scripts have no skeleton.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import yaml
from rapidfuzz.fuzz import ratio

_DATA = yaml.load(Path(__file__).with_name("sounds.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
_ARTICLES = frozenset(_DATA["articles"].split())
_SOUNDS = {spelling: sound.upper() for sound, spellings in _DATA["sounds"].items() for spelling in spellings.split()}
"""Sounds are capital letters, so that what is done is told from what is still to do."""

_LONG = sorted((spelling for spelling in _SOUNDS if len(spelling) > 1), key=lambda one: (-len(one), one))
_LONG_SPELLING = re.compile("|".join(f"({spelling})" for spelling in _LONG))
_SHORT_SPELLING = str.maketrans(
    {chr(code): None for code in range(128) if not chr(code).isupper()}
    | {spelling: sound for spelling, sound in _SOUNDS.items() if len(spelling) == 1}
)
_DOUBLED = re.compile(r"(.)(?=\1)")
_NO_VOWELS = str.maketrans("", "", "AIU")
_NO_CONSONANTS = str.maketrans("", "", "BDFHJKLMNRTVX")

LONGEST = 80
"""Characters of a name that are looked at. No place is called longer."""


def letters(key: str) -> str:
    """A key without articles and spaces.

    >>> letters("deir ez zor"), letters("al")
    ('deirzor', 'al')
    """
    words = key[:LONGEST].split()
    return "".join([word for word in words if word not in _ARTICLES] or words)


def sound(key: str) -> str:
    """A key as it sounds, roughly: sounds of sounds.yml, the vowels a, i and u among them.

    >>> sound("deir ez zor"), sound("dayr az zawr"), sound("kharkiv"), sound("حلب")
    ('DIRDUR', 'DAIRDAUR', 'HARKIV', '')
    """
    words = key[:LONGEST].split()
    heard = "".join([_heard(word) for word in words if word not in _ARTICLES] or map(_heard, words))
    return _DOUBLED.sub("", heard)


@functools.lru_cache(maxsize=50_000)
def _heard(word: str) -> str:
    heard = _LONG_SPELLING.sub(lambda found: _SOUNDS[_LONG[(found.lastindex or 1) - 1]], word)
    return "".join(filter(str.isascii, heard.translate(_SHORT_SPELLING)))


def skeleton(sound: str) -> str:
    """The consonants of a sound.

    >>> skeleton(sound("deir ez zor")) == skeleton(sound("dayr az zawr")) == "DRDR"
    True
    """
    return sound.translate(_NO_VOWELS)


def vowels(sound: str) -> str:
    """The vowels of a sound.

    >>> vowels(sound("bukamal"))
    'UAA'
    """
    return sound.translate(_NO_CONSONANTS)


def closest(name: str, keys: Sequence[str], *, least: float) -> list[tuple[float, str]]:
    """(similarity, key) of those of the keys that are like a name (a key too) by at least so much, the closest first.

    Similarity, 0 to 1: the mean of how alike the letters and how alike the sounds are (rapidfuzz's ratio: twice what
    two strings have in common, in order, over their length)."""
    written, heard = letters(name), sound(name)
    enough = 200 * least
    found = []
    for key in keys:
        alike = ratio(written, letters(key))
        if alike + 100 >= enough and (alike := alike + ratio(heard, sound(key))) >= enough:
            found.append((alike / 200, key))
    return sorted(found, key=lambda one: (-one[0], one[1]))
