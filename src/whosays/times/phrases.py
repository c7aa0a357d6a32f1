"""Phrases of time: bare times in their setting (`since B`, `from B to B`, `early B`), and those without: `12 days ago`.

`RULES` are tried in order at each word, the longer forms first; a rule whose meaning is None gives way to the next.
Rules do not nest deeper than a phrase within `since` or `until`, so reading is linear in the text.

Conventions (those of the gold claims):
- `this week`, `since Friday`, `the past two weeks`: from their beginning to the publication day. `last week`: Monday to
  Sunday before. Weeks begin on Monday.
- `last night` is the day before; `overnight` that day and the next. `few` = 3, `several` = 4.
- `recent days, weeks, months, years`: the last 7 days, 6 weeks, 6 months, 5 years: a rule of thumb, and the reason
  says so.
- `early`, `mid`, `late` cut a month, season, year or decade in thirds, a week into 2, 3 and 2 days; a day stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from whosays.nouns import When
from whosays.times import days
from whosays.times.bare import ANY, DAY, STRONG, Clock, Rule, bare, days_of_month
from whosays.times.words import (
    DAYS,
    DECADES,
    EARLIER,
    EARLY,
    FORTNIGHTS,
    HOURS,
    LATE,
    LATER,
    MID,
    MONTHS,
    NOW,
    PAST,
    WEEKS,
    YEARS,
    Words,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits a half-open range of words."""

    rule: Rule
    start: int
    end: int


def next_start(words: Words, start: int) -> int | None:
    """The first word from `start` on at which a rule fits; None: no more times."""
    found = _PHRASE.search(words.letters, start)
    return found.start() if found else None


def matches(words: Words, start: int) -> Iterator[Match]:
    """The rules that fit at a word, best first."""
    for pattern, rule in _RULES:
        if fit := pattern.match(words.letters, start):
            yield Match(rule, start, fit.end())


