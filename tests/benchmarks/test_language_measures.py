"""The metrics of the language benchmarks on examples small enough to count by hand. No model, no shared data."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import attribution, clusters, event_place, factuality, spans
from benchmarks.attribution import Triple, of_group, of_voice
from benchmarks.conll18 import Parsed, score, texts
from benchmarks.spans import Counts
from whosays.language.analysis import Voice


def test_micro_figures() -> None:
    rows = [Counts(1, 2, 1), Counts(1, 2, 4)]
    assert spans.precision(rows) == 50
    assert spans.recall(rows) == 40
    assert spans.f1(rows) == pytest.approx(400 / 9)
    assert spans.f1([Counts()]) == 0


def test_spans_by_both_ends_and_by_the_first_word() -> None:
    """`source cue [content content]` where the reader ends the content too soon and calls the next word a cue."""
    gold = [(0, 2, "source"), (2, 3, "cue"), (3, 8, "content")]
    found = [(0, 2, "source"), (2, 3, "cue"), (3, 7, "content"), (7, 8, "cue")]
    counts = attribution.compare(gold, found)
    assert (counts["source"], counts["cue"]) == (Counts(1, 1, 1), Counts(1, 2, 1))
    assert (counts["content"], counts["content_begin"]) == (Counts(0, 1, 1), Counts(1, 1, 1))


def test_overlapping_spans_pair_one_to_one() -> None:
    gold = [(0, 4, "Weapon"), (4, 6, "Person")]
    found = [(0, 1, "Weapon"), (2, 4, "Weapon"), (4, 6, "Weapon")]
    assert spans.overlapping(gold, found) == Counts(1, 3, 2)


GOLD = of_group([(0, 2, "source"), (2, 3, "cue"), (3, 7, "content")])


@pytest.mark.parametrize(
    ("voice", "soft", "strict"),
    [
        (Voice((2, 3), ((0, 2),), ((3, 7),)), 1, 1),
        (Voice((2, 3), ((0, 2),), ((3, 5), (5, 7))), 1, 1),  # the same words in two pieces
        (Voice((1, 3), ((0, 1),), ((3, 5),)), 1, 0),  # half of each
        (Voice((2, 3), (), ((3, 7),)), 0, 0),  # no source, though gold has one
        (Voice((2, 3), ((0, 2),), ((3, 4),)), 0, 0),  # a quarter of the content
        (Voice((7, 8), ((0, 2),), ((3, 7),)), 0, 0),  # another cue
        (Voice(None, ((0, 2),), ((3, 7),)), 0, 0),
    ],
)
def test_triples(voice: Voice, soft: int, strict: int) -> None:
    found = [of_voice(voice)]
    assert spans.paired(attribution.overlaps([GOLD], found)) == soft
    assert spans.exact([GOLD], found).right == strict


def test_a_source_absent_on_both_sides_is_right() -> None:
    gold = [of_group([(2, 3, "cue"), (3, 7, "content")])]
    assert spans.paired(attribution.overlaps(gold, [of_voice(Voice((2, 3), (), ((3, 7),)))])) == 1


def test_one_gold_triple_pairs_once() -> None:
    half = Triple(frozenset({0}), frozenset({2}), frozenset({3, 4}))
    assert spans.paired(attribution.overlaps([GOLD], [half, GOLD])) == 1


TREE = Parsed(
    words=["He", "is", "n't", "in", "al", "-", "Bab", ".", "Good", "."],
    sentences=[0, 8],
    upos=["PRON", "AUX", "PART", "ADP", "PROPN", "PUNCT", "PROPN", "PUNCT", "ADJ", "PUNCT"],
    tags=["PRP", "VBZ", "RB", "IN", "NNP", "HYPH", "NNP", ".", "JJ", "."],
    lemmas=["he", "be", "not", "in", "al", "-", "bab", ".", "good", "."],
    heads=[6, 6, 6, 6, 6, 6, 6, 6, 8, 8],
    relations=["nsubj", "cop", "advmod", "case", "compound", "punct", "root", "punct", "root", "punct"],
)


def test_the_same_words_are_all_right() -> None:
    assert {name: spans.f1([counts]) for name, counts in score(TREE, TREE).items()} == dict.fromkeys(
        ("sentences", "words", "upos", "tag", "lemma", "uas", "las"), 100
    )


def test_words_cut_otherwise_are_aligned_by_characters() -> None:
    """`al-Bab` as one word: what hangs on it has lost its head; the second sentence was run on."""
    found = Parsed(
        words=["He", "is", "n't", "in", "al-Bab", ".", "Good", "."],
        sentences=[0],
        upos=["PRON", "VERB", "PART", "ADP", "PROPN", "PUNCT", "ADJ", "PUNCT"],
        tags=["PRP", "VBZ", "RB", "IN", "NNP", ".", "JJ", "."],
        lemmas=["He", "be", "not", "in", "al-bab", ".", "good", "."],
        heads=[4, 4, 4, 4, 4, 4, 6, 6],
        relations=["nsubj", "cop", "advmod:neg", "case", "root", "punct", "root", "dep"],
    )
    counts = score(TREE, found)
    assert counts["words"] == Counts(7, 8, 10)
    assert counts["sentences"] == Counts(0, 1, 2)
    assert counts["upos"].right == 6
    assert counts["lemma"].right == 7
    assert (counts["uas"].right, counts["las"].right) == (2, 1)


def test_subtypes_of_relations_do_not_count() -> None:
    named = replace(TREE, relations=[f"{relation}:odd" for relation in TREE.relations])
    assert spans.f1([score(TREE, named)["las"]]) == 100


def test_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not the same text"):
        score(TREE, replace(TREE, words=["She", *TREE.words[1:]]))


def test_text_of_a_treebank(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu.gz"
    lines = ("# newdoc id = a", "# newpar id = p", "# text = One.", "# text = Two.", "# newpar", "# newpar_block = p")
    path.write_bytes(
        gzip.compress("\n".join((*lines, "# text = Three.", "# newdoc id = b", "# text = Four.")).encode())
    )
    assert list(texts(path)) == [("a", "One. Two.\n\nThree."), ("b", "Four.")]


def test_coreference_of_the_textbook() -> None:
    """Pradhan et al. 2014, Scoring Coreference Partitions of Predicted Mentions, section 4."""
    shares = clusters.compare([set("abc"), set("defg")], [set("ab"), set("cd"), set("fghi")])
    found = {name: (clusters.recall([share]), clusters.precision([share])) for name, share in shares.items()}
    assert found["muc"] == pytest.approx((40, 40))
    assert found["b3"] == pytest.approx((100 * 35 / 84, 50))
    assert found["ceafe"] == pytest.approx((65, 130 / 3))
    assert clusters.f1([shares["ceafe"]]) == pytest.approx(52)


def test_chains_lose_singletons_and_shared_mentions() -> None:
    assert clusters.disjoint([[1, 2], [2, 3, 4], [5], [6, 6]]) == [{2, 3, 4}]


def test_pairing_is_the_best_and_not_the_greedy_one() -> None:
    assert clusters.paired([[0.9, 0.8], [0.8, 0.0], [0.1, 0.1]]) == pytest.approx(1.6)
    assert clusters.paired([]) == clusters.paired([[], []]) == 0


def test_places_of_events() -> None:
    """Word 3 happened at two places, one found; word 9 nowhere, as found; word 12 nowhere, but one is found."""
    gold = [(3, [(5, 7), (8, 9)]), (9, []), (12, [])]
    mentions = [(0, 1, "Location"), (5, 7, "Location"), (4, 5, "Person")]
    row = event_place.compare(gold, {3: [(5, 7)], 12: [(5, 7)]}, {"mentions": mentions, "names": []})
    assert row.spans == Counts(1, 2, 2)
    assert row.verbs == Counts(1, 3, 3)
    assert row.without == Counts(1, 2, 2)
    assert row.nearest == {"mentions": Counts(1, 3, 2), "names": Counts(0, 0, 2)}


def test_the_nearest_location() -> None:
    mentions = [(0, 2, "Location"), (6, 7, "Location"), (3, 4, "Person")]
    assert event_place.nearest_location(3, mentions) == [(0, 2)]
    assert event_place.nearest_location(4, mentions) == [(6, 7)]
    assert event_place.nearest_location(4, [(2, 3, "Location"), (6, 7, "Location")]) == [(6, 7)]
    assert event_place.nearest_location(4, [(1, 2, "Person")]) == []


def test_factuality() -> None:
    rows = [factuality.compare([(3.0, 2.0), (-1.0, -2.0)]), factuality.compare([]), factuality.compare([(-2.0, 0.0)])]
    assert factuality.error(rows) == pytest.approx(4 / 3)
    assert factuality.correlation(rows) == pytest.approx(0.7559289)
    assert spans.f1([row.negative for row in rows]) == pytest.approx(200 / 3)
    assert factuality.correlation(rows[1:]) == 0
