"""Stories: which articles go back to one, what each kept of it, and where a claim's words first stood.

    stories(heads, copied) → Stories        trees of articles, one for each story
    traced(claims, stories) → claims        each with `story`: the article where its words first stood

Theory. Two articles of one story are joined by a whole copy, or by a body that is the same word for word; a story is what is so
joined, however long the chain. Its root is the article that was published first; on one day an agency's own page comes before
those that print it, and else the smaller id decides: so the order in which articles were read never matters. Each other article
hangs by the one before it that it shares most with.
An article that only lifts a passage of another is a story of its own; but the claims within that passage are no new word: they go
back to where the passage first stood. Passages are followed from article to article in both directions, so that a further copy
can only join what was apart, and never raises a number of origins.
Says nothing of who is right, nor of who wrote: what was never read cannot be a root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whosays.nouns import ArticleHead, Copied, Copy, CopyKind, Extraction, Span, Story
from whosays.weigh import sameness

NEXT_TO_ALL = 0.9
"""Of an article's words: more than this, and the other has as good as all of it."""

_Passages = Mapping[str, Sequence[tuple[Span, str, Span]]]
"""Article → its passages that another article has too: where here, which article, where there."""


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories of some articles, and the passages that lead from one story to another."""

    heads: Mapping[str, ArticleHead]
    roots: Mapping[str, str]
    """Article → root of its story."""
    links: Mapping[str, Sequence[Copied]]
    """Article → what it shares with others, whole copies and passages."""
    lifted: _Passages

    def of(self, article: str) -> Story:
        """The story that an article is part of, with those that lift a passage from it. Raises KeyError for an unknown article."""
        root = self.roots[article]
        members = {one for one in self.heads if self.roots[one] == root}
        lifting = {other for one in members for _, other, _ in self.lifted.get(one, ())} - members
        lifting = {one for one in lifting if self._before(root, one)}
        order = sorted(members | lifting, key=lambda one: _age(self.heads[one]))
        return Story(root, tuple(self._copy(one, order[:n], member=one in members) for n, one in enumerate(order)))

    def first(self, article: str, at: int) -> str:
        """Root of the story in which the words at this place of an article first stood, as far as is known."""
        seen = {(article, -1)}
        best, reached = self.roots.get(article, article), [(article, Span(at, at + 1))]
        while reached:
            here, span = reached.pop()
            root = self.roots.get(here, here)
            best = min(best, root, key=lambda one: _age(self.heads[one]) if one in self.heads else _LAST)
            for own, other, there in self.lifted.get(here, ()):
                if own.meets(span) and (other, there.start) not in seen:
                    seen.add((other, there.start))
                    reached.append((other, there))
        return best

    def _before(self, one: str, other: str) -> bool:
        return _age(self.heads[one]) < _age(self.heads[other])

    def _copy(self, article: str, before: Sequence[str], *, member: bool) -> Copy:
        """The article with its parent: of those before it, the one that it shares most with."""
        head = self.heads[article]
        best: tuple[tuple[float, int], str, float, float] | None = None
        for n, earlier in enumerate(before):
            share, kept = self._shares(article, earlier)
            if share and (best is None or (share + kept, -n) > best[0]):
                best = ((share + kept, -n), earlier, share, kept)
        if best is None:
            return Copy(head, CopyKind.ROOT, None, 0.0, 0.0)
        _, parent, share, kept = best
        kind = _kind(head, self.heads[parent], share, kept) if member else CopyKind.LIFT
        return Copy(head, kind, parent, share, kept)

    def _shares(self, article: str, other: str) -> tuple[float, float]:
        """Of each of two articles, the share of words that the other has."""
        if self.heads[article].body == self.heads[other].body:
            return 1.0, 1.0
        for link in self.links.get(article, ()):
            if other in link.articles:
                own, its = link.shares if link.articles[0] == article else link.shares[::-1]
                return own, its
        return 0.0, 0.0


def stories(heads: Iterable[ArticleHead], copied: Iterable[Copied]) -> Stories:
    """The stories that these articles make, by what is known to be common to two of them. Pairs with an article that is not among
    `heads` are left out."""
    known = {head.id: head for head in heads}
    roots = {article: article for article in known}
    links: dict[str, list[Copied]] = defaultdict(list)
    lifted: dict[str, list[tuple[Span, str, Span]]] = defaultdict(list)
    bodies: dict[str, str] = {}
    for head in known.values():
        _join(roots, known, head.id, bodies.setdefault(head.body, head.id))
    for link in sorted(copied, key=lambda link: link.articles):
        a, b = link.articles
        if a in known and b in known:
            links[a].append(link)
            links[b].append(link)
            if link.whole:
                _join(roots, known, a, b)
            for here, there in link.passages:
                lifted[a].append((here, b, there))
                lifted[b].append((there, a, here))
    return Stories(known, {article: _root(roots, article) for article in known}, links, lifted)


def traced(claims: Iterable[Extraction], known: Stories) -> tuple[Extraction, ...]:
    """The claims, each with the story in which its words first stood."""
    return tuple(replace(one, story=known.first(one.article.id, one.claim.evidence.start)) for one in claims)


_Age = tuple[date, bool, str]
_LAST: _Age = (date.max, True, "~")


def _age(head: ArticleHead) -> _Age:
    """First published first; on one day the agency's own page; then by id."""
    own = head.agency is not None and head.publisher in (None, head.agency)
    return head.published or date.max, not own, head.id


def _root(roots: dict[str, str], article: str) -> str:
    while roots[article] != article:
        roots[article] = roots[roots[article]]
        article = roots[article]
    return article


def _join(roots: dict[str, str], heads: Mapping[str, ArticleHead], a: str, b: str) -> None:
    """Two articles are of one story; its root is the older of their roots."""
    first, second = sorted((_root(roots, a), _root(roots, b)), key=lambda one: _age(heads[one]))
    roots[second] = first


def _kind(head: ArticleHead, parent: ArticleHead, share: float, kept: float) -> CopyKind:
    if head.body == parent.body:
        return CopyKind.IDENTICAL
    if sameness.outlet(head) is not None and sameness.outlet(head) == sameness.outlet(parent):
        return CopyKind.UPDATE
    if share >= NEXT_TO_ALL:
        return CopyKind.REPRINT if kept >= NEXT_TO_ALL else CopyKind.CUT
    return CopyKind.EXTENDED if kept >= NEXT_TO_ALL else CopyKind.REWRITTEN
