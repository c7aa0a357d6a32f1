"""A server over the ledger of the samples, asked from this machine or from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from whosays import actors, ledger
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.config import Shown
from whosays.faces.desk import Desk, Source
from whosays.faces.ops import Figures, Ops
from whosays.faces.privacy import DESK, PUBLIC
from whosays.faces.service import Service

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE = "http://127.0.0.1:8765"
NEAR, FAR = ("127.0.0.1", 5000), ("192.0.2.7", 5000)


@dataclass
class Dead:
    """As much of a worker as is looked at."""

    pid: int | None = None


@dataclass
class Site:
    """A server, and how to ask it."""

    ops: Ops

    def client(self, near: bool = True, **changed: object) -> TestClient:
        """Asks from this machine, or from another."""
        told = replace(self.ops, **changed)  # type: ignore[arg-type]
        app = server.app(told.service, told.desk, ops=told)
        return TestClient(app, base_url=HERE, client=NEAR if near else FAR, raise_server_exceptions=False)

    def public(self) -> Service:
        """The same ledger, as strangers see it."""
        return replace(self.ops.service, profile=PUBLIC)


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = desks.open(":memory:", source=Source(lambda: NOW))
    yield opened
    opened.close()


@pytest.fixture
def site(samples_copy: Path, desk: Desk) -> Iterator[Site]:
    with ledger.open(str(samples_copy)) as book:
        service = Service(book, actors.roster(), DESK, lambda: NOW)
        yield Site(Ops(service, desk, Figures(), None, Shown.LOOPBACK))
