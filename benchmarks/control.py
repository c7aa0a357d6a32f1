"""control: who holds which town, weighed from what Wikipedia's articles on the wars say, against what others say of it.

Read are Wikipedia's war articles, as pages dated by the days that they speak of (wikipedia.py); the short form reads a fixed sample, the
long form all. Held against them, on the side that holds the town, wherever a claim says who does:
  ukraine_agreement         the holder of 369 places on the day for which Wikipedia's control table gives him
  syria_agreement           the holder of 152 towns in September 2023, from the same kind of table
  ukraine_weekly_agreement  DeepStateMap's weekly status of 820 towns, April to December 2022
Only towns whose name has an even MD5 are used; the rest, and the weeks after 2022, are kept for others. An answer that is only `last
known` counts as one. `last_report` and `majority` are two baselines on the same towns: the side of the last claim that names a holder; and
the side that most voices name with their last word. `_coverage`: the share of all
these towns (weekly: towns and weeks) for which we have an answer; most of them no article names.
The tables are no truth either: they are what other readers made of other reports.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

from benchmarks import wikipedia
from benchmarks.figures import Figure, measure
from whosays import places, weigh
from whosays.engines.weighing import Near
from whosays.nouns import Control, Extraction, LaneKind, Place
from whosays.text import fold
from whosays.weigh import sameness
from whosays.weigh.moves import TYPES, Move, What, moves

SAMPLE_WORDS = 40_000
"""Words that the short form reads."""
CAMPAIGN = re.compile("battle|siege|offensive|campaign|capture")
"""In the names of articles of which the short form takes some."""
LONGEST = 5_000
"""Words of an article of the sample, at most."""
WEEKS = tuple(date(2022, 4, 3) + timedelta(days=7 * week) for week in range(39))
SAME_SPOT = 3.0
"""Kilometres between the points of one town in two gazetteers, at most."""
STEM = 5
"""Letters by which the region of a table is known in the gazetteer: `Donetsk Oblast` is `Donetsk`."""

Held = frozenset[str]


@dataclass(frozen=True, slots=True)
class Town:
    """A town, and who holds it on some days: more than one side where it is shared or contested."""

    name: str
    place: Place | None
    """None: the gazetteer does not know it, or nothing is said of any town where it lies."""
    held: Mapping[date, Held]


@dataclass(frozen=True, slots=True)
class Row:
    """A day on which we have an answer for a town: is it theirs, and are the baselines'?"""

    said: str
    ours: bool
    last_report: bool
    majority: bool


UKRAINE = {"us-and-partners": "government", "russia-iran-and-partners": "occupied"}
SYRIA = {
    "russia-iran-and-partners": "government",
    "us-and-partners": "SDF",
    "ypg": "SDF",
    "syrian-opposition": "opposition",
    "turkey": "Turkey-backed",
    "hts": "HTS",
    "al-qaeda": "HTS",
    "islamic-state": "IS",
}
"""Sides of our roster as the tables have them."""
FLAGS = {"🇺🇦": "government", "🇷🇺": "occupied", "Contested": "contested"}
FACTIONS = {
    "Syrian government": "government",
    "AANES/SDF": "SDF",
    "HTS": "HTS",
    "Syrian opposition (SNA/SIG)": "opposition Turkey-backed",
    "Turkey": "Turkey-backed",
}
STATUS = {"government": "government", "liberated": "government", "occupied": "occupied", "contested": "contested"}


def run(data: Path, split: str) -> dict[str, Figure]:
    articles = sorted(wikipedia.articles(data), key=lambda row: md5(row["id"].encode()).hexdigest())
    sample, words = [], 0
    for article in articles:
        count = len(article["text"].split())
        if CAMPAIGN.search(article["id"]) and count <= LONGEST and words + count <= SAMPLE_WORDS:
            sample.append(article)
            words += count
    return measured(data, sample)


def run_long(data: Path, split: str) -> dict[str, Figure]:
    return measured(data, wikipedia.articles(data))


def measured(data: Path, articles: Sequence[dict[str, str]]) -> dict[str, Figure]:
    claims = list(told(articles))
    near = Near(claims)
    figures = {"claims": Figure(len(claims), len(articles), of="articles")}
    for name, towns, sides in (
        ("ukraine", ukraine(data), UKRAINE),
        ("syria", syria(data), SYRIA),
        ("ukraine_weekly", weekly(data, near), UKRAINE),
    ):
        figures |= compared(name, list(towns), near, sides)
    return figures


def told(articles: Sequence[dict[str, str]]) -> Iterator[Extraction]:
    """The claims on who holds what in these articles."""
    ids = wikipedia.ids(articles)
    with wikipedia.read(articles) as store:
        for kind in TYPES:
            yield from (one for one in store.claims(type=kind) if one.article.id in ids)


def at(near: Near, lat: float, lon: float) -> Place | None:
    """The nearest town that anything is said of, if it is at this spot."""
    found = [
        (away, place.key)
        for place in near.places.values()
        if place.precision == 1 and (away := _km(place, lat, lon)) <= SAME_SPOT
    ]
    return near.places[min(found)[1]] if found else None


def _km(place: Place, lat: float, lon: float) -> float:
    return 111.2 * math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat)))


# ---------------------------------------------------------------------------------------------------- what others say


