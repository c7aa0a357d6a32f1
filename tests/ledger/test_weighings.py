"""What weighing came to, asked for: pages of listings join without gap or repetition, and filters say what the ledger's own say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.simulated_press import READER
from benchmarks.simulation import Stream
from tests.ledger.test_judgements import ARTICLE, NOW, TAKEN, judge, read, undo
from tests.stores import Places
from whosays import ledger, weigh
from whosays.engines import standing
from whosays.errors import Misuse
from whosays.ledger import Ledger, Paged, Weighings, weighings
from whosays.nouns import Capture, LaneKind, Verdict


@pytest.fixture(scope="module")
def opened(at: Places) -> Iterator[Ledger]:
    """Made-up news: 150 claims on a few towns, weighed."""
    path = at.kept(lasting=True)
    source = Stream(seed=8, towns=6)
    with ledger.open(path, create=True) as store:
        for page in map(source.page, range(30)):
            store.add(page.capture, page.claims, name="made", reader=READER, body=page.body)
        standing.refresh(path, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        yield store


def paged(listing: Callable[..., Paged[object]], limit: int, **filters: object) -> list[object]:
    found: list[object] = []
    page = listing(limit=limit, **filters)
    while True:
        assert len(page.rows) <= limit
        found += page.rows
        if page.next is None:
            return found
        page = listing(limit=limit, after=page.next, **filters)


LISTINGS = ("places", "sources", "actors", "disputes", "questions", "claims")


@pytest.mark.parametrize("verb", LISTINGS)
def test_pages_join_without_gap_or_repetition(opened: Ledger, verb: str) -> None:
    listing = getattr(opened.weighings, verb)
    whole = paged(listing, 1_000)
    assert len(whole) >= 3
    assert paged(listing, 2) == whole
    assert paged(listing, len(whole)) == whole, "a page that ends with the last row has no next"


def test_the_most_comes_first(opened: Ledger) -> None:
    kept = opened.weighings
    assert [one.claims for one in kept.places().rows] == sorted(
        (one.claims for one in kept.places().rows), reverse=True
    )
    weights = [one.weight for one in kept.disputes().rows]
    assert weights == sorted(weights, reverse=True)
    days = [one.article.published or date.min for one in kept.claims(limit=500).rows]
    assert days == sorted(days, reverse=True)


@pytest.mark.slow_on_server
def test_filters_of_claims_are_those_of_the_ledger(opened: Ledger) -> None:
    kept = opened.weighings
    every = list(opened.claims())
    one = every[40]
    place, source = weigh.place_key(one.claim.place), weigh.voice_key(one)
    actor, day = weigh.party_key(one.claim.actor), one.article.published
    for filters in (
        {"place": place},
        {"source": source},
        {"actor": actor},
        {"type": one.claim.type},
        {"article": one.article.id},
        {"since": day},
        {"until": day},
        {"place": place, "type": "capture"},
        {"actor": actor, "place": place},
        {"text": "forces"},
        {"text": "take", "place": place},
    ):
        wanted = {other.claim.id for other in opened.claims(**filters)}  # type: ignore[arg-type]
        assert {other.claim.id for other in paged(kept.claims, 7, **filters)} == wanted, filters  # type: ignore[attr-defined]
        assert wanted


def test_words_are_found_the_same_however_many_have_them(opened: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    place = opened.weighings.places().rows[0].key
    alone, there = (paged(opened.weighings.claims, 5, text="take", **also) for also in ({}, {"place": place}))
    monkeypatch.setattr(weighings, "FEW", 0)
    assert paged(opened.weighings.claims, 5, text="take", place=place) == there
    read_last = paged(opened.weighings.claims, 5, text="take")
    assert {one.claim.id for one in read_last} == {one.claim.id for one in alone}  # type: ignore[attr-defined]
    assert len(read_last) == len(alone)
    assert len(alone) > 5


def test_one_is_what_the_listing_has(opened: Ledger) -> None:
    kept: Weighings = opened.weighings
    for head in kept.places().rows:
        assert kept.place(head.key) == head
    for voice in kept.sources().rows:
        assert kept.source(voice.key) == voice
    for asked, answers in kept.questions(limit=20).rows:
        for claim in asked.claims:
            assert kept.question(claim) == (asked, answers)
    for one in kept.disputes().rows:
        assert kept.dispute(one.id) == one
        assert all(one in kept.disputes(claim=claim).rows for claim in one.dispute.claims)
    for record in kept.records("source").rows:
        assert kept.record("source", record.key) == record
    assert kept.place("nowhere") is None
    assert kept.question("none") is None


def test_records_are_those_of_all_words(opened: Ledger) -> None:
    told = {one.who: one for one in weigh.record(tuple(opened.claims()))}
    assert told
    for kept in paged(opened.weighings.records, 5, kind="source"):
        assert kept == told[kept.who]  # type: ignore[attr-defined]


def test_raw_control_says_what_standings_say(opened: Ledger) -> None:
    known = date(2021, 1, 1)
    raw = {
        (row[0], row[1], row[2], row[5], row[10])
        for row in opened.weighings.control_rows()
        if str(row[3]) <= known.isoformat() and (row[4] is None or str(row[4]) >= known.isoformat())
    }
    told = {
        (one.place, one.kind.value, one.who, one.control.since and one.control.since.isoformat(), one.control.says)
        for one in opened.weighings.standings(known_on=known)
    }
    assert raw == told
    assert {row[1] for row in opened.weighings.control_rows(LaneKind.SIDE)} == {"side"}


@pytest.mark.parametrize("after", ["", "[]", "[1]", '["x", 2, 3]', "{", '["x", "y"]', "null"])
def test_what_no_page_gave_is_refused(opened: Ledger, after: str) -> None:
    for verb in LISTINGS:
        with pytest.raises(Misuse, match="no place in this listing"):
            getattr(opened.weighings, verb)(after=after)


def test_news_is_paged_by_number(opened: Ledger) -> None:
    kept = opened.weighings
    all_ = kept.changes(limit=1_000)
    assert [one.number for one in all_] == sorted({one.number for one in all_})
    assert kept.changes(after=all_[2].number, limit=2) == all_[3:5]
    assert kept.latest_changes(limit=2) == all_[:-3:-1]
    assert kept.latest_changes(before=all_[2].number) == all_[1::-1]


def test_a_claim_was_first_read_when_the_first_reader_read_it(at: Places) -> None:
    with ledger.open(at.kept(), create=True) as opened:
        read(opened, (TAKEN,))
        again = Capture(ARTICLE, "other bytes", NOW + timedelta(days=1))
        opened.add(again, (TAKEN,), name="a.txt", reader="fake/2", body="body")
        assert [one.read_at for one in opened.claims()] == [NOW + timedelta(days=1)]
        assert opened.weighings.first_read([TAKEN.id, "nobody's"]) == {TAKEN.id: NOW}


def test_a_claim_is_found_by_its_id_whatever_was_judged_and_undone_since_it_was_weighed(at: Places) -> None:
    path = at.kept()

    def weighed() -> None:
        standing.refresh(path, clock=lambda: NOW)

    with ledger.open(path, create=True) as opened:
        read(opened, (TAKEN,))
        weighed()
        found = opened.weighings.claims_of([TAKEN.id])
        corrected = judge(opened, Verdict.CORRECTED, TAKEN.id, type="control")
        assert opened.weighings.claims_of([TAKEN.id])[TAKEN.id].claim.type == "control"
        weighed()
        undo(opened, corrected)
        assert opened.weighings.claims_of([TAKEN.id]) == found
