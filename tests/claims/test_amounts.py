"""Amounts: one row per way of counting."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.claims import amounts
from whosays.nouns import Count

ROWS = [
    ("16 people", (16, 16)),
    ("At least 16 civilians", (16, None)),  # open above
    ("more than 1,300 fighters", (1301, None)),  # strictly more
    ("over 40 soldiers", (41, None)),
    ("up to 30 militants", (None, 30)),  # open below
    ("fewer than 10 people", (None, 9)),
    ("about 500 Ukrainian soldiers", (500, 500)),
    ("between 40 and 50 people", (40, 50)),
    ("40 to 50 people", (40, 50)),
    ("dozens of people", (24, None)),  # conventions of the gold
    ("scores of terrorists", (40, None)),
    ("hundreds of residents", (200, None)),
    ("two dozen men", (24, 24)),
    ("three hundred people", (300, 300)),
    ("twenty-two fighters", (22, 22)),
    ("1.5 million people", (1_500_000, 1_500_000)),
    ("a baby", (1, 1)),
    ("another soldier", (1, 1)),
    ("several insurgents", (2, None)),
    ("half a million people", (500_000, 500_000)),
    ("one and a half million people", (1_500_000, 1_500_000)),
    ("a hundred and fifty men", (150, 150)),
    ("two hundred and fifty men", (250, 250)),
    ("two thousand three hundred people", (2_300, 2_300)),
    ("10-15 people", (10, 15)),  # a range with a dash
    ("fewer than 0 people", (None, 0)),
    ("two labourers aged 22", (2, 2)),  # an age after its noun
    ("a 12-year-old boy", (1, 1)),  # an age counts nobody
]


@pytest.mark.parametrize(("words", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_count(words: str, expected: tuple[int | None, int | None]) -> None:
    assert amounts.count(words) == Count(*expected)


@pytest.mark.parametrize(
    "words",
    [
        "civilians",
        "the pilot",
        "",
        "9" * 400,
        "9" * 30,
        "a billion people",
        "30 percent of people",
        "a number of militants",
        "their children",
    ],
)
def test_no_number(words: str) -> None:
    assert amounts.count(words) is None


@given(st.text())
def test_any_words(words: str) -> None:
    found = amounts.count(words)
    assert found is None or found.low is not None or found.high is not None


def test_docstrings() -> None:
    assert doctest.testmod(amounts).failed == 0
