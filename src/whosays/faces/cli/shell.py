"""What the commands share: ledger, clock, exit codes, the form of a date, examples in help."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import click

from whosays.errors import Misuse
from whosays.settings import DEFAULT_LEDGER, LEDGER_PATIENCE, LEDGER_VARIABLE

if TYPE_CHECKING:
    from whosays.actors import Roster
    from whosays.faces.config import Config, Setting, Settled
    from whosays.ledger import Ledger

DONE, STRICT, MISUSE, ALL_REFUSED, BUG, INTERRUPTED, PIPE, TERMINATED = 0, 1, 2, 3, 70, 130, 141, 143
"""Exit codes. Refused pages are counted and are no failure, unless `--strict` (1) or nothing else was there (3)."""

S = TypeVar("S")

P = ParamSpec("P")
R = TypeVar("R")


class Terminated(KeyboardInterrupt):
    """SIGTERM: as Ctrl-C, but whoever asked for it is told so by the exit code."""


@dataclass
class Shell:
    """One run of the command line. The one mutable thing here: options of the group fill it."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Where time enters: nothing below reads a clock of its own."""
    ledger: str | None = None
    debug: bool = False
    config: Config | None = None
    """What whosays.toml says, once it is read."""
    fault: Misuse | None = None
    """What is wrong with it: `doctor` goes on without it."""
    options: dict[str, object] = field(default_factory=dict)
    """Of the group, by the key of their setting."""

    def begin(self, file: Path | None, level: str | None, form: str | None, *, forgive: bool) -> None:
        """Read whosays.toml, and do at once what it says of this process: how it logs, and what its own processes are told by the
        environment. Raises Misuse where it is wrong; `forgive`: go on without it."""
        from whosays import logs
        from whosays.faces import config as configs

        try:
            self.config = configs.read(configs.find(file, os.environ), os.environ)
        except Misuse as fault:
            if not forgive:
                raise
            self.config, self.fault = configs.read(None, os.environ), fault
        if level is not None:
            self.options[configs.LEVEL.key] = logs.Level(level)
        if form is not None:
            self.options[configs.FORMAT.key] = logs.Format(form)
        logs.start(self.value(configs.LEVEL), self.value(configs.FORMAT))
        for one in configs.EXPORTED:
            settled = self.settled(one)
            if settled.chosen and settled.value:
                os.environ[one.variable] = settled.value

    def settled(self, setting: Setting[S], given: S | None = None) -> Settled[S]:
        """What holds, and where it comes from: this option, the environment, the file, the default."""
        from whosays.faces import config as configs

        said = cast("S | None", self.options.get(setting.key)) if given is None else given
        return (self.config or configs.Config(environ=os.environ)).settled(setting, said)

    def value(self, setting: Setting[S], given: S | None = None) -> S:
        """What holds."""
        return self.settled(setting, given).value

    @property
    def where(self) -> str:
        """The ledger that was asked for, or that the environment or the file names, or the default."""
        from whosays.faces.config import LEDGER

        return self.value(LEDGER, self.ledger)

    @property
    def own_roster(self) -> Path:
        """The user's own roster file, which need not be there: what the environment or the file names, or the default."""
        from whosays.faces.config import ROSTER

        return Path(self.value(ROSTER)).expanduser()

    @property
    def given_roster(self) -> Path | None:
        """The same where the user named one, or has one; None: he has none."""
        from whosays.faces.config import ROSTER

        return self.own_roster if self.settled(ROSTER).chosen or self.own_roster.exists() else None

    def roster(self) -> Roster:
        """Who is known: our roster under the user's own. Raises Misuse, with file and line, where his is wrong."""
        from whosays import actors

        return actors.roster(self.given_roster)

    def sides(self) -> dict[str, str]:
        """Names of the sides by key."""
        return {key: actor.name for key, actor in self.roster().by_key.items()}

    def open(self, *, create: bool = False, patience: float = LEDGER_PATIENCE) -> Ledger:
        """The ledger, opened; `patience` as in `ledger.open`. Raises LedgerError, which says what to do."""
        from whosays import ledger

        return ledger.open(self.where, create=create, patience=patience)


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


@contextmanager
def terminable() -> Iterator[None]:
    """Within it SIGTERM ends what is being done as Ctrl-C does: files are closed, what was begun is undone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def examples(*lines: str) -> str:
    """Epilog of a help page. tests/faces/cli/test_help.py runs each line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
