"""docs/operations.md and deploy/: the table is the code's, the example is read, the units are units, the container file is ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from whosays.faces import config

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/operations.md").read_text("utf-8")
UNITS = ("whosays.service", "whosays-watch.service")


def test_the_table_of_settings_is_the_code() -> None:
    told = []
    for one in config.SETTINGS:
        default = str(one.default).lower() if isinstance(one.default, bool) else one.default
        shown = "–" if default == "" else f"`{default}`"
        told.append(f"| `{one.key}` | `{one.variable}` | {one.form} | {shown} | {one.words} |")
    assert re.findall(r"^\| `\w+\.\w+` \|.*$", TEXT, re.MULTILINE) == told


def test_the_example_is_read(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert example is not None
    path = tmp_path / "whosays.toml"
    path.write_text(example[1], "utf-8")
    said = config.read(path, {})
    assert said.value(config.PORT) == 8080
    assert said.value(config.LEDGER) == str(tmp_path / "syria.db")


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path, name: str) -> None:
    if shutil.which("systemd-analyze") is None:
        warnings.warn("NO SYSTEMD: units are not verified. Install systemd.", stacklevel=1)
        pytest.skip("no systemd-analyze")
    unit = (ROOT / "deploy" / name).read_text("utf-8")
    assert "/opt/whosays/bin/whosays" in unit
    (tmp_path / name).write_text(unit.replace("/opt/whosays/bin/whosays", sys.executable), "utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr.strip()) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_units_are_hardened_and_stop_as_we_do(name: str) -> None:
    unit = (ROOT / "deploy" / name).read_text("utf-8")
    for line in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ReadWritePaths=/var/lib/whosays",
        "MemoryMax=4G",
        "Restart=on-failure",
        "KillMode=mixed",
        "SuccessExitStatus=130 143",
    ):
        assert f"\n{line}\n" in unit, line


def test_the_container_file_fetches_from_package_registries_alone() -> None:
    text = (ROOT / "deploy/Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert not re.search(r"https?://(?!127\.0\.0\.1)|curl|wget|git ", "\n".join(lines))
    assert "STOPSIGNAL SIGTERM" in lines
    assert "USER whosays" in lines
    assert "--require-hashes" in text
    for variable in re.findall(r"WHOSAYS_\w+", text):
        assert variable in {one.variable for one in config.SETTINGS}
