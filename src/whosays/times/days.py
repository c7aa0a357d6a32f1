"""Arithmetic of days that never leaves the calendar: what lies before year 1 or after 9999 is clipped to its ends."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from whosays.nouns import When

DAY, WEEK, MONTH = 1, 2, 3
"""ACLED's precisions of time."""


def shift(day: date, days: int) -> date:
    """`day` plus some days."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shift_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def one_day(day: date) -> When:
    return When(day, day, DAY)


def whole_month(year: int, month: int) -> When:
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), MONTH)


def whole_years(first: int, last: int) -> When:
    first, last = (min(max(year, 1), 9999) for year in (first, last))
    return When(date(first, 1, 1), date(last, 12, 31), MONTH)


def whole_week(day: date) -> When:
    """Monday to Sunday."""
    monday = shift(day, -day.weekday())
    return When(monday, shift(monday, 6), WEEK)


def between(first: date | None, last: date | None) -> When:
    """The interval, the right way round, with the precision that its length allows."""
    if first is None or last is None:
        return When(first, last, MONTH)
    first, last = min(first, last), max(first, last)
    length = last - first
    return When(first, last, DAY if not length else WEEK if length <= timedelta(days=7) else MONTH)
