"""Times that count units of the calendar: last week, the past two years, 12 days ago, the next day, the third quarter.

Conventions (those of the gold claims):
- `this week`, `the past two weeks`: from their beginning to the publication day. `last week`: Monday to Sunday before.
  Weeks begin on Monday.
- `last night` is the day before; `overnight` that day and the next. `few` = 3, `several` = 4, `many` = 5.
- `recent days, weeks, months, years`: the last 7 days, 6 weeks, 6 months, 5 years: a rule of thumb, and the reason
  says so.
- Quarters are those of the calendar year, fiscal ones too. `the quarter`: the last one named, else the last one over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from whosays.nouns import When
from whosays.times import days
from whosays.times.bare import Clock, at_hour, bare, year_of
from whosays.times.lengths import count, length
from whosays.times.words import Edge, Sense, Unit, Words

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.FORTNIGHT: 14}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}
_SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600}
_RECENT = {Unit.DAY: 7, Unit.WEEK: 6, Unit.MONTH: 6, Unit.QUARTER: 3, Unit.YEAR: 5}

_WHOLE: dict[Unit, Callable[[date], When]] = {
    Unit.DAY: days.one_day,
    Unit.WEEK: days.whole_week,
    Unit.FORTNIGHT: days.whole_week,
    Unit.MONTH: lambda day: days.whole_month(day.year, day.month),
    Unit.QUARTER: days.whole_quarter,
    Unit.YEAR: lambda day: days.whole_years(day.year, day.year),
    Unit.DECADE: lambda day: days.decade(day.year // 10 * 10),
    Unit.CENTURY: lambda day: days.century((day.year + 99) // 100),
}
"""The unit of the calendar that holds a day."""


def step(words: Words, start: int, end: int) -> int:
    """last: -1, next: 1, this: 0."""
    letters = words.letters[start:end]
    return 1 if "x" in letters else -1 if "L" in letters or "A" in letters else 0


def calendar(unit: Unit, steps: int, today: date) -> When | None:
    """The day, week, month, year … some steps from today's."""
    whole = _WHOLE.get(unit)
    return whole(back(today, Unit.WEEK if unit == Unit.FORTNIGHT else unit, -steps)) if whole else None


