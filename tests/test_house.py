"""The house rules that a program can hold: sizes, and no registry hosts in what is committed."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGER = {"src/whosays/nouns.py": "every noun in one file is its point"}
"""Files over 400 lines, each with its reason."""

SOURCES = sorted(
    path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts
)  # a table is one statement


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path: Path) -> None:
    text = path.read_text("utf-8")
    if str(path.relative_to(ROOT)) not in LONGER:
        assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno < 60, node.name


def test_no_requirement_names_a_registry() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text("utf-8"), path


def test_big_files_are_known() -> None:
    """What weighs more than 1 MB in git is the gazetteer and the weights, nothing else."""
    git = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    listed = git.stdout.split("\0")[:-1]
    if not listed:
        pytest.skip(f"git lists no files here, so that none can be weighed: {git.stderr.strip() or 'no repository'}")
    big = {name for name in listed if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_000_000}
    assert big <= {
        "src/whosays/language/packs/en/reader.onnx",
        "src/whosays/places/asset/places.gaz",
    }


@pytest.mark.shared
def test_no_words_of_the_gold_pages_stand_here(shared: Path) -> None:
    """Rules that quote a gold page are made for it, and its words are not ours."""
    said: set[tuple[str, ...]] = set()
    for page in (shared / "gold/dev").glob("*.txt"):
        said |= runs(page.read_text("utf-8"))
    for path in (
        *(ROOT / "src/whosays/claims").rglob("*.yml"),
        *(ROOT / "src/whosays/claims").glob("*.py"),
        ROOT / "docs/claims.md",
    ):
        assert not runs(path.read_text("utf-8")) & said, path


def runs(text: str) -> set[tuple[str, ...]]:
    """Every six words running."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 6]) for n in range(len(words) - 5)}
