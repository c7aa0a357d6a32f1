"""Plain text as crawlers print it: the article's text is the decoded file itself, and all spans point into it.

A byte-order mark is not part of the text; line ends stay as they are (CRLF is two code points). The order in which
crawlers print is what tells the parts: headline, standfirst, caption, date, byline, then paragraphs, a credit line,
and last the readers' comments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whosays.nouns import Article, Meta, Part, PartKind, Refusal, Span, Stage
from whosays.pages import creditlines, datelines, dates, encoding, kinds, lines, threads
from whosays.pages.draft import Draft, finish
from whosays.pages.lines import Line
from whosays.profile import SILENT, Profile
from whosays.settings import MAX_LINES, MAX_TEXT
from whosays.text import words

HEAD_BLOCKS = 12
"""Blocks at the top among which headline, standfirst, doubled captions, date and byline stand."""
LONGEST_HEADLINE = 200
LONGEST_SUBHEADING = 80
ENTRIES = 2
"""So many heads of live-blog posts make a live blog."""

_LEAD = re.compile(
    r"(?:file photo|photo|image|picture|caption|in this (?:file )?(?:photo|image|picture))\b\s*[:,(]", re.IGNORECASE
)
_COMMENTS_TITLE = re.compile(
    r"(?:\d+\s+)?(?:reader |readers[’'] )?(?:comments?|responses?|replies|discussion)\b[^.]{0,40}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line by itself, with the kind that its place and words give it."""

    span: Span
    text: str
    bullet: bool
    alone: bool
    """Does a blank line stand before it?"""


def sniff(head: bytes, meta: Meta) -> float:
    """Anything may be text; a declaration or a file name makes it likely."""
    declared = (meta.content_type or "").startswith("text/plain") or (meta.name or meta.url or "").endswith(".txt")
    return 0.5 if declared else 0.2


def read(data: bytes, meta: Meta, *, profile: Profile = SILENT) -> Article | Refusal:
    """Read a page of plain text. No library reads it for us, so `profile` is told nothing."""
    decoded = encoding.decode(data, meta.content_type)
    text, notes = decoded.text, decoded.notes
    if len(text) > MAX_TEXT:
        notes = (*notes, f"cut at {MAX_TEXT:,} of {len(text):,} characters")
        text = text[:MAX_TEXT]
    all_lines = lines.split(text)
    comments, first, rest = threads.find(text, all_lines)
    blocks = _blocks(all_lines[:first], text)
    if len(all_lines) == MAX_LINES:
        notes = (*notes, f"cut at {MAX_LINES:,} lines")
    kinds_of = _kinds(blocks, thread=bool(comments))
    parts = [Part(kind, block.span) for block, kind in zip(blocks, kinds_of, strict=True)]
    if not any(re.search(r"\w", block.text) for block in blocks) and not comments:
        return Refusal(Stage.PAGES, "no text", "the file has no words")
    below = [Part(PartKind.COMMENT, comment.span) for comment in comments if comment.text]
    below += [Part(PartKind.OTHER, block.span) for block in _blocks(rest, text)]
    parts += sorted(below, key=lambda part: part.span.start)
    draft = Draft(text=text, parts=tuple(parts), comments=comments, notes=notes)
    return finish(_timed(draft), meta)


def _blocks(some: Sequence[Line], text: str) -> list[Block]:
    found = []
    for group in lines.blocks(some):
        span = lines.span(group)
        found.append(Block(span, span.of(text), group[0].bullet, group[0].gap))
    return found


def _kinds(blocks: Sequence[Block], *, thread: bool) -> list[PartKind]:
    """The kind of each block: first by its own words, then by its place at the top, then among its neighbours."""
    found: list[PartKind | None] = [_own_kind(block) for block in blocks]
    _mark_entries(blocks, found)
    _mark_doubled_captions(blocks, found)
    _mark_top(blocks, found)
    for index, block in enumerate(blocks):
        if found[index] is None:
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            found[index] = PartKind.SUBHEADING if index and _is_subheading(block, after) else PartKind.PARAGRAPH
    if thread and blocks and _COMMENTS_TITLE.match(blocks[-1].text):
        found[-1] = PartKind.OTHER
    return [kind or PartKind.PARAGRAPH for kind in found]


