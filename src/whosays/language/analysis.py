"""What the model makes of words, before it becomes a Reading: everything counted in words of one article.

Ranges are half-open. `None` stands for nothing found, never for zero.
"""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]
"""Half-open range of words."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One attribution: a cue with the sources and contents that were linked to it. Sorted by cue."""

    cue: Range
    sources: tuple[Range, ...]
    contents: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One article's words, read. Lists have one item for each word."""

    upos: list[str]
    tags: list[str]
    """Penn Treebank tags."""
    lemmas: list[str]
    heads: list[int]
    """Word number of the head; a root's is its own. One root in every sentence, no cycles."""
    relations: list[str]
    factuality: list[float]
    """-3 (did not happen) … 3 (happened); means something for predicates only."""
    spans: list[tuple[int, int, str]]
    """source, cue and content spans as the head finds them; they never overlap."""
    voices: list[Voice]
    mentions: list[tuple[int, int, str]]
    """re3d's kinds: Person, Organisation, Location, Nationality, Temporal, Quantity, Weapon, MilitaryPlatform, Vehicle, Money."""
    names: list[tuple[int, int, str]]
    """Proper names only: Person, Organisation, Location."""
    places: dict[int, list[Range]]
    """Verb → the phrases that say where it happened; verbs without one are not in it."""
    chains: list[list[int]]
    """Coreference: the head words of mentions of one thing, two and more."""
