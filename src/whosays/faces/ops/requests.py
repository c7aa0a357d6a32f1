"""Every request, told and counted: method, template of its path, status, time. An ASGI layer around all others.

What was asked for does not get here: a path may spell a name, a query what somebody is looking for, a header a token.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whosays.faces.ops.figures import METHODS, Figures
from whosays.logs import Level, event

NOWHERE = "-"
"""Template of a request that reached no route."""

_LOG = logging.getLogger("whosays.request")


class Requests:
    """The layer. `clock`: seconds that never go back."""

    def __init__(
        self, app: ASGIApp, *, routes: Iterable[BaseRoute], figures: Figures, clock: Callable[[], float]
    ) -> None:
        self._app, self._figures, self._clock = app, figures, clock
        self._templates = templates(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, took = self._clock(), 500, 0.0

        async def seen(message: Message) -> None:
            nonlocal status, took
            if message["type"] == "http.response.start":
                status, took = message["status"], self._clock() - began
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            path = self._templates.get(id(scope.get("endpoint")), NOWHERE)
            took = took or self._clock() - began
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._figures.request(method, path, status, took)
            event(_LOG, Level.INFO, "request", method=method, path=path, status=status, ms=1000 * took)


def templates(routes: Iterable[BaseRoute]) -> dict[int, str]:
    """Template of the path by identity of what answers there. What answers at several paths goes by the first."""
    found: dict[int, str] = {}
    for route in routes:
        if isinstance(route, Route):
            found.setdefault(id(route.endpoint), route.path)
        elif isinstance(route, Mount):
            found.setdefault(id(route.app), route.path + "/{file}")
    return found
