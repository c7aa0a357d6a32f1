"""`whosays ingest`: what it counts, what it refuses, and how it ends."""

from __future__ import annotations

import contextlib
import gzip
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.faces.cli.test_read import STORY
from whosays import pipeline
from whosays.actors import Roster
from whosays.errors import AssetError
from whosays.faces.cli.ingest import _road
from whosays.nouns import Meta, Refusal
from whosays.profile import Profile


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

    def fragile(data: bytes, meta: Meta, *, known: Roster | None, profile: Profile) -> pipeline.Page | Refusal:
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
    def broken(data: bytes, meta: Meta, *, known: Roster | None, profile: Profile) -> pipeline.Page | Refusal:
        raise AssetError("places.bin: damaged. Install again.")

    monkeypatch.setattr(pipeline, "read_page", broken)
    ran = run("ingest", str(put("a.txt")))
    assert (ran.code, ran.out, ran.err) == (70, "", "whosays: places.bin: damaged. Install again.\n")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """As on a terminal: a suite that runs in the background ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_a_library_swallows_ends_the_run_after_the_page_at_hand() -> None:
    with _road(0) as road:
        road.page(1, "a.txt")
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            road.page(2, "b.txt")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("interruptible")
def test_a_job_in_the_background_goes_on_ignoring_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _road(0) as road:
        signal.raise_signal(signal.SIGINT)
        road.page(1, "a.txt")


def warc(*pages: str) -> bytes:
    """Pages as a crawler keeps them."""
    records = []
    for number, page in enumerate(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        head += "WARC-Date: 2023-01-14T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        records.append(
            gzip.compress(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n", mtime=0)
        )
    return b"".join(records)


def html(text: str) -> str:
    headline, *paragraphs = text.split("\n\n")
    return f"<html><body><article><h1>{headline}</h1>{''.join(f'<p>{one}</p>' for one in paragraphs)}</article></body></html>"


COOKING = html(
    "The best soups of the season\n\n"
    + "Peel the carrots and cut them into small cubes, then let the butter melt in a large pot over a low heat. " * 4
)


@pytest.mark.slow
def test_of_an_archive_only_what_may_be_on_conflict_is_read_unless_all_is_wanted(run: Run) -> None:
    Path("news.warc.gz").write_bytes(warc(html(STORY), COOKING))
    some, again = (" ".join(run("ingest", "news.warc.gz", "--workers", "1").out.split()) for _ in range(2))
    assert "2 pages" in some
    assert "1 new article" in some
    assert "Refused: not conflict 1." in some
    assert "2 known before" in again
    everything = " ".join(run("--ledger", "all.db", "ingest", "news.warc.gz", "--all", "--profile").out.split())
    assert "2 new articles" in everything
    assert "encoder" in everything


@pytest.mark.slow
def test_parts_are_made_and_loaded(run: Run) -> None:
    pytest.importorskip("pyarrow")
    Path("news.warc.gz").write_bytes(warc(html(STORY), COOKING))
    first, second = (" ".join(run("ingest", "news.warc.gz", "--parts", "parts").out.split()) for _ in range(2))
    assert first.startswith("1 part in parts, 0 of them there before: 2 pages")
    assert second.startswith("1 part in parts, 1 of them there before: 2 pages")
    loaded = run("load", "parts")
    assert loaded.code == 0
    assert "1 new article" in loaded.out


def test_a_cluster_needs_a_folder_for_its_parts(run: Run) -> None:
    ran = run("ingest", "news", "--engine", "dask")
    assert (ran.code, "--parts FOLDER" in ran.err) == (2, True)
