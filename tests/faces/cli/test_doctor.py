"""`whosays doctor`, and `whosays.toml` as commands see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from tests.faces.cli.conftest import Run
from whosays.faces.cli import whosays
from whosays.faces.config import FORMAT, HOST, LEVEL, PORT, SETTINGS
from whosays.logs import Format, Level


def test_it_says_that_all_is_well(filled: Run) -> None:
    ran = filled("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("All is well.\n")
    assert "2 articles, 2 claims" in " ".join(ran.out.split())
    assert max(map(len, ran.out.splitlines())) <= 80


def test_what_is_bad_is_said_with_what_to_do_and_the_code_is_1(filled: Run) -> None:
    Path("whosays.db").write_bytes(b"no ledger" * 500)
    ran = filled("doctor")
    assert ran.code == 1
    assert "BAD:" in ran.out
    assert "→ " in ran.out
    assert ran.out.endswith("1 to be mended.\n")


def test_json_has_every_setting(filled: Run) -> None:
    found = {one["name"]: one for one in json.loads(filled("--log-level", "info", "doctor", "--format", "json").out)}
    assert {one.key for one in SETTINGS} <= set(found)
    assert found["log.level"]["words"] == "info (option)"


def test_a_faulty_file_stops_all_commands_but_this(filled: Run) -> None:
    Path("whosays.toml").write_text("[serve]\nprot = 1\n")
    ran = filled("claims")
    assert ran.code == 2
    assert "whosays.toml: there is no 'prot' in [serve] (did you mean 'port'?)" in ran.err
    ran = filled("doctor")
    assert ran.code == 1
    assert "did you mean 'port'?" in " ".join(ran.out.split())


def test_the_ledger_that_the_file_names_is_used(filled: Run, tmp_path: Path) -> None:
    Path("whosays.db").rename("other.db")
    Path("settings.toml").write_text('[ledger]\nurl = "other.db"\n')
    assert filled("claims").code == 2
    assert filled("--config", "settings.toml", "claims").code == 0
    assert filled("--config", "none.toml", "claims").code == 2


def test_an_option_goes_before_the_file(filled: Run) -> None:
    Path("whosays.toml").write_text('[ledger]\nurl = "none.db"\n')
    assert filled("claims").code == 2
    assert filled("--ledger", "whosays.db", "claims").code == 0
    assert filled("claims", "--ledger", "whosays.db").code == 0


def test_events_go_to_standard_error_as_json(filled: Run) -> None:
    Path("page.txt").write_text("Wagner has taken Soledar, Prigozhin said on Wednesday.\n")
    ran = filled("--log-level", "info", "ingest", "page.txt")
    assert "1 page" in ran.out
    assert [json.loads(line)["event"] for line in ran.err.splitlines()] == ["ingest"]


def test_options_say_what_the_table_of_settings_says() -> None:
    options = {one.name: one for one in whosays.params if isinstance(one, click.Option)}
    assert options["log_level"].type.choices == tuple(Level)  # type: ignore[attr-defined]
    assert options["log_format"].type.choices == tuple(Format)  # type: ignore[attr-defined]
    assert (LEVEL.default, FORMAT.default) == (Level.WARNING, Format.AUTO)
    served = {one.name: one for one in whosays.commands["serve"].params if isinstance(one, click.Option)}
    for setting in (HOST, PORT):
        assert f"[default: {setting.default}]" in (served[setting.name].help or "")


@pytest.mark.slow
def test_a_gazetteer_that_the_file_names_is_read_and_a_faulty_one_told(filled: Run, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    (tmp_path / "whosays.toml").write_text('[gazetteer]\nfolder = "places"\n')
    command = [sys.executable, "-c", "import sys; from whosays.faces.cli import main; sys.exit(main())"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run([*command, "gazetteer", "info"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 2
    assert re.search(r"places\S* cannot be read", ran.stderr)
