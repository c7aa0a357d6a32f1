"""Planted copies are what they say, and stories are scored as by hand."""

from __future__ import annotations

import pytest

from benchmarks.copies_planted import CELLS, EVERY, plant, size, vocabulary
from benchmarks.copy_finders import containment
from benchmarks.reprints import adjusted_rand, f1, followed, joined
from tests.copies.made import sentences

TEXTS = {name: " ".join(sentences(n, 12)) for n, name in enumerate("abcde")}
LEADS = [" ".join(sentences(100 + n, 12)) for n in range(5)]
MADE = plant(TEXTS, LEADS, vocabulary([*TEXTS.values(), *LEADS]))


def test_every_cell_is_planted_once_in_five_texts() -> None:
    assert sorted(one.cell for one in MADE) == sorted(CELLS)
    assert len(TEXTS) == EVERY
    assert plant(TEXTS, LEADS, vocabulary([*TEXTS.values(), *LEADS])) == MADE, "the seed is fixed"


def test_planted_texts_are_what_their_cell_says() -> None:
    for one in MADE:
        (edit, change), own = one.cell, TEXTS[one.id[0]]
        words, kept = one.text.split(), set(one.text.split()) & set(own.split())
        if edit == "whole":
            same = sum(a == b for a, b in zip(words, own.split(), strict=True)) / size(own)
            assert same == pytest.approx(1 - change / 100, abs=0.02)
        if change == 0:
            if edit.startswith("trim"):
                assert own.startswith(one.text)
                assert 0 <= size(one.text) / size(own) - int(edit[5:]) / 100 < 0.15
            elif edit == "reorder":
                assert sorted(words) == sorted(own.split())
            elif edit == "two merged":
                assert all(TEXTS[source] in one.text for source in one.sources)
            else:
                assert kept
        assert one.plain == (change == 0 or edit == "whole")
        assert len(one.sources) == (2 if edit in ("quoted 40", "two merged") else 1)


def test_measures_by_hand() -> None:
    names = ["a", "b", "c", "d"]
    two = {"a": "x", "b": "x", "c": "y", "d": "y"}
    assert adjusted_rand(two, two) == 100
    assert adjusted_rand(two, dict.fromkeys(names, "z")) == 0
    assert adjusted_rand(two, {"a": "x", "b": "y", "c": "x", "d": "y"}) == pytest.approx(-50)
    assert f1(3, 1, 1) == 75
    assert joined(names, [("a", "b"), ("b", "c")]).keys() == set(names)
    assert len(set(joined(names, [("a", "b"), ("b", "c")]).values())) == 2
    story = followed(names, {("a", "c"): 0.4, ("b", "c"): 0.6, ("a", "d"): 0.1})
    assert story["c"] == story["b"] != story["a"] == story["d"], "each follows the one it is most like"
    assert containment({"a": TEXTS["a"], "b": TEXTS["a"] + LEADS[0], "c": TEXTS["c"]}) == {("a", "b"): 1.0}
