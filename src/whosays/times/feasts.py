"""Feasts that conflict news counts by: Ramadan, the two Eids, Ashura, Nowruz, Christmas, Easter and the like (feasts.yml).

Islamic dates are those of the Umm al-Qura calendar (hijridate; from 1924 to 2077). A feast begins where the moon is seen, so that
countries, and the sides of a war, keep it a day apart. Nothing is known outside those years.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

import yaml

from whosays.nouns import When
from whosays.times import days


class Feast(TypedDict, total=False):
    """What feasts.yml says of a name."""

    spelt: str
    namesakes: bool
    words: str
    beside: str
    islamic: list[tuple[int, int, int]]
    fixed: tuple[int, int]
    easter: int
    weekday: tuple[int, int, int]


_FEASTS: dict[str, Feast] = yaml.load(
    Path(__file__).with_name("feasts.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
NAMES = tuple(_FEASTS)
"""A feast is its place here."""
SPELT = {name: feast["spelt"] for name, feast in _FEASTS.items()}
_NAME = "[ -](?=[A-Z])"
WORDS = "|".join(
    f"{feast['spelt']}(?!{_NAME})" if "namesakes" in feast else feast["spelt"] for feast in _FEASTS.values()
)
"""Regular expression for each of them, and for any; a name after it makes it a person's."""
NAMESAKES = "|".join(f"{feast['spelt']}{_NAME}" for feast in _FEASTS.values() if "namesakes" in feast)
"""One for the first names of people: `Ramadan Shallah`."""
TRIGGERS = " ".join(feast["words"] for feast in _FEASTS.values()).split()
BESIDE = " ".join(feast.get("beside", "") for feast in _FEASTS.values()).split()
"""Words, in small letters, of which every name has one; and all others that stand in names."""
INITIALS = "".join(sorted({name[0].upper() for name in NAMES}))
_EACH = tuple(re.compile(feast["spelt"]) for feast in _FEASTS.values())


def which(words: str) -> int:
    """The place in NAMES of the feast that matched WORDS."""
    return next(place for place, pattern in enumerate(_EACH) if pattern.fullmatch(words))


@lru_cache(256)
def in_years(feast: int, first: int, last: int) -> tuple[When, ...]:
    """The feast in each of some years, in order."""
    found = (when for year in range(first, last + 1) for when in _in_year(_FEASTS[NAMES[feast]], year))
    return tuple(sorted(found, key=lambda when: when.first or date.min))


def _in_year(feast: Feast, year: int) -> list[When]:
    if "islamic" in feast:
        return [when for kind in feast["islamic"] for when in _islamic(year, *kind)]
    if "fixed" in feast:
        return [days.one_day(date(year, *feast["fixed"]))]
    if "weekday" in feast:
        month, weekday, number = feast["weekday"]
        return [days.one_day(date(year, month, 7 * number - 6 + (weekday - date(year, month, 1).weekday()) % 7))]
    return [days.one_day(days.shift(_easter(year), feast["easter"]))] if 1583 <= year <= 4099 else []


def _islamic(year: int, month: int, day: int, length: int) -> list[When]:
    """Where in a year the feast lies: once, twice in the rare year that holds two, or nowhere that is known."""
    from hijridate import Gregorian, Hijri  # a calendar of its own, wanted once in many pages

    found = []
    try:
        for islamic in range(Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1):
            begin = Hijri(islamic, month, day)
            count = length or begin.month_length()
            first = date(*begin.to_gregorian().datetuple())
            if first.year == year:
                found.append(days.between(first, days.shift(first, count - 1), f"{first}/P{count}D"))
    except (OverflowError, ValueError):  # outside the calendar's years
        return []
    return found


def _easter(year: int) -> date:
    from dateutil.easter import easter  # type: ignore[import-untyped]

    sunday: date = easter(year)
    return sunday
