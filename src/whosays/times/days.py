"""Intervals and their TIMEX3 values; arithmetic of days that never leaves the calendar: what lies before year 1 or after 9999
is clipped to its ends.

This is the one place where values are written. What is a unit of the calendar is named as such (`2017-11`, `2017-W45`,
`2016-Q3`, `198`), a length as ISO 8601 has it (`P3D`, `PXW` where nobody counted), other intervals by their ends.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from whosays.nouns import When

DAY, WEEK, MONTH = 1, 2, 3
"""ACLED's precisions of time."""
SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
PAST_REF, PRESENT_REF, FUTURE_REF = "PAST_REF", "PRESENT_REF", "FUTURE_REF"


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


def one_day(day: date, hour: str = "") -> When:
    """`hour`: a part of the day as TIMEX3 has it: `TNI`, `T10:30`."""
    return When(day, day, DAY, f"{day}{hour}")


def whole_week(day: date) -> When:
    """Monday to Sunday."""
    monday = shift(day, -day.weekday())
    return When(monday, shift(monday, 6), WEEK, _week(monday))


def weekend(day: date) -> When:
    """Saturday and Sunday of the day's week."""
    saturday = shift(day, 5 - day.weekday())
    return When(saturday, shift(saturday, 1), WEEK, f"{_week(saturday)}-WE")


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def so_long(first: date, length: int) -> When:
    """A day, or seven from a day on."""
    return When(
        first, shift(first, length - 1), DAY if length == 1 else WEEK, str(first) if length == 1 else _week(first)
    )


def whole_month(year: int, month: int) -> When:
    return When(*_months(year, month, 1), MONTH, f"{year:04}-{month:02}")


def whole_quarter(day: date) -> When:
    """Of the calendar year, the one that holds the day."""
    quarter = (day.month - 1) // 3
    return When(*_months(day.year, quarter * 3 + 1, 3), MONTH, f"{day.year:04}-Q{quarter + 1}")


def half_year(year: int, half: int) -> When:
    """Its first or second half."""
    return When(*_months(year, half * 6 - 5, 6), MONTH, f"{year:04}-H{half}")


def season(year: int, month: int) -> When:
    """Three months; `winter 2015` begins in December 2015."""
    return When(*_months(year, month, 3), MONTH, f"{year:04}-{SEASONS[month]}")


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    last = shift_months(first, count - 1)
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


def whole_years(first: int, last: int) -> When:
    first, last = (min(max(year, 1), 9999) for year in (first, last))
    return When(
        date(first, 1, 1), date(last, 12, 31), MONTH, f"{first:04}" if first == last else f"{first:04}/{last:04}"
    )


def decade(first: int) -> When:
    return _years(first, 10, f"{first // 10:03}")


def century(number: int) -> When:
    """The 20th is 1901 to 2000; its value counts from 0."""
    return _years(100 * number - 99, 100, f"{number - 1:02}")


def _years(first: int, count: int, value: str) -> When:
    last = min(max(first + count - 1, 1), 9999)
    return When(date(min(max(first, 1), last), 1, 1), date(last, 12, 31), MONTH, value)


def between(first: date | None, last: date | None, value: str = "") -> When:
    """The interval, the right way round, with the precision that its length allows, and the value of the words or its ends."""
    if first is None or last is None:
        return When(first, last, MONTH, value or f"{first or '..'}/{last or '..'}")
    first, last = min(first, last), max(first, last)
    length = last - first
    precision = DAY if not length else WEEK if length <= timedelta(days=7) else MONTH
    return When(first, last, precision, value or f"{first}/{last}")


def undated(value: str) -> When:
    """What means no days of the calendar."""
    return When(None, None, MONTH, value)
