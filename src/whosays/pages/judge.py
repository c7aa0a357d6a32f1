"""Which blocks of a page are the article's body: the judgement of trafilatura, carried over to our own blocks.

trafilatura gives text without places, and its text may hold a sentence once that the page shows twice (a teaser, a
pulled quote). So its text is taken as a stock of shingles of four words, each as often as it occurs. Blocks draw on the
stock, the longest first, copies last; a block is body if the stock still has most of its shingles. A block too short
for shingles is body if it is a whole line of the stock, and those among the long body blocks come first. Where JSON-LD
carries the whole text of the article, that text is the stock: the publisher knows best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from whosays.pages.dom import Block
from whosays.text import words

SHINGLE = 4
SHARE = 0.6
"""Of a block's shingles, how many must be in stock."""
WHOLE = 0.8
"""JSON-LD has the whole text if it has so much of what trafilatura found."""
NEAR = 2
"""Of two copies of a block the one that has body within so many blocks comes first."""
FEWEST = 50
"""A text of fewer words is no article's whole text."""

Shingle = tuple[str, ...]


def body_text(root: HtmlElement) -> str:
    """What trafilatura takes for the article; it rearranges the tree, so ask it last."""
    document = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    return (document.text or "") if isinstance(document, Document) else ""


def body(blocks: Sequence[Block], judged: str, declared: str | None) -> list[bool]:
    """For each block, whether it is in the judged text, or in what JSON-LD declares to be the whole article."""
    tokens = words(judged)
    stock = Counter(_shingles(tokens))
    lines = Counter(tuple(words(line)) for line in judged.splitlines())
    own = words(declared or "")
    declared_stock = Counter(_shingles(own))
    if len(own) >= FEWEST and _share(declared_stock, stock) >= WHOLE:
        stock, lines = declared_stock, Counter(tuple(words(line)) for line in (declared or "").splitlines()) | lines
    found = _draw(blocks, stock, lines)
    return found if any(found) else [_is_prose(block) for block in blocks]


def _is_prose(block: Block) -> bool:
    """Where the judges find nothing: whole sentences outside the frame of the page, in words rather than links."""
    outside = not block.within & {"nav", "footer", "aside", "header", "figure", "form"}
    sentences = len(block.text) >= 60 and block.text.rstrip("\"'”’»)").endswith((".", "!", "?", "…", "؟", "。"))
    return outside and sentences and 3 * block.linked < len(block.text)


def _draw(blocks: Sequence[Block], stock: Counter[Shingle], lines: Counter[Shingle]) -> list[bool]:
    tokens = [words(block.text) for block in blocks]
    found = [False] * len(blocks)
    long = [index for index, own in enumerate(tokens) if len(own) >= SHINGLE]
    copies = Counter(tuple(tokens[index]) for index in long)
    once = [index for index in long if copies[tuple(tokens[index])] == 1]
    twice = [index for index in long if copies[tuple(tokens[index])] > 1]
    for group in (once, twice):
        near = {index for index in group if any(found[max(0, index - NEAR) : index + NEAR + 1])}
        for index in sorted(group, key=lambda index: (-len(tokens[index]), index not in near, index)):
            own = _shingles(tokens[index])
            there = [shingle for shingle in own if shingle in stock and stock[shingle] > 0]
            if len(there) >= SHARE * len(own):
                found[index] = True
                stock.subtract(there)
    first, last = _ends(found)
    short = [index for index, own in enumerate(tokens) if 0 < len(own) < SHINGLE]
    for index in sorted(short, key=lambda index: (not first <= index <= last, index)):
        line = tuple(tokens[index])
        if lines[line] > 0:
            found[index] = True
            lines[line] -= 1
    return found


def _share(whole: Counter[Shingle], part: Counter[Shingle]) -> float:
    return (whole & part).total() / part.total() if part else 1.0


def _ends(found: Sequence[bool]) -> tuple[int, int]:
    places = [index for index, is_body in enumerate(found) if is_body]
    return (places[0], places[-1]) if places else (0, -1)


def _shingles(tokens: Sequence[str]) -> list[Shingle]:
    return list(zip(*(tokens[start:] for start in range(SHINGLE)), strict=False))
