"""A new article held against those that a ledger has: what it has in common with which.

    Copying(ledger).of(article) -> Copied …        Copying(ledger).catch_up()

The article's bands are written first, then the index is asked who shares them, then these are compared, then what was
found is written: in this order, so that two programs at work on one ledger do not miss each other's articles, and one
that is stopped in between leaves an article that `catch_up` finds.
"""

from __future__ import annotations

from whosays.copies import METHOD, Wording, bands, compare, wording
from whosays.ledger import Ledger
from whosays.nouns import Article, Copied

REMEMBERED = 512
"""Articles whose words are kept at hand: those of one story often come together."""


class Copying:
    """Finds copies among the articles of a ledger; remembers the words of those it met last."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._met: dict[str, Wording] = {}

    def of(self, article: Article) -> tuple[Copied, ...]:
        """What an article of the ledger has in common with others; written there too."""
        own = self._met[article.id] = wording(article)
        marks = bands(own)
        self._ledger.put_bands(article.id, marks)
        others = self._wordings(self._ledger.near(marks, but=article.id))
        found = tuple(pair for other in others if (pair := compare(own, other)) is not None)
        self._ledger.put_copied(article.id, found, method=METHOD)
        return found

    def catch_up(self) -> None:
        """Do so for all articles of the ledger for which it has not been done: those of an older program, and the one at
        which a run was stopped."""
        for article in self._ledger.not_compared(METHOD):
            self.of(self._ledger.article(article))

    def _wordings(self, articles: tuple[str, ...]) -> list[Wording]:
        """The words of articles; those met longest ago are forgotten."""
        unmet = [article for article in articles if article not in self._met]
        self._met |= {article.id: wording(article) for article in (self._ledger.articles(unmet) if unmet else ())}
        found = [self._met[article] for article in articles if article in self._met]
        for article in list(self._met)[: max(0, len(self._met) - REMEMBERED)]:
            del self._met[article]
        return found
