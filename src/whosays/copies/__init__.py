"""Who copied from whom: which articles have the same words, all or some, exactly or nearly.

    body(article) -> digest        the same for articles that are word for word the same
    wording(article) -> Wording    its words in passages, for the two that follow
    bands(wording) -> numbers      shared by articles that are likely to have a passage in common
    compare(a, b) -> Copied        what two articles have in common; difference(a, b): what one lacks

Two pages with one digest are reprints of one text, whatever their headline, dateline, byline or publisher. A story of
which a sentence was dropped has another digest: its bands find it among all others (`bands.py`: MinHash), and `compare`
says how much of it is common (`compare.py`: alignment). Who came first is for `weigh` to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from whosays.copies.bands import METHOD, bands
from whosays.copies.compare import compare, difference
from whosays.copies.passages import Wording, wording
from whosays.nouns import Article, PartKind
from whosays.text import digest, fold, words

__all__ = ["METHOD", "STUB", "Wording", "bands", "body", "compare", "difference", "wording"]

STUB = 25
"""Words. A shorter body is no story of its own: a picture page, a bare video. Its headline then counts as well, so that
`Watch: our correspondent reports.` under two headlines is two articles."""


def body(article: Article) -> str:
    """Digest of the words of an article's paragraphs, folded: case, accents, punctuation and layout do not count.

    An article with neither paragraphs nor headline has the digest of its whole text."""
    said = _folded(" ".join(_paragraphs(article)))
    if len(said) >= STUB:
        return digest("body", *said)
    headline = _folded(article.headline or "")
    return digest("stub", *headline, None, *(said if said or headline else _folded(article.text)))


def _paragraphs(article: Article) -> Iterator[str]:
    """Paragraphs without the datelines that open them: a reprint often drops `BEIRUT (Reuters) –`."""
    datelines = article.spans(PartKind.DATELINE)
    for paragraph in article.spans(PartKind.PARAGRAPH):
        start = max((dateline.end for dateline in datelines if paragraph.holds(dateline)), default=paragraph.start)
        yield article.text[start : paragraph.end]


def _folded(text: str) -> list[str]:
    return words(fold(text))
