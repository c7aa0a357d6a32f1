"""What holds for every request and every answer, whatever handler it goes to: an ASGI layer around the application.

    Shield(app, door, images=)

In: a `Host` that is not ours (421), a path with control characters or backslashes (400), more or larger headers than
anyone needs (431), a body beyond the cap, declared or sent (413), and a change asked for by a page that is not ours (403)
get no further. Out: the headers by which a browser refuses what we never send, so that a hole in a template is not yet a
hole. Strangers get plain-text answers here, and problems from the API; nothing of the request is repeated in them but the path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whosays.faces.desk.door import Door
from whosays.settings import MAX_BODY_BYTES

MAX_HEADERS, MAX_HEADER_BYTES, MAX_PATH = 100, 32_000, 32_000
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def policy(images: str | None = None) -> str:
    """No inline script or style, nothing from elsewhere; but for map tiles from the one origin that the operator named."""
    also = f" {images}" if images else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data:{also}",
            f"connect-src 'self'{also}",
            "worker-src 'self'",
            "font-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",  # for browsers that do not know frame-ancestors
    "referrer-policy": "same-origin",  # `no-referrer` would make browsers send `Origin: null` with our own forms
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HSTS = "max-age=31536000"
PRIVATE = "private, no-cache"
"""For those who are signed in: no shared cache keeps it, and theirs asks whether it is still so."""


Refuse = Callable[[Request, int, str], Response]
"""How a status and its words become an answer."""


def in_words(request: Request, status: int, words: str) -> Response:
    """As plain text: nothing of the request is in it."""
    return PlainTextResponse(words + "\n", status)


class Shield:
    """The layer."""

    def __init__(self, app: ASGIApp, door: Door, refuse: Refuse = in_words, images: str | None = None) -> None:
        self._app, self._door, self._refuse = app, door, refuse
        self._always = ALWAYS | {"content-security-policy": policy(images)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # no web sockets here
        headers = Headers(scope=scope)
        sent = _Out(send, self._door, self._always, private="cookie" in headers or "authorization" in headers)
        wrong = self._wrong(scope, headers)
        if wrong is not None:
            status, words = wrong
            await self._refuse(Request(scope), status, words)(scope, receive, sent)
            return
        await self._app(scope, _In(receive), sent)

    def _wrong(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._door.answers(hosts[0]):
            return 421, "This server does not answer to that name. Start it with --origin to give it another."
        if len(scope["headers"]) > MAX_HEADERS or sum(len(k) + len(v) for k, v in scope["headers"]) > MAX_HEADER_BYTES:
            return 431, "Too many headers, or too long."
        path = scope["path"]
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MAX_PATH:
            return 414, "The address is too long."
        if "\\" in path or any(ord(c) < 32 or ord(c) == 127 for c in path):
            return 400, "The address has characters that no address here has."
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400, "Content-Length is no number."
        if int(length[:20]) > MAX_BODY_BYTES:
            return 413, f"More than {MAX_BODY_BYTES:,} bytes are not taken."
        if scope["method"] not in SAFE and "authorization" not in headers and not self._ours(headers, hosts[0]):
            return 403, "This change was asked for by a page that is not ours."
        return None

    def _ours(self, headers: Headers, host: str) -> bool:
        """Does the browser say that one of our pages sent this? A browser that says nothing at all is not believed."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return False
        if origin is not None:
            return self._door.own(origin, host)
        return site == "same-origin"


class _In:
    """The body, counted as it comes."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0

    async def __call__(self) -> Message:
        """The next piece. Raises HTTPException 413, which the application answers with."""
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MAX_BODY_BYTES:
            raise HTTPException(413, f"More than {MAX_BODY_BYTES:,} bytes are not taken.")
        return message


class _Out:
    """The answer, with our headers."""

    def __init__(self, send: Send, door: Door, always: Mapping[str, str], *, private: bool) -> None:
        self._send, self._door, self._always, self._private = send, door, always, private

    async def __call__(self, message: Message) -> None:
        """Pass it on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in self._always.items():
                headers[name] = value
            if self._door.tls:
                headers["strict-transport-security"] = HSTS
            headers.add_vary_header("Cookie, Authorization")
            if self._private:
                kept = headers.get("cache-control", "")
                headers["cache-control"] = kept if "no-store" in kept else PRIVATE
            del headers["server"]
        await self._send(message)
