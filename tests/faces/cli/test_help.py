"""Help: every command shows examples, and every example runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.faces.cli.conftest import CLAIMED, Run
from tests.faces.cli.serving import served
from tests.faces.cli.test_read import STORY
from whosays.faces.cli import whosays
from whosays.faces.cli.shell import INTERRUPTED

COMMANDS: dict[str, click.Command] = {"whosays": whosays, **whosays.commands}
EXAMPLES = [
    line.strip()
    for command in COMMANDS.values()
    for line in (command.epilog or "").splitlines()
    if line.startswith("  ")
]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_sentence_examples_and_no_line_over_80(run: Run, name: str) -> None:
    ran = run(*([] if name == "whosays" else [name]), "--help")
    assert ran.code == 0
    assert "Examples:\n    " in ran.out.replace("\n\n", "\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert (COMMANDS[name].help or "").split("\n")[0].endswith(".")
    for option in COMMANDS[name].params:
        assert not isinstance(option, click.Option) or option.help or option.name == "form", option.name


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(filled: Run, tmp_path: Path, example: str) -> None:
    for name in ("page.html", "story.txt", "news/one.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(STORY, "utf-8")
    Path("news.toml").write_text('[[folder]]\npath = "news"\n')
    script = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{script}{os.pathsep}{os.environ['PATH']}", "LESS": "-E"}
    assert shutil.which("whosays", path=environment["PATH"])
    command = example.replace("4f3c9a", CLAIMED.id).replace("50685449", filled("questions").out.split()[0])
    if example.startswith(
        "whosays serve"
    ):  # runs until it is stopped, here at any port: others may serve on this machine
        with served(f"{command} --port 0", environment) as server:
            assert server.get("/")[0] == 200
        assert (server.code, server.wrong.strip()) == (INTERRUPTED, "")
        return
    ran = subprocess.run(
        ["bash", "-c", f"set -e -o pipefail; {command}"], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.strip() == ""


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2 * len(COMMANDS) - 3
