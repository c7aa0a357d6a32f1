"""The edge: exit codes, one-line messages, pipes, interrupts, colour, and how soon help is there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from whosays.errors import AssetError, LedgerError, Misuse
from whosays.faces.cli import main, read, shell

COMMAND = [sys.executable, "-c", "import sys; from whosays.faces.cli import main; sys.exit(main())"]
TERMINAL = [
    sys.executable,
    "-c",
    "import pty, sys, os; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
]
"""Runs a command with a terminal as its output, and copies what it prints."""


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Misuse("No such thing. Do this."), 2, "whosays: No such thing. Do this.\n"),
        (LedgerError("x.db: locked. Wait."), 2, "whosays: x.db: locked. Wait.\n"),
        (AssetError("asset: damaged. Install again."), 70, "whosays: asset: damaged. Install again.\n"),
    ],
)
def test_known_errors_are_one_line_and_a_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, words: str
) -> None:
    fail(monkeypatch, error)
    ran = run("read", "page.html")
    assert (ran.code, ran.out, ran.err) == (code, "", words)


def test_a_bug_is_one_line_that_says_what_where_and_how_to_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, ZeroDivisionError("odd \x1b[2J"))
    ran = run("read", "page.html")
    assert (ran.code, ran.out) == (70, "")
    assert re.fullmatch(
        r"whosays: a bug of ours: ZeroDivisionError: odd \(.+:\d+, in .+\)\..+--debug.+report it.+\n", ran.err
    )
    with_traceback = run("--debug", "read", "page.html")
    assert with_traceback.code == 70
    assert with_traceback.err.startswith("Traceback")


def fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(file: str) -> bytes:
        raise error

    monkeypatch.setattr(read, "_bytes", broken)


def test_unknown_commands_and_options_are_misuse(run: Run) -> None:
    for arguments in (
        ["nonsense"],
        ["read"],
        ["claims", "--nonsense"],
        ["holds", "Soledar"],
        ["claims", "--format", "xml"],
    ):
        assert run(*arguments).code == 2, arguments


def test_an_interrupt_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, KeyboardInterrupt())  # type: ignore[arg-type]
    ran = run("read", "page.html")
    assert (ran.code, ran.out, ran.err.strip()) == (shell.INTERRUPTED, "", "")


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_it_quietly(filled: Run) -> None:
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    piped = subprocess.Popen([*COMMAND, "claims"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=unbuffered)
    assert piped.stdout
    assert piped.stderr
    piped.stdout.close()
    assert piped.stderr.read() == b""
    assert piped.wait(timeout=30) == shell.PIPE


@pytest.mark.slow
def test_ctrl_c_in_an_ingest_ends_quietly(run: Run) -> None:
    for number in range(300):
        Path(f"{number}.txt").write_text(f"Headline {number}\n\n" + "Fighters captured the town on Tuesday. " * 50)
    started = subprocess.Popen(
        [*COMMAND, "ingest", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.default_int_handler
        ),  # a suite in the background ignores it
    )
    wait_for(Path("whosays.db"))
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=30)
    assert started.returncode == shell.INTERRUPTED, err
    assert (out.strip(), err.strip()) == (b"", b"")


def wait_for(path: Path, *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert path.exists()


@pytest.mark.slow
def test_colour_only_on_a_terminal_and_not_with_no_color(filled: Run) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")} | {
        "TERM": "xterm"
    }
    plain = subprocess.run([*COMMAND, "claims"], capture_output=True, env=environment, check=True).stdout
    shown = subprocess.run([*TERMINAL, *COMMAND, "claims"], capture_output=True, env=environment, check=True).stdout
    muted = subprocess.run(
        [*TERMINAL, *COMMAND, "claims"], capture_output=True, env=environment | {"NO_COLOR": "1"}, check=True
    ).stdout
    assert b"\x1b[" not in plain
    assert b"\x1b[31m" in shown
    assert b"\x1b[" not in muted
    assert muted.replace(b"\r\n", b"\n") == plain


@pytest.mark.slow
def test_a_terminal_without_curly_quotes_gets_question_marks(filled: Run) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run([*COMMAND, "claims"], capture_output=True, env=environment, check=True)
    assert b"?Wagner has taken Soledar?" in ran.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from whosays.faces.cli import main; main(['--help']); "
        "heavy = {'lxml', 'sqlalchemy', 'alembic', 'msgspec', 'rich', 'trafilatura', 'numpy', 'yaml', 'dateparser'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.slow
def test_help_is_there_in_three_tenths_of_a_second() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3 * max(1.0, bare_python() / 0.03), times


def bare_python() -> float:
    """Seconds that Python itself needs here and now: on a busy machine everything takes longer."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


def test_version(run: Run) -> None:
    assert re.fullmatch(r"whosays \d+\.\d+\.\d+\n", run("--version").out)


def test_main_is_the_entry_point() -> None:
    from importlib.metadata import entry_points

    (script,) = entry_points(group="console_scripts", name="whosays")
    assert script.load() is main
