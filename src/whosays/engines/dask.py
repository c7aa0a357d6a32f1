"""Shards over a Dask cluster: one that people have (SLURM, Kubernetes, clouds), or one made on this machine.

    ingest(shards, folder, scheduler=…) -> Part …

What is done with a shard is `parts.read`, as on one machine; here is only who does it. A shard is the unit of everything: of work, of
retry, of loss. A worker that dies costs the shards that it had, which others begin again; one that breaks its workers, or itself, TRIES
times is quarantined. A scheduler that goes away costs nothing but the shards under way: we wait for it, then hand in what is left. A run
that was stopped goes on by being started again, since parts that are there are not made again.

A worker loads the model once, in a process of its own beside it (`reader_process.py`), which Dask forbids its own workers unless told:
DASK_DISTRIBUTED__WORKER__DAEMON=False where `dask worker` is started, or `--no-nanny`. `folder` is one that all machines see.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import current_process
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING

from whosays.engines import parts
from whosays.engines.parts import Part, Pools, Shard
from whosays.errors import Misuse

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE, BETWEEN = 10, 6.0
"""How often we look for a scheduler that went away, and seconds between."""

Tell = Callable[[str], None]
_HERE = local()


def ingest(
    shards: Iterable[Shard],
    folder: Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    roster: Path | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Part]:
    """Have shards read; each part as it comes, in no order. `scheduler`: its address; None: `workers` processes on this machine. What
    breaks is quarantined and told. Raises Misuse where Dask or the scheduler is not there."""
    left = {shard.key: shard for shard in shards if not parts.quarantined(shard, folder)}
    failures = 0
    while left:
        try:
            with _client(scheduler, workers) as client:
                for key, part in _results(client, left, folder, roster, tell):
                    del left[key]
                    failures = 0
                    if part is not None:
                        yield part
        except _gone() as error:
            failures += 1
            if scheduler is None or failures > PATIENCE:
                raise Misuse(
                    f"The scheduler at {scheduler} cannot be reached ({error}). Is it running? What is read stays."
                ) from error
            tell(
                f"The scheduler at {scheduler} is gone; {len(left)} shards are left. Looking again in {BETWEEN:.0f} s."
            )
            time.sleep(BETWEEN)


def _results(
    client: Client, left: dict[str, Shard], folder: Path, roster: Path | None, tell: Tell
) -> Iterator[tuple[str, Part | None]]:
    """Key and part of each shard; None where it was set aside."""
    from distributed import as_completed

    futures: dict[Future, Shard] = {
        client.submit(_read, shard, folder, roster, key=f"whosays-{key}", retries=parts.TRIES - 1): shard
        for key, shard in left.items()
    }
    for future in as_completed(futures):
        shard = futures[future]
        if future.status == "finished":
            yield shard.key, future.result()
        elif future.status == "error":
            tell(parts.quarantine(shard, folder, future.exception()))
            yield shard.key, None
        else:
            raise ConnectionError("the scheduler forgot what it was to do")


def _read(shard: Shard, folder: Path, roster: Path | None) -> Part:
    """On a worker: the model is loaded with the first shard, and kept."""
    if current_process().daemon:
        raise Misuse(
            "Start the workers with DASK_DISTRIBUTED__WORKER__DAEMON=False, or --no-nanny: "
            "pages are read in a process beside each."
        )
    own: dict[Path | None, Pools] = _HERE.__dict__.setdefault("pools", {})
    if roster not in own:
        own[roster] = Pools(1, roster)
    return parts.read(shard, folder, own[roster].of(shard).read)


@contextmanager
def _client(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise Misuse("The engine `dask` needs Dask: pip install 'whosays[dask]'.") from error
    if scheduler is not None:
        try:
            client = Client(scheduler, timeout=10)
        except OSError as error:
            raise ConnectionError(str(error)) from error
        with client:
            yield client
        return
    quiet = {"distributed.worker.daemon": False, "distributed.admin.system-monitor.log-length": 10}
    with (
        dask.config.set(quiet),
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _gone() -> tuple[type[BaseException], ...]:
    """What is raised where a scheduler is not there, or no longer."""
    try:
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError
    except ImportError:
        return (ConnectionError,)
    return (CommClosedError, FutureCancelledError, ConnectionError)
