"""Reading what waits: a page, some pages of a file, a sitemap to which another one led.

    one(desk) -> was there anything?

A page is marked as done after the ledger has it. Trouble that may pass is tried again, TRIES times over some days; a page that is not
there (404) a few times, since some feeds are ahead of their pages. What is refused in the end is a refusal in the ledger too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from whosays import inputs
from whosays.engines.watch.config import Kind, Source
from whosays.engines.watch.desk import DAY, Desk, Told, What
from whosays.engines.watch.nouns import Form, State, Waiting
from whosays.engines.watch.sources import entries
from whosays.errors import LedgerError, Misuse
from whosays.fetch import LISTS, Denied, Fetched, Known, NotModified
from whosays.inputs import Item
from whosays.inputs.lists import Address
from whosays.inputs.politeness import passing
from whosays.ledger import Outcome
from whosays.nouns import Meta, Refusal, Stage

TRIES, TRIES_MISSING = 10, 4
FIRST, MOST = timedelta(minutes=1), timedelta(hours=12)
"""Until a page in trouble is tried again: the first time; each time four times as long, at most so long."""
OUTAGE = timedelta(minutes=10)
"""Until one looks whether our own line is up again. These looks are no tries."""
TURN = 100
"""Pages of an archive that are read before it is somebody else's turn."""


def one(desk: Desk) -> bool:
    """Read what waits longest. Was there anything?"""
    item = desk.state.take(desk.clock(), lambda host: not host or not desk.polite.wait_for(f"http://{host}/"))
    if item is None:
        return False
    try:
        {Form.PAGE: _page, Form.FILE: _file, Form.SITEMAP: _deeper}[item.form](desk, item)
    except LedgerError:
        desk.state.later(item, now=desk.clock(), due=desk.clock(), told="the ledger could not be written", again=True)
        raise
    except (MemoryError, OSError) as error:
        due = desk.clock() + FIRST
        desk.state.later(item, now=desk.clock(), due=due, told=f"this machine: {error}", again=True)
        desk.tell(Told(What.TROUBLE, item.url, f"this machine is at its end: {error}"))
    return True


def _page(desk: Desk, item: Waiting) -> None:
    """Fetch a page and read it, unless its address leads to one that was read."""
    if item.tries >= TRIES:
        _refused(
            desk, item, Refusal(Stage.FETCH, "crash", f"{item.url} was tried {item.tries} times, and never to an end.")
        )
        return
    if desk.state.was_read(item.url):
        desk.state.done(item, State.SAME, "same", now=desk.clock())
        return
    answer = desk.polite.ask(item.url)
    if not isinstance(answer, Fetched):
        _denied(desk, item, answer)
        return
    led = (item.url, *answer.hops, answer.url)
    if desk.state.was_read(answer.url):
        desk.state.done(item, State.SAME, "same", now=desk.clock(), addresses=led)
        return
    meta = Meta(url=answer.url, content_type=answer.content_type, publisher=item.publisher)
    outcome, article = _put(desk, answer.data, meta, answer.url)
    if isinstance(outcome, Refusal):
        desk.state.done(item, State.REFUSED, outcome.reason, now=desk.clock(), detail=outcome.detail, addresses=led)
    else:
        desk.state.done(item, State.DONE, outcome, now=desk.clock(), article=article, addresses=led)


def _put(desk: Desk, data: bytes, meta: Meta, name: str) -> tuple[Outcome | Refusal, str | None]:
    """A page into the ledger."""
    put = desk.filing.file(Item(name, data, meta), desk.read_page)
    if isinstance(put.outcome, Refusal):
        desk.sums.refused += 1
        desk.tell(Told(What.REFUSED, name, put.outcome.detail))
    else:
        fresh = put.outcome is not Outcome.KNOWN
        desk.sums.read += 1
        desk.sums.unweighed += fresh
        desk.sums.new += put.outcome in (Outcome.NEW, Outcome.REPRINT)
        desk.tell(Told(What.READ, name, f"{put.outcome}, {put.claims} claims" if fresh else "known"))
    return put.outcome, put.article


