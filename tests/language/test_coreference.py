"""Signals of coreference on words written by hand, with weights that trust one signal alone."""

from __future__ import annotations

import numpy as np

from whosays.language import coreference
from whosays.language.coreference import KINDS, MATCHES, chains, nominals, pairs

WORDS = "Popular Mobilization Forces left . The PMF said it lost . Bashar al-Assad left . Assad spoke".split()
UPOS = "ADJ NOUN PROPN VERB PUNCT DET PROPN VERB PRON VERB PUNCT PROPN PROPN VERB PUNCT PROPN VERB".split()
HEADS = [2, 2, 3, 3, 3, 6, 7, 7, 9, 7, 7, 13, 11, 13, 13, 16, 16]
RELATIONS = "amod compound nsubj root punct det nsubj root nsubj ccomp punct nsubj flat root punct nsubj root".split()
NOTHING = np.zeros((len(nominals(WORDS, UPOS, HEADS, RELATIONS).at), 4), np.float32)


def weights(**match: float) -> dict[str, np.ndarray]:
    table = np.full((len(KINDS), len(MATCHES)), -9.0, np.float32)
    for name, value in match.items():
        table[:, MATCHES.index(name)] = value
    return {
        "scale": np.ones(1, np.float32),
        "distance": np.zeros(len(KINDS) * 7, np.float32),
        "kinds": np.zeros(len(KINDS) ** 2, np.float32),
        "match": table.ravel(),
    }


def linked(**match: float) -> list[list[str]]:
    return [[WORDS[n] for n in chain] for chain in chains(WORDS, UPOS, HEADS, RELATIONS, NOTHING, weights(**match))]


def test_nominals_are_heads_of_phrases() -> None:
    found = nominals(WORDS, UPOS, HEADS, RELATIONS)
    assert [WORDS[n] for n in found.at] == ["Forces", "PMF", "it", "Bashar", "Assad"]
    assert [KINDS[n] for n in found.kind] == ["name", "name", "it", "name", "name"]


def test_each_signal_alone() -> None:
    assert linked(acronym=1) == [["Forces", "PMF"]]
    assert linked(part=1) == [["Bashar", "Assad"]]
    assert linked() == []


def test_pairs_look_back_only() -> None:
    signals = pairs(nominals(WORDS, UPOS, HEADS, RELATIONS))
    assert signals.real.sum(axis=1).tolist() == [0, 1, 2, 3, 4]
    assert signals.other[3, :3].tolist() == [2, 1, 0]


def test_blocks_give_the_same_as_the_whole() -> None:
    draw = np.random.default_rng(1)
    words = [f"w{n}" for n in range(2 * coreference.BLOCK + 5)]
    found = nominals(words, ["NOUN"] * len(words), list(range(len(words))), ["root"] * len(words))
    signals, projected = pairs(found), draw.normal(size=(len(words), 6)).astype(np.float32)
    asked, offered = np.split(projected, 2, axis=1)
    whole = np.einsum("nd,nkd->nk", asked, offered[signals.other]) / 3**0.5
    assert np.allclose(coreference.repeats(found, signals, projected), whole, atol=1e-5)
