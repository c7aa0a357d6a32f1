"""Names as sequences of folded words, looked up word by word, with their exact place in the text.

A word of a name that is all capitals (`IS`, `US`, `SDF`) matches only in capitals, dots or not; a name of one word that
has a capital matches only with one (`Fars`, `Wagner`); all else in any case. `text.fold` says which spellings meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from whosays.text import APOSTROPHES, fold

V = TypeVar("V")

_TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_GAP = re.compile(rf"[{APOSTROPHES}]?\s*[-‐‑‒–—&]?\s*[{APOSTROPHES}]?")
"""What may stand between two words of one name."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text: folded keys, and their offsets into the text. What few words need is worked out on demand."""

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
        end = self.ends[index]
        return end - self.starts[index] > 2 and self.text[end - 1] in "sS" and self.text[end - 2] in APOSTROPHES

    def stem(self, index: int) -> str:
        """The key without a possessive `'s`."""
        return self.keys[index][:-1] if self.possessive(index) else self.keys[index]

    def end(self, index: int) -> int:
        """Where a name ends whose last word this is: before its `'s`."""
        return self.ends[index] - 2 * self.possessive(index)

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def joined(self, index: int) -> bool:
        """May a word belong to the same name as the one before?"""
        return index < len(self.keys) and _GAP.fullmatch(self.gap(index)) is not None


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The words of a text between two offsets."""
    found = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [match.group() for match in found]
    keys = [word.lower() if word.isalnum() and word.isascii() else fold(word.replace(".", "")) for word in words]
    return Tokens(text, keys, [match.start() for match in found], [match.end() for match in found])


@dataclass(slots=True)
class _Node(Generic[V]):
    children: dict[str, _Node[V]] = field(default_factory=dict)
    here: list[tuple[tuple[str, ...], V]] = field(default_factory=list)
    """The names that end here: their words as written, and what they stand for."""


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
        written = tuple(found.word(index) for index in range(len(found.keys)))
        if (written, value) not in node.here:
            node.here.append((written, value))

    def longest(self, found: Tokens, start: int) -> tuple[int, list[V]] | None:
        """The longest name that begins at a word: the index after its last word, and all that it may stand for."""
        if start >= len(found.keys):
            return None
        if found.keys[start] not in self.root and not found.possessive(start):
            return None
        children, best, index = self.root, None, start
        while True:
            node = children.get(found.keys[index])
            for ending in (node, children.get(found.stem(index)) if found.possessive(index) else None):
                if ending and ending.here and (values := _fitting(ending, found, start)):
                    best = (index + 1, values)
            index += 1
            if node is None or not node.children or not found.joined(index):
                return best
            children = node.children


def _fitting(node: _Node[V], found: Tokens, start: int) -> list[V]:
    """Values of the names at a node whose capitals the text has."""
    values: list[V] = []
    for written, value in node.here:
        if value not in values and all(
            _cased(name, found.word(start + index), alone=len(written) == 1) for index, name in enumerate(written)
        ):
            values.append(value)
    return values


def _cased(name: str, word: str, *, alone: bool) -> bool:
    if name.isupper() and len(name) > 1:
        return (word[:-2] if word[-2:-1] in APOSTROPHES else word).isupper()
    return not (alone and name[0].isupper()) or word[0].isupper()
