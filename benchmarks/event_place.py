"""event_place: given a verb of a sentence, where did it happen (`data/event_location`, Halterman 2019). Percent.

`f1`, `precision`, `recall`: exact spans, micro over all verbs; `no_location`: of the verbs without a place, the share for which
none is found; `accuracy`: the share of verbs whose places are exactly gold's, none included. `nearest_f1`, the baseline in the same
run: the Location that stands nearest to the verb, by words, in the text; Locations are those of the model's head (`mentions` or
`names`) with which this baseline does better. `f1_minus_nearest` is the difference. Intervals are over sentences, since the
documents are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.figures import Figure, measure
from benchmarks.reading import read
from benchmarks.spans import Counts, Labelled, Range, exact, f1, figures, over
from training.corpora import events

HEADS = ("mentions", "names")
SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: counts of spans, of verbs, and of verbs without a place."""

    spans: Counts
    nearest: dict[str, Counts]
    """The baseline's spans, by the head that gives its Locations."""
    verbs: Counts
    without: Counts


def run(data: Path, split: str) -> dict[str, Figure]:
    rows = []
    for document in events(data, split):
        analysis = read(document)
        heads = {"mentions": analysis.mentions, "names": analysis.names}
        if document.events:
            rows.append(compare(document.events, analysis.places, heads))
    best = max(HEADS, key=lambda head: f1([row.nearest[head] for row in rows]))
    pairs = [(row.spans, row.nearest[best]) for row in rows]
    beyond = measure(pairs, lambda some: f1([own for own, _ in some]) - f1([base for _, base in some]))
    return figures([own for own, _ in pairs], of=SENTENCES) | {
        "accuracy": over([row.verbs for row in rows], f1, of=SENTENCES),
        "no_location": over([row.without for row in rows], f1, of=SENTENCES),
        "nearest_f1": over([base for _, base in pairs], f1, of=SENTENCES),
        "f1_minus_nearest": replace(beyond, of=SENTENCES),
    }


def compare(
    gold: Sequence[tuple[int, list[Range]]], found: dict[int, list[Range]], heads: dict[str, list[Labelled]]
) -> Row:
    """One sentence: (verb, its places) of gold, what was found for each verb, and the Locations of each head."""
    spans, verbs, without = Counts(), Counts(), Counts()
    nearest = dict.fromkeys(heads, Counts())
    for verb, places in gold:
        given = found.get(verb, [])
        spans += exact(places, given)
        verbs += Counts(set(places) == set(given), 1, 1)
        if not places:
            without += Counts(not given, 1, 1)
        for head, mentions in heads.items():
            nearest[head] += exact(places, nearest_location(verb, mentions))
    return Row(spans, nearest, verbs, without)


def nearest_location(verb: int, mentions: Iterable[Labelled]) -> list[Range]:
    """The Location nearest to a verb, of two equally near the one behind it; nothing where there is none."""
    places = [(a, b) for a, b, kind in mentions if kind == "Location"]
    return sorted(places, key=lambda place: (max(place[0] - verb, verb - place[1] + 1, 0), place[0] < verb))[:1]
