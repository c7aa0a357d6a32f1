"""Readers' comments in a parsed HTML page, as a tree. Never evidence.

    root ─look→ what each element may be ─walk→ items ─believe→ comments, and the areas that hold them

Two errors are worse than a lost comment: a comment left in the article, and an article taken for a comment. Against the
first, an area is skipped whole, whether or not its comments could be told apart. Against the second, nothing that holds
the headline (`h1`), the article's body (schema.org) or much prose before its first comment is an area or a comment,
and what only a class name calls a comment needs a second sign: an area around it, a number, or brothers with authors.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from whosays.pages.comments import headed, jsonld, parts
from whosays.pages.comments.look import look
from whosays.pages.comments.tree import Draft, RawComment, Threads, tree
from whosays.pages.comments.walk import Walk

__all__ = ["RawComment", "Threads", "find"]


def find(root: HtmlElement) -> Threads:
    """The readers' comments at or below `root`, which is not changed. JSON-LD counts where it tells more."""
    page = look(root)
    items = Walk(page.marks).run(root) if page.opening() else []
    if guessed := parts.guess(page, items):
        page = look(root, also=guessed)
        items = Walk(page.marks).run(root)
    believed = parts.believe(page, items, guessed=guessed)
    drafts = (
        item.draft() if true else Draft(None, "", None, item.parent) for item, true in zip(items, believed, strict=True)
    )
    shown, told = tree(drafts), jsonld.comments(root)
    areas = parts.areas(page, [item for item, true in zip(items, believed, strict=True) if true])
    if below := headed.tail(root, areas):
        shown = shown or tree(below.drafts)
        held = frozenset(below.areas)
        areas = (*(area for area in areas if not _within(area, held)), *below.areas)
    return Threads(told if len(told) > len(shown) else shown, areas)


def _within(node: HtmlElement, others: frozenset[HtmlElement]) -> bool:
    return any(above in others for above in (node, *node.iterancestors()))
