"""Chooses among the places of one name: named features, each 0 to 1, times the weights beside them.

One name means one place within a text, so all mentions of a name are weighed together. Distance needs places that are
already known: a first round weighs without it, a second measures to what the first chose for the other names.
The weights were set on the training parts of LGL, GeoVirus and GeoWebNews (docs/gazetteer.md has the figures).
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from whosays.nouns import Candidate, Place
from whosays.places.gazetteer import Gazetteer, key
from whosays.places.mentions import Mention

OPTIONS = 5
"""Places kept for a mention."""

CONSIDERED = 40
"""Places of one name that are weighed, the most populous first."""

ANCHORS = 40
"""Other places of the text to which distance is measured, at most: bounds the work on long texts."""

MARGIN = 0.2
"""The best must lead any place elsewhere by this much to be settled."""

SAME_SPOT = 30.0
"""Kilometres: a town and the province named for it are no rivals."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the text as a whole says about where it plays."""

    gazetteer: Gazetteer
    countries: frozenset[str] = frozenset()
    """Named in the text, as such or by nationality."""
    dateline: str | None = None
    """Country of the dateline."""


@dataclass(frozen=True, slots=True)
class Around:
    """The context of one name: the text, and what was chosen for its other names."""

    text: Context
    points: tuple[tuple[float, float], ...] = ()
    """Where the other places are, countries left out."""
    shares: Mapping[int, float] | None = None
    """Row of a country or division → share of the chosen rows that it holds."""


@dataclass(frozen=True, slots=True)
class Name:
    """All mentions of one name together."""

    key: str
    rows: tuple[int, ...]
    kinds: frozenset[str]
    """What words beside it say it is."""
    stated: frozenset[int]
    """Rows of the places that the text says it lies in."""


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Place, ...]
    settled: bool
    reasons: tuple[str, ...]


PROMINENCE = {"country": 2.0, "region": 2.0, "sea": 2.0, "river": 1.5, "island": 1.0, "admin1": -0.2, "admin2": -0.4}
"""Of kinds of place. Ours of these kinds have no population and are counted as if a million lived there."""

Feature = Callable[[int, Name, Around], float]


def rank(mentions: Sequence[Mention], context: Context) -> tuple[Candidate[Place], ...]:
    """Candidates in the order of the mentions, up to five options each, best first."""
    names = gather(mentions)
    first = {name.key: weigh(name, Around(context), FIRST_ROUND)[0][1] for name in names}
    counts = Counter(holder for row in first.values() for holder in context.gazetteer.holders(row))
    made = {name.key: choose(name, around(name, context, first, counts)) for name in names}
    return tuple(
        Candidate(mention.span, chosen.options, chosen.settled, chosen.reasons + mention.notes)
        for mention in mentions
        for chosen in (made[mention.key],)
    )


