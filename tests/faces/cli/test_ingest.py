"""`whosays ingest`: what it counts, what it refuses, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.faces.cli.test_read import STORY
from whosays import pipeline
from whosays.actors import Roster
from whosays.errors import AssetError
from whosays.nouns import Meta, Refusal


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
    assert told.startswith("3 pages in ")
    assert (
        "1 new article, 1 reprint of identical text, 0 near copies, 0 read again, 0 known before, 1 refused. " in told
    )
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


@pytest.mark.slow
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
    assert "No pages in bare" in ran.err


def test_the_day_given_is_that_of_all_pages(run: Run) -> None:
    put("news/a.txt")
    run("ingest", "news", "--published", "2023-02-01")
    assert run("claims").out.startswith("2023-02-01  ")


def test_a_day_given_for_a_page_read_before_is_in_force(run: Run) -> None:
    put("news/a.txt")
    run("ingest", "news")
    assert run("claims").out.startswith("2023-01-13  ")
    assert "1 read again, 0 known before" in " ".join(run("ingest", "news", "--published", "2023-02-01").out.split())
    told = run("claims").out
    assert told.startswith("2023-02-01  ")
    assert "0 read again, 1 known before" in " ".join(run("ingest", "news", "--published", "2023-02-01").out.split())
    run("ingest", "news")
    assert run("claims").out == told


def test_a_bug_on_one_page_is_told_after_the_report_and_ends_with_70(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt")
    put("b.txt", STORY.replace("Soledar", "Bakhmut"))
    whole = pipeline.read_page

    def fragile(data: bytes, meta: Meta, *, known: Roster | None) -> pipeline.Page | Refusal:
        if meta.name == "a.txt":
            raise ZeroDivisionError("nobody thought of this")
        return whole(data, meta, known=known)

    monkeypatch.setattr(pipeline, "read_page", fragile)
    ran = run("ingest", "a.txt", "b.txt")
    assert ran.code == 70
    assert "1 new article" in ran.out
    assert "Refused: bug 1." in ran.out
    assert ran.err.startswith("whosays: a bug of ours: ZeroDivisionError: nobody thought of this. Please report it")
    assert "a.txt" in ran.err
    assert ran.err.count("\n") == 1
    monkeypatch.setattr(pipeline, "read_page", whole)
    ran = run("ingest", "a.txt", "b.txt")
    assert ran.code == 0
    assert "1 new article" in ran.out


def test_a_damaged_installation_ends_the_run_with_70_and_its_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, meta: Meta, *, known: Roster | None) -> pipeline.Page | Refusal:
        raise AssetError("places.bin: damaged. Install again.")

    monkeypatch.setattr(pipeline, "read_page", broken)
    ran = run("ingest", str(put("a.txt")))
    assert (ran.code, ran.out, ran.err) == (70, "", "whosays: places.bin: damaged. Install again.\n")
