"""A trigger in its place in a sentence, and the roles that prepositions fill around it: what verbs and nouns share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from whosays.claims import clauses
from whosays.claims.lines import Line, Range
from whosays.claims.triggers import Trigger

PLACED = frozenset({"of", "in", "near", "at", "on", "from", "around", "outside"})
_INNER = {
    "place": PLACED,
    "actor": frozenset({"of", "from"}),
}
"""Prepositions that may stand inside the phrase of a role; of others only `of`."""


@dataclass(slots=True)
class Match:
    """`roles` holds word ranges; `start`..`end` is the clause that states the proposition."""

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


def fill(line: Line, roles: dict[str, Range], role: str | None, head: int | None, trigger: Trigger) -> None:
    """Put the phrase of a word into a role that is still free."""
    if role is None or head is None or role in roles or head in line.times:
        return
    if role == "place" and head not in line.places:
        head = next((c for c in line.tree.all(head, "appos") if c in line.places), head)
    taken = {word for word, other in trigger.preps.items() if other not in (role, None)}
    inner = _INNER.get(role, frozenset({"of"})) - taken
    if role == "place":
        inner |= {"of"}  # `in the village of Qana`, whoever `bombing of` bombs
    roles[role] = clauses.phrase(line, head, inner=inner)


def prepositions(line: Line, trigger: Trigger, around: Iterable[int | None], roles: dict[str, Range]) -> None:
    """Fill roles from the prepositional phrases that hang on some words."""
    for at in dict.fromkeys(around):
        if at is None:
            continue
        for words, head in clauses.prepositional(line, at):
            key = words if words in trigger.preps else words.split()[0]
            if key not in trigger.preps or head in line.times:
                continue
            other = next(line.tree.all(head, "conj"), None) if key == "between" else None
            if other is not None:
                fill(line, roles, "target", other, trigger)
                begin, end = clauses.phrase(line, head)
                roles.setdefault("actor", (begin, min(end, roles["target"][0] if "target" in roles else end)))
                _without_and(line, roles)
            else:
                fill(line, roles, trigger.preps[key], head, trigger)


def _without_and(line: Line, roles: dict[str, Range]) -> None:
    begin, end = roles["actor"]
    while end - 1 > begin and line.upos(end - 1) in ("CCONJ", "PUNCT"):
        end -= 1
    roles["actor"] = begin, end
