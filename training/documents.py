"""The one shape into which every corpus is brought: words with whatever labels the corpus gives, None where it gives none.

All numbers are word numbers within the document; spans are half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

Spans = list[tuple[int, int, str]]
"""(start, end, label)"""


class Syntax(msgspec.Struct, array_like=True):
    """Universal Dependencies of one word. `head` is a word number; the root's is its own."""

    upos: str
    tag: str
    lemma: str
    head: int
    relation: str


class Document(msgspec.Struct):
    """A text as words. `sentences` are the words that begin one; `lines` those that begin a line or paragraph."""

    corpus: str
    name: str
    words: list[str]
    sentences: list[int]
    lines: list[int]
    attributions: list[Spans] | None = None
    """Each a group of spans labelled source, cue, content."""
    mentions: Spans | None = None
    names: Spans | None = None
    syntax: list[Syntax] | None = None
    events: list[tuple[int, list[tuple[int, int]]]] | None = None
    """(verb, spans of the places it happened at); only these verbs are labelled."""
    factuality: list[tuple[int, float]] | None = None
    chains: list[list[int]] | None = None
    """Coreference: the head words of mentions of the same thing."""


def align(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where each word stands in a text that has the same characters but for white space. ValueError where it has not."""
    found, at = [], 0
    for word in words:
        bare = "".join(word.split())
        begun: int | None = None
        for letter in bare:
            while at < len(text) and text[at].isspace():
                at += 1
            if at >= len(text) or text[at] != letter:
                raise ValueError(f"{word!r} is not at {at}: {text[at : at + 20]!r}")
            begun = at if begun is None else begun
            at += 1
        found.append((at if begun is None else begun, at))
    return found


def covering(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The words that share characters with text[start:end], as a half-open range; None where there are none."""
    first = bisect_right(places, start, key=lambda place: place[1])
    last = bisect_left(places, end, key=lambda place: place[0])
    return (first, last) if first < last else None


def apart(spans: Iterable[tuple[int, int, str]]) -> Spans:
    """Without those that overlap a longer one."""
    kept: Spans = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


_ESCAPES = {
    "``": "“",
    "''": "”",
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "`": "‘",
}


def unescape(word: str) -> str:
    """Penn Treebank's spelling of marks, undone."""
    return _ESCAPES.get(word, re.sub(r"\\([/*])", r"\1", word))
