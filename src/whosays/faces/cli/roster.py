"""`whosays roster`: who is known, the user's own file over ours, and two actors that are one."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse, WhosaysError
from whosays.faces.cli.shell import Shell, examples, pass_shell
from whosays.faces.cli.terminal import layout, safe

if TYPE_CHECKING:
    from whosays.actors.entries import Period
    from whosays.actors.roster import Listed


@click.group(
    epilog=examples(
        'whosays roster show "Nusra Front"',
        'whosays roster add "Sham Hawks" --kind armed-group --country SY --alias SHB',
        "whosays roster check",
    )
)
def roster() -> None:
    """The actors that are known, and your own file over ours.

    Yours is ~/.config/whosays/roster.yml, or what WHOSAYS_ROSTER names.
    """


@roster.command(epilog=examples('whosays roster show "Wagner Group"'))
@click.argument("name")
@pass_shell
def show(shell: Shell, name: str) -> None:
    """Show whom NAME (or a key) means: names and sides, with their dates."""
    known = shell.roster()
    actor = known.by_key.get(name) or known.by_name(name)
    if actor is None:
        several = ", ".join(known.called(name))
        raise Misuse(
            f"{name} is the name of {several}. Ask for one by its key." if several else f"{name} is nobody's name."
        )
    for label, text in _entry(known.listed[actor.key]):
        click.echo(layout(safe(text), label=label, indent=10))


def _entry(one: Listed) -> Iterator[tuple[str, str]]:
    actor = one.actor
    yield "key", actor.key
    yield "name", actor.name
    yield "kind", actor.kind
    for label in ("country", "parent", "wikidata"):
        if value := getattr(actor, label):
            yield label, value
    for side, period in one.sides:
        yield "side", f"{side}{_dates(period)}"
    names = [f"{name}{_dates(period)}" for name, period in one.names if name != actor.name]
    if names:
        yield "names", "; ".join(names)
    yield "from", one.where or "made by rule, from the table of nations"


def _dates(period: Period) -> str:
    from whosays.actors.entries import ALWAYS

    first = f" from {period.first}" if period.first != ALWAYS.first else ""
    last = f" to {period.last}" if period.last != ALWAYS.last else ""
    return first + last


@roster.command(epilog=examples("whosays roster check"))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@pass_shell
def check(shell: Shell, file: Path | None) -> None:
    """Check our roster and yours (or FILE): every fault, with its line."""
    from whosays import actors

    own = file or (shell.own_roster if shell.own_roster.exists() else None)
    try:
        known = actors.roster(own)
    except WhosaysError as error:
        for fault in getattr(error, "__notes__", [])[1:]:
            click.echo(f"whosays: {safe(fault)}", err=True)
        raise
    theirs = sum(
        one.where is not None and own is not None and one.where.startswith(f"{own}:") for one in known.listed.values()
    )
    click.echo(layout(f"{len(known.by_key):,} actors, no fault."))
    if own is not None:
        click.echo(layout(safe(f"{own}: {theirs} entries, {len(known.same)} merges.")))


@roster.command(
    epilog=examples(
        'whosays roster add "Sham Hawks" --kind armed-group --country SY',
        'whosays roster add Hezbollah --alias "the Party"',
    )
)
@click.argument("name")
@click.option("--kind", help="state, military, armed-group, monitor, media …")
@click.option("--country", metavar="XX", help="Two letters (ISO 3166-1).")
@click.option("--side", help="Key of the actor whose cause it shares, or none.")
@click.option("--parent", help="Key of the actor that it is part of.")
@click.option("--alias", "aliases", multiple=True, help="Another name; may be given often.")
@click.option("--wikidata", metavar="Q…", help="Its Wikidata id.")
@click.option("--key", help="Its key.  [default: made from the name]")
@pass_shell
def add(shell: Shell, /, name: str, aliases: tuple[str, ...], **fields: str | None) -> None:
    """Add an actor to your own file, or aliases to one that is known."""
    from whosays import actors

    key = actors.own.add(shell.own_roster, name, {**fields, "aliases": list(aliases)})
    click.echo(layout(safe(f"{key} is in {shell.own_roster}.")))


@roster.command(
    epilog=examples(
        'whosays roster merge "Sham Hawks Brigade" ahrar-al-sham',
        "whosays roster merge ansaru boko-haram",
        "whosays roster merge ansaru --undo",
    )
)
@click.argument("name")
@click.argument("into", required=False)
@click.option("--undo", is_flag=True, help="Take it back.")
@click.option("--by", default=getpass.getuser, metavar="NAME", help="Whose judgement it is.  [default: you]")
@pass_shell
def merge(shell: Shell, name: str, into: str | None, undo: bool, by: str) -> None:
    """Say that NAME and INTO are one actor: pages read from now on give INTO.

    Both are keys or names. It is your judgement, kept in your own file with your name and the day.
    """
    from whosays import actors

    if undo == bool(into):
        raise Misuse("Give INTO to merge, or --undo to take a merge back.")
    if into:
        key, other = actors.own.merge(shell.own_roster, name, into, by=by, day=shell.clock().date())
        click.echo(layout(safe(f"{key} is {other}. Take it back with: whosays roster merge {key} --undo")))
    else:
        click.echo(layout(safe(f"{actors.own.undo(shell.own_roster, name)} stands for itself again.")))
