"""Labels of windows: the same word numbers as the window's, whatever it leaves out."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training.documents import Document, Syntax
from training.prepare import Labels, bio
from training.windows import NONE, Cutter
from whosays.language import pack, weights
from whosays.language.pieces import Pieces

PIECES = Pieces(weights.load(pack("en").weights)[0].vocabulary)
LABELS = Labels(
    attribution=bio(("source", "cue", "content")),
    mention=bio(("Person",)),
    name=bio(("Person",)),
    upos=["NOUN", "VERB"],
    tag=["NN", "VB"],
    lemma=["0"],
    relation=["root", "nsubj"],
)
WORDS = "Asad said rebels left . He lied".split()
HEADS = (1, 1, 3, 1, 1, 6, 6)
DOCUMENT = Document(
    "made",
    "one",
    WORDS,
    [0, 5],
    [0, 5],
    attributions=[[(0, 1, "source"), (1, 2, "cue"), (2, 7, "content")]],
    names=[(0, 1, "Person")],
    syntax=[Syntax("NOUN", "NN", word.lower(), head, "nsubj") for word, head in zip(WORDS, HEADS, strict=True)],
    events=[(3, [(0, 1)])],
    factuality=[(6, -1.5)],
    chains=[[0, 5]],
)


def windows(seed: int) -> list:
    return list(Cutter(PIECES, LABELS).cut(DOCUMENT, random.Random(seed)))


@given(st.integers(0, 200))
def test_labels_fit_their_words(seed: int) -> None:
    for window in windows(seed):
        size = len(window.first)
        assert all(len(line) == size for line in window.labels.values())
        assert all(0 <= i < size and 0 <= j < size for i, j in window.links)
        assert all(head == NONE or 0 <= head < size for head in window.labels["arc"])
        assert window.labels["attribution"][0] in (1, 5), "what begins a window begins with B"


def test_sentences_alone() -> None:
    first, second = next(found for seed in range(50) if len(found := windows(seed)) == 2)
    assert first.links == [(0, 1), (1, 1), (2, 1)]
    assert second.links == [], "its cue stands in another window"
    assert second.labels["attribution"] == [5, 6], "content goes on"
    assert second.labels["arc"] == [1, 1]
    assert second.factuality == [(1, -1.5)]
    assert first.events == [(3, [1, 0, 0, 0, 0])]
    assert first.chains is not None
    assert (0, 0) in first.chains
    assert first.labels["name"] == [1, 0, 0, 0, 0]
