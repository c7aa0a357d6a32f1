"""The command line: `whosays COMMAND`. Here are the group and the one edge where failures become exit codes.

    shell.py            ledger, clock, exit codes, dates          terminal.py   cleaning and laying out of text
    read.py             read, schema                              render.py     nouns → lines of text
    lexicon.py          lexicon list, lexicon explain             gazetteer.py  gazetteer build, info, check
    roster.py           roster show, check, add, merge
    ingest.py           ingest, load                              control.py    holds
    ledger_commands.py  claims, disputes, article
    question.py         questions, question                       story.py      story
    record.py           record                                    serve.py      serve
    demo.py             demo                                  accounts.py   user, token
    export.py           export                                weigh.py      weigh
    judged.py           judgements                                stores.py     ledger copy, ledger check
    watch.py            watch                                     doctor.py     doctor

Nothing heavy is imported before a command runs: `whosays --help` is answered in a tenth of a second.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from whosays.errors import AssetError, WhosaysError
from whosays.faces.cli import (
    accounts,
    control,
    demo,
    doctor,
    export,
    gazetteer,
    ingest,
    judged,
    ledger_commands,
    lexicon,
    question,
    read,
    record,
    roster,
    serve,
    stores,
    story,
    watch,
    weigh,
)
from whosays.faces.cli.shell import (
    BUG,
    DONE,
    INTERRUPTED,
    MISUSE,
    PIPE,
    TERMINATED,
    Shell,
    Terminated,
    examples,
    ledger_option,
    pass_shell,
    terminable,
)
from whosays.faces.cli.terminal import safe

__all__ = ["main", "whosays"]


class InOrder(click.Group):
    """Lists its commands in the order in which they were added: the likeliest first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "whosays demo",
        "whosays read page.html",
        "whosays ingest news/",
        "whosays holds Soledar --on 2023-01-13",
    ),
)
@ledger_option
@click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings, in TOML.  [default: whosays.toml here, or in ~/.config/whosays]",
)
@click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"]), help="The least that is logged.")
@click.option("--log-format", type=click.Choice(["auto", "text", "json"]), help="How: auto is text on a terminal.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected failure.")
@click.version_option(package_name="whosays", message="%(prog)s %(version)s")
@pass_shell
@click.pass_context
def whosays(
    context: click.Context,
    shell: Shell,
    file: Path | None,
    log_level: str | None,
    log_format: str | None,
    debug: bool,
) -> None:
    """Read conflict news; keep a ledger of who says what happened, where and when.

    Nothing in it is a fact. Everything is somebody's claim, with the words that state it.

    Exit codes: 0 done (refused pages are counted); 1 something was refused, with --strict, or is wrong with
    a ledger; 2 misuse; 3 everything was refused; 70 a bug of ours; 130, 143 stopped.
    """
    shell.debug = debug
    shell.begin(file, log_level, log_format, forgive=context.invoked_subcommand == "doctor")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        context.color = False


for command in (
    demo.demo,
    read.read,
    ingest.ingest,
    watch.watch,
    ledger_commands.claims,
    control.holds,
    weigh.weigh,
    serve.serve,
    accounts.user,
    accounts.token,
    stores.stores,
    export.export,
    judged.judgements,
    ledger_commands.disputes,
    question.questions,
    question.question,
    story.story,
    record.record,
    ledger_commands.article,
    lexicon.lexicon,
    roster.roster,
    gazetteer.gazetteer,
    doctor.doctor,
    ingest.load,
    read.schema,
):
    whosays.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own); the exit code. The one place where all failures end."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")  # a terminal that knows no curly quotes shows `?` for them
    shell = Shell()
    try:
        with terminable():
            code = whosays.main(arguments, prog_name="whosays", standalone_mode=False, obj=shell)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:  # click turns a KeyboardInterrupt into Abort
        return TERMINATED if isinstance(error.__cause__ or error, Terminated) else INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click exits so, where it finds the pipe closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python fails once more when it flushes at exit
        return PIPE
    except WhosaysError as error:
        click.echo(f"whosays: {safe(str(error))}", err=True)
        return BUG if isinstance(error, AssetError) else MISUSE
    except Exception as error:  # noqa: BLE001  (the edge: whatever else escapes is our bug)
        return _bug(error, debug=shell.debug)


def _bug(error: Exception, *, debug: bool) -> int:
    """One line that says what and where, and what to do; the traceback for those who want it."""
    if debug:
        click.echo(safe(traceback.format_exc(), lines=True), err=True)
    where = "unknown"
    for frame in traceback.extract_tb(error.__traceback__):
        if "whosays" in Path(frame.filename).parts:
            where = f"{Path(frame.filename).name}:{frame.lineno}, in {frame.name}"
    advice = "" if debug else " Run it again with --debug for the traceback."
    what = safe(f"{type(error).__name__}: {error}")
    click.echo(
        f"whosays: a bug of ours: {what} ({where}).{advice} Please report it with the command and the page.", err=True
    )
    return BUG
