"""Mentions from spans that a model might give."""

from __future__ import annotations

from whosays.language import mentions
from whosays.language.analysis import Analysis
from whosays.nouns import Span, Token

TEXT = "the town of Rawa , it"
WORDS = TEXT.split()
TOKENS = [Token(Span(start, start + len(word)), word) for word, start in zip(WORDS, (0, 4, 9, 12, 17, 19), strict=True)]


UPOS = ["X", "NOUN", "ADP", "PROPN", "PUNCT", "PRON"]
HEADS = [1, 1, 3, 1, 1, 5]
Labelled = tuple[int, int, str]


def find(
    *, mentioned: list[Labelled], names: list[Labelled], chains: list[list[int]]
) -> list[tuple[str, str, bool, int | None]]:
    read = Analysis(UPOS, [], [], HEADS, [], [], [], [], mentioned, names, {}, chains)
    return [(m.span.of(TEXT), m.kind, m.name, m.chain) for m in mentions.find(TEXT, TOKENS, read)]


def test_a_name_within_a_description_is_a_mention_too() -> None:
    found = find(mentioned=[(0, 4, "Location")], names=[(3, 4, "Location")], chains=[])
    assert found == [("the town of Rawa", "Location", False, None), ("Rawa", "Location", True, None)]


def test_a_name_that_both_heads_find_is_one_mention() -> None:
    assert find(mentioned=[(3, 4, "Location")], names=[(3, 4, "Person")], chains=[]) == [
        ("Rawa", "Location", True, None)
    ]


def test_a_pronoun_has_the_kind_of_what_it_stands_for() -> None:
    found = find(mentioned=[(0, 4, "Location")], names=[], chains=[[1, 5]])
    assert found == [("the town of Rawa", "Location", False, 0), ("it", "Location", False, 0)]
    assert find(mentioned=[], names=[], chains=[[1, 5]]) == []


def test_a_mark_is_no_mention() -> None:
    assert find(mentioned=[(4, 5, "Money")], names=[], chains=[]) == []
