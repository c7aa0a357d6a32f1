"""Asking a source what is new. What it answers is kept before anything else is done (`state.py`).

    ask(desk, source, kept)

A source in trouble is asked less and less often, at least once a day; one that answers 410 no more. One that has moved for good is asked
at its new address; if that fails FAILURES times in a row, at its old one again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from whosays.engines.watch.config import Kind, Source
from whosays.engines.watch.desk import DAY, Desk, Told, What
from whosays.engines.watch.nouns import Deeper, Entry, Kept
from whosays.fetch import LISTS, Denied, Fetched, Known, NotModified
from whosays.inputs import files, lists
from whosays.inputs.feeds import Feed, feed
from whosays.nouns import Refusal

FAILURES = 5
SETTLED = timedelta(seconds=5)
"""A file changed within so many seconds is perhaps still being written."""
FURTHER = 500
"""Sitemaps that one sitemap may lead to."""


def ask(desk: Desk, source: Source, kept: Kept) -> None:
    """Ask it, now."""
    desk.sums.asked += 1
    if source.far:
        _far(desk, source, kept)
    else:
        _near(desk, source, kept)


def _near(desk: Desk, source: Source, kept: Kept) -> None:
    """A folder, or a list on this machine."""
    now, path = desk.clock(), Path(source.where)
    listed: list[Entry] = []
    try:
        if source.kind is Kind.FOLDER:
            path.stat()
            listed += [file for file in files.below(path) if _settled(file, now)]
        else:
            listed += [address for _, _, address in lists.listed(path.read_bytes()) if address is not None]
    except OSError as error:
        desk.tell(Told(What.TROUBLE, source.id, f"It cannot be read: {error.strerror}."))
    _keep(desk, source, kept, listed, now)


def _settled(file: Path, now: datetime) -> bool:
    """Is it a file to which nobody writes any more, as far as can be told?"""
    try:
        changed = datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo)
    except OSError:
        return False
    return file.is_file() and not now - SETTLED < changed <= now


def _far(desk: Desk, source: Source, kept: Kept) -> None:
    """What is on the internet."""
    answer = desk.polite.ask(kept.url, kept.known, LISTS)
    now = desk.clock()
    if isinstance(answer, NotModified):
        _keep(desk, source, replace(kept, url=answer.moved or kept.url, failures=0), (), now)
        return
    found = entries(source.kind, answer) if isinstance(answer, Fetched) else answer
    if isinstance(answer, Fetched) and not isinstance(found, Refusal):
        _keep(desk, source, Kept(answer.moved or kept.url, answer.known), found, now)
    elif isinstance(found, Refusal):
        _trouble(desk, source, kept, found, now)


def entries(kind: Kind, answer: Fetched) -> Sequence[Entry] | Refusal:
    """What an answer lists."""
    if kind is Kind.FEED:
        found = feed(answer.data, answer.url)
        return found.entries if isinstance(found, Feed) else found
    if kind is Kind.LIST:
        return [address for _, _, address in lists.listed(answer.data) if address is not None]
    mapped = lists.sitemap(answer.data)
    return mapped if isinstance(mapped, Refusal) else [*mapped.pages, *map(Deeper, mapped.further[:FURTHER])]


def _keep(desk: Desk, source: Source, kept: Kept, listed: Iterable[Entry], now: datetime) -> None:
    new = desk.state.found(source, kept, listed, now=now, due=now + source.every, told="asked")
    desk.sums.found += new
    desk.tell(Told(What.ASKED, source.id, f"{new:,} new" if new else "nothing new"))


def _trouble(desk: Desk, source: Source, kept: Kept, refusal: Refusal, now: datetime) -> None:
    """It is asked again later, the later the longer this lasts."""
    if refusal.reason == "wait":
        due = now + timedelta(seconds=desk.polite.wait_for(kept.url))
        desk.state.failed(source, kept, now=now, due=due, told=refusal.detail)
        return
    failures = kept.failures + 1
    gone = isinstance(refusal, Denied) and refusal.status == 410
    longest = max(DAY, source.every)
    due = now + (longest if refusal.reason == "robots" else min(longest, source.every * 2 ** min(failures - 1, 10)))
    if isinstance(refusal, Denied) and refusal.retry_after:
        due = max(due, now + min(longest, timedelta(seconds=refusal.retry_after)))
    kept = replace(kept, failures=failures, gone=gone)
    if failures % FAILURES == 0 and kept.url != source.where:
        kept = Kept(source.where, Known(), failures)
    desk.state.failed(source, kept, now=now, due=due, told=refusal.detail)
    words = f"{refusal.detail} It is gone, and asked no more." if gone else refusal.detail
    desk.tell(Told(What.TROUBLE, source.id, words))
