"""The ledger in the formats of the field: `EXPORTS` lists them; each file has `write(view, out)`.

    EXPORTS[name].write(view, out)            out: any binary file-like; what is written streams
    EXPORTS[name].chunks(view) -> bytes …     the same, for a response that is sent piece by piece

Each file says what its format is (GLOSS), what it cannot carry (LOST), and which library reads it (READ_BY); docs/exports.md tells it
column by column. To add a format: a file with those names, one line here, a section there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Protocol

from whosays.faces.export import (
    acled,
    csv,
    ftm,
    geojson,
    jsonl,
    parquet,
    plover,
    schemaorg,
    stix,
    viina,
    webannotation,
)
from whosays.faces.export.view import Held, View, Wanted, of_ledger

__all__ = ["EXPORTS", "Export", "Held", "View", "Wanted", "of_ledger"]


class Export(Protocol):
    """What a file of this folder has to have."""

    GLOSS: str
    """What it is, in a line."""
    LOST: str
    """What it cannot carry, in a sentence or two."""
    READ_BY: str
    """Libraries and programs that read it."""
    SUFFIX: str
    """Of a file's name."""
    MEDIA_TYPE: str
    BINARY: bool
    """Is it no text, and not for a terminal?"""

    def chunks(self, view: View) -> Iterator[bytes]:
        """The export, piece by piece. Raises Misuse where the view cannot be written so."""
        ...

    def write(self, view: View, out: BinaryIO) -> None:
        """The same, into a file."""
        ...


EXPORTS: Mapping[str, Export] = {
    "csv": csv,
    "jsonl": jsonl,
    "geojson": geojson,
    "parquet": parquet,
    "acled": acled,
    "plover": plover,
    "viina": viina,
    "stix": stix,
    "ftm": ftm,
    "schemaorg": schemaorg,
    "webannotation": webannotation,
}
