"""What the confidence of an extraction is made of; of older extractions nothing is known."""

from __future__ import annotations

from whosays.ledger.migrations.making import added

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    added("extractions", "reasons TEXT DEFAULT '[]' NOT NULL")
