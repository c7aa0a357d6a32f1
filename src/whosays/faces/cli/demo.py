"""`whosays demo`: the packaged sample pages, read into a ledger in memory. No network, and no file is left behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import examples
from whosays.faces.cli.terminal import heading, layout, safe, width

if TYPE_CHECKING:
    from whosays.faces.findings import Disagreement
    from whosays.ledger import Ledger
    from whosays.nouns import Dispute, Extraction

TERRITORY = ("capture", "control", "withdraw")
SHOWN = 2
"""Disputes for each place; voices for each day."""

ANSWERS = 2
"""Shown of those to the question who holds a place, those about the latest days first."""


@dataclass(frozen=True, slots=True)
class Battle:
    """One place of the samples, and two days on which to ask who holds it."""

    place: str
    days: tuple[date, date]


BATTLES = (
    Battle("Soledar", (date(2023, 1, 13), date(2023, 1, 26))),
    Battle("Ras al-Ain", (date(2019, 10, 13), date(2019, 10, 21))),
)


@click.command(epilog=examples("whosays demo"))
def demo() -> None:
    """Show it all on fourteen sample pages.

    They tell of two battles from opposed sides. Prints what is claimed, what is disputed, and who holds what.
    """
    from whosays import ledger, weigh
    from whosays.engines import weighing

    with ledger.open(":memory:", create=True) as memory:
        click.echo(
            layout(
                "Fourteen pages about two battles, read now, on this machine: real events and statements, invented outlets."
                " Nothing below is a fact: all is somebody's claim."
            )
        )
        click.echo(f"\n{_ingest(memory)}")
        for battle in BATTLES:
            found = weighing.view(memory, place=battle.place)
            for line in _battle(battle, found, weigh.disputes(found)):
                click.echo(line)
    for heads, commands in (
        ("The same as a map and pages, in a browser:", ("serve --demo",)),
        (
            "With pages of your own (HTML or plain text):",
            ("ingest folder/", "serve"),
        ),
    ):
        click.echo(layout(heads))
        for command in commands:
            click.echo(f"  {click.style(f'{_called()} {command}', bold=True)}")


def _called() -> str:
    """How this program is started from here: `make demo` puts it where no shell looks."""
    if which("whosays"):
        return "whosays"
    return os.path.relpath(sys.argv[0]) if Path(sys.argv[0]).name == "whosays" else "whosays"


def _ingest(memory: Ledger) -> str:
    """Read the samples into the ledger; what came of it, in a sentence."""
    from whosays.faces import samples
    from whosays.faces.cli.render import plural, tally
    from whosays.nouns import Polarity

    report = samples.ingest(memory)
    found = tuple(memory.claims())
    denied = sum(one.claim.polarity is Polarity.DENIED for one in found)
    return layout(
        f"{report.pages} pages read, {plural(report.reprints, 'reprint')} among them,"
        f" {sum(report.refused.values())} refused:"
        f" {plural(len(found), 'claim')} ({plural(denied, 'denial')}) in {tally(found)}."
    )


def _battle(battle: Battle, found: Sequence[Extraction], pairs: Sequence[Dispute]) -> Iterator[str]:
    """What is said of one place day by day, what of it is in dispute, and who holds it on two days."""
    from whosays.faces import findings

    yield ""
    yield heading(f"── {battle.place}, {battle.days[0]:%Y} ".ljust(width(), "─"))
    for one in _timeline(found):
        yield _line(one)
    told = findings.disagreements(pairs, found)
    yield ""
    shown = _telling(told)
    yield heading(f"What cannot both be true ({len(shown)} of {len(told)})" if told else "No disputes found")
    for disagreement in shown:
        yield layout(f"{safe(disagreement.first.about)}, {safe(disagreement.first.why)}", label="  ", indent=2)
        for side in disagreement.sides:
            yield _line(side, label="    ")
    for day in battle.days:
        yield ""
        yield from _holds(battle.place, day, found)


def _timeline(found: Sequence[Extraction]) -> list[Extraction]:
    """Who said, and who denied, that the place was taken, held or left: two voices a day each, named ones first."""
    from whosays.faces.cli.render import voice
    from whosays.nouns import Modality, SourceKind

    told: dict[tuple[date | None, str], dict[str, Extraction]] = {}
    for one in sorted(found, key=lambda one: one.claim.source.name is None):
        asserted = one.claim.modality in (Modality.ACTUAL, Modality.PROBABLE)
        if asserted and one.claim.type in TERRITORY and one.claim.source.kind is not SourceKind.NARRATION:
            voices = told.setdefault((one.article.published, one.claim.polarity), {})
            if len(voices) < SHOWN:
                voices.setdefault(voice(one), one)
    kept = {one.claim.id for voices in told.values() for one in voices.values()}
    return [one for one in found if one.claim.id in kept]


def _line(one: Extraction, *, label: str = "  ") -> str:
    """One claim in short: month and day, who, and the words."""
    from whosays.faces.cli import render

    day = one.article.published
    label += f"{day:%m-%d}" if day else "     "
    margin = len(label) + 2
    stance = render.stance(one).partition(", via ")[0].removeprefix("said by ")
    told = f"{stance}: {render.quoted(one.claim)}"
    return layout(told, label=label, indent=margin, colour=render.colour(one.claim))


def _telling(told: Sequence[Disagreement]) -> list[Disagreement]:
    """Disputes worth showing first: between named voices, and no voice twice."""
    from whosays.faces.cli.render import voice

    shown: list[Disagreement] = []
    heard: set[str] = set()
    for one in sorted(told, key=lambda one: sum(side.claim.source.name is None for side in one.sides)):
        voices = {voice(side) for side in one.sides}
        if len(shown) < SHOWN and not voices & heard:
            shown.append(one)
            heard |= voices
    return shown


def _holds(place: str, day: date, found: Sequence[Extraction]) -> Iterator[str]:
    """Who holds the place on a day: one line for each answer, with the voices that give it."""
    from whosays import weigh
    from whosays.faces import findings
    from whosays.nouns import LaneKind

    meant = next((one.claim.place.place for one in found if one.claim.place and one.claim.place.place), None)
    rows = weigh.holds(meant, place, day, found)
    yield heading(f"Who holds {place} on {day}?")
    answers = findings.answers(rows)
    for answer, voices in list(answers.items())[:ANSWERS]:
        told = ", ".join(dict.fromkeys(safe(row.voice) for row in voices))
        yield layout(f"{answer}, according to {told}", label="  -", indent=4)
    for row in weigh.holds(meant, place, day, found, by=LaneKind.WEIGHED):
        yield layout(f"Weighed: {findings.answer(row)}. {findings.why(row)}", label="  ", indent=4)
    yield layout(findings.verdict(rows), label="  ", indent=4)
