"""Articles: the heads of all, and one with its text, claims, disputes and the story that it is part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays import wire
from whosays.engines import weighing
from whosays.errors import Misuse
from whosays.faces import copying, words
from whosays.faces.privacy import BLANK, QUOTE, quote
from whosays.faces.service import Service
from whosays.faces.views import disputes, paging, shown
from whosays.faces.views.common import Listed, Missing
from whosays.faces.views.said import Said, all_said
from whosays.nouns import Article, Copy, CopyKind, Extraction, Verdict


class CopyOf(Struct, frozen=True):
    """An article in its place in a story."""

    article: Annotated[wire.Head, Meta(description="The article.")]
    outlet: Annotated[str, Meta(description="Who printed it.")]
    kind: Annotated[CopyKind, Meta(description="What it is to the one it follows.")]
    parent: Annotated[str | None, Meta(description="Id of the article that it follows; null: it was the first seen.")]
    share: Annotated[float, Meta(description="Of its words, those that the parent has: 0 to 1.")]
    kept: Annotated[float, Meta(description="Of the parent's words, those that it has: 0 to 1.")]
    added: Annotated[list[str], Meta(description="What it added to the parent, longest first.")]
    left_out: Annotated[list[str], Meta(description="What it left out of the parent, longest first.")]
    dropped: Annotated[list[Said], Meta(description="Claims of the parent whose words it left out, denials first.")]


class ArticlePage(Struct, frozen=True):
    """An article with what was read in it."""

    article: Annotated[wire.Article, Meta(description="The page as it was read: text, parts, readers' comments.")]
    outlet: Annotated[str, Meta(description="Who printed it.")]
    claims: Annotated[list[Said], Meta(description="Its claims in the order of the text.")]
    disputes: Annotated[
        list[disputes.Dispute], Meta(description="Disputes of its claims, with each other and with those of others.")
    ]
    story: Annotated[
        list[CopyOf],
        Meta(description="All articles that go back to the same text, itself among them, first seen first."),
    ]


def found(
    service: Service,
    *,
    outlet: str | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[wire.Head]:
    """Heads of articles, those read last first; of an outlet (as printed), of some days of publication."""
    asking = paging.Asking(service.salt, f"articles {outlet!r} {since} {until}")
    rows, after = service.ledger.weighings.articles(
        outlet=outlet, since=since, until=until, after=asking.after(cursor), limit=limit
    )
    said = shown.naming(service, [head.id for head in rows])
    return Listed([wire.head(service.masks.head(head, said[head.id])) for head in rows], asking.cursor(after))


def page(service: Service, id_: str) -> ArticlePage:
    """An article by its id or the beginning of it. Raises Missing."""
    try:
        article = service.ledger.article(id_)
    except Misuse as error:
        raise Missing(f"No article, or several, {id_!r}. /api/v1/articles lists them with their ids.") from error
    own = weighing.traced(service.ledger, service.ledger.claims(article=article.id))
    return ArticlePage(
        article=_shown(service, article, own),
        outlet=article.publisher or article.agency or "unnamed outlet",
        claims=all_said(service, own),
        disputes=disputes.some(service, service.ledger.weighings.disputes_in(article.id)),
        story=_story(service, article.id),
    )


def rejected(service: Service, id_: str) -> list[Said]:
    """The claims of an article (its id) that an analyst rejected, in the order of the text: for those who may take that back."""
    own = service.ledger.claims(article=id_, rejected=True)
    every = list(own)
    judged = service.ledger.in_force([one.claim.id for one in every])
    out = {id_ for id_, one in judged.items() if one.verdict is Verdict.REJECTED}
    return all_said(service, [one for one in every if one.claim.id in out])


def _shown(service: Service, article: Article, own: Sequence[Extraction]) -> wire.Article:
    """The page as the profile shows it: without whole texts, only the words that claims rest on stay, at their places."""
    masked = service.masks.article(article, (*own, *shown.naming(service, [article.id])[article.id]))
    if service.profile.texts:
        return wire.whole_article(masked)
    kept = bytearray(len(masked.text))
    for one in own:
        start, end = one.claim.evidence.start, one.claim.evidence.end
        kept[start : min(end, start + QUOTE)] = b"\x01" * (min(end, start + QUOTE) - start)
    text = "".join(
        letter if keep or letter.isspace() else BLANK for letter, keep in zip(masked.text, kept, strict=True)
    )
    return wire.whole_article(replace(masked, text=text, comments=()))


def _story(service: Service, id_: str) -> list[CopyOf]:
    heads = weighing.stories(service.ledger, [id_])
    if id_ not in heads.roots:
        return []
    story = heads.of(id_)
    changed = copying.changed(service.ledger, story) if len(story.copies) > 1 else {}
    said = shown.naming(service, [one.article.id for one in story.copies])
    return [_copy(service, one, changed.get(one.article.id), said) for one in story.copies]


def _copy(
    service: Service, one: Copy, change: copying.Change | None, said: Mapping[str, Sequence[Extraction]]
) -> CopyOf:
    """`said`: claims of all articles of the story, for the names in them."""
    lost = change.dropped if change else ()
    own, parents = said[one.article.id], said[one.parent] if one.parent else ()
    names = shown.among(service, (*lost, *own, *parents))
    return CopyOf(
        article=wire.head(service.masks.head(one.article, own)),
        outlet=words.outlet(one.article),
        kind=one.kind,
        parent=one.parent,
        share=one.share,
        kept=one.kept,
        added=_stretches(service, change.added if change else (), names),
        left_out=_stretches(service, change.left_out if change else (), names),
        dropped=all_said(service, lost),
    )


def _stretches(service: Service, told: Sequence[str], names: shown.Names) -> list[str]:
    """Stretches of text, no longer than may be quoted."""
    masked = [shown.told(service, one, names) for one in told]
    return masked if service.profile.texts else [quote(one) for one in masked]
