"""What each block of an HTML page is: by its place among the body, its markup, the metadata, and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from whosays.nouns import PartKind
from whosays.pages import creditlines, dates, dom, kinds
from whosays.pages.dates import Moment
from whosays.pages.dom import Block
from whosays.pages.metadata import Metadata
from whosays.text import squeeze, words

LONGEST_HEADLINE = 300
LONGEST_STANDFIRST = 500
LONGEST_CREDIT = 120
AFTER = 6
"""Blocks after the last body block among which credit lines and corrections are still looked for."""
ENTRIES = 2
"""So many heads of posts make a live blog."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is kept, as what it is."""

    kind: PartKind
    text: str
    at: datetime | None = None


def pieces(blocks: Sequence[Block], judged: Sequence[bool], facts: Metadata) -> list[Piece]:
    """The parts of the article in page order; blocks that are none of them are left out."""
    title = _title_at(blocks, facts.titles)
    entries = _entries(blocks, judged, facts)
    judged = _below_title(blocks, judged, title)
    body = [index for index, is_body in enumerate(judged) if is_body]
    first, last = (body[0], body[-1]) if body else (len(blocks), title if title is not None else -1)
    top = title if title is not None and title < first else max(0, first - AFTER)
    found: list[Piece] = []
    begun = False
    for index, block in enumerate(blocks):
        if index == title:
            found.append(Piece(PartKind.HEADLINE, squeeze(block.text)))
        elif index in entries:
            found.append(Piece(PartKind.ENTRY, block.text, _when(block, facts)))
        elif judged[index]:
            kind = _kind_in_body(block, is_first=not begun)
            begun = begun or kind in (PartKind.PARAGRAPH, PartKind.SUBHEADING)
            found += [Piece(kind, block.text)] if kind else []
        elif top - AFTER <= index <= last + AFTER:
            kind = _kind_beside(block, facts, above=index < first, below=index > last, near=index >= top)
            found += [Piece(kind, block.text)] if kind else []
    if title is None and facts.titles:
        found.insert(0, Piece(PartKind.HEADLINE, _without_site(facts.titles[0], facts.publisher)))
    return _once(found)


def _below_title(blocks: Sequence[Block], judged: Sequence[bool], title: int | None) -> list[bool]:
    """The judgement without what stands above the headline (unless all does), and without its other copies."""
    if title is None:
        return list(judged)
    own = squeeze(blocks[title].text).casefold()
    kept = [
        is_body and index != title and squeeze(block.text).casefold() != own
        for index, (block, is_body) in enumerate(zip(blocks, judged, strict=True))
    ]
    return [False] * title + kept[title:] if any(kept[title:]) else kept


def published(found: Sequence[Piece]) -> Moment | None:
    """The first date printed among the parts."""
    moments = [dates.line(piece.text) for piece in found if piece.kind is PartKind.DATE]
    return next((moment for moment in moments if moment and not moment.changed), None)


def _title_at(blocks: Sequence[Block], titles: Sequence[str]) -> int | None:
    """The block that is the headline: a heading most like what the page calls itself, else the only `<h1>`."""
    wanted = [frozenset(words(title)) for title in titles]
    best, best_score = None, 0.0
    for index, block in enumerate(blocks):
        own = frozenset(words(block.text)) if len(block.text) <= LONGEST_HEADLINE else frozenset()
        if not own:
            continue
        rank = (
            0.3 if block.tag == "h1" else 0.2 if "headline" in block.roles else 0.1 if block.tag in dom.HEADINGS else 0
        )
        likeness = max((2 * len(own & title) / (len(own) + len(title)) for title in wanted if title), default=0.0)
        if likeness >= (0.5 if rank >= 0.2 else 0.8) and likeness + rank > best_score:
            best, best_score = index, likeness + rank
    if best is not None:
        return best
    tops = [index for index, block in enumerate(blocks) if block.tag == "h1" and len(words(block.text)) > 2]
    return tops[0] if len(tops) == 1 else None


def _entries(blocks: Sequence[Block], judged: Sequence[bool], facts: Metadata) -> frozenset[int]:
    """The heads of a live blog's posts: short blocks with a time, marked as such or on a page that says it is live."""
    heads = [
        index
        for index, block in enumerate(blocks)
        if len(block.text) <= 160
        and ("entry" in block.roles or facts.live)
        and (kinds.entry_clock(block.text) or (block.when and _is_time(block.text)))
    ]
    body = [index for index, is_body in enumerate(judged) if is_body]
    within = [index for index in heads if body and body[0] - AFTER <= index <= body[-1]]
    return frozenset(within) if len(within) >= ENTRIES else frozenset()


