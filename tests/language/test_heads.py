"""Decoding is exact: held against brute force on small cases."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whosays.language import heads
from whosays.language.analysis import Voice

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue"]
numbers = st.integers(-40, 40).map(lambda n: n / 4)


def floats(shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, shape, elements=numbers)


def trees(n: int) -> list[list[int]]:
    """All trees over n words with one root, which heads itself."""
    found = []
    for tree in product(range(n), repeat=n):
        reached = [d for d in range(n) if _to_root(tree, d)]
        if sum(tree[d] == d for d in range(n)) == 1 and len(reached) == n:
            found.append(list(tree))
    return found


def _to_root(tree: tuple[int, ...], d: int) -> bool:
    for _ in tree:
        if tree[d] == d:
            return True
        d = tree[d]
    return False


TREES = {n: trees(n) for n in range(1, 6)}


@given(st.integers(1, 5).flatmap(lambda n: floats((n, n))))
def test_the_tree_is_the_best_of_all_trees(arc: np.ndarray) -> None:
    found = heads.tree(arc)
    assert found in TREES[len(arc)]

    def worth(tree: list[int]) -> float:
        return float(sum(arc[d, h] for d, h in enumerate(tree)))

    assert worth(found) == max(map(worth, TREES[len(arc)]))


@pytest.mark.slow
@given(st.integers(6, 24).flatmap(lambda n: floats((n, n))))
def test_longer_sentences_get_one_root_and_no_cycle(arc: np.ndarray) -> None:
    tree = tuple(heads.tree(arc))
    assert sum(head == d for d, head in enumerate(tree)) == 1
    assert all(_to_root(tree, d) for d in range(len(tree)))


@given(st.integers(1, 4).flatmap(lambda n: floats((n, 5))), floats((6, 5)))
def test_viterbi_finds_the_best_line_that_bio_allows(scores: np.ndarray, raw: np.ndarray) -> None:
    steps = heads.allowed(raw, LABELS)

    def worth(labels: tuple[int, ...]) -> float:
        moves = sum(float(steps[a, b]) for a, b in zip((5, *labels), labels, strict=False))
        return moves + sum(float(scores[n, label]) for n, label in enumerate(labels))

    best = max(map(worth, product(range(5), repeat=len(scores))))
    assert worth(tuple(heads.viterbi([scores], steps)[0])) == pytest.approx(best, abs=1e-3)
    assert best > -1e5, "O is always allowed"


def test_spans_of_a_bio_line() -> None:
    assert heads.spans(["B-cue", "I-cue", "O", "B-cue", "B-cue"], 7) == [
        (7, 9, "cue"),
        (10, 11, "cue"),
        (11, 12, "cue"),
    ]
    assert heads.spans([]) == []


def test_spans_go_to_the_cue_they_point_to() -> None:
    found = [(0, 1, "source"), (1, 2, "cue"), (2, 4, "content"), (5, 6, "cue"), (6, 8, "content")]
    link = np.zeros((9, 4), np.float32)  # words, asked (2) beside offered (2)
    link[1, 2], link[5, 3] = 1, 1  # the two cues offer themselves
    link[0, 0] = link[2, 0] = link[6, 1] = 1
    assert heads.voices(found, link, [(0, 9)]) == [Voice((1, 2), ((0, 1),), ((2, 4),)), Voice((5, 6), (), ((6, 8),))]


def test_a_cue_of_the_same_sentence_comes_first() -> None:
    found = [(1, 2, "cue"), (2, 4, "content"), (5, 6, "cue"), (6, 8, "content")]
    link = np.zeros((9, 4), np.float32)
    link[1, 2] = link[2, 0] = link[6, 0] = 1  # both contents point to the first cue
    first, second = heads.voices(found, link, [(0, 4), (4, 9)])
    assert (first.contents, second.contents) == (((2, 4),), ((6, 8),))
    alone, _ = heads.voices(
        [*found[:2], (5, 6, "source"), (6, 8, "content"), (8, 9, "cue")], link, [(0, 4), (4, 8), (8, 9)]
    )
    assert alone.contents == ((2, 4), (6, 8)), "without one, the strongest of the window"


def test_without_a_cue_nobody_speaks() -> None:
    assert heads.voices([(3, 6, "content")], np.zeros((9, 4), np.float32), [(0, 9)]) == []
    assert heads.voices([], np.zeros((9, 4), np.float32), [(0, 9)]) == []


def test_places_of_events() -> None:
    event = np.full((5, 3), -3, np.float32)  # asked, begins, goes on
    event[1, 0] = 1
    event[3, 1], event[4, 2] = 2, 2
    assert heads.event_places([1], event) == {1: [(3, 5)]}
    event[:, 0] = 0
    assert heads.event_places([], event) == {}
    event[:, 0], event[:, 1:] = 1, -3
    assert heads.event_places([0], event) == {}, "a verb that finds nothing has no place"
