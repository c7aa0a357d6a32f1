"""Who holds what on any day, for all places at once: the standings of a ledger as columns in memory, for the map.

    of(service) -> Atlas                     the newest; a newer one is made beside it while this one answers
    Atlas(rows)                              from a ledger's weighings, or from anything that gives such rows
    Atlas.held(Asked) -> Held                who holds what on a day, as known on a day, according to one lane
    Atlas.events(types, first, last, …)      how many claims of some types there are of each place
    Atlas.days(types) -> counts per day      for the histogram behind the slider

A place is known here by its number, its place in `Atlas.places`: those with most claims first. Days are ordinals
(`date.toordinal`). A question is a few comparisons over the columns of one lane: some milliseconds for 20,000 places.
What no gazetteer has cannot be drawn; it is counted (`Atlas.unplaced`) and left out. Nothing is written.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from whosays import ledger as ledgers
from whosays.errors import LedgerError
from whosays.faces.atlas_rows import ControlRow, EventRow, LedgerRows, PlaceRow, Rows
from whosays.faces.service import Service
from whosays.ledger import Ledger
from whosays.ledger.sql import MEMORY, plain
from whosays.nouns import LaneKind

NOW = 2**31 - 2
"""Known on this day is all that is known, from pages without a date too."""
_ALWAYS, _EVER = -(2**31), 2**31 - 1
CONTESTED, LAST_KNOWN, BESIEGED, PARTS, UNNAMED = 1, 2, 4, 8, 16
"""Flags of what is drawn. UNNAMED: it is not said who holds it, only who does not, or that somebody does."""
APART = 20_000
"""Claims: the atlas of a ledger with more is made by a process of its own, some seconds of work for each hundred thousand."""
REST = 60.0
"""Seconds between two such: while pages are read in, the map of a large ledger is that much behind."""
NICE = 10
CHUNK = 5_000
"""Rows taken at once while loading; in between others have their turn."""

Ints = NDArray[np.int32]
Row = TypeVar("Row")


class Lane(NamedTuple):
    """By whom: all weighed, a side, or a source."""

    kind: str
    who: str


WEIGHED = Lane(LaneKind.WEIGHED, "")


class Voice(NamedTuple):
    """What a lane is called, and of a source its kind."""

    name: str
    kind: str | None


class Holder(NamedTuple):
    """Who is said to hold a place; where nobody is named (UNNAMED), what is said instead."""

    name: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the map."""

    on: int
    known: int = NOW
    lane: Lane = WEIGHED
    holders: Sequence[int] | None = None
    """Only what these hold: numbers in `Atlas.holders`. Likewise `side` and `grade`."""
    side: str | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What stands on a day: for each place at most one row."""

    place: Ints
    holder: Ints
    """Numbers in `Atlas.holders`."""
    flags: Ints
    grade: Ints
    """Numbers in `Atlas.grades`."""
    since: Ints
    """Ordinals; that of no day where it is open."""


class Atlas:
    """The columns, and what their numbers stand for."""

    def __init__(self, rows: Rows) -> None:
        self.version = rows.version()
        """Asked first: what is weighed while this loads makes it stale, never wrong for good."""
        self.places: list[PlaceRow] = []
        self.unplaced = 0
        for row in _gently(rows.place_rows()):
            if row.lon is None or row.lat is None:
                self.unplaced += 1
            else:
                self.places.append(row)
        numbers = {row.key: n for n, row in enumerate(self.places)}
        self._load_standings(rows.control_rows(), numbers)
        self._load_events(rows.event_rows(), numbers)

    # ----------------------------------------------------------------------------------------------------- loading

    def _load_standings(self, rows: Iterable[ControlRow], numbers: dict[str, int]) -> None:
        lanes: dict[Lane, int] = {WEIGHED: 0}
        self.voices: dict[Lane, Voice] = {}
        holders: dict[Holder, int] = {}
        grades: dict[str, int] = {"": 0}
        found: list[NDArray[np.int32]] = []
        for chunk in _chunks(_gently(rows)):
            self.voices.update({Lane(row.kind, row.who): Voice(row.voice, row.voice_kind) for row in chunk})
            made = [
                (
                    lanes.setdefault(Lane(row.kind, row.who), len(lanes)),
                    numbers[row.place],
                    holders.setdefault(Holder(row.holder or row.says, row.side), len(holders)),
                    _flags(row),
                    grades.setdefault(row.grade or "", len(grades)),
                    _day(row.since, _ALWAYS),
                    _day(row.until, _EVER),
                    _day(row.known_since, _ALWAYS),
                    _day(row.known_until, _EVER),
                )
                for row in chunk
                if row.place in numbers
            ]
            found.append(np.array(made, dtype=np.int32).reshape(-1, 9))
        table = np.concatenate(found) if found else np.zeros((0, 9), np.int32)
        table = table[np.lexsort((table[:, 5], table[:, 1], table[:, 0]))]
        bounds = np.searchsorted(table[:, 0], np.arange(len(lanes) + 1))
        self.lanes = {lane: slice(int(bounds[n]), int(bounds[n + 1])) for lane, n in lanes.items()}
        self.holders, self.grades = tuple(holders), tuple(grades)
        self._columns = tuple(np.ascontiguousarray(table[:, n]) for n in range(1, 9))

    def _load_events(self, rows: Iterable[EventRow], numbers: dict[str, int]) -> None:
        types: dict[str, int] = {}
        found: list[NDArray[np.int32]] = []
        for chunk in _chunks(_gently(rows)):
            made = [
                (
                    types.setdefault(row.type, len(types)),
                    numbers.get(row.place, -1),
                    row.day.toordinal(),
                    _day(row.published, NOW),
                )
                for row in chunk
            ]
            found.append(np.array(made, dtype=np.int32).reshape(-1, 4))
        table = np.concatenate(found) if found else np.zeros((0, 4), np.int32)
        table = table[np.argsort(table[:, 2], kind="stable")]
        self.types = tuple(types)
        self._event_type, self._event_place, self._event_day, self._event_known = (
            np.ascontiguousarray(table[:, n]) for n in range(4)
        )

    # ---------------------------------------------------------------------------------------------------- answering

    def held(self, asked: Asked) -> Held:
        """Who holds what. A lane that nobody has: nothing."""
        some = self.lanes.get(asked.lane, slice(0, 0))
        place, holder, flags, grade, since, until, known_since, known_until = (one[some] for one in self._columns)
        hit = (since <= asked.on) & (until >= asked.on) & (known_since <= asked.known) & (known_until >= asked.known)
        if asked.holders is not None:
            hit &= np.isin(holder, asked.holders)
        if asked.side is not None:
            hit &= np.isin(holder, [n for n, one in enumerate(self.holders) if one.side == asked.side])
        if asked.grade is not None:
            hit &= grade == (self.grades.index(asked.grade) if asked.grade in self.grades else -1)
        rows = np.flatnonzero(hit)
        if len(rows):  # one lane has one answer a day; of two, the one that began last
            rows = rows[np.append(np.diff(place[rows]) != 0, True)]
        return Held(place[rows], holder[rows], flags[rows], grade[rows], since[rows])

    def events(self, types: Sequence[str], first: int, last: int, *, known: int = NOW) -> tuple[Ints, Ints]:
        """Places of which claims of these types (none: of any) speak on days `first` to `last`, and how many claims."""
        some = self._days_between(first, last)
        hit = self._of_types(self._event_type[some], types) & (self._event_known[some] <= known)
        places = self._event_place[some][hit]
        counts = np.bincount(places[places >= 0], minlength=len(self.places)).astype(np.int32)
        found = np.flatnonzero(counts).astype(np.int32)
        return found, counts[found]

    def days(self, types: Sequence[str] = ()) -> tuple[int, Ints]:
        """The first day that claims of these types (none: of any) speak of, and how many speak of each day from there on."""
        first, last = self.span
        some = self._days_between(first, last)
        days = self._event_day[some][self._of_types(self._event_type[some], types)]
        return first, np.bincount(days - first, minlength=last - first + 1).astype(np.int32)

    @property
    def span(self) -> tuple[int, int]:
        """First and last day that anything is said of, but for the utmost thousandth at either end: one page about Troy must not
        squeeze a war into a pixel. (0, 0): of none."""
        if not len(self._event_day):
            return 0, 0
        edge = len(self._event_day) // 1000
        return int(self._event_day[edge]), int(self._event_day[-1 - edge])

    def counts(self) -> dict[str, int]:
        """How many claims there are of each type."""
        counts = np.bincount(self._event_type, minlength=len(self.types))
        return dict(zip(self.types, counts.tolist(), strict=True))

    def sides(self) -> list[str]:
        """Sides that hold or held anything, all weighed, those with most intervals first: the order of their colours."""
        some = self.lanes[WEIGHED]
        intervals = np.bincount(self._columns[1][some], minlength=len(self.holders)).tolist()
        found: dict[str, int] = {}
        for holder, n in zip(self.holders, intervals, strict=True):
            if holder.side is not None:
                found[holder.side] = found.get(holder.side, 0) + n
        return sorted(found, key=lambda side: (-found[side], side))

    def _days_between(self, first: int, last: int) -> slice:
        bounds = np.searchsorted(self._event_day, [first, last + 1])
        return slice(int(bounds[0]), int(bounds[1]))

    def _of_types(self, column: Ints, types: Sequence[str]) -> NDArray[np.bool_]:
        if not types:
            return np.ones(len(column), np.bool_)
        return np.isin(column, [n for n, one in enumerate(self.types) if one in types])


def _flags(row: ControlRow) -> int:
    unnamed = row.holder is None
    told = (
        (row.contested, CONTESTED),
        (row.last_known, LAST_KNOWN),
        (row.besieged, BESIEGED),
        (row.parts, PARTS),
        (unnamed, UNNAMED),
    )
    return sum(flag for there, flag in told if there)


def _day(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _gently(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, with a rest after each chunk in which other threads get on."""
    for n, row in enumerate(rows):
        if n % CHUNK == CHUNK - 1:
            time.sleep(0.001)
        yield row


