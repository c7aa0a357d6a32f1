"""`whosays weigh`, and that a small ledger is weighed as it is filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.faces.cli.test_read import STORY
from whosays import ledger
from whosays.engines import standing


def test_a_small_ledger_is_weighed_as_it_is_filled(run: Run) -> None:
    Path("story.txt").write_text(STORY, "utf-8")
    assert run("ingest", "story.txt").code == 0
    with ledger.open("whosays.db") as opened:
        assert opened.weighings.version() == 1
        assert not opened.weighings.stale()
        assert opened.weighings.claims().rows
    assert run("ingest", "story.txt").code == 0
    with ledger.open("whosays.db") as opened:
        assert opened.weighings.version() == 1, "nothing new, nothing weighed"
    assert "all is weighed" in run("weigh").out
    assert "weighed in 1 part" in run("weigh", "--anew").out


def test_a_large_one_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "SECONDS", 0)
    Path("story.txt").write_text(STORY, "utf-8")
    ran = run("ingest", "story.txt")
    assert "`whosays weigh`" in ran.out
    with ledger.open("whosays.db") as opened:
        assert opened.weighings.stale()
    assert "weighed in 1 part" in run("weigh", "--workers", "2").out
    with ledger.open("whosays.db") as opened:
        assert not opened.weighings.stale()
