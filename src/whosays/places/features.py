"""What speaks for one place among the places of its name: named features, each a column over the candidates of a text.

A table has one line per candidate: every place of every name in the text. A feature is a function from the table to
one number per line, mostly 0 … 1; its docstring is the reason that an analyst reads. How much each counts was learned
(`weights.yml`, `python -m training.places`); rank.py adds them up.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from whosays.places.gazetteer import FEATURES, Gazetteer, key

Column = npt.NDArray[np.float64]
KIND = {name: float(number) for number, name in enumerate(FEATURES)}
NOWHERE = -1.0

WIDE = ("region", "sea", "desert", "lake", "mountain", "valley", "border")
TOWNS = frozenset({"town", "village", "district"})
UNCOUNTED, UNCOUNTED_TOWN = 1_000_000, 3_000
"""People taken for granted where the gazetteer has no number."""

EARTH = 6_371.0
REACH = 75.0
"""Kilometres at which nearness is half."""


class Facts(NamedTuple):
    """What the gazetteer says of a row, as numbers."""

    x: float
    """Position on a globe of radius 1."""
    y: float
    z: float
    people: float
    kind: float
    country: float
    admin1: float
    capital: float


@dataclass(frozen=True, slots=True)
class Name:
    """All mentions of one name together."""

    key: str
    rows: tuple[int, ...]
    kinds: frozenset[str] = frozenset()
    """What words beside it say it is."""
    stated: frozenset[int] = frozenset()
    """Rows of the places that the text says it lies in."""
    the: bool = False
    """Does the text put *the* before it?"""


@dataclass(frozen=True, slots=True)
class Context:
    """What the text as a whole says about where it plays."""

    gazetteer: Gazetteer
    countries: frozenset[str] = frozenset()
    """Named in the text, as such or by nationality."""
    dateline: str | None = None
    """Country of the dateline."""
    written_at: tuple[Name, ...] = ()
    """The dateline's place, which stands beside the names of the text."""
    outlet: str | None = None
    """Country of the outlet, as its address tells it."""
    outlet_name: str = ""
    """Letters of the outlet's name and address (outlet.py)."""


@dataclass(frozen=True, slots=True)
class Table:
    """The candidates of all names of a text: columns of equal length, the lines of one name side by side."""

    context: Context
    names: tuple[Name, ...]
    rows: tuple[int, ...]
    starts: npt.NDArray[np.intp]
    """Number of the first line of each name."""
    name: npt.NDArray[np.intp]
    """Number of the name of each line."""
    facts: npt.NDArray[np.float64]
    """A column of each line, in the order of `Facts`."""

    def fact(self, field: int) -> Column:
        column: Column = self.facts[field]
        return column

    def lines(self, wanted: Callable[[Name], object]) -> Iterator[tuple[int, Name, int]]:
        """(number, name, row) of the lines of some names."""
        for name, start in zip(self.names, self.starts.tolist(), strict=True):
            if wanted(name):
                for line, row in enumerate(name.rows, start):
                    yield line, name, row

    def ones(self, lines: Iterable[int]) -> Column:
        """1 on some lines, else 0."""
        found = np.zeros(len(self.rows))
        for line in lines:
            found[line] = 1.0
        return found


PEOPLE, OF_KIND, COUNTRY, ADMIN1, CAPITAL = range(3, 8)


def table(names: Sequence[Name], context: Context) -> Table:
    rows = tuple(row for name in names for row in name.rows)
    counts = [len(name.rows) for name in names]
    return Table(
        context,
        tuple(names),
        rows,
        np.cumsum([0, *counts[:-1]]),
        np.repeat(np.arange(len(names)), counts),
        np.array([facts(context.gazetteer, row) for row in rows], float).reshape(-1, len(Facts._fields)).T.copy(),
    )


