"""`whosays ingest`: pages, archives and addresses into a ledger; into parts in parts.py."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import (
    ALL_REFUSED,
    BUG,
    DONE,
    STRICT,
    Day,
    Shell,
    Terminated,
    examples,
    ledger_option,
    pass_shell,
)
from whosays.faces.cli.terminal import layout, safe
from whosays.logs import Level, event

if TYPE_CHECKING:
    from whosays.engines.local import Read, Report
    from whosays.inputs import Columns, Item
    from whosays.profile import Profile

_LOG = logging.getLogger("whosays.ingest")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for."""

    sources: tuple[str, ...]
    strict: bool
    published: date | None
    workers: int | None
    fields: str
    everything: bool
    profiled: bool


FEW = 20
"""Single pages up to which they are read in this process: a pool takes longer to start than they to read."""


@click.command(
    epilog=examples(
        "whosays ingest page.html",
        "whosays --ledger syria.db ingest news/ story.txt",
        "whosays ingest news/ --strict",
        "whosays ingest story.txt --published 2023-01-13",
    )
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Exit with 1 if any page was refused.")
@click.option(
    "--published",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Day of publication of all, whatever they say, also of pages read before.",
)
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that read.  [default: one for each processor]"
)
@click.option(
    "--parts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write Parquet parts there, and no ledger: `whosays load` brings them in.",
)
@click.option(
    "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Who makes the parts."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Of a Dask cluster, tcp://10.0.0.5:8786.  [default: one on this machine]"
)
@click.option(
    "--fields", default="", metavar="MAP", help="Columns of JSONL and Parquet: text=body,url=link,published=date …"
)
@click.option("--all", "everything", is_flag=True, help="Of archives too, read pages that have no word of conflict.")
@click.option("--profile", "profiled", is_flag=True, help="Print where the time went, step by step.")
@ledger_option
@pass_shell
@click.pass_context
def ingest(
    context: click.Context,
    shell: Shell,
    sources: tuple[str, ...],
    strict: bool,
    published: date | None,
    workers: int | None,
    parts: Path | None,
    engine: str,
    scheduler: str | None,
    fields: str,
    everything: bool,
    profiled: bool,
) -> None:
    """Read pages into a ledger.

    SOURCE is a page (HTML, plain text), an archive (WARC, WACZ, JSONL, Parquet), a folder with all below it, an address, or
    a list of addresses. Run it again after a stop: what was read is not read twice, but for pages whose day you now
    give with --published.
    """
    if (engine == "dask" or scheduler) and parts is None:
        raise Misuse("A cluster makes parts: say where with --parts FOLDER, then `whosays load FOLDER`.")
    from whosays.faces.cli.parts import into_parts
    from whosays.faces.config import WORKERS

    shell.roster()  # a fault in the user's own is told before anything is read
    workers = shell.value(WORKERS, workers) or None
    wish = Wish(sources, strict, published, workers, fields, everything, profiled)
    context.exit(_into_ledger(shell, wish) if parts is None else into_parts(shell, wish, parts, engine, scheduler))


def _into_ledger(shell: Shell, wish: Wish) -> int:
    from whosays import inputs
    from whosays.engines import local
    from whosays.inputs.politeness import Polite
    from whosays.profile import SILENT, Profile

    polite = Polite(clock=time.monotonic)
    found, profile = tuple(inputs.sources(wish.sources)), Profile() if wish.profiled else SILENT
    with ExitStack() as stack:
        road = stack.enter_context(_road(sum(map(_size, found))))
        ledger = stack.enter_context(shell.open(create=True))
        read = stack.enter_context(_reading(shell, found, wish, profile))
        where = ledger.where
        report = local.ingest(
            local.fetched(
                _items(found, inputs.Columns.of(wish.fields), road), lambda url: polite.fetch(url, time.sleep)
            ),
            ledger,
            read=read,
            clock=shell.clock,
            progress=road.page,
            published=wish.published,
            profile=profile,
        )
    if not report.pages:
        raise Misuse(
            f"No pages in {', '.join(wish.sources)}. Give pages (HTML or plain text), archives, or folders of them."
        )
    code = told(shell, report, where, strict=wish.strict)
    if wish.profiled:
        click.echo("\n".join(profile.lines()))
    return code


def told(shell: Shell, report: Report, where: str, *, strict: bool) -> int:
    """Say what an ingest came to; its exit code."""
    for line in (*_report(report, where), *_weigh(shell)):
        click.echo(line)
    refused = sum(report.refused.values())
    event(
        _LOG,
        Level.INFO,
        "ingest",
        pages=report.pages,
        new=report.new,
        refused=refused,
        claims=report.claims,
        seconds=report.seconds,
    )
    if report.bug:
        click.echo(f"whosays: a bug of ours: {safe(report.bug)} The page will be read again next time.", err=True)
        return BUG
    return ALL_REFUSED if refused == report.pages else STRICT if refused and strict else DONE


