"""Names as sequences of folded words, looked up word by word, with their exact place in the text.

A name that is written in capitals (`IS`, `US`, `SDF`) matches only in capitals, dots or not; a name of one word that has a
capital matches only with one (`Fars`, `Wagner`); everything else in any case. `text.fold` decides which spellings meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from whosays.text import APOSTROPHES, fold

V = TypeVar("V")

_TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
_GAP = re.compile(rf"\s*[-‐‑‒–—&]?\s*[{APOSTROPHES}]?")
"""What may stand between two words of one name."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text, in parallel columns. `stems`: the key without a possessive `'s`, or the key itself."""

    text: str
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joined: tuple[bool, ...]
    """May the word belong to the same name as the one before?"""

    def __len__(self) -> int:
        return len(self.keys)

    def word(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def possessive(self, index: int) -> bool:
        return self.keys[index] != self.stems[index]

    def end(self, index: int) -> int:
        """Where the name ends whose last word this is: before its `'s`."""
        return self.ends[index] - 2 * self.possessive(index)


def tokens(text: str) -> Tokens:
    keys, stems, starts, ends, joined = [], [], [], [], []
    before = 0
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        key = word.lower() if word.isascii() and word.isalnum() else fold(word.replace(".", ""))
        keys.append(key)
        stems.append(key[:-1] if len(word) > 2 and word[-2] in APOSTROPHES and word[-1] in "sS" else key)
        starts.append(start)
        ends.append(end)
        joined.append(start - before == 1 or _GAP.fullmatch(text, before, start) is not None)
        before = end
    return Tokens(text, tuple(keys), tuple(stems), tuple(starts), tuple(ends), tuple(joined))


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
        if not len(found):
            return
        children, node = self.root, _Node[V]()
        for key in found.keys:
            node = children.setdefault(key, _Node())
            children = node.children
        written = tuple(found.word(index) for index in range(len(found)))
        if (written, value) not in node.here:
            node.here.append((written, value))

    def longest(self, found: Tokens, start: int) -> tuple[int, list[V]] | None:
        """The longest name that begins at a word: the index after its last word, and all that it may stand for."""
        children, best, index = self.root, None, start
        while index < len(found) and (index == start or found.joined[index]):
            node = children.get(found.keys[index])
            for ending in (node, children.get(found.stems[index]) if found.possessive(index) else None):
                if ending and (values := _fitting(ending, found, start, index + 1)):
                    best = (index + 1, values)
            if node is None:
                break
            children, index = node.children, index + 1
        return best


def _fitting(node: _Node[V], found: Tokens, start: int, end: int) -> list[V]:
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
        return word.removesuffix("s").rstrip(APOSTROPHES).isupper()
    return not (alone and name[0].isupper()) or word[0].isupper()
