"""`whosays ledger`: ledgers as a whole: copied from one store into another, and checked."""

from __future__ import annotations

import click

from whosays.faces.cli.shell import DONE, STRICT, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe

SHOWN = 100
"""Faults printed; of the others the number."""


@click.group("ledger", epilog=examples("whosays ledger check", "whosays ledger copy whosays.db copy.db"))
def stores() -> None:
    """Copy a ledger into another store, or check that it is whole.

    A ledger is the path of a SQLite file or the address of a PostgreSQL database, such as
    postgresql://USER@HOST/DATABASE. docs/ledger.md says which to take, and how to back it up.
    """


@stores.command(epilog=examples("whosays ledger copy whosays.db backup.db"))
@click.argument("source", metavar="FROM")
@click.argument("into", metavar="TO")
@pass_shell
def copy(shell: Shell, source: str, into: str) -> None:
    """Copy the ledger FROM into the new ledger TO, with all that it has.

    FROM may be read and written meanwhile: the copy is what it was at one moment. All of it is written, or nothing.
    """
    from whosays import ledger
    from whosays.faces.cli.render import plural

    with ledger.open(source) as old, ledger.open(into, create=True) as new:
        rows = ledger.copy(old, new)
        told = f"{plural(rows['articles'], 'article')} and {plural(rows['claims'], 'claim')} copied"
        click.echo(layout(f"{told} from {safe(old.where)} to {safe(new.where)}: {sum(rows.values()):,} rows."))


@stores.command(epilog=examples("whosays ledger check", "whosays ledger check backup.db"))
@click.argument("which", metavar="[LEDGER]", required=False)
@ledger_option
@pass_shell
@click.pass_context
def check(context: click.Context, shell: Shell, which: str | None) -> None:
    """Prove that a ledger is whole, row by row.

    No article without its capture and reading, no claim whose evidence does not stand in the text, nothing twice and
    nothing half. Faults are printed, and the exit code is 1 if there are any.
    """
    from whosays import ledger
    from whosays.faces.cli.render import plural

    with ledger.open(which or shell.where) as book:
        counts, n = book.counts(), 0
        for fault in ledger.check(book):
            n += 1
            if n <= SHOWN:
                click.echo(safe(f"{fault.table} {fault.row}: {fault.wrong}"))
        left = [] if n else list(ledger.unfinished(book))
        held = f"{plural(counts.articles, 'article')}, {plural(counts.captures, 'capture')}, {plural(counts.claims, 'claim')}"
        click.echo(layout(f"{safe(book.where)}: {held}; {plural(n, 'fault') if n else 'sound'}."))
        for line in left:
            click.echo(layout(line))
    context.exit(STRICT if n else DONE)
