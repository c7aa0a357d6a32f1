"""Who copied from whom: bands to find pairs by, and the pairs. Older articles get theirs at the next ingest. Claims are found by place."""

from __future__ import annotations

from alembic import op
from sqlalchemy import REAL, Column, ForeignKey, Integer, Text

revision = "0004"
down_revision = "0003"

_TABLES = ("bands", "copied", "compared")


def upgrade() -> None:
    """Three tables, what keeps them append-only, and two indexes."""
    _table(
        "bands",
        Column("band", Integer, primary_key=True),
        Column("article", Text, ForeignKey("articles.id"), primary_key=True),
    )
    _table(
        "copied",
        Column("a", Text, ForeignKey("articles.id"), primary_key=True),
        Column("b", Text, ForeignKey("articles.id"), primary_key=True, index=True),
        Column("share_a", REAL, nullable=False),
        Column("share_b", REAL, nullable=False),
        Column("whole", Integer, nullable=False),
        Column("passages", Text, nullable=False),
    )
    _table(
        "compared",
        Column("article", Text, ForeignKey("articles.id"), primary_key=True),
        Column("method", Text, primary_key=True),
    )
    op.create_index("extractions_by_place", "extractions", ["place_key", "day_last", "day_first"])
    op.create_index("extractions_by_division", "extractions", ["country", "admin1", "feature", "day_last", "day_first"])
    for table in _TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} of {table}'); END"
            )


def _table(name: str, *items: Column[object]) -> None:
    op.create_table(name, *items, sqlite_strict=True, sqlite_with_rowid=False)
