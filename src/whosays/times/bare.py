"""Bare times: a date, a month, a year, a weekday, `yesterday`; as word classes (words.py), and which days they mean.

What has no year or month of its own is the most recent one up to and including the day counted from; the next one where
the tense points ahead. Seasons are those of the northern hemisphere, by whole months.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from whosays.nouns import When
from whosays.times import days, feasts
from whosays.times.words import Hour, Words


class UnanchoredError(Exception):
    """The words count from a day that is not known; the message names it."""


class Clock(NamedTuple):
    """What relative words count from: the publication day, and what the text named last."""

    published: date | None
    named: date | None = None
    """The last that was a single day."""
    period: date | None = None
    """First day of the last of any length."""
    quarter: date | None = None
    """First day of the last quarter, until a month or a year is named."""
    ahead: bool | None = None
    """Does the tense point ahead? None: it does not say."""

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

    @property
    def current_day(self) -> date:
        """The day the text is about: the last named, else that of publication."""
        return self.named or self.today

    @property
    def current_period(self) -> date:
        return self.period or self.today


SOON = 75
"""Days. A day or month without a year is the last there was, unless the next one comes so soon: who means the one of ten months ago
says so."""

Meaning = Callable[[Words, int, int, Clock], When | None]
"""Words, the half-open range of them that matched, the clock. None: no such day, or no time after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`letters`: regular expression over word classes. `why`: the reason given with a result, for people. `beside`: it is counted
    from what was named before, and a quarter so counted is not the one the text is about."""

    letters: str
    means: Meaning
    why: str
    beside: bool = False


def bare(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Meaning of the bare time that ends at `end`, whatever stands before it in the range: the longest one; with the time of
    day that the range names."""
    for first in range(start, end):
        if match := _BARE.fullmatch(words.letters, first, end):
            when = BARE[match.lastgroup or ""].means(words, first, end, clock)
            return when and at_hour(words, start, end, when)
    return None


_HOURS = {
    Hour.MORNING: "TMO", Hour.NOON: "T12:00", Hour.AFTERNOON: "TAF", Hour.EVENING: "TEV", Hour.NIGHT: "TNI",
    Hour.MIDNIGHT: "T24:00",
}  # fmt: skip


def at_hour(words: Words, start: int, end: int, when: When) -> When:
    """A single day with the time of day that a range of words names: `Friday night`, `10:30 a.m. Tuesday`."""
    hour = hour_code(words, start, end)
    return days.one_day(when.first, hour) if hour and when.first and when.first == when.last else when


def hour_code(words: Words, start: int, end: int) -> str:
    """The time of day in a range of words as TIMEX3 has it, or nothing."""
    clock, part = words.first("@", start, end), words.first("P", start, end)
    if clock is not None:
        return f"T{clock // 60:02}:{clock % 60:02}"
    return "" if part is None else _HOURS[Hour(part)]


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
    """The last option up to and including today, or one soon after; ahead, the first from today on; where there is none, the
    nearest."""
    today = clock.today
    right = [day for day in options if (day >= today if clock.ahead else day <= today)]
    soon = [day for day in options if clock.ahead is None and 0 < (day - today).days <= SOON]
    return min(soon or right or options, key=lambda day: abs((day - today).days), default=None)


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


def year_of(clock: Clock, month: int, length: int = 1) -> int:
    """The year in which some months, from `month` on, are the most recent that have begun, or soon will; ahead, the next not over."""
    today = clock.today
    coming = min(today.year + (month < today.month), 9999)
    if clock.ahead is None and 0 < (date(coming, month, 1) - today).days <= SOON:
        return coming
    return today.year + (month + length - 1 < today.month) if clock.ahead else today.year - (month > today.month)


def _month(words: Words, start: int, end: int, clock: Clock) -> When | None:
    month, year = words.first("Mm", start, end) or 1, words.first("Y", start, end)
    year = year_of(clock, month) if year is None else year
    return days.whole_month(year, month) if 1 <= year <= 9999 else None


