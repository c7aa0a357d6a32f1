"""`whosays judgements`: what analysts judged, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe
from whosays.nouns import Fix, Judgement, Subject, Verdict

if TYPE_CHECKING:
    from whosays.ledger import Ledger


@click.command(epilog=examples("whosays judgements", "whosays judgements --about dispute --in-force --limit 5"))
@click.option("--subject", metavar="ID|KEY", help="Of this claim (its disputes too), place or actor.")
@click.option("--by", metavar="NAME", help="Of this analyst.")
@click.option(
    "--about", type=click.Choice([one.value for one in Subject]), help="Of claims, disputes, places or actors."
)
@click.option(
    "--verdict",
    type=click.Choice([one.value for one in Verdict]),
    metavar="VERDICT",
    help=f"Of this verdict: {', '.join(one.value for one in Verdict)}.",
)
@click.option("--in-force", "standing", is_flag=True, help="Only those that hold: not undone, nor followed by another.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many at most.")
@ledger_option
@pass_shell
def judgements(
    shell: Shell,
    subject: str | None,
    by: str | None,
    about: str | None,
    verdict: str | None,
    standing: bool,
    limit: int,
) -> None:
    """List what analysts judged, newest first.

    Nothing is overwritten: an undone judgement is listed, and so is the one that undid it.
    """
    shown = 0
    with shell.open() as ledger:
        wanted = _claim(ledger, subject) if subject is not None else None
        hold = {one.id for kind in Subject for one in ledger.in_force(about=kind).values()} if standing else None
        for one in ledger.judgements(wanted, by=by):
            fits = about in (None, one.about) and verdict in (None, one.verdict) and (hold is None or one.id in hold)
            if fits and shown < limit:
                shown += 1
                for line in lines(one):
                    click.echo(line)
    if not shown:
        click.echo("Nobody judged anything of the kind. `whosays serve` has the desk for it.")


def lines(one: Judgement) -> Iterator[str]:
    """A judgement: when, who, what; of a correction the fields; the note; the id."""
    what = f"{safe(one.by)} {one.about} {' '.join(map(safe, one.subjects))}: {one.verdict}"
    undoes = f" {one.undoes}" if one.undoes else ""
    yield layout(what + undoes, label=f"{one.at:%Y-%m-%d %H:%M}", indent=18)
    for name, fix in sorted(one.fields.items()):
        yield layout(f"{safe(name)} = {safe(_told(fix))}", indent=18)
    if one.note:
        yield layout(f"“{safe(one.note)}”", indent=18)
    yield layout(f"judgement {one.id}", indent=18, dim=True)


def _told(fix: Fix) -> str:
    if isinstance(fix, tuple):
        return ", ".join("" if one is None else str(one) for one in fix)
    return "nothing" if fix is None else str(fix)


def _claim(ledger: Ledger, subject: str) -> str:
    """The beginning of a claim's id will do, as elsewhere; whatever is no claim stays as it is."""
    try:
        return ledger.claim(subject).claim.id
    except Misuse:
        return subject