@functools.lru_cache(maxsize=100_000)
def facts(gazetteer: Gazetteer, row: int) -> Facts:
    kind, people = gazetteer.feature(row), gazetteer.population(row)
    held = {gazetteer.feature(holder): float(holder) for holder in gazetteer.holders(row)}
    return Facts(
        *globe(*gazetteer.position(row)),
        math.log10((people or (UNCOUNTED_TOWN if kind in TOWNS else UNCOUNTED)) + 1_000) / 8,
        KIND[kind],
        held.get("country", NOWHERE),
        held.get("admin1", NOWHERE),
        float(row in gazetteer.capitals),
    )


def globe(lat: float, lon: float) -> tuple[float, float, float]:
    """Degrees → x, y, z on a globe of radius 1."""
    up, round_ = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


@functools.lru_cache(maxsize=100_000)
def main_name(gazetteer: Gazetteer, row: int) -> str:
    return key(gazetteer.name(row))


# ------------------------------------------------------------------------------------------- features of a place alone


def populous(t: Table) -> Column:
    """large or well known"""
    return t.fact(PEOPLE)


def first_of_its_name(t: Table) -> Column:
    """the largest place of this name"""
    return t.ones(t.starts.tolist())


def a_country(t: Table) -> Column:
    """a country"""
    return of_kinds(t, "country")


def a_capital(t: Table) -> Column:
    """the capital of a country"""
    return t.fact(CAPITAL)


def a_first_division(t: Table) -> Column:
    """a state, province or governorate"""
    return of_kinds(t, "admin1")


def a_second_division(t: Table) -> Column:
    """a county or district"""
    return of_kinds(t, "admin2")


def wide(t: Table) -> Column:
    """a region, sea or mountain range"""
    return of_kinds(t, *WIDE)


def a_river(t: Table) -> Column:
    """a river or island"""
    return of_kinds(t, "river", "island")


def by_its_main_name(t: Table) -> Column:
    """by its main name"""
    gazetteer = t.context.gazetteer
    return np.array([main_name(gazetteer, row) == name.key for name in t.names for row in name.rows], float)


def named_for_its_town(t: Table) -> Column:
    """a division named for a town within it"""
    gazetteer = t.context.gazetteer

    def held(holder: int, name: Name) -> bool:
        return holder < gazetteer.holding and any(holder in gazetteer.holders(row)[1:] for row in name.rows)

    return t.ones(line for line, name, row in t.lines(lambda name: len(name.rows) > 1) if held(row, name))


def after_the(t: Table) -> Column:
    """not a town, of which nobody says *the*"""
    the = t.ones(line for line, _, _ in t.lines(lambda name: name.the))
    return the * of_kinds(t, *WIDE, "river", "island", "admin1")


def of_kinds(t: Table, *kinds: str) -> Column:
    return np.asarray(ones_of(kinds)[t.fact(OF_KIND).astype(np.intp)])


@functools.cache
def ones_of(kinds: tuple[str, ...]) -> Column:
    """For each number of a feature: is it one of these?"""
    return np.array([kind in kinds for kind in FEATURES], float)


# --------------------------------------------------------------------------------------------- … of the words around it


def as_stated(t: Table) -> Column:
    """where the text says it lies"""
    holders, told = t.context.gazetteer.holders, t.lines(lambda name: name.stated)
    return t.ones(line for line, name, row in told if not name.stated.isdisjoint(holders(row)[1:]))


def as_called(t: Table) -> Column:
    """the kind of place that the text calls it"""
    kind, told = t.context.gazetteer.feature, t.lines(lambda name: name.kinds)
    return t.ones(
        line for line, name, row in told if kind(row) in name.kinds or (kind(row) == "village" and "town" in name.kinds)
    )


def in_named_country(t: Table) -> Column:
    """in a country that the text speaks of"""
    return in_countries(t, t.context.countries)


def in_dateline_country(t: Table) -> Column:
    """in the country of the dateline"""
    return in_countries(t, {t.context.dateline})


def in_outlet_country(t: Table) -> Column:
    """in the country of the outlet, where the text speaks of no other"""
    abroad = t.context.countries - {t.context.outlet}
    return in_countries(t, () if abroad else {t.context.outlet})


