"""Datelines: the words before a report that say where it was written and by which agency.

    BEIRUT (Reuters) –            BEIRUT, Nov 8 (Reuters) -       KYIV, Ukraine (AP) —       ANKARA / ISTANBUL (AA)
    MOSCOW, January 11. /TASS/.   DAMASCUS, Nov. 8 (Xinhua) --    Damascus, SANA-            BEIRUT, Lebanon —

A place in mixed case counts only with an agency that the list knows; without one the place must be in capitals and a dash
must follow: what then stands in brackets is an agency as printed, `SOLEDAR (Meridian) –`. Of several places the first is
given: it is where the report was written first.
"""

from __future__ import annotations

import re
from functools import cache

from whosays.nouns import Dateline, Span
from whosays.pages import agencies
from whosays.pages.dates import MONTH

LONGEST = 120
"""Code points within which a dateline must end."""

_WORD = r"[^\W\d_][\w.'’‘`ʼ-]*"
_NAME = r"[^\W\d_a-z][\w.'’&-]+"
_PLACE = rf"(?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}})"
_MORE = rf"(?:\s?[/,]\s?{_WORD}(?:[ ]{_WORD}){{0,2}}){{0,3}}?"
_DAY = rf"(?:[,.]?\s(?:{MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\s{MONTH}\.?)(?:,?\s\d{{4}})?)?"
_DASH = r"(?:\s?(?:--+|[–—―])|\s?-(?=\s)|:(?=\s))"


def find(text: str) -> Dateline | None:
    """The dateline that opens a paragraph, with its span in it; None if there is none."""
    head = text[:LONGEST]
    for shape in _shapes():
        found = shape.match(head)
        if found:
            named = found.groupdict()
            place = named.get("place")
            agency = agencies.named(named.get("agency") or named.get("slashed")) or named.get("unknown")
            return Dateline(
                place_case(place.rstrip(".")) if place else None, agency, Span(0, len(found.group().rstrip()))
            )
    return None


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    agency = rf"(?P<agency>(?i:{agencies.pattern()}))"
    opening = rf"{_PLACE}{_MORE}{_DAY}"
    bracketed = rf"(?:\(\s?{agency}(?:[/,–—-][^()]{{0,30}})?\s?\)|/\s?{agency.replace('agency', 'slashed')}\s?/)"
    capitals = r"(?P<place>[^\W\d_a-z][^\W\da-z]{2,}(?:[ '’-][^\W\da-z]{2,}){0,3})"
    more = r"(?:\s?/\s?[^\W\d_a-z][^\W\da-z]+){0,3}"
    then = rf"(?:[.,]?{_DASH}\s?|[.,]?\s+(?![a-z])|[.,]?$)"
    country = rf"(?:,\s{_WORD}(?:[ ]{_WORD}){{0,2}})"
    shapes = (
        rf"{opening}[,.]?\s{bracketed}{then}",
        rf"{bracketed}{then}",
        rf"{opening},\s{agency}\s?[-–—:]+\s?",
        rf"{capitals}{more}{country}?{_DAY}[,.]?\s\((?P<unknown>{_NAME}(?:[ ]{_NAME}){{0,2}})\)\s?(?:--+|[–—―]|-(?=\s))\s?",
        rf"{capitals}(?:{country}{_DAY}|(?<=\w{{5}}){_DAY})\s?(?:--+|[–—―]|-(?=\s))\s?(?![a-z])",
    )
    return tuple(re.compile(shape) for shape in shapes)


def place_case(place: str) -> str:
    """A place printed in capitals as it is usually written; one in mixed case is left alone.

    >>> place_case("BEIRUT"), place_case("DEIR AL-ZOR"), place_case("Tel Aviv")
    ('Beirut', 'Deir al-Zor', 'Tel Aviv')
    """
    if place != place.upper():
        return place
    titled = re.sub(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)*", _capitalised, place)
    return re.sub(r"(?<=[ -])(?:Al|El|Ez|Az|As|Ash|Ad|An|Ar|At|Of|On|De|La)(?=-)|(?<= )(?:Of|On)(?= )", _lower, titled)


def _capitalised(found: re.Match[str]) -> str:
    return found.group().capitalize()


def _lower(found: re.Match[str]) -> str:
    return found.group().lower()
