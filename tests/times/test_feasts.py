"""Feasts: their days, their names, and who is only named like one."""

from __future__ import annotations

from datetime import date

import pytest

from whosays.times import feasts, interval

WEDNESDAY = date(2017, 11, 8)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("during Ramadan", "2017-05-27", "2017-06-24"),  # the last one
        ("Ramadan 2016", "2016-06-06", "2016-07-05"),  # of a year
        ("the holy month of Ramadan", "2017-05-27", "2017-06-24"),  # of
        ("last Ramadan", "2017-05-27", "2017-06-24"),  # last
        ("since Eid al-Fitr", "2017-06-25", "2017-11-08"),  # since
        ("on Eid", "2017-09-01", "2017-09-04"),  # the later of the two
        ("on Christmas Eve", "2016-12-24", "2016-12-24"),  # fixed
        ("on Easter Sunday", "2017-04-16", "2017-04-16"),  # moving
        ("on Thanksgiving", "2016-11-24", "2016-11-24"),  # the fourth Thursday
    ],
)
def test_days(words: str, first: str, last: str) -> None:
    when = interval(words, WEDNESDAY)
    assert when is not None
    assert (str(when.first), str(when.last)) == (first, last)


@pytest.mark.parametrize("words", ["Ramadan Shallah spoke", "Taha Yassin Ramadan"])
def test_names_of_people(words: str) -> None:
    assert interval(words, WEDNESDAY) is None


@pytest.mark.parametrize("year", [1, 1900, 2100, 9999])
def test_nothing_is_known_outside_the_calendar(year: int) -> None:
    assert feasts.in_years(feasts.NAMES.index("ramadan"), year, year) == ()


def test_every_name_is_found_under_its_place() -> None:
    for place, name in enumerate(feasts.NAMES):
        assert feasts.which(name.title().replace("'S", "'s").replace("Al-", "al-")) == place
