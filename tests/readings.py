"""Readings made by hand, for tests of stages that take them ready-made: parts, no sentences, no mentions."""

from __future__ import annotations

from whosays.nouns import Article, Part, PartKind, Reading, Span


def make_reading(*texts: str, kind: PartKind = PartKind.PARAGRAPH) -> Reading:
    """A Reading whose parts, all of one kind, are the texts, joined by blank lines."""
    parts, at = [], 0
    for text in texts:
        parts.append(Part(kind, Span(at, at + len(text))))
        at += len(text) + 2
    article = Article(id="made", text="\n\n".join(texts), parts=tuple(parts))
    return Reading(article, (), (), (), (), "en/2")
