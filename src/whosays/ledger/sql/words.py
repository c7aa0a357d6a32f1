"""Words as SQLite's FTS5 cuts and folds them (`unicode61 remove_diacritics 2`), for databases whose own full text would find other ones.

    said(text) -> str            " the army took al qaim " (a space before and after each word)
    phrases(query) -> phrases    what a query asks for: each word and each "quoted phrase" as it stands in `said`
    excerpt(text, query) -> str  a few words around the best find

A word is a run of letters, digits and characters for private use; upper case and the accents of Latin letters do not count. SQLite goes by
Unicode 6.1, Python by a later one: letters that were added since are words here and gaps there.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Code points of a word that count: what an index takes."""

AROUND = 16
"""Words of an excerpt."""

_BETWEEN = "\ue000"
"""For private use: stays what it is when a text is folded."""


class _Folds(dict[int, str]):
    """Code point → what it is in `said`; told when it is first met."""

    def __missing__(self, point: int) -> str:
        self[point] = told = _folded(chr(point))
        return told


_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u031b")
_MARKS |= frozenset("\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331")
"""Accents that stand by themselves, and count as little as those that are part of a letter."""


def _folded(character: str) -> str:
    if character in _MARKS:  # part of the word that it stands in
        return ""
    category = unicodedata.category(character)
    if category[0] not in "LN" and category != "Co":
        return " "
    base, marks = (apart := unicodedata.normalize("NFD", character))[0], apart[1:]
    if marks and base.isascii() and all(map(unicodedata.combining, marks)):
        return base.lower()
    return next((one for one in (character.casefold(), character.lower()) if len(one) == 1), character)


_FOLDS = _Folds()


def said(text: str) -> str:
    """The words of a text, folded, with a space before and after each."""
    return f" {' '.join(word[:LONGEST] for word in text.translate(_FOLDS).split(' ') if word)} "


def phrases(query: str) -> list[str]:
    """Words and "phrases" of a query; without those that have no word in them."""
    found = re.findall(r'"([^"]*)"|(\S+)', query.replace("\0", " "))
    told = (said(phrase or word.replace('"', "")).strip() for phrase, word in found)
    return [phrase for phrase in told if phrase]


def excerpt(text: str, query: str) -> str:
    """The few words of a text in which most of the phrases stand, as they stand there."""
    wanted = phrases(query)
    text = text.replace(_BETWEEN, " ")
    places = [match.span() for match in re.finditer(r"\S+", text)]
    folded = _BETWEEN.join(text[start:end] for start, end in places).translate(_FOLDS).split(_BETWEEN)
    first_words = {phrase.split()[0] for phrase in wanted}
    best, at = 0, 0
    for first, word in enumerate(folded):
        if best < len(wanted) and not first_words.isdisjoint(word.split()):
            window = f" {' '.join(' '.join(folded[first : first + AROUND]).split())} "
            if (there := sum(f" {phrase} " in window for phrase in wanted)) > best:
                best, at = there, first
    first = max(0, min(at - 2, len(places) - AROUND))
    last = min(len(places), first + AROUND)
    if not places:
        return ""
    cut = text[places[first][0] : places[last - 1][1]]
    return f"{'…' if first else ''}{cut}{'…' if last < len(places) else ''}"
