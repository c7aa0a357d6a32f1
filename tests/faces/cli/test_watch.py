"""`whosays watch`, as it is typed: one round, a stop, and what cannot be meant."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from whosays import ledger
from whosays.engines.watch import state
from whosays.faces.cli.shell import DONE, MISUSE


def inbox(folder: Path) -> Path:
    """A folder with three sample pages, and a file that says to watch it."""
    (folder / "inbox").mkdir()
    for page in sorted(Path(str(files("whosays") / "samples")).glob("*.html"))[:3]:
        shutil.copy(page, folder / "inbox")
        os.utime(folder / "inbox" / page.name, (1_700_000_000, 1_700_000_000))
    (folder / "news.toml").write_text('[[folder]]\npath = "inbox"\nevery = "1s"\n')
    return folder / "inbox"


@pytest.mark.slow
def test_a_round_reads_what_is_there_and_the_next_reads_nothing_twice(run: Run, tmp_path: Path) -> None:
    inbox(tmp_path)
    first = run("watch", "news.toml", "--once")
    assert (first.code, first.err) == (DONE, "")
    assert "asked: folder inbox: 3 new" in first.out
    assert first.out.count(" read: inbox/") == 3
    last = " ".join(first.out.splitlines()[-2:])
    assert last.endswith("1 source asked, 3 new entries; 3 pages read, 3 new articles of them, 0 refused.")
    second = run("watch", "news.toml", "--once")
    assert "0 new entries; 0 pages read" in second.out
    with ledger.open("whosays.db") as book:
        assert book.counts().articles == 3
        assert not book.weighings.stale(), "what is new is weighed"
    assert Path("whosays.db.watch").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_the_page_at_hand(tmp_path: Path, number: signal.Signals) -> None:
    folder = inbox(tmp_path)
    script = Path(sys.executable).parent / "whosays"
    with subprocess.Popen([script, "watch", "news.toml"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if " read: " in line:
                break
        running.send_signal(number)
        rest = running.stdout.read()
    assert running.returncode == DONE
    assert "source asked" in rest
    with ledger.open(str(tmp_path / "whosays.db")) as book:
        assert 1 <= book.counts().articles <= len(list(folder.iterdir()))


def test_two_at_once_are_one_too_many(run: Run, tmp_path: Path) -> None:
    inbox(tmp_path)
    with state.alone(str(tmp_path / "s")):
        ran = run("watch", "news.toml", "--once", "--state", str(tmp_path / "s"))
    assert ran.code == MISUSE
    assert "in use by another `whosays watch`" in ran.err


def test_a_file_that_says_nothing_is_misuse(run: Run, tmp_path: Path) -> None:
    for words in ("", "[[feed]]\nurl = 'here'\n"):
        (tmp_path / "news.toml").write_text(words)
        ran = run("watch", "news.toml", "--once")
        assert ran.code == MISUSE
        assert "news.toml" in ran.err
    assert run("watch", "none.toml").code == MISUSE
    assert not (tmp_path / "whosays.db").exists(), "before anything is made"
