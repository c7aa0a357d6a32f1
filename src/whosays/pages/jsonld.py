"""What a page says of itself in JSON-LD (schema.org): the article, in `@graph`s, lists, or broken JSON.

Values are `object` until looked at: nothing in these scripts can be trusted to have the type that schema.org gives it.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement

Node = dict[str, object]

MOST_NODES = 5_000
LONGEST_SCRIPT = 2_000_000

_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_FIELDS = re.compile(r'"(headline|datePublished|dateModified|articleBody)"\s*:\s*"((?:[^"\\]++|\\.)*+)"')
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")


def nodes(root: HtmlElement) -> list[Node]:
    """All objects in the page's JSON-LD scripts, outer ones first."""
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _walk(_parse((script.text_content() or "")[:LONGEST_SCRIPT]))
    return found[:MOST_NODES]


def articles(found: list[Node]) -> list[Node]:
    """The objects that are articles of some kind."""
    return [node for node in found if any(_ARTICLE.search(kind) for kind in kinds(node))]


def kinds(node: Node) -> list[str]:
    """The types of an object."""
    return strings(node.get("@type"))


def strings(value: object) -> list[str]:
    """A field that may be a string or a list of them, without markup entities and space at the ends."""
    values = value if isinstance(value, list) else [value]
    return [unescape(one).strip() for one in values if isinstance(one, str) and one.strip()]


def string(value: object) -> str | None:
    return next(iter(strings(value)), None)


def named(value: object) -> list[tuple[str, str]]:
    """Name and type of each person or organisation in a field; a bare string has no type."""
    values = value if isinstance(value, list) else [value]
    found: list[tuple[str, str]] = []
    for one in values:
        if isinstance(one, dict):
            found += [(name, next(iter(kinds(one)), "")) for name in strings(one.get("name"))]
        else:
            found += [(name, "") for name in strings(one)]
    return found


def _parse(script: str) -> object:
    script = _unwrapped(script)
    for attempt in (script, _TRAILING_COMMA.sub("", script)):
        try:
            value: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    fields: Node = {"@type": "Article"}
    for found in _FIELDS.finditer(script):
        fields.setdefault(found.group(1), found.group(2).replace('\\"', '"').replace("\\/", "/").replace("\\n", "\n"))
    return fields if len(fields) > 1 else None


def _unwrapped(script: str) -> str:
    """A script without `//<![CDATA[ … //]]>` or `<!-- … -->` around it, and without a semicolon at its end."""
    script = script.strip()
    for opening in ("<![CDATA[", "<!--"):
        inner = script.removeprefix("//").lstrip()
        script = inner.removeprefix(opening).lstrip() if inner.startswith(opening) else script
    script = script.rstrip("; \t\r\n")
    for closing in ("]]>", "-->"):
        if script.endswith(closing):
            script = script.removesuffix(closing).rstrip().removesuffix("//")
    return script.rstrip("; \t\r\n")


def _walk(value: object) -> Iterator[Node]:
    waiting, seen = deque([value]), 0
    while waiting and seen < MOST_NODES:
        one = waiting.popleft()
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(inner for inner in one.values() if isinstance(inner, dict | list))
        elif isinstance(one, list):
            waiting.extend(inner for inner in one if isinstance(inner, dict | list))
