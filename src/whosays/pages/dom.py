"""An HTML tree as the blocks of text that a reader would see, in page order, each with its place in the tree.

One walk without recursion. `<br><br>` parts blocks, a single `<br>` is a line end within one. What is never shown
(scripts, hidden elements, form controls) and what the caller excludes (comment areas) is skipped with all within it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from whosays.settings import MAX_TEXT

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK = HEADINGS | frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr
    ul""".split()
)
_SKIP = frozenset(
    """script style noscript template svg math iframe object embed select textarea button head audio video canvas map
    input datalist title frameset noframes applet""".split()
)
_CELL = frozenset({"td", "th"})
CELLS = " | "
"""Between the cells of a table's row, which is one block."""
_EMPTY_LINES = re.compile(r"\n[ \t\xa0]*\n\s*")
_UNLABELLED = (None, None, None, None)
ROLES_FROM = 3
"""A block has the roles of so many blocks around it: `<div class=caption><div><p>`."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_ROLES = {
    "caption": re.compile(r"caption|cutline|imagetext|bildunterschrift"),
    "credit": re.compile(
        r"(?:photo|image|picture|media|img|caption|figure)[-_]*(?:credit|source|copyright|author)|\bcredits?\b|photographer"
    ),
    "byline": re.compile(r"byline|\bauthors?\b|author[-_]*(?:name|link|info)|\bcontributor|\breporter"),
    "date": re.compile(r"\bdate\b|time|publish|posted|updated|dateline|datum"),
    "standfirst": re.compile(
        r"standfirst|sub[-_]*(?:title|head|heading|headline|hed)\b|\bdek\b|\bdeck\b|\blede?\b|\bchapeau\b"
        r"|article[-_]*(?:summary|intro|lead|excerpt|description)"
    ),
    "headline": re.compile(r"headline|(?:article|entry|post|story|page)[-_]*title"),
    "entry": re.compile(
        r"(?<![\w-])(?:(?>[\w-]*?(?:live|blog|timeline|update|post|entry|event))[\w-]*(?:time|date|stamp|header|head|title)"
        r"|(?>[\w-]*?live-?blog)[\w-]*(?:post|entry|update))"
    ),
}

_TELLING = re.compile(
    r"caption|cutline|imagetext|bildunter|credit|source|copyright|author|photographer|byline|contributor|reporter|dat[eu]|time"
    r"|publish|posted|standfirst|sub|de[ck]|lede?|chapeau|summary|intro|lead|excerpt|description|head|title|live|blog|update|post"
    r"|entry|event"
)
"""Without one of these no name tells a role: most names have none, and are done with."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries."""

    text: str
    tag: str
    """The innermost block element around it."""
    roles: frozenset[str]
    """What class, id and microdata of the elements around and within it say that it is."""
    linked: int
    """How many of its characters are link text."""
    within: frozenset[str]
    """Tags of all elements around it."""
    when: str | None
    """`datetime` of a `<time>` within it."""


def blocks(root: HtmlElement, excluded: Container[HtmlElement] = ()) -> list[Block]:
    """The blocks of a page, up to the cap on text."""
    walk = _Walk()
    events = iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if element in excluded or _unseen(element):
                events.skip_subtree()
                walk.skipping = element
                walk.around(element)
            else:
                walk.enter(element)
        else:
            if walk.skipping is element:
                walk.skipping = None
            else:
                walk.leave(element)
            if element.tail and element is not root:
                walk.add(element.tail)
        if walk.size > MAX_TEXT:
            break
    walk.flush()
    return walk.found


def cut_after(last: HtmlElement) -> None:
    """Take all that follows an element out of its tree."""
    node: HtmlElement | None = last
    while node is not None:
        parent = node.getparent()
        if parent is not None:
            node.tail = None
            for later in list(node.itersiblings()):
                parent.remove(later)
        node = parent


class _Walk:
    """The state of one walk: open blocks and the text since the last boundary."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.size = 0
        self.skipping: HtmlElement | None = None
        self._open: list[HtmlElement] = []
        self._tags: list[str] = []
        self._roles: list[tuple[str, ...]] = []
        self._pieces: list[str] = []
        self._inner: set[str] = set()
        self._linked = 0
        self._links = 0
        self._verbatim = 0
        self._when: str | None = None
        self._row: HtmlElement | None = None

    def enter(self, element: HtmlElement) -> None:
        tag, own = element.tag, _roles(element)
        if tag in _CELL and self._row is not None:
            if self._pieces:
                self._pieces.append(CELLS)
        elif tag in _BLOCK or "credit" in own:
            self.flush()
            self._open.append(element)
            self._tags.append(tag)
            self._roles.append(own)
            if tag == "tr" and self._row is None and _is_plain_row(element):
                self._row = element
            self._verbatim += tag == "pre"
        else:
            self._inner.update(own)
            if tag == "a":
                self._links += 1
            elif tag == "br":
                self._pieces.append("\n")
            elif tag == "time":
                self._when = self._when or element.get("datetime")
        if element.text:
            self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        if self._open and self._open[-1] is element:
            self.flush()
            self._open.pop()
            self._roles.pop()
            self._verbatim -= self._tags.pop() == "pre"
            if element is self._row:
                self._row = None
        elif element.tag == "a":
            self._links -= 1

    def around(self, element: HtmlElement) -> None:
        """A skipped block still parts what is before it from what is after it."""
        if element.tag in _BLOCK:
            self.flush()

    def add(self, text: str) -> None:
        """Line ends in the source are spaces, but for `<pre>`."""
        if not self._verbatim and ("\n" in text or "\r" in text):
            text = text.replace("\n", " ").replace("\r", " ")
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def flush(self) -> None:
        """Close the current block; two line ends in a row part it."""
        if self._pieces:
            whole = "".join(self._pieces)
            self._pieces.clear()
            if not whole.isspace():
                for piece in _EMPTY_LINES.split(whole) if "\n" in whole else (whole,):
                    self._close(piece)
        if self._inner:
            self._inner.clear()
        self._linked, self._when = 0, None

    def _close(self, piece: str) -> None:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in piece.split("\n"))))
        if text:
            roles = frozenset(self._inner).union(*self._roles[-ROLES_FROM:])
            tag = self._tags[-1] if self._tags else "body"
            self.found.append(Block(text, tag, roles, self._linked, frozenset(self._tags), self._when))
            self.size += len(text)


def _is_plain_row(row: HtmlElement) -> bool:
    """Do the cells hold words, not blocks? Tables that lay out a page do not count as tables."""
    return len(row) > 1 and not any(inner.tag in _BLOCK for cell in row for inner in cell.iterdescendants())


def _unseen(element: HtmlElement) -> bool:
    if element.tag in _SKIP:
        return True
    if element.get("hidden", "until-found") != "until-found":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _roles(element: HtmlElement) -> tuple[str, ...]:
    get = element.get
    labels = get("class"), get("itemprop"), get("rel"), get("id")
    return () if labels == _UNLABELLED else _roles_of(labels)


@lru_cache(maxsize=8192)
def _roles_of(labels: tuple[str | None, ...]) -> tuple[str, ...]:
    words = " ".join([label[:200] for label in labels if label]).split()  # none of the patterns goes over a space
    found = {role for word in words for role in _roles_of_word(word)}
    return tuple([role for role in _ROLES if role in found]) if found else ()


@lru_cache(maxsize=32_768)
def _roles_of_word(word: str) -> tuple[str, ...]:
    word = _HUMP.sub("-", word).lower()
    if not _TELLING.search(word):
        return ()
    return tuple([role for role, pattern in _ROLES.items() if pattern.search(word)])
