"""Articles found by their bands; pairs written once and read back as stories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger import made
from tests.ledger.made import Made
from tests.ledger.test_ledger import add, blank
from tests.stores import Places
from whosays import ledger
from whosays.ledger import Ledger
from whosays.ledger.ledger import NEAR
from whosays.nouns import Copied, Span


def filled(store: Ledger, *ids: str) -> None:
    """A page for each id."""
    for n, name in enumerate(ids):
        add(store, renamed(made.page(n, claims=0), name))


def renamed(page: Made, name: str) -> Made:
    return replace(page, capture=replace(page.capture, article=replace(page.capture.article, id=name)))


def pair(a: str, b: str, *, whole: bool = True) -> Copied:
    return Copied((a, b), (0.5, 1.0), ((Span(0, 4), Span(2, 6)), (Span(9, 12), Span(6, 9))), whole)


def test_near_are_those_with_most_bands_in_common(at: Places) -> None:
    with ledger.open(at.new()) as store:
        filled(store, "a", "b", "c", "d")
        for name, bands in {"a": (1, 2, 3), "b": (3,), "c": (2, 3, -(2**63)), "d": (9, 2**63 - 1)}.items():
            store.put_bands(name, bands)
            store.put_bands(name, bands)
        assert store.near((1, 2, 3), but="a") == ("c", "b")
        assert store.near((3,), but="x") == ("a", "b", "c")
        assert store.near((-(2**63), 2**63 - 1), but="d") == ("c",)
        assert store.near((), but="a") == store.near((7,), but="a") == ()
        assert store.near(tuple(range(1000)), but="a") == ("c", "b", "d"), "more bands than a statement takes"


def test_near_are_few_however_many_have_a_band(at: Places) -> None:
    names = [f"{n:03}" for n in range(NEAR + 20)]
    with ledger.open(at.new()) as store:
        filled(store, *names)
        for name in names:
            store.put_bands(name, (5,))
        store.put_bands(names[-1], (6,))
        assert len(store.near((5,), but="000")) == NEAR
        assert store.near((6,), but="000") == (names[-1],)


def test_pairs_come_back_once(at: Places) -> None:
    one, other = pair("a", "b"), pair("b", "c", whole=False)
    with ledger.open(at.new()) as store:
        filled(store, "a", "b", "c")
        store.put_copied("a", (one,), method="m/1")
        store.put_copied("b", (one, other), method="m/1")
        assert tuple(store.copied()) == (one, other)


def test_a_story_comes_whole_with_what_was_lifted_from_it(at: Places) -> None:
    story = (pair("a", "b"), pair("b", "c"))
    lift, beyond = pair("c", "d", whole=False), pair("d", "e")
    with ledger.open(at.new()) as store:
        filled(store, *"abcdefg")
        store.put_copied("a", (*story, lift, beyond, pair("f", "g")), method="m/1")
        for name in "abc":
            assert tuple(store.copied([name])) == (*story, lift)
        assert tuple(store.copied(["e"])) == (lift, beyond)
        assert tuple(store.copied(["a", "f"])) == (*story, lift, pair("f", "g"))
        assert tuple(store.copied([])) == tuple(store.copied(["x"])) == ()


def test_which_articles_have_not_been_compared(at: Places) -> None:
    with ledger.open(at.new()) as store:
        filled(store, "a", "b")
        assert store.not_compared("m/1") == ("a", "b")
        store.put_copied("b", (), method="m/1")
        assert store.not_compared("m/1") == ("a",)
        assert store.not_compared("m/2") == ("a", "b"), "another way of making bands"


def test_an_article_that_a_later_reader_reads_as_another_is_in_no_pair(at: Places) -> None:
    page = made.page(0, claims=0)
    with ledger.open(at.new()) as store:
        add(store, renamed(page, "a"), reader="en/1")
        add(store, renamed(made.page(1, claims=0), "b"), reader="en/1")
        store.put_copied("a", (pair("a", "b"),), method="m/1")
        assert tuple(store.copied()) == (pair("a", "b"),)
        add(store, renamed(page, "c"), reader="en/2")
        assert tuple(store.copied()) == tuple(store.copied(["b"])) == ()
        assert store.not_compared("m/1") == ("b", "c")
        assert [article.id for article in store.articles(["a", "b", "c"])] == ["b", "c"]


@pytest.mark.slow
@given(st.lists(st.integers(0, 6), unique=True, max_size=4), st.lists(st.integers(0, 6), unique=True))
def test_articles_and_heads_by_id_are_those_of_all(at: Places, kept: list[int], asked: list[int]) -> None:
    pages = {n: made.recaptured(made.page(n, claims=1), "First!") if n % 2 else made.page(n, claims=1) for n in kept}
    ids = [made.page(n, claims=1).capture.article.id for n in asked]
    with blank(at) as store:
        for page in pages.values():
            add(store, page)
        assert tuple(store.articles(ids)) == tuple(store.article(one) for one in sorted(ids) if one in _ids(pages))
        assert tuple(store.heads(ids)) == tuple(head for head in store.heads() if head.id in ids)


def _ids(pages: dict[int, Made]) -> set[str]:
    return {page.capture.article.id for page in pages.values()}
