"""`open(url)`: from what the user names to a ledger of this program's schema, or an error that says what to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from whosays.errors import LedgerError
from whosays.ledger import sql
from whosays.ledger.ledger import Ledger
from whosays.ledger.tables import VERSION
from whosays.settings import DEFAULT_LEDGER

SCHEME = "sqlite:///"


def open(url: str | None = None, *, create: bool = False) -> Ledger:  # noqa: A001  (the verb of this folder: ledger.open)
    """The ledger at a path, a `sqlite:///path` or `:memory:`; by default `whosays.db` here.

    `create` allows a new file; its folder must be there. A ledger of an older program is brought up to date; one of a
    newer program, a file that is no ledger, or one that cannot be read raises LedgerError."""
    sql.check_library()
    path = _path(url or DEFAULT_LEDGER)
    create = create or path == sql.MEMORY
    _check(path, create=create)
    engine = sql.engine(path)
    try:
        _bring_up_to_date(engine, path, create=create)
    except DatabaseError as error:
        engine.dispose()
        raise LedgerError(sql.advice(str(error.orig), path)) from error
    except LedgerError:
        engine.dispose()
        raise
    return Ledger(engine, path)


def _path(url: str) -> str:
    if url.startswith(SCHEME):
        url = url.removeprefix(SCHEME)
    elif "://" in url:
        raise LedgerError(f"{url}: no such kind of ledger. Give the path of a SQLite file, or {SCHEME}PATH.")
    return url or sql.MEMORY


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


def _bring_up_to_date(engine: Engine, path: str, *, create: bool) -> None:
    """Look first: a ledger of this schema is ready. Else migrate in one transaction, having looked again inside it,
    since another program may have been faster."""
    with engine.connect() as connection:
        version = _version(connection, path)
    if version == VERSION:
        return
    if version is None and not create:
        raise LedgerError(f"{path}: an empty file, no ledger yet. Read pages into it with `whosays ingest PATH`.")
    with engine.connect() as connection:
        sql.use_wal(connection)
    with sql.writing(engine.connect()) as connection, connection.begin():
        if _version(connection, path) != VERSION:
            from whosays.ledger import migrations  # imports Alembic: not for a ledger that is up to date

            sql.sign(connection)
            migrations.upgrade(connection)


def _version(connection: Connection, path: str) -> str | None:
    """Number of the last migration this database has seen; None for an empty database."""
    owner = sql.owner(connection)
    if owner == "empty":
        return None
    if owner == "other":
        raise LedgerError(f"{path}: a SQLite database, but no ledger of whosays. Name another file with --ledger.")
    version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if version > VERSION:
        raise LedgerError(
            f"{path}: written by a newer whosays (schema {version}, this one knows {VERSION}). Update whosays."
        )
    return version
