"""One walk over the page that opens, fills and closes comments.

Where a comment ends and what it answers is told by structure first. The rules, which hold across themes:

1. An element marked as a comment that opens before the comment around it has said a word is that same comment:
   `li#li-comment-1 > article#comment-1.comment`. If a brother alike follows it, the outer one was only a wrapper.
2. A comment within a comment answers it. One in a box of replies (`children`, `indented`) beside one answers that.
3. A `dt`, and an anchor `a#c123` where no element holds a comment, opens one that goes on over what follows it.
4. A parent named by the page (`data-parent-id`) wins if it came before; else, among brothers, an indentation
   (`depth-3`, `data-depth`, `margin-left`) tells who answers whom.

The stack is a list, so depth costs no recursion; each text run is kept once, in the innermost comment: time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from whosays.pages.comments import clean
from whosays.pages.comments.marks import Mark, plain
from whosays.pages.comments.tree import Draft

_SILENT = frozenset(["script", "style", "template", "svg", "iframe", "textarea", "select", "button", "object", "head"])
_BREAKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "blockquote",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "td",
        "section",
        "article",
        "header",
        "footer",
        "dl",
        "dt",
        "dd",
        "pre",
        "hr",
        "form",
    ]
)
MOST_LEADS = 3
_OWN_WORDS = (Mark.NONE, Mark.TEXT, Mark.BODY)
_LABELS = Mark.NAME | Mark.AUTHOR | Mark.META | Mark.TIME | Mark.TEXT | Mark.BODY
_ENDS = frozenset({"h1", "h2", "h3", "form"})
"""What ends a comment that goes on over its next brothers."""
_STAMPS = ("datetime", "content", "data-utime", "data-timestamp", "title")
_LEADS = frozenset(["a", "b", "strong", "em", "cite", "h2", "h3", "h4", "h5", "h6", "span"])
_PARENT = (
    "data-parent-id",
    "data-parentid",
    "data-parent",
    "data-parent-comment-id",
    "data-reply-to",
    "data-in-reply-to",
)
_OWN = ("data-comment-id", "data-commentid", "data-id", "data-post-id", "id")
_LEVEL = ("data-depth", "data-level", "aria-level", "data-indent")
_LEVEL_CLASS = re.compile(r"(?:^|\s)(?:[a-z_-]*[-_])?(?:depth|level|indent)[-_]?(\d{1,4})(?:\s|$)", re.IGNORECASE)
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,6}(?:\.\d+)?)", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """A comment while it is being read."""

    node: HtmlElement
    parent: int | None
    opener: int
    sure: bool
    """Nobody can take it for something else: numbered, or named by schema.org."""
    names: list[tuple[int, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    meta: list[str] = field(default_factory=list)
    at: datetime | None = None
    leads: list[str] = field(default_factory=list)
    """What is set apart before the text: links, bold, headings."""
    spoken: bool = False
    """Has it had a word that may be the reader's own?"""
    buttons: bool = False
    labelled: int = 0
    """How many elements within it are named after comments: `comment-author`, `comment_date`."""
    adopted: tuple[HtmlElement, str] | None = None
    """The first element inside that is this same comment: its parent, and what it looks like."""
    more: list[HtmlElement] = field(default_factory=list)
    """Elements beside `node` over which the comment goes on."""

    def signed(self) -> bool:
        """Does it look like a post, with an author and a time or buttons?"""
        draft = self.draft()
        return draft.author is not None and (self.buttons or any(map(str.isdigit, "".join(self.meta))))

    def draft(self) -> Draft:
        """What was read, cleaned."""
        given = next((part for part in map(clean.lines, (self.said, self.body, self.loose)) if part), [])
        named = (clean.author(words) for _, words in sorted(self.names, key=lambda pair: pair[0]))
        name = next(filter(None, named), None) or clean.signature(self.meta)
        if name is None and not (self.said or self.body):
            name, given = clean.opening(given, leads=self.leads)
        elif name is None:
            name = clean.signature([f"{lead}\n" for lead in self.leads]) or clean.signature(self.loose)
        ends = [line for line in (*given[:1], *given[-1:]) if len(line) < 60]
        at = self.at or next(filter(None, map(clean.when, (*clean.lines(self.meta), *ends))), None)
        return Draft(name, clean.text(given, name=name), at, self.parent)


@dataclass(slots=True)
class _Frame:
    """An open element."""

    item: int | None = None
    """The comment that its words belong to."""
    answers: int | None = None
    """The comment that a comment among its children answers."""
    in_replies: bool = False
    """In a box of replies, and in no comment inside that box."""
    role: int = Mark.NONE
    running: int | None = None
    """The comment that a child opened and that goes on over the next children."""
    last: int | None = None
    """The last comment among the children."""
    opened: int | None = None
    words: list[str] | None = None
    """In a name, a time or something set apart: what it says."""
    notes: bool = False
    """Is this the element whose words these are?"""

    @property
    def current(self) -> int | None:
        return self.item if self.running is None else self.running