def _within(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """What follows `since` or `until`: a phrase (`last week`, `two years ago`) or a bare time."""
    if words.letters[end - 1] == "G":
        return _ago(words, start, end, clock, exact=True)
    for pattern, rule in _INNER:
        if pattern.fullmatch(words.letters, start, end) and (when := rule.means(words, start, end, clock)):
            return when
    return bare(words, start, end, clock)


def _since(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """From its first day to the publication day; open where that is unknown or lies before."""
    inner = _within(words, start + 1, end, clock)
    if inner is None or inner.first is None:
        return None
    last = clock.published
    return days.between(inner.first, last) if last and inner.first <= last else When(inner.first, None, days.MONTH)


def _until(words: Words, start: int, end: int, clock: Clock) -> When | None:
    inner = _within(words, start + 1, end, clock)
    return When(None, inner.last, days.MONTH) if inner and inner.last else None


def _before(words: Words, start: int, end: int, clock: Clock) -> When | None:
    inner = _within(words, start + 1, end, clock)
    return When(None, days.shift(inner.first, -1), days.MONTH) if inner and inner.first else None


def _from_to(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Both ends; the first is the last such day before the second."""
    for cut in range(start + 1, end - 1):
        if words.letters[cut] not in "tu&-" or (last := _exactly(words, cut + 1, end, clock)) is None:
            continue
        if first := bare(words, start, cut, replace(clock, published=last.last, ahead=False)):
            return days.between(first.first, last.last)
    return None


def _exactly(words: Words, start: int, end: int, clock: Clock) -> When | None:
    return bare(words, start, end, clock) if _ANY.fullmatch(words.letters, start, end) else None


def _edge(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """early 2015, late in November, mid-May, earlier on Wednesday."""
    return _third(bare(words, start, end, clock), words.first("E", start, end) or 0)


def _third(whole: When | None, part: int) -> When | None:
    if whole is None or whole.first is None or whole.last is None or part in (EARLIER, LATER):
        return whole
    index = (EARLY, MID, LATE).index(part)
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if months >= 3:
        cuts = [days.shift_months(whole.first, months * third // 3) for third in (index, index + 1)]
        return days.between(cuts[0], whole.last if part == LATE else days.shift(cuts[1], -1))
    length = (whole.last - whole.first).days + 1
    if length < 3:
        return whole
    edges = (0, 2, 5, 7) if length == 7 else (0, length // 3, length * 2 // 3, length)
    return days.between(days.shift(whole.first, edges[index]), days.shift(whole.first, edges[index + 1] - 1))


def _edge_of_unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """earlier this month, later this year, early next year, at the beginning of the week."""
    part, unit = words.first("E", start, end) or 0, words.first("U", start, end) or 0
    step = _step(words, start, end)
    whole = _calendar(unit, step, clock.today) if unit != DAYS else None
    if whole is None or step or part not in (EARLIER, LATER):
        return _third(whole, part)
    return days.between(whole.first, clock.today) if part == EARLIER else days.between(clock.today, whole.last)


def _step(words: Words, start: int, end: int) -> int:
    """last: -1, next: 1, this: 0."""
    letters = words.letters[start:end]
    return 1 if "x" in letters else -1 if "L" in letters or "A" in letters else 0


def _calendar(unit: int, step: int, today: date) -> When | None:
    """The day, week, month, year or decade some steps from today's."""
    if unit == DAYS:
        return days.one_day(days.shift(today, step))
    if unit in (WEEKS, FORTNIGHTS):
        return days.whole_week(days.shift(today, 7 * step))
    if unit == MONTHS:
        day = days.shift_months(today, step)
        return days.whole_month(day.year, day.month)
    if unit == YEARS:
        return days.whole_years(today.year + step, today.year + step)
    first = today.year // 10 * 10 + 10 * step
    return days.whole_years(first, first + 9) if unit == DECADES else None


def _unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """last week, this year, next month."""
    step = _step(words, start, end)
    whole = _calendar(words.first("U", start, end) or 0, step, clock.today)
    if step or whole is None:
        return whole
    return days.between(clock.today, whole.last) if clock.ahead else days.between(whole.first, clock.today)


def _weekend(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """The last Saturday up to today and the Sunday after; `next` and a tense that points ahead: the one to come."""
    today = clock.today
    saturday = days.shift(today, -((today.weekday() - 5) % 7))
    if "x" in words.letters[start:end] or (clock.ahead and today.weekday() < 5):
        saturday = days.shift(saturday, 7)
    return days.between(saturday, days.shift(saturday, 1))


def _stepped(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """last Friday: before today; next May: after this month; this summer: as the tense says."""
    step, today = _step(words, start, end), clock.today
    if not step:
        return bare(words, start, end, clock)
    month = not set(words.letters[start:end]) & set("Ww")
    beside = days.shift_months(today.replace(day=1), step) if month else days.shift(today, step)
    return bare(words, start, end, replace(clock, published=beside, ahead=step > 0))


def _count(words: Words, start: int, end: int) -> int:
    """two, 24, a few, twenty-four, a couple of; 1 where no number is given."""
    return sum(words.all("DNY", start, end)[:2]) or 1


def _back(day: date, unit: int, count: int) -> date:
    """So many units before a day; after it for a negative count."""
    months = {MONTHS: 1, YEARS: 12, DECADES: 120}
    if unit in months:
        return days.shift_months(day, -count * months[unit])
    if unit == HOURS:
        count, unit = (count + 23) // 24, DAYS
    return days.shift(day, -count * {DAYS: 1, WEEKS: 7, FORTNIGHTS: 14}[unit])


def _rolling(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the past two years, the last 24 hours, the past week: so long up to today; the next three days: from today."""
    count = _count(words, start, end) * (-1 if "x" in words.letters[start:end] else 1)
    return days.between(_back(clock.today, words.first("U", start, end) or 0, count), clock.today)


def _recent(words: Words, start: int, end: int, clock: Clock) -> When | None:
    unit = words.first("U", start, end) or 0
    return days.between(_back(clock.today, unit, {DAYS: 7, WEEKS: 6, MONTHS: 6, YEARS: 5}.get(unit, 2)), clock.today)


def _ago(words: Words, start: int, end: int, clock: Clock, *, exact: bool = False) -> When | None:
    """12 days ago is a day; two weeks ago is a week around it; months ago that month; years ago that year."""
    return _about(clock.today, words.first("U", start, end) or 0, _count(words, start, end), exact=exact)


def _about(base: date, unit: int, count: int, *, exact: bool = False) -> When:
    day = _back(base, unit, count)
    if exact or unit in (DAYS, HOURS):
        return days.one_day(day)
    if unit == MONTHS:
        return days.whole_month(day.year, day.month)
    if unit in (YEARS, DECADES):
        return days.whole_years(day.year, day.year)
    return days.between(days.shift(day, -3), days.shift(day, 3))


def _night(words: Words, start: int, end: int, clock: Clock) -> When | None:
    return days.one_day(days.shift(clock.today, _step(words, start, end)))


def _overnight(words: Words, start: int, end: int, clock: Clock) -> When | None:
    day = bare(words, start, end, clock)
    last = day.last if day and day.last else clock.today
    return days.between(days.shift(last, -1), last)


def _that(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the same day, earlier that day, that week: the calendar unit of the last day that was named."""
    unit = words.first("U", start, end) or 0
    return _calendar(unit, 0, clock.that_day) if unit != HOURS else None


def _beside_that(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the next day, the day before, two weeks earlier: counted from the last day that was named."""
    letters, unit = words.letters[start:end], words.first("U", start, end) or 0
    if letters[-1] == "U" and unit != DAYS:
        return None
    ahead = "x" in letters or letters[-1] == "q" or (letters[-1] == "E" and words.values[end - 1] == LATER)
    if letters[-1] == "E" and words.values[end - 1] not in (EARLIER, LATER):
        return None
    return _about(clock.that_day, unit, _count(words, start, end) * (-1 if ahead else 1))


def _day_before(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """the day before yesterday, the day after tomorrow."""
    day = bare(words, start, end, clock)
    step = -1 if "p" in words.letters[start:end] else 1
    return days.one_day(days.shift(day.first, step)) if day and day.first else None


def _adverb(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """recently: up to today; now: today; soon: from today on."""
    value, today = words.values[start], clock.today
    if value == NOW:
        return days.one_day(today)
    return When(None, today, days.MONTH) if value == PAST else When(today, None, days.MONTH)


_N = "h?(?:aNf?|[DNYa](?:-?[DN])?)"
"""A number of units: two, a few, about 12, more than twenty-four."""

RULES: dict[str, Rule] = {
    "days between": Rule("B(?:[Mm][DO]&[DO](?:,?Y)?|[DO]&[DO]f?[Mm](?:,?Y)?)", days_of_month, "days of one month"),
    "from to": Rule(f"[FB]z?{ANY}[tu&-]z?{ANY}|o?{DAY}[t-]{DAY}", _from_to, "from one time to another"),
    "since": Rule(
        f"[Sq]z?(?:E?[LHx]U|E(?:-|[if]z?)?{ANY}|Efz?U|[LHx](?:WP?|[Mmsl]|P)|{ANY}|[^|,]{{0,12}}?{_N}UG)",
        _since,
        "from then on",
    ),
    "until": Rule(f"[ub]z?(?:E?[LHx]U|E(?:-|fz?)?{ANY}|Efz?U|[LHx](?:WP?|[Mmsl])|{ANY})", _until, "up to then"),
    "before": Rule(f"pz?(?:[LHx]U|E(?:-|fz?)?{ANY}|{ANY})", _before, "before then"),
    "day before": Rule("zU[pq][TW]", _day_before, "the day beside it"),
    "edge": Rule(f"[iobd]?z?E(?:-|o|[if]z?)?{ANY}", _edge, "a part of it, in thirds"),
    "edge of unit": Rule("[iobd]?z?E(?:[HLx]|[if]z)U", _edge_of_unit, "a part of it"),
    "overnight": Rule("V(?:o?[WT])?", _overnight, "a night and its two days"),
    "night": Rule("E?[HL]P", _night, "a part of a day"),
    "part": Rule(f"[iod]?z?P[fo]?{DAY}", bare, "a part of that day"),
    "stepped": Rule("[io]?[LHxA](?:WP?|[Mm](?![DO])|[sl])", _stepped, "beside the publication day"),
    "ago": Rule(f"{_N}UG", _ago, "counted back"),
    "that day": Rule("o?(?:zJ|E?o?j)U|EizU", _that, "the last day named before"),
    "day beside": Rule(f"o?z[xA]U|zU[pq](?![.zaTW])|{_N}UE", _beside_that, "beside the last day named before"),
    "rolling": Rule(f"[iv]?(?:z[LAx](?:{_N})?U|[LAx]{_N}U)|[iv]AU", _rolling, "so long up to the publication day"),
    "recent": Rule("[iv]?z?RU", _recent, "a rule of thumb"),
    "unit": Rule("[ivo]?[HLx]U", _unit, "counted in whole units"),
    "weekend": Rule("[ivod]?(?:z|[HLx])?e", _weekend, "a weekend"),
    "day": Rule(f"(?:[iodvBF](?!T)z?|z)?{STRONG}", bare, "the time itself"),
    "weak": Rule("iz?(?:m(?![DO])|s|Y)|ow|[(]Y(?=[)])|[za]Y(?=[.])|f(?:m(?![DO])|Y)(?!-?U)", bare, "the time itself"),
    "adverb": Rule("n|kr", _adverb, "counted from the publication day"),
}
_FIRST, _CORE = "FBSqubpzVEiobdPHLxAhaDNYjvWwMmTKQCRnOfe(sk", "WMmwUPTVsenYKQClr"
"""A phrase begins with one of the first and contains one of the second: most words are passed over at once."""
_RULES = tuple((re.compile(rule.letters), rule) for rule in RULES.values())
_INNER = tuple(
    (re.compile(RULES[name].letters), RULES[name]) for name in ("edge of unit", "edge", "stepped", "unit", "night")
)
_PHRASE = re.compile(
    f"(?=[{_FIRST}])(?=.{{0,16}}?[{_CORE}])(?:" + "|".join(f"(?:{rule.letters})" for rule in RULES.values()) + ")"
)
_ANY = re.compile(ANY)
