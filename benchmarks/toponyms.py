"""toponyms: which place each gold span means (LGL, GeoWebNews, TR-News, GeoVirus; BENCHMARKS.md section 10).

Per corpus and for `all` together, as shares 0 to 1: `acc161`: within 161 km (100 miles) of gold, of all gold places; `acc161_known`:
of those that the gazetteer has (a place of that name within 161 km): what ranking can get right; `lacking`: the share that it has not;
`exact`: exactly gold's GeoNames id, of those with one; `auc`: area under the curve of ln(1 + km) / ln(1 + 20,039), lower is
better; `mean_km`, `median_km`. A gold place that the resolver does not answer is wrong; for the three figures of distance it lies
half around the earth.

Of the documents that the ranking's weights were fitted on (LGL's visible half, GeoVirus) each is resolved with weights fitted without
it and the others of its fold (training/places.py). `split`: `dev` (LGL visible, GeoVirus, GeoWebNews dev), `train`, `test` (sealed).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, measure
from training.places import without
from training.toponyms import Document, documents, reading
from whosays.places import lookup, resolve
from whosays.places.rank import Weights
from whosays.places.relative import kilometres

CORPORA = ("lgl", "geowebnews", "trnews", "geovirus")
NEAR = 161.0
FARTHEST = 20_039.0
"""Kilometres: half around the earth."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One gold place. `km`: from it to the answer; `exact`: None where gold gives no id."""

    km: float
    exact: bool | None
    known: bool


Row = tuple[Hit, ...]
"""The places of one document."""


def run(data: Path, split: str) -> dict[str, Figure]:
    held_out = without(data) if split != "test" else {}
    figures: dict[str, Figure] = {}
    together: list[Row] = []
    for corpus in CORPORA:
        own = "train" if corpus == "geovirus" and split == "dev" else split
        rows = [score(document, held_out.get(document.text)) for document in documents(data, corpus, own)]
        together += rows
        figures |= summed(corpus, rows)
    return figures | summed("all", together)


def summed(name: str, rows: Sequence[Row]) -> dict[str, Figure]:
    if not rows:
        return {}
    near = measure(rows, lambda some: share([hit.km <= NEAR for hit in flat(some)]))
    figures = {
        f"{name}.acc161": near,
        f"{name}.acc161_known": measure(rows, lambda some: share([h.km <= NEAR for h in flat(some) if h.known])),
        f"{name}.lacking": measure(rows, lambda some: share([not hit.known for hit in flat(some)])),
        f"{name}.exact": measure(rows, lambda some: share([h.exact for h in flat(some) if h.exact is not None])),
        f"{name}.auc": measure(rows, lambda some: area([hit.km for hit in flat(some)])),
        f"{name}.mean_km": measure(rows, lambda some: sum(h.km for h in flat(some)) / max(1, len(flat(some)))),
        f"{name}.median_km": measure(rows, lambda some: middle([hit.km for hit in flat(some)])),
        f"{name}.n": Figure(float(len(flat(rows))), len(rows)),
    }
    if all(hit.exact is None for hit in flat(rows)):  # GeoVirus has no ids
        del figures[f"{name}.exact"]
    return figures


def flat(rows: Sequence[Row]) -> list[Hit]:
    return [hit for row in rows for hit in row]


def share(right: Sequence[bool]) -> float:
    return sum(right) / max(1, len(right))


def middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def area(errors: Sequence[float]) -> float:
    """Under the sorted errors, each as ln(1 + km) / ln(1 + farthest), by trapezes (Gritta et al. 2019)."""
    high = sorted(math.log1p(min(km, FARTHEST)) / math.log1p(FARTHEST) for km in errors)
    steps = [(one + other) / 2 for one, other in itertools.pairwise(high)]
    return sum(steps) / len(steps) if steps else sum(high)


def score(document: Document, weights: Weights | None) -> Row:
    """The resolver is told where the places are, and must say which they are."""
    found = {candidate.span.start: candidate for candidate in resolve(reading(document), weights=weights)}
    hits = []
    for place in document.gold:
        candidate = found.get(place.span.start)
        first = candidate.options[0] if candidate and candidate.options else None
        km = FARTHEST if first is None else kilometres((first.lat, first.lon), place.position)
        exact = None if place.geonameid is None else first is not None and first.geonameid == place.geonameid
        held = lookup(place.span.of(document.text))
        hits.append(Hit(km, exact, any(kilometres((one.lat, one.lon), place.position) <= NEAR for one in held)))
    return tuple(hits)