def _is_time(text: str) -> bool:
    return dates.line(text) is not None or bool(
        re.match(r"(?:\d+ ?(?:[smhd]|min|hour|day)\w* ago|updated)\b", text, re.IGNORECASE)
    )


def _when(block: Block, facts: Metadata) -> datetime | None:
    moment = dates.field(block.when) or dates.line(block.text)
    return moment.at if moment and moment.at else kinds.entry_time(block.text, facts.published)


def _kind_in_body(block: Block, *, is_first: bool) -> PartKind | None:
    """The kind of a block that is judged to be body; None if it is padding after all."""
    if _is_caption(block):
        return PartKind.CREDIT if _is_picture_credit(block) else PartKind.CAPTION
    kind = _kind_by_words(block)
    if kind:
        return None if kind is PartKind.OTHER else kind
    if is_first and "standfirst" in block.roles and len(block.text) <= LONGEST_STANDFIRST:
        return PartKind.STANDFIRST
    return PartKind.SUBHEADING if block.tag in dom.HEADINGS else PartKind.PARAGRAPH


def _kind_by_words(block: Block) -> PartKind | None:
    text = block.text
    if kinds.is_padding(text):
        return PartKind.OTHER
    if kinds.is_correction(text):
        return PartKind.CORRECTION
    if dates.line(text):
        return PartKind.DATE
    if kinds.is_copyright(text) or creditlines.is_picture_credit(text) or creditlines.line(text):
        return PartKind.CREDIT
    if len(text) <= creditlines.LONGEST_BYLINE and creditlines.people(text):
        return PartKind.BYLINE
    return None


def _kind_beside(block: Block, facts: Metadata, *, above: bool, below: bool, near: bool) -> PartKind | None:
    """The kind of a block that is not body but stands among, above or below it; None if it is not the article's."""
    text = block.text
    if "nav" in block.within or (2 * block.linked > len(text) and not block.roles & {"byline", "credit"}):
        return None
    kind = _kind_by_words(block)
    if kind in (PartKind.CORRECTION, PartKind.CREDIT):
        return kind
    if below or not near or len(text) > 1_000:
        return None
    if _is_caption(block) and _is_picture_credit(block):
        return PartKind.CREDIT
    if _is_caption(block):
        return PartKind.CAPTION if len(words(text)) >= 3 else None
    if kind in (PartKind.DATE, PartKind.BYLINE):
        return kind
    if above and "byline" in block.roles and creditlines.people(text, marked=True):
        return PartKind.BYLINE
    is_standfirst = "standfirst" in block.roles or (facts.description and _alike(text, facts.description))
    return PartKind.STANDFIRST if above and is_standfirst and len(words(text)) >= 4 else None


def _is_caption(block: Block) -> bool:
    return "figcaption" in block.within or block.tag == "caption" or "caption" in block.roles


def _is_picture_credit(block: Block) -> bool:
    """By its words, or because the page sets it apart as such from the caption it stands in."""
    apart = "credit" in block.roles and block.tag not in ("figcaption", "caption")
    return (apart and len(block.text) <= LONGEST_CREDIT) or creditlines.is_picture_credit(block.text)


def _alike(one: str, two: str) -> bool:
    return squeeze(one).rstrip(". …").casefold() == squeeze(two).rstrip(". …").casefold()


def _without_site(title: str, publisher: str | None) -> str:
    """`Town falls, army says | The Daily Example` without the name of the site."""
    head, mark, tail = re.match(r"(.*?)(?:\s+([|–—-]|::|»)\s+([^|]*))?$", title, re.DOTALL).groups()  # type: ignore[union-attr]
    if mark and len(words(head)) >= 3 and (tail == publisher or len(words(tail)) <= 4):
        return squeeze(head)
    return squeeze(title)


def _once(found: Sequence[Piece]) -> list[Piece]:
    """Captions printed twice count once, the longer; a part that repeats another word for word is dropped."""
    kept: list[Piece] = []
    seen: dict[str, int] = {}
    for piece in found:
        key = squeeze(piece.text).casefold()
        if key in seen and piece.kind in (
            PartKind.CAPTION,
            PartKind.STANDFIRST,
            PartKind.BYLINE,
            PartKind.DATE,
            PartKind.CREDIT,
        ):
            continue
        seen[key] = len(kept)
        kept.append(piece)
    captions = [index for index, piece in enumerate(kept) if piece.kind is PartKind.CAPTION]
    captions.sort(key=lambda index: kept[index].text)  # a text stands right before those that begin with it
    for one, two in pairwise(captions):
        if kept[two].text.startswith(kept[one].text):
            kept[one] = replace(kept[one], kind=PartKind.OTHER)
    return kept
