"""READ FIRST: the straight line from the bytes of a page to its claims, one short function per arrow.

    bytes ─relevance→ worth reading? ─pages→ Article ─language→ Reading ─places·actors·times→ Candidates ─claims→ Claims ─weigh→ Disputes

No stage knows another; here they are joined. The ledger is filled by engines/, people are served by faces/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from whosays import actors, claims, copies, language, pages, places, relevance, times, weigh
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
from whosays.profile import SILENT, Profile, Step

READER = "encoder/4"
"""Names what reads pages; a later reader's extractions win over an earlier one's."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """What may be spared. What is read comes out the same, to the byte, whatever is switched on."""

    relevance: bool = False
    """Pages that have nothing on conflict are refused unread (whosays.relevance). Not for the one page that somebody asks about."""
    memory: language.Memory | None = None
    """Paragraphs that this process has read before are not read again."""


SINGLE = Cascade(memory=language.Memory())
"""For pages that somebody asks about."""
BULK = Cascade(relevance=True, memory=SINGLE.memory)
"""For files by the thousand."""
WHOLE = Cascade()
"""Spares nothing: to measure against."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from one page."""

    article: Article
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    implied: tuple[Claim, ...]
    """What the claims imply and do not say: in no ledger and no count."""


def read_page(
    data: bytes,
    meta: Meta,
    *,
    known: Roster | None = None,
    cascade: Cascade = SINGLE,
    profile: Profile = SILENT,
) -> Page | Refusal:
    """A page's article, claims, and disputes among them; or why it cannot be read. Never raises on any bytes. `known`: the actors, where
    a user's own are laid over ours. `profile`: is told what took how long."""
    with profile.step(Step.RELEVANCE):
        skipped = relevance.skip(data) if cascade.relevance else None
    if skipped is not None:
        return skipped
    with profile.step(Step.PAGES):
        article = pages.read(data, meta, languages=tuple(language.PACKS), profile=profile)
    if isinstance(article, Refusal):
        return article
    with profile.step(Step.RELEVANCE):
        skipped = relevance.skip_article(article) if cascade.relevance else None
    if skipped is not None:
        return skipped
    with profile.step(Step.LANGUAGE):
        pack = language.pack(article.language)
        reading = language.parse(article, pack, memory=cascade.memory, profile=profile)
    options = candidates(reading, known, profile=profile)
    with profile.step(Step.CLAIMS):
        found = claims.claim(reading, options)
        implied = claims.implied(found)
    with profile.step(Step.DISPUTES):
        return Page(article, found, disputes_within(article, found), implied)


def candidates(reading: Reading, known: Roster | None = None, *, profile: Profile = SILENT) -> Candidates:
    """What the words may refer to."""
    published = reading.article.published
    with profile.step(Step.PLACES):
        somewhere = places.resolve(reading)
    with profile.step(Step.ACTORS):
        someone, outlet = actors.resolve(reading, known=known), actors.outlet(reading.article, known=known)
    with profile.step(Step.TIMES):
        return Candidates(somewhere, someone, times.resolve(reading, published), times.war(reading, published), outlet)


def disputes_within(article: Article, found: tuple[Claim, ...]) -> tuple[Dispute, ...]:
    """Disputes inside one article."""
    if len(found) < 2:
        return ()
    around = head(article)
    undated = datetime(1, 1, 1, tzinfo=UTC)
    return weigh.disputes([Extraction(claim, around, READER, undated) for claim in found])


def head(article: Article) -> ArticleHead:
    """The article as weighing sees it."""
    body = copies.body(article)
    return ArticleHead(
        article.id, article.headline, article.published, article.agency, article.publisher, article.url, body
    )
