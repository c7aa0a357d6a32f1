"""Stories: which articles go back to one, what each kept of it, and where a claim's words first stood.

    stories(heads, copied) → Stories        trees of articles, one for each story
    traced(claims, stories) → claims        each with `story`: the article where its words first stood

Theory. Two articles of one story are joined by a whole copy, or by a body that is the same word for word; a story is what is so
joined, however long the chain. Its root is the article that was published first; on one day an agency's own page comes before
those that print it, and else the smaller id decides: so the order in which articles were read never matters. Each other article
hangs by the one before it that it shares most with.
An article that only lifts a passage of another is a story of its own; but the claims within that passage are no new word: they go
back to where the passage first stood. Its place is followed from article to article in both directions, so that a further copy can
only join what was apart, and never raises a number of origins.
Says nothing of who is right, nor of who wrote: what was never read cannot be a root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from whosays.nouns import ArticleHead, Copied, Copy, CopyKind, Extraction, Span, Story
from whosays.weigh import sameness

NEXT_TO_ALL = 0.9
"""Of an article's words: more than this, and the other has as good as all of it."""

NEAR = 40
"""Code points by which a place may be missed when it is followed through passages with changed words."""

HOUSE = 0.3
"""How much more two articles must share than one has with an earlier one of its own house, not to be taken for an update of that."""

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
    mates: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Article → those with the same body, itself among them, where there are others."""

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
        roots = {self.roots.get(one, one) for one in self._same(article, at)}
        return min(roots, key=self._age)

    def printed(self, article: str, at: int) -> date | None:
        """The first day on which the words at this place were printed, as far as is known."""
        mates = (mate for one in self._same(article, at) for mate in self.mates.get(one, (one,)))
        days = [self.heads[one].published for one in mates if one in self.heads]
        return min((day for day in days if day is not None), default=None)

    def _same(self, article: str, at: int) -> set[str]:
        """The articles in which these words stand, found from passage to passage; itself among them."""
        seen, reached = {(article, at)}, [(article, at)]
        while reached:
            here, at = reached.pop()
            for own, other, there in self.lifted.get(here, ()):
                if own.start <= at < own.end:
                    then = other, min(there.start + at - own.start, there.end - 1)
                    if all(one != other or abs(place - then[1]) > NEAR for one, place in seen):
                        seen.add(then)
                        reached.append(then)
        return {one for one, _ in seen}

    def _age(self, article: str) -> _Age:
        return _age(self.heads[article]) if article in self.heads else (*_LAST[:2], article)

    def _before(self, one: str, other: str) -> bool:
        return _age(self.heads[one]) < _age(self.heads[other])

    def _copy(self, article: str, before: Sequence[str], *, member: bool) -> Copy:
        """The article with its parent: of those before it, the one that it shares most with."""
        head = self.heads[article]
        best: tuple[tuple[float, int], str, float, float] | None = None
        for n, earlier in enumerate(before):
            share, kept = self._shares(article, earlier)
            own = HOUSE if _one_house(self.heads[article], self.heads[earlier]) else 0.0
            if share and (best is None or (share + kept + own, -n) > best[0]):
                best = ((share + kept + own, -n), earlier, share, kept)
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
    alike: dict[str, list[str]] = defaultdict(list)
    for head in known.values():
        _join(roots, known, head.id, bodies.setdefault(head.body, head.id))
        alike[head.body].append(head.id)
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
    mates = {article: same for same in alike.values() if len(same) > 1 for article in same}
    return Stories(known, {article: _root(roots, article) for article in known}, links, lifted, mates)


def traced(claims: Iterable[Extraction], known: Stories) -> tuple[Extraction, ...]:
    """The claims, each with the story in which its words first stood, and the day on which they did."""
    return tuple(_traced(one, known) for one in claims)


def _traced(one: Extraction, known: Stories) -> Extraction:
    where = one.article.id, one.claim.evidence.start
    return replace(one, story=known.first(*where), printed=known.printed(*where))


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
    if _one_house(head, parent) and head.published != parent.published:
        return CopyKind.UPDATE
    if share >= NEXT_TO_ALL:
        return CopyKind.REPRINT if kept >= NEXT_TO_ALL else CopyKind.CUT
    return CopyKind.EXTENDED if kept >= NEXT_TO_ALL else CopyKind.REWRITTEN


def _one_house(a: ArticleHead, b: ArticleHead) -> bool:
    """Is the text of both one agency's or, where none is named, one outlet's?"""
    if a.agency is not None or b.agency is not None:
        return a.agency == b.agency and a.publisher in (b.publisher, None, a.agency)
    return sameness.outlet(a) is not None and sameness.outlet(a) == sameness.outlet(b)
