"""Who copied from whom: bands to find pairs by, and the pairs. Older articles get theirs at the next ingest. Claims are found by place."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from whosays.ledger.migrations.making import REAL, Integer, Text, Truth, append_only, index, table

revision = "0004"
down_revision = "0003"

_TABLES = ("bands", "copied", "compared")


def upgrade() -> None:
    """Three tables, what keeps them append-only, and two indexes."""
    table(
        "bands",
        Column("band", Integer, primary_key=True),
        Column("article", Text, ForeignKey("articles.id"), primary_key=True),
        rowid=False,
    )
    table(
        "copied",
        Column("a", Text, ForeignKey("articles.id"), primary_key=True),
        Column("b", Text, ForeignKey("articles.id"), primary_key=True, index=True),
        Column("share_a", REAL, nullable=False),
        Column("share_b", REAL, nullable=False),
        Column("whole", Truth, nullable=False),
        Column("passages", Text, nullable=False),
        rowid=False,
    )
    table(
        "compared",
        Column("article", Text, ForeignKey("articles.id"), primary_key=True),
        Column("method", Text, primary_key=True),
        rowid=False,
    )
    op.create_index("extractions_by_place", "extractions", ["place_key", "day_last", "day_first"])
    op.create_index("extractions_by_division", "extractions", ["country", "admin1", "feature", "day_last", "day_first"])
    index("extractions_by_place", "extractions", "place_key", "day_last", "day_first", only="place_key IS NOT NULL")
    append_only(_TABLES)
