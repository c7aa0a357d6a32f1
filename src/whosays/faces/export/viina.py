"""A control panel shaped like VIINA's: a row per place and day, `status` of all voices weighed, `status_<source>` of each voice.

    chunks(view) -> bytes …

A status is the key of the holder (his name where no roster has him), `NOT:` and a key where it is only said who does not hold it, and,
weighed, `CONTESTED` where a voice that is not overruled speaks against it. Empty: nobody says, or what was said is too old (`holder` then
tells who weighed most, `last_known` that it is old). VIINA has four maps as its sources; here they are the voices of claims, those that
speak of most places first, as many as fit (SOURCES). Nothing is interpolated to places nobody named, and no row stands before the first
word about a place. Days: --since and --until, else those of the first and last claim about who holds a place. The ledger is gone
through twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import BinaryIO

from whosays.errors import Misuse
from whosays.faces.export import csv
from whosays.faces.export.columns import Value
from whosays.faces.export.geojson import at
from whosays.faces.export.view import Held, View
from whosays.nouns import Control, Lane
from whosays.text import fold

GLOSS = "who holds each place on each day, a column per source"
LOST = (
    "Quotes and offsets: `claims` and `claims_against` have the ids of the claims that a row rests on. Voices beyond the most frequent have"
    " no column of their own. Parts of towns and sieges."
)
READ_BY = "pandas, R (VIINA's own scripts expect geonameid, date, status)"
SUFFIX, MEDIA_TYPE, BINARY = ".csv", csv.MEDIA_TYPE, False

SOURCES = 60
"""Columns of sources at most."""
CONTESTED = "CONTESTED"
_PLACE = ("geonameid", "place_key", "asciiname", "country", "admin1", "admin2", "latitude", "longitude")
_WEIGHED = ("date", "status", "holder", "side", "last_known", "grade", "articles", "outlets", "origins")
_DAY = timedelta(days=1)


def chunks(view: View) -> Iterator[bytes]:
    """Header, then a row for each place and day. Raises Misuse for a view that holds only some claims about a place."""
    if view.wanted.narrowed:
        raise Misuse(
            "Who holds a place is weighed from all claims about it:"
            " give no --actor, --source, --type, --article or --words; --place will do."
        )
    sources, first, last = _first_pass(view)
    columns = _columns(sources)
    header = [*_PLACE, *_WEIGHED, *columns.values(), "claims", "claims_against"]
    return csv.table(header, (row for held in view.held() for row in _rows(held, first, last, tuple(columns))))


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _first_pass(view: View) -> tuple[list[str], date, date]:
    """The voices that speak of most places, and the first and last day asked for or spoken of."""
    places: Counter[str] = Counter()
    days: list[date] = []
    for held in view.held():
        places.update({lane.who for lane in held.voices})
        spoken = [one.since for lane in held.voices for one in lane.intervals if one.since is not None]
        days += [min(spoken), max(spoken)] if spoken else []
        days = [min(days), max(days)] if days else []
    ordered = sorted(places, key=lambda who: (-places[who], who))[:SOURCES]
    first = view.wanted.since or min(days, default=date.max)
    last = view.wanted.until or max(days, default=date.min)
    return ordered, first, last


def _columns(sources: Sequence[str]) -> Mapping[str, str]:
    """Voice → the name of its column; two that would share one are numbered."""
    taken: Counter[str] = Counter()
    found = {}
    for who in sources:
        name = "status_" + (re.sub(r"\W+", "_", fold(who)).strip("_") or "unnamed")
        taken[name] += 1
        found[who] = name if taken[name] == 1 else f"{name}_{taken[name]}"
    return found


def _rows(held: Held, first: date, last: date, sources: Sequence[str]) -> Iterator[list[Value]]:
    place, lanes = held.place, {lane.who: lane for lane in held.voices}
    spoken = [one.since for lane in held.voices for one in lane.intervals if one.since is not None]
    own = [place.geonameid, place.key, place.name, place.country, place.admin1, place.admin2, place.lat, place.lon]
    day = max(first, min(spoken, default=last))
    while day <= last:
        weighed = None if held.weighed is None else at(held.weighed, day)
        told = [_of(lanes.get(who), day) for who in sources]
        status = [None if one is None or one.last_known else _status(one, held.keys) for one in told]
        basis, against = (weighed.basis, weighed.contested) if weighed else ((), ())
        yield [*own, day, *_weighed(weighed, held.keys), *status, basis, against]
        if day == date.max:
            return
        day += _DAY


def _of(lane: Lane | None, day: date) -> Control | None:
    return None if lane is None else at(lane, day)


def _weighed(one: Control | None, keys: Mapping[str, str]) -> list[Value]:
    if one is None:
        return [None] * (len(_WEIGHED) - 1)
    own = _status(one, keys)
    status = None if one.last_known else CONTESTED if one.contested else own
    grade = one.grade.grade if one.grade else None
    return [status, own, one.side, one.last_known, grade, one.articles, one.outlets, one.origins]


def _status(one: Control, keys: Mapping[str, str]) -> str | None:
    """`wagner`, `NOT:wagner`, or what is said where nobody is named: `taken`. Nothing where only a siege or parts are told of."""
    if one.holder is not None:
        return keys.get(one.holder, one.holder)
    if one.not_holder is not None:
        return f"NOT:{keys.get(one.not_holder, one.not_holder)}"
    return None if one.besieged_by is not None or one.says.startswith("parts ") else one.says or None
