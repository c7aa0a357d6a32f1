"""`whosays export`: files whole or not at all, nobody's name by default, what is asked for wrongly is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from whosays.faces.export import EXPORTS, jsonl


def test_list_names_every_format_and_what_it_loses(run: Run) -> None:
    ran = run("export", "list")
    assert ran.code == 0
    for name, one in EXPORTS.items():
        assert f"\n{name} " in f"\n{ran.out}"
        assert one.LOST[:30] in ran.out


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"parquet"}))
def test_every_format_is_written_to_a_file_and_to_standard_output_alike(filled: Run, name: str) -> None:
    assert filled("export", name, "-o", "out").code == 0
    assert filled("export", name).out.encode() == Path("out").read_bytes()
    assert sorted(path.name for path in Path().iterdir()) == ["out", "whosays.db", "whosays.db.salt"]


def test_names_are_shown_only_where_they_are_asked_for(filled: Run) -> None:
    assert "Cherevatyi" not in filled("export", "jsonl").out
    assert "person " in filled("export", "jsonl").out
    assert "Cherevatyi" in filled("export", "jsonl", "--names").out


def test_filters_and_the_way_back(filled: Run) -> None:
    ran = filled("export", "jsonl", "--names", "--exact-places", "--source", "Cherevatyi")
    (one,) = jsonl.read(ran.out.encode().splitlines())
    assert one.claim.polarity == "denied"
    assert filled("export", "jsonl", "--names", "--exact-places").out == filled("claims", "--format", "jsonl").out
    assert filled("export", "csv", "--words", "taken", "--type", "capture").out.count("\r\n") == 3
    assert filled("export", "csv", "--since", "2024-01-01").out.count("\r\n") == 1


def test_texts_are_given_where_they_are_asked_for(filled: Run) -> None:
    plain, whole = (json.loads(filled("export", "schemaorg", *more).out)["@graph"] for more in ((), ("--text",)))
    assert "articleBody" not in plain[0]["appearance"]
    assert "Wagner has taken Soledar" in whole[0]["appearance"]["articleBody"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("csv", "--since", "2023-02-01", "--until", "2023-01-01"), "lies before"),
        (("csv", "--on", "2023-01-01"), "geojson"),
        (("csv", "--type", "conquest"), "no type"),
        (("viina", "--source", "Kyiv"), "--place will do"),
        (("csv", "-o", "nowhere/out.csv"), "cannot be written"),
        (("xls",), "'xls'"),
        (("csv", "--article", "zzz"), "no article"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(filled: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = filled("export", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert not list(Path().glob(".*part"))


def test_a_failure_leaves_an_older_file_as_it_was(filled: Run) -> None:
    Path("out.csv").write_text("older")
    assert filled("export", "viina", "--source", "Kyiv", "-o", "out.csv").code == 2
    assert Path("out.csv").read_text() == "older"


def test_binary_is_not_for_a_terminal_and_text_is_made_safe_for_one(
    filled: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow", reason="`make formats`")
    assert filled("export", "parquet", "-o", "out.parquet").code == 0
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ran = filled("export", "parquet")
    assert (ran.code, "not for a terminal" in ran.err) == (2, True)
    assert filled("export", "csv").code == 0
