"""Times made of others: since B, until B, before B, from B to B, early B, earlier this year.

`early`, `mid`, `late` cut a month, season, year or decade in thirds, a week into 2, 3 and 2 days; a day stays. The value of all
of them but a range is that of what they are made of, as TIMEX3 has it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from whosays.nouns import When
from whosays.times import days
from whosays.times.bare import ANY, Clock, Meaning, bare
from whosays.times.counted import ago, calendar, night, step, stepped, unit
from whosays.times.words import Edge, Unit, Words

EDGE = f"[iobd]?z?E(?:-|o|[if]z?)?{ANY}"
EDGE_OF_UNIT = "[iobd]?z?E(?:[HLx]|[if]z)U"
STEPPED = "[io]?z?[LHxA]{1,2}(?:WP?|[Mm](?![DO])|[sλ]|c)"
UNIT = "[ivo]?(?:[HLx]U|z?H[Uü])"
NIGHT = "E?[HL]P|ñ"
"""Phrases that may stand within another."""


def since(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """From its first day to the publication day; open where that is unknown or lies before."""
    inner = _within(words, start + 1, end, clock)
    if inner is None or inner.first is None:
        return None
    last = clock.published
    return days.between(inner.first, last if last and inner.first <= last else None, inner.value)


def until(words: Words, start: int, end: int, clock: Clock) -> When | None:
    inner = _within(words, start + 1, end, clock)
    return days.between(None, inner.last, inner.value) if inner and inner.last else None


def before(words: Words, start: int, end: int, clock: Clock) -> When | None:
    inner = _within(words, start + 1, end, clock)
    return days.between(None, days.shift(inner.first, -1), inner.value) if inner and inner.first else None


def from_to(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """Both ends; the first is the last such day before the second."""
    for cut in range(start + 1, end - 1):
        if words.letters[cut] not in "tu&-" or not _ANY.fullmatch(words.letters, cut + 1, end):
            continue
        last = bare(words, cut + 1, end, clock)
        if last and (first := bare(words, start, cut, clock._replace(published=last.last, ahead=False))):
            return days.between(first.first, last.last, f"{first.value}/{last.value}")
    return None


def edge(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """early 2015, late in November, mid-May, earlier on Wednesday."""
    return _third(bare(words, start, end, clock), Edge(words.first("E", start, end) or 0))


def edge_of_unit(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """earlier this month, later this year, early next year, at the beginning of the week."""
    part, of, steps = Edge(words.first("E", start, end) or 0), words.unit(start, end), step(words, start, end)
    whole = calendar(of, steps, clock.today) if of != Unit.DAY else None
    if whole is None or steps or part not in (Edge.EARLIER, Edge.LATER):
        return _third(whole, part)
    first, last = (whole.first, clock.today) if part == Edge.EARLIER else (clock.today, whole.last)
    return days.between(first, last, whole.value)


def _third(whole: When | None, part: Edge) -> When | None:
    if whole is None or whole.first is None or whole.last is None or part in (Edge.EARLIER, Edge.LATER):
        return whole
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if months >= 3:
        cuts = [days.shift_months(whole.first, months * third // 3) for third in (part, part + 1)]
        last = whole.last if part == Edge.LATE else days.shift(cuts[1], -1)
        return days.between(cuts[0], last, whole.value)
    length = (whole.last - whole.first).days + 1
    if length < 3:
        return whole
    edges = (0, 2, 5, 7) if length == 7 else (0, length // 3, length * 2 // 3, length)
    ends = days.shift(whole.first, edges[part]), days.shift(whole.first, edges[part + 1] - 1)
    return days.between(*ends, whole.value)


def _within(words: Words, start: int, end: int, clock: Clock) -> When | None:
    """What follows `since` or `until`: a phrase (`last week`, `two years ago`) or a bare time."""
    if words.letters[end - 1] == "G":
        start = max(start, words.letters.rfind(".", start, end) + 1)  # `since he came to power two years ago`
        when, exact = ago(words, start, end, clock), ago(words, start, end, clock, exact=True)
        return exact and when and replace(exact, value=when.value)
    for pattern, means in _INNER:
        if pattern.fullmatch(words.letters, start, end) and (when := means(words, start, end, clock)):
            return when
    return bare(words, start, end, clock)


_INNER: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(letters), means)
    for letters, means in (
        (EDGE_OF_UNIT, edge_of_unit),
        (EDGE, edge),
        (STEPPED, stepped),
        (UNIT, unit),
        (NIGHT, night),
    )
)
_ANY = re.compile(ANY)
