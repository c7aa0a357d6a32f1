"""The first schema: articles, their captures and readings, claims, what readers made of them, and refusals."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index

from whosays.ledger.migrations.making import REAL, Integer, Text, Truth, append_only, refusing, searched, table

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Tables, then what keeps them append-only and searchable."""
    for create in (_articles, _inside, _readings, _claims, _extractions):
        create()
    refusing()
    append_only(_TABLES)
    searched()


_TABLES = (
    "articles",
    "captures",
    "parts",
    "comments",
    "credits",
    "readings",
    "claims",
    "extractions",
    "names",
    "refusals",
)


def _articles() -> None:
    """Articles and what their captures hold."""
    table(
        "articles",
        Column("id", Text, primary_key=True),
        Column("body", Text, nullable=False, index=True),
    )
    table(
        "captures",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
        Column("raw", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("comments_at", Integer),
        Column("headline", Text),
        Column("byline", Text, nullable=False),
        Column("dateline_place", Text),
        Column("dateline_agency", Text),
        Column("dateline_start", Integer),
        Column("dateline_end", Integer),
        Column("published", Text),
        Column("published_on_page", Text),
        Column("published_at", Text),
        Column("modified_at", Text),
        Column("agency", Text),
        Column("publisher", Text),
        Column("url", Text),
        Column("language", Text, nullable=False),
        Column("notes", Text, nullable=False),
    )


def _inside() -> None:
    """Parts, comments and credits of a capture."""
    table(
        "parts",
        Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
        Column("n", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("at", Text),
        rowid=False,
    )
    table(
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
        Column("at", Text),
        rowid=False,
    )
    table(
        "credits",
        Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
        Column("n", Integer, primary_key=True),
        Column("role", Text, nullable=False),
        Column("person", Text, nullable=False),
        Column("place", Text),
        rowid=False,
    )


def _readings() -> None:
    """Who read which capture, and what was refused."""
    table(
        "readings",
        Column("id", Text, primary_key=True),
        Column("article", Text, ForeignKey("articles.id"), nullable=False),
        Column("capture", Text, ForeignKey("captures.id"), nullable=False),
        Column("raw", Text, nullable=False),
        Column("reader", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("rank", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("given", Text),
        Column("read_at", Text, nullable=False),
        Index("readings_by_article", "article", "rank"),
        Index("readings_by_raw", "raw", "version"),
    )
    table(
        "refusals",
        Column("id", Text, primary_key=True),
        Column("raw", Text),
        Column("reader", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("stage", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("detail", Text, nullable=False),
        Column("read_at", Text, nullable=False),
        Index("refusals_by_raw", "raw", "version"),
    )


def _claims() -> None:
    """Claims, and every way to ask for them."""
    table(
        "claims",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("article", Text, ForeignKey("articles.id"), nullable=False, index=True),
        Column("type", Text, nullable=False, index=True),
        Column("exact", Text, nullable=False),
        Column("actor", Text),
        Column("target", Text),
        Column("place", Text),
    )
    table(
        "names",
        Column("role", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
        Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
        rowid=False,
    )


def _extractions() -> None:
    """What one reading made of a claim."""
    table(
        "extractions",
        Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
        Column("claim", Text, ForeignKey("claims.id"), primary_key=True, index=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("prefix", Text, nullable=False),
        Column("suffix", Text, nullable=False),
        Column("polarity", Text, nullable=False),
        Column("modality", Text, nullable=False),
        Column("actor_start", Integer),
        Column("actor_end", Integer),
        Column("actor_name", Text),
        Column("actor_key", Text),
        Column("actor_side", Text),
        Column("target_start", Integer),
        Column("target_end", Integer),
        Column("target_name", Text),
        Column("target_key", Text),
        Column("target_side", Text),
        Column("place_start", Integer),
        Column("place_end", Integer),
        Column("place_name", Text),
        Column("place_inherited", Truth),
        Column("place_precision", Integer),
        Column("place_key", Text),
        Column("gazetteer_name", Text),
        Column("lat", REAL),
        Column("lon", REAL),
        Column("country", Text),
        Column("feature", Text),
        Column("population", Integer),
        Column("geonameid", Integer),
        Column("admin1", Text),
        Column("admin2", Text),
        Column("time_start", Integer),
        Column("time_end", Integer),
        Column("time_words", Text),
        Column("time_first", Text),
        Column("time_last", Text),
        Column("time_precision", Integer),
        Column("counted", Truth, nullable=False),
        Column("count_low", Integer),
        Column("count_high", Integer),
        Column("who", Text),
        Column("harm", Text),
        Column("means", Text),
        Column("cumulative", Truth, nullable=False),
        Column("source_kind", Text, nullable=False),
        Column("source_start", Integer),
        Column("source_end", Integer),
        Column("source_words", Text),
        Column("source_name", Text),
        Column("source_key", Text),
        Column("source_side", Text),
        Column("via", Text, nullable=False),
        Column("cue_start", Integer),
        Column("cue_end", Integer),
        Column("cue", Text),
        Column("quote", Text, nullable=False),
        Column("confidence", REAL, nullable=False),
        Column("denies", Text),
        Column("derived_from", Text, nullable=False),
        Column("day_first", Text),
        Column("day_last", Text),
        Index("extractions_by_day", "day_last", "day_first"),
    )
