"""Which elements of a page may be comments and which may hold them, before and after the walk."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from whosays.pages.comments.marks import Mark, marks, plain
from whosays.pages.comments.walk import Item

LONG_RUN = 10
"""A text run of so many words is prose: neither navigation nor a button."""
LEAD_PROSE = 60
"""An area may open with so many words of prose (rules of the house) before its first comment; with more it is no area."""
ARTICLE_PROSE = 40
"""An area in which no comment is recognised needs so much prose before it, or must be short."""

_HOLDS = Mark.AREA | Mark.LIST | Mark.FORM
_SPEAKING = Mark.TEXT | Mark.BODY | Mark.NAME | Mark.AUTHOR
_HEADS = frozenset({"h2", "h3", "h4", "h5", "a"})
_COMMENTS_HEAD = re.compile(
    r"(?:\d+ )?(?:reader |user )?(?:comments|responses|replies|kommentare)(?: ?\(\d+\)| ?: ?\d*| \d+| so far| (?:to|on|zu) .*)?",
    re.IGNORECASE,
)
_HEADLINES = frozenset("entry-title post-title article-title headline story-title articlebody article-body".split())
_ABOUT_COMMENTS = re.compile(
    r"comment|respon|repl(?:y|ies)|discuss|thought|reaction|conversation|kommentar|antwort|feedback|have your say",
    re.IGNORECASE,
)
_SILENT = frozenset("script style template svg iframe textarea select button head".split())
_ENTRIES = frozenset("li div article section dt tr table blockquote".split())


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
    marks: dict[HtmlElement, Mark]
    stretches: dict[HtmlElement, Stretch]

    def holders(self) -> list[HtmlElement]:
        return [node for node, mark in self.marks.items() if mark & _HOLDS]


def look(root: HtmlElement, *, also: Sequence[HtmlElement] = ()) -> Page:
    """One pass: marks, word counts, and the marks taken off what holds the headline or the article. `also`: more comments."""
    extra = frozenset(also)
    found: dict[HtmlElement, Mark] = {}
    starts: dict[HtmlElement, tuple[int, int, int]] = {}
    stretches: dict[HtmlElement, Stretch] = {}
    titles: list[HtmlElement] = []
    heads: list[HtmlElement] = []
    alone: list[HtmlElement] = []
    wrappers: list[HtmlElement] = []
    """Comments outside all areas that are open, and those that turned out to hold an area: `<article class="comment">`."""
    number = words = prose = rooms = 0
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        run = node.text if event == "start" else node.tail if node is not root else None
        if event == "start":
            number += 1
            if mark := _mark(node, found) | (Mark.ITEM if node in extra else Mark.NONE):
                found[node] = mark
                starts[node] = (number, words, prose)
                rooms += bool(mark & (Mark.AREA | Mark.LIST))
                if Mark.LIST in mark or (Mark.AREA in mark and node.get("id")):
                    wrappers += alone
                    alone.clear()
                elif Mark.ITEM in mark and not rooms:
                    alone.append(node)
            if _is_title(node):
                titles.append(node)
            if node.tag in _HEADS and prose >= ARTICLE_PROSE and _opens_comments(node):
                heads.append(node)
            if node.tag in _SILENT:
                walker.skip_subtree()
                run = None
        elif event == "end" and node in starts:
            stretches[node] = Stretch(*starts[node], number + 1, words)
            rooms -= bool(found[node] & (Mark.AREA | Mark.LIST))
            if alone and alone[-1] is node:
                alone.pop()
        if run:
            count = len(run.split())
            words += count
            prose += count if count >= LONG_RUN else 0
    for node in wrappers:
        found[node] &= ~(Mark.ITEM | Mark.WEAK)
    _clear(found, titles)
    _tails(found, stretches, heads)
    return Page(root, found, stretches)


def _is_title(node: HtmlElement) -> bool:
    """Is it the headline or the article's body?"""
    if node.tag == "h1":
        return not _ABOUT_COMMENTS.search(" ".join(node.itertext())[:200])
    if node.get("itemprop") in ("articleBody", "headline"):
        return True
    names = node.get("class")
    return bool(names) and node.tag != "body" and not _HEADLINES.isdisjoint(names.lower().split())


def _clear(found: dict[HtmlElement, Mark], titles: list[HtmlElement]) -> None:
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
    return node.tag != "a" and bool(_COMMENTS_HEAD.fullmatch(" ".join("".join(node.itertext()).split())[:80]))


def _tails(found: dict[HtmlElement, Mark], stretches: dict[HtmlElement, Stretch], heads: list[HtmlElement]) -> None:
    """After such a heading, numbered anchors and boxes beside it open comments that no element holds (Movable Type)."""
    for head in heads:
        for node in head.itersiblings():
            inner = [node, *list(node)[:1]] if node.tag == "p" else [node]
            for anchor in inner:
                if Mark.ANCHOR in found.get(anchor, Mark.NONE) and anchor in stretches:
                    found[anchor] |= Mark.ITEM | Mark.NUMBERED


