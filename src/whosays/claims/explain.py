"""Why a sentence gives the claims it gives: every trigger that its words could be, whether it fires, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whosays.claims import extract, match
from whosays.claims.lines import Context, Line, lines
from whosays.claims.triggers import Trigger, lexicon
from whosays.nouns import Candidates, Claim, Reading
from whosays.tree import Tree


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger at one word: which words stand in its roles, and the claims that it makes, or why it does not fire."""

    word: str
    type: str
    trigger: Trigger
    refused: str | None
    roles: dict[str, str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence: its tree, and the rules in the order of their words."""

    tree: Tree
    rules: tuple[Rule, ...]


def explain(reading: Reading, candidates: Candidates) -> Iterator[Explained]:
    """For every sentence of a reading."""
    context = Context(reading, candidates, lexicon())
    for line in lines(reading, candidates, context.lexicon):
        yield Explained(line.tree, tuple(_rule(context, line, one) for one in match.tried(line, context.lexicon)))


def _rule(context: Context, line: Line, one: match.Tried) -> Rule:
    found = one.match
    word = line.words(found.at, found.at + 1)
    roles = {role: line.words(*words) for role, words in found.roles.items()}
    claims = () if one.refused is not None else tuple(made.claim for made in extract.claims(context, line, found))
    return Rule(word, found.type, found.trigger, one.refused, roles, claims)
