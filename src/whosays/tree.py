"""One sentence as a dependency tree (Universal Dependencies): children, subtrees, subjects.

Tokens are numbered within the sentence. Relations are compared without their subtype (`nsubj:pass` is a `nsubj`), unless asked
for in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from whosays.nouns import Span, Token
from whosays.text import trim

Range = tuple[int, int]
_EDGES = ',;:–—-"“”‘’'
_RELATIVE = frozenset({"who", "which", "that"})


@cache
def _plain(relation: str | None) -> str:
    return (relation or "dep").partition(":")[0]


class Tree:
    """The tokens of one sentence; `first` is the number in the Reading of its first token."""

    def __init__(self, text: str, tokens: Sequence[Token], first: int) -> None:
        self.text, self.tokens = text, tokens
        self.words = [text[token.span.start : token.span.end].lower() for token in tokens]
        self.relations = [_plain(token.relation) for token in tokens]
        self.heads = [i if t.head is None else t.head - first for i, t in enumerate(tokens)]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def relation(self, i: int) -> str:
        return self.relations[i]

    def child(self, i: int, *relations: str) -> int | None:
        """The first child by one of these relations, in full or without subtype."""
        return next(self.all(i, *relations), None)

    def all(self, i: int, *relations: str) -> Iterator[int]:
        return (c for c in self.children[i] if self.relations[c] in relations or self.tokens[c].relation in relations)

    def case(self, i: int) -> str:
        """The preposition of a nominal."""
        at = self.child(i, "case")
        return "" if at is None else self.word(at)

    def below(self, i: int, *, without: Sequence[int] = ()) -> list[int]:
        """The words of a subtree in order, without some of its branches."""
        found, waiting = [], [i]
        while waiting:
            n = waiting.pop()
            found.append(n)
            waiting += [c for c in self.children[n] if c not in without]
        return sorted(found)

    def range(self, i: int, *, without: Sequence[int] = ()) -> Range:
        """From the first to the last word of a subtree."""
        words = self.below(i, without=without)
        return words[0], words[-1] + 1

    def nominal(self, i: int) -> Range:
        """A noun phrase without its preposition, its relative clause and what is only loosely joined to it."""
        loose = [c for c in self.children[i] if self._loose(c) or (self.relation(c) == "case" and c < i)]
        words = self.below(i, without=loose)
        # what stands behind a branch that was left out belongs to that branch's side of the sentence
        end = min((self.range(c)[0] for c in loose if c > i), default=len(self))
        words = [n for n in words if n < end or n <= i]
        return words[0], words[-1] + 1

    def _loose(self, c: int) -> bool:
        full = self.tokens[c].relation or ""
        return full == "acl:relcl" or self.relation(c) in ("parataxis", "discourse", "cc:preconj")

    def subject(self, i: int, *, steps: int = 4) -> int | None:
        """Who does what the verb says, through relative clauses, coordination and participles."""
        own = self.child(i, "nsubj")
        if own is not None and not (self.word(own) in _RELATIVE and self.relation(i) == "acl"):
            return own if self.tokens[own].relation != "nsubj:pass" else self.agent(i)
        relation, head = self.relation(i), self.heads[i]
        if relation == "acl":
            return head
        if own is not None or head == i or not steps:
            return None
        return self.subject(head, steps=steps - 1) if relation in ("conj", "advcl", "xcomp", "parataxis") else None

    def agent(self, i: int) -> int | None:
        """`by X` of a passive."""
        return next((n for n in self.all(i, "obl") if self.case(n) == "by"), None)

    def span(self, of: Range) -> Span | None:
        """Words as a span of text, without marks at its ends."""
        if of[0] >= of[1]:
            return None
        start, end = trim(self.text, self.tokens[of[0]].span.start, self.tokens[of[1] - 1].span.end, also=_EDGES)
        return Span(start, end) if start < end else None
