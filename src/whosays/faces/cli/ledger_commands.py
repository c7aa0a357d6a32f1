"""The commands that show what is in a ledger: claims, disputes, article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import Day, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import safe, safe_json
from whosays.nouns import DisputeKind

if TYPE_CHECKING:
    from whosays.ledger import Ledger
    from whosays.nouns import Extraction


@click.command(
    epilog=examples(
        "whosays claims --place Soledar",
        "whosays claims --source Prigozhin --type capture",
        "whosays claims --text 'taken Soledar'",
        "whosays claims --since 2023-01-10 --format jsonl | head -3",
    )
)
@click.option("--place", help="Name or key of a place.")
@click.option("--actor", help="Name, words or key of who does it.")
@click.option("--source", help="Name, words or key of who says it.")
@click.option("--type", "kind", help="capture, control, withdraw, attack …")
@click.option("--since", type=Day(), metavar="YYYY-MM-DD", help="Happened (or was printed) on or after this day.")
@click.option("--until", type=Day(), metavar="YYYY-MM-DD", help="Happened (or was printed) on or before this day.")
@click.option("--text", metavar="WORDS", help='In the words that state it: all these words and "phrases".')
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@ledger_option
@pass_shell
def claims(
    shell: Shell,
    place: str | None,
    actor: str | None,
    source: str | None,
    kind: str | None,
    since: date | None,
    until: date | None,
    text: str | None,
    form: str,
) -> None:
    """Print claims, by day of publication."""
    if since and until and until < since:
        raise Misuse(f"--until {until} lies before --since {since}.")
    known_type(kind)
    with shell.open() as ledger:
        found = ledger.claims(place=place, actor=actor, source=source, type=kind, since=since, until=until, text=text)
        if form == "text":
            _print_claims(ledger, found, place)
        else:
            _print_json(found, array=form == "json")


def known_type(kind: str | None) -> None:
    """Misuse, with the list, for a type that the lexicon does not have."""
    if kind is not None:
        from whosays.claims import lexicon

        types = sorted(lexicon().types)
        if kind not in types:
            raise Misuse(f"There is no type {safe(kind)!r}. Types: {', '.join(types)}.")


def _print_claims(ledger: Ledger, found: Iterable[Extraction], place: str | None) -> None:
    from whosays.engines import weighing
    from whosays.faces.cli import render

    shown = []
    for one in found:
        for line in render.claim_lines(one):
            click.echo(line)
        click.echo()
        shown.append(one)
    if shown:
        click.echo(f"{render.plural(len(shown), 'claim')}: {render.tally(weighing.traced(ledger, shown))}.")
    else:
        click.echo(nothing(ledger) + did_you_mean(ledger, place))


def _print_json(found: Iterable[Extraction], *, array: bool) -> None:
    """A line of JSON for each claim; as an array, with brackets around them and commas before all but the first."""
    from whosays import wire

    if array:
        click.echo("[")
    for number, one in enumerate(found):
        click.echo("," * (array and number > 0) + safe_json(wire.claim_line(one)))
    if array:
        click.echo("]")


def nothing(ledger: Ledger) -> str:
    """Why nothing is shown, and what to do."""
    counts = ledger.counts()
    if counts.claims:
        where = safe(ledger.where)
        return f"None of the {counts.claims:,} claims in {where} is such. Ask for less, or try another spelling."
    return f"{safe(ledger.where)} holds no claims yet. Read pages into it with `whosays ingest PATH`."


def did_you_mean(ledger: Ledger, name: str | None) -> str:
    """Places of like names that the ledger has claims about, as a question; "" if there are none, or no place was asked for."""
    if name is None:
        return ""
    from whosays import places

    like = dict.fromkeys(place.name for place in places.alike(name))
    known = [safe(one) for one in like if any(ledger.claims(place=one))]
    return f" Did you mean {' or '.join(known)}?" if known else ""


KINDS = {kind.replace(" ", "-"): kind for kind in DisputeKind}
"""As they are asked for."""


@click.command(
    epilog=examples(
        "whosays disputes",
        "whosays disputes --place Soledar --since 2023-01-12",
        "whosays disputes --kind number",
        "whosays disputes --all | less",
    )
)
@click.option("--place", help="Only disputes over what happened there.")
@click.option("--kind", type=click.Choice(list(KINDS)), metavar="KIND", help=f"Only of this kind: {', '.join(KINDS)}.")
@click.option("--since", type=Day(), metavar="YYYY-MM-DD", help="Only those that came up in print since.")
@click.option("--all", "every", is_flag=True, help="Every pair of claims, also of the same voices over the same thing.")
@ledger_option
@pass_shell
def disputes(shell: Shell, place: str | None, kind: str | None, since: date | None, every: bool) -> None:
    """Print claims that cannot both be true."""
    from whosays import weigh
    from whosays.engines import weighing
    from whosays.faces import findings
    from whosays.faces.cli import judgements, render

    told: list[findings.Disagreement] = []
    questions: dict[str, str] = {}
    counted = render.Counted()
    with shell.open() as ledger:
        there = None if place is None else {one.claim.id for one in ledger.claims(place=place)}
        apart = weighing.apart(ledger)
        for found in weighing.divided(ledger) if there != set() else ():
            asked = [one for one in found if there is None or one.claim.id in there]
            counted.add(asked)
            ids = {one.claim.id for one in asked}
            wanted = (pair for pair in weigh.disputes(found, apart) if kind is None or pair.kind is KINDS[kind])
            here = findings.disagreements((pair for pair in wanted if ids & set(pair.claims)), found, every=every)
            if here:
                told += here
                questions |= {claim: one.id for one in weigh.questions(found, apart) for claim in one.claims}
        if not counted.claims:
            click.echo(nothing(ledger) + did_you_mean(ledger, place))
            return
    told = sorted((one for one in told if since is None or one.day >= since), key=findings.order)
    sides = shell.sides()
    for one in told:
        for line in judgements.disagreement_lines(one, sides, questions):
            click.echo(line)
        click.echo()
    n_pairs = render.plural(sum(one.pairs for one in told), "pair")
    click.echo(f"{render.plural(len(told), 'dispute')} ({n_pairs} of sentences) among {counted}.")


@click.command(epilog=examples("whosays article 4f3c9a", "whosays article 4f3c9a --comments"))
@click.argument("article_id", metavar="ID")
@click.option("--comments", is_flag=True, help="Show readers' comments in full.")
@ledger_option
@pass_shell
def article(shell: Shell, article_id: str, comments: bool) -> None:
    """Print an article, its claims marked in place.

    The beginning of its ID will do.
    """
    from whosays.faces.cli import article as page
    from whosays.faces.cli import render

    with shell.open() as ledger:
        found = ledger.article(article_id)
        told = tuple(ledger.claims(article=found.id))
    lines = [*page.particulars(found), *page.body(found, told), *page.comments(found, unfold=comments)]
    for line in lines:
        click.echo(line)
    click.echo(f"\n{render.plural(len(told), 'claim')} in article {found.id}.")
