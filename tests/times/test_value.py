"""TIMEX3 values, and what has a value but no days. Publication is Wednesday 8 November 2017."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import make_reading
from whosays.nouns import Candidates, When
from whosays.times import resolve

WEDNESDAY = date(2017, 11, 8)

VALUES = [
    # text, value of the last time in it
    ("It fell on Tuesday.", "2017-11-07"),  # a day
    ("It fell on Tuesday night.", "2017-11-07TNI"),  # a part of it
    ("It fell at noon on Tuesday.", "2017-11-07T12:00"),  # before the day
    ("It fell at 6.30 p.m. on Tuesday.", "2017-11-07T18:30"),  # a clock
    ("It fell at 0430 GMT on Tuesday.", "2017-11-07T04:30"),  # four figures
    ("It fell last night.", "2017-11-07TNI"),  # last night
    ("It fell tonight.", "2017-11-08TNI"),  # tonight
    ("It fell overnight.", "2017-11-07TNI"),  # the night's first day
    ("It fell last week.", "2017-W44"),  # a week
    ("It fell over the weekend.", "2017-W44-WE"),  # a weekend
    ("It fell in late October.", "2017-10"),  # the whole of what was cut
    ("It fell earlier this year.", "2017"),  # of what ends today
    ("It held since 2014.", "2014"),  # of what it was counted from
    ("It fell in the 1990s.", "199"),  # a decade
    ("It fell in the '80s.", "198"),  # without its century
    ("It fell in the 19th century.", "18"),  # a century
    ("It fell in the summer of 2015.", "2015-SU"),  # a season
    ("It fell in the third quarter.", "2017-Q3"),  # a quarter
    ("It fell in the first half of 2016.", "2016-H1"),  # a half
    ("It held from 2012 to 2014.", "2012/2014"),  # a range, by its ends
    ("It held for the past two years.", "P2Y"),  # a length up to today
    ("It fell in the past year.", "2016"),  # but one is a unit of the calendar
    ("It fell six weeks ago.", "2017-W39"),  # a week around it
    ("It fell a few months ago.", "PAST_REF"),  # nobody counted
    ("It fell recently.", "PAST_REF"),  # vague
    ("It will fall soon.", "FUTURE_REF"),  # vague, ahead
    ("It is now held.", "PRESENT_REF"),  # now
    ("In the second quarter it was two, a year earlier one.", "2016-Q2"),  # a year before the quarter
    ("On Monday it fell. Two days later it burnt.", "P2D"),  # a length, however it is dated
]

UNDATED = [
    ("three days", "P3D"),  # a count
    ("a two-week truce", "P2W"),  # an adjective
    ("twenty-four hours", "PT24H"),  # a compound
    ("two hundred years", "P200Y"),  # hundreds
    ("12 to 18 months", "P12M"),  # a range of counts, by the first
    ("two decades", "P20Y"),  # ISO 8601 has no decades
    ("several weeks", "PXW"),  # nobody counted
    ("for months", "PXM"),  # nor here
    ("half an hour", "PT30M"),  # a half
    ("two and a half years", "P2Y6M"),  # and a half
    ("a day and a half", "P1DT12H"),  # behind its unit
    ("every day", "P1D"),  # a repetition
    ("each Friday", "XXXX-WXX-5"),  # of a weekday
    ("every July", "XXXX-07"),  # of a month
    ("every morning", "XXXX-XX-XXTMO"),  # of a part of the day
    ("daily", "P1D"),  # in one word
    ("the current truce", "PRESENT_REF"),  # an adjective
    ("in the past", "PAST_REF"),  # a noun
    ("in the future", "FUTURE_REF"),  # ahead
    ("coming weeks", "PXW"),  # ahead, uncounted
]


def times(text: str, published: date | None = WEDNESDAY) -> list[When]:
    return [candidate.options[0] for candidate in resolve(make_reading(text), published) if candidate.options]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[ascii(case[0]) for case in VALUES])
def test_value(text: str, value: str) -> None:
    when = times(text)[-1]
    assert when.dated
    assert when.value == value


@pytest.mark.parametrize(("text", "value"), UNDATED, ids=[ascii(case[0]) for case in UNDATED])
def test_undated(text: str, value: str) -> None:
    (when,) = times(text, published=None)
    assert (when.first, when.last, when.dated, when.value) == (None, None, False, value)


@pytest.mark.parametrize(
    "text", ["six years old", "a 6-year-old", "a quarter of the city", "hold three quarters of it"]
)
def test_no_length(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize("text", ["Resolution 1973", "cost $1999", "killed 1950 people", "in 2000 villages"])
def test_no_year(text: str) -> None:
    assert times(text) == []


def test_claims_see_dates_alone() -> None:
    found = Candidates(times=resolve(make_reading("For three days it burnt, until Tuesday."), WEDNESDAY))
    assert [c.options[0].value for c in found.times] == ["P3D", "2017-11-07"]
    assert [c.options[0].value for c in found.dates] == ["2017-11-07"]


def test_a_year_before_the_quarter_is_not_the_quarter() -> None:
    text = "In the second quarter it was 3, a year earlier 2; costs were 5, a year earlier 4."
    assert [when.value for when in times(text)] == ["2017-Q2", "2016-Q2", "2016-Q2"]


WORDS = st.sampled_from(
    "the a in on of for past last next two 12 2012 few half and more every day days weeks year years quarter old - , ' ago "
    "earlier 10:30 p.m. noon Friday May first third fiscal Ramadan Eid Easter current recent future century end".split()
)


@given(st.lists(WORDS, max_size=10).map(" ".join), st.none() | st.dates() | st.sampled_from([date.min, date.max]))
def test_every_time_has_a_value_and_runs_forward(text: str, published: date | None) -> None:
    for when in times(text, published):
        assert when.value
        if when.first and when.last:
            assert when.first <= when.last
