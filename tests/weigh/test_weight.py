"""The order in which people look at disputes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.weigh.test_weighed import BLUE, RED, word
from whosays import weigh
from whosays.nouns import DisputeKind, Extraction


def heavy(kind: DisputeKind = DisputeKind.POLARITY, *, origins: tuple[int, int] = (1, 1), later: int = 0) -> float:
    a, b = word("A", RED, 5), word("B", BLUE, 6)
    return weigh.weight(kind, a, _later(b, later), origins)


def _later(one: Extraction, days: int) -> Extraction:
    assert one.article.published is not None
    return replace(one, article=replace(one.article, published=one.article.published + timedelta(days=days)))


def test_what_many_stand_behind_on_both_sides_is_heavier() -> None:
    assert heavy(origins=(4, 4)) > heavy(origins=(2, 4)) > heavy(origins=(1, 4)) > heavy()


def test_the_same_but_for_its_day_or_extent_is_lighter() -> None:
    assert heavy(DisputeKind.DATE) == heavy(DisputeKind.PLACE_SCOPE) < heavy(DisputeKind.RIVAL_HOLDER) == heavy()


def test_news_is_heavier_and_nothing_stays_on_top_for_ever() -> None:
    assert heavy(later=30) > heavy()
    assert heavy(later=3 * 365) > heavy(origins=(8, 8))
