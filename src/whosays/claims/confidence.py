"""How often claims like this one are right: named reasons, added up.

Right means: the words state the proposition, the source says it, and affirms or denies it as the claim has it. Every reason that holds
of a claim adds its weight (log-odds) to the base; the sum, squashed, is the confidence. The weights lie in confidence.yml, fitted on the
annotated pages by `python -m training.confidence`; `python -m benchmarks confidence` shows how well they are calibrated, each page judged
by weights fitted on the others. A reason is a function here, its name as the claim carries it and its docstring for people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import yaml

from whosays.claims.frames import Match
from whosays.claims.lines import Line
from whosays.claims.voices import Voice
from whosays.nouns import Modality, PartKind, Party, Polarity, QuoteKind, Where


@dataclass(frozen=True, slots=True)
class Facts:
    """What the reasons look at."""

    line: Line
    found: Match
    voice: Voice
    polarity: Polarity
    modality: Modality
    actor: Party | None
    target: Party | None
    place: Where | None


def reasons(facts: Facts) -> tuple[str, ...]:
    """Names of the reasons that hold, in the order of the file."""
    return tuple(name(reason) for reason in REASONS if reason(facts))


def confidence(holding: tuple[str, ...]) -> float:
    """0 … 1, rounded to two digits."""
    total = weights()["base"] + sum(weights().get(reason, 0.0) for reason in holding)
    return round(1 / (1 + exp(-total)), 2)


@cache
def weights() -> dict[str, float]:
    """Reason → weight, and `base`."""
    found = yaml.safe_load(files("whosays.claims").joinpath("confidence.yml").read_text("utf-8"))
    return {str(key): float(value) for key, value in found.items()}


def name(reason: Callable[[Facts], bool]) -> str:
    return reason.__name__.replace("_", " ")


# ------------------------------------------------------------------------------------------------------- reasons


def told_by_a_noun(facts: Facts) -> bool:
    """A noun may only refer to it: `the attack`."""
    return facts.found.nominal and not facts.found.presupposed


def told_in_passing(facts: Facts) -> bool:
    """Taken for granted: `rebel-held Douma`."""
    return facts.found.presupposed


def roles_mostly_empty(facts: Facts) -> bool:
    """Of actor, target and place the clause names one at most."""
    named = facts.place is not None and not facts.place.inherited
    return (facts.actor is not None) + (facts.target is not None) + named < 2


def place_in_the_clause(facts: Facts) -> bool:
    """The clause itself names a place that the gazetteer knows."""
    return facts.place is not None and not facts.place.inherited and facts.place.place is not None


def act_of_speech_or_relation(facts: Facts) -> bool:
    """Condemning, demanding, belonging: types whose words have many other uses."""
    return facts.found.type in ("condemn", "demand", "member", "aid", "agree", "declare", "sanction", "oppose")


def no_plain_fact(facts: Facts) -> bool:
    """Planned, demanded, possible."""
    return facts.modality is not Modality.ACTUAL


def denied(facts: Facts) -> bool:
    """Someone denies it, or it is said not to be so."""
    return facts.polarity is Polarity.DENIED


def in_a_headline(facts: Facts) -> bool:
    """Headlines leave out words."""
    return facts.line.sentence.part is PartKind.HEADLINE


def quoted_words(facts: Facts) -> bool:
    """Said in quotation marks."""
    return facts.voice.quote is QuoteKind.DIRECT


def long_sentence(facts: Facts) -> bool:
    """More than 35 words: its tree is more often wrong."""
    return len(facts.line.tokens) > 35


def few_words(facts: Facts) -> bool:
    """Fewer than four words state it."""
    return facts.found.end - facts.found.start < 4


REASONS: tuple[Callable[[Facts], bool], ...] = (
    told_by_a_noun,
    told_in_passing,
    roles_mostly_empty,
    place_in_the_clause,
    act_of_speech_or_relation,
    no_plain_fact,
    denied,
    in_a_headline,
    quoted_words,
    long_sentence,
    few_words,
)
