"""`whosays demo`: informative on two screens, leaves nothing behind, needs no network."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("the demo asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("offline")
def test_the_demo_shows_claims_disputes_and_who_holds_what_on_two_days_each(run: Run, tmp_path: Path) -> None:
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    text = " ".join(ran.out.split())
    assert "14 pages read, 2 reprints among them, 0 refused" in text
    for words in (
        "Who holds Soledar on 2023-01-13?",
        "Who holds Soledar on 2023-01-26?",
        "Who holds Ras al-Ain on 2019-10-13?",
        "Who holds Ras al-Ain on 2019-10-21?",
        "DENIED by",
        "What cannot both be true",
        "CONTESTED",
        "whosays ingest folder/",
    ):
        assert words in text, words
    assert len(lines) <= 100, "more than two screens"
    assert max(map(len, lines)) <= 80
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_demo_is_the_same_every_time(run: Run) -> None:
    assert run("demo").out == run("demo").out


def test_the_demo_takes_less_than_five_seconds(run: Run) -> None:
    started = time.process_time()
    run("demo")
    assert time.process_time() - started < 5


@pytest.mark.slow
def test_nothing_is_written_into_the_users_folder(tmp_path: Path) -> None:
    """onnxruntime writes a number for the machine there, and reports with it, unless it is told not to before it is loaded."""
    command = [str(Path(sys.executable).with_name("whosays")), "demo"]
    done = subprocess.run(
        command, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []
