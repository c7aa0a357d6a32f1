"""Feeds, sitemaps, lists and folders read as they come, for as long as one likes.

    watch(sources, state, ledger, polite=…, …)        until `wait` says that it is over; `once`: one round

Two kinds of work, in turns: asking sources what is new (`watching.py` keeps the answers), and reading what waits, a page at a time. A page
is fetched, read and put into the ledger, and only then marked as done. So whenever this is killed, it is fetched again, and the
ledger finds that it has it. Trouble that may pass (no connection, 429, 5xx) is tried again, TRIES times over some days; a page that
is not there (404) a few times, since some feeds are ahead of their pages. What is refused in the end is a refusal in the ledger.

A source in trouble is asked less and less often, at least once a DAY; one that answers 410 no more. One that has moved for good is asked
at its new address; if that fails FAILURES times in a row, at its old one again.

Time, network and the end are arguments: a week is simulated in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from whosays import pipeline
from whosays.engines.filing import Filing, ReadPage
from whosays.engines.watch import items, sources
from whosays.engines.watch.config import Source
from whosays.engines.watch.desk import Desk, Sums, Told, Wait
from whosays.engines.watch.state import Watching
from whosays.inputs.politeness import Polite
from whosays.ledger import Ledger

WEIGH_EVERY = 200
LONGEST_WAIT = 300.0
"""Seconds until one looks whether the clock was set."""


def watch(
    watched: Sequence[Source],
    state: Watching,
    into: Ledger,
    *,
    polite: Polite,
    clock: Callable[[], datetime],
    wait: Wait,
    read_page: ReadPage = pipeline.read_page,
    reader: str = pipeline.READER,
    weigh: Callable[[str], None] = lambda _: None,
    tell: Callable[[Told], None] = lambda _: None,
    once: bool = False,
) -> Sums:
    """Until `wait` says that it is over; `once`: every source is asked now, and what then waits is read, but for what must wait for
    trouble to pass. Raises LedgerError where ledger or state cannot be written: what was at hand waits."""
    filing = Filing(into, reader=reader, clock=clock)
    filing.catch_up()
    desk = Desk(watched, state, into, filing, polite, read_page, reader, clock, wait, tell)
    desk.sums.unweighed = into.weighings.stale()  # what was read before a stop
    asking = list(watched)
    while wait(0):
        asking = asking if once else list(state.due(watched, clock()))
        worked = _ask_all(desk, asking)
        worked = wait(0) and (items.one(desk) or worked)
        quiet = not worked and not asking and not state.hosts(clock())
        if desk.sums.unweighed >= WEIGH_EVERY or (quiet and desk.sums.unweighed):
            weigh(into.url)
            desk.sums.unweighed = 0
        pause = 0.0 if worked else _pause(desk, asking, once=once)
        if pause is None or (pause and not wait(pause)):
            break
    return desk.sums


def _ask_all(desk: Desk, asking: list[Source]) -> bool:
    """Ask those whose host may be asked now, and take them from the list. Was there any?"""
    worked = False
    for source in tuple(asking):
        if not desk.wait(0):
            break
        kept = desk.state.kept(source)
        if kept.gone or (source.far and desk.polite.wait_for(kept.url) > 0):
            continue
        asking.remove(source)
        worked = True
        sources.ask(desk, source, kept)
    return worked


def _pause(desk: Desk, asking: Sequence[Source], *, once: bool) -> float | None:
    """Seconds until there may be work; None: there will be none."""
    now = desk.clock()
    kept = [desk.state.kept(source) for source in asking]
    hosts = [f"http://{host}/" for host in desk.state.hosts(now)] + [one.url for one in kept if not one.gone]
    waits = [desk.polite.wait_for(url) for url in hosts]
    if not waits and once:
        return None
    due = None if once else desk.state.next_due(desk.sources, now)
    if due is not None:
        waits.append((due - now).total_seconds())
    return max(0.01, min([*waits, LONGEST_WAIT]))