def visible(name: str) -> bool:
    return int(md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if visible(row["name"]))


def ukraine(data: Path) -> Iterator[Town]:
    for row in rows(data / "control_wikipedia" / "ukraine_towns.jsonl"):
        held = frozenset(label for flag, label in FLAGS.items() if flag in row["held_by"])
        day, place = _day(row["as_of"]), named(row["name"], "UA", row["region"])
        if day is not None and held:
            yield Town(row["name"], place, {day: frozenset({"contested"}) if "contested" in held else held})


def syria(data: Path) -> Iterator[Town]:
    for row in rows(data / "control_wikipedia" / "syria_towns.jsonl"):
        labels = (FACTIONS.get(holder, "") for holder in row["held_by"])
        held, place = frozenset(" ".join(labels).split()), named(row["name"], "SY", row["region"])
        if held:
            yield Town(row["name"], place, {date.fromisoformat(row["as_of"]): held})


def weekly(data: Path, near: Near) -> Iterator[Town]:
    """DeepStateMap's towns, found by where they lie; a day for each week."""
    for row in rows(data / "control_ukraine" / "towns.jsonl"):
        place = at(near, float(row["lat"]), float(row["lon"]))
        held: dict[date, Held] = {}
        for interval in row["intervals"]:
            first, last = (date.fromisoformat(interval[end]) for end in ("from", "to"))
            held |= {day: frozenset({STATUS[interval["status"]]}) for day in WEEKS if first <= day <= last}
        yield Town(row["name"], place, held)


def named(name: str, country: str, region: str) -> Place | None:
    """The town of this name in this region; None where the gazetteer has none, or several."""
    for spelling in filter(None, map(str.strip, re.split(r"[()–/]", name))):
        towns = [
            one
            for one in places.lookup(spelling)
            if one.country == country and one.feature in ("town", "village", "district")
        ]
        within = [one for one in towns if one.admin1 and fold(one.admin1)[:STEM] == fold(region)[:STEM]]
        if len(within or towns) == 1:
            return (within or towns)[0]
    return None


def _day(told: str) -> date | None:
    """`2022-3-9`, `25 Mar 2022`, `June 12 2023`."""
    for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%B %d %Y", "%b %d %Y"):
        try:
            return datetime.strptime(told.strip(), form).date()
        except ValueError:
            continue
    return None


# ----------------------------------------------------------------------------------------------------------- compared


def compared(name: str, towns: Sequence[Town], near: Near, sides: Mapping[str, str]) -> dict[str, Figure]:
    """Agreement, that of the baselines on the same towns and days, and coverage. Prints where we differ from a table of one day."""
    answered = [judged(town, near, sides) for town in towns]
    by_town = [found for found in answered if found]
    answers, asked = sum(map(len, by_town)), sum(len(town.held) for town in towns)
    for town, found in zip(towns, answered, strict=True):
        if len(town.held) == 1:
            (held,) = town.held.values()
            for row in found:
                print("" if row.ours else f"  {name}: {town.name}: they {', '.join(held)}, we {row.said}\n", end="")

    def share(right: Callable[[Row], bool]) -> Figure:
        def percent(some: Sequence[Sequence[Row]]) -> float:
            return 100 * sum(right(row) for town in some for row in town) / max(1, sum(map(len, some)))

        return replace(measure(by_town, percent), of=f"towns, {answers} answers")

    return {
        f"{name}_agreement": share(lambda row: row.ours),
        f"{name}_last_report": share(lambda row: row.last_report),
        f"{name}_majority": share(lambda row: row.majority),
        f"{name}_coverage": Figure(100 * answers / max(1, asked), len(towns), of="towns"),
    }


def judged(town: Town, near: Near, sides: Mapping[str, str]) -> list[Row]:
    """A row for each day on which our answer names a side."""
    if town.place is None:
        return []
    claims = near.of(town.place, town.name)
    lanes = weigh.lanes(town.place, town.name, claims, by=LaneKind.WEIGHED)
    intervals = [one for lane in lanes for one in lane.intervals]
    said = [move for move in moves(town.place, town.name, claims) if move.what is What.HOLD and move.side in sides]
    found = []
    for day, held in sorted(town.held.items()):
        ours = next((one for one in intervals if one.since and one.since <= day <= (one.until or date.max)), None)
        side = _side(ours, sides)
        if ours is not None and side is not None:
            so_far = [move for move in said if move.day <= day]
            label = f"{side} ({ours.says}{', contested' if ours.contested else ''})"
            right = side in held or ("contested" in held and bool(ours.contested))
            last = bool(so_far) and sides[so_far[-1].side or ""] in held
            found.append(Row(label, right, last, majority(so_far, sides) in held))
    return found


def _side(ours: Control | None, sides: Mapping[str, str]) -> str | None:
    return None if ours is None or ours.holder is None else sides.get(ours.side or "")


def majority(said: Sequence[Move], sides: Mapping[str, str]) -> str:
    """The side that most voices name with their last word; among equals the one named last."""
    last = {sameness.voice_key(move.said): sides[move.side or ""] for move in said}
    votes = Counter(last.values())
    order = [sides[move.side or ""] for move in said]
    return max(votes, key=lambda side: (votes[side], len(order) - order[::-1].index(side)), default="")
