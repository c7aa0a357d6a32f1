"""Lanes through both times: who holds a place when, as it was known on every day on which something was published.

    standings(key, place, name, claims, by=…) -> Standings       turns(name, standings) -> news: it changed hands, it became disputed

An interval of a lane that stays the same from one day of publication to the next is one Standing. `lanes(known_on=…)` of every such day
gives the same; here each lane is walked on from the day before the first of which something new is said, and only what that changes is
told again. What is known only from pages without a date is known since the last day of all. Where words first stood is told from all
that is known now, also of earlier days: that a report was a reprint is no news of the place (`Extraction.story`).
What is no longer known so names no more than MOST of its claims on either side, the latest behind it, and has no grade, which would
cost more than all the rest; its counts are of all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from whosays.nouns import Change, ChangeKind, Control, Extraction, LaneKind, Place, Standing
from whosays.settings import HORIZON_DAYS
from whosays.weigh import weighed
from whosays.weigh.control import contradict, interval, lane_key, lane_name, meet, walked
from whosays.weigh.moves import Move, moves, order
from whosays.weigh.states import Segment, Stage
from whosays.weigh.weighed import Heard, Setting

MOST = 12
_DAY = timedelta(days=1)


def standings(
    key: str,
    place: Place | None,
    name: str,
    claims: Sequence[Extraction],
    *,
    by: LaneKind = LaneKind.SOURCE,
    horizon_days: int = HORIZON_DAYS,
) -> tuple[Standing, ...]:
    """The lanes of a place, by whose lane, when valid, when known."""
    told = place.name if place is not None else name
    known: dict[date, dict[str, list[Move]]] = defaultdict(lambda: defaultdict(list))
    for move in moves(place, name, claims):
        known[move.said.article.published or date.max][lane_key(move, by)].append(move)
    rows, against = _Rows(key, by), _Against()
    lanes: dict[str, _Lane] = {}
    for day in sorted(known):
        changed: list[tuple[str, Control]] = []
        touched: set[int] = set()
        for who, new in known[day].items():
            lane = lanes.setdefault(who, _Lane(told, who, by, horizon_days))
            gone, came = lane.hear(new)
            rows.gone(who, gone)
            changed += ((who, one) for one in came)
            if by is not LaneKind.WEIGHED:
                touched |= against.change(who, gone, lane.fresh)
        rows.known(day, changed, touched, against)
    graded = {key: one for lane in lanes.values() for key, one in lane.graded()} if by is LaneKind.WEIGHED else {}
    return tuple(sorted(rows.all(graded), key=_order))


def _order(one: Standing) -> tuple[str, date, bool, date, date, str]:
    control = one.control
    until = control.until or date.max
    return one.who, control.since or date.min, control.last_known, one.known_since, until, control.says


def cut(control: Control) -> Control:
    """A control as it is kept when it is no longer known so."""
    return replace(control, basis=control.basis[-MOST:], contested=control.contested[:MOST], grade=None)


class _Lane:
    """One lane, as it comes to be known."""

    def __init__(self, place: str, who: str, by: LaneKind, horizon: int) -> None:
        self._place, self._who, self._by, self._horizon = place, who, by, horizon
        self._moves: list[Move] = []
        self._stages: list[Stage] = []
        self._around = Setting(frozenset(), {})
        self._made: dict[tuple[date, date | None], tuple[Segment, tuple[Control, ...]]] = {}
        self._name = ""
        self.fresh: list[Control] = []
        """Its intervals that are not only `last known`."""

    def hear(self, new: Sequence[Move]) -> tuple[list[Control], list[Control]]:
        """More moves. Which intervals are gone by them, and which came."""
        since = min(move.day for move in new)
        for move in new:
            insort(self._moves, move, key=order)
        if self._by is LaneKind.WEIGHED:
            since = self._set(new, since)
        first = bisect_left(self._moves, since, key=lambda move: move.day)
        self._stages = self._stages[: bisect_left(self._stages, since, key=lambda stage: stage.day)]
        self._stages += self._walk(self._moves[first:], self._stages[-1] if self._stages else None)
        return self._told()

    def _set(self, new: Sequence[Move], since: date) -> date:
        """What bears on all moves, with these. From which day on it does otherwise than before."""
        before, self._around = self._around, weighed.setting(new, self._around)
        return since if self._around.rivals == before.rivals else date.min

    def _walk(self, moves: Sequence[Move], before: Stage | None) -> Iterable[Stage]:
        if self._by is not LaneKind.WEIGHED:
            return walked(moves, self._horizon, before)
        assert before is None or isinstance(before, Heard), "a weighed lane has weighed stages"
        return weighed.walked(moves, self._horizon, self._around, before)

    def _told(self) -> tuple[list[Control], list[Control]]:
        """The intervals of its segments, made anew only where a segment or its end is another."""
        name = lane_name(self._moves, self._by, self._who)
        before = {id(one): one for _, made in self._made.values() for one in made}
        if name != self._name:
            self._name, self._made = name, {}
        made: dict[tuple[date, date | None], tuple[Segment, tuple[Control, ...]]] = {}
        segments = self._stages[-1].segments
        for n, segment in enumerate(segments):
            end = segments[n + 1].since - _DAY if n + 1 < len(segments) else None
            kept = self._made.get((segment.since, end))
            if kept is None or kept[0] != segment:
                kept = segment, tuple(self._intervals(segment, end, graded=False))
            made[segment.since, end] = kept
        self._made = made
        now = {id(one): one for _, controls in made.values() for one in controls}
        self.fresh = [one for one in now.values() if not one.last_known]
        gone = [one for key, one in before.items() if key not in now]
        return gone, [one for key, one in now.items() if key not in before]

    def graded(self) -> Iterator[tuple[int, Control]]:
        """Its intervals with their grades, by those without."""
        for (_, end), (segment, controls) in self._made.items():
            yield from zip(map(id, controls), self._intervals(segment, end, graded=True), strict=True)

    def _intervals(self, segment: Segment, end: date | None, *, graded: bool) -> Iterator[Control]:
        return interval(self._place, self._name, segment, end, self._horizon, graded=graded)


class _Against:
    """Which intervals of different lanes cannot both be true on days that they share."""

    def __init__(self) -> None:
        self._lanes: dict[str, list[Control]] = {}
        self._met: dict[int, dict[int, Control]] = {}

    def change(self, who: str, gone: Iterable[Control], fresh: list[Control]) -> set[int]:
        """A lane has these intervals now. Of which others that changes what speaks against them."""
        touched: set[int] = set()
        for one in gone:
            for key in self._met.pop(id(one), ()):
                del self._met[key][id(one)]
                touched.add(key)
        self._lanes[who] = fresh
        for one in fresh:
            if id(one) not in self._met:
                self._met[id(one)] = {}
                for other in self._others(who, one):
                    self._met[id(one)][id(other)] = other
                    self._met[id(other)][id(one)] = one
                    touched.add(id(other))
        return touched

    def _others(self, who: str, one: Control) -> Iterator[Control]:
        for lane, controls in self._lanes.items():
            if lane == who:
                continue
            n = bisect_right(controls, one.until or date.max, key=lambda other: other.since or date.min)
            while n > 0 and meet(one, controls[n - 1]):
                n -= 1
                if contradict(one, controls[n]):
                    yield controls[n]

    def told(self, one: Control) -> Control:
        """The interval with the claims that speak against it."""
        met = self._met.get(id(one))
        claims = {claim for other in met.values() for claim in other.basis} if met else ()
        return replace(one, contested=tuple(sorted(claims))) if claims else one


class _Rows:
    """Standings, as they begin and end."""

    def __init__(self, place: str, by: LaneKind) -> None:
        self._place, self._by = place, by
        self._open: dict[int, tuple[str, Control, Control, date]] = {}
        """Interval → whose, itself, as it is told, since when."""
        self._ending: dict[tuple[str, Control], date] = {}
        self._done: list[Standing] = []

    def gone(self, who: str, some: Iterable[Control]) -> None:
        """These intervals are not known any more."""
        for one in some:
            _, _, told, since = self._open.pop(id(one))
            self._ending[who, cut(told)] = since

    def known(self, day: date, came: Iterable[tuple[str, Control]], touched: Iterable[int], against: _Against) -> None:
        """From this day on these are known, and others are told otherwise. What is told as before goes on."""
        again = [self._open.pop(key) for key in touched if key in self._open]
        for who, _, told, since in again:
            self._ending[who, cut(told)] = since
        for who, one in [*came, *((who, one) for who, one, _, _ in again)]:
            told = against.told(one) if self._by is not LaneKind.WEIGHED else one
            self._open[id(one)] = who, one, told, self._ending.pop((who, cut(told)), day)
        for (who, told), since in self._ending.items():
            self._done.append(Standing(self._place, self._by, who, told, since, day - _DAY))
        self._ending.clear()

    def all(self, graded: Mapping[int, Control]) -> Iterator[Standing]:
        """Those that ended, and those that are known still."""
        yield from self._done
        for key, (who, _, told, since) in self._open.items():
            yield Standing(self._place, self._by, who, graded.get(key, told), since, None)


# -------------------------------------------------------------------------------------------------------------- news


def turns(name: str, found: Iterable[Standing]) -> Iterator[tuple[Change, str]]:
    """What is news in the standings of one place, all voices weighed; with the key of who holds it then. As publication went on: another
    side came to hold it than the last that did, or what is said came to be disputed. Numbers are given when it is told."""
    last: tuple[str, Control] | None = None
    before: Control | None = None
    latest = sorted((one for one in found if one.kind is LaneKind.WEIGHED), key=lambda one: one.known_since)
    for known, control, place in _latest(latest):
        key = control.side or control.holder or ""
        if control.holder is not None:
            taken = last is None and control.says.startswith("taken")
            if taken or (last is not None and last[0] != key):
                held = None if last is None else last[1].holder
                yield _change(place, name, control, ChangeKind.CHANGED_HANDS, held, control.holder, known), key
            last = key, control
        if control.contested and not (before is not None and before.contested and before.says == control.says):
            said = None if before is None else before.says
            yield _change(place, name, control, ChangeKind.BECAME_DISPUTED, said, control.says, known), control.says
        before = control


def _change(
    place: str, name: str, control: Control, kind: ChangeKind, before: str | None, after: str | None, known: date
) -> Change:
    disputed = kind is ChangeKind.BECAME_DISPUTED
    claims = control.contested if disputed else control.basis
    return Change(0, place, name, control.since or known, kind, before, after, known, claims)


def _latest(found: Sequence[Standing]) -> Iterator[tuple[date, Control, str]]:
    """The answer that ends the lane, on each day on which another came to be known: its tail, or the fresh days before the tail."""
    fresh: dict[tuple[date, tuple[str, ...]], Control] = {}
    for known, group in groupby(found, key=lambda one: one.known_since):
        told = list(group)
        for one in told:
            if one.control.until is not None and not one.control.last_known:
                fresh[one.control.until, one.control.basis[-MOST:]] = one.control
        for one in told:
            control = one.control
            if control.until is None and control.since is not None:
                day_before = max(control.since, date.min + _DAY) - _DAY
                yield (
                    known,
                    fresh.get((day_before, control.basis[-MOST:]), control) if control.last_known else control,
                    one.place,
                )
