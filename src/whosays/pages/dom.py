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
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SKIP = frozenset(
    "script style noscript template svg math iframe object embed select textarea button head audio video canvas map input datalist"
    " title frameset noframes applet".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_ROLES = {
    "caption": re.compile(r"caption|cutline|imagetext|bildunterschrift"),
    "credit": re.compile(r"(?:photo|image|picture|media|img|caption|figure)[-_]*(?:credit|source|copyright|author)|\bcredits?\b|photographer"),
    "byline": re.compile(r"byline|\bauthors?\b|author[-_]*(?:name|link|info)|\bcontributor|\breporter"),
    "date": re.compile(r"\bdate\b|time|publish|posted|updated|dateline|datum"),
    "standfirst": re.compile(
        r"standfirst|sub[-_]*(?:title|head|heading|headline|hed)\b|\bdek\b|\bdeck\b|\blede?\b|\bteaser[-_]text|article[-_]*(?:summary|intro|lead|excerpt"
        r"|description)|\bchapeau\b|\bkicker[-_]*text"
    ),
    "headline": re.compile(r"headline|(?:article|entry|post|story|page)[-_]*title"),
    "entry": re.compile(r"(?:live|blog|liveblog|timeline|update|post|entry|event)[\w-]*(?:time|date|stamp|header|head|title)|live-?blog[\w-]*(?:post|entry|update)"),
}  # fmt: skip


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
    events = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            if element in excluded or _unseen(element):
                events.skip_subtree()
                walk.skipping = element
                walk.around(element)
            else:
                walk.enter(element)
        elif event == "end":
            if walk.skipping is element:
                walk.skipping = None
            else:
                walk.leave(element)
            walk.add(element.tail if element is not root else None)
        else:
            walk.add(element.tail)
        if walk.size > MAX_TEXT:
            break
    walk.flush()
    return walk.found


class _Walk:
    """The state of one walk: open elements and the text since the last boundary."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.size = 0
        self.skipping: HtmlElement | None = None
        self._tags: list[str] = []
        self._roles: list[tuple[str, ...]] = []
        self._pieces: list[str] = []
        self._inner: set[str] = set()
        self._linked = 0
        self._links = 0
        self._when: str | None = None

    def enter(self, element: HtmlElement) -> None:
        tag, own = element.tag, _roles(element)
        if tag in _BLOCK or "credit" in own:
            self.flush()
            self._tags.append(tag)
            self._roles.append(own)
        else:
            self._inner.update(own)
        if tag == "a":
            self._links += 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "time":
            self._when = self._when or element.get("datetime")
        self.add(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCK or "credit" in _roles(element):
            self.flush()
            self._tags.pop()
            self._roles.pop()
        elif tag == "a":
            self._links -= 1

    def around(self, element: HtmlElement) -> None:
        """A skipped block still parts what is before it from what is after it."""
        if element.tag in _BLOCK:
            self.flush()

    def add(self, text: str | None) -> None:
        if not text:
            return
        if "pre" not in self._tags:
            text = text.replace("\n", " ").replace("\r", " ")
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def flush(self) -> None:
        """Close the current block; two line ends in a row part it."""
        if self._pieces:
            whole = "".join(self._pieces)
            if not whole.isspace():
                for piece in re.split(r"\n[ \t\xa0]*\n\s*", whole) if "\n" in whole else (whole,):
                    self._close(piece)
            self._pieces.clear()
        self._inner.clear()
        self._linked, self._when = 0, None

    def _close(self, piece: str) -> None:
        text = "\n".join(filter(None, (" ".join(line.split()) for line in piece.split("\n"))))
        if not text:
            return
        roles = {role for level in self._roles[-3:] for role in level} | self._inner
        tag = self._tags[-1] if self._tags else "body"
        self.found.append(Block(text, tag, frozenset(roles), self._linked, frozenset(self._tags), self._when))
        self.size += len(text)


def _unseen(element: HtmlElement) -> bool:
    if element.tag in _SKIP:
        return True
    attributes = element.attrib
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style))


def _roles(element: HtmlElement) -> tuple[str, ...]:
    attributes = element.attrib
    if not attributes:
        return ()
    get = attributes.get
    label = f"{get('class', '')} {get('itemprop', '')} {get('rel', '')} {get('id', '')}"
    return _roles_of(label) if len(label) > 3 else ()


@lru_cache(maxsize=4096)
def _roles_of(label: str) -> tuple[str, ...]:
    label = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", label[:300]).lower()
    return tuple(role for role, pattern in _ROLES.items() if pattern.search(label))
