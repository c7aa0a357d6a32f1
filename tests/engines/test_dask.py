"""A cluster gives the parts that one machine gives, whoever dies meanwhile; what breaks every worker is set aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from whosays.engines import parts
from whosays.engines.parts import Shard
from whosays.engines.pool import pool
from whosays.errors import Misuse

distributed = pytest.importorskip("distributed")
pytest.importorskip("pyarrow")
from benchmarks.engines import cluster, contents  # noqa: E402
from whosays.engines import dask  # noqa: E402

pytestmark = pytest.mark.slow

TOWNS = ("Soledar", "Bakhmut", "Kupiansk", "Lyman", "Izium", "Kherson")
PAGES = 4


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> list[Shard]:
    """Six of a few pages each."""
    folder = tmp_path_factory.mktemp("pages")
    found = []
    for town in TOWNS:
        sources = []
        for n in range(PAGES):
            page = folder / f"{town}-{n}.txt"
            page.write_text(
                f"Fighters enter {town}\n\nTroops captured {town} on day {n}, the ministry said. Officials denied it.\n"
            )
            sources.append(str(page))
        found += parts.shards(sources)
    return found


@pytest.fixture(scope="module")
def expected(shards: list[Shard], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one machine gives."""
    folder = tmp_path_factory.mktemp("local")
    with pool(1) as readers:
        for shard in shards:
            assert parts.read(shard, folder, readers.read).claims
    return contents(folder)


def test_two_workers_give_the_bytes_of_one_machine(
    shards: list[Shard], expected: dict[str, bytes], tmp_path: Path
) -> None:
    found = list(dask.ingest(shards, tmp_path, workers=2))
    assert sorted(part.key for part in found) == sorted(shard.key for shard in shards)
    assert contents(tmp_path) == expected
    assert all(part.there for part in dask.ingest(shards, tmp_path, workers=1)), "nothing is read twice"


def test_a_killed_worker_and_a_restarted_scheduler_change_nothing(
    shards: list[Shard], expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "BETWEEN", 1.0)
    told: list[str] = []
    with cluster() as (address, first):
        coming = dask.ingest(shards, tmp_path, scheduler=address, tell=told.append)
        keys = [next(coming).key]
        first[1].kill()
        keys.append(next(coming).key)
        for process in (first[0], first[2]):
            process.kill()
            process.wait()
        with cluster(address):
            keys += [part.key for part in coming]
    assert sorted(keys) == sorted(shard.key for shard in shards)
    assert contents(tmp_path) == expected
    assert any("is gone" in line for line in told)


def test_what_breaks_its_workers_is_set_aside_with_its_reason(shards: list[Shard], tmp_path: Path) -> None:
    poison = replace(shards[0], published="no day")  # type: ignore[arg-type]
    told: list[str] = []
    found = list(dask.ingest([poison, *shards[1:3]], tmp_path, workers=1, tell=told.append))
    assert len(found) == 2
    assert parts.quarantined(poison, tmp_path)
    assert any(poison.sources[0] in line for line in told)
    assert list(dask.ingest([poison], tmp_path, workers=1)) == [], "it is left alone"


def test_no_scheduler_there(shards: list[Shard], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "BETWEEN", 0.01)
    monkeypatch.setattr(dask, "PATIENCE", 1)
    with pytest.raises(Misuse, match="cannot be reached"):
        list(dask.ingest(shards, tmp_path, scheduler="tcp://127.0.0.1:9"))
