"""docs/exports.md: a section for every format with what it loses, and every column with its meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from whosays.faces.export import EXPORTS
from whosays.faces.export.columns import COLUMNS

TEXT = (Path(__file__).parents[3] / "docs" / "exports.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_format_has_a_section_that_says_what_is_lost(name: str) -> None:
    section = TEXT.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert f"Lost: {EXPORTS[name].LOST}" in section
    assert f"| [`{name}`](#{name}) | {EXPORTS[name].GLOSS} | {EXPORTS[name].READ_BY} |" in TEXT


def test_every_column_is_explained_in_its_order() -> None:
    rows = [f"| `{one.name}` | {one.kind} | {one.gloss} |" for one in COLUMNS]
    assert "\n".join(rows) in TEXT
