"""Numbered steps from one schema to the next, run by Alembic. A released step is history: it is never edited.

Alembic takes a quarter of a second to import, so that only a ledger that is new or old pays for it (`opening.py`)."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """All steps that this database has not seen, within the transaction that the caller has begun and will commit."""
    config = Config()
    config.set_main_option("script_location", "whosays.ledger:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
