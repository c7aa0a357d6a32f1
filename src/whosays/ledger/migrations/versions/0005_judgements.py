"""What people said of claims, disputes, places and actors; and two derived tables that tell what is in force because of it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from whosays.ledger.migrations.making import REAL, Integer, Text, append_only, table

revision = "0005"
down_revision = "0004"

_APPEND_ONLY = ("judgements", "subjects", "merged_into")


def upgrade() -> None:
    """Five tables, their indexes, and what keeps three of them append-only."""
    _judgements()
    _derived()
    append_only(_APPEND_ONLY)


def _judgements() -> None:
    table(
        "judgements",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("about", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("subjects", Text, nullable=False),
        Column("verdict", Text, nullable=False),
        Column("fields", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("note", Text),
        Column("undoes", Text, ForeignKey("judgements.id")),
        Column("reading", Text, ForeignKey("readings.id")),
        Column("claim", Text, ForeignKey("claims.id")),
    )
    op.create_index("judgements_by_subject", "judgements", ["about", "subject"])
    table(
        "subjects",
        Column("subject", Text, primary_key=True),
        Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
        rowid=False,
    )
    table(
        "merged_into",
        Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
        Column("key", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("side", Text),
        Column("lat", REAL),
        Column("lon", REAL),
        Column("country", Text),
        Column("feature", Text),
        Column("population", Integer),
        Column("geonameid", Integer),
        Column("admin1", Text),
        Column("admin2", Text),
        Column("radius", REAL),
        Column("relation", Text),
    )


def _derived() -> None:
    table(
        "overlay",
        Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
        Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
        Column("root", Text, nullable=False, index=True),
        Column("shown", Integer, nullable=False),
        rowid=False,
    )
    table(
        "merged",
        Column("about", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("judgement", Text, ForeignKey("merged_into.judgement"), nullable=False),
        rowid=False,
    )
