"""Feasts that conflict news counts by: Ramadan, the two Eids, Ashura, Nowruz, Christmas, Easter and the like.

Islamic dates are those of the Umm al-Qura calendar (hijridate; from 1924 to 2077). A feast begins where the moon is seen,
so that countries, and the sides of a war, keep it a day apart: the interval is one or two days off, its precision says so.
Nothing is known outside those years.
"""

from __future__ import annotations

import re
from datetime import date

from whosays.nouns import When
from whosays.times import days

ISLAMIC: dict[str, tuple[tuple[int, int, int], ...]] = {
    # month of the Islamic year, its day, how many days; 0: the month
    "ramadan": ((9, 1, 0),),
    "eid al-fitr": ((10, 1, 3),),
    "eid al-adha": ((12, 10, 4),),
    "eid": ((10, 1, 3), (12, 10, 4)),
    "ashura": ((1, 10, 1),),
    "mawlid": ((3, 12, 1),),
}
FIXED: dict[str, tuple[int, int]] = {
    "new year’s day": (1, 1),
    "new year’s eve": (12, 31),
    "nowruz": (3, 21),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
}
MOVING = ("easter sunday", "easter", "good friday", "thanksgiving day", "thanksgiving")
NAMES = (*ISLAMIC, *FIXED, *MOVING)
"""A feast is its place here."""

_SPELLINGS = {
    "ramadan": "Rama[dz]h?an",
    "eid al-fitr": "Ei?d[ -](?:[aeu]l[ -])?Fitr",
    "eid al-adha": "Ei?d[ -](?:[aeu]l[ -])?(?:Ad|Az)h?a",
    "eid": "Eid(?= [^A-Z]|[^ \\w-]|$)",
    "ashura": "Ashou?ra",
    "mawlid": "Maw?lid",
    "nowruz": "Now?ruz",
}
WORDS = "|".join(
    _SPELLINGS.get(name, name.title().replace("’S", "['’]s")) for name in sorted(NAMES, key=len, reverse=True)
)
"""Regular expression for any of them; the longer names first."""
INITIALS = "".join(sorted({name[0].upper() for name in NAMES}))
_EACH = {name: re.compile(_SPELLINGS.get(name, name.title().replace("’S", "['’]s"))) for name in NAMES if name != "eid"}


def which(words: str) -> int:
    """The place in NAMES of the feast that matched WORDS."""
    return next((NAMES.index(name) for name, pattern in _EACH.items() if pattern.fullmatch(words)), NAMES.index("eid"))


def in_years(feast: int, first: int, last: int) -> list[When]:
    """The feast in each of some years, in order."""
    return sorted(
        (when for year in range(first, last + 1) for when in _in_year(NAMES[feast], year)),
        key=lambda when: when.first or date.min,
    )


def _in_year(name: str, year: int) -> list[When]:
    if name in ISLAMIC:
        return [when for kind in ISLAMIC[name] for when in _islamic(year, *kind)]
    if name in FIXED:
        month, day = FIXED[name]
        return [days.one_day(date(year, month, day))]
    return [days.one_day(_moving(name, year))] if 1583 <= year <= 4099 else []


def _islamic(year: int, month: int, day: int, length: int) -> list[When]:
    """Where in a year the feast lies: once, twice in the rare year that holds two, or nowhere that is known."""
    from hijridate import Gregorian, Hijri  # a calendar of its own, wanted once in many pages

    found = []
    try:
        for islamic in range(Gregorian(year, 1, 1).to_hijri().year, Gregorian(year, 12, 31).to_hijri().year + 1):
            begin = Hijri(islamic, month, day)
            first = date(*begin.to_gregorian().datetuple())
            last = days.shift(first, (length or begin.month_length()) - 1)
            if first.year == year:
                found.append(When(first, last, days.WEEK if length else days.MONTH, f"{first}/P{(last - first).days + 1}D"))
    except (OverflowError, ValueError):  # outside the calendar's years
        return []
    return found


def _moving(name: str, year: int) -> date:
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        return date(year, 11, 22 + (3 - date(year, 11, 1).weekday()) % 7)
    from dateutil.easter import easter  # type: ignore[import-untyped]

    sunday: date = easter(year)
    return days.shift(sunday, -2) if name == "good friday" else sunday
