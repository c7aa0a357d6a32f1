"""Fixtures that many tests share. Tests that read ../shared take `shared`, and say loudly where it is absent."""

from __future__ import annotations

import os
import shutil
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, event

from tests.stores import Places, PostgreSQL, Server, SQLite, absent
from whosays import ledger
from whosays.faces.desk import users
from whosays.ledger import migrations

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("WHOSAYS_SHARED") or ROOT.parent / "shared")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at pages in a browser is slow, whatever it says itself; and what takes its time on a server, only there."""
    for item in items:
        if item.get_closest_marker("slow_on_server") and "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data (WHOSAYS_SHARED, default ../shared)."""
    if not SHARED.is_dir():
        warnings.warn(
            f"SHARED DATA ABSENT: {SHARED} is no folder; set WHOSAYS_SHARED. Its tests are skipped.", stacklevel=1
        )
        pytest.skip(f"shared data absent: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """Ledgers on a server of our own, with one to copy: `blank`."""
    server = Server.made()
    if server is None:
        absent()
        return
    try:
        server.start()
        server.psql("postgres", "CREATE DATABASE blank")
        ledger.open(server.url + "blank", create=True).close()
        yield PostgreSQL(server)
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """Ledgers in memory and in files."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def at(request: pytest.FixtureRequest) -> Places:
    """Where ledgers are kept: every test of what a ledger does runs in each database."""
    places: Places = request.getfixturevalue(request.param)
    return places


@pytest.fixture(scope="session", autouse=True)
def steps_once(session_patch: pytest.MonkeyPatch) -> None:
    """A thousand tests make a ledger: what the migrations say to SQLite is said by Alembic once in each worker, then repeated."""
    real, said = migrations.upgrade, list[tuple[str, object]]()

    def hear(_: object, __: object, statement: str, parameters: object, *rest: object) -> None:
        said.append((statement, parameters))

    def upgrade(connection: Connection) -> None:
        if connection.dialect.name != "sqlite" or connection.exec_driver_sql("SELECT 1 FROM sqlite_schema").first():
            real(connection)
        elif said:
            for statement, parameters in said:
                connection.exec_driver_sql(statement, parameters or None)  # type: ignore[arg-type]
        else:
            event.listen(connection, "before_cursor_execute", hear)
            real(connection)
            event.remove(connection, "before_cursor_execute", hear)

    session_patch.setattr(migrations, "upgrade", upgrade)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords(session_patch: pytest.MonkeyPatch) -> None:
    """A password costs an attacker, and a user, a tenth of a second; not every test."""
    session_patch.setattr(users, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def session_patch() -> Iterator[pytest.MonkeyPatch]:
    """Patches that stay for all tests of a worker."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
