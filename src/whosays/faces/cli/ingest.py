"""`whosays ingest`: pages, archives and addresses into a ledger, or into parts; `whosays load`: parts into a ledger."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
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
    from whosays.engines.parts import Part, Shard
    from whosays.inputs import Item
    from whosays.profile import Profile

_LOG = logging.getLogger("whosays.ingest")

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
    from whosays.faces.config import WORKERS

    workers = shell.value(WORKERS, workers) or None
    shell.roster()  # a fault in the user's own is told before anything is read
    if parts is not None:
        context.exit(_into_parts(shell, sources, parts, published, workers, engine, scheduler))
    context.exit(
        _into_ledger(shell, sources, published, workers, strict=strict, everything=everything, profiled=profiled)
    )


def _into_ledger(
    shell: Shell,
    sources: Sequence[str],
    published: date | None,
    workers: int | None,
    *,
    strict: bool,
    everything: bool,
    profiled: bool,
) -> int:
    from whosays import inputs
    from whosays.engines import local
    from whosays.inputs.politeness import Polite
    from whosays.profile import SILENT, Profile

    polite = Polite(clock=time.monotonic)
    found, profile = tuple(inputs.sources(sources)), Profile() if profiled else SILENT
    with ExitStack() as stack:
        road = stack.enter_context(_road(sum(map(_size, found))))
        ledger = stack.enter_context(shell.open(create=True))
        read = stack.enter_context(_reading(shell, found, workers, everything=everything, profile=profile))
        where = ledger.where
        report = local.ingest(
            local.fetched(_items(found, road), lambda url: polite.fetch(url, time.sleep)),
            ledger,
            read=read,
            clock=shell.clock,
            progress=road.page,
            published=published,
            profile=profile,
        )
    if not report.pages:
        raise Misuse(
            f"No pages in {', '.join(sources)}. Give pages (HTML or plain text), archives, or folders of them."
        )
    code = _told(shell, report, where, strict=strict)
    if profiled:
        click.echo("\n".join(profile.lines()))
    return code


def _told(shell: Shell, report: Report, where: str, *, strict: bool) -> int:
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
def _reading(
    shell: Shell, found: Sequence[str], workers: int | None, *, everything: bool, profile: Profile
) -> Iterator[Read]:
    """Who reads: this process where there is little to read, else a pool. What somebody chose page by page is read; of an archive only
    what may be on conflict, unless he wants everything."""
    from whosays import inputs, pipeline
    from whosays.engines.local import one_by_one
    from whosays.engines.pool import pool
    from whosays.engines.reader_process import read_bulk, read_single

    archives = any(map(inputs.is_archive, found))
    if workers is None and len(found) <= FEW and not archives:
        yield one_by_one(partial(pipeline.read_page, known=shell.roster(), profile=profile))
        return
    read_page = read_bulk if archives and not everything else read_single
    with pool(workers, roster=shell.given_roster, read_page=read_page) as readers:
        yield readers.read
        profile.take(readers.profile)


def _items(found: Sequence[str], road: Road) -> Iterator[Item]:
    """All pages, telling how far along the bytes they are."""
    from whosays import inputs

    for source in found:
        size, before = _size(source), road.at
        for item in inputs.listed(source):
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


# --------------------------------------------------------------------------------------------------------------- parts


def _into_parts(
    shell: Shell,
    sources: Sequence[str],
    folder: Path,
    published: date | None,
    workers: int | None,
    engine: str,
    scheduler: str | None,
) -> int:
    from whosays.engines import parts
    from whosays.faces.cli.render import plural

    shards = tuple(parts.shards(sources, published=published))
    if not shards:
        raise Misuse(f"No pages in {', '.join(sources)}.")
    made: list[Part] = []
    for part in _made(shell, shards, folder, workers, engine, scheduler):
        made.append(part)
        click.echo(
            f"{len(made)} of {len(shards)}: {plural(part.pages, 'page')}, {plural(part.claims, 'claim')}", err=True
        )
    aside = sum(parts.quarantined(shard, folder) for shard in shards)
    pages, claims = sum(part.pages for part in made), sum(part.claims for part in made)
    there = sum(part.there for part in made)
    click.echo(
        layout(
            f"{plural(len(made), 'part')} in {safe(str(folder))}, {there:,} of them there before: {plural(pages, 'page')}, "
            f"{plural(claims, 'claim')}. {plural(aside, 'shard')} set aside. Next: whosays load {safe(str(folder))}"
        )
    )
    return STRICT if aside else DONE


def _made(
    shell: Shell, shards: Iterable[Shard], folder: Path, workers: int | None, engine: str, scheduler: str | None
) -> Iterator[Part]:
    from whosays.engines import parts

    roster = shell.given_roster

    def tell(line: str) -> None:
        click.echo(layout(safe(line)), err=True)

    if engine == "dask":
        from whosays.engines import dask

        yield from dask.ingest(shards, folder, scheduler=scheduler, workers=workers, roster=roster, tell=tell)
    else:
        yield from parts.ingest(shards, folder, workers=workers, roster=roster, tell=tell)


@click.command(epilog=examples("whosays ingest news/ --parts parts/ && whosays load parts/"))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@ledger_option
@pass_shell
@click.pass_context
def load(context: click.Context, shell: Shell, folder: Path) -> None:
    """Bring the parts of a folder into a ledger.

    Parts are what `whosays ingest --parts` makes, here or on a cluster. Pages that the ledger has change nothing.
    """
    from whosays.engines import parts

    with shell.open(create=True) as ledger:
        where, report = ledger.where, parts.load(folder, ledger, clock=shell.clock)
    context.exit(_told(shell, report, where, strict=False))