def _years(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """2016; 2014-2016; 2014-16."""
    ends = words.all("YD", start, end)
    first, last = ends[0], ends[-1]
    last = last if last > 100 else first // 100 * 100 + last
    return days.whole_years(min(first, last), max(first, last))


def _decade(words: Words, start: int, end: int, clock: Clock) -> When | None:
    return days.decade(words.first("K", start, end) or 0)


def _season(words: Words, start: int, end: int, clock: Clock) -> When | None:
    month, year = words.first("sλ", start, end) or 3, words.first("Y", start, end)
    year = year_of(clock, month, 3) if year is None else year
    return days.season(year, month) if 1 <= year <= 9998 else None


def _feast(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """In its year; without one the last that has begun, ahead the next that is not over."""
    feast, year = words.first("c", start, end) or 0, words.first("Y", start, end)
    if year is not None:
        return next(iter(feasts.in_years(feast, year, year)), None)
    today = clock.today
    near = feasts.in_years(feast, max(today.year - 1, 1), min(today.year + 1, 9999))
    if clock.ahead:
        return next((when for when in near if when.last and when.last >= today), None)
    return next((when for when in reversed(near) if when.first and when.first <= today), None)


def _weekday(words: Words, start: int, end: int, clock: Clock) -> When | None:
    weekday, today = words.first("Ww", start, end) or 0, clock.today
    if clock.ahead:
        return days.one_day(days.shift(today, (weekday - today.weekday()) % 7))
    return days.one_day(days.shift(today, -((today.weekday() - weekday) % 7)))


def _dayword(words: Words, start: int, end: int, clock: Clock) -> When | None:
    return days.one_day(days.shift(clock.today, words.first("T", start, end) or 0))


_DATED = "(?:[Ww]P?,?)?(?:[Mm][DO](?:,?Y)?(?!-?[Uü])|z?[DO]f?[Mm](?:,?Y)?)"
_FEAST = "c(?:f?Y)?"

BARE = {
    "figures": Rule("(?:[Ww],?)?[QC]", _figures, "a date in figures"),
    "days_of_month": Rule(
        "[Mm][DO][-t][DO](?![-.Uü])(?:,?Y)?|[DO][-t][DO]f?[Mm](?:,?Y)?", days_of_month, "days of one month"
    ),
    "dated": Rule(_DATED, _dated, "a day of a month"),
    "month": Rule("[Mm],?f?Y", _month, "a month"),
    "season": Rule("[sλ]f?Y", _season, "a season"),
    "years": Rule("Y-[YD](?![-Uü])", _years, "years"),
    "decade": Rule("K", _decade, "a decade"),
    "weekday": Rule("WP?", _weekday, "a weekday"),
    "dayword": Rule("TP?", _dayword, "a day beside the publication day"),
    "some_month": Rule("M(?![DO])", _month, "a month"),
    "weak_month": Rule("m(?![DO])", _month, "a month"),
    "weak_weekday": Rule("wP?", _weekday, "a weekday"),
    "year": Rule("Y", _years, "a year"),
    "some_season": Rule("s", _season, "a season"),
    "fall": Rule("λ", _season, "a season"),
    "feast": Rule(_FEAST, _feast, "a feast"),
}
_WEAK = {"weak_month", "weak_weekday", "year", "some_season", "fall", "feast"}
"""Times only where the words around say so: `in May`, `since 2000`, `last fall`, `during Ramadan`."""

STRONG = "(?:" + "|".join(rule.letters for name, rule in BARE.items() if name not in _WEAK) + ")"
ANY = "(?:" + "|".join(rule.letters for name, rule in BARE.items() if name != "fall") + ")"
DAY = f"(?:{BARE['figures'].letters}|{_DATED}|WP?|TP?)"
"""A time of one day."""
_BARE = re.compile("|".join(f"(?P<{name}>{rule.letters})" for name, rule in BARE.items()))
