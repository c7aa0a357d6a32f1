"""`whosays serve`: it says where it is, answers there, and ends when it is told to."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.faces.cli.serving import served
from whosays.faces.cli import INTERRUPTED

WHOSAYS = str(Path(sys.executable).parent / "whosays")


def environment(home: Path) -> dict[str, str]:
    """A home of its own, and this checkout."""
    return {**os.environ, "HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


@pytest.mark.slow
def test_a_ledger_is_served(filled: Run, tmp_path: Path) -> None:
    with served(f"{WHOSAYS} serve --port 0", environment(tmp_path)) as server:
        assert "Serving whosays.db: 2 claims in 2 articles." in server.told
        status, page = server.get("/")
        assert status == 200
        assert "<html" in page
        status, home = server.get("/api/v1/")
        assert json.loads(home)["articles"] == 2
    assert server.code == INTERRUPTED
    assert server.wrong.strip() == ""


@pytest.mark.slow
def test_a_missing_ledger_is_made_and_the_demo_offered(run: Run, tmp_path: Path) -> None:
    with served(f"{WHOSAYS} serve --port 0", environment(tmp_path)) as server:
        assert "whosays.db is empty." in " ".join(server.told.split())
        assert "whosays serve --demo" in " ".join(server.told.split())
        assert server.get("/")[0] == 200
    assert (tmp_path / "whosays.db").exists()


@pytest.mark.slow
def test_the_demo_is_weighed_and_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    with served(f"{WHOSAYS} serve --demo --port 0", {**environment(tmp_path), "TMPDIR": str(tmp_path)}) as server:
        assert list(tmp_path.glob("whosays-demo-*"))
        _, told = server.get("/api/v1/control?as_of=2023-01-20&limit=500")
        assert "Soledar" in [one["place"]["name"] for one in json.loads(told)["items"]]
    assert server.code == INTERRUPTED
    assert not list(tmp_path.glob("whosays-demo-*"))
    assert not (tmp_path / "whosays.db").exists()


def test_a_port_in_use_is_told_in_words(filled: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = filled("serve", "--port", str(other.getsockname()[1]))
    assert ran.code == 2
    assert "Give another --port" in ran.err


def test_a_host_that_is_not_here_is_told_in_words(filled: Run) -> None:
    ran = filled("serve", "--host", "192.0.2.1", "--port", "0")
    assert ran.code == 2
    assert "192.0.2.1:0 cannot be used" in ran.err


def test_an_address_that_is_none_of_tiles_is_told_in_words(filled: Run) -> None:
    ran = filled("serve", "--port", "0", "--tiles", "https://tiles.example.org/")
    assert ran.code == 2
    assert "{z}/{x}/{y}" in ran.err


@pytest.mark.slow
def test_own_tiles_are_served_to_the_map(filled: Run, tmp_path: Path) -> None:
    command = f"{WHOSAYS} serve --port 0 --tiles 'https://tiles.example.org/{{z}}/{{x}}/{{y}}.png'"
    with served(command, environment(tmp_path)) as server:
        assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in server.get("/map")[1]