class Walk:
    """Reads the comments below an element. `parts`: what each element may be; those not in it are nothing."""

    def __init__(self, parts: Mapping[HtmlElement, int]) -> None:
        self.parts = parts
        self.items: list[Item] = []
        self._frames: list[_Frame] = [_Frame()]
        self._ids: dict[str, int] = {}
        self._scopes: dict[int | None, list[tuple[float, int]]] = {}

    def run(self, root: HtmlElement) -> list[Item]:
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                self._start(node)
                if node.tag in _SILENT:
                    walker.skip_subtree()
                else:
                    self._say(node.text)
                continue
            if event == "end":
                self._end(node)
            if node is not root:
                self._say(node.tail)
        return self.items

    # ------------------------------------------------------------------------------------------------------- elements

    def _start(self, node: HtmlElement) -> None:
        above = self._frames[-1]
        mark = self.parts.get(node, Mark.NONE)
        if above.running is not None and (node.tag in _ENDS or mark & Mark.FORM):
            above.running = None
        if node.tag in _BREAKS:
            self._say("\n")
        frame = _Frame(above.current, above.answers, above.in_replies, above.role, words=above.words)
        if above.running is not None:
            frame.answers = above.running
        if mark & Mark.DEEPER:
            frame.answers = above.current if above.last is None else above.last
            frame.in_replies = True
        self._frames.append(frame)
        if opener := self._opener(node, mark, above):
            self._open(node, opener, above, frame)
        elif frame.item is not None:
            if above.running is not None:
                self.items[above.running].more.append(node)
            self._role(node, mark, frame)

    def _opener(self, node: HtmlElement, mark: int, above: _Frame) -> int:
        """The mark by which an element opens a comment, if it does."""
        if above.role in (Mark.NAME, Mark.TIME) or (node.tag == "dd" and above.running is not None):
            return Mark.NONE
        around = None if above.current is None else self.items[above.current]
        free = around is None or above.in_replies
        if mark & Mark.ITEM:
            return Mark.ITEM
        if mark & Mark.WEAK and (free or (around and around.opener == Mark.WEAK and _look(around.node) == _look(node))):
            return Mark.WEAK
        if mark & Mark.NUMBERED and node.tag == "a" and (free or above.running is not None):
            return Mark.NUMBERED
        return Mark.NONE

    def _open(self, node: HtmlElement, opener: int, above: _Frame, frame: _Frame) -> None:
        around = None if above.current is None else self.items[above.current]
        beside = above.running is not None
        fresh = around and (not around.spoken or not _numbers(around.node).isdisjoint(_numbers(node)))
        if around and fresh and (beside or not above.in_replies) and not (beside and self._goes_on(node)):
            number = above.current or 0  # rule 1
            around.adopted = around.adopted or (node.getparent(), _look(node))
            around.sure = around.sure or bool(self.parts[node] & Mark.NUMBERED)
            if beside:
                around.more.append(node)
            above.running = None
            self._name_ids(node, number)
        else:
            parent = above.answers
            if parent is not None and self.items[parent].adopted == (node.getparent(), _look(node)):
                parent = self.items[parent].parent  # the outer element was a wrapper around brothers
            number = self._new(node, opener, parent)
            above.running = number if self._goes_on(node) else None
        frame.item = frame.answers = frame.opened = above.last = number
        frame.in_replies, frame.role = False, Mark.META if node.tag == "dt" else Mark.NONE
        frame.words, frame.notes = ([], True) if node.tag == "dt" else (None, False)

    def _goes_on(self, node: HtmlElement) -> bool:
        """Does a comment that opens here go on over what follows?"""
        return node.tag in ("dt", "a") or bool(self.parts[node] & Mark.ANCHOR)

    def _new(self, node: HtmlElement, opener: int, parent: int | None) -> int:
        number = len(self.items)
        named = next((self._ids[key] for name in _PARENT if (key := node.get(name)) and key in self._ids), None)
        level = _level(node)
        scope = self._scopes.setdefault(parent, [])
        while scope and scope[-1][0] >= level:
            scope.pop()
        by_level = scope[-1][1] if scope else parent
        scope.append((level, number))
        self.items.append(
            Item(node, by_level if named is None else named, opener, bool(self.parts[node] & Mark.NUMBERED))
        )
        self._name_ids(node, number)
        return number

    def _name_ids(self, node: HtmlElement, number: int) -> None:
        for name in _OWN:
            key = node.get(name) or ""
            for form in {key, "".join(re.findall(r"(?<!\d)\d+$", key))} - {"", "0"}:
                self._ids.setdefault(form, number)

    # ---------------------------------------------------------------------------------------------------------- words

    def _role(self, node: HtmlElement, mark: int, frame: _Frame) -> None:
        """Which store the words of an element inside a comment go to."""
        item, role = self.items[frame.item or 0], frame.role
        item.labelled += bool(mark & _LABELS) and "comment" in (node.get("class") or "").lower()
        if role in (Mark.CHROME, Mark.TEXT):
            if role == Mark.TEXT and mark & Mark.CHROME:
                frame.role = Mark.CHROME
        elif mark & Mark.CHROME:
            item.buttons = True
            frame.role = Mark.CHROME
        elif mark & Mark.TEXT and not mark & Mark.BODY:
            frame.role = Mark.TEXT
        elif mark & Mark.TIME or node.get("datetime") or node.get("data-utime"):
            frame.role, frame.words, frame.notes = Mark.TIME, [], True
        elif mark & (Mark.NAME | Mark.AUTHOR) and not mark & Mark.BODY:
            frame.role, frame.words, frame.notes = Mark.NAME, [], True
        elif mark & Mark.BODY or mark & Mark.WEAK or node.tag == "dd":
            frame.role = Mark.BODY
        elif role == Mark.NAME and node.tag == "p" and "".join(frame.words or ()).strip():
            frame.role = Mark.BODY  # a name that is followed by paragraphs was the head of a box
        elif mark & Mark.META and role != Mark.NAME:
            frame.role = Mark.META
        elif node.tag in _LEADS and len(item.leads) < MOST_LEADS and frame.words is None:
            frame.words, frame.notes = [], True

    def _say(self, words: str | None) -> None:
        frame = self._frames[-1]
        if not words or frame.current is None or frame.role == Mark.CHROME:
            return
        item = self.items[frame.current]
        if frame.role in _OWN_WORDS and not words.isspace():
            item.spoken = True
        if frame.words is not None:
            frame.words.append(words)
        if frame.role == Mark.TEXT:
            item.said.append(words)
        elif frame.role == Mark.BODY:
            item.body.append(words)
        elif frame.role == Mark.NONE:
            item.loose.append(words)
        elif frame.role != Mark.NAME:
            item.meta.append(words)

    def _end(self, node: HtmlElement) -> None:
        frame, above = self._frames.pop(), self._frames[-1]
        if frame.item is not None and frame.words is not None and frame.notes:
            self._note(self.items[frame.item], node, frame, above)
        if node.tag in _BREAKS:
            self._say("\n")
        if frame.last is not None and frame.opened is None and not Mark.DEEPER & self.parts.get(node, Mark.NONE):
            above.last = frame.last

    def _note(self, item: Item, node: HtmlElement, frame: _Frame, above: _Frame) -> None:
        """A name, a time or the first words of a comment have been read."""
        words = " ".join(" ".join(frame.words or ()).split())
        if frame.role == Mark.TIME:
            given = next(filter(None, map(node.get, _STAMPS)), "")
            item.at = item.at or clean.when(given) or clean.when(words)
            item.meta.append("\n")
        elif frame.role == Mark.NAME:
            rank = 0 if self.parts.get(node, Mark.NONE) & Mark.NAME else 1 if node.tag == "cite" else 2
            item.names.append((rank, words or node.get("content") or ""))
            item.meta.append(f"\n{words}\n")
            if above.words is not None:
                above.words.append(words)
        elif node.tag == "dt":
            item.names.append((3, words))
        else:
            if words:
                item.leads.append(words[:80])
            if above.words is not None:
                above.words.append(words)


def _numbers(node: HtmlElement) -> set[str]:
    """The number in an element's id."""
    return set(re.findall(r"(?<!\d)\d{2,}$", node.get("id") or ""))


def _look(node: HtmlElement) -> str:
    """Tag and classes without numbers: brothers alike have the same."""
    names = {plain(name) for name in (node.get("class") or "").split()}
    return f"{node.tag} {' '.join(sorted(name for name in names if 'comment' in name and 'author' not in name))}"


def _level(node: HtmlElement) -> float:
    """How far a comment is indented, in whatever unit the page uses; 0 where it does not say."""
    for name in _LEVEL:
        if re.fullmatch(r"\d{1,6}", node.get(name) or ""):
            return float(node.get(name) or 0)
    if match := _LEVEL_CLASS.search(node.get("class") or "") or _MARGIN.search(node.get("style") or ""):
        return float(match[1])
    return 0.0
