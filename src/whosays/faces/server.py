"""`whosays serve`: the pages, the API and the desk, put together as one ASGI application.

app(service, desk) -> Starlette

api/     /api/v1/…           JSON, its routes are one table that is also the OpenAPI document
web/     /, /map, /place/…   pages, rendered here; small scripts
desk/    /sign-in, …         who may write; and the shield around all of it
ops/     /health, /metrics   for what watches over the server

A request passes, from the outside in: counting (ops/requests.py), timing, the shield (desk/shield.py), gzip, the routes.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from whosays.engines.jobs import Jobs
from whosays.faces import api, tiles, web
from whosays.faces import desk as desks
from whosays.faces.api.timing import Timing
from whosays.faces.ops import Ops, health
from whosays.faces.ops.requests import Requests
from whosays.faces.service import Service

THREADS = 6
"""That answer at once. One runs Python at a time: with many, each waits for all others, and none is done soon."""

GZIP_FROM = 800
"""Bytes: less fits into one packet anyway."""


def app(
    service: Service,
    desk: desks.Desk | None = None,
    *,
    limits: api.Limits | None = None,
    jobs: Jobs | None = None,
    ops: Ops | None = None,
) -> Starlette:
    """The application, without a server around it: tests call it so. Without a desk it only shows, without a queue nobody hands
    in pages. `ops`: where its figures are, and its worker."""
    ops = ops or Ops(service, desk)
    routes = [
        *api.routes(limits or api.Limits()),
        *desks.routes(web.render),
        *health.routes(ops),
        *web.routes(),
    ]
    built = Starlette(routes=routes, exception_handlers=web.handlers(), lifespan=_few_threads)
    built.state.service, built.state.jobs = service, jobs
    built.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM, compresslevel=5)
    desks.install(built, desk, refuse=api.refuse, images=tiles.origin(service.tiles) if service.tiles else None)
    built.add_middleware(Timing, clock=time.perf_counter)
    built.add_middleware(Requests, routes=routes, figures=ops.figures, clock=time.perf_counter)
    return built


@asynccontextmanager
async def _few_threads(_: Starlette) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = THREADS
    yield
