"""Words that name nobody and mean somebody: `the group`, `terrorists`, `occupation forces`. The table is words.yml; its head says
what stands where. What a word means in one text is worked out in inside.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from whosays.actors.entries import KINDS, Loader, Period, Spanned
from whosays.actors.trie import Trie
from whosays.errors import AssetError

SPEAKER = "speaker"
"""Instead of a key: whoever speaks."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a loaded word means of some countries, by some speakers, in some days; empty sets mean any."""

    of: frozenset[str]
    by: frozenset[str]
    period: Period
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """`definite`: only after `the`. `describes`: it means one that was named before, of these kinds and sides or with `last` in
    its name."""

    last: str
    definite: bool
    describes: bool = False
    kinds: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    means: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    trie: Trie[Word]
    nouns: Mapping[str, str]
    """A word of a name → kind of the actor."""


class _Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    kinds: str = ""
    sides: str = ""


class _Meaning(Spanned, frozen=True, kw_only=True):
    whom: tuple[str, ...]
    of: str = ""
    by: str = ""


class _Loaded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    means: tuple[_Meaning, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    descriptions: tuple[_Description, ...]
    loaded: tuple[_Loaded, ...]
    nouns: dict[str, str]


def load(path: Path) -> Words:
    """The table. Raises AssetError where it is damaged."""
    try:
        table = msgspec.convert(yaml.load(path.read_text("utf-8"), Loader=Loader), _Table)
        trie = _trie(table)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise AssetError(f"{path}: cannot be read: {error}. Restore the file.") from error
    if odd := sorted(table.nouns.keys() - set(KINDS)):
        raise AssetError(f"{path}, nouns: unknown kind {odd[0]!r}. Known: {', '.join(KINDS)}.")
    return Words(trie, {noun: kind for kind, nouns in table.nouns.items() for noun in nouns.split()})


def _trie(table: _Table) -> Trie[Word]:
    """Each word with all that it may mean: `the militants` describe, and are loaded."""
    trie: Trie[Word] = Trie()
    for row in table.descriptions:
        for words, definite in _listed(row.words):
            kinds, sides = frozenset(row.kinds.split()), frozenset(row.sides.split())
            trie.add(words, Word(words.split()[-1], definite, True, kinds, sides))
    for loaded in table.loaded:
        means = tuple(
            Meaning(frozenset(one.of.split()), frozenset(one.by.split()), one.period, one.whom) for one in loaded.means
        )
        for words, definite in _listed(loaded.words):
            trie.add(words, Word(words.split()[-1], definite, means=means))
    return trie


def _listed(words: str) -> Iterator[tuple[str, bool]]:
    """Words without their `the`, and whether they had it."""
    for one in words.split(","):
        yield one.strip().removeprefix("the "), one.strip().startswith("the ")