def _denied(desk: Desk, item: Waiting, answer: NotModified | Refusal) -> None:
    """No page came. Later, or never."""
    now = desk.clock()
    if isinstance(answer, NotModified):
        answer = Refusal(Stage.FETCH, "status", f"{item.url} answered 304, for which nobody asked.")
    pause = timedelta(seconds=desk.polite.wait_for(item.url))
    if answer.reason == "wait":
        desk.state.later(item, now=now, due=now + pause, told=answer.detail, again=True)
        return
    if desk.polite.offline and passing(answer):
        desk.state.later(item, now=now, due=now + max(pause, OUTAGE), told=answer.detail, again=True)
        return
    missing = isinstance(answer, Denied) and answer.status == 404
    if item.tries + 1 < (TRIES_MISSING if missing else TRIES if passing(answer) else 1):
        due = now + max(pause, min(MOST, FIRST * 4**item.tries))
        desk.state.later(item, now=now, due=due, told=answer.detail)
        desk.tell(Told(What.TROUBLE, item.url, f"{answer.detail} It is tried again."))
    else:
        _refused(desk, item, answer)


def _refused(desk: Desk, item: Waiting, refusal: Refusal) -> None:
    """It is not to be had."""
    now = desk.clock()
    desk.into.refuse(refusal, raw=None, name=item.url, reader=desk.reader, read_at=now)
    desk.state.done(item, State.REFUSED, refusal.reason, now=now, detail=refusal.detail)
    desk.sums.refused += 1
    desk.tell(Told(What.REFUSED, item.url, refusal.detail))


def _deeper(desk: Desk, item: Waiting) -> None:
    """A sitemap that a sitemap leads to; one that it leads to is not followed, as the protocol has no such thing."""
    source = _source(desk, item)
    answer = desk.polite.ask(item.url, Known(), LISTS)
    found = entries(Kind.SITEMAP, answer) if isinstance(answer, Fetched) else answer
    if isinstance(found, NotModified | Refusal):
        _denied(desk, item, found)
        return
    new = desk.state.listed(source, [one for one in found if isinstance(one, Address)], now=desk.clock())
    desk.sums.found += new
    desk.tell(Told(What.ASKED, item.url, f"{new:,} new" if new else "nothing new"))
    desk.state.done(item, State.DONE, "listed", now=desk.clock())


def _file(desk: Desk, item: Waiting) -> None:
    """Some pages of a file. How far it is read is kept after each."""
    source = _source(desk, item)
    if item.tries >= TRIES:
        _refused(
            desk,
            item,
            Refusal(Stage.INPUTS, "crash", f"{item.url} was tried {item.tries} times without getting further."),
        )
        return
    try:
        opened = desk.archives.pop(item.number, None) or inputs.open(item.url, after=item.after, columns=source.fields)
    except Misuse as error:
        _refused(desk, item, Refusal(Stage.INPUTS, "unreadable", str(error)))
        return
    for number, one in enumerate(opened, 1):
        _entry(desk, item, source, one)
        desk.state.reached(item, one.at)
        if number >= TURN or not desk.wait(0):
            desk.archives = {item.number: opened}
            desk.state.later(replace(item, tries=0), now=desk.clock(), due=desk.clock(), told="being read", again=True)
            return
    desk.state.done(item, State.DONE, "read", now=desk.clock())


def _entry(desk: Desk, item: Waiting, source: Source, one: Item) -> None:
    """One item of a file."""
    if one.data is None:
        desk.sums.found += desk.state.listed(source, [Address(one.meta.url or one.name)], now=desk.clock())
    elif isinstance(one.data, Refusal):
        desk.into.refuse(one.data, raw=None, name=one.name, reader=desk.reader, read_at=desk.clock())
        desk.sums.refused += 1
        desk.tell(Told(What.REFUSED, one.name, one.data.detail))
    else:
        _put(desk, one.data, replace(one.meta, publisher=item.publisher), one.name)


def _source(desk: Desk, item: Waiting) -> Source:
    """Where an item is from; that may be watched no more."""
    for source in desk.sources:
        if source.id == item.source:
            return source
    kind, _, where = item.source.partition(" ")
    return Source(Kind(kind), where, DAY, item.publisher)
