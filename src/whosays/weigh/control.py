"""Who holds a place over time: a lane per voice, a lane per side, and one of all voices weighed.

Theory. Claims about a place are moves (moves.py). A lane is what its moves come to, day by day: a chain of intervals, each with the claims
that it rests on.
  - Of one voice, and of one side, the latest word stands: of its moves up to a day the latest day wins, then the latest publication.
    What can be true beside the answer that stands confirms it: who says that X holds the town and then that Y has not taken it still
    says that X holds it. All voices whose side is not known share a lane, which is never that of the `not aligned`.
  - All voices weighed: weighed.py.
  - Parts taken and sieges do not change the holder. They are told beside him until somebody takes the whole, the besieger leaves, or
    the siege is said to be over.
Nothing moves by itself: an answer that nobody repeated within the horizon is only `last known`, and so is its siege forgotten; nothing is
interpolated to places that nobody named. Three days count: what was *valid* on a day is asked for by `on`; what had been *said* by a day,
by `known_on`; when it was *read* never matters. The order of the claims never matters, and reprints add articles, not origins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, groupby, zip_longest

from whosays.nouns import NOT_ALIGNED, Control, Extraction, Lane, LaneKind, Place
from whosays.settings import HORIZON_DAYS
from whosays.weigh import sameness, weighed
from whosays.weigh.grades import grade
from whosays.weigh.moves import Move, What, moves, undated
from whosays.weigh.states import SAME_EVENT, Segment, Stage, State, added, step

__all__ = ["contradict", "holds", "lanes", "undated"]

UNKNOWN_SIDE, NO_SIDE, ALL = "side not known", "not aligned", "all voices, weighed"
"""Names of lanes that are no voice's and no side's."""
_DAY = timedelta(days=1)


def lanes(
    place: Place | None,
    name: str,
    claims: Sequence[Extraction],
    *,
    by: LaneKind = LaneKind.SOURCE,
    known_on: date | None = None,
    horizon_days: int = HORIZON_DAYS,
) -> tuple[Lane, ...]:
    """Who holds the place over time, sorted by whose lane it is. The place is known by its key, or by its folded name where it is
    not in the gazetteer; the claims may speak of other places too."""
    told = place.name if place is not None else name
    found = [
        Lane(by, who, _intervals(told, who, segments, horizon_days), key)
        for key, who, segments in _walked(moves(place, name, claims, known_on=known_on), by, horizon_days)
    ]
    if by is LaneKind.WEIGHED:
        return tuple(found)
    intervals = _contested([lane.intervals for lane in found])
    return tuple(replace(lane, intervals=own) for lane, own in zip(found, intervals, strict=True))


def holds(
    place: Place | None,
    name: str,
    on: date,
    claims: Sequence[Extraction],
    *,
    horizon_days: int = HORIZON_DAYS,
    by: LaneKind = LaneKind.SOURCE,
    known_on: date | None = None,
) -> tuple[Control, ...]:
    """The intervals in force on a day, one per lane that has one, sorted by when they began, latest first. What is said of later days
    does not count, but for who is named as having had a hand in the place at all; `since` is the first day of the answer."""
    told = place.name if place is not None else name
    rows = [
        replace(
            _control(told, who, segments[-1]),
            since=segments[-1].answered,
            last_known=(on - segments[-1].last).days > horizon_days,
        )
        for _, who, segments in _walked(moves(place, name, claims, known_on=known_on), by, horizon_days, on)
    ]
    if by is not LaneKind.WEIGHED:
        rows = [row for own in _contested([(row,) for row in rows]) for row in own]
    return tuple(sorted(rows, key=lambda row: (-(row.since or date.min).toordinal(), row.voice)))


def _walked(
    moves: Sequence[Move], by: LaneKind, horizon: int, until: date = date.max
) -> Iterator[tuple[str, str, Sequence[Segment]]]:
    """Key and name of whose lane it is, and what it comes to until a day, where that is anything."""
    groups: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        groups[lane_key(move, by)].append(move)
    for key, group in sorted(groups.items()):
        until_then = [move for move in group if move.day <= until]
        if by is LaneKind.WEIGHED:
            segments = weighed.walk(until_then, horizon, weighed.setting(group))
        else:
            segments = walk(until_then, horizon)
        if segments:
            yield key, lane_name(group, by, key), segments


def lane_key(move: Move, by: LaneKind) -> str:
    """In whose lane a move belongs."""
    if by is LaneKind.SOURCE:
        return sameness.voice_key(move.said)
    side = move.said.claim.source.side if by is LaneKind.SIDE else ""
    return UNKNOWN_SIDE if side is None else NO_SIDE if side == NOT_ALIGNED else side


def lane_name(moves: Sequence[Move], by: LaneKind, key: str) -> str:
    """A voice is called as it was last."""
    return sameness.voice(moves[-1].said) if by is LaneKind.SOURCE else ALL if by is LaneKind.WEIGHED else key


def walk(moves: Sequence[Move], horizon: int) -> Sequence[Segment]:
    """What the moves of one lane come to, in the order of days."""
    stages = list(walked(moves, horizon))
    return stages[-1].segments if stages else ()


def walked(moves: Sequence[Move], horizon: int, before: Stage | None = None) -> Iterator[Stage]:
    """What the moves of one lane come to by the end of each of their days; with `before`, of the days after that one."""
    found, state = (before.segments, before.state) if before is not None else ((), State())
    for day, group in groupby(moves, key=lambda move: move.day):
        state = state.fresh(day, horizon)
        today = list(group)
        for move in today:
            state = step(state, move)
        if state != State():
            found = added(found, state, day, [move for move in today if state.rests_on(move)])
        yield Stage(day, state, found)


def _intervals(place: str, who: str, segments: Sequence[Segment], horizon: int) -> tuple[Control, ...]:
    """Each segment as an interval, up to the day before the next."""
    ends = [after.since - _DAY for after in segments[1:]]
    pairs = zip_longest(segments, ends)
    return tuple(one for segment, end in pairs for one in interval(place, who, segment, end, horizon))


def interval(
    place: str, who: str, segment: Segment, end: date | None, horizon: int, *, graded: bool = True
) -> Iterator[Control]:
    """The days of a segment, up to its end; those beyond the horizon as one that is `last known`. To grade takes longer than all the
    rest: where many are made of which few are shown, grade these."""
    stale = date.fromordinal(min(segment.last.toordinal() + horizon + 1, date.max.toordinal()))
    control = _control(place, who, segment, graded=graded)
    if stale > segment.since:
        yield replace(control, until=stale - _DAY if end is None or end >= stale else end)
    if end is None or end >= stale:
        yield replace(control, since=max(stale, segment.since), until=end, last_known=True)


def _control(place: str, who: str, segment: Segment, *, graded: bool = True) -> Control:
    state, answer = segment.state, segment.state.answer
    told = answer or state.parts or state.siege
    assert told is not None, "a segment says something"
    bearing = [move for move in segment.basis if answer is None or _supports(move, answer, alone=who != ALL)]
    bearing = bearing or list(segment.basis)
    said = {move.said.claim.id: move.said for move in bearing}
    since = _last_said(bearing)
    otherwise = {move.said.claim.id: move.said for move in segment.against if not _conceded(move, since)}
    parts = None if state.parts is None else f"parts {state.parts.says}"
    return Control(
        place=place,
        voice=who,
        holder=answer.name if answer is not None and answer.what is What.HOLD else None,
        not_holder=answer.name if answer is not None and answer.what is What.GONE else None,
        says=answer.says if answer is not None else parts or told.says,
        side=told.side,
        since=segment.since,
        basis=tuple(said),
        articles=len({one.article.id for one in said.values()}),
        outlets=len({sameness.outlet(one.article) or one.article.id for one in said.values()}),
        origins=len({sameness.origin(one) for one in said.values()}),
        contested=tuple(otherwise),
        besieged_by=None if state.siege is None else state.siege.name or "forces not named",
        grade=grade(tuple(said.values()), tuple(otherwise.values())) if graded and who == ALL else None,
        parts=parts if answer is not None else None,
    )


def _supports(move: Move, answer: Move, *, alone: bool) -> bool:
    """Does it stand behind the answer, and not beside it, as a siege and parts taken do? In the lane of one voice all that it says and
    that can be true with it; where all are weighed, who says the same, or that an enemy of the holder has left. That an enemy did
    not take it says nothing of who has it."""
    if move.what not in (What.HOLD, What.GONE):
        return False
    if alone or move.key == answer.key:
        return alone or move.what is answer.what
    if move.key is None:
        return move.what is answer.what and answer.change and abs((move.day - answer.day).days) <= SAME_EVENT
    return (
        answer.what is What.HOLD
        and move.what is What.GONE
        and move.change
        and sameness.opposed(move.party, answer.party)
    )


def _last_said(moves: Sequence[Move]) -> dict[str | None, date]:
    """When each side last spoke so."""
    found: dict[str | None, date] = {}
    for move in moves:
        side = move.said.claim.source.side
        found[side] = max(move.day, found.get(side, date.min))
    return found


def _conceded(move: Move, bearing: Mapping[str | None, date]) -> bool:
    """Has the side that spoke against it come to say so itself since?"""
    side = move.said.claim.source.side
    return side not in (None, NOT_ALIGNED) and bearing.get(side, date.min) > move.day


def _contested(lanes: Sequence[tuple[Control, ...]]) -> list[tuple[Control, ...]]:
    """Each interval with the claims of other lanes that cannot be true beside it, on days that they share."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    fresh = [(n, m, one) for n, own in enumerate(lanes) for m, one in enumerate(own) if not one.last_known]
    for (n, m, a), (k, i, b) in combinations(fresh, 2):
        if n != k and meet(a, b) and contradict(a, b):
            found[n, m].update(b.basis)
            found[k, i].update(a.basis)
    return [
        tuple(replace(one, contested=tuple(sorted(found[n, m]))) for m, one in enumerate(own))
        for n, own in enumerate(lanes)
    ]


def meet(a: Control, b: Control) -> bool:
    """Have two intervals days in common?"""
    first = max(a.since or date.min, b.since or date.min)
    return first <= min(a.until or date.max, b.until or date.max)


def contradict(a: Control, b: Control) -> bool:
    """Can the answers of two voices not both be true? `Taken by Russia` and `left by Ukraine` can; so can two names of one side."""
    if a.holder and b.holder:
        return a.holder != b.holder and not _same_side(a, b)
    if a.not_holder and b.not_holder:
        return False
    if "not taken" in (a.says[:9], b.says[:9]) and {a.says, b.says} & {"taken", "held"}:
        return True  # whoever took it
    if "not taken" in (a.says, b.says) and "taken by" in (a.says[:8], b.says[:8]):
        return True  # by nobody
    holding, other = (a, b) if a.holder else (b, a)
    named = holding.holder is not None and other.not_holder is not None
    return named and (holding.holder == other.not_holder or _same_side(holding, other))


def _same_side(a: Control, b: Control) -> bool:
    return a.side is not None and a.side == b.side
