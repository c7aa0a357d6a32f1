"""Search: articles by their words, places and voices by the beginning of a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from whosays import wire
from whosays.faces.service import Service
from whosays.faces.views import actors, places, shown, sources
from whosays.faces.views.common import PlaceHead, VoiceHead
from whosays.ledger import Hit

BESIDE = 8
"""Places, sources and actors at most beside the articles."""


class ArticleHit(Struct, frozen=True):
    """An article with the words searched for."""

    article: Annotated[wire.Head, Meta(description="The article.")]
    excerpt: Annotated[str, Meta(description="A few words around the first find.")]


class Hits(Struct, frozen=True):
    """What goes by some words."""

    query: Annotated[str, Meta(description="What was searched for.")]
    places: Annotated[
        list[PlaceHead], Meta(description="Places by the beginning of a name, those with most claims first.")
    ]
    sources: Annotated[list[VoiceHead], Meta(description="Sources by the beginning of a name.")]
    actors: Annotated[list[VoiceHead], Meta(description="Actors by the beginning of a name.")]
    articles: Annotated[
        list[ArticleHit], Meta(description='Articles whose text has all the words and "phrases", best first.')
    ]


def hits(service: Service, query: str, *, limit: int = 50) -> Hits:
    """What goes by these words. Readers' comments are not searched."""
    found = service.ledger.search(query, limit=limit)
    return Hits(
        query=query,
        places=places.found(service, like=query, limit=BESIDE).items,
        sources=sources.found(service, like=query, limit=BESIDE).items,
        actors=actors.found(service, like=query, limit=BESIDE).items,
        articles=_shown(service, found),
    )


def _shown(service: Service, found: Sequence[Hit]) -> list[ArticleHit]:
    """Finds as the profile lets them be shown: an excerpt may reach beside the article, where who comments is named."""
    ids = [one.article.id for one in found]
    pages = {one.id: one for one in service.ledger.articles(ids)} if service.profile.pseudonyms else {}
    said, masks = shown.naming(service, ids), service.masks
    return [
        ArticleHit(
            wire.head(masks.head(one.article, said[one.article.id])),
            masks.excerpt(one.excerpt, pages.get(one.article.id), said[one.article.id]),
        )
        for one in found
    ]
