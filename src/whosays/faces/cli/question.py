"""`whosays questions` and `whosays question`: what claims speak of together, and what is answered, by whom and how well supported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import Day, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Answer, Extraction, Question

if TYPE_CHECKING:
    from whosays.weigh.rubrics import Rubric

SHOWN = 3
"""Sentences shown of those that give an answer."""


@click.command(epilog=examples("whosays questions --place Soledar", "whosays questions --since 2023-01-12"))
@click.option("--place", help="Name or key of a place.")
@click.option("--since", type=Day(), metavar="YYYY-MM-DD", help="Only of this day or later.")
@click.option(
    "--least", type=click.IntRange(min=1), default=2, show_default=True, help="Claims that a question must have."
)
@ledger_option
@pass_shell
def questions(shell: Shell, place: str | None, since: date | None, least: int) -> None:
    """List what claims speak of together.

    Each question with its id, which `whosays question` answers.
    """
    from whosays import weigh
    from whosays.engines import weighing
    from whosays.faces.cli import render

    with shell.open() as ledger:
        found, apart = weighing.view(ledger, place=place, since=since), weighing.apart(ledger)
    asked = [one for one in weigh.questions(found, apart) if len(one.claims) >= least]
    known = {one.claim.id: one for one in found}
    for one in asked:
        told = render.tally(known[claim] for claim in one.claims)
        words = f"{safe(one.words)} {render.plural(len(one.claims), 'claim')} in {told}"
        click.echo(layout(words, label=one.id[:8], indent=render.MARGIN))
    click.echo(
        f"{render.plural(len(asked), 'question')} of {least} claims or more, among {render.plural(len(found), 'claim')}."
    )


@click.command(epilog=examples("whosays question 50685449"))
@click.argument("claim_id", metavar="ID")
@click.option(
    "--rubric", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Your own rules for grades (YAML)."
)
@ledger_option
@pass_shell
def question(shell: Shell, claim_id: str, rubric: Path | None) -> None:
    """Print the answers to a question, and how well each is supported.

    ID: of the question (`whosays questions` and `whosays disputes` print it) or of any claim that answers it; its beginning
    will do.
    """
    from whosays import weigh
    from whosays.engines import weighing

    rules = weigh.load(rubric) if rubric is not None else None
    with shell.open() as ledger:
        one = ledger.claim(claim_id)
        around, apart = weighing.around(ledger, one), weighing.apart(ledger)
    asked = next((q for q in weigh.questions(around, apart) if one.claim.id in q.claims), None)
    if asked is None:
        raise Misuse(
            f"Claim {one.claim.id} asks nothing: it names no place, or is a plan, a demand or a conclusion of ours."
        )
    known = {other.claim.id: other for other in around}
    for line in lines(asked, known, rules):
        click.echo(line)


def lines(asked: Question, known: Mapping[str, Extraction], rules: Rubric | None) -> Iterator[str]:
    """The question, its answers in the order in which they were first given, and why its claims belong together."""
    from whosays import weigh
    from whosays.faces.cli import render

    claims = [known[claim] for claim in asked.claims]
    yield heading(safe(asked.words))
    for answer in weigh.answers(claims, rubric=rules):
        yield from _answer_lines(answer, known)
    told = f"{render.plural(len(claims), 'claim')} in {render.tally(claims)}"
    why = f"; the weakest link rests on {', '.join(asked.reasons)}" if asked.reasons else ""
    yield layout(f"Question {asked.id[:8]}, {told}. Sure that they belong together: {asked.score:.2f}{why}.", dim=True)


def _answer_lines(answer: Answer, known: Mapping[str, Extraction]) -> Iterator[str]:
    from whosays.faces.cli import render

    judged = answer.grade
    yield layout(f"{safe(answer.says)} — {safe(judged.grade)}: {safe(judged.rule)}", label="  -", indent=4)
    said = [known[claim] for claim in answer.claims]
    yield layout(
        f"{render.Tally(answer.support.articles, answer.support.outlets, answer.support.origins)}", indent=4, dim=True
    )
    for one in _one_each(said)[:SHOWN]:
        told = f"{one.article.published or 'undated'} {render.stance(one)}: {render.quoted(one.claim)}"
        yield layout(told, indent=4, colour=render.colour(one.claim) or "cyan")
    if len(_one_each(said)) > SHOWN:
        yield layout(f"… and {len(_one_each(said)) - SHOWN} more", indent=4, dim=True)


def _one_each(said: Sequence[Extraction]) -> list[Extraction]:
    """The first sentence of each origin."""
    from whosays.weigh import origin

    return list({origin(one): one for one in reversed(said)}.values())[::-1]
