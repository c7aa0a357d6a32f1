"""Windows tile the words, whatever the words are; pieces know their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.language import pack, weights
from whosays.language.pieces import CLS, LONGEST, SEP, Pieces, case
from whosays.language.windows import LIMIT, cut

PIECES = Pieces(weights.load(pack("en").weights)[0].vocabulary)


@given(st.lists(st.tuples(st.integers(1, LONGEST), st.booleans(), st.booleans()), min_size=1, max_size=400))
def test_windows_tile_the_words(words: list[tuple[int, bool, bool]]) -> None:
    read = [((7,) * size, 2) for size, _, _ in words]
    sentences = sorted({0, *(n for n, (_, begins, _) in enumerate(words) if begins)})
    lines = {n for n in sentences if words[n][2]}
    windows = cut(read, sentences, lines)
    covered = [n for window in windows for a, b in window.parts for n in range(a, b)]
    assert covered == list(range(len(words)))
    for window in windows:
        assert len(window.pieces) == len(window.cases) <= LIMIT
        assert window.pieces[0] == CLS
        assert window.pieces[-1] == SEP
        assert len(window.first) == window.end - window.start
        assert all(window.pieces[n] == 7 for n in window.first)


@given(st.lists(st.text(min_size=1).filter(lambda word: not any(c.isspace() for c in word))))
def test_every_word_has_pieces(words: list[str]) -> None:
    for pieces, shape in PIECES.of(words):
        assert 1 <= len(pieces) <= LONGEST
        assert 0 <= shape <= 5


@pytest.mark.parametrize(
    ("word", "shape"),
    [("—", 0), ("2017", 1), ("town", 2), ("US", 3), ("Raqqa", 4), ("A", 4), ("iPhone", 5), ("البوكمال", 5), ("🏽", 0)],
)
def test_case(word: str, shape: int) -> None:
    assert case(word) == shape


def test_pieces_do_not_depend_on_what_was_read_before() -> None:
    fresh = Pieces(weights.load(pack("en").weights)[0].vocabulary)
    assert PIECES.of(["Raqqa", "fell"]) == fresh.of(["fell", "Raqqa"])[::-1]
    assert PIECES.of(["don’t"]) == PIECES.of(["don't"])
