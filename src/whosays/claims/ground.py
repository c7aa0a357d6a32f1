"""Is a phrase about a place? What `match` asks of a role and `where` of the words that fill it."""

from __future__ import annotations

from whosays.claims.lines import Line, Range

_PREPOSITIONS = frozenset(
    "in at on near by from to into inside outside against with between towards toward across around under over through".split()
)
_PARTS = frozenset(
    "whole all most part parts half third quarter rest majority much remainder bulk some percent % swath swathe centre center "
    "outskirts edge edges heart south north east west side sides".split()
)


def opening(line: Line, phrase: Range) -> Range:
    """The phrase up to its first preposition other than `of`: in `600 lives in Gaza`, `600 lives`."""
    end = next((k for k in range(phrase[0] + 1, phrase[1]) if line.word(k) in _PREPOSITIONS), phrase[1])
    return phrase[0], max(end, phrase[0] + 1)


def grounded(line: Line, phrase: Range, lemmas: frozenset[str]) -> bool:
    """Does a place name or a noun of `lemmas` head it, or do the words before its `of` name a part of one?
    `Most of Raqqa` is about a place; `the story of Syria` and `600 lives in Gaza` are not."""
    start, end = opening(line, phrase)
    of = next((k for k in range(start, end) if line.word(k) == "of"), end)
    head = line.head((start, of))
    if head in line.places or line.lemma(head) in lemmas or line.word(head) in lemmas:
        return True
    return of < end and line.lemma(of - 1) in _PARTS and grounded(line, (of + 1, end), lemmas)
