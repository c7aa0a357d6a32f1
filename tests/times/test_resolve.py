"""Times found in a text: which words, which days, counted from what."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import make_reading
from whosays.nouns import Candidate, PartKind, When
from whosays.times import resolve

WEDNESDAY = date(2017, 11, 8)


def found(*texts: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    """Words and their first and last day, as `2017-11-08` or `2017-11-01..2017-11-08`; `?` where it stays open."""
    made = make_reading(*texts)
    return [(c.span.of(made.article.text), shown(c)) for c in resolve(made, published)]


def shown(candidate: Candidate[When]) -> str:
    when = candidate.value
    if when is None:
        return "?"
    ends = [str(end) if end else "" for end in (when.first, when.last)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


CASES = [
    # text, what is found
    ("The town fell on Wednesday, he said.", [("on Wednesday", "2017-11-08")]),  # the preposition belongs to it
    ("Friday's attack", [("Friday", "2017-11-03")]),  # a possessive does not
    ("last week's truce", [("last week", "2017-10-30..2017-11-05")]),  # of a phrase
    ("He said on Wednesday the army will attack.", [("on Wednesday", "2017-11-08")]),  # the saying is past
    ("The sides will meet on Sunday.", [("on Sunday", "2017-11-12")]),  # will before
    ("On Sunday, the sides will meet.", [("On Sunday", "2017-11-12")]),  # will after, the time opens the sentence
    ("Talks are to begin on Friday.", [("on Friday", "2017-11-10")]),  # are to
    ("It plans to vote on 3 May.", [("on 3 May", "2018-05-03")]),  # plans to, a date
    ("It withdrew on Friday and will not return.", [("on Friday", "2017-11-03")]),  # will of another clause
    (
        "On Tuesday troops left. On the same day rebels came.",
        [("On Tuesday", "2017-11-07"), ("On the same day", "2017-11-07")],
    ),
    (
        "On Monday it rained. The next day it snowed.",
        [("On Monday", "2017-11-06"), ("The next day", "2017-11-07")],
    ),  # +1
    (
        "On 3 March it fell; two days earlier it held.",
        [("On 3 March", "2017-03-03"), ("two days earlier", "2017-03-01")],
    ),
    ("The same day it fell.", [("The same day", "?")]),  # no day was named
    ("captured in 2000 villages", []),  # a count
    ("It may march. The sun sat.", []),  # verbs
    ("in May 2016 and in March", [("in May 2016", "2016-05-01..2016-05-31"), ("in March", "2017-03-01..2017-03-31")]),
    ("Prime Minister May said", []),  # a name
    ("TROOPS TAKE TOWN ON MONDAY", [("ON MONDAY", "2017-11-06")]),  # a headline in capitals
    ("killed 12, wounded 30 on Monday", [("on Monday", "2017-11-06")]),  # counts beside
    ("events of 2015 (2016)", [("2015", "2015-01-01..2015-12-31"), ("2016", "2016-01-01..2016-12-31")]),  # of, brackets
    ("until now it held", [("now", "2017-11-08")]),  # now
    ("on 03/04/2016", [("on 03/04/2016", "?")]),  # day first or month first
    ("on 10/12/2017", [("on 10/12/2017", "2017-10-12")]),  # the other reading lies after publication
    ("Al-Qaim, Iraq November 3, 2017. REUTERS", [("November 3, 2017", "2017-11-03")]),  # a caption
    (
        "since the Syrian army began it two weeks ago",
        [("since the Syrian army began it two weeks ago", "2017-10-25..2017-11-08")],
    ),
    ("from Monday to Wednesday", [("from Monday to Wednesday", "2017-11-06..2017-11-08")]),  # one time, not two
    ("Monday, Tuesday", [("Monday", "2017-11-06"), ("Tuesday", "2017-11-07")]),  # two times
    (
        "overnight, then on\nTuesday",
        [("overnight", "2017-11-07..2017-11-08"), ("on\nTuesday", "2017-11-07")],
    ),  # a break
    ("", []),  # nothing
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[ascii(case[0]) for case in CASES])
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Wednesday", "?"),  # relative
        ("in recent weeks", "?"),  # relative
        ("on 3 November", "?"),  # no year
        ("on 3 November 2017", "2017-11-03"),  # absolute
        ("since 2014", "2014-01-01.."),  # absolute, open at the end
    ],
)
def test_without_publication_date(text: str, expected: str) -> None:
    ((_, days),) = found(text, published=None)
    assert days == expected


def test_reasons_say_what_it_was_counted_from() -> None:
    text = "On Tuesday it fell. On the same day it burnt. Since 2014, on Friday."
    reasons = [candidate.reasons[0] for candidate in resolve(make_reading(text), WEDNESDAY)]
    assert "2017-11-08" in reasons[0]
    assert "2017-11-07" in reasons[1]
    assert resolve(make_reading("on Friday"), None)[0].reasons == (
        "the time itself: the publication date is not known",
    )


def test_the_last_day_named_carries_over_parts() -> None:
    assert found("On Tuesday it fell.", "The next day it burnt.")[1] == ("The next day", "2017-11-08")


def test_both_readings_of_figures_are_kept() -> None:
    (candidate,) = resolve(make_reading("on 03/04/2016"), WEDNESDAY)
    assert [str(option.first) for option in candidate.options] == ["2016-04-03", "2016-03-04"]


def test_comments_and_credits_are_not_read() -> None:
    assert resolve(make_reading("on Wednesday", kind=PartKind.COMMENT), WEDNESDAY) == ()


def test_dateparser_is_not_imported_for_what_the_grammar_knows() -> None:
    code = (
        "import sys, datetime, whosays.times as t; d = datetime.date(2017, 11, 8)\n"
        "t.interval('on Wednesday', d); t.interval('no time at all', d); assert 'dateparser' not in sys.modules\n"
        "t.interval('Tue Nov 3 10:15:00 2015', d); assert 'dateparser' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_time_grows_with_the_length_of_the_text() -> None:
    """A text eight times as long takes about eight times as long: less than 24 times, to leave room for noise."""
    for line in (
        "On Tuesday the army, on Monday, took 12 villages in early May. ",
        "in the last 2 ",
        "the of the ",
        "since a ",
        "2012-",
        "more than two and a half ",
        "Eid al-Fitr ",
        "first-",
        "1:",
    ):
        short, long = (min(taken(line * times) for _ in range(3)) for times in (250, 2000))
        assert long < 24 * short


def taken(text: str) -> float:
    made, start = make_reading(text), process_time()
    resolve(made, WEDNESDAY)
    return process_time() - start


@given(st.lists(st.one_of(st.text(), st.sampled_from([case[0] for case in CASES])), max_size=4), st.none() | st.dates())
def test_spans_lie_in_the_text_in_order_apart(texts: list[str], published: date | None) -> None:
    made = make_reading(*texts)
    candidates = resolve(made, published)
    end = 0
    for candidate in candidates:
        assert end <= candidate.span.start < candidate.span.end <= len(made.article.text)
        assert candidate.reasons
        end = candidate.span.end
