"""The index answers as a walk over all rows would, for any standings; it follows the ledger while it goes on answering."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made_map import Made
from whosays import ledger
from whosays.faces.atlas import (
    BESIEGED,
    CONTESTED,
    LAST_KNOWN,
    NOW,
    PARTS,
    UNNAMED,
    WEIGHED,
    Asked,
    Atlas,
    Lane,
    Newest,
    _apart,
)
from whosays.faces.atlas_rows import ControlRow, EventRow, LedgerRows, PlaceRow

START = date(2017, 1, 1)
PLACES = tuple(PlaceRow(f"p{n}", f"Town {n}", 30.0 + n, 35.0, 10 - n) for n in range(4))
LOST = PlaceRow("lost", "A name of no gazetteer", None, None, 3)


@dataclass
class Listed:
    """Rows as a test lists them."""

    control: tuple[ControlRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    number: int = 1

    def version(self) -> int:
        return self.number

    def place_rows(self) -> Iterable[PlaceRow]:
        return (*PLACES, LOST)

    def control_rows(self) -> Iterable[ControlRow]:
        return self.control

    def event_rows(self) -> Iterable[EventRow]:
        return self.events


days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))


@st.composite
def intervals(draw: st.DrawFn) -> ControlRow:
    since, known = draw(st.none() | days), draw(days)
    until, known_until = draw(st.none() | days), draw(st.none() | days)
    kind, who = draw(st.sampled_from([("weighed", ""), ("side", "x"), ("source", "s")]))
    holder = draw(st.sampled_from(["A", "B", None]))
    return ControlRow(
        draw(st.sampled_from([*PLACES, LOST])).key,
        kind,
        who,
        who or "all",
        None,
        holder,
        f"held by {holder}" if holder else "not held by A",
        draw(st.sampled_from(["a", "b", None])),
        since,
        until,
        *draw(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans())),
        draw(st.sampled_from(["claimed", "contested", None])),
        known,
        known_until,
    )


@pytest.mark.slow
@given(st.lists(intervals(), max_size=30), days, st.none() | days, st.sampled_from(["weighed", "side", "source"]))
def test_held_is_what_a_walk_finds(rows: list[ControlRow], on: date, known: date | None, kind: str) -> None:
    atlas = Atlas(Listed(tuple(rows)))
    lane = Lane(kind, {"weighed": "", "side": "x", "source": "s"}[kind])
    held = atlas.held(Asked(on.toordinal(), known.toordinal() if known else NOW, lane))
    expected: dict[int, set[tuple[str, int, str]]] = {}
    latest: dict[int, date] = {}
    for row in rows:
        if row.kind != kind or row.place == "lost" or not _stands(row, on, known):
            continue
        n, since = int(row.place[1:]), row.since or date.min
        if since > latest.get(n, date.min):
            expected[n] = set()
        if since >= latest.get(n, date.min):
            latest[n] = since
            expected.setdefault(n, set()).add((row.holder or row.says, _flags(row), row.grade or ""))
    assert held.place.tolist() == sorted(expected)
    for place, holder, flags, grade in zip(held.place, held.holder, held.flags, held.grade, strict=True):
        assert (atlas.holders[holder].name, flags, atlas.grades[grade]) in expected[place]


def _stands(row: ControlRow, on: date, known: date | None) -> bool:
    valid = (row.since or date.min) <= on <= (row.until or date.max)
    if known is None:
        return valid and row.known_until is None
    return valid and row.known_since <= known <= (row.known_until or date.max)


def _flags(row: ControlRow) -> int:
    return (
        CONTESTED * row.contested
        + LAST_KNOWN * row.last_known
        + BESIEGED * row.besieged
        + PARTS * row.parts
        + UNNAMED * (row.holder is None)
    )


@pytest.mark.slow
@given(st.lists(intervals(), max_size=30), days)
def test_filters_leave_out_and_change_nothing(rows: list[ControlRow], on: date) -> None:
    atlas = Atlas(Listed(tuple(rows)))
    everything = atlas.held(Asked(on.toordinal()))
    for asked, wanted in (
        (Asked(on.toordinal(), holders=_named(atlas, "A")), lambda n: atlas.holders[everything.holder[n]].name == "A"),
        (Asked(on.toordinal(), side="b"), lambda n: atlas.holders[everything.holder[n]].side == "b"),
        (Asked(on.toordinal(), grade="claimed"), lambda n: atlas.grades[everything.grade[n]] == "claimed"),
    ):
        kept = [place for n, place in enumerate(everything.place.tolist()) if wanted(n)]
        assert set(kept) <= set(atlas.held(asked).place.tolist())


def _named(atlas: Atlas, name: str) -> list[int]:
    return [n for n, one in enumerate(atlas.holders) if one.name == name]


@given(
    st.lists(st.tuples(st.sampled_from([*PLACES, LOST]), st.sampled_from("ab"), days, st.none() | days), max_size=40),
    days,
    st.integers(1, 20),
    st.none() | days,
)
def test_events_are_counted_as_a_walk_counts(
    told: list[tuple[PlaceRow, str, date, date | None]], on: date, window: int, known: date | None
) -> None:
    events = tuple(EventRow(place.key, type_, day, published) for place, type_, day, published in told)
    atlas = Atlas(Listed(events=events))
    first = on - timedelta(days=window - 1)
    places, counts = atlas.events(["a"], first.toordinal(), on.toordinal(), known=known.toordinal() if known else NOW)
    expected: dict[int, int] = {}
    for one in events:
        late = known is not None and (one.published is None or one.published > known)
        if one.type == "a" and one.place != "lost" and first <= one.day <= on and not late:
            expected[int(one.place[1:])] = expected.get(int(one.place[1:]), 0) + 1
    assert dict(zip(places.tolist(), counts.tolist(), strict=True)) == expected
    start, per_day = atlas.days()
    assert sum(per_day.tolist()) == len(events)
    assert not events or date.fromordinal(start) == min(one.day for one in events)


def test_what_no_gazetteer_has_is_counted_and_not_drawn() -> None:
    atlas = Atlas(Listed())
    assert [row.key for row in atlas.places] == ["p0", "p1", "p2", "p3"]
    assert atlas.unplaced == 1
    assert atlas.held(Asked(START.toordinal())).place.tolist() == []
    assert atlas.held(Asked(START.toordinal(), lane=Lane("source", "nobody"))).place.tolist() == []


def test_a_stray_date_does_not_stretch_the_time() -> None:
    event = EventRow("p0", "a", START, None)
    atlas = Atlas(Listed(events=(*[event] * 3000, event._replace(day=date(1184, 1, 1)))))
    assert atlas.span == (START.toordinal(), START.toordinal())
    assert Atlas(Listed()).span == (0, 0)


def test_a_newer_atlas_is_made_beside_the_old_one() -> None:
    rows = Listed()
    newest = Newest(rows)
    old = newest.get()
    assert newest.get() is old
    rows.number = 2
    assert newest.get().version in (1, 2), "nobody waits"
    for thread in threading.enumerate():
        if thread.name == "atlas":
            thread.join(10)
    assert newest.get().version == 2


def test_an_atlas_that_cannot_be_made_leaves_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Listed()
    newest = Newest(rows)
    newest.get()
    rows.number = 2
    monkeypatch.setattr(rows, "control_rows", lambda: 1 / 0)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    newest.get()
    for thread in threading.enumerate():
        if thread.name == "atlas":
            thread.join(10)
    assert newest.get().version == 1  # and it is tried again, in vain
    for thread in threading.enumerate():
        if thread.name == "atlas":
            thread.join(10)
    monkeypatch.undo()
    newest.get()
    for thread in threading.enumerate():
        if thread.name == "atlas":
            thread.join(10)
    assert newest.get().version == 2


def test_a_large_ledger_has_its_atlas_made_by_another_process(samples_file: Path) -> None:
    with ledger.open(str(samples_file)) as opened:
        here = Atlas(LedgerRows(opened.weighings))
        there = _apart(opened.where)
    assert here.places
    assert there.places == here.places
    assert (there.lanes, there.holders, there.grades, there.types) == (
        here.lanes,
        here.holders,
        here.grades,
        here.types,
    )
    on = Asked(date(2023, 1, 13).toordinal())
    assert there.held(on).place.tolist() == here.held(on).place.tolist() != []


def test_made_wars_hold_every_kind_of_standing() -> None:
    atlas = Atlas(Made(300, claims=500))
    held = [atlas.held(Asked(date(year, 6, 1).toordinal())) for year in (2014, 2015, 2016, 2017)]
    flags = {int(flag) for one in held for flag in one.flags}
    assert all(any(flag & one for flag in flags) for one in (CONTESTED, LAST_KNOWN, BESIEGED, PARTS, UNNAMED))
    assert len(atlas.sides()) == 6
    assert atlas.lanes[WEIGHED].stop > 300
