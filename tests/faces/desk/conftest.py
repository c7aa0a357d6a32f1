"""A server without a network around it: a ledger in memory, a desk in memory, a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from starlette.testclient import TestClient

from whosays import actors, ledger
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.desk import Desk, Door, Source
from whosays.faces.privacy import DESK
from whosays.faces.service import Service

PASSWORD = "a long enough password"
HOST = "http://127.0.0.1:8765"


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        """Later."""
        self.now += by


@dataclass
class Served:
    """A server, and what it told in its terminal."""

    desk: Desk
    clock: Clock
    service: Service
    told: list[str] = field(default_factory=list)

    def browser(self, address: str = "127.0.0.1") -> TestClient:
        """A browser: it says where its requests come from."""
        own = self.desk.door.address
        return TestClient(
            server.app(self.service, self.desk),
            base_url=own,
            client=(address, 4711),
            headers={"Origin": own, "Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )

    def program(self) -> TestClient:
        """curl: it says nothing of itself."""
        return TestClient(server.app(self.service, self.desk), base_url=self.desk.door.address, follow_redirects=False)


def serve(door: Door | None = None) -> Served:
    """A server with a door of its own."""
    clock, told, numbers = Clock(), [], count()
    desk = desks.open(
        ":memory:",
        source=Source(clock, lambda: f"secret-{next(numbers):036d}"),
        door=door,
        tell=told.append,
        local="anna",
    )
    service = Service(ledger.open(":memory:", create=True), actors.roster(None), DESK, clock)
    return Served(desk, clock, service, told)


@pytest.fixture
def served() -> Iterator[Served]:
    """A server on loopback."""
    built = serve()
    yield built
    built.desk.close()
    built.service.ledger.close()
