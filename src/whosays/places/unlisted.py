"""Names that the reading takes for places and the gazetteer does not have: where the text plays around them.

`Neches River` in a report from Beaumont lies somewhere around Beaumont. That is a hint and never settled: one option,
with the name of the unknown place, the position of the known one and a radius, so that nobody takes it for the place.
The known one is that with most other places of the text about it, those named close by counting more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from whosays.nouns import REGIONS, UNLISTED, Candidate, Place, Span
from whosays.places.features import closeness, globe
from whosays.text import fold, squeeze

RADIUS = 100.0
"""Kilometres."""
ASIDE = 600.0
"""Code points over which a place named before or after fades."""
LOOK = 200
"""Known places that are looked at, at most: bounds the work on long texts."""
UNSURE = 0.3
"""How much a place counts that is not settled."""


def somewhere(text: str, spans: Sequence[Span], known: Sequence[Candidate[Place]]) -> Iterator[Candidate[Place]]:
    """A candidate for each unlisted name; none where the text names no known place."""
    if not spans:
        return
    known = [one for one in known if one.options][:LOOK]
    spots = [one for one in known if one.options[0].feature not in REGIONS]
    known = spots or [one for one in known if one.options[0].feature == "admin1"] or known
    if not known:
        return
    places = [one.options[0] for one in known]
    at = np.array([one.span.start for one in known])
    sure = np.array([1 if one.settled else UNSURE for one in known])
    near = closeness(np.array([globe(place.lat, place.lon) for place in places]))
    for span in spans:
        weight = sure * np.exp(-np.abs(at - span.start) / ASIDE)
        around = places[int((weight * (near @ weight)).argmax())]
        reason = f"not in the gazetteer; the text plays around {around.name}"
        yield Candidate(span, (_around(around, squeeze(span.of(text))),), False, (reason,))


def _around(known: Place, name: str) -> Place:
    return Place(
        key=f"{UNLISTED}{fold(name).replace(' ', '-')}",
        name=name,
        lat=known.lat,
        lon=known.lon,
        country=known.country,
        feature="region",
        admin1=known.admin1,
        radius=RADIUS,
        relation=f"somewhere around {known.name}",
    )
