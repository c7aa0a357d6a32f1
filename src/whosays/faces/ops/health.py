"""`/health`, `/health/live`, `/metrics`: what is asked of a server by what watches over it.

    routes(ops) -> routes

Well is a server whose ledger answers, whose worker runs and that has room on its disk. Who may not see figures is told whether it is, and
not why.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from importlib.metadata import version

import msgspec
from anyio import CapacityLimiter, move_on_after
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from whosays.errors import LedgerError
from whosays.faces.ops import Ops, folder_of
from whosays.faces.ops.figures import MEDIA, children
from whosays.ledger.tables import VERSION

LEAST_ROOM = 100_000_000
"""Bytes that a disk must have left."""
PATIENCE = 5.0
"""Seconds in which a ledger must answer."""
KEPT = 60.0
"""Seconds for which what was counted in the ledger is told again."""
WORKER_STARTS = 15.0
"""Seconds in which a worker that has ended must be back."""
_NO_STORE = {"Cache-Control": "no-store"}


class Health(msgspec.Struct, omit_defaults=True):
    """How a server is."""

    status: str
    """`ok` or `bad`."""
    faults: list[str] = []
    """What is wrong, and what to do."""
    version: str | None = None
    schema: str | None = None
    """Of the ledger."""
    worker: bool | None = None
    """Does it run?"""
    queue: int | None = None
    """Pages that wait."""
    disk_free: int | None = None
    """Bytes beside the ledger."""


def routes(ops: Ops, *, clock: Callable[[], float] = time.monotonic) -> list[BaseRoute]:
    """The three. `clock`: seconds that never go back."""
    probe = Probe(ops, clock)
    return [
        Route("/health", probe.health),
        Route("/health/live", live),
        Route("/metrics", probe.metrics),
    ]


async def live(_: Request) -> Response:
    """It answers: no more is said."""
    return Response(b'{"status":"ok"}', 200, _NO_STORE, "application/json")


class Probe:
    """Looks how a server is. Remembers since when what is wrong has been so."""

    def __init__(self, ops: Ops, clock: Callable[[], float]) -> None:
        self._ops, self._clock = ops, clock
        self._room = CapacityLimiter(2)  # of its own: it answers while all other threads are at work
        self._counted = -KEPT
        self._gone_since: float | None = None
        self._stale_since: float | None = None

    async def health(self, request: Request) -> Response:
        """200 where all is well, 503 where it is not."""
        found = Health("bad", ["The ledger does not answer. Is its disk, or its server, there?"])
        with move_on_after(PATIENCE):
            found = await run_sync(self.look, limiter=self._room, abandon_on_cancel=True)
        told = found if self._ops.shows(request) else Health(found.status)
        status = 200 if found.status == "ok" else 503
        return Response(msgspec.json.encode(told), status, _NO_STORE, "application/json")

    async def metrics(self, request: Request) -> Response:
        """The figures, for those who may see them; for others there is no such page."""
        if not self._ops.shows(request):
            raise HTTPException(404)
        with move_on_after(PATIENCE):
            await run_sync(self._sample, limiter=self._room, abandon_on_cancel=True)
        return Response(self._ops.figures.text(), 200, _NO_STORE, MEDIA)

    def look(self) -> Health:
        """How it is."""
        faults = [*self._ledger(), *self._worker(), *self._disk()]
        desk, worker = self._ops.desk, self._ops.worker
        queue: int | None = None
        try:
            queue = None if desk is None else desk.jobs.waiting()
        except LedgerError as error:
            faults.append(f"The queue cannot be read: {error}")
        return Health(
            "bad" if faults else "ok",
            faults,
            version("whosays"),
            VERSION,
            None if worker is None else worker.pid is not None,
            queue,
            self._free(),
        )

    def _ledger(self) -> list[str]:
        ledger = self._ops.service.ledger
        if folder_of(ledger.where) is not None and not os.path.isfile(ledger.where):
            return [f"{ledger.where} is gone. Put it back, or stop this server."]
        try:
            ledger.weighings.version()
        except LedgerError as error:
            return [str(error)]
        return []

    def _worker(self) -> list[str]:
        """A worker that ends is started again at once; one that stays away is a fault."""
        if self._ops.worker is None or self._ops.worker.pid is not None:
            self._gone_since = None
            return []
        now = self._clock()
        self._gone_since = now if self._gone_since is None else self._gone_since
        if now - self._gone_since < WORKER_STARTS:
            return []
        return ["The worker cannot be started: pages that are handed in wait. The log says why; `whosays doctor` may."]

    def _disk(self) -> list[str]:
        free = self._free()
        if free is None or free >= LEAST_ROOM:
            return []
        return [f"There are {free / 1e6:.0f} MB left beside the ledger. Make room."]

    def _free(self) -> int | None:
        folder = folder_of(self._ops.service.ledger.where)
        try:
            return None if folder is None else shutil.disk_usage(folder).free
        except OSError:
            return None

    def _sample(self) -> None:
        """What is so now, into the figures."""
        found, figures, ledger, now = self.look(), self._ops.figures, self._ops.service.ledger, self._clock()
        try:
            stale = ledger.weighings.stale()
            if now - self._counted >= KEPT:
                figures.held(ledger.counts())
                self._counted = now
        except LedgerError:
            stale = self._stale_since is not None
        self._stale_since = (self._stale_since if self._stale_since is not None else now) if stale else None
        figures.state(
            queue_pages=found.queue or 0,
            worker_up=bool(found.worker),
            weighing_stale=stale,
            weighing_lag_seconds=0.0 if self._stale_since is None else now - self._stale_since,
            disk_free_bytes=found.disk_free or 0,
        )
        figures.memory(self._processes())

    def _processes(self) -> dict[str, int]:
        worker = self._ops.worker.pid if self._ops.worker is not None else None
        found = {"web": os.getpid()}
        if worker is not None:
            found["worker"] = worker
            for reader in children(worker)[:1]:
                found["reader"] = reader
        return found
