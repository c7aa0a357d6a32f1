"""Chooses among the places of one name: features (features.py) times learned weights, as probabilities.

One name means one place within a text, so all mentions of a name are weighed together. What lies near needs places
that are already known: a first round weighs each name alone, a second also by what the first chose for the others, the
surer the more. The weights are a conditional logit (training/places.py): the sum of a candidate's features, each times
its weight, is its log-odds against the other places of its name.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from whosays.nouns import Candidate, Place
from whosays.places.features import ALONE, AMONG, Column, Context, Name, Table, alone, among, table
from whosays.places.gazetteer import Gazetteer
from whosays.places.mentions import Mention
from whosays.places.relative import kilometres

OPTIONS = 5
"""Places kept for a mention."""

CONSIDERED = 40
"""Places of one name that are weighed, the most populous first."""

NAMES = 150
"""Names that are weighed together, at most: bounds the work on long texts."""

SAME_SPOT = 30.0
"""Kilometres: a town and the province named for it are no rivals."""


@dataclass(frozen=True)
class Weights:
    """What weights.yml holds: a weight for each feature in either round, and how sure a choice must be to be settled."""

    first: npt.NDArray[np.float64]
    second: npt.NDArray[np.float64]
    settled: float

    @functools.cached_property
    def speaking(self) -> tuple[tuple[int, str], ...]:
        """Number and words of each feature that speaks for a place."""
        return tuple((number, REASONS[number]) for number, weight in enumerate(self.second.tolist()) if weight > 0)


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Place, ...]
    settled: bool
    reasons: tuple[str, ...]


@functools.cache
def learned() -> Weights:
    text = Path(__file__).with_name("weights.yml").read_text("utf-8")
    return weights(yaml.load(text, Loader=yaml.CSafeLoader))


def weights(told: Mapping[str, Mapping[str, float]]) -> Weights:
    """Weights by the names of the features, as arrays in the order of the features. KeyError: one is not told."""
    first = [told["first"][feature.__name__] for feature in ALONE]
    second = [told["second"][feature.__name__] for feature in (*ALONE, *AMONG)]
    return Weights(np.array(first), np.array(second), float(told["settled"]["from"]))


def rank(mentions: Sequence[Mention], context: Context, by: Weights | None = None) -> tuple[Candidate[Place], ...]:
    """Candidates in the order of the mentions, all of which have rows: up to five options each, best first."""
    by = by or learned()
    names = gather(mentions)
    made: dict[str, Choice] = {}
    for start in range(0, len(names), NAMES):
        made |= choose(table([*names[start : start + NAMES], *context.written_at], context), by)
    return tuple(candidate(mention, made[mention.key]) for mention in mentions)


def candidate(mention: Mention, chosen: Choice) -> Candidate[Place]:
    doubt = (mention.doubt,) if mention.doubt else ()
    return Candidate(mention.span, chosen.options, chosen.settled and not doubt, chosen.reasons + mention.notes + doubt)


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
            any(mention.the for mention in held),
        )
        for name, held in found.items()
    ]


def choose(t: Table, by: Weights) -> dict[str, Choice]:
    """The choice for each name of a table, the first where two have one key."""
    single = alone(t)
    values = np.concatenate([single, among(t, softmax(t, single @ by.first))], axis=1)
    likely = softmax(t, values @ by.second).tolist()
    lines = [range(start, start + len(name.rows)) for name, start in zip(t.names, t.starts.tolist(), strict=True)]
    return {
        name.key: choice(t, values, likely, of_name, by)
        for name, of_name in reversed(list(zip(t.names, lines, strict=True)))
    }


def softmax(t: Table, odds: Column) -> Column:
    """Log-odds → probabilities among the lines of each name."""
    raised = np.exp(odds - np.maximum.reduceat(odds, t.starts)[t.name])
    return np.asarray(raised / np.add.reduceat(raised, t.starts)[t.name])


def choice(t: Table, values: npt.NDArray[np.float64], likely: Sequence[float], lines: range, by: Weights) -> Choice:
    """The options with the reasons for the first; settled if no place elsewhere comes close."""
    gazetteer, rows = t.context.gazetteer, t.rows
    order = sorted(lines, key=likely.__getitem__, reverse=True)
    best = order[0]
    held = values[best].tolist()
    reasons = [reason for number, reason in by.speaking if held[number] >= 0.5]
    if len(order) == 1:
        reasons.insert(0, "the only place of this name")
    settled = likely[best] >= by.settled or by.settled <= sum(
        likely[line] for line in order if not elsewhere(gazetteer, rows[best], rows[line])
    )
    if not settled:
        reasons.append("another place of this name is as likely")
    return Choice(gazetteer.places(rows[line] for line in order[:OPTIONS]), settled, tuple(reasons))


def elsewhere(gazetteer: Gazetteer, one: int, other: int) -> bool:
    """Are the two so far apart that it matters which is meant?"""
    if one in gazetteer.holders(other) or other in gazetteer.holders(one):
        return False
    return kilometres(gazetteer.position(one), gazetteer.position(other)) > SAME_SPOT


REASONS = tuple(feature.__doc__ or "" for feature in (*ALONE, *AMONG))
"""What each feature says of a place: its docstring."""
