"""The desk's own store, `<ledger>.desk`: who may write. Beside the ledger, not in it: ledgers are handed around.

    users ─< sessions, links, tokens            audit, append-only            hooks ── told

Secrets are kept as SHA-256 only, since they are 256 random bits; passwords as argon2id; but webhooks' secrets as they are,
since they sign. Types of columns are the ledger's (`ledger/tables.py`).
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

from whosays.ledger.tables import Instant, Strings

VERSION = 1
"""`PRAGMA user_version` of a store with these tables."""
APPLICATION_ID = 0x77736473
"""`wsds` in the header of the file."""

metadata = MetaData()


def _table(name: str, *items: Column[object] | Index) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


users = _table(
    "users",
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, unique=True),  # Anna and ANNA are one
    Column("password", Text),  # argon2id; NULL once removed: a name that judged is not given to another
    Column("made", Instant, nullable=False),
    Column("removed", Instant),
)

sessions = _table(
    "sessions",
    Column("id", Text, primary_key=True),  # SHA-256 of the cookie
    Column("user", Text, nullable=False, index=True),  # no foreign key: the local analyst has no account
    Column("via", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("ended", Instant),
)

links = _table(
    "links",  # one-time sign-in links
    Column("id", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("used", Instant),
)

tokens = _table(
    "tokens",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("owner", Text, ForeignKey("users.name"), nullable=False, index=True),
    Column("scopes", Strings, nullable=False),
    Column("made", Instant, nullable=False),
    Column("used", Instant),
    Column("revoked", Instant),
)

audit = _table(
    "audit",
    Column("number", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("audit_what", "what", "at"),
)

hooks = _table(
    "hooks",
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("filter", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("removed", Instant),
)

told = _table(
    "told",  # how far a webhook has been told of changes, and when it is tried again
    Column("hook", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("again", Instant),
)

GUARDS = tuple(
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
    f"BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: no {verb}'); END"
    for verb in ("UPDATE", "DELETE")
)
"""The log tells what happened, also of who would rather it had not."""
