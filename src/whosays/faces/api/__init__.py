"""The API under /api/v1: JSON from `faces/views/`. One table of operations (`table.py`, read it first) serves and is documented.

    table.py       OPERATIONS: path, method, query, answer, example; its rows stand in table_read.py, table_write.py, map.py
    operation.py   Operation, Incoming, and how a query is read into its Struct
    resource.py    the ASGI application of one path: who may, what is accepted, ETag, problems
    bodies.py      JSON bodies, within limits
    problems.py    RFC 9457: every refusal and failure, the framework's too
    openapi.py     the same table as an OpenAPI 3.1 document, and as what the page for people shows
    writing.py     pages handed in, judgements, webhooks            webhooks.py  tells them        exporting.py feed.py accept.py
    limits.py      how often one address may search or write
    timing.py      Server-Timing

`routes(limits)` is what server.py takes.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from whosays.faces.api import problems
from whosays.faces.api.limits import Limits

__all__ = ["Limits", "refuse", "routes"]


def routes(limits: Limits) -> list[BaseRoute]:
    """All of /api, with an answer for what is not there."""
    from whosays.faces.api import table

    return table.routes(limits)


def refuse(request: Request, status: int, words: str) -> Response:
    """How the server says no to a request that reaches no route: a problem under /api, else plain text."""
    if request.url.path.startswith("/api/"):
        return problems.answer(request, problems.Refused(status, words))
    return PlainTextResponse(words + "\n", status)
