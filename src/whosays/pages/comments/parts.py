"""What is believed after the walk: which items are comments, and which elements hold nothing but comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from whosays.pages.comments.look import ARTICLE_PROSE, Page, Stretch
from whosays.pages.comments.marks import Mark, plain
from whosays.pages.comments.walk import Item

LEAD_PROSE = 60
"""An area may open with so many words of prose (rules of the house) before its first comment; with more it is none."""
FEW_WORDS = 8
"""An area with fewer words has no comments to guess."""
ENOUGH = 200
"""So many of a kind are looked at to judge the kind."""

_ROOMS = Mark.AREA | Mark.LIST
_HOLDS = _ROOMS | Mark.FORM
_ENTRIES = frozenset(["li", "div", "article", "section", "dt", "tr", "table", "blockquote"])


def guess(page: Page, items: Sequence[Item]) -> list[HtmlElement]:
    """For areas without a comment: the largest group of like brothers that each say at least three words."""
    starts = sorted(page.stretches[item.node].first for item in items)
    guessed: list[HtmlElement] = []
    for area in _outermost(page, [node for node, mark in page.marks.items() if mark & Mark.AREA]):
        stretch = page.stretches[area]
        empty = bisect_left(starts, stretch.first) == bisect_left(starts, stretch.last)
        if empty and stretch.words_after - stretch.words >= FEW_WORDS and stretch.prose >= ARTICLE_PROSE:
            guessed += _brothers(area)
    return guessed


def _brothers(area: HtmlElement) -> list[HtmlElement]:
    groups: dict[tuple[HtmlElement, str], list[HtmlElement]] = defaultdict(list)
    for _, node in (walker := etree.iterwalk(area, events=("start",))):
        if node.tag == "form" or "none" in (node.get("style") or "") or node.get("hidden") is not None:
            walker.skip_subtree()
        elif node.tag in _ENTRIES and node is not area:
            groups[node.getparent(), _kind(node)].append(node)
    spoken = [nodes for nodes in groups.values() if sum(map(_speaks, nodes)) >= 2]
    best = max(spoken, key=len, default=[])
    if not best or best[0].tag != "li":
        return best
    return [node for nodes in groups.values() for node in nodes if node.tag == "li"]  # entries of lists within, too


def _speaks(node: HtmlElement) -> bool:
    return len(" ".join(islice(node.itertext(), 40)).split()) >= 3


def _kind(node: HtmlElement) -> str:
    """Tag and first class: brothers alike have the same."""
    return f"{node.tag} {' '.join(map(plain, (node.get('class') or '').split()[:1]))}"


def believe(page: Page, items: Sequence[Item], *, guessed: Sequence[HtmlElement] = ()) -> list[bool]:
    """Which items are comments: numbered ones, those in an area, those that answer one, and brothers alike (`_alike`).
    Guessed ones count only if half of them are signed, or if all have an author."""
    doubtful = frozenset(guessed)
    doubted = [item for item in items if item.node in doubtful][:ENOUGH]
    if 2 * sum(item.signed() for item in doubted) >= len(doubted) or all(item.draft().author for item in doubted):
        doubtful = frozenset()
    inside = _inside(page, _outermost(page, [node for node, mark in page.marks.items() if mark & _ROOMS]))
    believed = [item.sure or (item.node not in doubtful and inside(item.node)) for item in items]
    alike = _alike([item for item, true in zip(items, believed, strict=True) if not true])
    for number, item in enumerate(items):
        believed[number] |= item.node not in doubtful and _kind(item.node) in alike
        believed[number] |= item.parent is not None and believed[item.parent]
    return believed


def _alike(items: Sequence[Item]) -> set[str]:
    """The kinds of element of which two are signed (author, and date or buttons), or one that is labelled as a comment
    within, or three called a comment have an author."""
    kinds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[_kind(item.node)].append(item)
    found: set[str] = set()
    for kind, brothers in kinds.items():
        tried = brothers[:ENOUGH]
        signed = [item for item in tried if item.signed()]
        named = sum(item.opener == Mark.ITEM and item.draft().author is not None for item in tried)
        if len(signed) >= 2 or any(item.labelled >= 2 for item in signed) or named >= 3:
            found.add(kind)
    return found


def _inside(page: Page, areas: Sequence[HtmlElement]) -> Callable[[HtmlElement], bool]:
    """Asks whether an element lies in one of some areas, none of which lies in another."""
    firsts = [page.stretches[area].first for area in areas]
    lasts = [page.stretches[area].last for area in areas]

    def inside(node: HtmlElement) -> bool:
        place = page.stretches[node].first
        before = bisect_right(firsts, place) - 1
        return before >= 0 and place < lasts[before]

    return inside


def areas(page: Page, items: Sequence[Item]) -> tuple[HtmlElement, ...]:
    """The outermost elements that hold nothing but comments: see the package's docstring."""
    firsts = sorted((page.stretches[item.node].first, page.stretches[item.node].prose) for item in items)
    holders = [node for node, mark in page.marks.items() if mark & _HOLDS and _is_area(page.stretches[node], firsts)]
    own = [node for item in items for node in (item.node, *item.more)]
    return tuple(_outermost(page, [*holders, *own]))


def _is_area(stretch: Stretch, firsts: list[tuple[int, int]]) -> bool:
    """`firsts`: where the comments of the page begin, and how much prose stands before each."""
    first = bisect_left(firsts, (stretch.first, 0))
    if first < len(firsts) and firsts[first][0] < stretch.last:
        return firsts[first][1] - stretch.prose <= LEAD_PROSE
    return stretch.words_after - stretch.words <= LEAD_PROSE or stretch.prose >= ARTICLE_PROSE


def _outermost(page: Page, nodes: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Those that lie in no other of them, in page order."""
    chosen = set(nodes)
    kept: list[HtmlElement] = []
    for _, node in (walker := etree.iterwalk(page.root, events=("start",))):
        if node in chosen:
            kept.append(node)
            walker.skip_subtree()
    return kept
