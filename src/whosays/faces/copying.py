"""What each copy of a story did to the one it follows: shared by the terminal and the pages.

changed(ledger, story) -> article id → Change      what it added and what it left out, denials first
in_tree(copies) -> copies                          each after its parent
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whosays import copies
from whosays.faces.safe import safe
from whosays.ledger import Ledger
from whosays.nouns import Article, Copy, CopyKind, Extraction, Polarity, Span, Story

KINDS = {
    CopyKind.ROOT: "first seen",
    CopyKind.IDENTICAL: "the same words",
    CopyKind.REPRINT: "reprint",
    CopyKind.CUT: "cut",
    CopyKind.EXTENDED: "extended",
    CopyKind.REWRITTEN: "rewritten",
    CopyKind.UPDATE: "update",
    CopyKind.LIFT: "a story of its own that has a passage of it",
}

FEWEST = 5
"""Words: shorter stretches are changes of wording."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a copy did to the article it follows."""

    added: tuple[str, ...]
    left_out: tuple[str, ...]
    dropped: tuple[Extraction, ...]
    """Claims of the parent whose words were left out, denials first."""


def changed(ledger: Ledger, told: Story) -> dict[str, Change]:
    """Copy → what it changed. Of a lift only the passage matters, so that nothing is said of the rest."""
    articles = {copy.article.id: ledger.article(copy.article.id) for copy in told.copies}
    return {
        copy.article.id: _change(ledger, articles[copy.article.id], articles[copy.parent])
        for copy in told.copies
        if copy.parent is not None and copy.kind is not CopyKind.LIFT
    }


def _change(ledger: Ledger, own: Article, parent: Article) -> Change:
    here, there = copies.wording(own), copies.wording(parent)
    added, gone = copies.difference(here, there), copies.difference(there, here)
    lost = [one for one in ledger.claims(article=parent.id) if any(_within(one, span) for span in gone)]
    lost.sort(key=lambda one: one.claim.polarity is not Polarity.DENIED)
    return Change(_words(own, added), _words(parent, gone), tuple(lost))


def _within(one: Extraction, span: Span) -> bool:
    """Are most of a claim's words in the stretch?"""
    evidence = one.claim.evidence
    shared = min(evidence.end, span.end) - max(evidence.start, span.start)
    return 2 * shared > evidence.end - evidence.start


def _words(article: Article, spans: Sequence[Span]) -> tuple[str, ...]:
    """The longer stretches in words, and the short ones with a number: the changed toll. Longest first."""
    told = (safe(span.of(article.text)) for span in spans)
    kept = (one for one in told if len(one.split()) >= FEWEST or any(letter.isdecimal() for letter in one))
    return tuple(sorted(kept, key=len, reverse=True))


def in_tree(copies: Sequence[Copy]) -> Iterator[Copy]:
    """Each copy after its parent and before the next child of that parent."""
    below: dict[str | None, list[Copy]] = {}
    for copy in copies:
        below.setdefault(copy.parent, []).append(copy)
    waiting = below.get(None, [])[::-1]
    while waiting:
        copy = waiting.pop()
        yield copy
        waiting += below.get(copy.article.id, [])[::-1]
