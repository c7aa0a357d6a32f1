"""READ FIRST: the straight line from the bytes of a page to its claims, one short function per arrow.

    bytes ─pages→ Article ─language→ Reading ─places·actors·times→ Candidates ─claims→ Claims ─weigh→ Disputes

No stage knows another; here they are joined. The ledger is filled by engines/, people are served by faces/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from whosays import actors, claims, copies, language, pages, places, times, weigh
from whosays.actors import Roster
from whosays.nouns import (
    Article,
    ArticleHead,
    Candidates,
    Claim,
    Dispute,
    Extraction,
    Meta,
    Reading,
    Refusal,
)

READER = "encoder/4"
"""Names what reads pages; a later reader's extractions win over an earlier one's."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from one page."""

    article: Article
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    implied: tuple[Claim, ...]
    """What the claims imply and do not say: in no ledger and no count."""


def read_page(data: bytes, meta: Meta, *, known: Roster | None = None) -> Page | Refusal:
    """A page's article, claims, and disputes among them; or why it cannot be read. Never raises on any bytes. `known`: the actors, where
    a user's own are laid over ours."""
    article = pages.read(data, meta, languages=tuple(language.PACKS))
    if isinstance(article, Refusal):
        return article
    reading = language.parse(article, language.pack(article.language))
    found = claims.claim(reading, candidates(reading, known))
    return Page(article, found, disputes_within(article, found), claims.implied(found))


def candidates(reading: Reading, known: Roster | None = None) -> Candidates:
    """What the words may refer to."""
    published = reading.article.published
    return Candidates(
        places.resolve(reading),
        actors.resolve(reading, known=known),
        times.resolve(reading, published),
        times.war(reading, published),
        actors.outlet(reading.article, known=known),
    )


def disputes_within(article: Article, found: tuple[Claim, ...]) -> tuple[Dispute, ...]:
    """Disputes inside one article."""
    around = head(article)
    undated = datetime(1, 1, 1, tzinfo=UTC)
    return weigh.disputes([Extraction(claim, around, READER, undated) for claim in found])


def head(article: Article) -> ArticleHead:
    """The article as weighing sees it."""
    body = copies.body(article)
    return ArticleHead(
        article.id, article.headline, article.published, article.agency, article.publisher, article.url, body
    )
