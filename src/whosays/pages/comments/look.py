"""Which elements of a page may be comments and which may hold them: what is known before the walk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from whosays.pages.comments.marks import Mark, marks
from whosays.text import squeeze

LONG_RUN = 10
"""A text run of so many words is prose: neither navigation nor a button."""
ARTICLE_PROSE = 40
"""So much prose must stand before a heading opens comments, or before an area in which no comment is recognised."""

_OPENING = Mark.ITEM | Mark.WEAK | Mark.NUMBERED
_SPEAKING = Mark.TEXT | Mark.BODY | Mark.NAME | Mark.AUTHOR
_HEADS = frozenset({"h2", "h3", "h4", "h5", "a"})
_COMMENTS_HEAD = re.compile(
    r"(?:\d+ )?(?:reader |user )?(?:comments|responses|replies|kommentare)"
    r"(?: ?\(\d+\)| ?: ?\d*| \d+| so far| (?:to|on|zu) .*)?",
    re.IGNORECASE,
)
_HEADLINES = frozenset(
    ["entry-title", "post-title", "article-title", "headline", "story-title", "articlebody", "article-body"]
)
_ABOUT_COMMENTS = re.compile(
    r"comment|respon|repl(?:y|ies)|discuss|thought|reaction|conversation|kommentar|antwort|feedback|have your say",
    re.IGNORECASE,
)
_SILENT = frozenset(["script", "style", "template", "svg", "iframe", "textarea", "select", "button", "head"])
_ENTRIES = frozenset(["li", "div", "article", "section", "dt", "tr", "table", "blockquote"])


@dataclass(frozen=True, slots=True)
class Stretch:
    """An element as a half-open range: of elements in page order, of words and of words of prose."""

    first: int
    words: int
    prose: int
    last: int
    words_after: int


@dataclass(frozen=True, slots=True)
class Page:
    """The elements that may be parts of threads, and where the possible ones stand."""

    root: HtmlElement
    marks: dict[HtmlElement, int]
    stretches: dict[HtmlElement, Stretch]

    def opening(self) -> bool:
        """Has any element a mark by which a comment opens? Where none has, a walk finds none."""
        return any(mark & _OPENING for mark in self.marks.values())


def look(root: HtmlElement, *, also: Sequence[HtmlElement] = ()) -> Page:
    """One pass: marks, word counts, and the marks taken off what holds the headline or the article.
    `also`: elements that are comments whatever their marks."""
    seen = _Look(frozenset(also))
    for event, node in (walker := etree.iterwalk(root, events=("start", "end", "comment", "pi"))):
        if event == "start":
            seen.start(node)
            if node.tag in _SILENT:
                walker.skip_subtree()
            elif run := node.text:
                seen.say(run)
            continue
        if event == "end":
            seen.end(node)
        if node is not root and (run := node.tail):
            seen.say(run)
    for node in seen.wrappers:
        seen.marks[node] &= ~(Mark.ITEM | Mark.WEAK)
    _clear(seen.marks, seen.titles)
    _tails(seen.marks, seen.heads)
    return Page(root, seen.marks, seen.stretches)


class _Look:
    """What has been seen of a page so far."""

    def __init__(self, also: frozenset[HtmlElement]) -> None:
        self.also = also
        self.marks: dict[HtmlElement, int] = {}
        self.stretches: dict[HtmlElement, Stretch] = {}
        self.titles: list[HtmlElement] = []
        self.heads: list[HtmlElement] = []
        """Headings that open comments."""
        self.wrappers: list[HtmlElement] = []
        """Comments outside all areas that turned out to hold an area: `<article class="comment">`."""
        self._alone: list[HtmlElement] = []
        """Comments outside all areas that are open."""
        self._rooms: list[HtmlElement] = []
        """Areas that are open."""
        self._starts: dict[HtmlElement, tuple[int, int, int]] = {}
        self._number = self._words = self._prose = 0

    def start(self, node: HtmlElement) -> None:
        self._number += 1
        if mark := _mark(node, self.marks) | (Mark.ITEM if node in self.also else Mark.NONE):
            self.marks[node] = mark
            self._starts[node] = (self._number, self._words, self._prose)
            if mark & Mark.LIST or (mark & Mark.AREA and node.get("id")):
                self.wrappers += self._alone
                self._alone.clear()
            elif mark & Mark.ITEM and not self._rooms:
                self._alone.append(node)
            if mark & (Mark.AREA | Mark.LIST):
                self._rooms.append(node)
        if _is_title(node):
            self.titles.append(node)
        if node.tag in _HEADS and self._prose >= ARTICLE_PROSE and _opens_comments(node):
            self.heads.append(node)

    def end(self, node: HtmlElement) -> None:
        if node not in self._starts:
            return  # only what is marked is in a room or alone
        self.stretches[node] = Stretch(*self._starts[node], self._number + 1, self._words)
        for open_ones in (self._rooms, self._alone):
            if open_ones and open_ones[-1] is node:
                open_ones.pop()

    def say(self, run: str) -> None:
        count = len(run.split())
        self._words += count
        if count >= LONG_RUN:
            self._prose += count


def _is_title(node: HtmlElement) -> bool:
    """Is it the headline or the article's body?"""
    if node.tag == "h1":
        return not _ABOUT_COMMENTS.search(_opening(node))
    if node.get("itemprop") in ("articleBody", "headline"):
        return True
    names = node.get("class")
    return bool(names) and node.tag != "body" and not _HEADLINES.isdisjoint(names.lower().split())