# ------------------------------------------------------------------------------------------------ one for each ledger


class Newest:
    """The newest atlas of some rows. The first who asks waits until there is one; nobody waits after that. `make`: how one is made;
    `rest`: seconds after each in which no other is."""

    def __init__(self, rows: Rows, *, make: Callable[[], Atlas] | None = None, rest: float = 0.0) -> None:
        self._rows = rows
        self._made = make or (lambda: Atlas(rows))
        self._rest = rest
        self._lock = threading.Lock()
        self._atlas: Atlas | None = None
        self._maker: threading.Thread | None = None

    def get(self) -> Atlas:
        """An atlas; where the ledger was weighed since, that of before, while a thread makes the next."""
        with self._lock:
            if self._atlas is None:
                self._atlas = self._made()
            elif self._maker is None and self._rows.version() != self._atlas.version:
                self._maker = threading.Thread(target=self._make, name="atlas", daemon=True)
                self._maker.start()
            return self._atlas

    def at_hand(self) -> Atlas | None:
        """An atlas, if there is one; else None at once, while a thread makes the first."""
        if self._atlas is None and not self._lock.locked():
            threading.Thread(target=self.get, name="first atlas", daemon=True).start()
        return self._atlas

    def _make(self) -> None:
        try:
            self._atlas = self._made()
        finally:
            if self._rest:
                time.sleep(self._rest)
            self._maker = None


