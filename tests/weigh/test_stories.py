"""Stories: what goes back to what, what each copy is, and where a claim's words first stood."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import ArticleHead, Copied, CopyKind, Span
from whosays.weigh.sameness import origin

DAY = date(2023, 1, 11)


def head(
    name: str, *, day: int = 0, publisher: str | None = None, agency: str | None = None, body: str | None = None
) -> ArticleHead:
    when = DAY + timedelta(days=day)
    return ArticleHead(
        name, f"Headline of {name}", when, agency, publisher or f"Outlet {name}", None, body or f"body {name}"
    )


def common(a: str, b: str, shares: tuple[float, float], *, whole: bool = True, at: tuple[int, int] = (0, 0)) -> Copied:
    """Ten code points in common, at these places."""
    here, there = (Span(start, start + 10) for start in at)
    return Copied((a, b), shares, ((here, there),), whole)


def kinds(heads: list[ArticleHead], *copied: Copied) -> dict[str, tuple[str, str | None]]:
    """Article → (kind, parent), of the story of the first."""
    story = weigh.stories(heads, copied).of(heads[0].id)
    return {copy.article.id: (copy.kind.value, copy.parent) for copy in story.copies}


@pytest.mark.parametrize(
    ("kind", "b", "shares"),
    [
        (CopyKind.IDENTICAL, head("b", day=1, body="body a"), (0.0, 0.0)),
        (CopyKind.REPRINT, head("b", day=1), (0.97, 0.95)),
        (CopyKind.CUT, head("b", day=1), (0.4, 0.98)),
        (CopyKind.EXTENDED, head("b", day=1), (0.98, 0.4)),
        (CopyKind.REWRITTEN, head("b", day=1), (0.7, 0.6)),
        (CopyKind.UPDATE, head("b", day=1, publisher="Outlet a"), (0.7, 0.6)),
    ],
)
def test_kinds(kind: CopyKind, b: ArticleHead, shares: tuple[float, float]) -> None:
    assert kinds([head("a"), b], common("a", "b", shares)) == {"a": ("root", None), "b": (kind.value, "a")}


def test_a_lift_is_a_story_of_its_own_and_shown_with_what_it_lifts_from() -> None:
    heads = [head("a"), head("b", day=1)]
    link = common("a", "b", (0.2, 0.1), whole=False)
    assert kinds(heads, link)["b"] == ("lift", "a")
    assert kinds(heads[::-1], link) == {"b": ("root", None)}


def test_on_one_day_the_agency_was_first() -> None:
    agency = head("z", publisher="Reuters", agency="Reuters")
    paper = head("a", agency="Reuters")
    assert weigh.stories([paper, agency], [common("a", "z", (1, 1))]).of("a").id == "z"


def test_each_copy_hangs_by_what_it_shares_most_with() -> None:
    heads = [head("a"), head("b", day=1), head("c", day=2)]
    found = kinds(heads, common("a", "b", (0.9, 0.9)), common("a", "c", (0.5, 0.6)), common("b", "c", (0.95, 0.95)))
    assert found["c"] == ("reprint", "b")


def test_words_first_stood_where_the_passage_was_lifted_from() -> None:
    """`c` lifts from `b` what `b` had lifted from `a`, at other places of their texts; the rest of `c` is its own."""
    heads = [head("a"), head("b", day=1), head("c", day=2)]
    links = [
        common("a", "b", (0.1, 0.1), whole=False, at=(50, 20)),
        common("b", "c", (0.1, 0.1), whole=False, at=(22, 70)),
    ]
    known = weigh.stories(heads, links)
    assert known.first("c", 75) == "a"
    assert known.first("c", 10) == "c"


def test_words_are_followed_to_their_own_place_in_a_passage_and_no_farther() -> None:
    """`b` and `c` share its first half, `a` and `b` all of it: words of the second half never stood in `c`."""
    heads = [head("c"), head("b", day=1), head("a", day=2)]
    half = Copied(("b", "c"), (0.5, 0.5), ((Span(0, 100), Span(0, 100)),))
    all_ = Copied(("a", "b"), (0.9, 0.9), ((Span(0, 200), Span(0, 200)),))
    known = weigh.stories(heads, [half, all_])
    assert (known.first("b", 150), known.first("b", 50)) == ("b", "c")
    assert (known.printed("a", 150), known.printed("a", 50)) == (DAY + timedelta(days=1), DAY)


def test_an_article_that_nobody_compared_is_its_own_story() -> None:
    assert weigh.stories([], []).first("a", 3) == "a"


def test_a_reprint_is_no_further_origin() -> None:
    article, again = (make_article("Wagner took Soledar.", publisher=name, published=DAY) for name in ("Daily", "Echo"))
    claims = [
        extract(page, make_claim(page, "Wagner took Soledar", source="Wagner", actor="Wagner"))[0]
        for page in (article, again)
    ]
    known = weigh.stories([one.article for one in claims], [])
    assert len({origin(one) for one in weigh.traced(claims, known)}) == 1


SHARES = st.floats(0.01, 1)


@given(
    st.lists(st.integers(0, 5), min_size=2, max_size=8),
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()), max_size=12),
    st.randoms(use_true_random=False),
)
def test_order_changes_nothing_and_a_further_copy_only_joins(
    days: list[int], pairs: set[tuple[int, int, bool]], chance
) -> None:  # type: ignore[no-untyped-def]
    heads = [head(f"{n}", day=day) for n, day in enumerate(days)]
    links = {
        (min(a, b), max(a, b)): common(f"{min(a, b)}", f"{max(a, b)}", (0.5, 0.5), whole=whole)
        for a, b, whole in pairs
        if a != b and max(a, b) < len(days)
    }
    known = weigh.stories(heads, links.values())
    mixed = list(links.values())
    chance.shuffle(mixed)
    assert weigh.stories(heads[::-1], mixed).roots == known.roots
    for one in heads:
        story = known.of(one.id)
        ages = [copy.article.published for copy in story.copies]
        assert all(a <= b for a, b in pairwise(ages) if a and b)
        assert one.id in {copy.article.id for copy in story.copies}
    fewer = [link for (a, b), link in links.items() if len(days) - 1 not in (a, b)]
    before = weigh.stories(heads[:-1], fewer)
    apart = len({before.first(one.id, 0) for one in heads[:-1]})
    assert len({known.first(one.id, 0) for one in heads}) <= apart + 1
