"""A copy has all that the source has, in whichever store either lies, and goes on as it would."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.simulation import Stream
from tests.engines.test_standing import clock, put
from tests.ledger import made
from tests.ledger.test_judgements import KILLED, NOW, RAQQA, RAWA, TAKEN, judge, read, undo
from tests.ledger.test_ledger import add, view
from tests.stores import Places
from whosays import ledger
from whosays.engines import standing
from whosays.errors import LedgerError, Misuse
from whosays.ledger import Ledger, moving
from whosays.nouns import Refusal, Stage, Subject, Verdict


def filled(url: str) -> None:
    """Pages, a refusal, bands, copies, judgements of all kinds, and what they come to; with something left to be weighed."""
    with ledger.open(url, create=True) as store:
        for page in map(Stream(seed=3, towns=4).page, range(8)):
            put(store, page)
        read(store, (TAKEN, KILLED))
        store.put_bands(TAKEN.article, (1, -(2**63), 2**63 - 1))
        store.refuse(Refusal(Stage.PAGES, "empty", "Nothing in it."), raw=None, name="b", reader="r/1", read_at=NOW)
        judge(store, Verdict.CORRECTED, TAKEN.id, count=(3, 4))
        undo(store, judge(store, Verdict.REJECTED, KILLED.id))
        judge(store, Verdict.MERGED, RAWA.key, RAQQA.key, about=Subject.PLACE)
        standing.refresh(store.url, clock=clock)
        add(store, made.recaptured(made.page(4), "First!"))


def rows(store: Ledger) -> dict[str, list[str]]:
    """All that a ledger has, as nouns' values."""
    with store._store.reading() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in moving.TABLES}


@pytest.fixture(params=["sqlite", "postgresql"])
def to(request: pytest.FixtureRequest) -> Places:
    """Where it is copied to."""
    places: Places = request.getfixturevalue(request.param)
    return places


@pytest.mark.slow
def test_a_copy_is_the_same_and_goes_on(at: Places, to: Places) -> None:
    one, other = at.kept(), to.kept()
    filled(one)
    with ledger.open(one) as source, ledger.open(other) as copied:
        told = ledger.copy(source, copied)
        kept = rows(source)
        assert rows(copied) == kept
        assert {name: len(found) for name, found in kept.items()} == told
        assert {name for name, n in told.items() if not n} <= {"credits", "comments", "weighed_disputes"}
        assert view(copied) == view(source)
        assert copied.search("First") == ()
        assert [hit.article for hit in copied.search("syrian army")] == [
            hit.article for hit in source.search("syrian army")
        ]
        assert copied.weighings.stale()
        for store in (source, copied):
            add(store, made.page(6))
            judge(store, Verdict.ACCEPTED, KILLED.id)
            standing.refresh(store.url, clock=clock)
        assert view(copied) == view(source)
        assert list(ledger.check(copied)) == []
        with pytest.raises(Misuse, match="not empty"):
            ledger.copy(source, copied)


def test_a_copy_that_is_stopped_has_written_nothing(at: Places) -> None:
    one, other = at.kept(), at.kept()
    with ledger.open(one) as source, ledger.open(other) as copied:
        for n in range(3):
            add(source, made.page(n))

        def stop(table: str, _: int) -> None:
            if table == "extractions":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ledger.copy(source, copied, progress=stop)
        assert not any(rows(copied).values())
        ledger.copy(source, copied)
        assert view(copied) == view(source)


def test_what_is_written_meanwhile_is_not_in_the_copy(at: Places) -> None:
    one, other = at.kept(), at.kept()
    with ledger.open(one) as source, ledger.open(other) as copied:
        add(source, made.page(1))
        before = view(source)

        def write(table: str, _: int) -> None:
            if table == "articles":
                add(source, made.page(2))

        ledger.copy(source, copied, progress=write)
        assert view(copied) == before != view(source)


def test_a_text_with_nul_stays_in_sqlite(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    to: Places = request.getfixturevalue("postgresql")
    page = made.recaptured(made.page(1), "a\0b")
    with ledger.open(str(tmp_path / "w.db"), create=True) as source, ledger.open(to.new()) as copied:
        add(source, page)
        assert source.article(page.capture.article.id) == page.capture.article
        with pytest.raises(LedgerError, match="NUL, which PostgreSQL cannot"):
            ledger.copy(source, copied)
        refused = add(copied, page)
        assert isinstance(refused, Refusal)
        assert refused.reason == "unstorable"
        assert copied.counts().captures == 0
