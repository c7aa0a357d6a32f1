"""What corpora are brought into before they are learned from. The network itself is held by the benchmarks' floors."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpora import spans_of
from training.documents import Document, Syntax, align, apart, covering
from training.lemmas import tables
from training.variants import curled, headlines, straightened
from whosays.language.lemmas import Lemmatizer


@given(
    st.lists(st.text(st.characters(codec="ascii", exclude_categories=("Zs", "Cc")), min_size=1)),
    st.lists(st.sampled_from(["", " ", "\n\n"])),
)
def test_words_are_found_in_any_spacing(words: list[str], gaps: list[str]) -> None:
    text = "".join(word + (gaps[n % len(gaps)] if gaps else "") for n, word in enumerate(words))
    assert [text[a:b] for a, b in align(words, text)] == words


def test_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="Hama"):
        align(["the", "Hama"], "the Homs")


def test_covering() -> None:
    places = [(0, 3), (4, 8), (9, 12)]
    assert covering(places, 5, 10) == (1, 3)
    assert covering(places, 3, 4) is None


def test_the_longer_of_two_overlapping_spans_stays() -> None:
    assert apart([(0, 2, "a"), (1, 5, "b"), (6, 7, "c")]) == [(1, 5, "b"), (6, 7, "c")]


def test_spans_of_bio_lines_with_slips() -> None:
    assert spans_of(["I-cue", "I-cue", "B-source", "I-content", "O"]) == [
        (0, 2, "cue"),
        (2, 3, "source"),
        (3, 4, "content"),
    ]


PARSED = Document(
    "made", "one", ["The", "army", "has", "seized", "a", "town", "."], [0], [0],
    names=[(1, 2, "Organisation")],
    syntax=[
        Syntax("DET", "DT", "the", 1, "det"), Syntax("NOUN", "NN", "army", 3, "nsubj"), Syntax("AUX", "VBZ", "have", 3, "aux"),
        Syntax("VERB", "VBN", "seize", 3, "root"), Syntax("DET", "DT", "a", 5, "det"), Syntax("NOUN", "NN", "town", 3, "obj"),
        Syntax("PUNCT", ".", ".", 3, "punct"),
    ],
)  # fmt: skip


def test_headlines_keep_a_tree_and_their_names() -> None:
    (one,) = headlines(PARSED, random.Random(3), share=1.0)
    assert [word.lower() for word in one.words] == ["army", "seized", "town"]
    assert one.syntax is not None
    assert [s.head for s in one.syntax] == [1, 1, 1]
    assert one.names == [(0, 1, "Organisation")]


def test_quotation_marks_are_set_either_way() -> None:
    quoted = Document("made", "q", ['"', "It", "did", "n't", '"'], [0], [0])
    assert curled(quoted).words == ["“", "It", "did", "n’t", "”"]
    assert straightened(curled(quoted)).words == quoted.words


def test_lemma_tables_hold_what_the_rules_get_wrong() -> None:
    exceptions, verbs = tables([PARSED])
    assert exceptions == {"has/VBZ": "have"}
    assert Lemmatizer(exceptions, verbs).lemma("Seized", "VBD") == "seize"
    assert Lemmatizer(exceptions, verbs).lemma("villages", "NNS") == "village"
