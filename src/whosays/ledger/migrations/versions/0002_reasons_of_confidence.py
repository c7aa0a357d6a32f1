"""What the confidence of an extraction is made of; of older extractions nothing is known."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE extractions ADD COLUMN reasons TEXT DEFAULT '[]' NOT NULL")
