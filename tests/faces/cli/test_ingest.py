"""`whosays ingest`: what it counts, what it refuses, and how it ends."""

from __future__ import annotations

from pathlib import Path

from tests.faces.cli.conftest import Run
from tests.faces.cli.test_read import STORY


def put(name: str, text: str = STORY) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_report_counts_articles_claims_reprints_and_refusals_by_reason(run: Run) -> None:
    put("news/a.txt")
    put("news/b.txt", STORY.replace("Army takes Soledar, ministry says", "Moscow: Soledar is ours"))
    put("news/c.txt", "")
    ran = run("ingest", "news")
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert told.startswith("3 files in ")
    assert "1 new article, 1 reprint of identical text, 0 read again, 0 known before, 1 refused. " in told
    assert " Refused: empty 1. " in told
    assert told.endswith(" claims written to whosays.db.")
    assert ran.err == ""


def test_again_changes_nothing(run: Run) -> None:
    put("news/a.txt")
    run("ingest", "news")
    before = run("claims").out
    ran = run("ingest", "news")
    assert ran.code == 0
    assert "1 known before" in ran.out.replace("\n", " ")
    assert run("claims").out == before


def test_exit_codes_of_refusals(run: Run) -> None:
    put("good.txt")
    put("empty.txt", "")
    assert run("ingest", "good.txt", "empty.txt").code == 0
    assert run("--ledger", "two.db", "ingest", "good.txt", "empty.txt", "--strict").code == 1
    assert run("--ledger", "three.db", "ingest", "good.txt", "--strict").code == 0
    assert run("--ledger", "four.db", "ingest", "empty.txt").code == 3
    assert run("--ledger", "five.db", "ingest", "empty.txt", "--strict").code == 3


def test_misuse(run: Run) -> None:
    ran = run("ingest", "nowhere")
    assert ran.code == 2
    assert "nowhere" in ran.err
    assert run("ingest").code == 2
    Path("bare").mkdir()
    ran = run("ingest", "bare")
    assert ran.code == 2
    assert "No files in bare" in ran.err


def test_the_day_given_is_that_of_all_pages(run: Run) -> None:
    put("news/a.txt")
    run("ingest", "news", "--published", "2023-02-01")
    assert run("claims").out.startswith("2023-02-01  ")
