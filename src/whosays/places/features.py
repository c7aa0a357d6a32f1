"""What speaks for one place among the places of its name: named features, each a column over the candidates of a text.

A table has one line per candidate: every place of every name in the text. A feature gives one number per line, mostly
0 … 1; its docstring is the reason that an analyst reads. What a place is and how it bears its name is the same in any
text and kept from one to the next (`bearers`); the rest looks at the text (`Table`) or at the other names (`Around`).
How much each feature counts was learned (`weights.yml`, `python -m training.places`); rank.py adds them up.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from whosays.places.gazetteer import Gazetteer, key
from whosays.places.relative import EARTH

Column = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]
NOWHERE = math.nan
"""Like no row, not even itself."""

WIDE = frozenset({"region", "sea", "desert", "lake", "mountain", "valley", "border"})
TOWNS = frozenset({"town", "village", "district"})
NAMED_WITH_THE = WIDE | {"river", "island", "admin1"}
UNCOUNTED, UNCOUNTED_TOWN = 1_000_000, 3_000
"""People taken for granted where the gazetteer has no number."""

REACH = 75.0
"""Kilometres at which nearness is half."""


class Bearer(msgspec.Struct, frozen=True, gc=False):
    """A place with a name that it bears, and what the gazetteer says of it."""

    gazetteer: Gazetteer
    key: str
    rows: tuple[int, ...]
    """All places of the name, the most populous first."""
    row: int
    kind: str
    population: int
    country: float
    """Row of the country that holds it, or `NOWHERE`."""
    admin1: float


class Bearers(msgspec.Struct, frozen=True, eq=False, gc=False):
    """All places of a name, line by line, as it is in any text."""

    kinds: tuple[str, ...]
    countries: tuple[float, ...]
    """Rows of the countries that hold them, or `NOWHERE`."""
    facts: Matrix
    """Lines × x, y, z on a globe of radius 1, country, first division, is it a country?"""
    borne: Matrix
    """`BORNE` × lines."""


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
    """The candidates of all names of a text, the lines of one name side by side."""

    context: Context
    names: tuple[Name, ...]
    rows: tuple[int, ...]
    kinds: tuple[str, ...]
    countries: tuple[float, ...]
    """Of each line, as in `Bearers`."""
    starts: npt.NDArray[np.intp]
    """Number of the first line of each name."""
    name: npt.NDArray[np.intp]
    """Number of the name of each line."""
    facts: Matrix
    """As in `Bearers`."""
    borne: Matrix
    """`BORNE` × lines."""

    def lines(self, wanted: Callable[[Name], object]) -> Iterator[tuple[int, Name, int]]:
        """(number, name, row) of the lines of some names."""
        start = 0
        for name in self.names:
            if wanted(name):
                for line, row in enumerate(name.rows, start):
                    yield line, name, row
            start += len(name.rows)


def table(names: Sequence[Name], context: Context) -> Table:
    """At least one name, each with at least one row."""
    held = [bearers(context.gazetteer, name.key, name.rows) for name in names]
    counts = [len(name.rows) for name in names]
    return Table(
        context,
        tuple(names),
        rows=tuple(row for name in names for row in name.rows),
        kinds=tuple(kind for one in held for kind in one.kinds),
        countries=tuple(country for one in held for country in one.countries),
        starts=np.array([0, *itertools.accumulate(counts[:-1])]),
        name=np.array([number for number, count in enumerate(counts) for _ in range(count)]),
        facts=np.concatenate([one.facts for one in held]),
        borne=np.concatenate([one.borne for one in held], axis=1),
    )


@functools.lru_cache(maxsize=5_000)
def bearers(gazetteer: Gazetteer, key: str, rows: tuple[int, ...]) -> Bearers:
    every = [bearer(gazetteer, key, rows, row) for row in rows]
    return Bearers(
        tuple(one.kind for one in every),
        tuple(one.country for one in every),
        np.array([(*globe(*gazetteer.position(one.row)), one.country, one.admin1, a_country(one)) for one in every]),
        np.array([[feature(one) for one in every] for feature in BORNE], float),
    )


def bearer(gazetteer: Gazetteer, key: str, rows: tuple[int, ...], row: int) -> Bearer:
    held = {gazetteer.feature(holder): holder for holder in gazetteer.holders(row)}
    country, admin1 = held.get("country", NOWHERE), held.get("admin1", NOWHERE)
    return Bearer(gazetteer, key, rows, row, gazetteer.feature(row), gazetteer.population(row), country, admin1)


def globe(lat: float, lon: float) -> tuple[float, float, float]:
    """Degrees → x, y, z on a globe of radius 1."""
    up, round_ = math.radians(lat), math.radians(lon)
    return math.cos(up) * math.cos(round_), math.cos(up) * math.sin(round_), math.sin(up)


# ---------------------------------------------------------------------------------- features of a place and its name


def populous(one: Bearer) -> float:
    """large or well known"""
    return math.log10((one.population or (UNCOUNTED_TOWN if one.kind in TOWNS else UNCOUNTED)) + 1_000) / 8


def first_of_its_name(one: Bearer) -> bool:
    """the largest place of this name"""
    return one.row == one.rows[0]


def a_country(one: Bearer) -> bool:
    """a country"""
    return one.kind == "country"


def a_capital(one: Bearer) -> bool:
    """the capital of a country"""
    return one.row in one.gazetteer.capitals


def a_first_division(one: Bearer) -> bool:
    """a state, province or governorate"""
    return one.kind == "admin1"


def a_second_division(one: Bearer) -> bool:
    """a county or district"""
    return one.kind == "admin2"


def wide(one: Bearer) -> bool:
    """a region, sea or mountain range"""
    return one.kind in WIDE


def a_river(one: Bearer) -> bool:
    """a river or island"""
    return one.kind in ("river", "island")


def by_its_main_name(one: Bearer) -> bool:
    """by its main name"""
    return key(one.gazetteer.name(one.row)) == one.key


def named_for_its_town(one: Bearer) -> bool:
    """a division named for a town within it"""
    gazetteer = one.gazetteer
    return one.row < gazetteer.holding and any(one.row in gazetteer.holders(row)[1:] for row in one.rows)


# ------------------------------------------------------------------- … of the words around it: the lines where it is so


def after_the(t: Table) -> Iterator[int]:
    """not a town, of which nobody says *the*"""
    return (line for line, _, _ in t.lines(lambda name: name.the) if t.kinds[line] in NAMED_WITH_THE)


def as_stated(t: Table) -> Iterator[int]:
    """where the text says it lies"""
    holders, told = t.context.gazetteer.holders, t.lines(lambda name: name.stated)
    return (line for line, name, row in told if not name.stated.isdisjoint(holders(row)[1:]))


def as_called(t: Table) -> Iterator[int]:
    """the kind of place that the text calls it"""
    for line, name, _ in t.lines(lambda name: name.kinds):
        kind = t.kinds[line]
        if kind in name.kinds or (kind == "village" and "town" in name.kinds):
            yield line


def in_named_country(t: Table) -> Iterator[int]:
    """in a country that the text speaks of"""
    return in_countries(t, t.context.countries)


def in_dateline_country(t: Table) -> Iterator[int]:
    """in the country of the dateline"""
    return in_countries(t, {t.context.dateline})


def in_outlet_country(t: Table) -> Iterator[int]:
    """in the country of the outlet, where the text speaks of no other"""
    abroad = t.context.countries - {t.context.outlet}
    return in_countries(t, () if abroad else {t.context.outlet})


def town_of_the_outlet(t: Table) -> Iterator[int]:
    """the town that the outlet is named for"""
    outlet, capitals = t.context.outlet_name, t.context.gazetteer.capitals
    named = t.lines(lambda name: len(name.key) > 4 and name.key.replace(" ", "") in outlet)
    return (line for line, _, row in named if t.kinds[line] == "town" and row not in capitals)


def in_countries(t: Table, codes: Iterable[str | None]) -> Iterator[int]:
    rows = {t.context.gazetteer.country_row(code) for code in codes if code}
    return (line for line, row in enumerate(t.countries) if row in rows) if rows else iter(())


# --------------------------------------------------------------------------------- … of the other places, second round


@dataclass(frozen=True, slots=True)
class Around:
    """What the other names of the text may mean: lines × lines, 0 among those of one name."""

    table: Table
    likely: Column
    """Of each line, among the lines of its name, from the round before."""
    apart: npt.NDArray[np.bool_]
    """Are the two of different names?"""
    near: Matrix
    """How near the two are (`closeness`)."""

    def likely_in_one(self, holder: int) -> Column:
        """How likely another name lies in the same country or division: a column of `Table.facts`."""
        place = self.table.facts[:, holder]
        return self.mean(np.add, ((place[:, None] == place) & self.apart) * self.likely)

    def mean(self, of_name: np.ufunc, values: Matrix) -> Column:
        """Over the names; a text with few of them says less."""
        each = of_name.reduceat(values, self.table.starts, axis=1)
        return np.asarray(np.add.reduce(each, axis=1) / len(self.table.names))


def around(t: Table, likely: Column) -> Around:
    apart = t.name[:, None] != t.name
    spots = 1 - t.facts[:, IS_COUNTRY]  # the middle of a country says nothing
    return Around(t, likely, apart, closeness(t.facts[:, POINT]) * (apart * spots))


POINT, COUNTRY, ADMIN1, IS_COUNTRY = slice(0, 3), 3, 4, 5
"""Columns of `Table.facts`."""


def closeness(point: Matrix) -> Matrix:
    """Points (lines of x, y, z: `globe`) × points: 1 at the same spot, 1/2 at `REACH`."""
    square = (2 * (EARTH / REACH) ** 2) * (1 - point @ point.T)  # of the chord, in units of REACH
    return np.asarray(1 / (1 + np.maximum(square, 0)))


def in_country_of_others(near: Around) -> Column:
    """in the country of other places of the text"""
    return near.likely_in_one(COUNTRY)


def in_division_of_others(near: Around) -> Column:
    """in the division of other places of the text"""
    return near.likely_in_one(ADMIN1)


def near_another(near: Around) -> Column:
    """near another place of the text"""
    return np.asarray(np.add.reduceat(near.near * near.likely, near.table.starts, axis=1).max(axis=1))


def could_lie_together(near: Around) -> Column:
    """where all names of the text could lie together"""
    return near.mean(np.maximum, near.near)


BORNE: tuple[Callable[[Bearer], float], ...] = (
    *(populous, first_of_its_name, a_country, a_capital, a_first_division, a_second_division, named_for_its_town),
    *(wide, a_river, by_its_main_name),
)
"""Features of a place and its name."""

TOLD: tuple[Callable[[Table], Iterator[int]], ...] = (
    *(after_the, as_stated, as_called, in_named_country, in_dateline_country, in_outlet_country, town_of_the_outlet),
)
"""Features of what the text says, 0 or 1."""

ALONE = (*BORNE, *TOLD)
"""Features that look at one name alone."""

AMONG: tuple[Callable[[Around], Column], ...] = (
    *(in_country_of_others, in_division_of_others, near_another, could_lie_together),
)
"""Features that look at what the other names may mean."""


def alone(t: Table) -> Matrix:
    """Lines × `ALONE`."""
    values = np.concatenate([t.borne, np.zeros((len(TOLD), len(t.rows)))])
    for column, feature in enumerate(TOLD, len(BORNE)):
        if lines := list(feature(t)):
            values[column, lines] = 1
    return values.T


def among(t: Table, likely: Column) -> Matrix:
    """Lines × `AMONG`."""
    near = around(t, likely)
    return np.array([feature(near) for feature in AMONG]).T
