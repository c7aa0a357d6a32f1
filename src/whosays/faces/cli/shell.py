"""What the commands share: ledger, clock, exit codes, the form of a date, examples in help."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from whosays.settings import DEFAULT_LEDGER, DEFAULT_ROSTER, LEDGER_VARIABLE, ROSTER_VARIABLE

if TYPE_CHECKING:
    from whosays.actors import Roster
    from whosays.ledger import Ledger

DONE, STRICT, MISUSE, ALL_REFUSED, BUG, INTERRUPTED, PIPE = 0, 1, 2, 3, 70, 130, 141
"""Exit codes. Refused pages are counted and are no failure, unless `--strict` (1) or nothing else was there (3)."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Shell:
    """One run of the command line. The one mutable thing here: options of the group fill it."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Where time enters: nothing below reads a clock of its own."""
    ledger: str | None = None
    debug: bool = False

    @property
    def where(self) -> str:
        """The ledger that was asked for, or that the environment names, or the default."""
        return self.ledger or os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER

    @property
    def own_roster(self) -> Path:
        """The user's own roster file, which need not be there: what the environment names, or the default."""
        return Path(os.environ.get(ROSTER_VARIABLE) or DEFAULT_ROSTER).expanduser()

    @property
    def given_roster(self) -> Path | None:
        """The same where the user named one, or has one; None: he has none."""
        given = bool(os.environ.get(ROSTER_VARIABLE)) or self.own_roster.exists()
        return self.own_roster if given else None

    def roster(self) -> Roster:
        """Who is known: our roster under the user's own. Raises Misuse, with file and line, where his is wrong."""
        from whosays import actors

        return actors.roster(self.given_roster)

    def sides(self) -> dict[str, str]:
        """Names of the sides by key."""
        return {key: actor.name for key, actor in self.roster().by_key.items()}

    def open(self, *, create: bool = False) -> Ledger:
        """The ledger, opened. Raises LedgerError, which says what to do."""
        from whosays import ledger

        return ledger.open(self.where, create=create)


pass_shell = click.make_pass_decorator(Shell, ensure=True)


def ledger_option(command: Callable[P, R]) -> Callable[P, R]:
    """`--ledger`, which may stand before or after the name of the command."""

    def remember(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.ensure_object(Shell).ledger = value

    return click.option(
        "--ledger",
        metavar="FILE|URL",
        expose_value=False,
        callback=remember,
        help=f"The ledger.  [default: {DEFAULT_LEDGER} here, or what {LEDGER_VARIABLE} names]",
    )(command)


class Day(click.ParamType[date]):
    """A day, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a day: write YYYY-MM-DD, such as 2017-11-08.", param, context)


def examples(*lines: str) -> str:
    """Epilog of a help page. tests/faces/cli/test_help.py runs each line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
