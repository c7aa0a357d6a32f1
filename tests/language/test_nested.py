"""Rules over trees, on trees written by hand: what a retrained parser cannot change."""

from __future__ import annotations

import pytest

from whosays.language import nested, pack
from whosays.language.discourse import _kept, linked
from whosays.language.lemmas import Lemmatizer
from whosays.nouns import Attribution, Span, Stance, Token
from whosays.tree import Tree

EN = pack("en")
LEMMAS = Lemmatizer(
    {"said/VBD": "say", "told/VBD": "tell"}, ["quote", "cite", "deny", "carry", "say", "report", "accuse"]
)


def tree(*rows: str) -> Tree:
    """Rows of `word upos tag head relation`, heads counted from 1, 0 for the root."""
    tokens, at, words = [], 0, []
    for n, row in enumerate(rows):
        word, upos, tag, head, relation = row.split()
        own = n if head == "0" else int(head) - 1
        tokens.append(Token(Span(at, at + len(word)), LEMMAS.lemma(word, tag), upos, tag, own, relation))
        words.append(word)
        at += len(word) + 1
    return Tree(" ".join(words), tokens, 0)


def shown(made: Tree) -> list[tuple[str, str, str, int | None]]:
    def words(of: tuple[int, int] | None) -> str:
        return " ".join(made.word(n) for n in range(*of)) if of else ""

    return [(words(v.source), words(v.cue), " … ".join(map(words, v.content)), v.outer) for v in nested.find(made, EN)]


QUOTED = tree(
    "TV PROPN NNP 2 nsubj", "quoted VERB VBD 0 root", "the DET DT 4 det", "army NOUN NN 2 obj", "as SCONJ IN 6 mark",
    "saying VERB VBG 2 advcl", "it PRON PRP 9 nsubj", "had AUX VBD 9 aux", "won VERB VBN 6 ccomp",
)  # fmt: skip
CITING = tree(
    "Sana PROPN NNP 7 nsubj", ", PUNCT , 3 punct", "citing VERB VBG 7 advcl", "a DET DT 5 det", "colonel NOUN NN 3 obj",
    ", PUNCT , 3 punct", "said VERB VBD 0 root", "Hama PROPN NNP 9 nsubj", "fell VERB VBD 7 ccomp",
)  # fmt: skip
CARRIED = tree(
    "Assad PROPN NNP 2 nsubj", "said VERB VBD 0 root", "in ADP IN 4 case", "remarks NOUN NNS 2 obl", "carried VERB VBN 4 acl",
    "by ADP IN 7 case", "Sana PROPN NNP 5 obl:agent", "Hama PROPN NNP 9 nsubj", "fell VERB VBD 2 ccomp",
)  # fmt: skip
PASSIVE = tree(
    "He PRON PRP 3 nsubj:pass", "was AUX VBD 3 aux:pass", "quoted VERB VBN 0 root", "by ADP IN 5 case", "Sana PROPN NNP 3 obl",
    "as SCONJ IN 7 mark", "saying VERB VBG 3 advcl", "Hama PROPN NNP 9 nsubj", "fell VERB VBD 7 ccomp",
)  # fmt: skip
NOUN = tree(
    "Rebels NOUN NNS 3 nmod:poss", "' PART POS 1 case", "claim NOUN NN 8 nsubj", "that SCONJ IN 6 mark", "Hama PROPN NNP 6 nsubj",
    "fell VERB VBD 3 acl", "is AUX VBZ 8 cop", "false ADJ JJ 0 root",
)  # fmt: skip
MIDDLE = tree(
    "Hama PROPN NNP 6 nsubj", ", PUNCT , 4 punct", "Sana PROPN NNP 4 nsubj", "said VERB VBD 6 parataxis", ", PUNCT , 4 punct",
    "fell VERB VBD 0 root",
)  # fmt: skip
TOLD = tree(
    "Aid NOUN NN 2 nsubj", "told VERB VBD 0 root", "CNN PROPN NNP 2 iobj", "Hama PROPN NNP 5 nsubj", "fell VERB VBD 2 ccomp",
)  # fmt: skip


@pytest.mark.parametrize(
    ("made", "voices"),
    [
        (QUOTED, [("tv", "quoted", "it had won", None), ("the army", "saying", "it had won", 0)]),
        (CITING, [("sana", "said", "hama fell", None), ("a colonel", "citing", "hama fell", 0)]),
        (CARRIED, [("assad", "said", "hama fell", 1), ("sana", "carried", "hama fell", None)]),
        (PASSIVE, [("sana", "quoted", "hama fell", None), ("he", "saying", "hama fell", 0)]),
        (NOUN, [("rebels '", "claim", "that hama fell", None)]),
        (MIDDLE, [("sana", "said", "hama … fell", None)]),
    ],
    ids=["quoted", "citing", "carried", "passive", "noun", "middle"],
)
def test_shapes(made: Tree, voices: list[tuple[str, str, str, int | None]]) -> None:
    assert shown(made) == voices


def test_hearer() -> None:
    (one,) = nested.find(TOLD, EN)
    assert one.to == (2, 3)


def test_a_voice_that_is_dropped_takes_no_other_along() -> None:
    """Numbers of those that pass a voice on follow when one before them goes."""
    voices = [
        nested.Spoken((0, 1), (5, 6), ()),
        nested.Spoken((0, 1), (9, 10), (), outer=2),
        nested.Spoken((0, 1), (12, 13), ()),
    ]
    assert [one.outer for one in nested._dropped(voices, 5)] == [1, None]


def test_no_voice_passes_itself_on() -> None:
    assert _kept([1, 2, 0], {0: 0, 1: 1, 2: 2}, 0) is None
    assert _kept([1, 2, None], {0: 0, 2: 1}, 0) == 1, "the next outer one that is kept"
    text = "A said B said C"
    circle = [
        Attribution(Span(0, 1), Span(2, 6), (Span(7, 15),), outer=1),
        Attribution(Span(7, 8), Span(9, 13), (Span(14, 15),), outer=0),
    ]
    assert [one.outer for one in linked(text, circle)].count(None) >= 1


def test_negated_cues_take_no_side() -> None:
    made = tree("He PRON PRP 4 nsubj", "did AUX VBD 4 aux", "not PART RB 4 advmod", "deny VERB VB 0 root")
    assert nested.negated(made, 3, Stance.DENIES) is Stance.DOUBTS
    assert nested.negated(made, 3, Stance.DEMANDS) is Stance.DEMANDS
