"""`whosays doctor`: what may be wrong here, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import DONE, STRICT, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe, safe_json

if TYPE_CHECKING:
    from whosays.faces.doctor import Finding

DEFAULT = " (default)"
"""How settings end that nobody chose: they share a line."""
LABEL = 18
"""Columns of the names."""


@click.command(epilog=examples("whosays doctor", "whosays doctor --format json"))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@ledger_option
@pass_shell
@click.pass_context
def doctor(context: click.Context, shell: Shell, form: str) -> None:
    """Look whether all is well here: programs, disk, ledger, settings.

    Nothing is changed. What is wrong is said with what to do; then the exit code is 1.
    """
    import msgspec

    from whosays.faces.doctor import Patient, State, examine

    given = {**shell.options, **({"ledger.url": shell.ledger} if shell.ledger else {})}
    assert shell.config is not None, "the group has read it"
    patient = Patient(
        shell.where,
        shell.own_roster,
        shell.config,
        shell.clock,
        shell.fault,
        tuple((key, str(value)) for key, value in given.items() if value is not None),
    )
    found = tuple(examine(patient))
    if form == "json":
        click.echo(safe_json(msgspec.json.encode(found)))
    else:
        click.echo("\n".join(_lines(found)))
    context.exit(STRICT if any(one.state is State.BAD for one in found) else DONE)


def _lines(found: Sequence[Finding]) -> Iterator[str]:
    """A line each; what is bad in red, with what to do; and the sum."""
    colours = {"ok": None, "note": None, "bad": "red"}
    defaults = [one for one in found if one.words.endswith(DEFAULT)]
    for one in found:
        if one in defaults:
            continue
        mark = {"ok": "", "note": "", "bad": "BAD: "}[one.state]
        yield layout(
            safe(mark + one.words), label=one.name, indent=LABEL, colour=colours[one.state], dim=one.state == "note"
        )
        if one.advice is not None:
            yield layout(safe(f"→ {one.advice}"), indent=LABEL)
    if defaults:
        words = ", ".join(f"{one.name} {one.words.removesuffix(DEFAULT)}" for one in defaults)
        yield layout(safe(words), label="by default", indent=LABEL)
    bad = sum(one.state == "bad" for one in found)
    yield layout(f"{bad} to be mended." if bad else "All is well.")
