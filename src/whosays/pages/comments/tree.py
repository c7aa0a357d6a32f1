"""The nouns of a comment tree, and how drafts become one. No HTML and no JSON here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from whosays import settings


@dataclass(frozen=True, slots=True)
class RawComment:
    """One comment, in page order."""

    author: str | None
    text: str
    """Without names, dates, votes and buttons; lines are separated by one newline."""
    parent: int | None
    """Index of the comment that this one answers: always smaller than its own."""
    depth: int
    """0 for a comment on the article, else the parent's depth + 1."""
    at: datetime | None
    """As printed: naive where the page gives no zone, midnight where it gives only the day."""


@dataclass(frozen=True, slots=True)
class Threads:
    """The comments of a page, and where they stand."""

    comments: tuple[RawComment, ...]
    areas: tuple[HtmlElement, ...]
    """Elements that hold comments and what belongs to them (form, count), none inside another, in page order."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment as it was found: perhaps empty, perhaps under a parent that is."""

    author: str | None
    text: str
    at: datetime | None
    parent: int | None
    """Index among the drafts; one that is not smaller than its own is ignored."""


def tree(drafts: Iterable[Draft]) -> tuple[RawComment, ...]:
    """Drafts without text fall out and leave their replies to their parent; the rest is numbered anew, to the cap."""
    kept: list[RawComment] = []
    place: list[int | None] = []
    """For each draft: its index among the kept, or that of its nearest kept ancestor."""
    for number, draft in enumerate(drafts):
        above = place[draft.parent] if draft.parent is not None and draft.parent < number else None
        if len(kept) >= settings.MAX_COMMENTS:
            break
        if not draft.text:
            place.append(above)
            continue
        depth = 0 if above is None else kept[above].depth + 1
        place.append(len(kept))
        kept.append(RawComment(draft.author, draft.text, above, depth, draft.at))
    return tuple(kept)
