"""Comments that a page tells in JSON-LD: schema.org `Comment` in an article, nested or with `parentItem`."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from html import unescape

from lxml.html import HtmlElement

from whosays.pages.comments import clean
from whosays.pages.comments.tree import Draft, RawComment, tree

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
_KINDS = frozenset({"Comment", "UserComments"})
_MOST_NODES = 200_000


@dataclass(frozen=True, slots=True)
class _Told:
    draft: Draft
    name: str | None
    """Its @id or url."""
    answers: str | None
    """The @id or url of its parentItem."""


def comments(root: HtmlElement) -> tuple[RawComment, ...]:
    """All comments in the page's JSON-LD: parents before replies, else in the order told. Broken JSON holds none."""
    told: list[_Told] = []
    for script in root.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json") and "omment" in (script.text or ""):
            _collect(_load(script.text or ""), told)
    return tree(_ordered(told))


def _load(text: str) -> Json:
    try:
        value: Json = json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None
    return value


def _collect(value: Json, told: list[_Told]) -> None:
    """Walks a JSON value with a stack of its own; `comment` within a comment holds its replies."""
    stack: list[tuple[Json, int | None]] = [(value, None)]
    seen = 0
    while stack and seen < _MOST_NODES:
        node, parent = stack.pop()
        seen += 1
        if isinstance(node, list):
            stack += [(entry, parent) for entry in reversed(node)]
        elif isinstance(node, dict):
            if not _KINDS.isdisjoint(_strings(node.get("@type"))):
                told.append(_told(node, parent))
                parent = len(told) - 1
            inner = [entry for key, entry in node.items() if key not in ("parentItem", "author", "about", "creator")]
            stack += [(entry, parent) for entry in reversed(inner) if isinstance(entry, list | dict)]


def _told(node: dict[str, Json], parent: int | None) -> _Told:
    author, above = node.get("author") or node.get("creator"), node.get("parentItem")
    author = author[0] if isinstance(author, list) and author else author
    name = author.get("name") if isinstance(author, dict) else author
    text = next((words for key in ("text", "commentText", "description") if (words := _string(node.get(key)))), "")
    time = next(
        (words for key in ("dateCreated", "datePublished", "commentTime") if (words := _string(node.get(key)))), ""
    )
    answers = (_string(above.get("@id")) or _string(above.get("url"))) if isinstance(above, dict) else _string(above)
    said = clean.lines([unescape(text)])
    return _Told(
        Draft(clean.author(unescape(_string(name) or "")), "\n".join(said), clean.when(time), parent),
        _string(node.get("@id")) or _string(node.get("url")),
        answers,
    )


def _ordered(told: list[_Told]) -> list[Draft]:
    """Replies after what they answer, depth first; a circle of replies is broken at its first comment."""
    names = {entry.name: number for number, entry in reversed(list(enumerate(told))) if entry.name}
    replies: dict[int | None, list[int]] = {}
    for number, entry in enumerate(told):
        parent = entry.draft.parent if entry.draft.parent is not None else names.get(entry.answers or "")
        replies.setdefault(None if parent == number else parent, []).append(number)
    drafts: list[Draft] = []
    done: set[int] = set()
    for start in (*replies.get(None, ()), *range(len(told))):
        stack: list[tuple[int, int | None]] = [(start, None)]
        while stack:
            number, parent = stack.pop()
            if number in done:
                continue
            done.add(number)
            drafts.append(replace(told[number].draft, parent=parent))
            stack += [(reply, len(drafts) - 1) for reply in reversed(replies.get(number, ()))]
    return drafts


def _string(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: Json) -> list[str]:
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, str)]
