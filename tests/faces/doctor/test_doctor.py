"""The examination: each illness is made, found, and told with what to do."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from whosays.errors import AssetError, Misuse
from whosays.faces import config, doctor
from whosays.faces.doctor import Finding, Patient, State, kept, machine, package, set_up
from whosays.ledger.tables import VERSION


@pytest.fixture
def patient(samples_copy: Path, tmp_path: Path) -> Patient:
    return Patient(str(samples_copy), tmp_path / "roster.yml", config.read(None, {}), lambda: datetime.now(UTC))


def of(name: str, found: Iterable[Finding]) -> Finding:
    return next(one for one in found if one.name == name)


def test_who_is_well_is_told_so(patient: Patient) -> None:
    found = tuple(doctor.examine(patient))
    assert [one for one in found if one.state is State.BAD] == []
    assert f"schema {VERSION}" in of("ledger", found).words
    assert of("integrity", found).state is State.OK
    assert of("gazetteer", found).words.endswith("checksum right")
    assert of("serve.port", found).words == "8765 (default)"


def test_nothing_is_changed_by_looking(patient: Patient) -> None:
    folder = Path(patient.where).parent
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".db"}
    list(doctor.examine(patient))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".db"} == before


def test_no_ledger_yet_is_no_fault(patient: Patient, tmp_path: Path) -> None:
    found = list(kept.ledger(replace(patient, where=str(tmp_path / "none.db"))))
    assert [one.state for one in found] == [State.NOTE]
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database(patient: Patient) -> None:
    Path(patient.where).write_bytes(b"hello " * 1000)
    found = list(kept.ledger(patient))
    assert [one.state for one in found] == [State.BAD]
    assert "not a database" in found[0].words


def test_a_damaged_page_is_found(patient: Patient) -> None:
    with sqlite3.connect(patient.where) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'claims'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with Path(patient.where).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 200)
    found = list(kept.ledger(patient))
    assert found[0].state is State.BAD
    assert found[0].advice is not None


def test_a_large_ledger_is_not_looked_through_for_ever(patient: Patient) -> None:
    with sqlite3.connect(patient.where) as connection:
        connection.execute(
            "CREATE TABLE much AS WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i < 200000) SELECT i FROM n"
        )
    ticks = iter([0.0])
    found = list(kept.ledger(patient, clock=lambda: next(ticks, 100.0)))
    assert (found[0].name, found[0].state) == ("integrity", State.NOTE)


def test_an_old_ledger_is_told_and_left_as_it_is(patient: Patient) -> None:
    with sqlite3.connect(patient.where) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    found = list(kept.ledger(patient))
    assert "schema 0002" in of("ledger", found).words
    with sqlite3.connect(patient.where) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)


def test_a_ledger_of_a_newer_program(patient: Patient) -> None:
    with sqlite3.connect(patient.where) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer whosays" in of("ledger", kept.ledger(patient)).words


def test_secrets_that_others_can_read(patient: Patient) -> None:
    secret = Path(patient.where + ".desk")
    secret.touch()
    secret.chmod(0o644)
    found = of("accounts", kept.beside(patient))
    assert found.state is State.BAD
    assert found.advice == f"chmod 600 {secret.name}"
    secret.chmod(0o600)
    assert of("accounts", kept.beside(patient)).state is State.OK


def test_a_full_disk_and_a_folder_that_is_not_there(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert of("disk", kept.disk(replace(patient, where=str(tmp_path / "no/x.db")))).state is State.BAD
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    assert of("disk", kept.disk(patient)).state is State.BAD
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000_000))
    assert of("disk", kept.disk(patient)).state is State.NOTE


def test_a_folder_without_leave_to_write(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*, dir: Path) -> None:  # noqa: A002  (as tempfile calls it; root may write everywhere, so that modes show nothing)
        raise PermissionError(errno.EACCES, "Permission denied", str(dir))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert of("write access", kept.disk(patient)).state is State.BAD


@pytest.mark.parametrize(
    ("words", "state", "told"),
    [
        ("flags : fpu avx2 avx512_vnni", State.OK, "avx512_vnni"),
        ("flags : fpu avx2", State.NOTE, "no VNNI"),
        ("flags : fpu sse2", State.NOTE, "slow"),
        ("Features : fp asimd asimddp", State.OK, "asimddp"),
    ],
)
def test_processors(patient: Patient, tmp_path: Path, words: str, state: State, told: str) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text(words)
    found = next(machine.processor(patient, info=info))
    assert found.state is state
    assert told in found.words


def test_memory_of_machine_and_of_container(patient: Patient, tmp_path: Path) -> None:
    info, limit = tmp_path / "meminfo", tmp_path / "max"
    info.write_text("MemTotal: 8000000 kB\nMemAvailable: 6000000 kB\n")
    assert next(machine.memory(patient, info=info, limit=limit)).state is State.OK
    limit.write_text("500000000\n")
    assert next(machine.memory(patient, info=info, limit=limit)).state is State.BAD
    limit.write_text("max\n")
    assert next(machine.memory(patient, info=info, limit=limit)).state is State.OK
    assert next(machine.memory(patient, info=tmp_path / "none")).state is State.NOTE


def test_a_clock_that_was_set_back(patient: Patient) -> None:
    assert of("clock", machine.clock(patient)).state is State.OK
    back = replace(patient, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert "before this program was installed" in of("clock", machine.clock(back)).words
    later = (datetime.now(UTC) + timedelta(days=2)).timestamp()
    os.utime(patient.where, (later, later))
    assert "before the ledger was last written" in of("clock", machine.clock(patient)).words


def test_a_damaged_gazetteer_and_pack(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    from whosays.language import weights
    from whosays.places import gazetteer

    def broken(_: object) -> object:
        raise AssetError("it is damaged; install whosays again")

    monkeypatch.setattr(gazetteer, "check", broken)
    monkeypatch.setattr(weights, "load", broken)
    assert of("gazetteer", package.gazetteer(patient)).state is State.BAD
    assert of("language en", package.packs(patient)).state is State.BAD


def test_a_map_without_its_files(patient: Patient, tmp_path: Path) -> None:
    assert of("map", package.shapes(patient, folder=tmp_path)).state is State.NOTE
    for name in package.SHAPES:
        (tmp_path / name).touch()
    assert of("map", package.shapes(patient, folder=tmp_path)).state is State.OK


def test_what_is_optional_is_told_with_how_to_have_it(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "EXTRAS", {"no-such-library": "parquet"})
    found = of("no-such-library", package.extras(patient))
    assert found.state is State.NOTE
    assert "pip install 'whosays[parquet]'" in found.words


def test_the_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    for library, extra in package.EXTRAS.items():
        assert any(one.startswith(library) for one in project["optional-dependencies"][extra]), (library, extra)


def test_a_faulty_roster(patient: Patient) -> None:
    patient.roster.write_text("- nonsense: [", "utf-8")
    assert of("roster", set_up.roster(patient)).state is State.BAD


def test_settings_tell_where_they_come_from(patient: Patient, tmp_path: Path) -> None:
    path = tmp_path / "whosays.toml"
    path.write_text("[serve]\nport = 1\n")
    environ = {"WHOSAYS_LEDGER": "postgresql://anna:secret@db/x", "WHOSAYS_INGEST_WORKERS": "many"}
    told = replace(patient, config=config.read(path, environ), options=(("log.level", "info"),))
    found = tuple(set_up.settings(told))
    assert of("settings", found).words == str(path)
    assert of("serve.port", found).words == f"1 ({path})"
    assert of("ledger.url", found).words == "postgresql://anna:***@db/x (WHOSAYS_LEDGER)"
    assert of("log.level", found).words == "info (option)"
    assert of("ingest.workers", found).state is State.BAD


def test_a_faulty_file_of_settings(patient: Patient) -> None:
    assert of("settings", set_up.settings(replace(patient, fault=Misuse("x.toml: odd")))).state is State.BAD


def test_a_check_that_breaks_costs_no_other(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Patient) -> Iterable[Finding]:
        raise ZeroDivisionError("odd")

    checks: tuple[Callable[[Patient], Iterable[Finding]], ...] = (broken, package.packs)
    monkeypatch.setattr(doctor, "CHECKS", checks)
    assert [one.state for one in doctor.examine(patient)] == [State.BAD, State.OK]
