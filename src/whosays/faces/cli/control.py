"""`whosays holds`: who holds a place on a day, according to whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.ledger_commands import did_you_mean, nothing
from whosays.faces.cli.shell import Day, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import safe
from whosays.settings import HORIZON_DAYS

if TYPE_CHECKING:
    from whosays.ledger import Ledger
    from whosays.nouns import Place


@click.command(
    epilog=examples(
        "whosays holds Soledar --on 2023-01-13",
        "whosays holds Soledar --on 2023-01-13 --as-known-on 2023-01-12",
        "whosays holds Soledar --on 2023-01-13 --by weighed",
        'whosays holds "Ras al-Ain" --on 2019-10-21',
    )
)
@click.argument("place")
@click.option("--on", type=Day(), required=True, metavar="YYYY-MM-DD", help="The day asked about.")
@click.option(
    "--as-known-on",
    "known_on",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Only from what had been published by this day.",
)
@click.option(
    "--by",
    type=click.Choice(["source", "side", "weighed"]),
    default="source",
    show_default=True,
    help="One answer per voice, one per side of the voices, or one of all voices weighed.",
)
@click.option(
    "--horizon",
    type=click.IntRange(min=0),
    default=HORIZON_DAYS,
    show_default=True,
    help="Days before a claim is old.",
)
@ledger_option
@pass_shell
def holds(shell: Shell, place: str, on: date, known_on: date | None, by: str, horizon: int) -> None:
    """Say who holds a place, according to whom, and what weighs most.

    A claim older than the horizon is `last known`: silence is not agreement. What weighs most is no finding.
    """
    from whosays import weigh
    from whosays.engines import weighing
    from whosays.faces.cli import holdings, render
    from whosays.nouns import LaneKind

    with shell.open() as ledger:
        meant, others = _place(ledger, place)
        named = place if meant is None or place != meant.key else meant.name
        found = weighing.traced(ledger, weighing.about(ledger, meant, named), known_on=known_on)
        if not found and not any(ledger.claims(place=named)):
            click.echo(nothing(ledger) + did_you_mean(ledger, place))
            return
    told = {
        kind: weigh.holds(meant, named, on, found, horizon_days=horizon, by=kind, known_on=known_on)
        for kind in dict.fromkeys((LaneKind(by), LaneKind.SOURCE, LaneKind.WEIGHED))
    }
    title = f"Who holds {render.full_name(meant) if meant else safe(place)} on {on}{_known(known_on)}?"
    sides = shell.sides() if by == "side" else {}
    for line in holdings.lines(title, LaneKind(by), told, found, sides):
        click.echo(line)
    if left_out := weigh.undated(meant, named, found):
        click.echo(
            f"Left out: {render.plural(left_out, 'claim')} of pages without a date; `whosays ingest --published` gives them one."
        )
    for other in others:
        click.echo(f"Another place of that name: {render.full_name(other)}; ask for it as {safe(other.key)}.")


def _known(known_on: date | None) -> str:
    return f", as known on {known_on}" if known_on else ""


def _place(ledger: Ledger, name: str) -> tuple[Place | None, list[Place]]:
    """The place of this name that the ledger has most claims about, and the others that it has claims about."""
    from whosays import places

    named = (one.claim.place.place for one in ledger.claims(place=name) if one.claim.place)
    known = (place for place in named if place and not place.relation)  # `near Hama` is asked for as Hama
    possible = dict.fromkeys([*known, *places.lookup(name)])
    counted = {place: sum(1 for _ in ledger.claims(place=place.key)) for place in possible}
    found = sorted((place for place in counted if counted[place]), key=lambda place: (-counted[place], place.key))
    return (found[0], found[1:]) if found else (None, [])
