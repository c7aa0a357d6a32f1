"""Copies are found at ingest, whatever the order, and by whoever comes later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.copies.made import changed, sentences, story
from tests.engines.fake import Clock, items, write
from tests.ledger.test_ledger import blank
from tests.stores import Places
from whosays import copies, ledger
from whosays.copies import wording
from whosays.engines import local
from whosays.engines.copying import Copying
from whosays.engines.local import one_by_one
from whosays.ledger import Ledger
from whosays.nouns import Article, Capture, Copied, Meta, Refusal
from whosays.pipeline import Page

OWN, OTHER = sentences(1, 9), sentences(2, 12)
ARTICLES = {
    "own": story("a1", *OWN),
    "cut": story("b2", *OWN[:5]),
    "changed": story("c3", *changed(OWN, 0.2)),
    "lift": story("d4", *OTHER[:6], *OWN[2:4], *OTHER[6:]),
    "other": story("e5", *OTHER),
    "else": story("f6", *sentences(7, 9)),
    "same": story("a0", *OWN),
}


def read_page(data: bytes, meta: Meta) -> Page | Refusal:
    article = ARTICLES[data.decode()]
    return Page(replace(article, id=article.id.ljust(16, "0")), (), (), ())


def ingest(folder: Path, store: Ledger) -> local.Report:
    return local.ingest(items(folder), store, read=one_by_one(read_page), reader="fake/1", clock=Clock())


def expected() -> list[Copied]:
    """Every two articles compared."""
    every = [wording(replace(one, id=one.id.ljust(16, "0"))) for one in ARTICLES.values()]
    pairs = [copies.compare(a, b) for a in every for b in every if a.article < b.article]
    return sorted((pair for pair in pairs if pair is not None), key=lambda pair: pair.articles)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.permutations(sorted(ARTICLES)))
def test_every_pair_is_found_whatever_the_order(at: Places, order: list[str]) -> None:
    with blank(at) as store:
        copying = Copying(store)
        for name in order:
            _add(store, ARTICLES[name])
            copying.of(replace(ARTICLES[name], id=ARTICLES[name].id.ljust(16, "0")))
        assert list(store.copied()) == expected()


def _add(store: Ledger, article: Article) -> None:
    page = read_page(next(name for name, one in ARTICLES.items() if one is article).encode(), Meta())
    assert isinstance(page, Page)
    capture = ledger_capture(page.article)
    store.add(capture, (), name=article.id, reader="fake/1", body=copies.body(page.article))


def ledger_capture(article: Article) -> Capture:
    return Capture(article, article.id.ljust(64, "0"), Clock()())


def test_the_report_counts_near_copies_and_they_are_read(at: Places, tmp_path: Path) -> None:
    folder = write(tmp_path / "pages", {name: name for name in ARTICLES})
    with ledger.open(at.new()) as store:
        report = ingest(folder, store)
        assert (report.new, report.reprints, report.near) == (6, 1, 4), "all but the first of each story"
        assert list(store.copied()) == expected()
        lifts = {pair.articles for pair in store.copied() if not pair.whole}
        assert ("a1".ljust(16, "0"), "d4".ljust(16, "0")) in lifts
        again = ingest(folder, store)
        assert (again.known, again.near) == (7, 0)
        assert list(store.copied()) == expected()


def test_articles_of_an_older_program_are_compared_at_the_next_ingest(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    folder = write(tmp_path / "pages", {name: name for name in ARTICLES})
    with ledger.open(str(path), create=True) as store:
        ingest(folder, store)
    _back_to_schema_3(path)
    with ledger.open(str(path)) as store:
        assert list(store.copied()) == []
        report = ingest(folder, store)
        assert (report.known, report.new) == (7, 0)
        assert list(store.copied()) == expected()


def _back_to_schema_3(path: Path) -> None:
    """The file as a program of schema 0003 left it."""
    from whosays.ledger import judged, tables_weighed
    from whosays.ledger.sql import sqlite as sql

    newer = [table.name for table in tables_weighed.metadata.sorted_tables]
    newer += [
        table.name for table in (judged.overlay, judged.merged, judged.merged_into, judged.subjects, judged.judgements)
    ]
    engine = sql.engine(str(path))
    with sql.writing(engine.connect()) as connection, connection.begin():
        connection.execute(text("DROP TRIGGER readings_unweighed"))
        for table in (*newer, "bands", "copied", "compared"):
            connection.execute(text(f"DROP TABLE {table}"))
        for index in ("extractions_by_place", "extractions_by_division"):
            connection.execute(text(f"DROP INDEX {index}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    engine.dispose()


def test_what_was_stopped_is_done_at_the_next_ingest(
    at: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "pages", {name: name for name in ARTICLES})
    with ledger.open(at.new()) as store:

        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "put_copied", stop)
            with pytest.raises(KeyboardInterrupt):
                ingest(folder, store)
        assert len(store.not_compared(copies.METHOD)) == 1
        ingest(folder, store)
        assert store.not_compared(copies.METHOD) == ()
        assert list(store.copied()) == expected()