def town_of_the_outlet(t: Table) -> Column:
    """the town that the outlet is named for"""
    outlet = t.context.outlet_name
    named = t.lines(lambda name: len(name.key) > 4 and name.key.replace(" ", "") in outlet)
    return t.ones(line for line, _, _ in named) * (of_kinds(t, "town") - t.fact(CAPITAL))


def in_countries(t: Table, codes: Iterable[str | None]) -> Column:
    rows = {t.context.gazetteer.country_row(code) for code in codes if code}
    return t.ones(line for line, row in enumerate(t.fact(COUNTRY).tolist()) if row in rows) if rows else t.ones(())


# --------------------------------------------------------------------------------- … of the other places, second round


@dataclass(frozen=True, slots=True)
class Around:
    """What may be meant by the other names of the text: a column per name, its own left at 0."""

    country: npt.NDArray[np.float64]
    """How likely it lies in the same country as the line."""
    division: npt.NDArray[np.float64]
    near: npt.NDArray[np.float64]
    """How near it is expected (`closeness`)."""
    could: npt.NDArray[np.float64]
    """How near the nearest of its places is, however unlikely."""


def around(t: Table, likely: Column) -> Around:
    """`likely`: of each line, among the lines of its name, from the round before."""
    other = np.arange(len(t.names)) != t.name[:, None]
    near = closeness(t.facts[:PEOPLE]) * (t.fact(OF_KIND) != KIND["country"])  # its middle says nothing
    return Around(
        np.add.reduceat(same(t.fact(COUNTRY)) * likely, t.starts, axis=1) * other,
        np.add.reduceat(same(t.fact(ADMIN1)) * likely, t.starts, axis=1) * other,
        np.add.reduceat(near * likely, t.starts, axis=1) * other,
        np.maximum.reduceat(near, t.starts, axis=1) * other,
    )


def same(place: Column) -> npt.NDArray[np.bool_]:
    return np.asarray((place[:, None] == place) & (place != NOWHERE))


def closeness(point: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Points (columns of x, y, z: `globe`) × points: 1 at the same spot, 1/2 at `REACH`."""
    square = (2 * (EARTH / REACH) ** 2) * (1 - point.T @ point)  # of the chord, in units of REACH
    return np.asarray(1 / (1 + np.maximum(square, 0)))


def in_country_of_others(near: Around) -> Column:
    """in the country of other places of the text"""
    return mean(near.country)


def in_division_of_others(near: Around) -> Column:
    """in the division of other places of the text"""
    return mean(near.division)


def near_another(near: Around) -> Column:
    """near another place of the text"""
    return np.asarray(near.near.max(axis=1))


def could_lie_together(near: Around) -> Column:
    """where all names of the text could lie together"""
    return mean(near.could)


def mean(values: npt.NDArray[np.float64]) -> Column:
    """Over the other names; a text with few of them says less."""
    return np.asarray(values.sum(axis=1) / values.shape[1])


ALONE: tuple[Callable[[Table], Column], ...] = (
    *(populous, first_of_its_name, a_country, a_capital, a_first_division, a_second_division, named_for_its_town),
    *(wide, a_river, by_its_main_name, after_the, as_stated, as_called, in_named_country, in_dateline_country),
    *(in_outlet_country, town_of_the_outlet),
)
"""Features that look at one name alone."""

AMONG: tuple[Callable[[Around], Column], ...] = (
    *(in_country_of_others, in_division_of_others, near_another, could_lie_together),
)
"""Features that look at what the other names may mean."""


def alone(t: Table) -> npt.NDArray[np.float64]:
    """Lines × `ALONE`."""
    return np.array([feature(t) for feature in ALONE]).T


def among(t: Table, likely: Column) -> npt.NDArray[np.float64]:
    """Lines × `AMONG`."""
    near = around(t, likely)
    return np.array([feature(near) for feature in AMONG]).T
