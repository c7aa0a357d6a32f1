"""`open(url)`: from what the user names to a ledger of this program's schema, or an error that says what to do.

open(url, create=…) -> Ledger        beside(url, suffix) -> path: where a server keeps what belongs to a ledger and is not in it
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from whosays.errors import LedgerError
from whosays.ledger import sql
from whosays.ledger.connected import Store, Wait
from whosays.ledger.ledger import Ledger
from whosays.ledger.tables import VERSION
from whosays.settings import DEFAULT_LEDGER, DEFAULT_STATE, LEDGER_PATIENCE, STATE_VARIABLE

SCHEME = "sqlite:///"


def open(  # noqa: A001  (the verb of this folder: ledger.open)
    url: str | None = None, *, create: bool = False, patience: float = LEDGER_PATIENCE, wait: Wait = time.sleep
) -> Ledger:
    """The ledger at a path, a `sqlite:///path`, `:memory:` or a `postgresql://user@host/database`; by default `whosays.db` here.

    `create` allows a new one; its folder, or its database, must be there. A ledger of an older program is brought up to date; one of a
    newer program, what is no ledger, or cannot be read raises LedgerError. `patience`: seconds that an open ledger waits for a
    server that went away (`connected.py`); `wait` waits."""
    url = url or DEFAULT_LEDGER
    dialect = sql.chosen(url)
    path = file_of(url)
    create = create or path == sql.MEMORY
    if path is not None:
        _check(path, create=create)
    store = Store(dialect.engine(path or url), dialect, path or url, wait=wait, patience=patience)
    try:
        _bring_up_to_date(store, create=create)
    except DatabaseError as error:
        store.close()
        raise LedgerError(dialect.advice(error, store.where)) from error
    except LedgerError:
        store.close()
        raise
    return Ledger(store)


def file_of(url: str) -> str | None:
    """The path of a ledger in a file; None where it is on a server."""
    if url.startswith(SCHEME):
        return url.removeprefix(SCHEME) or sql.MEMORY
    return None if "://" in url else url


def beside(url: str, suffix: str) -> str:
    """The path of a file that belongs to a ledger: beside its own; of one on a server in this user's folder of data, by a digest of its
    address without the password; of one in memory, in memory."""
    path = file_of(url)
    if path is not None:
        return path if path == sql.MEMORY else path + suffix
    folder = Path(os.environ.get(STATE_VARIABLE) or DEFAULT_STATE).expanduser()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"{folder}: cannot be made ({error.strerror}). Name another folder in {STATE_VARIABLE}."
        ) from error
    return str(folder / (hashlib.sha256(sql.plain(url).encode()).hexdigest()[:16] + suffix))


def _check(path: str, *, create: bool) -> None:
    """Is it a file, or may it become one?"""
    if path == sql.MEMORY:
        return
    file = Path(path)
    if file.is_dir():
        raise LedgerError(f"{path}: a folder, not a ledger. Name a file, such as {file / DEFAULT_LEDGER}.")
    if file.exists() and not file.is_file():
        raise LedgerError(f"{path}: not a regular file. Name a SQLite file.")
    if file.exists():
        return
    if not create:
        raise LedgerError(
            f"{path}: no such ledger. Make it with `whosays --ledger {path} ingest PATH`, or name another."
        )
    if not file.parent.is_dir():
        raise LedgerError(f"{path}: the folder {file.parent} is not there. Make it first.")


def _bring_up_to_date(store: Store, *, create: bool) -> None:
    """Look first: a ledger of this schema is ready. Else migrate in one transaction, having looked again inside it,
    since another program may have been faster."""
    with store.engine.connect() as connection:
        version = _version(connection, store)
    if version == VERSION:
        return
    if version is None and not create:
        raise LedgerError(f"{store.where}: empty, no ledger yet. Read pages into it with `whosays ingest PATH`.")
    store.dialect.prepare(store.engine)
    with sql.writing(store.engine.connect()) as connection, connection.begin():
        if _version(connection, store) != VERSION:
            from whosays.ledger import migrations  # imports Alembic: not for a ledger that is up to date

            migrations.upgrade(connection)
            store.dialect.sign(connection)


def _version(connection: Connection, store: Store) -> str | None:
    """Number of the last migration this database has seen; None for an empty database."""
    where, owner = store.where, store.dialect.owner(connection)
    if owner == "empty":
        return None
    if owner == "other":
        raise LedgerError(f"{where}: a database, but no ledger of whosays. Name another with --ledger.")
    version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if version > VERSION:
        raise LedgerError(
            f"{where}: written by a newer whosays (schema {version}, this one knows {VERSION}). Update whosays."
        )
    return version
