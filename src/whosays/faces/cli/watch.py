"""`whosays watch`: feeds, sitemaps, lists and folders read into a ledger as they come."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe

if TYPE_CHECKING:
    from whosays.engines.watch.desk import Sums, Told


@click.command(
    epilog=examples(
        "whosays watch news.toml --once",
        "whosays --ledger syria.db watch news.toml --once --state syria.watch",
    )
)
@click.argument("config", metavar="CONFIG.toml", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Ask every source now, read what waits, and end.")
@click.option(
    "--state",
    "state_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What was seen and what waits.  [default: beside the ledger, with .watch at its end]",
)
@ledger_option
@pass_shell
def watch(shell: Shell, config: Path, once: bool, state_file: Path | None) -> None:
    """Read feeds, sitemaps, lists and folders as they come.

    CONFIG.toml names them (docs/inputs.md has the table). It runs until it is stopped: Ctrl-C, or SIGTERM, ends it after the page
    at hand. Whenever it ended, and however, it goes on where it was: nothing is read twice, and nothing is missed.
    """
    from whosays.engines.reader_process import Reader
    from whosays.engines.watch import config as configs
    from whosays.engines.watch import loop
    from whosays.engines.watch import state as states
    from whosays.inputs.politeness import Polite
    from whosays.ledger import beside

    said = configs.read(config)
    shell.roster()  # a fault in the user's own is told before anything is read
    with _stoppable() as over, shell.open(create=True) as into, Reader(roster=shell.given_roster) as reader:
        where = str(state_file) if state_file else beside(into.url, states.SUFFIX)
        with states.alone(where), closing(states.open(where)) as state:
            sums = loop.watch(
                said.sources,
                state,
                into,
                polite=Polite(clock=time.monotonic, delay=said.delay.total_seconds()),
                clock=shell.clock,
                wait=lambda seconds: not over.wait(seconds),
                read_page=reader.read,
                weigh=lambda url: _weigh(shell, url),
                tell=lambda told: _say(shell, told),
                once=once,
            )
    click.echo(_summed(sums))


def _weigh(shell: Shell, url: str) -> None:
    from whosays.engines import standing

    standing.refresh(url, clock=shell.clock)


def _say(shell: Shell, told: Told) -> None:
    """One line for each thing that happened."""
    click.echo(safe(f"{shell.clock():%Y-%m-%d %H:%M:%S} {told.what}: {told.name}: {told.words}"))


def _summed(sums: Sums) -> str:
    from whosays.faces.cli.render import plural

    return layout(
        f"{plural(sums.asked, 'source')} asked, {sums.found:,} new {'entry' if sums.found == 1 else 'entries'}; "
        f"{plural(sums.read, 'page')} read, {plural(sums.new, 'new article')} of them, {sums.refused:,} refused."
    )


@contextmanager
def _stoppable() -> Iterator[Event]:
    """Set by the first Ctrl-C or SIGTERM; the second Ctrl-C ends it at once."""
    over = Event()

    def stop(number: int, _: object) -> None:
        over.set()
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield over
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
