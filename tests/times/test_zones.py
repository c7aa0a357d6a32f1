"""The day a report counts from: of the dateline's place, and of the post in a live blog."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from whosays.nouns import Article, Dateline, Part, PartKind, Reading, Span
from whosays.times import resolve
from whosays.times.zones import day_written

NIGHT = datetime(2017, 11, 8, 23, 30, tzinfo=timezone(timedelta(0)))


def article(place: str | None, at: datetime | None = NIGHT) -> Article:
    line = Dateline(place, None, Span(0, 0))
    return Article(id="made", text="", parts=(), dateline=line, published=date(2017, 11, 8), published_at=at)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("Beirut", 9),  # a zone's own name
        ("Tel Aviv", 9),  # one of the list
        ("Washington", 8),  # the same day there
        ("Nowhere", 8),  # not known
        (None, 8),  # none
    ],
)
def test_day_where_it_was_written(place: str | None, day: int) -> None:
    assert day_written(article(place), date(2017, 11, 8)) == date(2017, 11, day)


def test_without_hour_or_zone_the_page_decides() -> None:
    for at in (None, NIGHT.replace(tzinfo=None)):
        assert day_written(article("Beirut", at), date(2017, 11, 8)) == date(2017, 11, 8)


def test_the_callers_day_wins() -> None:
    assert day_written(article("Beirut"), date(2017, 11, 1)) == date(2017, 11, 1)


def test_no_day_is_no_day() -> None:
    assert day_written(article("Beirut"), None) is None


def test_a_post_counts_from_its_own_day() -> None:
    text = "today\n\n10:15\n\ntoday"
    parts = (
        Part(PartKind.PARAGRAPH, Span(0, 5)),
        Part(PartKind.ENTRY, Span(7, 12), at=NIGHT - timedelta(days=2)),
        Part(PartKind.PARAGRAPH, Span(14, 19)),
    )
    made = replace(article(None), text=text, parts=parts)
    found = resolve(Reading(made, (), (), (), (), "en/2"), made.published)
    assert [str(c.options[0].first) for c in found] == ["2017-11-08", "2017-11-06"]
