"""Mentions: names, descriptions and pronouns of the people, groups, places, times, amounts and weapons in a text.

Comes in: the tokens, what the model made of them. Goes out: Mentions sorted by start. The mention head (re3d's kinds, names and
descriptions alike) comes first; names that it missed, or that stand within a description (`the town of Rawa`), are taken from the
name head; a pronoun that stands for a mention is one, of that mention's kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from whosays.language.analysis import Analysis
from whosays.nouns import Mention, Span, Token
from whosays.text import trim


def find(text: str, tokens: Sequence[Token], read: Analysis) -> tuple[Mention, ...]:
    """All mentions of an article."""
    taken = [-1] * len(tokens)
    found: list[tuple[int, int, str]] = []
    for n, (a, b, kind) in enumerate(read.mentions):
        found.append((a, b, kind))
        taken[a:b] = [n] * (b - a)
    for a, b, kind in read.names:
        around = set(taken[a:b])
        whole = around == {-1} or (len(around) == 1 and _length(read.mentions[taken[a]]) > b - a)
        if whole:
            found.append((a, b, kind))
    chain = {n: number for number, words in enumerate(read.chains) for n in words}
    kinds: dict[int, str] = {}
    for a, b, kind in sorted(found):
        if (number := _chain(a, b, read.heads, chain)) is not None:
            kinds.setdefault(number, kind)
    pronouns = [n for n in chain if read.upos[n] == "PRON" and taken[n] < 0 and chain[n] in kinds]
    found += [(n, n + 1, kinds[chain[n]]) for n in pronouns]
    named = [False] * len(tokens)
    for a, b, _ in read.names:
        named[a:b] = [True] * (b - a)
    mentions = (
        Mention(_span(text, tokens, a, b), kind, _chain(a, b, read.heads, chain), 2 * sum(named[a:b]) > b - a)
        for a, b, kind in sorted(found)
    )
    return tuple(mention for mention in mentions if mention.span.start < mention.span.end)


def _length(mention: tuple[int, int, str]) -> int:
    return mention[1] - mention[0]


def _chain(start: int, end: int, heads: Sequence[int], chain: dict[int, int]) -> int | None:
    """The chain of the mention's head: of the word whose own head lies outside."""
    tops = (n for n in range(start, end) if not start <= heads[n] < end or heads[n] == n)
    return next((chain[n] for n in tops if n in chain), None)


def _span(text: str, tokens: Sequence[Token], start: int, end: int) -> Span:
    left, right = tokens[start].span.start, tokens[end - 1].span.end
    return Span(*trim(text, left, right, also=",;"))
