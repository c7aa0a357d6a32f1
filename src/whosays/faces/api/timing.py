"""Server-Timing: how long the server took, on every answer. The benchmark reads it, and so can a browser's tools.

An ASGI layer: from the request's arrival here to the first byte of the answer; what the network takes is not in it.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Timing:
    """The layer. `clock`: seconds that never go back."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float]) -> None:
        self._app, self._clock = app, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._clock()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = 1000 * (self._clock() - began)
                MutableHeaders(scope=message)["Server-Timing"] = f"total;dur={took:.1f}"
            await send(message)

        await self._app(scope, receive, timed)
