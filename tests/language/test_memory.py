"""Paragraphs kept: the same Reading in any order, with any memory; windows that differ are never taken for each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making import make_article
from whosays import language
from whosays.language import heads, said, weights
from whosays.language.memory import Memory
from whosays.language.said import Said
from whosays.language.windows import Window
from whosays.nouns import Article
from whosays.profile import Profile, Step, Tally

EN = language.pack("en")
PARAGRAPHS = (
    "Government forces captured the town of Rawa on Friday, the army said.",
    "“We hold the bridge,” Colonel Ahmad Nasser told reporters. He denied that his men had fled.",
    "IS said its fighters had killed nine soldiers near Al-Qa'im; the ministry did not comment.",
    "It rained.",
    "Residents said that " + "the shelling of the northern quarter went on and on, and " * 30 + "nobody slept.",
    "The",
)
SAID = Said(b"ab", b"ab", b"aa", b"ab", bytes(8), (), (), (), (), (), b"", b"")


def article(numbers: list[int]) -> Article:
    return make_article(*(PARAGRAPHS[n] for n in numbers), headline="Army captures Rawa")


ALONE = {n: language.parse(article([n]), EN) for n in range(len(PARAGRAPHS))}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.integers(0, len(PARAGRAPHS) - 1), min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from([0, 3_000, 20_000, 10**7]),
)
def test_the_same_reading_whatever_is_kept(pages: list[list[int]], limit: int) -> None:
    memory = Memory(limit=limit)
    for numbers in pages:
        assert language.parse(article(numbers), EN, memory=memory) == language.parse(article(numbers), EN)
        assert memory.bytes <= limit


@pytest.mark.parametrize("number", range(len(PARAGRAPHS)))
def test_a_copy_is_read_from_memory(number: int) -> None:
    memory, profile = Memory(), Profile()
    assert language.parse(article([number]), EN, memory=memory) == ALONE[number]
    assert language.parse(article([number]), EN, memory=memory, threads=2, profile=profile) == ALONE[number]
    assert profile.tallies[Tally.READ] == 0
    assert profile.tallies[Tally.KEPT] == memory.hits == len(memory)
    assert profile.seconds[Step.ENCODER] <= profile.seconds[Step.MODEL]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    one = len(b"1") + SAID.size()
    memory = Memory(limit=2 * one)
    memory.put(b"1", SAID)
    memory.put(b"2", SAID)
    assert memory.get(b"1") is SAID
    memory.put(b"3", SAID)
    assert memory.get(b"2") is None
    assert memory.get(b"1") is memory.get(b"3") is SAID
    assert memory.bytes == 2 * one
    memory.put(b"1", SAID)
    assert memory.bytes == 2 * one, "once is enough"
    memory.put(b"4", replace(SAID, projected=bytes(3 * one)))
    assert len(memory) == 2, "what is larger than the memory pushes nothing out"


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Any window, its words numbered from anywhere."""
    words = draw(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=2), min_size=1, max_size=4))
    ends = sorted(draw(st.sets(st.integers(1, len(words)), max_size=2)) | {len(words)})
    at = draw(st.integers(0, 2))
    pieces, first = [101], []
    for word in words:
        first.append(len(pieces))
        pieces += word
    parts = tuple((at + a, at + b) for a, b in zip([0, *ends], ends, strict=False))
    return Window([*pieces, 102], [draw(st.integers(0, 1))] * (len(pieces) + 1), first, parts)


@given(windows(), windows())
def test_two_windows_have_one_key_only_if_they_are_the_same(one: Window, other: Window) -> None:
    def whole(window: Window) -> object:
        ends = [end - window.start for _, end in window.parts]
        return window.pieces, window.cases, window.first, ends

    assert (said.key(one) == said.key(other)) == (whole(one) == whole(other))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_chains_are_the_same_in_any_company(lengths: list[int]) -> None:
    draw = np.random.default_rng(sum(lengths))
    steps = heads.allowed(draw.normal(size=(8, 7)).astype(np.float32), ["O", "B-x", "I-x", "B-y", "I-y", "B-z", "I-z"])
    scores = [draw.normal(size=(length, 7)).astype(np.float32) for length in lengths]
    assert heads.viterbi(scores, steps) == [heads.viterbi([one], steps)[0] for one in scores]


def test_pieces_fit_the_two_bytes_of_a_key() -> None:
    assert len(weights.load(EN.weights)[0].vocabulary) < 2**16
    window = Window([101, 30521, 102], [0, 5, 0], [1], ((7, 8),))
    assert said.key(window) == said.key(replace(window, parts=((0, 1),))), (
        "where in the article it stands does not count"
    )
