"""Lemmas: regular forms by rule, the rest looked up."""

from __future__ import annotations

import pytest

from whosays.language import pack, weights
from whosays.language.lemmas import Lemmatizer

_WEIGHTS = weights.load(pack("en").weights)[0]
ENGLISH = Lemmatizer(_WEIGHTS.lemmas | pack("en").verbs, {*_WEIGHTS.verbs, *pack("en").verbs.values()})


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("killed", "VBN", "kill"),
        ("captured", "VBD", "capture"),
        ("Seized", "VBD", "seize"),
        ("stopping", "VBG", "stop"),
        ("denies", "VBZ", "deny"),
        ("withdrew", "VBD", "withdraw"),  # verbs.yml
        ("taken", "VBN", "take"),  # from the treebanks
        ("men", "NNS", "man"),
        ("cities", "NNS", "city"),
        ("was", "VBD", "be"),
        ("n’t", "RB", "not"),  # curly
        ("Raqqa", "NNP", "raqqa"),
        ("", "NN", ""),
    ],
)
def test_lemma(word: str, tag: str, lemma: str) -> None:
    assert ENGLISH.lemma(word, tag) == lemma
