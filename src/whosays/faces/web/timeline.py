"""Lanes over time → what an SVG needs: bars in percent of the width, days on an axis. Nothing is judged or worded here.

    draw(lanes, disputes, on, colours) -> Drawing        all days
    on_day(lanes, day) -> Day                             one of them: answers, and who gives them

Percentages, not pixels: the picture is as wide as the page, and its words are never squeezed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whosays.faces.safe import safe
from whosays.faces.views.control import Control, Lane
from whosays.nouns import LaneKind
from whosays.settings import HORIZON_DAYS

TICKS = 6
"""Days named on the axis, about."""

STEPS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826)
"""Days between two ticks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval of a lane. `left` and `width`: percent."""

    control: Control
    left: float
    width: float
    colour: str
    contested: bool
    faint: bool
    words: str

    @property
    def roomy(self) -> bool:
        """Is there room for words over it?"""
        return self.width > 3.5


@dataclass(frozen=True, slots=True)
class Row:
    """A lane."""

    lane: Lane
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """Something on the axis."""

    left: float
    day: date
    words: str
    end: bool = False
    """So far right that its words must stand left of it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """All lanes over the same days."""

    first: date
    last: date
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    disputes: tuple[Tick, ...]
    on: Tick | None


def draw(
    lanes: Sequence[Lane], disputes: Iterable[date], *, on: date | None, colours: Mapping[str, int]
) -> Drawing | None:
    """The picture of some lanes; None where nothing in them is dated."""
    disputed = sorted(set(disputes))
    days = [day for lane in lanes for one in lane.intervals for day in _said(one) if day]
    if not days:
        return None
    first, last = min(days), max([*days, *disputed])
    margin = max(timedelta(days=2), (last - first) / 8)
    first, last = first - margin / 4, last + margin
    if on is not None:
        first, last = min(first, on), max(last, on)
    scale = _Scale(first, last)
    rows = tuple(
        Row(
            lane,
            tuple(_bar(one, scale, colours) for one in lane.intervals if (one.since or one.until) and _in(one, scale)),
        )
        for lane in lanes
        if lane.intervals
    )
    return Drawing(
        first,
        last,
        rows,
        tuple(_ticks(scale)),
        tuple(Tick(scale.at(day), day, f"{day}") for day in disputed),
        None if on is None else scale.tick(on),
    )


def _said(one: Control) -> tuple[date | None, ...]:
    """Days on which something was said. That an answer grew old says nothing new, and would squeeze all the rest to the left: what counts
    is the day that it grew old from."""
    if one.last_known:
        return ()
    return one.since, one.until - timedelta(days=HORIZON_DAYS) if one.until and _old(one) else one.until


def _old(one: Control) -> bool:
    """May it have ended by growing old?"""
    return one.since is not None and one.until is not None and (one.until - one.since).days >= HORIZON_DAYS - 1


def _in(one: Control, scale: _Scale) -> bool:
    return one.since is None or one.since <= scale.last


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Percent from the left."""
        return round(100 * (day - self.first).days / max(1, (self.last - self.first).days), 3)

    def tick(self, day: date) -> Tick:
        left = self.at(day)
        return Tick(left, day, f"{day.day} {day:%b %Y}", left > 85)


def _bar(one: Control, scale: _Scale, colours: Mapping[str, int]) -> Bar:
    left = scale.at(max(one.since or scale.first, scale.first))
    until = one.until + timedelta(days=1) if one.until else scale.last
    right = max(left, min(100.0, scale.at(until)))
    number = colours.get(one.side or "")
    colour = "none" if one.holder is None else "unknown" if number is None else str(number)
    return Bar(one, left, max(right - left, 0.6), colour, bool(one.contested), one.until is None, answer(one))


def _ticks(scale: _Scale) -> Iterable[Tick]:
    """Days at even distances; firsts of months where these are about a month or more apart."""
    days = (scale.last - scale.first).days
    step = next((one for one in STEPS if days / one <= TICKS), STEPS[-1])
    if step < 30:
        day = scale.first + timedelta(days=1)
        while day <= scale.last:
            yield scale.tick(day)
            day += timedelta(days=step)
        return
    months = round(step / 30.4)
    number = scale.first.year * 12 + scale.first.month
    number += -number % months
    while (day := date(number // 12, number % 12 + 1, 1)) <= scale.last:
        yield scale.tick(day)
        number += months


@dataclass(frozen=True, slots=True)
class Told:
    """An answer for a day, and the voices that give it."""

    control: Control
    words: str
    voices: tuple[str, ...]
    since: date | None
    """The first day from which any of them says so."""


@dataclass(frozen=True, slots=True)
class Day:
    """What is said of one day."""

    weighed: Control | None
    told: tuple[Told, ...]
    """By answer, those that most voices give first."""


def on_day(lanes: Sequence[Lane], day: date) -> Day:
    """What each lane says of a day: the interval that the day lies in, where there is one."""
    weighed: Control | None = None
    answers: dict[str, list[tuple[Lane, Control]]] = {}
    for lane in lanes:
        for one in lane.intervals:
            if (one.since or date.min) <= day <= (one.until or date.max):
                if lane.kind is LaneKind.WEIGHED:
                    weighed = one
                elif lane.kind is LaneKind.SOURCE:
                    answers.setdefault(answer(one), []).append((lane, one))
    told = [
        Told(
            some[0][1],
            words,
            tuple(lane.name for lane, _ in some),
            min((one.since for _, one in some if one.since), default=None),
        )
        for words, some in answers.items()
    ]
    return Day(weighed, tuple(sorted(told, key=lambda one: (-len(one.voices), one.words))))


def answer(one: Control) -> str:
    """`held by X, parts taken by Y, besieged by Y, last known`: as the terminal says it, without the day."""
    siege = None if one.besieged_by is None or one.says.startswith("besieged") else f"besieged by {one.besieged_by}"
    return safe(", ".join(filter(None, (one.says, one.parts, siege, "last known" if one.last_known else None))))


def foremost(lanes: Sequence[Lane], most: int) -> list[Lane]:
    """The weighed lane, those of sides, and of voices as many as `most`: those that rest on most articles, in the order given."""
    voices = [lane for lane in lanes if lane.kind is LaneKind.SOURCE]
    voices.sort(key=lambda lane: (-sum(one.articles for one in lane.intervals), lane.name))
    kept = {lane.who for lane in voices[:most]}
    return [lane for lane in lanes if lane.kind is not LaneKind.SOURCE or lane.who in kept]
