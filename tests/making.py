"""Nouns made by hand, for tests of stages that take them ready-made. Words first: spans are found, never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from whosays.nouns import (
    Article,
    ArticleHead,
    Claim,
    Evidence,
    Extraction,
    Modality,
    Part,
    PartKind,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Source,
    SourceKind,
    Span,
    When,
    Where,
)
from whosays.text import digest, snippet

SOLEDAR = Place("geonames:692372", "Soledar", 48.68, 38.09, "UA", "town", 10_000, 692372, "Donetsk")
READ_AT = datetime(2023, 1, 26, 12, tzinfo=UTC)


def make_article(
    *paragraphs: str, headline: str = "A headline", publisher: str | None = "Daily", published: date | None = None
) -> Article:
    """A page of a headline and paragraphs, joined by blank lines."""
    parts, start = [], 0
    for index, words in enumerate((headline, *paragraphs)):
        parts.append(Part(PartKind.PARAGRAPH if index else PartKind.HEADLINE, Span(start, start + len(words))))
        start += len(words) + 2
    text = "\n\n".join((headline, *paragraphs))
    return Article(
        id=digest(publisher, text),
        text=text,
        parts=tuple(parts),
        headline=headline,
        publisher=publisher,
        published=published,
    )


def make_claim(
    article: Article,
    exact: str,
    *,
    type: str = "capture",  # noqa: A002 (the field's name)
    actor: str | None = None,
    target: str | None = None,
    source: str | None = None,
    polarity: Polarity = Polarity.AFFIRMED,
    modality: Modality = Modality.ACTUAL,
    place: Place | None = SOLEDAR,
    via: tuple[str, ...] = (),
    day: date | None = None,
) -> Claim:
    """A claim whose words are found in the article's text."""
    start = article.text.index(exact)
    end = start + len(exact)
    day = day or article.published
    return Claim(
        id=digest(article.id, type, exact, actor, target),
        article=article.id,
        type=type,
        polarity=polarity,
        modality=modality,
        actor=Party(actor, _find(article, actor), name=actor) if actor else None,
        target=Party(target, _find(article, target), name=target) if target else None,
        place=Where(place.name, _find(article, place.name), place.name, place, precision=1) if place else None,
        time=When(day, day, 1) if day else None,
        time_words=str(day) if day else None,
        time_span=None,
        source=Source(SourceKind.PERSON, source, _find(article, source), source)
        if source
        else Source(SourceKind.NARRATION),
        via=via,
        cue="said" if source else None,
        cue_span=None,
        quote=QuoteKind.INDIRECT if source else QuoteKind.NONE,
        evidence=Evidence(exact, start, end, *snippet(article.text, start, end)),
        confidence=0.8,
    )


def _find(article: Article, words: str) -> Span | None:
    start = article.text.find(words)
    return Span(start, start + len(words)) if start >= 0 else None


def extract(article: Article, *claims: Claim) -> tuple[Extraction, ...]:
    """Claims as the ledger hands them out."""
    body = digest(*(span.of(article.text) for span in article.spans(PartKind.PARAGRAPH)))
    head = ArticleHead(
        article.id, article.headline, article.published, article.agency, article.publisher, article.url, body
    )
    return tuple(Extraction(replace(claim, article=article.id), head, "test/1", READ_AT) for claim in claims)
