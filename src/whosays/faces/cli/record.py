"""`whosays record`: how far a voice, an outlet or a side has been borne out by others. In words; every number with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Fate
from whosays.text import fold

if TYPE_CHECKING:
    from whosays.nouns import Extraction, Record
    from whosays.weigh import Word

SHOWN = 3
"""Words listed of each fate."""

KINDS = ("source", "outlet", "side")

EXPLAINED = {
    Fate.BORNE_OUT: "said later by others known not to gain by it, or to lose",
    Fate.REFUTED: "contradicted later by such others",
    Fate.WITHDRAWN: "taken back by the same voice",
    Fate.OPEN: "no such other speaks of it, or they differ",
}


@click.command(
    epilog=examples(
        "whosays record Prigozhin",
        'whosays record "Russian defence ministry"',
        "whosays record Meridian --of outlet",
        "whosays record ukraine --of side",
    )
)
@click.argument("source")
@click.option("--of", type=click.Choice(KINDS), default="source", show_default=True, help="What SOURCE names.")
@ledger_option
@pass_shell
def record(shell: Shell, source: str, of: str) -> None:
    """Say how far SOURCE has been borne out by others.

    What it said counts once, however often it was printed. It is borne out or refuted only by a voice of another
    story and not of its side, known not to gain by saying so. That is what others say, and no proof.
    """
    from whosays import weigh

    with shell.open() as ledger:
        claims = tuple(ledger.claims())
        where = safe(ledger.where)
    records = weigh.record(claims, of=of)  # type: ignore[arg-type]  # click has checked it
    found = named(source, records)
    if not found:
        names = ", ".join(safe(one.who) for one in records[:SHOWN])
        has = f"Those that said most: {names}." if names else "It holds no claims of any."
        click.echo(layout(f"{where} has no {of} by the name of {safe(source)}. {has}"))
        return
    words = weigh.words(claims, of=of)  # type: ignore[arg-type]
    for one in found:
        for line in record_lines(one, [word for word in words if word.who == one.who]):
            click.echo(line)
    if len(found) > 1:
        click.echo(layout(f"{len(found)} {of}s go by that name; unnamed voices of two stories are two."))


def named(source: str, records: Sequence[Record]) -> list[Record]:
    """The records of that name, or else those whose name has it in it."""
    asked = fold(source)
    same = [one for one in records if fold(one.who) == asked]
    return same or [one for one in records if f" {asked} " in f" {fold(one.who)} "]


def record_lines(one: Record, words: Sequence[Word]) -> Iterator[str]:
    """What it comes to, then some of what was borne out, refuted or withdrawn, with the claims that made it so."""
    from whosays.faces.cli import render

    yield heading(f"What became of what {safe(one.who)} said?")
    yield layout(
        f"{render.plural(one.said, 'thing')} said, reprints and repetitions not counted.", indent=render.MARGIN
    )
    for fate, number in one.fates.items():
        if number:
            yield layout(f"{number:,} {EXPLAINED[fate]}", label=fate, indent=render.MARGIN)
    for line in (_share(one), _first(one), _against(one)):
        yield layout(line, indent=render.MARGIN)
    yield ""
    for fate in (Fate.BORNE_OUT, Fate.REFUTED, Fate.WITHDRAWN):
        some = [word for word in words if word.fate is fate]
        for word in some[:SHOWN]:
            yield from _word_lines(word)
        if len(some) > SHOWN:
            yield layout(f"… and {len(some) - SHOWN:,} more {fate}", indent=render.MARGIN, dim=True)
            yield ""


def _share(one: Record) -> str:
    """The interval, never a score alone."""
    borne, refuted = one.fates[Fate.BORNE_OUT], one.fates[Fate.REFUTED]
    resolved = borne + refuted
    if not resolved:
        return "Nothing of it is resolved: no share can be given."
    few = " Too few to tell it from chance." if one.low < 0.5 < one.high else ""
    span = f"between {100 * one.low:.0f} and {100 * one.high:.0f} in 100"
    return f"Of the {resolved:,} resolved, {borne:,} borne out. From so many, the share lies {span} (95 %).{few}"


def _first(one: Record) -> str:
    if one.lead_days is None:
        return "No other origin says any of it."
    days = abs(one.lead_days)
    order = "on the same day as" if not days else f"{days:g} days {'before' if one.lead_days > 0 else 'after'}"
    return f"Others say {one.shared:,} of it too: it was first with {one.first:,}, and in the median {order} the first of them."


def _against(one: Record) -> str:
    if not one.with_interest:
        return "Of none of it is it known whether it helps or hurts its side."
    return f"Against its own side's interest: {one.against_interest:,} of {one.with_interest:,} where that is known."


def _word_lines(word: Word) -> Iterator[str]:
    """One thing said: what, in which words, where, and by which claims it met its fate."""
    from whosays.faces.cli import render

    said: Extraction = word.said
    colour = {Fate.BORNE_OUT: "green", Fate.REFUTED: "red"}.get(word.fate)
    yield layout(render.proposition(said.claim), label=word.fate, indent=render.MARGIN, colour=colour)
    yield layout(render.quoted(said.claim), indent=render.MARGIN, colour="cyan")
    printed = f"{said.article.published or 'undated'}, {safe(render.outlet(said.article))}"
    yield layout(f"{printed}, claim {said.claim.id}; by {', '.join(word.by)}", indent=render.MARGIN, dim=True)
    yield ""
