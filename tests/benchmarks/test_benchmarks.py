"""Benchmarks have one shape, and a worse reader fails here: floors are held in the test suite."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, SHARED
from benchmarks.figures import Figure, hold, measure, plain

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "benchmarks" / "floors.json"
MINUTES = {"throughput", "growth", "engines", "faults"}
"""What takes minutes, or a quiet machine: `make bench` holds it. What it shows is tested, smaller, in tests/engines."""


def broken(name: str, data: Path | None) -> list[str]:
    """The floors that a benchmark does not reach."""
    return hold({name: importlib.import_module(f"benchmarks.{name}").run(data, "dev")}, FLOORS)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["samples", "nested"])
def test_floors_that_need_no_shared_data(name: str) -> None:
    """The regression that always runs."""
    assert broken(name, None) == []


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, data in BENCHMARKS.items() if data is not None and name not in MINUTES]
)
def test_floors_on_shared_data(name: str, data: Path, shared: Path) -> None:
    assert broken(name, shared / data.relative_to(SHARED)) == []


def test_every_floor_names_a_benchmark() -> None:
    assert {key.split(".")[0] for key in json.loads(FLOORS.read_text())} <= set(BENCHMARKS)


@pytest.mark.slow
def test_last_line_is_one_object_of_numbers() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "samples", "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert {"claims", "claims_n", "claims_low", "claims_high", "disputes", "leaks"} <= set(last)
    assert all(isinstance(value, int | float) for value in last.values())


@pytest.mark.slow
def test_missing_data_is_said_loudly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "claims", "--data", str(tmp_path / "nowhere")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "NO DATA" in done.stderr


def test_a_broken_floor_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"x.f1": 50, "x.leak": {"max": 0.1}, "y.f1": 1}')
    figures = {"x": {"f1": Figure(49.0, 3), "leak": Figure(0.2, 3)}}
    assert hold(figures, floors) == ["x.f1", "x.leak"]
    assert "NOT HELD  y.f1" in capsys.readouterr().out


def test_intervals_lie_around_their_value() -> None:
    figure = measure([1.0, 2.0, 3.0, 4.0], lambda rows: sum(rows) / len(rows))
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= figure.value <= figure.high
    assert plain({"m": figure})["m_n"] == 4
