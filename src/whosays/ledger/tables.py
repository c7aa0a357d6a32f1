"""The schema, once for all databases (SQLAlchemy Core). What each table is for stands above it.

    articles ─┬─< captures ─┬─< parts, comments, credits
              │             └─< readings ─< extractions ─< names
              ├─< claims ──────────────────────┘               refusals
              └─< bands, copied, compared               judgements: judged.py

Keys are digests of what the row says, so that the same page gives the same rows in every ledger and in any order.
`seq` numbers rows in the order in which they were committed. Rows are inserted and never changed.
The same tables are written out, frozen, in `migrations/versions/`; a test compares the two.

Text and numbers are the only storage types. Days are ISO text. Our own clock (`Instant`) is kept in UTC; what a page
says of time (`Stated`) keeps the offset that the page gave, or none, since the zone is part of what it said.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import msgspec
import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from whosays.ledger import sql

VERSION = "0006"
"""Number of the newest migration: the schema this module describes."""

# ------------------------------------------------------------------------------------------------------ column types


Integer = sqlalchemy.Integer().with_variant(BigInteger(), "postgresql")
REAL: TypeEngine[float] = sqlalchemy.REAL().with_variant(Double(), "postgresql")
"""64 bits everywhere."""


class Day(TypeDecorator[date]):
    """A day as ISO text: sorts as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """`2017-11-08`"""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The day."""
        return None if value is None else date.fromisoformat(value)


class Stated(TypeDecorator[datetime]):
    """A time as a page states it: ISO text with its own offset, or with none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """`2017-11-08T18:22:00+02:00`"""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The time."""
        return None if value is None else datetime.fromisoformat(value)


class Instant(Stated):
    """A time of our own clock: ISO text in UTC. Sorts as text."""

    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """`2026-11-22T09:00:00.000000+00:00`"""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")


_STRINGS = msgspec.json.Decoder(tuple[str, ...])
_NUMBERS = msgspec.json.Decoder(tuple[int, ...])
"""Thousands are read for a page: twice as quick as `json.loads`."""


class Strings(TypeDecorator[tuple[str, ...]]):
    """A few strings that are only ever read together: a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """`["Reuters", "state television"]`"""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The strings."""
        return None if value is None else _STRINGS.decode(value)


class Numbers(TypeDecorator[tuple[int, ...]]):
    """A few numbers that are only ever read together: a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        """`[12,80,0,68]`"""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...] | None:
        """The numbers."""
        return None if value is None else _NUMBERS.decode(value)


# ------------------------------------------------------------------------------------------------------------ tables

metadata = MetaData()


def strict(name: str, *items: Column[object] | Index, rowid: bool = True, derived: bool = False) -> Table:
    """A table; `rowid=False` for narrow ones, which SQLite then stores in the order of their key. `derived`: may be made anew
    from the others at any time, and alone is not append-only."""
    return sql.table(name, metadata, *items, rowid=rowid, derived=derived)


def _span(role: str) -> tuple[Column[object], Column[object]]:
    """Where the words of a role stand; both NULL or neither."""
    return Column(f"{role}_start", Integer), Column(f"{role}_end", Integer)


articles = strict(
    "articles",  # identity only: all that may differ between two fetches of one story is in captures
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False, index=True),
)

