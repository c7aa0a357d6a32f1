"""Articles with passages in common are found; others seldom; and the same words give the same bands."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tests.copies.made import changed, sentences, story
from tests.making import make_article
from whosays.copies import bands, wording
from whosays.copies.bands import LIMIT
from whosays.nouns import Article


def shared(a: Article, b: Article) -> int:
    return len(set(bands(wording(a))) & set(bands(wording(b))))


def test_copies_are_found() -> None:
    own, other = sentences(1, 15), sentences(2, 30)
    a = story("a", *own)
    assert shared(a, story("b", *own[:5]))
    assert shared(a, story("b", *reversed(own)))
    assert shared(a, story("b", *other[:20], *own[6:8], *other[20:])), "two sentences in a long story"
    assert shared(story("c", *own[:3]), story("b", *other, *own[:3])), "and those of a short one"


def test_copies_with_a_third_of_their_words_changed_are_found() -> None:
    stories = [sentences(seed, 12) for seed in range(60)]
    found = [shared(story("a", *own), story("b", *changed(own, 0.3))) > 0 for own in stories]
    assert sum(found) >= 57


def test_other_stories_are_not() -> None:
    made = [set(bands(wording(story("a", *sentences(seed, 15))))) for seed in range(40)]
    assert sum(bool(one & other) for one in made for other in made if one is not other) == 0


def test_bands_are_few_however_long_the_article() -> None:
    assert len(bands(wording(story("a", *sentences(3, 400))))) == LIMIT
    assert bands(wording(make_article())) == bands(wording(make_article("He said so."))) == ()


def test_bands_are_the_same_in_every_process() -> None:
    code = """
from tests.copies.made import sentences, story
from whosays.copies import bands, wording
print(bands(wording(story("a", *sentences(1, 3)))))
"""
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed.strip() == str(bands(wording(story("b", *sentences(1, 3)))))


@given(st.lists(st.text(max_size=200), max_size=3))
def test_bands_are_signed_64_bit_integers_in_order(paragraphs: list[str]) -> None:
    found = bands(wording(make_article(*paragraphs)))
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= band < 2**63 for band in found)
