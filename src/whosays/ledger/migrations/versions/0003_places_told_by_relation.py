"""How a place lies to the one of the gazetteer, and within how many kilometres; older extractions took it for that one."""

from __future__ import annotations

from whosays.ledger.migrations.making import added

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    added("extractions", "place_relation TEXT")
    added("extractions", "place_radius REAL")
