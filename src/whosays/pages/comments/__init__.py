"""Readers' comments in a parsed HTML page, as a tree. Never evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class RawComment:
    """One comment, in page order."""

    author: str | None
    text: str
    parent: int | None
    """Index of the comment that this one answers: always smaller than its own."""
    depth: int
    """0 for a comment on the article, else the parent's depth + 1."""
    at: datetime | None
    """As printed; naive where the page gives no zone."""


@dataclass(frozen=True, slots=True)
class Threads:
    """The comments of a page, and where they stand."""

    comments: tuple[RawComment, ...]
    areas: tuple[HtmlElement, ...]
    """The outermost elements that hold nothing but comments and what belongs to them (form, count, sorting)."""


def find(root: HtmlElement) -> Threads:
    """The readers' comments below `root`. The tree is not changed."""
    areas = tuple(node for node in root.iter("*") if node.get("id") == "comments" or "commentlist" in node.classes)
    return Threads((), areas)
