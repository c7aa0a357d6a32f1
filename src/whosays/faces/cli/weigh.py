"""`whosays weigh`: what claims come to, kept in the ledger, so that pages need not weigh."""

from __future__ import annotations

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe


@click.command(epilog=examples("whosays weigh", "whosays weigh --anew"))
@click.option(
    "--workers", type=click.IntRange(min=1, max=64), default=1, show_default=True, help="Processes that weigh at once."
)
@click.option("--anew", is_flag=True, help="Weigh all of it, also what was weighed before.")
@ledger_option
@pass_shell
def weigh(shell: Shell, workers: int, anew: bool) -> None:
    """Weigh what was read since it was last weighed.

    What `whosays serve` shows of who holds what, of disputes, questions and records is as of the last weighing. A small ledger is
    weighed whenever pages are read into it.
    """
    from whosays.engines import standing
    from whosays.faces.cli.render import plural

    with shell.open() as ledger:
        where, url = ledger.where, ledger.url
    report = standing.refresh(url, clock=shell.clock, workers=workers, anew=anew)
    if not report.parts:
        click.echo(layout(f"{safe(where)}: all is weighed."))
        return
    click.echo(
        layout(
            f"{plural(report.claims, 'claim')} weighed in {plural(report.parts, 'part')}, {report.seconds:.1f} s; "
            f"{plural(report.news, 'change')} to tell of who holds what."
        )
    )
