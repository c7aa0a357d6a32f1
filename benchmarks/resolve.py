"""resolve: places end to end, found by whosays itself in LGL (visible half) and GeoWebNews dev, and what resolving costs.

Recognition, percent: `exact_f1` (the same words as gold) and `overlap_f1` (words shared, one to one), with precision and recall;
`split` and corpora as in `toponyms`. Resolution: `placed_f1`: overlapping, and the first option within 161 km of gold. Words that
are annotated but have no coordinates, or name no place (GeoWebNews' demonyms), count neither for nor against. `settled`: of the
overlapping ones, the share that is settled; `settled_right`, the share of these within 161 km. Of names the gazetteer lacks a hint
is an answer here: `listed_recall` is `placed_recall` without them.

Speed, on one core, on readings that are there already: `articles_per_s`, for places, actors and times together, of the corpora's
articles as they are, of `words` words in the mean; and apart `places_ms`, `actors_ms`, `times_ms`: milliseconds for 600 words, whose
sum is `ms_per_600_words`. Every article is read once; the first fifty only warm up. All is time of the processor.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from benchmarks.figures import Figure, measure
from training.toponyms import Document, Toponym, documents, page
from whosays import actors, language, places, times
from whosays.nouns import Candidate, Place, Reading
from whosays.places.relative import kilometres

CORPORA = ("lgl", "geowebnews")
NEAR = 161.0
WORDS = 600
WARMING = 50
"""Articles that only warm up, where there are more."""


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one document. `hit`: overlapping pairs; `placed`: those within 161 km; `listed`: of these no hints."""

    found: int
    gold: int
    same: int
    hit: int
    placed: int
    listed: int
    settled: int
    settled_right: int


def run(data: Path, split: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    every: list[Row] = []
    readings: list[Reading] = []
    for corpus in CORPORA:
        rows = []
        for document in documents(data, corpus, split):
            reading = language.parse(page(document), language.pack("en"))
            readings.append(reading)
            rows.append(judged(document, places.resolve(reading)))
        every += rows
        figures |= summed(corpus, rows)
    return figures | summed("all", every) | speed(readings)


def judged(document: Document, found: Iterable[Candidate[Place]]) -> Row:
    """Each gold place takes the first free candidate that overlaps it."""
    told = [one for one in found if not any(one.span.meets(aside) for aside in document.aside)]
    pairs = list(paired(document.gold, told))
    near = [near_enough(place, one) for place, one in pairs]
    return Row(
        found=len(told),
        gold=len(document.gold),
        same=sum(place.span == one.span for place, one in pairs),
        hit=len(pairs),
        placed=sum(near),
        listed=sum(right and one.options[0].listed for right, (_, one) in zip(near, pairs, strict=True)),
        settled=sum(one.settled for _, one in pairs),
        settled_right=sum(right and one.settled for right, (_, one) in zip(near, pairs, strict=True)),
    )


def paired(gold: Sequence[Toponym], found: Sequence[Candidate[Place]]) -> Iterable[tuple[Toponym, Candidate[Place]]]:
    free = list(found)
    for place in gold:
        taken = next((one for one in free if one.span.meets(place.span)), None)
        if taken is not None:
            free.remove(taken)
            yield place, taken


def near_enough(place: Toponym, found: Candidate[Place]) -> bool:
    return bool(found.options) and kilometres((found.options[0].lat, found.options[0].lon), place.position) <= NEAR


def summed(name: str, rows: Sequence[Row]) -> dict[str, Figure]:
    if not rows:
        return {}
    figures: dict[str, Figure] = {}
    for measured, count in (("exact", _same), ("overlap", _hit), ("placed", _placed)):
        figures[f"{name}.{measured}_f1"] = measure(rows, lambda some, of=count: _percent(some, of, _both, times=2))
        figures[f"{name}.{measured}_precision"] = measure(rows, lambda some, of=count: _percent(some, of, _found))
        figures[f"{name}.{measured}_recall"] = measure(rows, lambda some, of=count: _percent(some, of, _gold))
    return figures | {
        f"{name}.listed_recall": measure(rows, lambda some: _percent(some, attrgetter("listed"), _gold)),
        f"{name}.settled": measure(rows, lambda some: _percent(some, _settled, _hit)),
        f"{name}.settled_right": measure(rows, lambda some: _percent(some, attrgetter("settled_right"), _settled)),
        f"{name}.n": Figure(float(sum(row.gold for row in rows)), len(rows)),
    }


Count = Callable[[Row], int]
_same, _hit, _placed, _settled, _found, _gold = map(attrgetter, ("same", "hit", "placed", "settled", "found", "gold"))


def _percent(rows: Sequence[Row], part: Count, whole: Count, *, times: int = 1) -> float:
    return 100 * times * sum(map(part, rows)) / max(1, sum(map(whole, rows)))


def _both(row: Row) -> int:
    return row.found + row.gold


def speed(readings: Sequence[Reading]) -> dict[str, Figure]:
    """Of all articles; the memory that holds their readings is kept out of the garbage collector's rounds."""
    resolvers = (("places", places.resolve), ("actors", actors.resolve), ("times", _times))
    spent = dict.fromkeys(("places", "actors", "times"), 0.0)
    timed = readings[WARMING:] or readings
    gc.collect()
    gc.freeze()
    for one in readings[:WARMING]:
        for _, resolver in resolvers:
            resolver(one)
    for one in timed:
        for name, resolver in resolvers:
            started = time.process_time()
            resolver(one)
            spent[name] += time.process_time() - started
    gc.unfreeze()
    count, together = len(timed), sum(spent.values())
    long = sum(len(one.article.text.split()) for one in timed) / count
    figures = {"articles_per_s": count / together, "words": long}
    ms = {f"{name}_ms": 1000 * seconds / count * WORDS / long for name, seconds in spent.items()}
    figures |= {"ms_per_600_words": sum(ms.values()), **ms}
    return {name: Figure(value, count, of="articles") for name, value in figures.items()}


def _times(reading: Reading) -> object:
    return times.resolve(reading, reading.article.published)