def gather(mentions: Sequence[Mention]) -> list[Name]:
    """The distinct names, in the order of the text."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.key].append(mention)
    return [
        Name(
            name,
            held[0].rows[:CONSIDERED],
            frozenset(kind for mention in held for kind in mention.kinds),
            frozenset(row for mention in held for row in mention.stated),
        )
        for name, held in found.items()
    ]


def around(name: Name, context: Context, first: Mapping[str, int], counts: Counter[int]) -> Around:
    """What the first round chose for the other names."""
    if len(name.rows) == 1:
        return Around(context)
    gazetteer, own = context.gazetteer, first[name.key]
    held, others = set(gazetteer.holders(own)), max(1, len(first) - 1)
    anchors = (row for row in first.values() if row != own and gazetteer.feature(row) != "country")
    points = tuple(gazetteer.position(row) for row in itertools.islice(anchors, ANCHORS))
    shares = {row: (count - (row in held)) / others for row, count in counts.items()}
    return Around(context, points, shares)


def weigh(name: Name, place: Around, features: Sequence[Feature]) -> list[tuple[float, int]]:
    """(score, row), best first; ties in the order of the gazetteer."""
    if len(name.rows) == 1:
        return [(0.0, name.rows[0])]
    scored = [
        (sum(WEIGHTS[feature] * feature(row, name, place) for feature in features), -at, row)
        for at, row in enumerate(name.rows)
    ]
    return [(score, row) for score, _, row in sorted(scored, reverse=True)]


def choose(name: Name, place: Around) -> Choice:
    """The options with the reasons for the first; settled if no place elsewhere comes close."""
    scored = weigh(name, place, tuple(WEIGHTS))
    gazetteer = place.text.gazetteer
    score, best = scored[0]
    rival = next((other for other, row in scored[1:] if elsewhere(gazetteer, best, row)), None)
    reasons = tuple(reason(feature) for feature in WEIGHTS if feature(best, name, place) >= 0.5)
    if len(scored) == 1:
        reasons = ("the only place of this name", *reasons)
    settled = rival is None or score - rival >= MARGIN
    if not settled:
        reasons += ("another place of this name is as likely",)
    return Choice(gazetteer.places(row for _, row in scored[:OPTIONS]), settled, reasons)


def elsewhere(gazetteer: Gazetteer, one: int, other: int) -> bool:
    """Are the two so far apart that it matters which is meant?"""
    if one in gazetteer.holders(other) or other in gazetteer.holders(one):
        return False
    return kilometres(gazetteer.position(one), gazetteer.position(other)) > SAME_SPOT


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on a sphere of 6,371 km (haversine); points are latitude and longitude in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


# ---------------------------------------------------------------------------------------------------------- features


def populous(row: int, name: Name, place: Around) -> float:
    """large or well known"""
    gazetteer = place.text.gazetteer
    people = gazetteer.population(row) or (1_000_000 if gazetteer.feature(row) in PROMINENCE else 0)
    return math.log10(people + 10) / 8


def prominent(row: int, name: Name, place: Around) -> float:
    """a country, a capital or a wide region"""
    gazetteer = place.text.gazetteer
    return 0.7 if row in gazetteer.capitals else PROMINENCE.get(gazetteer.feature(row), 0.0)


def in_named_country(row: int, name: Name, place: Around) -> float:
    """in a country that the text speaks of"""
    return float(place.text.gazetteer.country(row) in place.text.countries)


def in_dateline_country(row: int, name: Name, place: Around) -> float:
    """in the country of the dateline"""
    return float(place.text.dateline is not None and place.text.gazetteer.country(row) == place.text.dateline)


def as_stated(row: int, name: Name, place: Around) -> float:
    """where the text says it lies"""
    return float(not name.stated.isdisjoint(place.text.gazetteer.holders(row)[1:]))


def as_called(row: int, name: Name, place: Around) -> float:
    """the kind of place that the text calls it"""
    feature = place.text.gazetteer.feature(row)
    return float(feature in name.kinds or (feature == "village" and "town" in name.kinds))


def by_its_main_name(row: int, name: Name, place: Around) -> float:
    """by its main name"""
    return float(key(place.text.gazetteer.name(row)) == name.key)


def among_others(row: int, name: Name, place: Around) -> float:
    """in the division or country of other places of the text"""
    if not place.shares:
        return 0.0
    held = [place.shares.get(holder, 0.0) for holder in place.text.gazetteer.holders(row)[1:]]
    return sum(held) / 2 if held else 0.0


def near_others(row: int, name: Name, place: Around) -> float:
    """near other places of the text"""
    here = place.text.gazetteer.position(row)
    nearest = min((kilometres(here, other) for other in place.points if abs(here[0] - other[0]) < 10), default=math.inf)
    return math.exp(-nearest / 150)


WEIGHTS: Mapping[Feature, float] = {
    populous: 1.5,
    prominent: 0.7,
    in_named_country: 0.5,
    in_dateline_country: 0.3,
    as_stated: 2.0,
    as_called: 1.0,
    by_its_main_name: 0.6,
    among_others: 1.4,
    near_others: 0.6,
}
"""How much each feature counts."""

FIRST_ROUND: Sequence[Feature] = tuple(f for f in WEIGHTS if f not in (among_others, near_others))


def reason(feature: Feature) -> str:
    """What a feature says of a place: its docstring."""
    return feature.__doc__ or ""
