"""What weighing came to, in tables of its own, and the queue of what is not weighed yet. All that is there is not."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Column, Index
from sqlalchemy import text as words

from whosays.ledger.migrations.making import REAL, Integer, Text, Truth, index, queued, table

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Derived tables, which may change."""
    for create in (_queue, _listings, _standings, _questions, _records, _news, _partial):
        create()


def _queue() -> None:
    """What is not weighed yet, and what is: triggers tell them what is new."""
    _table(
        "unweighed",
        Column("seq", Integer, primary_key=True),
        Column("article", Text),
        numbered=True,
    )
    _table(
        "weighed_state",
        Column("id", Integer, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("whole", Truth, nullable=False),
    )
    _table(
        "weighed_parts",
        Column("n", Integer, primary_key=True),
        Column("country", Text),
        Column("admin1", Text),
        Column("stale", Integer, nullable=False),
        Column("weighed_at", Text),
        numbered=True,
    )
    for name, of, rows in (
        ("readings_unweighed", "readings", "VALUES (NEW.article)"),
        ("copied_unweighed", "copied", "VALUES (NEW.a), (NEW.b)"),
        ("subjects_unweighed", "subjects", "SELECT article FROM claims WHERE id = NEW.subject"),
        ("judgements_unweighed", "judgements", "SELECT NULL WHERE NEW.about IN ('place', 'actor')"),
    ):
        queued(name, of, rows)


def _listings() -> None:
    """Places, claims in force, voices: what pages list."""
    _table(
        "weighed_places",
        Column("key", Text, primary_key=True),
        Column("part", Integer, nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("folded", Text, nullable=False, index=True),
        Column("lat", REAL),
        Column("lon", REAL),
        Column("country", Text),
        Column("feature", Text),
        Column("population", Integer),
        Column("geonameid", Integer),
        Column("admin1", Text),
        Column("admin2", Text),
        Column("claims", Integer, nullable=False),
        Column("first", Text),
        Column("last", Text),
        Column("fewer", Integer, nullable=False),
        Index("weighed_places_by_claims", "fewer", "key"),
    )
    _table(
        "weighed_claims",
        Column("seq", Integer, primary_key=True),
        Column("part", Integer, nullable=False, index=True),
        Column("reading", Text, nullable=False),
        Column("age", Integer, nullable=False),
        Column("article", Text, nullable=False),
        Column("day_first", Text),
        Column("day_last", Text),
        Column("type", Text, nullable=False),
        Column("place", Text),
        Column("source", Text, nullable=False),
        Column("actor", Text),
        Column("target", Text),
        Column("story", Text),
        Column("printed", Text),
        Index("weighed_claims_by_source", "source", "age"),
        Index("weighed_claims_by_actor", "actor", "age"),
        Index("weighed_claims_by_type", "type", "age"),
        Index("weighed_claims_by_article", "article"),
        Index("weighed_claims_by_age", "age", "seq", "day_first", "day_last"),
        Index("weighed_claims_by_place", "place", "age"),
    )
    _table(
        "weighed_voices",
        Column("part", Integer, nullable=False, index=True),
        Column("role", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("kind", Text),
        Column("side", Text),
        Column("claims", Integer, nullable=False),
        Index("weighed_voices_by_key", "role", "key"),
    )
    _table(
        "weighed_heads",
        Column("role", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("folded", Text, nullable=False),
        Column("kind", Text),
        Column("side", Text),
        Column("claims", Integer, nullable=False),
        Column("articles", Integer, nullable=False),
        Column("fewer", Integer, nullable=False),
        Index("weighed_heads_by_claims", "role", "fewer", "key"),
        rowid=False,
    )


def _standings() -> None:
    """Who holds what, as known when."""
    _table(
        "weighed_standings",
        Column("part", Integer, nullable=False, index=True),
        Column("place", Text, nullable=False),
        Column("lane", Text, nullable=False),
        Column("who", Text, nullable=False),
        Column("known_since", Text, nullable=False),
        Column("known_until", Text),
        Column("told", Text, nullable=False),
        Column("voice", Text, nullable=False),
        Column("holder", Text),
        Column("not_holder", Text),
        Column("says", Text, nullable=False),
        Column("side", Text),
        Column("since", Text),
        Column("until", Text),
        Column("basis", Text, nullable=False),
        Column("articles", Integer, nullable=False),
        Column("outlets", Integer, nullable=False),
        Column("origins", Integer, nullable=False),
        Column("last_known", Truth, nullable=False),
        Column("contested", Text, nullable=False),
        Column("besieged_by", Text),
        Column("parts", Text),
        Column("rubric", Text),
        Column("grade", Text),
        Column("rule", Text),
        Column("fired", Text),
        Index("weighed_standings_by_place", "place", "lane", "who", "known_since"),
        Index("weighed_standings_now", "known_until", "lane", "place"),
        Index("weighed_standings_lanes", "place", "lane", "who", "since", sqlite_where=_NOW, postgresql_where=_NOW),
    )


def _questions() -> None:
    """What cannot both be true; what is answered to what."""
    _table(
        "weighed_disputes",
        Column("id", Text, primary_key=True),
        Column("part", Integer, nullable=False, index=True),
        Column("a", Text, nullable=False, index=True),
        Column("b", Text, nullable=False, index=True),
        Column("kind", Text, nullable=False),
        Column("about", Text, nullable=False),
        Column("why", Text, nullable=False),
        Column("place", Text),
        Column("first", Text),
        Column("last", Text),
        Column("printed", Text),
        Column("lighter", REAL, nullable=False),
        Index("weighed_disputes_by_place", "place", "lighter", "id"),
        Index("weighed_disputes_by_kind", "kind", "lighter", "id"),
        Index("weighed_disputes_by_weight", "lighter", "id"),
    )
    _table(
        "weighed_questions",
        Column("id", Text, primary_key=True),
        Column("part", Integer, nullable=False, index=True),
        Column("group", Text, nullable=False),
        Column("words", Text, nullable=False),
        Column("place", Text),
        Column("first", Text),
        Column("last", Text),
        Column("claims", Text, nullable=False),
        Column("score", REAL, nullable=False),
        Column("reasons", Text, nullable=False),
        Column("answers", Text, nullable=False),
        Column("n", Integer, nullable=False),
        Column("age", Integer, nullable=False),
        Index("weighed_questions_by_group", "group", "age", "id"),
        Index("weighed_questions_by_place", "place", "age", "id"),
        Index("weighed_questions_by_age", "age", "id", "n"),
    )
    _table(
        "weighed_asked",
        Column("claim", Text, primary_key=True),
        Column("question", Text, nullable=False, index=True),
        rowid=False,
    )


def _records() -> None:
    """How far voices were borne out."""
    _table(
        "weighed_tallies",
        Column("part", Integer, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("who", Text, nullable=False),
        Column("borne_out", Integer, nullable=False),
        Column("refuted", Integer, nullable=False),
        Column("withdrawn", Integer, nullable=False),
        Column("open", Integer, nullable=False),
        Column("leads", Text, nullable=False),
        Column("against_interest", Integer, nullable=False),
        Column("with_interest", Integer, nullable=False),
        rowid=False,
    )
    _table(
        "weighed_records",
        Column("kind", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("who", Text, nullable=False),
        Column("borne_out", Integer, nullable=False),
        Column("refuted", Integer, nullable=False),
        Column("withdrawn", Integer, nullable=False),
        Column("open", Integer, nullable=False),
        Column("rate", REAL, nullable=False),
        Column("low", REAL, nullable=False),
        Column("high", REAL, nullable=False),
        Column("first", Integer, nullable=False),
        Column("shared", Integer, nullable=False),
        Column("lead_days", REAL),
        Column("against_interest", Integer, nullable=False),
        Column("with_interest", Integer, nullable=False),
        Column("fewer", Integer, nullable=False),
        Index("weighed_records_by_words", "kind", "fewer", "key"),
        rowid=False,
    )


def _news() -> None:
    """Places that changed hands or became disputed."""
    _table(
        "weighed_changes",
        Column("number", Integer, primary_key=True),
        Column("place", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("day", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("before", Text),
        Column("after", Text),
        Column("known", Text, nullable=False),
        Column("claims", Text, nullable=False),
        Column("key", Text, nullable=False),
        Index("weighed_changes_once", "place", "kind", "day", "key", unique=True),
        Index("weighed_changes_by_place", "place", "number"),
    )


def _partial() -> None:
    """What is never looked for by nothing."""
    for name, columns in (
        ("claims_by_place", ("place", "age")),
        ("claims_by_actor", ("actor", "age")),
        ("disputes_by_place", ("place", "lighter", "id")),
        ("questions_by_place", ("place", "age", "id")),
    ):
        index(f"weighed_{name}", f"weighed_{name.partition('_')[0]}", *columns, only=f"{columns[0]} IS NOT NULL")


_NOW = words("known_until IS NULL")
_table = partial(table, numbered=False)
