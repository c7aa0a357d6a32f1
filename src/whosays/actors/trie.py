"""Names as sequences of folded words, looked up word by word, with their exact place in the text.

A word of a name that is all capitals (`IS`, `US`, `SDF`) matches only in capitals, dots or not; a name of one word that
has a capital matches only with one (`Fars`, `Wagner`); all else in any case. `text.fold` says which spellings meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from whosays.text import APOSTROPHES, fold

V = TypeVar("V")

_TOKEN = re.compile(
    rf"([a-z]{{2,}}(?![^\W_]|[{APOSTROPHES}][^\W_])|[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*)"
)
"""A plain word, which most are; U.S.; a word with whatever apostrophes."""
_GAP = re.compile(rf"[{APOSTROPHES}]?\s*[-‐‑‒–—&]?\s*[{APOSTROPHES}]?")
"""What may stand between two words of one name."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: folded keys (without `'s`), and their offsets into the text. What few words need is worked out on demand."""

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]

    def key(self, index: int) -> str:
        """The key; empty beyond either end."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def word(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def possessive(self, index: int) -> bool:
        start, end = self.starts[index], self.ends[index]
        return end - start != len(self.keys[index]) and _possessive(self.text[start:end])

    def end(self, index: int) -> int:
        """Where a name ends whose last word this is: before its `'s`."""
        return self.ends[index] - 2 * self.possessive(index)

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def joined(self, index: int) -> bool:
        """May a word belong to the same name as the one before?"""
        if index >= len(self.keys):
            return False
        gap = self.gap(index)
        return gap == " " or _GAP.fullmatch(gap) is not None


class _Keys(dict[str, str]):
    """Word → folded key, without `'s`. News repeats its words, so most are remembered; forgets all when it is full."""

    def __missing__(self, word: str) -> str:
        stem = word[:-2] if _possessive(word) else word
        key = stem.lower() if stem.isalnum() and stem.isascii() else fold(stem.replace(".", ""))
        if len(self) >= _REMEMBERED:
            self.clear()
        if len(word) <= _WORD:
            self[word] = key
        return key


_REMEMBERED, _WORD = 50_000, 40
_key = _Keys().__getitem__


@lru_cache(_REMEMBERED // 10)
def folded(name: str) -> str:
    """`fold`, remembered. For names, which a text repeats and which are short."""
    return fold(name)


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The words of a text between two offsets."""
    pieces = _TOKEN.split(text[start:end])  # gap, word, gap … gap
    at = list(accumulate(map(len, pieces), initial=start))
    return Tokens(text, list(map(_key, pieces[1::2])), at[1:-1:2], at[2::2])


def _possessive(word: str) -> bool:
    return len(word) > 2 and word[-1] in "sS" and word[-2] in APOSTROPHES


class Case(IntEnum):
    """How a word must be written."""

    ANY = 0
    CAPITAL = 1
    CAPITALS = 2
    NEVER = 3


class _Ending(NamedTuple, Generic[V]):
    """A name that ends at a node, and what it stands for. Most names ask nothing of the letters."""

    value: V
    cases: tuple[tuple[int, Case], ...]
    """Words (counted from the first) that must be written in some way."""
    owners: tuple[int, ...]
    """Words that have a `'s`: `[People's] Protection Units`."""
    size: int


@dataclass(slots=True)
class _Node(Generic[V]):
    children: dict[str, _Node[V]] = field(default_factory=dict)
    here: list[_Ending[V]] = field(default_factory=list)


@dataclass(slots=True)
class Trie(Generic[V]):
    """Name → values. `root` by first word, so that most words cost one look-up."""

    root: dict[str, _Node[V]] = field(default_factory=dict)

    def add(self, name: str, value: V) -> None:
        found = tokens(name)
        if not found.keys:
            return
        children, node = self.root, _Node[V]()
        for key in found.keys:
            node = children.setdefault(key, _Node())
            children = node.children
        size = len(found.keys)
        cases = ((n, case_of(found.word(n), alone=size == 1)) for n in range(size))
        owners = tuple(n for n in range(size) if found.possessive(n))
        ending = _Ending(value, tuple((n, case) for n, case in cases if case), owners, size)
        if ending not in node.here:
            node.here.append(ending)

    def longest(self, found: Tokens, start: int) -> tuple[int, list[V]] | None:
        """The longest name that begins at a word: the index after its last word, and all that it may stand for."""
        keys, size = found.keys, len(found.keys)
        children, best, index = self.root, None, start
        while index < size and (node := children.get(keys[index])) is not None:
            if index > start and not found.joined(index):
                break
            index += 1
            if node.here and (values := _fitting(node, found, start)):
                best = (index, values)
            children = node.children
        return best

    def firsts(self) -> Iterator[tuple[str, Case, frozenset[str]]]:
        """Of each first word: how it must be written to be a name alone, and the words that may follow."""
        for key, node in self.root.items():
            cases = (ending.cases[0][1] if ending.cases else Case.ANY for ending in node.here)
            yield key, min(cases, default=Case.NEVER), frozenset(node.children)


def _fitting(node: _Node[V], found: Tokens, start: int) -> list[V]:
    """Values of the names at a node whose capitals the text has, and no `'s` within that they have not."""
    values: list[V] = []
    for value, cases, owners, size in node.here:
        if value in values or (cases and not all(fits(case, found.word(start + n)) for n, case in cases)):
            continue
        if size == 1 or all(n in owners or not found.possessive(start + n) for n in range(size - 1)):
            values.append(value)
    return values


def fits(case: Case, word: str) -> bool:
    """Is a word so written?"""
    if case is Case.CAPITALS:
        return (word[:-2] if word[-2:-1] in APOSTROPHES else word).isupper()
    return case is Case.ANY or (case is Case.CAPITAL and word[0].isupper())


def case_of(name: str, *, alone: bool) -> Case:
    """How a word of a name must be written in a text."""
    if name.isupper() and len(name) > 1:
        return Case.CAPITALS
    return Case.CAPITAL if alone and name[0].isupper() else Case.ANY
