"""The application over the ledger of the samples, called without a server."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from whosays.faces import server
from whosays.faces.api import Limits
from whosays.faces.service import Service

HERE = "http://127.0.0.1:8765"
"""A name that the server answers to."""

PLENTY = Limits(searches=1_000_000, writes=1_000_000)


@pytest.fixture(scope="session")
def api(samples: Service) -> TestClient:
    """A client of the API."""
    return TestClient(server.app(samples, limits=PLENTY), base_url=HERE, raise_server_exceptions=False)
