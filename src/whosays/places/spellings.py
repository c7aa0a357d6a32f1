"""Which of the names that GeoNames has for a place are looked for in text. Used when a gazetteer is built."""

from __future__ import annotations

import re

ARTICLE = re.compile(r"^(al|ar|as|ash|at|ath|ad|adh|an|az|el|er|es|esh|et|ed|en|ez)[- ](?=\S{3})", re.I)
GENERIC = re.compile(
    r"^(Muhafazat|Wilayat|Provincia de|Departamento de|Département de|Misto|Gouvernorat de|Powiat|Landkreis) |"
    r" (Governorate|Province|Sheng|Zizhiqu|District|Region|Oblast|Rayon|Raion|Department|State|Division|Prefecture|"
    r"Municipality)$",
    re.I,
)
"""What a division is, beside its name."""
CYRILLIC = {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"}
ARABIC = {"ar", "fa", "ps", "ur", "ckb", "ku", "sd", "ug", "prs"}


def keep(name: str, speaks: frozenset[str], *, everywhere: bool) -> bool:
    """Is it a name to look for? In Latin script; in Cyrillic or Arabic where that is written, or of a large place.

    Names in lower-case Latin letters are transliterations letter by letter (`swldw`): never seen in print. Up to four
    capitals are the code of an airport."""
    if not 2 <= len(name) <= 40 or (len(name) <= 4 and name.isupper()):
        return False
    scripts = {script(c) for c in name if c.isalpha()}
    if scripts == {"latin"}:
        return not name[0].islower() or bool(ARTICLE.match(name))
    if scripts == {"cyrillic"}:
        return everywhere or bool(speaks & CYRILLIC)
    return scripts == {"arabic"} and (everywhere or bool(speaks & ARABIC))


def script(letter: str) -> str:
    code = ord(letter)
    if code < 0x300 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    return "arabic" if 0x600 <= code < 0x700 else "other"


def with_articles(names: set[str]) -> frozenset[str]:
    """Names, and the same without an Arabic article before them: `Al-Qaim`, `Qaim`."""
    return frozenset(names | {ARTICLE.sub("", name) for name in names})


def bare(division: str) -> str:
    """A division's name without the words that say what it is.

    >>> bare("Idlib Governorate"), bare("Muhafazat Hadramawt")
    ('Idlib', 'Hadramawt')
    """
    while division != (division := GENERIC.sub("", division)):
        pass
    return division
