"""engines: the same archives read into parts by two processes of this machine, and by a Dask cluster of two workers on it.

    dask_share    percent of the throughput of `local` that Dask reaches; both from the first page to the last part, models loaded before
    same_bytes    1 if all parts are the same bytes; else 0
    local_pages_per_s, dask_pages_per_s
    after_kill    1 if they are so, too, when a worker is killed and the scheduler restarted on the way; else 0

Needs Dask: pip install 'whosays[dask]'.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import made_archive
from benchmarks.figures import Figure
from whosays.engines import dask, parts
from whosays.engines.parts import Shard
from whosays.engines.pool import pool

SHARDS, PAGES = 8, 40


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    with TemporaryDirectory() as name:
        folder = Path(name)
        shards = _shards(folder, data, "shard", SHARDS, PAGES)
        warm = _shards(folder, data, "warm", 4, 3)
        pages = SHARDS * PAGES
        with pool(2) as readers:
            readers.start()
            local = _timed(parts.read(shard, folder / "local", readers.read) for shard in shards)
        with cluster() as (address, _):
            list(dask.ingest(warm, folder / "warm", scheduler=address))
            far = _timed(dask.ingest(shards, folder / "dask", scheduler=address))
        _disturbed(shards, folder / "disturbed")
        expected = contents(folder / "local")
        same = {where: contents(folder / where) == expected for where in ("dask", "disturbed")}
    return {
        "dask_share": Figure(100 * local / far, pages, of="pages"),
        "same_bytes": Figure(int(same["dask"]), SHARDS, of="parts"),
        "after_kill": Figure(int(same["disturbed"]), SHARDS, of="parts"),
        "local_pages_per_s": Figure(pages / local, pages, of="pages"),
        "dask_pages_per_s": Figure(pages / far, pages, of="pages"),
    }


def contents(folder: Path) -> dict[str, bytes]:
    """The parts of a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


def _disturbed(shards: Sequence[Shard], folder: Path) -> None:
    """A worker is killed after the first part; after the second the scheduler is, and the other worker; all come back."""
    with cluster() as (address, first):
        coming = dask.ingest(shards, folder, scheduler=address, tell=print)
        next(coming)
        first[1].kill()
        next(coming)
        for process in (first[0], first[2]):
            process.kill()
            process.wait()
        with cluster(address):
            list(coming)


@contextmanager
def cluster(address: str | None = None, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers as people start them, each a program of its own; the address, and the processes, the scheduler first."""
    address = address or f"tcp://127.0.0.1:{_free_port()}"
    host, port = address.removeprefix("tcp://").split(":")
    commands = [["scheduler", "--host", host, "--port", port, "--no-dashboard"]]
    commands += [["worker", address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "20"]] * workers
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    quiet = subprocess.DEVNULL
    running = [
        subprocess.Popen([sys.executable, "-m", "dask", *command], env=environment, stdout=quiet, stderr=quiet)
        for command in commands
    ]
    try:
        yield address, running
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _shards(folder: Path, data: Path, name: str, number: int, pages: int) -> tuple[Shard, ...]:
    paths = [folder / f"{name}{n}.warc.gz" for n in range(number)]
    for n, path in enumerate(paths):
        made_archive.write(path, data, made_archive.DESK, pages=pages, seed=n)
    return tuple(parts.shards([str(path) for path in paths]))


def _timed(work: Iterable[object]) -> float:
    """Seconds until all is there."""
    begun = time.perf_counter()
    list(work)
    return time.perf_counter() - begun
