"""Lengths, repetitions and vague references. They mean no days of the calendar, so they have a value and no interval.

three years P3Y     several weeks PXW     two decades P20Y     half an hour PT30M
every day P1D     each Friday XXXX-WXX-5     recent PAST_REF     the future FUTURE_REF
"""

from __future__ import annotations

from whosays.nouns import When
from whosays.times import days
from whosays.times.bare import Clock, hour_code
from whosays.times.words import Sense, Unit, Words

_CODES = {
    Unit.SECOND: ("T", 1, "S"), Unit.MINUTE: ("T", 1, "M"), Unit.HOUR: ("T", 1, "H"), Unit.DAY: ("", 1, "D"),
    Unit.WEEK: ("", 1, "W"), Unit.FORTNIGHT: ("", 2, "W"), Unit.MONTH: ("", 1, "M"), Unit.QUARTER: ("", 1, "Q"),
    Unit.YEAR: ("", 1, "Y"), Unit.DECADE: ("", 10, "Y"), Unit.CENTURY: ("", 100, "Y"),
}  # fmt: skip
"""As ISO 8601 writes a unit: in the time of day or not, how many of the letter's unit it is, the letter."""
_VAGUE = {Unit.DECADE: "DE", Unit.CENTURY: "CE"}
"""Letters of the uncounted, where they are others (TIMEX3)."""
_HALVES = {
    Unit.MINUTE: "30S",
    Unit.HOUR: "30M",
    Unit.DAY: "T12H",
    Unit.YEAR: "6M",
    Unit.DECADE: "5Y",
    Unit.CENTURY: "50Y",
}


def count(words: Words, start: int, end: int) -> int:
    """two, 24, a few, twenty-four, two hundred; of `12 to 18` the first; 1 where no number is given."""
    total = 0
    for at in range(start, end):
        number = words.value(at)
        if words.letters[at] in "t/":
            break
        if words.letters[at] in "DNYX":
            total = max(total, 1) * number if number in (100, 1000) else total + number
    return total or 1


def length(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """The length that the words give; uncounted where they give no number, or `several`."""
    letters, unit = words.letters[start:end], words.unit(start, end)
    time, many, code = _CODES[unit]
    counted = bool(set(letters) & set("DNY"))
    if "X" in letters or ("ü" in letters and not counted):
        return days.undated(f"P{time}X{_VAGUE.get(unit, code)}")
    whole = f"P{time}{count(words, start, end) * many}{code}"
    if "½" not in letters or unit not in _HALVES:
        return days.undated(whole)
    alone = not counted and letters.index("½") < letters.index("U")
    return days.undated(f"P{time}{_HALVES[unit]}" if alone else whole + _HALVES[unit])


def lasting(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """three years, two-day, years: not `a quarter`, a fourth, nor `three quarters`, which are parts of something."""
    unit, uncounted = words.unit(start, end), end - start == 1
    if unit == Unit.QUARTER or (uncounted and unit <= Unit.MINUTE):
        return None
    return length(words, start, end, clock)


def every(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """every day, each Friday, every July, every other week, daily."""
    letters = words.letters[start:end]
    unit, weekday = words.first("Uü!", start, end), words.first("W", start, end)
    month, season = words.first("Mm", start, end), words.first("s", start, end)
    if unit is not None:
        time, many, code = _CODES[Unit(unit)]
        return days.undated(f"P{time}{count(words, start, end) * many}{code}")
    if weekday is not None:
        return days.undated(f"XXXX-WXX-{weekday + 1}{hour_code(words, start, end)}")
    if month is not None:
        return days.undated(f"XXXX-{month:02}")
    if season is not None:
        return days.undated(f"XXXX-{days.SEASONS[season]}")
    return days.undated(f"XXXX-XX-XX{hour_code(words, start, end)}") if "P" in letters else None


def vague(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """current, in the past, the future, coming weeks."""
    letters = words.letters[start:end]
    if "ü" in letters:
        return length(words, start, end, clock)
    if ">" in letters:
        return days.undated(days.FUTURE_REF)
    sense = words.first("HA", start, end)
    if sense == Sense.CURRENT:
        return days.undated(days.PRESENT_REF)
    return days.undated(days.PAST_REF) if sense == Sense.PAST else None


def adverb(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """recently: up to today; now: today; soon: from today on."""
    value, today = words.value(start), clock.today
    if value == Sense.NOW:
        return When(today, today, days.DAY, days.PRESENT_REF)
    if value == Sense.FUTURE:
        return days.between(today, None, days.FUTURE_REF)
    return days.between(None, today, days.PAST_REF)
