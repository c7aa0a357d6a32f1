"""What words mean on a day. Publication is Wednesday 8 November 2017 throughout, unless a row says otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.times import interval

WEDNESDAY = date(2017, 11, 8)

CASES = [
    # words, first, last, precision
    ("on Wednesday", "2017-11-08", "2017-11-08", 1),  # a weekday on the day itself
    ("Wednesday", "2017-11-08", "2017-11-08", 1),  # without a preposition
    ("on Tuesday", "2017-11-07", "2017-11-07", 1),  # the day before
    ("on Thursday", "2017-11-02", "2017-11-02", 1),  # six days before, never tomorrow
    ("on monday", "2017-11-06", "2017-11-06", 1),  # weekdays do without a capital
    ("ON MONDAY", "2017-11-06", "2017-11-06", 1),  # all capitals
    ("earlier on Wednesday", "2017-11-08", "2017-11-08", 1),  # part of a day is the day
    ("late Tuesday", "2017-11-07", "2017-11-07", 1),  # late without a preposition
    ("late on Tuesday night", "2017-11-07", "2017-11-07", 1),  # with both
    ("Wednesday morning", "2017-11-08", "2017-11-08", 1),  # part of day after
    ("on Tuesday night", "2017-11-07", "2017-11-07", 1),  # night
    ("on the morning of Monday", "2017-11-06", "2017-11-06", 1),  # part of day before
    ("at dawn on Monday", "2017-11-06", "2017-11-06", 1),  # dawn on
    ("at dawn yesterday", "2017-11-07", "2017-11-07", 1),  # dawn and a day word
    ("today", "2017-11-08", "2017-11-08", 1),  # today
    ("yesterday", "2017-11-07", "2017-11-07", 1),  # yesterday
    ("tomorrow", "2017-11-09", "2017-11-09", 1),  # a day word looks ahead by itself
    ("tonight", "2017-11-08", "2017-11-08", 1),  # tonight
    ("last night", "2017-11-07", "2017-11-07", 1),  # the evening before
    ("this morning", "2017-11-08", "2017-11-08", 1),  # this + part of day
    ("overnight", "2017-11-07", "2017-11-08", 2),  # both days of the night
    ("this week", "2017-11-06", "2017-11-08", 2),  # from Monday
    ("this month", "2017-11-01", "2017-11-08", 2),  # from the first; seven days or fewer are a week's precision
    ("this year", "2017-01-01", "2017-11-08", 3),  # from New Year
    ("earlier this year", "2017-01-01", "2017-11-08", 3),  # earlier changes nothing
    ("later this year", "2017-11-08", "2017-12-31", 3),  # later looks ahead
    ("last week", "2017-10-30", "2017-11-05", 2),  # Monday to Sunday before
    ("in the last week of October", "2017-10-25", "2017-10-31", 2),  # of a month
    ("the second week of May 2016", "2016-05-08", "2016-05-14", 2),
    ("the first day of June", "2017-06-01", "2017-06-01", 1),
    ("during the week of 15-21 July", "2017-07-15", "2017-07-21", 2),  # days that make it up
    ("last month", "2017-10-01", "2017-10-31", 3),  # the calendar month
    ("last year", "2016-01-01", "2016-12-31", 3),  # the calendar year
    ("next week", "2017-11-13", "2017-11-19", 2),  # ahead
    ("early next year", "2018-01-01", "2018-04-30", 3),  # a third of a year
    ("at the beginning of the week", "2017-11-06", "2017-11-07", 2),  # two days
    ("over the weekend", "2017-11-04", "2017-11-05", 2),  # the last weekend begun
    ("last Friday", "2017-11-03", "2017-11-03", 1),  # strictly before
    ("last Wednesday", "2017-11-01", "2017-11-01", 1),  # not the day itself
    ("next Friday", "2017-11-10", "2017-11-10", 1),  # strictly after
    ("in recent days", "2017-11-01", "2017-11-08", 2),  # rule of thumb: 7 days
    ("in recent weeks", "2017-09-27", "2017-11-08", 3),  # 6 weeks
    ("in recent months", "2017-05-08", "2017-11-08", 3),  # 6 months
    ("over the past two years", "2015-11-08", "2017-11-08", 3),  # rolling, number word
    ("in the past 24 hours", "2017-11-07", "2017-11-08", 2),  # hours reach into the day before
    ("during the last three days", "2017-11-05", "2017-11-08", 2),  # last with a number rolls
    ("the past week", "2017-11-01", "2017-11-08", 2),  # no number: one
    ("in the past few months", "2017-08-08", "2017-11-08", 3),  # few = 3
    ("12 days ago", "2017-10-27", "2017-10-27", 1),  # figures
    ("two weeks ago", "2017-10-22", "2017-10-28", 2),  # a week around it
    ("three months ago", "2017-08-01", "2017-08-31", 3),  # that month
    ("five years ago", "2012-01-01", "2012-12-31", 3),  # that year
    ("nearly a decade ago", "2007-01-01", "2007-12-31", 3),  # hedge, decade
    ("twenty-four hours ago", "2017-11-07", "2017-11-07", 1),  # compound number
    ("since the assault began 12 days ago", "2017-10-27", "2017-11-08", 3),  # words between since and the count
    ("in 2015", "2015-01-01", "2015-12-31", 3),  # a year
    ("2008", "2008-01-01", "2008-12-31", 3),  # a bare year, when asked about it alone
    ("In the 2006 Lebanon war", "2006-01-01", "2006-12-31", 3),  # a year before a noun
    ("a 2008 raid", "2008-01-01", "2008-12-31", 3),  # after an article
    ("in early 2015", "2015-01-01", "2015-04-30", 3),  # early in a year
    ("in November", "2017-11-01", "2017-11-30", 3),  # the current month
    ("in December", "2017-12-01", "2017-12-31", 3),  # the next one, which is near
    ("in February", "2017-02-01", "2017-02-28", 3),  # the last one, since the next is far
    ("in early November", "2017-11-01", "2017-11-10", 3),  # a third of a month
    ("mid-October", "2017-10-11", "2017-10-20", 3),  # mid with hyphen
    ("in late May", "2017-05-21", "2017-05-31", 3),  # May, in its place
    ("in March", "2017-03-01", "2017-03-31", 3),  # March, in its place
    ("last November", "2016-11-01", "2016-11-30", 3),  # strictly before this month
    ("March 2016", "2016-03-01", "2016-03-31", 3),  # month and year
    ("Aug. 2014", "2014-08-01", "2014-08-31", 3),  # abbreviation with a full stop
    ("since 2014", "2014-01-01", "2017-11-08", 3),  # since a year
    ("since Friday", "2017-11-03", "2017-11-08", 2),  # since a weekday
    ("since last month", "2017-10-01", "2017-11-08", 3),  # since a phrase
    ("since two weeks ago", "2017-10-25", "2017-11-08", 3),  # counted exactly after since
    ("until Friday", None, "2017-11-03", 3),  # open at the start
    ("before 2011", None, "2010-12-31", 3),  # up to the eve
    ("between 2012 and 2014", "2012-01-01", "2014-12-31", 3),  # between years
    ("from Monday to Wednesday", "2017-11-06", "2017-11-08", 2),  # weekdays, the first before the second
    ("from Friday to Monday", "2017-11-03", "2017-11-06", 2),  # over a weekend
    ("from 3 to 5 November", "2017-11-03", "2017-11-05", 2),  # both days in one month
    ("between 11-13 Dec", "2017-12-11", "2017-12-13", 2),  # between with a dash
    ("November 3-5, 2016", "2016-11-03", "2016-11-05", 2),  # month first
    ("between November 3 and 5", "2017-11-03", "2017-11-05", 2),  # between and and
    ("from December 2016 to March 2017", "2016-12-01", "2017-03-31", 3),  # months with years
    ("from October to February 2017", "2016-10-01", "2017-02-28", 3),  # the first takes its year from the second
    ("2014-2016", "2014-01-01", "2016-12-31", 3),  # years with a dash
    ("2014–16", "2014-01-01", "2016-12-31", 3),  # two figures
    ("the 1990s", "1990-01-01", "1999-12-31", 3),  # a decade
    ("in the late 1990s", "1996-09-01", "1999-12-31", 3),  # its last third
    ("in the summer of 2015", "2015-06-01", "2015-08-31", 3),  # a season with its year
    ("last summer", "2017-06-01", "2017-08-31", 3),  # the last season
    ("last fall", "2017-09-01", "2017-11-30", 3),  # fall as a season
    ("November 3, 2017", "2017-11-03", "2017-11-03", 1),  # American
    ("3 November 2017", "2017-11-03", "2017-11-03", 1),  # British
    ("Nov. 3", "2017-11-03", "2017-11-03", 1),  # no year: the last one
    ("3 Nov", "2017-11-03", "2017-11-03", 1),  # no full stop
    ("on 27 December", "2017-12-27", "2017-12-27", 1),  # no year: the next one, which is near
    ("on 27 March", "2017-03-27", "2017-03-27", 1),  # no year: not in the far future
    ("the 3rd of November", "2017-11-03", "2017-11-03", 1),  # ordinal
    ("Dec.14th", "2017-12-14", "2017-12-14", 1),  # no space
    ("2017-11-03", "2017-11-03", "2017-11-03", 1),  # ISO
    ("15-02-2016", "2016-02-15", "2016-02-15", 1),  # day first
    ("15/02/2016", "2016-02-15", "2016-02-15", 1),  # slashes
    ("02/15/2016", "2016-02-15", "2016-02-15", 1),  # month first, since 15 is no month
    ("Friday, April 7", "2017-04-07", "2017-04-07", 1),  # a weekday with a date
    ("Friday, April 8", "2016-04-08", "2016-04-08", 1),  # the weekday finds the year
    ("Monday 07 November 2016", "2016-11-07", "2016-11-07", 1),  # leading zero
    ("soon", "2017-11-08", None, 3),  # from now
    ("recently", None, "2017-11-08", 3),  # up to now
    ("at 10:30", "2017-11-08", "2017-11-08", 1),  # a time of day alone is of the publication day
    ("10 p.m. on Monday", "2017-11-06", "2017-11-06", 1),  # with its day
    ("during Ramadan", "2017-05-27", "2017-06-24", 3),  # the last one
    ("Eid al-Adha", "2017-09-01", "2017-09-04", 2),  # a feast of days
    ("the third quarter", "2017-07-01", "2017-09-30", 3),  # the last one begun
    ("the first half of 2016", "2016-01-01", "2016-06-30", 3),  # of a year
    ("the 19th century", "1801-01-01", "1900-12-31", 3),  # as historians count
    ("this past spring", "2017-03-01", "2017-05-31", 3),  # two words that step
    ("June last year", "2016-06-01", "2016-06-30", 3),  # a month in a year beside
    ("January this year", "2017-01-01", "2017-01-31", 3),  # not the one to come
    ("Thursday last week", "2017-11-02", "2017-11-02", 1),  # a day in a week beside
    ("the week of March 6", "2017-03-06", "2017-03-12", 2),  # the week that holds it
    ("the day before yesterday", "2017-11-06", "2017-11-06", 1),  # two steps
    ("Tue Nov 3 10:15:00 2015", "2015-11-03", "2015-11-03", 1),  # an order only dateparser knows
]

NO_TIMES = [
    "1,300",  # a number with a comma
    "in 2000 villages",  # a round count of things
    "it may fall",  # two verbs
    "they march on Raqqa",  # a verb
    "the sun sat low",  # sun, sat
    "an august assembly",  # an adjective
    "after the fall of Mosul",  # no season
    "12 villages",  # a count
    "300m (984ft)",  # measures
    "31 November 2017",  # no such day
    "2.5 days",  # a figure that is no count
    "three years",  # a length
    "every day",  # a repetition
    "six years old",  # an age
    "Taha Yassin Ramadan",  # a name
    "as soon as possible",  # a comparison
    "Resolution 2254",  # no year of ours
    "",  # nothing
    "\x00\ud800",  # not even words
]


@pytest.mark.parametrize(("words", "first", "last", "precision"), CASES, ids=[case[0] for case in CASES])
def test_interval(words: str, first: str | None, last: str | None, precision: int) -> None:
    when = interval(words, WEDNESDAY)
    assert when is not None
    ends = tuple(end and end.isoformat() for end in (when.first, when.last))
    assert (*ends, when.precision) == (first, last, precision)


@pytest.mark.parametrize("words", NO_TIMES, ids=ascii)
def test_no_time(words: str) -> None:
    assert interval(words, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("on Sunday", "2017-11-12"),  # the next one
        ("on Wednesday", "2017-11-08"),  # the day itself still counts
        ("in March", "2018-03-01"),  # next year's
        ("on 3 May", "2018-05-03"),  # a date without a year
        ("this week", "2017-11-08"),  # the rest of it
        ("last Friday", "2017-11-03"),  # last is past whatever the tense
        ("in 2015", "2015-01-01"),  # a year is a year
    ],
)
def test_ahead(words: str, first: str) -> None:
    when = interval(words, WEDNESDAY, ahead=True)
    assert when is not None
    assert str(when.first) == first


def test_leap_day_without_year_is_the_last_there_was() -> None:
    when = interval("on 29 February", date(2017, 11, 8))
    assert when is not None
    assert when.first == date(2016, 2, 29)


PIECES = st.sampled_from(
    [
        "on",
        "in",
        "since",
        "until",
        "between",
        "and",
        "from",
        "to",
        "last",
        "next",
        "this",
        "past",
        "recent",
        "early",
        "late",
        "the",
        "of",
        "a",
        "two",
        "31",
        "2000",
        "1999",
        "29",
        "Monday",
        "Sunday",
        "Feb.",
        "February",
        "May",
        "March",
        "3rd",
        "days",
        "weeks",
        "months",
        "years",
        "decades",
        "hours",
        "ago",
        "earlier",
        "before",
        "after",
        "same",
        "day",
        "night",
        "morning",
        "yesterday",
        "tomorrow",
        "overnight",
        "weekend",
        "summer",
        "fall",
        "1990s",
        "02/03/2016",
        "9999-12-31",
        "99999",
        "-",
        ",",
        "(",
        ")",
        ".",
        "soon",
    ]
)
ANY_DAY = st.one_of(st.dates(), st.sampled_from([date.min, date.max]))


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map(" ".join)), ANY_DAY, st.booleans())
def test_never_raises_and_runs_forward(words: str, anchor: date, ahead: bool) -> None:
    when = interval(words, anchor, ahead=ahead)
    if when and when.first and when.last:
        assert when.first <= when.last
