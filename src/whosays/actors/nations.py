"""Countries as actors: the state, and its organs by rule: a nationality and a noun (`Turkish forces`, `Iran's army`).

`nations.yml` holds the table; its head says what stands where. The trie of names gives a country and whether the words
were its name, a nationality, or a city that stands for its government; the trie of nouns gives a `Noun`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast

import yaml

from whosays.actors.entries import Loader
from whosays.actors.trie import Trie
from whosays.errors import AssetError
from whosays.nouns import Actor
from whosays.text import fold


class Named(StrEnum):
    """How words name a country."""

    NAME = "name"
    NATIONALITY = "nationality"
    METONYM = "metonym"


@dataclass(frozen=True, slots=True)
class Role:
    """An organ that every state has."""

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Noun:
    """Words that name an organ. `act`: they name what it does, and are no part of its name (`Israeli bombs`).
    `definite`: they need `the` (`the army`)."""

    role: str
    act: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Nation:
    """`organs`: role → key of the actor; the state itself is one."""

    iso: str
    nationality: str
    organs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Nations:
    by_iso: Mapping[str, Nation]
    made: Mapping[str, Actor]
    """Key → state or organ made by rule. A state has its side here; its organs share that of their state."""
    roles: frozenset[str]
    names: Trie[tuple[str, Named]]
    """Name, nationality or city → ISO code and which of the three."""
    nouns: Trie[Noun]
    in_context: Trie[Noun]
    """`state television`, `the army`: whose, the context says."""


STATE = "state"


def load(path: Path, organs: Mapping[tuple[str, str], str]) -> Nations:
    """The table of nations. `organs`: (ISO code, role) → key of the actor of the roster that takes the place of a made one."""
    table = read(path)
    if not isinstance(table, dict) or not {"roles", "sides", "countries", "metonyms"} <= table.keys():
        raise AssetError(f"{path}: needs the keys roles, sides, countries, metonyms. Restore the file.")
    roles = [Role(key, row["name"], row["kind"]) for key, row in table["roles"].items()]
    sides = {iso: side for side, isos in table["sides"].items() for iso in isos.split()}
    names: Trie[tuple[str, Named]] = Trie()
    by_iso: dict[str, Nation] = {}
    made: dict[str, Actor] = {}
    for row in table["countries"]:
        if not (isinstance(row, list) and len(row) >= 3 and all(isinstance(cell, str) for cell in row)):
            raise AssetError(f"{path}, country {row}: needs [ISO code, name, nationality, other names …], all words.")
        by_iso[row[0]] = _nation(row, sides.get(row[0]), roles, organs, made)
        for name in (row[1], *row[3:]):
            names.add(name, (row[0], Named.NAME))
        names.add(row[2], (row[0], Named.NATIONALITY))
    for iso, cities in table["metonyms"].items():
        if iso not in by_iso:
            raise AssetError(f"{path}, metonyms {iso}: no country of this code above.")
        for city in cities:
            names.add(city, (iso, Named.METONYM))
    return Nations(by_iso, made, frozenset([STATE, *table["roles"]]), names, *_nouns(table["roles"]))


def read(path: Path) -> object:
    """A YAML file as plain values; damage is an AssetError with the place."""
    try:
        return cast(object, yaml.load(path.read_text(encoding="utf-8"), Loader=Loader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise AssetError(f"{path}: cannot be read as YAML: {error}") from error


def _nation(
    row: list[str], side: str | None, roles: list[Role], organs: Mapping[tuple[str, str], str], made: dict[str, Actor]
) -> Nation:
    """A nation; the actors that the roster does not list for it are added to `made`."""
    iso, name, nationality = row[:3]
    own = fold(name).replace(" ", "-")
    state = organs.get((iso, STATE), own)
    if state == own and (iso, STATE) not in organs:
        made[own] = Actor(own, name, "state", iso, side or own)
    keys = {STATE: state}
    for role in roles:
        keys[role.key] = organs.get((iso, role.key)) or f"{own}-{role.key}"
        if (iso, role.key) not in organs:
            made[keys[role.key]] = Actor(
                keys[role.key], f"{nationality} {role.name}", role.kind, iso, side=None, parent=state
            )
    return Nation(iso, nationality, keys)


def _nouns(roles: Mapping[str, Mapping[str, str]]) -> tuple[Trie[Noun], Trie[Noun]]:
    nouns: Trie[Noun] = Trie()
    in_context: Trie[Noun] = Trie()
    for role, row in roles.items():
        for noun in _listed(row.get("nouns")):
            nouns.add(noun, Noun(role))
        for noun in _listed(row.get("acts")):
            nouns.add(noun, Noun(role, act=True))
        for words in _listed(row.get("in_context")):
            in_context.add(words.removeprefix("the "), Noun(role, definite=words.startswith("the ")))
    return nouns, in_context


def _listed(names: str | None) -> Iterator[str]:
    return (name.strip() for name in (names or "").split(",") if name.strip())
