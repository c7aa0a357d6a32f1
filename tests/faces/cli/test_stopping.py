"""SIGTERM, to real processes: what is in hand is finished or waits again, nothing is half, and it is over soon."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faces.cli.test_read import STORY
from whosays import ledger
from whosays.engines import jobs
from whosays.engines.jobs import State
from whosays.faces.cli import INTERRUPTED, TERMINATED
from whosays.nouns import Meta

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-c", "import sys; from whosays.faces.cli import main; sys.exit(main())"]
PAGES = 40
SOON = 12.0


def begin(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[float, str]:
    """Seconds until it was over, and what it said on standard error."""
    begun = time.monotonic()
    process.send_signal(number)
    try:
        _, wrong = process.communicate(timeout=60)
    finally:
        process.kill()
    return time.monotonic() - begun, wrong


def until(so: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def pages(folder: Path) -> Path:
    """So many different pages."""
    news = folder / "news"
    news.mkdir()
    for n in range(PAGES):
        (news / f"{n:02}.txt").write_text(STORY.replace("\n", f"\n\nNumber {n} of the reports.\n", 1), "utf-8")
    return news


def articles(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, TERMINATED), (signal.SIGINT, INTERRUPTED)])
def test_ingest_ends_after_the_page_in_hand_and_goes_on_when_run_again(tmp_path: Path, number: int, code: int) -> None:
    news, db = pages(tmp_path), tmp_path / "whosays.db"
    running = begin(tmp_path, "--log-level", "info", "ingest", str(news))
    until(lambda: articles(db) > 2)
    took, wrong = stop(running, number)
    assert running.returncode == code
    assert took < SOON
    assert '"event": "ingest stopped"' in wrong
    assert "Traceback" not in wrong
    some = articles(db)
    assert 2 < some < PAGES
    with ledger.open(str(db)) as book:
        assert list(ledger.check(book)) == []
    again = begin(tmp_path, "ingest", str(news))
    out, wrong = again.communicate(timeout=120)
    assert (again.returncode, wrong) == (0, "")
    assert articles(db) == PAGES
    assert f"{some} known before" in " ".join(out.split())


def test_ingest_into_parts_leaves_no_half_part(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    news, parts = pages(tmp_path), tmp_path / "parts"
    running = begin(tmp_path, "ingest", str(news), "--parts", str(parts))
    until(lambda: parts.exists() and any(parts.iterdir()))
    took, wrong = stop(running)
    assert running.returncode == TERMINATED
    assert took < SOON
    assert "Traceback" not in wrong
    assert list(parts.iterdir()) == []


def test_serve_ends_at_once_where_nothing_is_in_hand(tmp_path: Path) -> None:
    running = begin(tmp_path, "--log-level", "info", "serve", "--port", "0")
    assert running.stdout is not None
    until(lambda: "Open http" in running.stdout.readline())  # type: ignore[union-attr]
    time.sleep(2)
    took, wrong = stop(running)
    assert running.returncode == TERMINATED
    assert took < SOON / 2
    assert "Traceback" not in wrong


def test_serve_drops_a_page_that_takes_long_and_it_waits_again(tmp_path: Path) -> None:
    """A page of a million letters takes longer than a page may: its reader is killed after ten seconds, so stopping comes first."""
    db = tmp_path / "whosays.db"
    with ledger.open(str(db), create=True):
        pass
    waiting = jobs.open(str(db), clock=lambda: datetime.now(UTC))
    running = begin(tmp_path, "serve", "--port", "0")
    assert running.stdout is not None
    until(lambda: "Open http" in running.stdout.readline())  # type: ignore[union-attr]
    small = waiting.submit(STORY.encode(), Meta(name="first.txt"), by="anna")
    until(lambda: waiting.get(small.id).state is State.DONE)  # type: ignore[union-attr]
    paragraph = "Troops of the {n}th brigade captured the town of Soledar on Friday, General Number{n} said.\n\n"
    large = "Heavy fighting\n\n" + "".join(paragraph.format(n=n) for n in range(11_000))
    job = waiting.submit(large.encode(), Meta(name="long.txt"), by="anna")
    until(lambda: waiting.get(job.id).state is State.RUNNING)  # type: ignore[union-attr]
    took, wrong = stop(running)
    assert running.returncode == TERMINATED
    assert took < SOON
    assert "Traceback" not in wrong
    found = waiting.get(job.id)
    assert found is not None
    assert found.state is State.QUEUED, (found, took)
    assert waiting.take() is not None, "as if it had not been taken"
    waiting.close()
