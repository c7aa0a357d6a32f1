"""Writes a gazetteer folder (format: gazetteer.py). Used when one is built, never when text is read.

The same entries give the same bytes, in whatever order they come: rows and keys are sorted.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]  # no stubs
import msgspec

from whosays.places.gazetteer import FEATURES, FILES, HEAD, MAGIC, MANY, NONE, SCALE, Manifest, key


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on its way into the file. `code` names it among the entries; `parent` is the code of what holds it."""

    code: str
    name: str
    names: frozenset[str]
    """All other names, as written. One that starts with a comma is an abbreviation read only after a comma."""
    lat: float
    lon: float
    feature: str
    population: int = 0
    geonameid: int = 0
    parent: str | None = None
    """ISO code of a country, or the code of a division; None: in no one country."""


def write(
    folder: Path, entries: Iterable[Entry], *, capitals: Set[str] = frozenset(), version: str, sources: tuple[str, ...]
) -> None:
    """Write the four files of a gazetteer. A country's code must be its ISO code; `capitals` are codes of towns."""
    rows = sorted(entries, key=lambda e: (min(FEATURES.index(e.feature), 3), e.geonameid, e.code))
    number = {entry.code: row for row, entry in enumerate(rows)}
    if len(number) != len(rows):
        raise ValueError("two entries have one code")
    found: dict[str, set[int]] = {}
    for row, entry in enumerate(rows):
        for name in keys_of(entry):
            found.setdefault(name, set()).add(row)
    keys = marisa_trie.Trie(sorted(found))
    names = marisa_trie.Trie(sorted({entry.name for entry in rows}))
    folder.mkdir(parents=True, exist_ok=True)
    keys.save(str(folder / "keys.trie"))
    names.save(str(folder / "names.trie"))
    first, long = _pointers(keys, found, rows)
    columns = [
        array("I", [entry.geonameid for entry in rows]),
        array("i", [round(entry.lat * SCALE) for entry in rows]),
        array("i", [round(entry.lon * SCALE) for entry in rows]),
        array("I", [entry.population for entry in rows]),
        array("I", [names[entry.name] for entry in rows]),
        first,
        long,
        array("H", [NONE if entry.parent is None else number[entry.parent] for entry in rows]),
        array("B", [FEATURES.index(entry.feature) for entry in rows]),
    ]
    head = HEAD.pack(MAGIC, len(rows), len(keys), len(long))
    (folder / "places.bin").write_bytes(head + b"".join(_little(column) for column in columns))
    manifest = Manifest(
        format=1,
        version=version,
        sources=sources,
        countries=tuple(entry.code for entry in rows if entry.feature == "country"),
        capitals=tuple(sorted(number[code] for code in capitals)),
        crc32={name: zlib.crc32((folder / name).read_bytes()) for name in FILES},
        sha256={name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
    )
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / "MANIFEST.json").write_bytes(text + b"\n")


def keys_of(entry: Entry) -> set[str]:
    """All keys a place is found by."""
    keys = {key(name) for name in (entry.name, *entry.names) if not name.startswith(",")}
    keys |= {"," + key(name) for name in entry.names if name.startswith(",")}
    return {found for found in keys if len(found) > 1}


def _pointers(keys: marisa_trie.Trie, found: dict[str, set[int]], rows: list[Entry]) -> tuple[array[int], array[int]]:
    first, long = array("I", [0] * len(keys)), array("I")
    for name in sorted(found):
        held = sorted(found[name], key=lambda row: (-rows[row].population, row))
        if len(held) == 1:
            first[keys[name]] = held[0]
        else:
            first[keys[name]] = MANY | len(long)
            long.extend([len(held), *held])
    return first, long


def _little(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()
