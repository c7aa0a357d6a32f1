"""Parquet: the columns of the CSV with their types, in row groups, compressed. Needs pyarrow: `pip install 'whosays[parquet]'`.

    chunks(view) -> bytes …       write(view, out)      Raises Misuse where pyarrow is not there.

Text cells are as they are: no spreadsheet calculates them. Lists are lists of strings; days date32; instants microseconds in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import BinaryIO

from whosays.errors import Misuse
from whosays.faces.export.columns import COLUMNS, Kind, Value, row, sound
from whosays.faces.export.view import View

GLOSS = "the same table, typed and compressed, for large ledgers"
LOST = "Texts of articles and readers' comments."
READ_BY = "pyarrow, pandas, DuckDB, R's arrow, Spark"
SUFFIX, MEDIA_TYPE, BINARY = ".parquet", "application/vnd.apache.parquet", True

ROWS = 10_000
"""In a row group: what is held in memory at once."""


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def chunks(view: View) -> Iterator[bytes]:
    """A row group at a time, then the footer."""
    pyarrow, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    schema, sink = _schema(pyarrow), _Sink()
    claims = iter(view.claims())
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while rows := [row(one) for one in islice(claims, ROWS)]:
            columns = [
                pyarrow.array([_cell(value) for value in values], type=field.type)
                for values, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema), row_group_size=ROWS)
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """A file that only grows and is emptied as it does: what pyarrow writes to."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        own = bytes(data)
        self._written.append(own)
        self._at += len(own)
        return len(own)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        data = b"".join(self._written)
        self._written.clear()
        return data


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise Misuse("Parquet needs pyarrow, which is not here. Install it: pip install 'whosays[parquet]'.") from None


def _schema(pyarrow: ModuleType):  # type: ignore[no-untyped-def]
    types = {
        Kind.TEXT: pyarrow.string(),
        Kind.INTEGER: pyarrow.int64(),
        Kind.NUMBER: pyarrow.float64(),
        Kind.FLAG: pyarrow.bool_(),
        Kind.DAY: pyarrow.date32(),
        Kind.INSTANT: pyarrow.timestamp("us", tz="UTC"),
        Kind.TEXTS: pyarrow.list_(pyarrow.string()),
    }
    notice = {"source": "whosays: claims, not facts", "places": "GeoNames, CC BY 4.0"}
    fields = [pyarrow.field(one.name, types[one.kind], metadata={"description": one.gloss}) for one in COLUMNS]
    return pyarrow.schema(fields, metadata=notice)


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, tuple):
        return tuple(map(sound, value))
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value