_NEWEST: WeakKeyDictionary[Ledger, Newest] = WeakKeyDictionary()
_GUARD = threading.Lock()


def of(service: Service) -> Atlas:
    """The newest atlas of the ledger that a service shows."""
    return _newest(service).get()


def at_hand(service: Service) -> Atlas | None:
    """The same for pages that can do without: nobody waits for it."""
    return _newest(service).at_hand()


def _newest(service: Service) -> Newest:
    with _GUARD:
        newest = _NEWEST.get(service.ledger)
        if newest is None:
            newest = _NEWEST[service.ledger] = _of_ledger(service.ledger)
    return newest


def _of_ledger(ledger: Ledger) -> Newest:
    rows = LedgerRows(ledger.weighings)
    if ledger.where == MEMORY or ledger.weighings.totals()[-1] < APART:
        return Newest(rows)
    return Newest(rows, make=partial(_apart, ledger.url), rest=REST)


def _apart(url: str) -> Atlas:
    """An atlas that another process makes: here it would take every other thread's time. Raises LedgerError where that ends."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, url), name="whosays atlas", daemon=True)
    process.start()
    theirs.close()
    try:
        made = ours.recv()
    except EOFError as error:
        raise LedgerError(f"{plain(url)}: the map's index could not be made; the server's log says why.") from error
    finally:
        ours.close()
        process.join()
    assert isinstance(made, Atlas)
    return made


def _send(to: Connection, url: str) -> None:
    """What that process runs, at low priority; the server ends it when it ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)
    with ledgers.open(url) as ledger:
        to.send(Atlas(LedgerRows(ledger.weighings)))
    to.close()


def give(service: Service, rows: Rows) -> None:
    """Let a service show other rows than its ledger's: for benchmarks and tests."""
    with _GUARD:
        _NEWEST[service.ledger] = Newest(rows)
