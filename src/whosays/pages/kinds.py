"""What a block is by its words alone, in HTML and plain text alike: correction notes, live-blog heads, padding."""

from __future__ import annotations

import re
from datetime import datetime

from whosays.pages import dates
from whosays.pages.dates import Moment

_CORRECTION = re.compile(
    r"[\[(_*\s]*(?:(?:corrections?|corrected|clarifications?|editor[’']s note|editors[’'] note|editorial note"
    r"|correction appended|(?:this|the) (?:correction|clarification))\b\s*(?:[:.,–—-]|\()"
    r"|(?:\([^()]{0,40}\)\s*)?(?:an? (?:earlier|previous|prior|original) version of (?:this|the|our)"
    r" (?:article|story|report|headline|post)|this (?:article|story|report|version|headline|post)"
    r" (?:has been|was|is being|has since been|corrects|clarifies|is corrected|was first|removes)\b"
    r"[^.]{0,80}?\b(?:correct|clarif|amend|updat|remov|paragraph|spelling)))",
    re.IGNORECASE,
)
_PADDING = re.compile(
    r"(?:advertisement|advertising|sponsored(?: content)?|share(?: this(?: article| story)?| on .{1,20})?|tweet"
    r"|print|e-?mail|save|(?:leave a )?(?:comments?|reply)|\d+ comments?|read more|tags?|topics|next|previous"
    r"|related(?: (?:articles|stories|news|topics|coverage))?|sign up.{0,80}|subscribe.{0,80}|follow us.{0,60}"
    r"|click here.{0,60}|continue reading.{0,40}|story continues below.{0,40}|(?:most )?popular|trending|recommended"
    r"|you (?:may|might) also like.{0,40}|all rights reserved\.?|\W+)"
    r"\s*:?$",
    re.IGNORECASE,
)
_POINTER = re.compile(r"(?:read (?:more|also|next)|see also|related|also read|tags)\s*[:|(]", re.IGNORECASE)
_HEAD_REST = re.compile(r"\s*(?:$|[-–—|:•·]|\n|\()")


def is_correction(text: str) -> bool:
    """Does a block say that the story was corrected, or is it an editor's note?"""
    return bool(_CORRECTION.match(text[:300]))


def is_padding(text: str) -> bool:
    """Is a block promotion or a control of the page: `Advertisement`, `Share this`, `Read more: …`?"""
    return (len(text) <= 120 and bool(_PADDING.match(text))) or (len(text) <= 200 and bool(_POINTER.match(text)))


def is_copyright(text: str) -> bool:
    """Is a block a note on who owns the words: `© 2019 …`?"""
    return len(text) <= 300 and bool(re.match(r"©|\(c\)\s|copyright\b\s*(?:©|\(c\)|\d)", text, re.IGNORECASE))


def entry_clock(text: str) -> bool:
    """Does a block look like the head of a live-blog post: an hour, alone or before a short title?"""
    found = dates.clock(text) if len(text) <= 160 else None
    return bool(found and _HEAD_REST.match(text[found[2] :]))


def entry_time(text: str, page: Moment | None) -> datetime | None:
    """When a live-blog post was written: its hour on the page's day; None unless day and zone are known."""
    found = dates.clock(text)
    if not found or not page:
        return None
    hour, zone, _ = found
    zone = zone or (page.at.tzinfo if page.at else None)
    return datetime.combine(page.day, hour, zone) if zone else None
