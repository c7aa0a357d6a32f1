"""What goes in comes out, once, and in an order of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger import made
from tests.ledger.made import NOW, Made
from tests.stores import Places
from whosays import ledger
from whosays.errors import Misuse
from whosays.ledger import Ledger, Outcome, rows
from whosays.nouns import (
    BUG,
    Article,
    ArticleHead,
    Capture,
    Count,
    Evidence,
    Extraction,
    Party,
    Place,
    Refusal,
    Stage,
    When,
    Where,
)

READER = "test/1"


def add(store: Ledger, page: Made, *, reader: str = READER, given: date | None = None) -> Outcome | Refusal:
    return store.add(page.capture, page.claims, name=page.name, reader=reader, body=page.body, given=given)


def head(article: Article, body: str) -> ArticleHead:
    return ArticleHead(
        article.id, article.headline, article.published, article.agency, article.publisher, article.url, body
    )


@contextmanager
def blank(at: Places) -> Iterator[Ledger]:
    """An empty ledger, without the time that making one takes."""
    with ledger.open(at.kept()) as store:
        yield store


def view(store: Ledger) -> tuple[object, ...]:
    """All that can be read back."""
    heads = tuple(store.heads())
    return heads, tuple(store.article(h.id) for h in heads), tuple(store.claims()), store.counts()


@pytest.mark.slow
@settings(max_examples=50)
@given(made.pages())
def test_round_trip(at: Places, page: Made) -> None:
    with blank(at) as store:
        assert add(store, page) is Outcome.NEW
        assert store.article(page.capture.article.id) == page.capture.article
        own = head(page.capture.article, page.body)
        assert tuple(store.heads()) == (own,)
        expected = sorted(page.claims, key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))
        assert tuple(store.claims()) == tuple(Extraction(claim, own, READER, NOW) for claim in expected)


few_ids = made.hex_ids | st.sampled_from(["a" * 16, "b" * 16])
several = st.lists(made.pages(few_ids), max_size=4, unique_by=lambda page: rows.bundle(page.capture).capture["id"])
"""A reader finds the same claims each time it reads the same capture, so no capture comes twice."""


@pytest.mark.slow
@settings(max_examples=30)
@given(several, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(at: Places, pages: list[Made], random: Random) -> None:
    shuffled = [*pages, *pages]
    random.shuffle(shuffled)
    with blank(at) as once, blank(at) as twice:
        for page in pages:
            add(once, page)
        for page in shuffled:
            add(twice, page)
        before = view(twice)
        for page in pages:
            assert add(twice, page) is Outcome.KNOWN
        assert view(once) == view(twice) == before


@pytest.mark.slow_on_server
def test_outcomes(at: Places) -> None:
    page = made.page(1)
    reprint = replace(made.page(2), body=page.body)
    with ledger.open(at.new()) as store:
        assert add(store, page) is Outcome.NEW
        assert add(store, page) is Outcome.KNOWN
        assert add(store, reprint) is Outcome.REPRINT
        assert add(store, made.recaptured(page, "Lies!")) is Outcome.AGAIN
        assert add(store, page, reader="test/2") is Outcome.AGAIN
        assert store.has(page.capture.raw, READER)
        assert not store.has(page.capture.raw, "test/3")
        tally = store.counts()
        assert (tally.articles, tally.captures, tally.claims, tally.reprints) == (2, 3, 40, 1)


def test_the_latest_reader_wins_whatever_the_order(at: Places) -> None:
    page = made.page(1, claims=3)
    corrected = replace(page, claims=(replace(page.claims[0], confidence=0.1), page.claims[1]))
    for first, second in ((("en/9", page), ("en/10", corrected)), (("en/10", corrected), ("en/9", page))):
        with ledger.open(at.new()) as store:
            for reader, version in (first, second):
                add(store, version, reader=reader)
            assert [e.claim for e in store.claims()] == list(corrected.claims)
            assert {e.reader for e in store.claims()} == {"en/10"}


def test_bytes_that_a_later_reader_reads_as_another_article_count_once(at: Places) -> None:
    page, other = made.page(1), made.page(2)
    other = replace(other, capture=replace(other.capture, raw=page.capture.raw))
    with ledger.open(at.new()) as store:
        add(store, page, reader="en/1")
        add(store, other, reader="en/2")
        assert [h.id for h in store.heads()] == [other.capture.article.id]
        assert {e.claim.article for e in store.claims()} == {other.capture.article.id}
        assert store.article(page.capture.article.id) == page.capture.article  # still there for who has its id


def test_claims_point_into_the_text_that_is_read_back(at: Places) -> None:
    page = made.page(1)
    with ledger.open(at.new()) as store:
        add(store, made.recaptured(page, "First!"))
        add(store, page)
        article = store.article(page.capture.article.id)
        assert len(article.comments) == 1, "the capture with most comments speaks for the article"
        for e in store.claims(article=article.id[:6]):
            assert article.text[e.claim.evidence.start : e.claim.evidence.end] == e.claim.evidence.exact


def test_filters_agree_with_looking_at_every_claim(at: Places) -> None:
    pages = [made.page(n, claims=8) for n in range(12)]
    with ledger.open(at.new()) as store:
        for page in pages:
            add(store, page)
        every = tuple(store.claims())
        assert len(every) == 96

        def where(test: object) -> tuple[Extraction, ...]:
            return tuple(e for e in every if test(e.claim))  # type: ignore[operator]

        some = every[40].claim
        assert some.place is not None
        assert some.place.place is not None
        assert some.place.words is not None
        for named in (some.place.place.key, some.place.words, some.place.words.upper()):
            found = tuple(store.claims(place=named))
            assert some in [e.claim for e in found]
            assert set(found) <= set(every)
        assert tuple(store.claims(place="DEIR EZ ZOR")) == where(lambda c: c.place.words == "Deir ez-Zor")
        assert tuple(store.claims(actor="sdf")) == where(lambda c: c.actor.actor == "sdf") != ()
        assert tuple(store.claims(actor="syrian-army")) == where(lambda c: c.actor.actor == "syrian-army") != ()
        assert tuple(store.claims(source="A Commander")) == where(lambda c: c.source.mention == "a commander") != ()
        assert tuple(store.claims(type="attack", actor="SDF")) == where(
            lambda c: c.type == "attack" and c.actor.words == "SDF"
        )
        assert tuple(store.claims(text='"took albu kamal"')) == where(lambda c: "took Albu Kamal" in c.evidence.exact)
        assert tuple(store.claims(place="Atlantis")) == ()


def test_days(at: Places) -> None:
    page = made.page(1, claims=4)
    day = page.capture.article.published
    assert day is not None
    times = (When(date(2011, 1, 1), date(2011, 1, 31), 3), When(None, date(2011, 2, 1), 3), When(day, None, 3), None)
    page = replace(page, claims=tuple(replace(c, time=t) for c, t in zip(page.claims, times, strict=True)))

    def found(since: date | None, until: date | None) -> list[int]:
        return [times.index(e.claim.time) for e in store.claims(since=since, until=until)]

    with ledger.open(at.new()) as store:
        add(store, page)
        assert found(None, None) == [0, 1, 2, 3]
        assert found(date(2011, 1, 31), date(2011, 1, 31)) == [0, 1]
        assert found(date(2011, 2, 1), date(2011, 2, 1)) == [1]
        assert found(date(2011, 2, 2), None) == [2, 3], "the untimed claim counts on its day of publication"
        assert found(None, date(2010, 1, 1)) == [1]
        assert found(date(2020, 1, 1), None) == [2]


def test_search_finds_the_article_and_not_its_comments(at: Places) -> None:
    page = made.recaptured(made.page(3), "Zeppelins everywhere")
    with ledger.open(at.new()) as store:
        add(store, page)
        add(store, made.page(4))
        hits = store.search('"report 3" RAQQA')
        assert [hit.article.id for hit in hits] == [page.capture.article.id]
        assert "Raqqa" in hits[0].excerpt
        assert store.search("zeppelins") == ()
        for odd in (
            "",
            "   ",
            '"',
            "-",
            "AND",
            "text:x",
            "NEAR(",
            "*",
            "a OR",
            "\x00",
            "a\x00b",
            "'; DROP TABLE articles",
        ):
            store.search(odd)
            tuple(store.claims(text=odd))


def test_refusals_are_counted_once_and_overruled_by_later_readers(at: Places) -> None:
    empty = Refusal(Stage.PAGES, "empty", "Nothing in it.")
    page = made.page(1)
    with ledger.open(at.new()) as store:
        for _ in range(2):
            store.refuse(empty, raw=page.capture.raw, name="a.html", reader="en/1", read_at=NOW)
        store.refuse(empty, raw=None, name="b\udcff.html", reader="en/1", read_at=NOW)
        assert store.has(page.capture.raw, "en/1")
        assert store.counts().refusals == {"empty": 2}
        add(store, page, reader="en/2")
        assert store.counts().refusals == {"empty": 1}


def test_a_refusal_by_a_bug_of_ours_says_nothing_of_the_bytes(at: Places) -> None:
    page = made.page(1)
    with ledger.open(at.new()) as store:
        for _ in range(2):
            store.refuse(
                Refusal(Stage.PIPELINE, BUG, "Oh."), raw=page.capture.raw, name="a", reader=READER, read_at=NOW
            )
        assert not store.has(page.capture.raw, READER)
        assert store.counts().refusals == {BUG: 1}
        add(store, page)
        assert store.has(page.capture.raw, READER)
        assert store.counts().refusals == {}, "mended: the same reader has read the bytes since"


def published(page: Made, day: date, minute: int) -> Made:
    """The page as it is read when the user gives its day."""
    article = replace(page.capture.article, published=day)
    return replace(page, capture=Capture(article, page.capture.raw, NOW + timedelta(minutes=minute)))


@pytest.mark.slow_on_server
def test_the_day_that_the_user_gave_last_is_in_force_whatever_the_order(at: Places) -> None:
    plain, first, second = made.page(1, claims=3), date(2017, 1, 1), date(2016, 1, 1)
    readings = [(plain, None), (published(plain, first, 1), first), (published(plain, second, 2), second)]
    raw = plain.capture.raw
    for order in permutations(readings):
        with ledger.open(at.new()) as store:
            for page, given in order:
                add(store, page, given=given)
            assert {e.article.published for e in store.claims()} == {second}
            assert store.article(plain.capture.article.id).published == second
            assert store.given(raw) == second
            assert [store.has(raw, READER, given=day) for day in (None, first, second)] == [True, False, True]
            counts = store.counts()
            assert (counts.articles, counts.captures, counts.claims) == (1, 3, 3)
            assert add(store, published(plain, second, 3), given=second) is Outcome.KNOWN, "nothing new is said"
            assert add(store, published(plain, first, 3), given=first) is Outcome.AGAIN, "he changes his mind, and back"
            assert {e.article.published for e in store.claims()} == {first}
            assert store.counts() == counts, "the capture was there"


def test_what_cannot_be_stored_is_refused_and_leaves_nothing(at: Places) -> None:
    page = made.page(1)
    article, claim = page.capture.article, page.claims[0]

    def changed(**fields: object) -> Made:
        return replace(page, claims=(replace(claim, **fields), *page.claims[1:]))  # type: ignore[arg-type]

    bad = {
        "unstorable": (
            changed(count=Count(10**30, None)),
            replace(page, capture=Capture(replace(article, publisher="\ud800"), page.capture.raw, NOW)),
        ),
        "evidence": (changed(evidence=Evidence("not there", 0, 9, "", "")), changed(article="f" * 16)),
        "identity": (changed(id=page.claims[1].id),),
    }
    with ledger.open(at.new()) as store:
        for reason, pages in bad.items():
            for faulty in pages:
                refusal = add(store, faulty)
                assert isinstance(refusal, Refusal)
                assert (refusal.stage, refusal.reason) == (Stage.LEDGER, reason)
        assert store.counts().articles == 0
        assert tuple(store.heads()) == ()

        add(store, page)
        refusal = add(store, changed(actor=Party("others", None)), reader="test/2")
        assert isinstance(refusal, Refusal)
        assert refusal.reason == "identity"
        assert [e.claim for e in store.claims()] == list(page.claims)


def test_what_is_refused_among_pages_that_are_written_together_leaves_nothing(at: Places) -> None:
    page = made.page(2)
    faulty = replace(page, claims=(*page.claims[1:], replace(page.claims[0], count=Count(10**30, None))))
    with ledger.open(at.new()) as store:
        with store.together():
            add(store, made.page(1))
            refused = add(store, faulty)
            assert isinstance(refused, Refusal)
            store.refuse(refused, raw=page.capture.raw, name="b", reader=READER, read_at=NOW)
            add(store, made.page(3))
        counts = store.counts()
        assert (counts.articles, counts.captures, counts.claims, counts.refusals) == (2, 2, 40, {"unstorable": 1})


def test_a_place_without_words_comes_back(at: Places) -> None:
    page = made.page(1, claims=1)
    page = replace(page, claims=(replace(page.claims[0], place=Where(None, None, inherited=True)),))
    with ledger.open(at.new()) as store:
        add(store, page)
        assert [e.claim for e in store.claims()] == list(page.claims)


def test_a_place_comes_back_with_both_its_divisions(at: Places) -> None:
    page = made.page(1, claims=1)
    town = Place("geo:1", "Soledar", 48.7, 38.1, "UA", "town", 9, 1, "Donetsk", "Bakhmut Raion")
    page = replace(page, claims=(replace(page.claims[0], place=Where("Soledar", None, place=town)),))
    with ledger.open(at.new()) as store:
        add(store, page)
        assert [e.claim for e in store.claims()] == list(page.claims)


def test_articles_are_found_by_the_beginning_of_their_id(at: Places) -> None:
    with ledger.open(at.new()) as store:
        for n in range(40):
            add(store, made.page(n, claims=1))
        article = made.page(7).capture.article
        assert store.article(article.id[:10]).id == article.id
        for wrong in ("", "zz", article.id + "0", "%", article.id[:1]):
            with pytest.raises(Misuse, match="article"):
                store.article(wrong)


def test_writing_while_reading(at: Places) -> None:
    with ledger.open(at.new()) as store:
        for n in range(3):
            add(store, made.page(n))
        for n, _ in enumerate(store.claims()):
            if n % 20 == 0:
                add(store, made.page(100 + n))
        assert store.counts().articles == 6
