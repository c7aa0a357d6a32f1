"""What people said of claims, disputes, places and actors; and two derived tables that tell what is in force because of it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import REAL, Column, ForeignKey, Integer, Text

revision = "0005"
down_revision = "0004"

_APPEND_ONLY = ("judgements", "subjects", "merged_into")


def upgrade() -> None:
    """Five tables, their indexes, and what keeps three of them append-only."""
    _judgements()
    _derived()
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} of {table}'); END"
            )


def _judgements() -> None:
    op.create_table(
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
        sqlite_strict=True,
    )
    op.create_index("judgements_by_subject", "judgements", ["about", "subject"])
    op.create_table(
        "subjects",
        Column("subject", Text, primary_key=True),
        Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
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
        sqlite_strict=True,
    )


def _derived() -> None:
    op.create_table(
        "overlay",
        Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
        Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
        Column("root", Text, nullable=False, index=True),
        Column("shown", Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merged",
        Column("about", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("judgement", Text, ForeignKey("merged_into.judgement"), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