@contextmanager
def _reading(shell: Shell, found: Sequence[str], wish: Wish, profile: Profile) -> Iterator[Read]:
    """Who reads: this process where there is little to read, else a pool. What somebody chose page by page is read; of an archive only
    what may be on conflict, unless he wants everything."""
    from whosays import inputs, pipeline
    from whosays.engines.local import one_by_one
    from whosays.engines.pool import pool
    from whosays.engines.reader_process import read_bulk, read_single

    archives = any(map(inputs.is_archive, found))
    if wish.workers is None and len(found) <= FEW and not archives:
        yield one_by_one(partial(pipeline.read_page, known=shell.roster(), profile=profile))
        return
    read_page = read_bulk if archives and not wish.everything else read_single
    with pool(wish.workers, roster=shell.given_roster, read_page=read_page) as readers:
        yield readers.read
        profile.take(readers.profile)


def _items(found: Sequence[str], columns: Columns, road: Road) -> Iterator[Item]:
    """All pages, telling how far along the bytes they are."""
    from whosays import inputs

    for source in found:
        size, before = _size(source), road.at
        for item in inputs.listed(source, columns):
            road.at = before + min(item.at.offset, size)
            yield item
        road.at = before + size


def _size(source: str) -> int:
    """Bytes of a file on this machine; 0 of what is elsewhere."""
    path = Path(source)
    return path.stat().st_size if path.is_file() else 0


class Road:
    """How far a run is: bytes of its sources, and pages."""

    def __init__(self, show: Callable[[int, int, str], None] | None) -> None:
        self.at = 0
        self.done = 0
        self.stopped: KeyboardInterrupt | None = None
        self._show = show

    def page(self, done: int, name: str) -> None:
        """A page is done. Ends the run where it was to be stopped, also where a library that was being loaded swallowed the interrupt."""
        self.done = done
        if self.stopped is not None:
            raise self.stopped
        if self._show is not None:
            self._show(self.at, done, name)


@contextmanager
def _road(total: int) -> Iterator[Road]:
    """Ctrl-C or SIGTERM ends the run after the page at hand at the latest; a bar on standard error where that is a terminal."""
    with _bar(total) as show:
        road = Road(show)

        def stop(number: int, _: object) -> None:
            road.stopped = Terminated() if number == signal.SIGTERM else KeyboardInterrupt()
            raise road.stopped

        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:  # else a job in the background, which Ctrl-C is not meant for
                signal.signal(number, stop)
        try:
            yield road
        except KeyboardInterrupt:
            event(_LOG, Level.INFO, "ingest stopped", pages=road.done)
            raise
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int, int, str], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    pages = TextColumn("{task.fields[pages]:,} pages, {task.fields[rate]:.1f}/s", markup=False)
    name = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), TaskProgressColumn(), pages, TimeRemainingColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total or None, pages=0, rate=0.0)

        def show(at: int, done: int, page: str) -> None:
            rate = done / max(bar.tasks[0].elapsed or 0, 0.1)
            bar.update(task, completed=at, pages=done, rate=rate, description=safe(Path(page).name))

        yield show


def _report(report: Report, where: str) -> Iterator[str]:
    """What an ingest came to, in two or three lines."""
    from whosays.faces.cli.render import plural

    yield layout(
        f"{plural(report.pages, 'page')} in {report.seconds:.1f} s: {plural(report.new, 'new article')}, "
        f"{plural(report.reprints, 'reprint')} of identical text, "
        f"{report.near:,} near {'copy' if report.near == 1 else 'copies'}, {report.again:,} read again, "
        f"{report.known:,} known before, {sum(report.refused.values()):,} refused."
    )
    if report.refused:
        yield layout("Refused: " + ", ".join(f"{reason} {number:,}" for reason, number in report.refused.items()) + ".")
    yield layout(f"{plural(report.claims, 'claim')} written to {safe(where)}.")


def _weigh(shell: Shell) -> Iterator[str]:
    """What was read is weighed, where that takes seconds; else how to have it weighed."""
    from whosays.engines import standing

    with shell.open() as ledger:
        new, large, url = ledger.weighings.stale(), ledger.counts().claims > standing.SECONDS, ledger.url
    if new and large:
        yield layout("What is new is not weighed yet: `whosays weigh` does it, for the pages of `whosays serve`.")
    elif new:
        standing.refresh(url, clock=shell.clock)
