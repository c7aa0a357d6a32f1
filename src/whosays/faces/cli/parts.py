"""Parquet parts on the command line: `whosays ingest --parts`, and `whosays load`, which brings them into a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.ingest import Wish, told
from whosays.faces.cli.shell import DONE, STRICT, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe

if TYPE_CHECKING:
    from whosays.engines.parts import Part, Shard


def into_parts(shell: Shell, wish: Wish, folder: Path, engine: str, scheduler: str | None) -> int:
    """Have the sources read into parts; the exit code."""
    from whosays.engines import parts
    from whosays.faces.cli.render import plural

    shards = tuple(parts.shards(wish.sources, published=wish.published, fields=wish.fields, everything=wish.everything))
    if not shards:
        raise Misuse(f"No pages in {', '.join(wish.sources)}.")
    made: list[Part] = []
    for part in _made(shell, shards, folder, wish.workers, engine, scheduler):
        made.append(part)
        if sys.stderr.isatty():
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
    context.exit(told(shell, report, where, strict=False))
