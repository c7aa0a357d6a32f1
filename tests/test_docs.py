"""Documents are tested: what a ```console block shows is what its commands print; links lead somewhere; types are listed.

A block is run line by line: `$ command`, then its output. `[…]` stands for any lines; a command without output below it is run and
must succeed. `make demo` is run as what make runs after set-up; `make test` is not run inside itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.faces.cli.serving import served
from whosays import claims

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "training" / "CARD.md"]
MAKE = {"make demo": "whosays demo", "make test": "true"}


def console(path: Path) -> list[tuple[str, str]]:
    """(command, output shown below it) of every console block."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((re.sub(r"\s+#.*", "", command).strip(), output.rstrip()))
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader of the README would have it: a page, and a folder of pages."""
    samples = Path(str(files("whosays") / "samples"))
    shutil.copytree(samples, tmp_path / "folder")
    shutil.copy(samples / "soledar-2023-01-13-ministry.html", tmp_path / "page.html")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in DOCUMENTS if console(path)], ids=lambda path: path.name)
def test_console_blocks_show_what_commands_print(path: Path, desk: Path) -> None:
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "HOME": str(desk),
    }
    for command, shown in console(path):
        printed = _printed(MAKE.get(command, command), desk, environment)
        pattern = ".*".join(re.escape(piece) for piece in re.split(r"(?:^|\n)\[…\](?:\n|$)", shown))
        assert re.search(pattern, printed, re.DOTALL), f"{command} printed:\n{printed}"


def _printed(command: str, desk: Path, environment: dict[str, str]) -> str:
    """What a command prints; of a server, which runs until it is stopped, until it answers."""
    if command.startswith("whosays serve"):
        with served(f"{command} --port 0", environment, folder=desk) as server:
            assert server.get("/")[0] == 200
        return server.told
    done = subprocess.run(command, shell=True, cwd=desk, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert link.startswith("http") or (path.parent / link).exists(), link


def test_readme_is_not_below_the_floor() -> None:
    """Floors may rise above what the README says, never stand above its figure."""
    text = (ROOT / "README.md").read_text("utf-8")
    floors = {
        m[0]: float(m[1])
        for m in re.findall(r'"(claims\.\w+)": ([\d.]+)', (ROOT / "benchmarks/floors.json").read_text())
    }
    detect = re.search(r"claims found, F1 \| ([\d.]+)", text)
    assert detect is not None
    assert float(detect.group(1)) >= floors["claims.detect"]


def test_readme_names_the_types() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    words = {"withdraw": "withdrawal", "enter": "entry"}
    assert [name for name in claims.lexicon().types if words.get(name, name) not in text] == []


def test_the_table_of_types_is_the_lexicon() -> None:
    text = (ROOT / "docs" / "claims.md").read_text("utf-8")
    for name, type_ in claims.lexicon().types.items():
        assert f"| `{name}` | {type_.gloss} | {type_.plover or '–'} | {'; '.join(type_.acled) or '–'} |" in text
