"""Bare times: a date, a month, a year, a weekday, `yesterday`; as word classes (`words.py`), and which days they mean.

What has no year or month of its own is the most recent one up to and including the day counted from; the next one where
the tense points ahead. Seasons are those of the northern hemisphere, by whole months.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from whosays.nouns import When
from whosays.times import days
from whosays.times.words import Words


class UnanchoredError(Exception):
    """The words count from a day that is not known; the message names it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words count from: publication day, the last day the text named, and does the tense point ahead?"""

    published: date | None
    named: date | None = None
    ahead: bool = False

    @property
    def today(self) -> date:
        if self.published is None:
            raise UnanchoredError("the publication date")
        return self.published

    @property
    def that_day(self) -> date:
        if self.named is None:
            raise UnanchoredError("a day named before")
        return self.named


Meaning = Callable[[Words, int, int, Clock], When | None]
"""Words, the half-open range of them that matched, the clock. None: no such day, or no time after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`letters`: regular expression over word classes. `why`: the reason given with a result, for people."""

    letters: str
    means: Meaning
    why: str


def bare(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Meaning of the bare time that ends at `end`, whatever stands before it in the range: the longest one."""
    for first in range(start, end):
        if match := _BARE.fullmatch(words.letters, first, end):
            return BARE[match.lastgroup or ""].means(words, first, end, clock)
    return None


def _figures(words: Words, start: int, end: int, clock: Clock) -> When | None:
    value = words.first("QC", start, end) or 0
    return _day(days.make(value // 10000, value // 100 % 100, value % 100))


def _day(day: date | None) -> When | None:
    return days.one_day(day) if day else None


def _dated(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """A day of a month. Without a year: on the given weekday if there is one, the nearest in the clock's direction."""
    month, day = words.first("Mm", start, end) or 0, words.first("DO", start, end) or 0
    year, weekday = words.first("Y", start, end), words.first("Ww", start, end)
    if year is not None:
        return _day(days.make(year, month, day))
    near = [found for step in range(-8, 9) if (found := days.make(clock.today.year + step, month, day))]
    near = [found for found in near if weekday is None or found.weekday() == weekday] or near
    return _day(_nearest(near, clock))


def _nearest(options: list[date], clock: Clock) -> date | None:
    """The last option up to and including today; ahead, the first from today on; where there is none, the nearest."""
    today = clock.today
    right = [day for day in options if (day >= today if clock.ahead else day <= today)]
    return min(right or options, key=lambda day: abs((day - today).days), default=None)


def days_of_month(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """11-13 December, November 3 to 5: both ends in one month."""
    figures = words.all("DO", start, end)[:2]
    month, year = words.first("Mm", start, end) or 0, words.first("Y", start, end)
    if year is None:
        near = [found for step in (-1, 0, 1) if (found := days.make(clock.today.year + step, month, figures[-1]))]
        last = _nearest(near, clock)
        year = last.year if last else clock.today.year
    first, last = days.make(year, month, figures[0]), days.make(year, month, figures[-1])
    return days.between(first, last) if first and last else None


def _month(words: Words, start: int, end: int, clock: Clock) -> When | None:
    month, year = words.first("Mm", start, end) or 1, words.first("Y", start, end)
    if year is None:
        today = clock.today
        year = today.year + (month < today.month) if clock.ahead else today.year - (month > today.month)
    return days.whole_month(year, month) if 1 <= year <= 9999 else None


def _years(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """2016; 2014-2016; 2014-16."""
    ends = words.all("YD", start, end)
    first, last = ends[0], ends[-1]
    last = last if last > 100 else first // 100 * 100 + last
    return days.whole_years(min(first, last), max(first, last))


def _decade(words: Words, start: int, end: int, clock: Clock) -> When | None:
    first = words.first("K", start, end) or 0
    return days.whole_years(first, first + 9)


def _season(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Three months; `winter 2015` begins in December 2015."""
    month, year = words.first("sl", start, end) or 3, words.first("Y", start, end)
    if year is None:
        today = clock.today
        year = today.year + (month + 2 < today.month) if clock.ahead else today.year - (month > today.month)
    if not 1 <= year <= 9998:
        return None
    first = date(year, month, 1)
    return When(first, days.shift(days.shift_months(first, 3), -1), days.MONTH)


def _weekday(words: Words, start: int, end: int, clock: Clock) -> When | None:
    weekday, today = words.first("Ww", start, end) or 0, clock.today
    if clock.ahead:
        return days.one_day(days.shift(today, (weekday - today.weekday()) % 7))
    return days.one_day(days.shift(today, -((today.weekday() - weekday) % 7)))


def _dayword(words: Words, start: int, end: int, clock: Clock) -> When | None:
    return days.one_day(days.shift(clock.today, words.first("T", start, end) or 0))


_DATED = "(?:[Ww]P?,?)?(?:[Mm][DO](?:,?Y)?(?!-?U)|z?[DO]f?[Mm](?:,?Y)?)"

BARE = {
    "figures": Rule("(?:[Ww],?)?[QC]", _figures, "a date in figures"),
    "days_of_month": Rule(
        "[Mm][DO][-t][DO](?![-.U])(?:,?Y)?|[DO][-t][DO]f?[Mm](?:,?Y)?", days_of_month, "days of one month"
    ),
    "dated": Rule(_DATED, _dated, "a day of a month"),
    "month": Rule("[Mm],?f?Y", _month, "a month"),
    "season": Rule("[sl]f?Y", _season, "a season"),
    "years": Rule("Y-[YD](?![-U])", _years, "years"),
    "decade": Rule("K", _decade, "a decade"),
    "weekday": Rule("WP?", _weekday, "a weekday"),
    "dayword": Rule("TP?", _dayword, "a day beside the publication day"),
    "some_month": Rule("M(?![DO])", _month, "a month"),
    "weak_month": Rule("m(?![DO])", _month, "a month"),
    "weak_weekday": Rule("wP?", _weekday, "a weekday"),
    "year": Rule("Y", _years, "a year"),
    "some_season": Rule("s", _season, "a season"),
    "fall": Rule("l", _season, "a season"),
}
_WEAK = {"weak_month", "weak_weekday", "year", "some_season", "fall"}
"""Times only where the words around say so: `in May`, `since 2000`, `last fall`."""

STRONG = "(?:" + "|".join(rule.letters for name, rule in BARE.items() if name not in _WEAK) + ")"
ANY = "(?:" + "|".join(rule.letters for name, rule in BARE.items() if name != "fall") + ")"
DAY = f"(?:{BARE['figures'].letters}|{_DATED}|WP?|TP?)"
"""A time of one day."""
_BARE = re.compile("|".join(f"(?P<{name}>{rule.letters})" for name, rule in BARE.items()))
