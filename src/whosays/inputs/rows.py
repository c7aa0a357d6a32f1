"""Rows of JSON Lines and Parquet files, one page a row, by a map from our fields to their columns.

    Columns.of("text=body,url=link") -> Columns        json_lines(file, name, columns, …)   parquet(file, name, columns, …) -> Item …

A row with `html` is that page as it is. One with `text` is laid out as crawlers print pages, so that `pages` finds the parts again:
headline, byline, day, then the text as it stands. `published` of an HTML row comes before what the page says.

A line of JSON may have LINE bytes; a longer one is refused and passed over without being held. Parquet needs pyarrow
(`pip install 'whosays[parquet]'`); batches of BATCH rows are held. Never raises on any bytes.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import BinaryIO, cast

import msgspec

from whosays.errors import Misuse
from whosays.inputs.item import At, Item, no
from whosays.nouns import Meta
from whosays.settings import MAX_PAGE_BYTES
from whosays.text import squeeze

LINE = 2 * MAX_PAGE_BYTES
MOST = MAX_PAGE_BYTES + 1
"""Bytes of a page that are handed on: `pages` sees that it is too long."""
BATCH = 32

Value = str | int | float | bool | bytes | date | datetime | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column has what; None: none has."""

    text: str | None = "text"
    html: str | None = "html"
    url: str | None = "url"
    published: str | None = "published"
    headline: str | None = "headline"
    byline: str | None = "byline"

    @classmethod
    def of(cls, words: str) -> Columns:
        """`text=body,url=link`; fields that are not named keep their own names. Raises Misuse."""
        known = [field.name for field in fields(cls)]
        found: dict[str, str] = {}
        for pair in filter(None, map(str.strip, words.split(","))):
            ours, equals, theirs = map(str.strip, pair.partition("="))
            if not equals or not theirs or ours not in known:
                raise Misuse(f"{pair!r} maps no field: write FIELD=COLUMN, with FIELD one of {', '.join(known)}.")
            found[ours] = theirs
        return cls(**found)

    def named(self) -> Mapping[str, str]:
        """Our names by theirs."""
        return {theirs: field.name for field in fields(self) if (theirs := getattr(self, field.name)) is not None}


def json_lines(file: BinaryIO, name: str, columns: Columns, *, after: At | None = None) -> Iterator[Item]:
    """The pages of a file of JSON Lines, plain or gzip; those behind a line."""
    number = 0
    try:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
        while line := stream.readline(LINE + 1):
            number += 1
            long = len(line) > LINE
            while long and not line.endswith(b"\n") and (line := stream.readline(LINE)):
                pass
            if after is not None and number <= after.offset:
                continue
            if long:
                yield _refused(name, number, "size", f"the line has more than {LINE:,} bytes")
            elif line.strip():
                row = _row(line, columns)
                yield _refused(name, number, "damaged", row) if isinstance(row, str) else _item(row, name, number)
    except (OSError, EOFError, zlib.error) as error:
        yield _refused(name, number + 1, "cut", f"it cannot be read further: {error}")


def parquet(file: BinaryIO, name: str, columns: Columns, *, after: At | None = None) -> Iterator[Item]:
    """The pages of a Parquet file, those behind a row. Raises Misuse where pyarrow is not there."""
    try:
        import pyarrow
        from pyarrow import parquet as tables
    except ImportError:
        raise Misuse("Parquet needs pyarrow, which is not here. Install it: pip install 'whosays[parquet]'.") from None
    number = 0
    try:
        with tables.ParquetFile(file) as table:
            ours = columns.named()
            present = [column for column in table.schema_arrow.names if column in ours]
            if not {"text", "html"} & {ours[column] for column in present}:
                yield _refused(name, 0, "no column", f"of {', '.join(ours)} it has {', '.join(present) or 'none'}")
                return
            for batch in table.iter_batches(batch_size=BATCH, columns=present):
                for row in batch.to_pylist():
                    number += 1
                    if after is None or number > after.offset:
                        yield _item({ours[column]: _value(value) for column, value in row.items()}, name, number)
    except (OSError, ValueError, EOFError, pyarrow.ArrowException) as error:
        yield _refused(name, number + 1, "damaged", f"it cannot be read further: {str(error)[:200]}")


# ------------------------------------------------------------------------------------------------------------ one row


def _row(line: bytes, columns: Columns) -> Mapping[str, Value] | str:
    """The columns of a line that we know; or what is wrong with it."""
    try:
        raw = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        named = columns.named()
        return {named[column]: _value(_plain(raw[column])) for column in raw if column in named}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"the line is no JSON object: {error}"


def _plain(raw: msgspec.Raw) -> object:
    return msgspec.json.decode(raw, type=str | int | float | bool | None | list[str | None])


def _value(value: object) -> Value:
    """What can be in a cell; paragraphs in a list are joined, other shapes are nothing."""
    if isinstance(value, list):
        return "\n\n".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str | int | float | bool | bytes | date | datetime) else None


def _item(row: Mapping[str, Value], name: str, number: int) -> Item:
    here = f"{name}:{number}"
    url = _words(row.get("url"))
    said = _moment(row.get("published"))
    meta = Meta(url=url if url.startswith(("http://", "https://")) else None, name=here)
    html, text = _bytes(row.get("html")), _bytes(row.get("text"))
    if html.strip():
        published = said.date() if isinstance(said, datetime) else said
        return Item(here, html[:MOST], replace(meta, content_type="text/html", published=published), At(number))
    if text.strip():
        data = _laid_out(row, said).encode("utf-8", "replace") + text
        return Item(here, data[:MOST], replace(meta, content_type="text/plain"), At(number))
    return _refused(name, number, "empty", "neither text nor html is there")


def _laid_out(row: Mapping[str, Value], said: date | None) -> str:
    """What stands above the text: headline, byline, day, each a paragraph."""
    above = [squeeze(_words(row.get("headline")))]
    byline = squeeze(_words(row.get("byline")))
    above.append(byline if not byline or byline.lower().startswith("by ") else f"By {byline}")
    if isinstance(said, datetime):
        above.append(said.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"))
    elif said is not None:
        above.append(said.isoformat())
    return "".join(f"{words}\n\n" for words in above if words)


def _moment(value: Value) -> date | datetime | None:
    """A day; with hour and zone, a moment. Numbers are seconds or milliseconds since 1970."""
    try:
        if isinstance(value, str):
            value = (
                datetime.fromisoformat(value.strip()) if len(value.strip()) > 10 else date.fromisoformat(value.strip())
            )
        elif isinstance(value, int | float) and not isinstance(value, bool):
            value = datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.date()
    return value if isinstance(value, date) and value.year in range(1900, 2101) else None


def _words(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "replace") if isinstance(value, str) else b""


def _refused(name: str, number: int, reason: str, words: str) -> Item:
    here = f"{name}:{number}"
    return Item(here, no(reason, f"{here}: {words}."), Meta(name=here), At(number))
