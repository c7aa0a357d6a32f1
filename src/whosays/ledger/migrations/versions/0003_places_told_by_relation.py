"""How a place lies to the one of the gazetteer, and within how many kilometres; older extractions took it for that one."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE extractions ADD COLUMN place_relation TEXT")
    op.execute("ALTER TABLE extractions ADD COLUMN place_radius REAL")
