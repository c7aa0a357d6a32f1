"""Which blocks of a page are the article's body: the judgement of trafilatura, carried over to our own blocks.

trafilatura gives text without places. Its text is cut into shingles of four words; a block is body if most of its
shingles are in it, and a block too short for shingles if it is one of its lines. Where JSON-LD carries the whole text
of the article, that text has a say as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from whosays.pages.dom import Block
from whosays.text import words

SHINGLE = 4
SHARE = 0.6
"""Of a block's shingles, how many must be in the judge's text."""


def body_text(root: HtmlElement) -> str:
    """What trafilatura takes for the article; it rearranges the tree, so ask it last."""
    document = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    return (document.text or "") if isinstance(document, Document) else ""


def body(blocks: Sequence[Block], judged: str, declared: str | None) -> list[bool]:
    """For each block, whether it is in the judged text, or in what JSON-LD declares to be the article's."""
    lines = [tuple(words(line)) for line in judged.splitlines()]
    tokens = [token for line in lines for token in line]
    shingles = set(_shingles(tokens))
    short = {line for line in lines if len(line) < SHINGLE}
    return [_is_in(words(block.text), shingles, short) for block in blocks]


def _is_in(tokens: Sequence[str], shingles: set[tuple[str, ...]], short: set[tuple[str, ...]]) -> bool:
    if len(tokens) < SHINGLE:
        return bool(tokens) and tuple(tokens) in short
    own = _shingles(tokens)
    return sum(shingle in shingles for shingle in own) >= SHARE * len(own)


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[start:] for start in range(SHINGLE)), strict=False))
