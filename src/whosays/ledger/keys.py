"""What rows are sorted and found by, told from the nouns alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from whosays.nouns import Capture, Claim
from whosays.text import fold


def version(reader: str) -> str:
    """A reader's name such that later ones sort higher: its numbers padded, so that `en/10` comes after `en/9`."""
    return re.sub(r"\d+", lambda number: number[0].zfill(8), reader)


def rank(capture: Capture, key: str, *, reader: str, given: bool) -> str:
    """Which of an article's readings speaks for it: the one that sorts highest. The latest reader; then the one whose
    day of publication the user gave, last if he did so often; then the capture last modified by its own account, then
    the one with most comments, then by hash. Told from what the captures say and not from when they were read, so that
    two ledgers fed in different order agree; only the user's own words are newer or older by our clock."""
    word, modified = stamp(capture.read_at if given else None), stamp(capture.article.modified_at)
    comments = f"{len(capture.article.comments):08}"
    return " ".join((version(reader), f"{word:26}", f"{modified:26}", comments, capture.raw, key))


def stamp(time: datetime | None) -> str:
    """A time such that later ones sort higher, in UTC where its zone is known; nothing sorts lowest."""
    if time is not None and time.tzinfo is not None:
        time = time.astimezone(UTC).replace(tzinfo=None)
    return "" if time is None else time.isoformat(timespec="microseconds")


def days(claim: Claim, published: date | None) -> tuple[date | None, date | None]:
    """From when to when to look for a claim: its interval, an open end being the end of days; without an interval, the
    day its article appeared; (None, None) where that is not known either."""
    if claim.time is None:
        return published, published
    return claim.time.first or date.min, claim.time.last or date.max


folded = lru_cache(maxsize=1 << 14)(fold)
"""The same names come again and again: without this, folding is a fifth of the time that a page takes to write."""


def called(name: str) -> tuple[str, str]:
    """What to look for in `names`: the name as given, for keys, and folded, for words."""
    return name, folded(name)


def storable(text: str) -> str:
    r"""File names may hold bytes that are no text (lone surrogates): these are written `\udcff`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
