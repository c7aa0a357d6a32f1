"""What those who run a server ask of it: is it well, what does it do, what was it asked. Beside the API, and no part of it.

    /health        200 or 503, with what is wrong            health.py
    /health/live   200 while the process answers at all
    /metrics       Prometheus                                figures.py
    Requests       a line in the log, and a figure, for every request                 requests.py

`routes(ops)` and `Ops` are what server.py takes. Who may see what: `Ops.shows`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from whosays.engines.worker import Worker
from whosays.faces.config import Shown
from whosays.faces.desk import Desk
from whosays.faces.desk.door import is_loopback
from whosays.faces.ops.figures import Figures
from whosays.faces.service import Service

__all__ = ["Figures", "Ops", "folder_of"]

FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
"""Headers that a proxy adds: who sends one is not on this machine, whatever the connection says."""


@dataclass(frozen=True, slots=True)
class Ops:
    """A running server, as far as these pages need it."""

    service: Service
    desk: Desk | None = None
    figures: Figures = field(default_factory=Figures)
    worker: Worker | None = None
    """None: pages that are handed in wait for a worker elsewhere."""
    shown: Shown = Shown.LOOPBACK

    def shows(self, request: Request) -> bool:
        """May this one see figures? A public server shows none; else all may, or nobody, or who is on this machine: the connection is from
        there, it asks for a name of this machine, and no proxy has passed it on."""
        if self.service.profile.public or self.shown is Shown.OFF:
            return False
        if self.shown is Shown.ALL:
            return True
        near = request.client is not None and is_loopback(request.client.host)
        return near and is_loopback(request.url.hostname or "") and not any(one in request.headers for one in FORWARDED)


def folder_of(where: str) -> Path | None:
    """The folder of a ledger in a file; None where it is in memory, or on a server of databases."""
    return None if where.startswith(":") or "://" in where else Path(where).resolve().parent
