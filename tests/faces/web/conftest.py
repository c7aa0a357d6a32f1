"""The pages: as a test client asks for them, and as a browser shows them.

Screenshots go to WHOSAYS_SHOTS, else to a temporary folder whose name is printed. Without a Chromium its tests are skipped, loudly.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page
from starlette.testclient import TestClient

from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.desk import Desk
from whosays.faces.service import Service

ROOT = Path(__file__).parents[3]
NOW = datetime(2023, 2, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Stands still."""

    now: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Site:
    """A server that a browser can reach."""

    base: str
    desk: Desk

    def sign_in(self, page: Page) -> None:
        """As the local analyst."""
        page.goto(f"{self.base}/sign-in?key={self.desk.sessions.link('analyst')}")


@pytest.fixture
def client(samples: Service) -> TestClient:
    """Asks without a browser, as a stranger."""
    return client_of(samples)


def client_of(service: Service) -> TestClient:
    """A client of a service, which has no desk."""
    return TestClient(server.app(service), base_url="http://127.0.0.1:8765", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def site(samples: Service) -> Iterator[Site]:
    """The sample pages, served on a free port."""
    with serving(samples) as built:
        yield built


class serving:  # noqa: N801  (used as a function)
    """A server around a service for the time of a `with`."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def __enter__(self) -> Site:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(64)
        port = self._socket.getsockname()[1]
        source = desks.Source(Clock())
        self._desk = desks.open(":memory:", source=source, door=desks.Door("127.0.0.1", port))
        app = server.app(self._service, self._desk)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[self._socket]), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        return Site(f"http://127.0.0.1:{port}", self._desk)

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._desk.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go."""
    kept = os.environ.get("WHOSAYS_SHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker's script, as npm brought it."""
    places = (os.environ.get("AXE"), ROOT / "node_modules/axe-core/axe.min.js")
    for place in places:
        if place and Path(place).is_file():
            return Path(place).read_text("utf-8")
    warnings.warn("NO AXE: accessibility is not checked. `make setup` brings it, or set AXE.", stacklevel=1)
    pytest.skip("no axe-core")