def _clear(found: dict[HtmlElement, int], titles: list[HtmlElement]) -> None:
    """What is around a headline is neither a comment nor an area."""
    cleared: set[HtmlElement] = set()
    for title in titles:
        node: HtmlElement | None = title
        while node is not None and node not in cleared:
            cleared.add(node)
            if node in found:
                found[node] = Mark.NONE
            node = node.getparent()


def _opens_comments(node: HtmlElement) -> bool:
    """Is it a heading such as `Comments (7)`, or the anchor before one?"""
    if (node.get("id") or node.get("name") or "").lower() == "comments":
        return True
    return node.tag != "a" and bool(_COMMENTS_HEAD.fullmatch(_opening(node)))


def _opening(node: HtmlElement) -> str:
    """The first words of an element."""
    return squeeze("".join(islice(node.itertext(), 20))[:200])


def _tails(found: dict[HtmlElement, int], heads: list[HtmlElement]) -> None:
    """After such a heading, numbered anchors and boxes beside it open comments that no element holds (Movable Type)."""
    parents: set[HtmlElement] = set()
    for head in heads:
        parent = head.getparent()
        if parent in parents:
            continue  # the first heading has seen all that follow
        parents.add(parent)
        for node in head.itersiblings():
            for anchor in [node, *list(node)[:1]] if node.tag == "p" else [node]:
                if found.get(anchor, Mark.NONE) & Mark.ANCHOR:
                    found[anchor] |= Mark.ITEM | Mark.NUMBERED


def _mark(node: HtmlElement, found: dict[HtmlElement, int]) -> int:
    """An element's own marks. Entries of a list of comments are comments, as are replies marked by no other word."""
    mark = marks(node)
    if node.tag in ("li", "dt"):
        above = node.getparent()
        if above is not None and found.get(above, Mark.NONE) & (Mark.AREA | Mark.LIST):
            mark |= Mark.ITEM
        elif above is not None and node.tag == "dt" and above.getparent() in found:
            mark |= Mark.ITEM if found[above.getparent()] & (Mark.AREA | Mark.LIST) else Mark.NONE
    classes = node.get("class") if node.tag in _ENTRIES else None
    if not classes:
        return mark
    names = classes.lower().split()
    if "reply" in names and mark & Mark.CHROME and any(marks(inner) & _SPEAKING for inner in _first(node, 30)):
        mark = (mark | Mark.ITEM) & ~Mark.CHROME
    if "post" in names and any("post-message" in (inner.get("class") or "") for inner in _first(node, 60)):
        mark |= Mark.ITEM  # Disqus; elsewhere a post is an article
    return mark


def _first(node: HtmlElement, count: int) -> list[HtmlElement]:
    return list(islice(node.iterdescendants("*"), count))
