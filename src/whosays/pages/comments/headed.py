"""Comments that no mark-up tells: a heading such as `<b>Comments</b>`, and below it paragraphs `1. tesfa wrote: …`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from whosays.pages import shapes
from whosays.pages.comments import clean
from whosays.pages.comments.look import ARTICLE_PROSE, LONG_RUN
from whosays.pages.comments.tree import Draft
from whosays.text import squeeze

_HEADS = frozenset(["h2", "h3", "h4", "h5", "h6", "b", "strong", "p", "div", "dt", "legend", "span"])
_BLOCKS = frozenset(["p", "div", "li", "ul", "ol", "blockquote", "br", "tr", "dt", "dd", "section", "hr", "h3", "h4"])
_SILENT = frozenset(["script", "style", "template", "noscript", "textarea", "select", "button", "form"])
_WHOLE = frozenset(["h1", "article", "main"])
"""What holds one of these is no comment."""
MOST_HEADS = 8


@dataclass(frozen=True, slots=True)
class Tail:
    """A heading with all that follows it in its container, and the comments read from there."""

    areas: tuple[HtmlElement, ...]
    drafts: tuple[Draft, ...]


def tail(root: HtmlElement, areas: Collection[HtmlElement]) -> Tail | None:
    """The first heading outside the known areas with comments below it that have only their shape; None for none."""
    for head in islice(_heads(root, frozenset(areas)), MOST_HEADS):
        block = _block(head)
        following = [node for node in block.itersiblings() if isinstance(node.tag, str)]
        if any(node.tag in _WHOLE or next(node.iter(*_WHOLE), None) is not None for node in following):
            continue
        lines = [line for node in following for line in _lines(node)]
        shaped = [shapes.opening(line) is not None for line in lines]
        if any(shaped[: shapes.NEAR]):
            return Tail((block, *following), _drafts(lines))
    return None


def _heads(root: HtmlElement, areas: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Elements below the article's prose that say nothing but the title of a comment area."""
    prose = 0
    for event, node in (walker := etree.iterwalk(root, events=("start", "end"))):
        if event == "end":
            if run := node.tail:
                prose += _prose(run)
        elif node in areas or node.tag in _SILENT:
            walker.skip_subtree()
        else:
            if run := node.text:
                prose += _prose(run)
            if node.tag in _HEADS and len(node) <= 1 and prose >= ARTICLE_PROSE and shapes.is_heading(_words(node)):
                yield node


def _prose(run: str) -> int:
    count = len(run.split())
    return count if count >= LONG_RUN else 0


def _words(node: HtmlElement) -> str:
    said = "".join(islice(node.itertext(), 12)) if len(node) else node.text or ""
    return squeeze(said[:200])


def _block(head: HtmlElement) -> HtmlElement:
    """The largest element that holds the heading and nothing else."""
    block = head
    while (above := block.getparent()) is not None and len(above) == 1 and _words(above) == _words(head):
        block = above
    return block


def _lines(node: HtmlElement) -> list[str]:
    pieces: list[str] = []
    for event, inner in (walker := etree.iterwalk(node, events=("start", "end"))):
        if inner.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start" and inner.tag in _SILENT:
            walker.skip_subtree()
        elif event == "start":
            pieces.append((inner.text or "").replace("\n", " "))
        if event == "end":
            pieces.append((inner.tail or "").replace("\n", " "))
    return clean.lines(pieces)


def _drafts(lines: list[str]) -> tuple[Draft, ...]:
    """The comments; what stands before the first is none. None answers another: nothing tells."""
    openings: list[shapes.Opening] = []
    said: list[list[str]] = []
    for line in lines:
        if opened := shapes.opening(line, headed=True):
            openings.append(opened)
            said.append([line[opened.start :]] if line[opened.start :] else [])
        elif said:
            said[-1].append(line)
    return tuple(
        Draft(opened.author, clean.text(words, name=opened.author), opened.at, None)
        for opened, words in zip(openings, said, strict=True)
    )
