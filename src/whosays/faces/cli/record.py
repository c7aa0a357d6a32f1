"""`whosays record`: how far a voice, an outlet or a side has been borne out by others. In words; every number with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Fate, Polarity
from whosays.text import fold

if TYPE_CHECKING:
    from whosays.nouns import Extraction, Record
    from whosays.weigh import Kind, Word

SHOWN = 3
"""Words listed of each fate."""

KINDS: tuple[Kind, ...] = ("source", "outlet", "side")


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
def record(shell: Shell, source: str, of: Kind) -> None:
    """Say how far SOURCE has been borne out by others.

    What it said counts once, however often it was printed. It is borne out or refuted only by a voice of another
    story and not of its side, known not to gain by saying so. That is what others say, and no proof.
    """
    from whosays import weigh
    from whosays.engines import weighing

    kept: list[Word] = []
    known: dict[str, Extraction] = {}
    said: Counter[str] = Counter()
    with shell.open() as ledger:
        where = safe(ledger.where)
        asked = {fold(source)}
        if of == "side":  # by its name, which the other commands print
            asked |= {fold(key) for key, name in shell.sides().items() if fold(name) == fold(source)}
        if of == "source":  # also by other words for it, and by its key
            asked |= {fold(weigh.voice(one)) for one in ledger.claims(source=source)}
        for claims in weighing.divided(ledger):
            words = weigh.words(claims, of=of)
            said.update(word.who for word in words)
            kept += (word for word in words if _fits(word, asked))
            wanted = {claim for word in kept for claim in word.by}
            known |= {one.claim.id: one for one in claims if one.claim.id in wanted}
    kept = [word for word in kept if fold(word.who) in asked] or kept
    if not kept:
        names = ", ".join(map(safe, sorted(said, key=lambda who: (-said[who], who))[:SHOWN]))
        has = f"Those that said most: {names}." if names else "It holds no claims of any."
        click.echo(layout(f"{where} has no {of} by the name of {safe(source)}. {has}"))
        return
    found = weigh.counted(kept, of=of)
    for one in found:
        for line in record_lines(one, [word for word in kept if word.who == one.who], known):
            click.echo(line)
    if len(found) > 1:
        click.echo(layout(f"{len(found)} {of}s go by that name; unnamed voices of two stories are two."))


def _fits(word: Word, asked: set[str]) -> bool:
    """Is it the word of one who goes by one of these names, or has it in his?"""
    who = f" {fold(word.who)} "
    return any(f" {name} " in who for name in asked)


def record_lines(one: Record, words: Sequence[Word], known: Mapping[str, Extraction]) -> Iterator[str]:
    """What it comes to, then some of what was borne out, refuted or withdrawn, with the claims that made it so."""
    from whosays.faces import findings
    from whosays.faces.cli import render

    yield heading(f"What became of what {safe(one.who)} said?")
    yield layout(
        f"{render.plural(one.said, 'thing')} said, reprints and repetitions not counted.", indent=render.MARGIN
    )
    for fate, number in one.fates.items():
        if number:
            yield layout(f"{number:,}: {findings.EXPLAINED[fate]}", label=fate, indent=render.MARGIN)
    for line in (findings.share(one), findings.first(one), findings.against(one)):
        yield layout(line, indent=render.MARGIN)
    yield ""
    for fate in (Fate.BORNE_OUT, Fate.REFUTED, Fate.WITHDRAWN):
        some = sorted((word for word in words if word.fate is fate), key=_said)
        for word in some[:SHOWN]:
            yield from _word_lines(word, known)
        if len(some) > SHOWN:
            yield layout(f"… and {len(some) - SHOWN:,} more {fate}", indent=render.MARGIN, dim=True)
            yield ""


def _word_lines(word: Word, known: Mapping[str, Extraction]) -> Iterator[str]:
    """One thing said: what, in which words, where; and the claims by which it met its fate."""
    from whosays.faces.cli import render

    said = word.said
    colour = {Fate.BORNE_OUT: "green", Fate.REFUTED: "red"}.get(word.fate)
    denied = "DENIED: " if said.claim.polarity is Polarity.DENIED else ""
    yield layout(denied + render.proposition(said.claim), label=word.fate, indent=render.MARGIN, colour=colour)
    yield layout(render.quoted(said.claim), indent=render.MARGIN, colour="cyan")
    yield layout(_printed(said), indent=render.MARGIN, dim=True)
    for other in (known[claim] for claim in word.by[:SHOWN]):
        by = f"by {render.inside(render.voice(other))}: {render.quoted(other.claim)}"
        yield layout(by, label="", indent=render.MARGIN + 2)
        yield layout(_printed(other), indent=render.MARGIN + 2, dim=True)
    if len(word.by) > SHOWN:
        yield layout(f"… and by {len(word.by) - SHOWN:,} more", indent=render.MARGIN + 2, dim=True)
    yield ""


def _said(word: Word) -> tuple[date, str]:
    return word.said.article.published or date.max, word.said.claim.id


def _printed(one: Extraction) -> str:
    from whosays.faces.cli import render

    return f"{one.article.published or 'undated'}, {safe(render.outlet(one.article))}, claim {one.claim.id}"
