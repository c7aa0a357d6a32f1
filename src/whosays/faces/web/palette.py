"""Which side has which colour: the map's numbers, so that a side looks the same on every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whosays.faces import atlas
from whosays.faces.service import Service
from whosays.faces.views import map as maps
from whosays.faces.views.control import Lane


def colours(service: Service, lanes: Iterable[Lane] = ()) -> Mapping[str, int]:
    """Side → number of its colour. Sides that the map does not know yet come after, in the order of the lanes."""
    known = {} if atlas.at_hand(service) is None else {side.key: side.colour for side in maps.about(service).sides}
    for lane in lanes:
        for one in lane.intervals:
            if one.side and one.side not in known:
                known[one.side] = min(len(known), maps.OTHER)
    return known
