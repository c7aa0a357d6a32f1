"""The table of operations: what the API is. It serves (`routes`), and it is the OpenAPI document and the page at /api/v1/docs.

To add one: a query in `queries.py`, a view in `faces/views/`, a row in `table_read.py` or `table_write.py` with an example that the
sample pages answer.
"""

from __future__ import annotations

import time
from functools import cache
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Send
from starlette.types import Scope as Asgi

from whosays import wire
from whosays.faces.api import openapi, problems
from whosays.faces.api.limits import Buckets, Limits
from whosays.faces.api.map import MAP
from whosays.faces.api.operation import Dear, Incoming, NoQuery, Operation, Sent
from whosays.faces.api.resource import Resource
from whosays.faces.api.table_read import READING
from whosays.faces.api.table_write import WRITING


def _document(_: Incoming) -> Sent:
    return Sent(document())


THE_DOCUMENT = Operation(
    method="GET",
    path="/openapi.json",
    name="getDocument",
    summary="This document.",
    query=NoQuery,
    answer=None,
    run=_document,
    example="/api/v1/openapi.json",
)

OPERATIONS: tuple[Operation, ...] = (*READING, *MAP, *WRITING, THE_DOCUMENT)


@cache
def document() -> bytes:
    """The OpenAPI document, made once."""
    from importlib.metadata import version

    return wire.encode(openapi.document(OPERATIONS, version=version("whosays")))


def routes(limits: Limits) -> list[BaseRoute]:
    """One route for each path; what is below /api and not there is a problem too."""
    buckets = {Dear.SEARCH: Buckets(limits.searches), Dear.WRITE: Buckets(limits.writes)}
    made: list[BaseRoute] = []
    for path, same in groupby(OPERATIONS, key=lambda one: one.path):
        made.append(Route(openapi.ROOT + path, Resource(tuple(same), buckets, time.monotonic)))
    made.append(Route(openapi.ROOT + "/docs", _manual))
    return [*made, Route("/api/{rest:path}", _Nothing()), Route("/api", _Nothing())]


def _manual(request: Request) -> Response:
    """The table as a page for people."""
    from whosays.faces import web

    return web.render(request, "api.html", sections=openapi.sections(OPERATIONS), problems=problems.MEANT)


class _Nothing:
    """Answers for paths that are not there."""

    async def __call__(self, scope: Asgi, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        told = problems.Refused(404, f"There is no such path. {openapi.ROOT}/docs lists those that there are.")
        answer: Response = problems.answer(request, told)
        if request.method == "HEAD":
            answer = Response(None, 404, dict(answer.headers))
        await answer(scope, receive, send)
