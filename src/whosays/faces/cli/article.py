"""An article as lines for people: its parts labelled, its claims marked in place, its comments folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whosays.faces.cli import render
from whosays.faces.cli.terminal import CLOSE, OPEN, clip, heading, layout, safe, width
from whosays.nouns import CLAIM_PARTS, Article, Comment, Extraction, Part, PartKind

LEFT_OUT = frozenset({PartKind.BYLINE, PartKind.DATE, PartKind.DATELINE, PartKind.COMMENT, PartKind.OTHER})
"""Told among the particulars; within its paragraph; at the end; no news."""


def particulars(article: Article) -> Iterator[str]:
    """What the page says of itself beside its headline, and what is doubtful in it."""
    margin = render.MARGIN
    printed = [article.publisher or "", article.agency or "", article.url or ""]
    facts = {
        "printed by": ", ".join(safe(one) for one in dict.fromkeys(printed) if one),
        "published": _published(article),
        "byline": safe(", ".join(article.byline)),
        "dateline": safe(article.dateline.place or "") if article.dateline else "",
        "credits": safe(
            "; ".join(f"{one.person} ({', '.join(filter(None, (one.role, one.place)))})" for one in article.credits)
        ),
    }
    for label, words in facts.items():
        if words:
            yield layout(words, label=label, indent=margin)
    for note in article.notes:
        yield layout(safe(note), label="note", indent=margin, colour="yellow")


def _published(article: Article) -> str:
    if article.published is None:
        return "not known: give it with --published, or `on Tuesday` stays open"
    page = article.published_on_page
    other = f" (as you say; the page says {page})" if page and page != article.published else ""
    changed = f", changed {article.modified_at:%Y-%m-%d %H:%M}" if article.modified_at else ""
    return f"{article.published}{other}{changed}"


def body(article: Article, claims: Sequence[Extraction]) -> Iterator[str]:
    """The text, part by part, with the words of each claim in brackets and the claims listed under their part."""
    numbers = {one.claim.id: number for number, one in enumerate(claims, start=1)}
    for part in article.parts:
        if part.kind in LEFT_OUT:
            continue
        inside = [one for one in claims if part.span.start <= one.claim.evidence.start < part.span.end]
        label = "" if part.kind is PartKind.PARAGRAPH else str(part.kind)
        yield ""
        yield layout(
            marked(article.text, part, inside), label=label, indent=render.MARGIN, dim=part.kind not in CLAIM_PARTS
        )
        for one in inside:
            told = f"{render.proposition(one.claim)} — {render.stance(one)}"
            yield layout(told, label=f"{numbers[one.claim.id]:>9}. ", indent=render.MARGIN, colour="cyan")


def marked(text: str, part: Part, claims: Sequence[Extraction]) -> str:
    """The words of a part, safe, with marks around those that claims rest on; claims that overlap share one pair."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.claim.evidence.start, min(one.claim.evidence.end, part.span.end)) for one in claims):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    pieces, last = [], part.span.start
    for start, end in spans:
        pieces += [_inner(text[last:start]), OPEN, _inner(text[start:end]), CLOSE]
        last = end
    return "".join([*pieces, _inner(text[last : part.span.end])])


def _inner(text: str) -> str:
    """Safe, with the space at its ends kept."""
    words = safe(text)
    return " " * text[:1].isspace() + words + " " * (text[-1:].isspace() and bool(words))


def comments(article: Article, *, unfold: bool) -> Iterator[str]:
    """Readers' comments as a tree: one line each, or in full. They are never evidence."""
    if not article.comments:
        return
    yield ""
    folded = "" if unfold else ", folded: --comments shows them in full"
    yield heading(f"Readers' comments — not evidence ({len(article.comments)}{folded})")
    for comment in article.comments:
        yield _comment(comment, unfold=unfold)


def _comment(comment: Comment, *, unfold: bool) -> str:
    indent = 2 * min(comment.depth, 10) + 2
    told = f"{safe(comment.author or 'unnamed')}: {safe(comment.text)}"
    told = told if unfold else clip(told, width() - indent)
    return layout(told, label=" " * indent, indent=indent, dim=True)