def _mark(node: HtmlElement, found: dict[HtmlElement, Mark]) -> Mark:
    """An element's own marks; and entries of a list of comments are comments, as are replies marked by no other word."""
    mark = marks(node)
    if node.tag in ("li", "dt"):
        above = node.getparent()
        if above is not None and found.get(above, Mark.NONE) & (Mark.AREA | Mark.LIST):
            mark |= Mark.ITEM
        elif above is not None and node.tag == "dt" and above.getparent() in found:
            mark |= Mark.ITEM if found[above.getparent()] & (Mark.AREA | Mark.LIST) else Mark.NONE
    if mark & Mark.CHROME and node.tag in _ENTRIES and "reply" in node.get("class", "").lower().split():
        if any(marks(inner) & _SPEAKING for inner in _first(node, 30)):
            mark = (mark | Mark.ITEM) & ~Mark.CHROME
    return mark


def _first(node: HtmlElement, count: int) -> list[HtmlElement]:
    inner = node.iterdescendants("*")
    return [found for found, _ in zip(inner, range(count), strict=False)]


def guess(page: Page, items: Sequence[Item]) -> list[HtmlElement]:
    """For areas without a comment: the largest group of like brothers that each say at least three words."""
    starts = sorted(page.stretches[item.node].first for item in items if item.node in page.stretches)
    guessed: list[HtmlElement] = []
    for area in _outermost(page, [node for node, mark in page.marks.items() if mark & Mark.AREA]):
        stretch = page.stretches[area]
        empty = not any(stretch.first <= start < stretch.last for start in starts)
        if empty and stretch.words_after - stretch.words >= 8 and stretch.prose >= ARTICLE_PROSE:
            guessed += _brothers(area)
    return guessed


def _brothers(area: HtmlElement) -> list[HtmlElement]:
    groups: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    entries: list[HtmlElement] = []
    walker = etree.iterwalk(area, events=("start",))
    for _, node in walker:
        if node.tag == "form" or "none" in (node.get("style") or "") or node.get("hidden") is not None:
            walker.skip_subtree()
        elif node.tag in _ENTRIES and node is not area:
            entries.append(node)
    for node in entries:
        groups[node.getparent(), f"{node.tag} {plain(node.get('class') or '')}"].append(node)
    spoken = [nodes for nodes in groups.values() if sum(map(_speaks, nodes)) >= 2]
    if not spoken:
        return []
    best = max(spoken, key=len)
    return best if best[0].tag != "li" else [node for node in entries if node.tag == "li"]


def _speaks(node: HtmlElement) -> bool:
    return len(" ".join(text for text, _ in zip(node.itertext(), range(40), strict=False)).split()) >= 3


def believe(page: Page, items: Sequence[Item], *, guessed: Sequence[HtmlElement] = ()) -> list[bool]:
    """Which items are comments: numbered ones, those in an area, those under a comment, and brothers with authors.
    Guessed ones count only if half of them have an author and a time or buttons."""
    doubtful = frozenset(guessed)
    doubted = [item for item in items if item.node in doubtful]
    if 2 * sum(item.signed() for item in doubted) >= len(doubted):
        doubtful = frozenset()
    areas = _outermost(page, [node for node, mark in page.marks.items() if mark & (Mark.AREA | Mark.LIST)])
    spans = [(page.stretches[area].first, page.stretches[area].last) for area in areas]
    believed: list[bool] = []
    signed: list[int] = []
    for number, item in enumerate(items):
        stretch = page.stretches.get(item.node)
        inside = (
            stretch is not None
            and item.node not in doubtful
            and any(first <= stretch.first < last for first, last in spans)
        )
        above = item.parent is not None and believed[item.parent]
        believed.append(item.sure or inside or above)
        if not believed[-1] and item.signed():
            signed.append(number)
    looks = Counter(_kind(items[number].node) for number in signed)
    for number in signed:
        believed[number] = looks[_kind(items[number].node)] >= 2 or items[number].labelled >= 2
    for number, item in enumerate(items):
        if item.parent is not None and believed[item.parent]:
            believed[number] = True
    return believed


def _kind(node: HtmlElement) -> str:
    return f"{node.tag} {' '.join(sorted({plain(name) for name in (node.get('class') or '').split()[:1]}))}"


def areas(page: Page, items: Sequence[Item]) -> tuple[HtmlElement, ...]:
    """The outermost elements that hold nothing but comments: see the package's docstring."""
    starts = sorted(
        (page.stretches[item.node].first, page.stretches[item.node].prose)
        for item in items
        if item.node in page.stretches
    )
    holders = [node for node in page.holders() if _is_area(page, node, starts)]
    own = [node for item in items for node in (item.node, *item.more)]
    return tuple(_outermost(page, [*holders, *own]))


def _is_area(page: Page, node: HtmlElement, starts: list[tuple[int, int]]) -> bool:
    stretch = page.stretches[node]
    first = next((prose for start, prose in starts if stretch.first <= start < stretch.last), None)
    if first is not None:
        return first - stretch.prose <= LEAD_PROSE
    words = stretch.words_after - stretch.words
    return words <= LEAD_PROSE or stretch.prose >= ARTICLE_PROSE


def _outermost(page: Page, nodes: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those that lie in no other of them, in page order."""
    chosen = set(nodes)
    kept: list[HtmlElement] = []
    walker = etree.iterwalk(page.root, events=("start",))
    for _, node in walker:
        if node in chosen:
            kept.append(node)
            walker.skip_subtree()
    return kept