def back(day: date, unit: Unit, many: int) -> date:
    """So many units before a day; after it for a negative number. Hours reach into the day before."""
    if unit in _MONTHS:
        return days.shift_months(day, -many * _MONTHS[unit])
    if unit in _SECONDS:
        return days.shift(day, -(many * _SECONDS[unit]) // 86400 if many > 0 else 0)
    return days.shift(day, -many * _DAYS[unit])


def unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """last week, this year, next month; `these days` is now."""
    steps, of = step(words, start, end), words.unit(start, end)
    whole = calendar(of, steps, clock.today)
    if whole is None or steps:
        return whole
    if words.letters[end - 1] == "ü":
        return days.undated(days.PRESENT_REF) if of == Unit.DAY else None
    first, last = (clock.today, whole.last) if clock.ahead else (whole.first, clock.today)
    return days.between(first, last, whole.value)


def the_unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the year, the week: the present one."""
    of = words.unit(start, end)
    if of == Unit.QUARTER:
        return the_quarter(words, start, end, clock)
    return unit(words, start, end, clock) if of in (Unit.WEEK, Unit.MONTH, Unit.YEAR) else None


def unit_of_day(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the week of 3 March, the month of Ramadan."""
    day = bare(words, start, end, clock)
    return calendar(words.unit(start, end), 0, day.first) if day and day.first else None


def weekend(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """The last Saturday up to today and the Sunday after; `next` and a tense that points ahead: the one to come."""
    today = clock.today
    saturday = days.shift(today, -((today.weekday() - 5) % 7))
    if "x" in words.letters[start:end] or (clock.ahead and today.weekday() < 5):
        saturday = days.shift(saturday, 7)
    return days.weekend(saturday)


def stepped(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """last Friday: before today; next May: after this month; this summer: of this year."""
    steps, today, month = step(words, start, end), clock.today, not set(words.letters[start:end]) & set("Ww")
    if not steps and month:
        return bare(words, start, end, clock._replace(published=today.replace(month=12, day=31), ahead=False))
    if not steps:
        return bare(words, start, end, clock)
    beside = days.shift_months(today.replace(day=1), steps) if month else days.shift(today, steps)
    if "c" in words.letters[start:end]:
        beside = today
    return bare(words, start, end, clock._replace(published=beside, ahead=steps > 0))


def within_unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Thursday last week, June last year: the day or month that lies in the week or year."""
    of = words.unit(start, end)
    whole = calendar(of, step(words, start, end), clock.today) if of in (Unit.WEEK, Unit.YEAR) else None
    cut = next((at for at in range(start, end) if words.letters[at] in "fLxH"), end)
    if whole is None or whole.last is None:
        return None
    return bare(words, start, cut, clock._replace(published=whole.last, ahead=False))


def rolling(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the past two years, the last 24 hours, the past week: so long up to today; the next three days: from today. One of them is the
    unit of the calendar, as TIMEX3 has it."""
    letters, of = words.letters[start:end], words.unit(start, end)
    many = count(words, start, end) * (-1 if "x" in letters else 1)
    one = calendar(of, step(words, start, end), clock.today) if letters[-1] == "U" and of > Unit.DAY else None
    value = one or length(words, start, end, clock)
    return days.between(back(clock.today, of, many), clock.today, value.value if value else "")


def recent(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """recent weeks; the latest quarter is the last one over."""
    of = words.unit(start, end)
    if words.letters[end - 1] != "ü":
        return the_quarter(words, start, end, clock) if of == Unit.QUARTER or words.letters[end - 1] == "%" else None
    said = length(words, start, end, clock)
    return days.between(back(clock.today, of, _RECENT.get(of, 2)), clock.today, said.value if said else "")


def ago(words: Words, start: int, end: int, clock: Clock, *, exact: bool = False) -> When | None:
    """12 days ago is a day; two weeks ago is a week around it; months ago that month; years ago that year."""
    of = words.unit(start, end)
    if of == Unit.YEAR and clock.quarter and count(words, start, end) == 1:
        return days.whole_quarter(back(clock.quarter, of, 1))
    when = _about(clock.today, of, count(words, start, end), exact=exact)
    return replace(when, value=days.PAST_REF) if "X" in words.letters[start:end] else when


def long_ago(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """years ago: at least two."""
    return days.between(None, back(clock.today, words.unit(start, end), 2), days.PAST_REF)


def _about(base: date, of: Unit, many: int, *, exact: bool = False) -> When:
    day = back(base, of, many)
    if exact or of == Unit.DAY or of in _SECONDS:
        return days.one_day(day)
    if of in (Unit.MONTH, Unit.QUARTER):
        return calendar(of, 0, day) or days.one_day(day)
    if of in _MONTHS:
        return days.whole_years(day.year, day.year)
    around = days.between(days.shift(day, -3), days.shift(day, 3))
    return replace(around, value=days.whole_week(day).value)


def night(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """last night, this morning, tonight."""
    when = days.one_day(days.shift(clock.today, step(words, start, end)))
    return at_hour(words, start, end, when) if "P" in words.letters[start:end] else days.one_day(clock.today, "TNI")


def overnight(words: Words, start: int, end: int, clock: Clock) -> When | None:
    day = bare(words, start, end, clock)
    last = day.last if day and day.last else clock.today
    first = days.shift(last, -1)
    return days.between(first, last, days.one_day(first, "TNI").value)


def hour(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """at dawn, 10:30 a.m.: of the day the text is about."""
    return at_hour(words, start, end, days.one_day(clock.current_day))


# ---------------------------------------------------------------------------------------- beside what was named before


def that(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the same day, earlier that day, that week: the unit of the calendar that holds the last day named."""
    of = words.unit(start, end)
    if of == Unit.QUARTER and clock.quarter:
        return days.whole_quarter(clock.quarter)
    return calendar(of, 0, clock.that_day if of <= Unit.DAY or clock.period is None else clock.period)


def beside_that(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the next day, the day before, two weeks earlier: counted from the last day that was named; `a year earlier` from the last
    quarter, and where nothing was named from publication."""
    letters, of = words.letters[start:end], words.unit(start, end)
    edge = words.first("E", start, end)
    if edge not in (None, Edge.EARLIER, Edge.LATER):
        return None
    if letters[-1] == "U" and of != Unit.DAY and words.first("xA", start, end) not in (Sense.FOLLOWING, Sense.BEFORE):
        return None
    ahead = "x" in letters or "q" in letters or edge == Edge.LATER
    many = count(words, start, end) * (-1 if ahead else 1)
    if of == Unit.YEAR and clock.quarter and abs(many) == 1:
        return days.whole_quarter(back(clock.quarter, of, many))
    if edge is not None and of <= Unit.FORTNIGHT:  # `three days later` says a length, whatever it is counted from
        said = length(words, start, end, clock)
        return _dated(said, back(clock.named, of, many)) if said and clock.named else said
    if of <= Unit.FORTNIGHT:
        return at_hour(words, start, end, _about(clock.that_day, of, many))
    return _about(clock.current_period, of, many)


def _dated(said: When, day: date) -> When:
    return replace(days.one_day(day), value=said.value)


def day_before(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the day before yesterday, the day after tomorrow."""
    day = bare(words, start, end, clock)
    one = -1 if "p" in words.letters[start:end] else 1
    return days.one_day(days.shift(day.first, one)) if day and day.first else None


# ------------------------------------------------------------------------------------------------ as business counts


def quarter(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the third quarter (of 1989, of last year), the first half of 1989."""
    number, half = words.first("1", start, end), "½" in words.letters[start:end]
    if not half and "%" not in words.letters[start:end] and Unit.QUARTER not in words.all("U", start, end):
        return None
    number = number or (2 if half else 4)  # the last half, the last quarter
    if number > (2 if half else 4):
        return None
    month = number * (6 if half else 3) - (5 if half else 2)
    year = words.first("Y", start, end)
    if year is None and set(words.letters[start:end]) & set("LxH'z") and words.unit(start, end) == Unit.YEAR:
        year = clock.today.year + step(words, start, end)
    if year is None:  # reports tell of quarters that are over in any tense: one to come must be near as well
        year = year_of(clock._replace(ahead=None if clock.ahead else False), month, 3)
    if not 1 <= year <= 9999:
        return None
    return days.half_year(year, number) if half else days.whole_quarter(date(year, month, 1))


def in_month(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the first week of June, the last day of November 2024: of weeks the days 1 to 7, 8 to 14 …, the last seven."""
    of, number = words.unit(start, end), words.first("1", start, end)
    month, year = words.first("Mm", start, end) or 1, words.first("Y", start, end)
    year = year_of(clock, month) if year is None else year
    if of not in (Unit.DAY, Unit.WEEK) or not 1 <= year <= 9999:
        return None
    length, whole = 7 if of == Unit.WEEK else 1, days.whole_month(year, month)
    if whole.first is None or whole.last is None:
        return None
    first = days.shift(whole.last, 1 - length) if number is None else days.shift(whole.first, (number - 1) * length)
    return days.so_long(first, length)


def the_quarter(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the quarter, the latest period: the last one named, else the last one over; of a year if one is given."""
    day = clock.quarter or back(clock.today, Unit.QUARTER, 1)
    year = words.first("Y", start, end)
    return days.whole_quarter(day if year is None else day.replace(year=year, day=1))


def year_ago(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the year-ago quarter, year-earlier: of the last quarter named, else of the last one over."""
    if words.first("E", start, end) not in (None, Edge.EARLIER):
        return None
    day = clock.quarter or back(clock.today, Unit.QUARTER, 1)
    return days.whole_quarter(back(day, Unit.YEAR, 1))


def fiscal(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """fiscal 1989, the fiscal year: as if it were the calendar's."""
    year = words.first("Y", start, end)
    year = clock.today.year + step(words, start, end) if year is None else year
    return days.whole_years(year, year)


def year_end(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """year-end, the year's end: its last day; of the year before, early in a year."""
    today = clock.today
    year = today.year - (today.month <= 3 and not clock.ahead)
    return days.one_day(date(max(year, 1), 12, 31)) if words.first("E", start, end) == Edge.LATE else None


def century(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the 20th century."""
    number = words.first("O1", start, end) or 0
    return days.century(number) if words.unit(start, end) == Unit.CENTURY and 1 <= number <= 99 else None
