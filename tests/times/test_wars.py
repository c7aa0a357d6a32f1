"""Wars as dates: which one a text means, and what is counted from it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.readings import make_reading
from whosays import times
from whosays.times.wars import war, wars


def test_every_war_begins_before_it_ends_and_says_how_a_text_speaks_of_it() -> None:
    assert len({one.name for one in wars()}) == len(wars()) > 40
    for one in wars():
        assert one.ended is None or one.began <= one.ended, one.name
        assert one.about, one.name
        assert all(word == word.lower() and word.strip() for word in one.about), one.name


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("The war has emptied Aleppo, Syrians say.", date(2016, 7, 2), "Syrian Civil War"),
        ("The war has emptied Aleppo, Syrians say.", date(2010, 7, 2), None),  # none was under way there
        ("The conflict in Gaza goes on, Israel said.", date(2009, 1, 7), "Gaza War of 2008-09"),
        ("Israel and Hamas met in Gaza.", date(2009, 1, 7), None),  # no war is spoken of
        ("The war in Ukraine's Donetsk region flared.", date(2016, 1, 1), "War in Donbas"),
        ("The war in Ukraine's Donetsk region flared.", date(2023, 1, 1), "Russian invasion of Ukraine"),
        ("The price war between the supermarkets goes on.", date(2016, 1, 1), None),
    ],
)
def test_the_war_is_the_one_under_way_that_the_text_speaks_of(text: str, day: date, name: str | None) -> None:
    found = war(text, day)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        (
            "Jets were lost in Syria since the civil war erupted five years ago.",
            "since the civil war erupted five years ago",
            date(2011, 3, 15),
            date(2016, 7, 2),
        ),
        (
            "Thousands of Syrians died since an uprising began in 2011.",
            "since an uprising began in 2011",
            date(2011, 3, 15),
            date(2016, 7, 2),
        ),
        (
            "Syria has changed since the start of the war.",
            "since the start of the war",
            date(2011, 3, 15),
            date(2016, 7, 2),
        ),
        ("In the 2006 war Israel bombed Lebanon.", "In the 2006 war", date(2006, 7, 12), date(2006, 8, 14)),
        # another war than the one known
        ("Syria lost much since the war began in 1973.", "in 1973", date(1973, 1, 1), date(1973, 12, 31)),
    ],
)
def test_counted_from_a_war(text: str, words: str, first: date, last: date) -> None:
    (found,) = times.resolve(make_reading(text), date(2016, 7, 2))
    assert found.span.of(text) == words
    assert found.value is not None
    assert (found.value.first, found.value.last) == (first, last)
