"""What runs.py passes over holds no time: a text read whole has the same times as its runs."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import make_reading
from whosays.times import feasts, resolve
from whosays.times.runs import runs
from whosays.times.words import VOCABULARY

WEDNESDAY = date(2017, 11, 8)

FIGURES = [
    "3",
    "12",
    "2015",
    "1990s",
    "’90s",
    "3rd",
    "5pm",
    "10:30",
    "3/4/2015",
    "2016-07-08",
    "1,200",
    "2.5",
    "1/2",
    "25km",
]
OTHERS = [
    "army",
    "Obama’s",
    "village",
    "él",
    "won't",
    "U.S.",
    "p.m.",
    "Ramadan",
    "Eid al-Fitr",
    "0600 GMT",
    "$5",
    "(",
    ")",
    "“",
    "-",
]
WORDS = st.one_of(*map(st.sampled_from, (sorted(VOCABULARY), FIGURES, OTHERS)))
GAPS = st.sampled_from([" ", " ", " ", ", ", "-", ". ", "\n", "\n\n"])


@given(st.lists(st.tuples(WORDS, GAPS), max_size=25))
def test_nothing_is_missed(pieces: list[tuple[str, str]]) -> None:
    reading = make_reading("".join(word + gap for word, gap in pieces) + ".")
    found = resolve(reading, WEDNESDAY)
    with patch("whosays.times.resolve.runs", lambda text: [(0, len(text))]):
        assert found == resolve(reading, WEDNESDAY)


@given(st.sampled_from(feasts.NAMES).flatmap(lambda name: st.from_regex(feasts.SPELT[name], fullmatch=True)))
def test_every_spelling_of_a_feast_is_a_run(spelt: str) -> None:
    text = f"The army left before {spelt} began."
    assert any(spelt in text[start:end] for start, end in runs(text))


@pytest.mark.parametrize("text", ["", " ", "The army said that it took 12 villages of this district.", "x" * 10_000])
def test_words_without_a_trigger_are_passed_over(text: str) -> None:
    assert list(runs(text)) == []


def test_a_run_has_a_word_on_either_side() -> None:
    text = "The army left on Tuesday night, witnesses said."
    assert [text[start:end] for start, end in runs(text)] == ["left on Tuesday night, witnesses"]
