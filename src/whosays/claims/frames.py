"""A trigger in its place in a sentence, and the roles that prepositions fill around it: what verbs and nouns share."""

from __future__ import annotations

from dataclasses import dataclass, field

from whosays.claims import grammar
from whosays.claims.grammar import Line, Range
from whosays.claims.triggers import Trigger

_INNER = frozenset({"of", "in", "near", "at", "on", "from"})
"""Prepositions that may stand inside a noun phrase, unless the trigger gives them a role of their own."""


@dataclass(slots=True)
class Match:
    """`roles` holds token ranges; `start`..`end` is the clause that states the proposition."""

    type: str
    trigger: Trigger
    at: int
    start: int
    end: int
    roles: dict[str, Range] = field(default_factory=dict)
    presupposed: bool = False
    """Stated in passing (`rebel-held X`, `territory held by Y`): the narrator's, whoever speaks."""

    @property
    def nominal(self) -> bool:
        return not self.trigger.verb


def inner(trigger: Trigger) -> frozenset[str]:
    """Prepositions that may stand inside the trigger's object."""
    return _INNER - trigger.preps.keys()


def prepositions(line: Line, begin: int, stop: int, preps: dict[str, str | None], roles: dict[str, Range]) -> int:
    """Fill roles from the prepositional phrases up to the end of the clause; returns where the last one ends."""
    end = k = begin
    while k < stop:
        word = line.word(k)
        out_of = word == "out" and line.word(k + 1) == "of"
        found = grammar.phrase_at(line, k + 1 + out_of) if word in preps else None
        if found is not None and found[0] < stop:
            within = _INNER if preps[word] == "place" else frozenset({"of"}) | (_INNER - preps.keys())
            found = grammar.with_right(line, found, prepositions=within, stop=stop)
            parted = _parted(line, found) if word == "between" else None
            role = preps[word]
            if parted is not None:
                roles["actor"], roles["target"] = parted
            elif role is not None and role not in roles:
                roles[role] = found
            end = k = found[1]
        else:
            k = max(line.ends.get(k, k), k + 1)
    return end


def _parted(line: Line, found: Range) -> tuple[Range, Range] | None:
    """`between A and B` names two sides."""
    middle = next((k for k in range(*found) if line.word(k) == "and"), None)
    return None if middle in (None, found[0], found[1] - 1) else ((found[0], middle), (middle + 1, found[1]))
