"""Files in, rows out: which files are read, and what the report says of them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.engines import fake
from tests.engines.fake import Clock, items, read_page, run, write
from tests.stores import Places
from whosays import ledger
from whosays.engines import local
from whosays.engines.local import one_by_one
from whosays.errors import AssetError, Misuse
from whosays.fetch import Fetched
from whosays.inputs import Item
from whosays.nouns import Meta, Refusal, Stage
from whosays.pipeline import Page

FILES = {"b/2.txt": "2", "a/1.txt": "1", "a/1-again.txt": "1 Lies!", "a/copy.txt": "1", "odd.txt": "odd", "none": ""}


def test_report_counts_every_file_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", FILES)
    first, second = run(folder, tmp_path / "w.db"), run(folder, tmp_path / "w.db")
    assert (first.pages, first.new, first.reprints, first.again, first.known) == (6, 2, 0, 1, 1)
    assert first.claims == 3 * fake.CLAIMS
    assert first.refused == {"empty": 1, "odd": 1}
    assert first.seconds > 0
    assert (second.pages, second.known, second.claims, second.refused) == (6, 6, 0, {})
    with ledger.open(str(tmp_path / "w.db")) as store:
        assert store.counts().refusals == first.refused


def test_a_new_reader_reads_everything_again(at: Places, tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", {"1": "1", "2": "2"})
    with ledger.open(at.new()) as store:
        reports = [
            local.ingest(items(folder), store, read=one_by_one(read_page), reader=reader, clock=Clock())
            for reader in ("fake/1", "fake/2")
        ]
        assert [(r.new, r.again) for r in reports] == [(2, 0), (0, 2)]
        assert {e.reader for e in store.claims()} == {"fake/2"}


def test_files_are_read_in_order_and_hidden_ones_are_not(at: Places, tmp_path: Path) -> None:
    files = {"b": "2", "a/z": "1", "a/.hidden": "3", ".git/x": "4", "a.txt": "5", "c/d/e": "6"}
    folder = write(tmp_path / "pages", files)
    (folder / "c" / "round").symlink_to(folder, target_is_directory=True)
    seen: list[tuple[int, str]] = []
    with ledger.open(at.new()) as store:
        local.ingest(
            items(folder, folder / "b", folder / "a" / ".hidden"),
            store,
            read=one_by_one(read_page),
            reader="fake/1",
            clock=Clock(),
            progress=lambda n, name: seen.append((n, str(Path(name).relative_to(folder)))),
        )
    names = ["a.txt", "b", "a/z", "c/d/e", "a/.hidden"]
    assert seen == list(enumerate(names, 1)), "named files are read, hidden or not"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", {"1": "1"})
    os.mkfifo(folder / "pipe")
    (folder / "dangling").symlink_to("nowhere")
    report = run(folder, tmp_path / "w.db")
    assert (report.new, report.refused) == (1, {"unreadable": 2})
    run(folder, tmp_path / "w.db")
    with ledger.open(str(tmp_path / "w.db")) as store:
        assert store.counts().refusals == {"unreadable": 2}, "the second run does not count them again"


def test_the_reader_is_told_the_name_and_the_time(at: Places, tmp_path: Path) -> None:
    told: list[Meta] = []

    def read(data: bytes, meta: Meta) -> Page | Refusal:
        told.append(meta)
        return read_page(b"odd", meta)

    with ledger.open(at.new()) as store:
        folder = write(tmp_path / "pages", {"long": "1"})
        local.ingest(items(folder), store, read=one_by_one(read), reader="fake/1", clock=Clock())
    assert [(meta.name, meta.url, meta.fetched_at is not None) for meta in told] == [("long", None, True)]


def test_a_missing_path_is_misuse_before_anything_is_read(at: Places, tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", {"1": "1"})
    with ledger.open(at.new()) as store:
        with pytest.raises(Misuse, match="nowhere"):
            local.ingest(
                items(folder, tmp_path / "nowhere"), store, read=one_by_one(read_page), reader="fake/1", clock=Clock()
            )
        assert store.counts().articles == 0


def test_a_page_on_which_our_code_breaks_costs_one_refusal(at: Places, tmp_path: Path) -> None:
    def fragile(data: bytes, meta: Meta) -> Page | Refusal:
        if data == b"2":
            raise ZeroDivisionError("nobody thought of this")
        return read_page(data, meta)

    folder = write(tmp_path / "pages", {"1": "1", "2": "2", "3": "3"})
    with ledger.open(at.new()) as store:
        report = local.ingest(items(folder), store, read=one_by_one(fragile), reader="fake/1", clock=Clock())
        assert (report.new, report.refused) == (2, {"bug": 1})
        assert report.bug == "ZeroDivisionError: nobody thought of this. Please report it with the page: 2."
        assert store.counts().refusals == {"bug": 1}
        report = local.ingest(items(folder), store, read=one_by_one(read_page), reader="fake/1", clock=Clock())
        assert (report.new, report.known, report.refused, report.bug) == (1, 2, {}, None), "mended, it is read"
        assert store.counts().refusals == {}


@pytest.mark.parametrize(
    "error", [AssetError("places.bin: damaged."), MemoryError(), OSError(24, "Too many open files")]
)
def test_what_is_no_fault_of_the_page_ends_the_run(at: Places, tmp_path: Path, error: Exception) -> None:
    def broken(data: bytes, meta: Meta) -> Page | Refusal:
        raise error

    folder = write(tmp_path / "pages", {"1": "1", "2": "2"})
    with ledger.open(at.new()) as store:
        with pytest.raises(type(error)):
            local.ingest(items(folder), store, read=one_by_one(broken), reader="fake/1", clock=Clock())
        assert store.counts().refusals == {}


def test_a_day_given_later_is_in_force_for_pages_read_before_and_for_later_readers(at: Places, tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", {"1": "1", "odd": "odd"})
    clock = Clock()

    def read(data: bytes, meta: Meta) -> Page | Refusal:
        page = read_page(data, meta)
        if isinstance(page, Refusal) or meta.published is None:
            return page
        return replace(page, article=replace(page.article, published=meta.published))

    def again(given: date | None, reader: str = "fake/1") -> tuple[int, date | None]:
        report = local.ingest(items(folder), store, read=one_by_one(read), reader=reader, clock=clock, published=given)
        return report.new + report.again, next(store.claims()).article.published

    first, second = date(2017, 11, 8), date(2016, 1, 1)
    with ledger.open(at.new()) as store:
        plain = again(None)[1]
        assert plain not in (None, first, second)
        assert [again(first), again(first), again(None)] == [(1, first), (0, first), (0, first)]
        assert [again(second), again(second), again(first)] == [(1, second), (0, second), (1, first)]
        assert again(None, "fake/2") == (1, first), "a later reader keeps to it"


def test_addresses_become_the_pages_there_and_say_where_they_were() -> None:
    def fetch(url: str) -> Fetched | Refusal:
        if url.endswith("/gone"):
            return Refusal(Stage.FETCH, "status", "news.example answered 404")
        return Fetched("https://news.example/b", "text/html", b"2", (url,))

    asked = [
        Item("page", b"1", Meta(name="page")),
        *(Item(url, None, Meta(url=url)) for url in ("https://news.example/a", "https://news.example/gone")),
    ]
    page, led, gone = local.fetched(asked, fetch)
    assert page == asked[0]
    assert (led.name, led.data, led.meta) == (
        "https://news.example/a",
        b"2",
        Meta(url="https://news.example/b", content_type="text/html"),
    )
    assert isinstance(gone.data, Refusal)
    assert gone.data.reason == "status"
