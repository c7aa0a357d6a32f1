"""What two articles have in common, and what that makes of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.copies.made import changed, sentences, story
from whosays import copies
from whosays.copies import difference, wording
from whosays.nouns import Article, Copied

OWN, OTHER = sentences(1, 15), sentences(2, 30)
A = story("a", *OWN)


def compare(a: Article, b: Article) -> Copied:
    found = copies.compare(wording(a), wording(b))
    assert found is not None
    return found


def test_reprints_cuts_extensions_and_new_leads_are_one_story() -> None:
    same = compare(A, story("b", *OWN))
    assert (same.articles, same.shares, same.whole) == (("a", "b"), (1.0, 1.0), True)
    cut = compare(A, story("b", *OWN[:6]))
    assert cut.shares[1] == 1.0
    assert 0.3 < cut.shares[0] < 0.5
    assert cut.whole
    extended = compare(A, story("b", *OWN, *OTHER[:4]))
    assert extended.shares[0] == 1.0 > extended.shares[1]
    assert extended.whole
    assert compare(A, story("b", *OTHER[:3], *OWN[3:])).whole
    reordered = compare(A, story("b", *OWN[9:], *OWN[3:9], *OWN[:3]))
    assert min(reordered.shares) > 0.95
    assert len(reordered.passages) >= 3


def test_changed_words_hide_no_copy() -> None:
    found = compare(A, story("b", *changed(OWN, 0.2)))
    assert found.whole
    assert min(found.shares) > 0.8


def test_a_passage_in_another_story_is_a_lift() -> None:
    found = compare(A, story("b", *OTHER[:10], *OWN[4:7], *OTHER[10:]))
    assert not found.whole
    (passage,) = found.passages
    assert passage[0].of(A.text).replace("\n", " ").startswith(OWN[4][:-1].split(".")[0][:20])
    assert passage[1].of(story("b", *OTHER[:10], *OWN[4:7], *OTHER[10:]).text).split() == passage[0].of(A.text).split()


def test_a_quarter_of_both_is_a_rewritten_story_if_it_is_scattered_and_background_if_not() -> None:
    own, other = sentences(8, 12), sentences(9, 8)
    scattered = [*other[:2], own[0], *other[2:4], own[4], *other[4:6], own[8], own[9], *other[6:]]
    together = [*other, own[8], own[9], own[10], own[11]]
    assert compare(story("a", *own), story("b", *scattered)).whole
    assert not compare(story("a", *own), story("b", *together)).whole


def test_what_both_quote_from_one_speaker_is_no_story() -> None:
    speech = '"' + " ".join(OWN[:9]) + '"'
    told, told_too = (story(name, speech, *sentences(seed, 4)) for name, seed in (("a", 5), ("b", 6)))
    found = compare(told, told_too)
    assert min(found.shares) > 0.5
    assert not found.whole


def test_independent_stories_have_nothing_in_common() -> None:
    fact = "the Observatory said 43 people died in the town of Rashidin"
    a, b = story("a", *OWN, f"{fact} on Friday."), story("b", f"On Friday {fact[4:]}, near Aleppo.", *OTHER)
    short = fact.split(" of ")[0]
    assert copies.compare(wording(A), wording(story("b", *OTHER))) is None
    assert copies.compare(wording(story("a", *OWN, short)), wording(story("b", short, *OTHER))) is None, "nine words"
    assert not compare(a, b).whole, "ten are a passage, and no story"


def test_what_a_copy_added_and_left_out() -> None:
    denial = "The army denied every word of this in a statement on Friday."
    a = story("a", *OWN[:6], denial, *OWN[6:])
    b = story("b", *OWN, *OTHER[:1])
    assert [span.of(a.text) for span in difference(wording(a), wording(b))] == [denial[:-1]]
    assert [span.of(b.text) + "." for span in difference(wording(b), wording(a))] == OTHER[:1]
    assert difference(wording(A), wording(A)) == ()


mixed = st.lists(st.sampled_from([*OWN[:4], *OTHER[:4], "Short one.", '"Quoted words here," he said.']), max_size=8)


@given(mixed, mixed)
def test_compare_is_symmetric_and_its_spans_lie_in_the_texts(one: list[str], other: list[str]) -> None:
    a, b = story("a", *one), story("b", *other)
    found = copies.compare(wording(a), wording(b))
    assert found == copies.compare(wording(b), wording(a))
    if found is None:
        assert not set(one) & set(other) & {*OWN, *OTHER}
        return
    assert all(0 < share <= 1 for share in found.shares)
    for side, text in ((0, a.text), (1, b.text)):
        spans = sorted(passage[side] for passage in found.passages)
        assert all(left.end <= right.start for left, right in pairwise(spans)), "none overlap"
        assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
    assert list(found.passages) == sorted(found.passages)


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_it(one: str, other: str) -> None:
    a, b = wording(story("a", one, one)), wording(story("b", other, one))
    assert copies.compare(a, b) == copies.compare(b, a)
    difference(a, b)


def test_a_word_that_opens_two_paragraphs_hides_neither_where_what_stood_between_is_cut() -> None:
    """`assault. The Iraqi military …` left out: `assault. The` goes on with the next paragraph, which begins with the same word."""
    first, gone, last = (f"The {one}" for one in sentences(3, 3))
    whole, cut = story("a", first, gone, last), story("b", first, last)
    assert difference(wording(cut), wording(whole)) == ()
    (missing,) = difference(wording(whole), wording(cut))
    assert " ".join(gone.split()[3:-1]) in missing.of(whole.text)
