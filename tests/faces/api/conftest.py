"""The application over the ledger of the samples, called without a server; and by a program that may write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest
from starlette.testclient import TestClient

from whosays.engines import jobs as queue
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.api import Limits
from whosays.faces.desk import Desk, Scope, Source
from whosays.faces.service import Service

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE = "http://127.0.0.1:8765"
"""A name that the server answers to."""

PLENTY = Limits(searches=1_000_000, writes=1_000_000)


@pytest.fixture(scope="session")
def api(samples: Service) -> TestClient:
    """A client of the API."""
    return TestClient(server.app(samples, limits=PLENTY), base_url=HERE, raise_server_exceptions=False)


@dataclass
class Program:
    """A program with a token, and the server it speaks to."""

    client: TestClient
    desk: Desk
    service: Service
    jobs: queue.Jobs


@pytest.fixture
def program(samples: Service) -> Iterator[Program]:
    numbers = count()
    secret = lambda: f"secret-{next(numbers):036d}"  # noqa: E731
    desk = desks.open(":memory:", source=Source(lambda: NOW, secret), local="anna")
    desk.users.add("anna", "a long enough password", by="anna")
    token = desk.tokens.add("robot", "anna", frozenset({Scope.INGEST}), by="anna")
    jobs = queue.open(":memory:", clock=lambda: NOW, secret=secret)
    app = server.app(samples, desk, limits=PLENTY, jobs=jobs)
    headers = {"Authorization": f"Bearer {token}"}
    yield Program(TestClient(app, base_url=HERE, headers=headers), desk, samples, jobs)
    jobs.close()
    desk.close()