def _own_kind(block: Block) -> PartKind | None:
    """What the words alone tell; None if they are plain prose."""
    text = block.text
    if len(text) <= 400 and (dates.line(text) is not None):
        return PartKind.DATE
    if kinds.is_correction(text):
        return PartKind.CORRECTION
    if kinds.is_padding(text):
        return PartKind.OTHER
    if (
        kinds.is_copyright(text)
        or creditlines.is_picture_credit(text)
        or (len(text) <= 1200 and creditlines.line(text))
    ):
        return PartKind.CREDIT
    if len(text) <= creditlines.LONGEST_BYLINE and creditlines.people(text):
        return PartKind.BYLINE
    if len(text) <= 120 and dates.beside_a_name(text):
        return PartKind.DATE
    if len(text) <= 600 and (_LEAD.match(text) or creditlines.ends_in_picture_credit(text)):
        return PartKind.CAPTION
    return None


def _mark_entries(blocks: Sequence[Block], found: list[PartKind | None]) -> None:
    heads = [index for index, block in enumerate(blocks) if kinds.entry_clock(block.text)]
    if len(heads) >= ENTRIES:
        for index in heads:
            found[index] = PartKind.ENTRY


def _mark_doubled_captions(blocks: Sequence[Block], found: list[PartKind | None]) -> None:
    """Two neighbours at the top of which one holds the words of the other: the longer is the caption."""
    for one, two in pairwise(range(min(len(blocks), HEAD_BLOCKS))):
        either = {found[one], found[two]}
        if one == 0 or not either <= {None, PartKind.CAPTION}:
            continue
        short, long = sorted((one, two), key=lambda index: len(blocks[index].text))
        if _within(blocks[short].text, blocks[long].text):
            found[long], found[short] = PartKind.CAPTION, PartKind.OTHER


def _within(short: str, long: str) -> bool:
    """Are nearly all words of one text in the other, beginning alike?"""
    few, many = words(short[:800]), words(long[:1200])
    if len(few) < 5 or few[:3] != many[:3]:
        return False
    kept = set(many)
    return sum(word in kept for word in few) >= 0.9 * len(few)


def _mark_top(blocks: Sequence[Block], found: list[PartKind | None]) -> None:
    """Headline: the first prose if it ends as no sentence does. Standfirst: the next such, above date or byline."""
    above = (PartKind.DATE, PartKind.BYLINE)
    free = [index for index, kind in enumerate(found[:HEAD_BLOCKS]) if kind is None]
    if not free or free[0] + 1 >= len(blocks) or not _is_title(blocks[free[0]], LONGEST_HEADLINE):
        return
    if any(kind not in (*above, PartKind.OTHER, PartKind.CAPTION) for kind in found[: free[0]]):
        return
    found[free[0]] = PartKind.HEADLINE
    if len(free) > 2 and _is_title(blocks[free[1]], 2 * LONGEST_HEADLINE):
        until_prose = found[free[1] + 1 : free[2]]
        if any(kind in above for kind in until_prose):
            found[free[1]] = PartKind.STANDFIRST


def _is_title(block: Block, longest: int) -> bool:
    text = block.text
    if len(text) > longest or "\n" in text or block.bullet or datelines.find(text):
        return False
    return not re.search(r"(?<!\b[A-Z])[.:,;][\"'”’»)\]]*$", text) or text.endswith("...")


def _is_subheading(block: Block, after: Block | None) -> bool:
    """A short line of its own that ends like no sentence, above a longer one."""
    text = block.text
    if after is None or block.bullet or not 3 <= len(text) <= LONGEST_SUBHEADING or len(text.split()) > 10:
        return False
    starts_well = text[0].isupper() or text[0].isdigit() or text[0] in "‘“'\""
    if sum(text.count(mark) for mark in '"“”') % 2:
        return False  # one sentence of a longer speech
    return starts_well and not re.search(r"[.!:;,…\"'”’»)\]]$", text) and len(after.text) > len(text)


def _timed(draft: Draft) -> Draft:
    """The same draft, the posts of a live blog with their times."""
    if not any(part.kind is PartKind.ENTRY for part in draft.parts):
        return draft
    page = next(filter(None, map(dates.line, draft.words(PartKind.DATE))), None)
    timed = [
        replace(part, at=kinds.entry_time(part.span.of(draft.text), page)) if part.kind is PartKind.ENTRY else part
        for part in draft.parts
    ]
    return replace(draft, parts=tuple(timed))