captures = strict(
    "captures",  # what the pages stage made of some bytes
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("raw", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("comments_at", Integer),  # where readers' comments begin: the full-text index ends there
    Column("headline", Text),
    Column("byline", Strings, nullable=False),
    Column("dateline_place", Text),
    Column("dateline_agency", Text),
    *_span("dateline"),
    Column("published", Day),
    Column("published_on_page", Day),
    Column("published_at", Stated),
    Column("modified_at", Stated),
    Column("agency", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("language", Text, nullable=False),
    Column("notes", Strings, nullable=False),
)

parts = strict(
    "parts",
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("at", Stated),
    rowid=False,
)

comments = strict(
    "comments",
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("author", Text),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("parent", Text),
    Column("depth", Integer, nullable=False),
    Column("at", Stated),
    rowid=False,
)

credit_lines = strict(
    "credits",
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("place", Text),
    rowid=False,
)

readings = strict(
    "readings",  # one reader's pass over one capture: says which claims it found, even if none
    Column("id", Text, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False),
    Column("capture", Text, ForeignKey("captures.id"), nullable=False),
    Column("raw", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("version", Text, nullable=False),  # reader, written so that later readers sort higher
    Column("rank", Text, nullable=False),  # which reading speaks for the article: the highest (keys.rank)
    Column("name", Text, nullable=False),
    Column("given", Day),  # day of publication in the user's word, over what the page says
    Column("read_at", Instant, nullable=False),
    Index("readings_by_article", "article", "rank"),
    Index("readings_by_raw", "raw", "version"),
)

claims = strict(
    "claims",  # identity: a proposition at its place
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
    Column("type", Text, nullable=False, index=True),
    Column("exact", Text, nullable=False),
    Column("actor", Text),
    Column("target", Text),
    Column("place", Text),
)

extractions = strict(
    "extractions",  # values: what one reading made of a claim
    Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("modality", Text, nullable=False),
    *_span("actor"),
    Column("actor_name", Text),
    Column("actor_key", Text),
    Column("actor_side", Text),
    *_span("target"),
    Column("target_name", Text),
    Column("target_key", Text),
    Column("target_side", Text),
    *_span("place"),
    Column("place_name", Text),
    Column("place_inherited", Boolean),  # NULL: the claim has no place
    Column("place_precision", Integer),
    Column("place_key", Text),  # NULL: not resolved
    Column("gazetteer_name", Text),
    Column("lat", REAL),
    Column("lon", REAL),
    Column("country", Text),
    Column("feature", Text),
    Column("population", Integer),
    Column("geonameid", Integer),
    Column("admin1", Text),
    Column("admin2", Text),
    *_span("time"),
    Column("time_words", Text),
    Column("time_first", Day),
    Column("time_last", Day),
    Column("time_precision", Integer),  # NULL: no interval
    Column("counted", Boolean, nullable=False),
    Column("count_low", Integer),
    Column("count_high", Integer),
    Column("who", Text),
    Column("harm", Text),
    Column("means", Text),
    Column("cumulative", Boolean, nullable=False),
    Column("source_kind", Text, nullable=False),
    *_span("source"),
    Column("source_words", Text),
    Column("source_name", Text),
    Column("source_key", Text),
    Column("source_side", Text),
    Column("via", Strings, nullable=False),
    *_span("cue"),
    Column("cue", Text),
    Column("quote", Text, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("denies", Text),
    Column("derived_from", Strings, nullable=False),
    Column("day_first", Day),  # days on which the claim is looked for (keys.days)
    Column("day_last", Day),
    Column("reasons", Strings, nullable=False, server_default="[]"),
    Column("place_relation", Text),  # NULL: it is the place of the gazetteer
    Column("place_radius", REAL),
    Index("extractions_by_day", "day_last", "day_first"),
    sql.index("extractions_by_place", "place_key", "day_last", "day_first", only="place_key IS NOT NULL"),
    Index("extractions_by_division", "country", "admin1", "feature", "day_last", "day_first"),
)

names = strict(
    "names",  # every way to ask for an extraction: roster or gazetteer key, folded name, folded words
    Column("role", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    rowid=False,
)

refusals = strict(
    "refusals",
    Column("id", Text, primary_key=True),
    Column("raw", Text),  # NULL: the bytes could not be had
    Column("reader", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
    Index("refusals_by_raw", "raw", "version"),
)

bands = strict(
    "bands",  # numbers that articles with a passage in common are likely to share (`copies.bands`)
    Column("band", Integer, primary_key=True),
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    rowid=False,
)

copied = strict(
    "copied",  # two articles with passages in common; `a` is the smaller id
    Column("a", Text, ForeignKey("articles.id"), primary_key=True),
    Column("b", Text, ForeignKey("articles.id"), primary_key=True, index=True),
    Column("share_a", REAL, nullable=False),
    Column("share_b", REAL, nullable=False),
    Column("whole", Boolean, nullable=False),  # one story, and not only a passage
    Column("passages", Numbers, nullable=False),  # start and end in a, start and end in b; and so on
    rowid=False,
)

compared = strict(
    "compared",  # articles that have been held against all others, and by which way of making bands
    Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    Column("method", Text, primary_key=True),
    rowid=False,
)
