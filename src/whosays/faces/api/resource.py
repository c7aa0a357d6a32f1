"""One path of the API as an ASGI application: it finds the operation, sees to it that it may be asked, and sends what it gives.

Whatever happens, the answer is what the OpenAPI document says: JSON, or a problem (RFC 9457). Operations run in threads: the ledger is
read without blocking others. What is sent has a weak ETag made of its content; who has it already is sent 304 and no body.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from whosays import wire
from whosays.faces import desk as desks
from whosays.faces.api import problems
from whosays.faces.api.accept import chosen
from whosays.faces.api.limits import Buckets
from whosays.faces.api.operation import JSON, Dear, Incoming, Operation, Sent
from whosays.faces.api.problems import Refused
from whosays.faces.service import of
from whosays.logs import Level, event
from whosays.settings import MAX_PAGE_BYTES

_LOG = logging.getLogger("whosays.api")

MAX_JSON_BYTES = 64_000
"""Of a JSON body. Pages to be read come as they are, not inside JSON."""

PARAMETERS = 50
"""In a query at most: parsing more only costs."""


class Resource:
    """The operations of one path."""

    def __init__(
        self, operations: Sequence[Operation], buckets: Mapping[Dear, Buckets], clock: Callable[[], float]
    ) -> None:
        self._path = operations[0].path
        self._by_method = {one.method: one for one in operations}
        if "GET" in self._by_method:
            self._by_method["HEAD"] = self._by_method["GET"]
        self._allow = {"Allow": ", ".join([*self._by_method, "OPTIONS"])}
        self._buckets, self._clock = buckets, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Exception as error:  # noqa: BLE001  (the edge: whatever else escapes is our bug)
            found = problems.refused(error)
            if found is None:
                event(_LOG, Level.ERROR, "a bug of ours", error, method=request.method, path=self._path)
                found = Refused(500, "A bug of ours. The server's log has it; please report it with this address.")
            response = problems.answer(request, found)
        if request.method == "HEAD":
            response = Response(None, response.status_code, dict(response.headers))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(None, 204, self._allow)
        operation = self._by_method.get(request.method)
        if operation is None:
            told = f"{request.method} is not for this path. It takes {self._allow['Allow']}."
            raise Refused(405, told, headers=self._allow)
        media = chosen(request.headers.get("accept"), operation.media)
        if media is None:
            raise Refused(
                406, f"This can be sent as {' or '.join(operation.media)} only. Say so in `Accept`, or leave it out."
            )
        self._limit(request, operation)
        incoming = _incoming(request, media)
        if operation.scope is not None:
            user = await desks.writer(request, operation.scope)
            incoming = replace(incoming, user=user.name, desk=desks.of(request), jobs=request.app.state.jobs)
        if operation.takes:
            incoming = replace(incoming, body=await _body(request, operation), kind=_kind(request))
        found = await run_sync(operation.run, incoming)
        if operation.act is not None:
            await run_sync(desks.note, request, operation.act, getattr(found, "id", request.url.path))
        return _sent(request, operation, found, media)

    def _limit(self, request: Request, operation: Operation) -> None:
        bucket = self._buckets.get(operation.dear)
        who = request.client.host if request.client else "unknown"
        wait = bucket.take(who, self._clock()) if bucket is not None else 0
        if wait:
            seconds = math.ceil(wait)
            told = f"Too many requests of this sort from your address. There is room in {seconds} s."
            raise Refused(429, told, headers={"Retry-After": str(seconds)})


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _body(request: Request, operation: Operation) -> bytes:
    """The body, of a kind and length that the operation takes."""
    kind = _kind(request)
    if kind not in operation.takes:
        raise Refused(415, f"A body of {kind or 'no kind'} is not read here. Send {' or '.join(operation.takes)}.")
    body = bytearray()
    most = MAX_JSON_BYTES if kind == JSON else MAX_PAGE_BYTES
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise Refused(413, f"A body of more than {most:,} bytes is not read.")
    return bytes(body)


def _incoming(request: Request, media: str) -> Incoming:
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("latin-1"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise Refused(422, "The query is not UTF-8.") from error
    except ValueError as error:
        raise Refused(422, f"More than {PARAMETERS} parameters are not taken.") from error
    desk = desks.of(request)
    return Incoming(
        service=of(request),
        pairs=pairs,
        path=request.path_params,
        media=media,
        address=request.client.host if request.client else "unknown",
        base=(desk and desk.door.origin) or f"{request.url.scheme}://{request.url.netloc}",
    )


def _sent(request: Request, operation: Operation, found: object, media: str) -> Response:
    if operation.status == 204:
        return Response(None, 204)
    sent = found if isinstance(found, Sent) else Sent(wire.encode(found), media, operation.status)
    headers = {"Vary": "Accept, Accept-Encoding", **sent.headers}
    if not isinstance(sent.content, bytes):
        return Streamed(sent.content, sent.status, headers, sent.media)
    if request.method in ("GET", "HEAD"):
        headers["ETag"] = f'W/"{hashlib.blake2b(sent.content, digest_size=12).hexdigest()}"'
        headers["Cache-Control"] = "no-cache"
        if (after := getattr(found, "next", None)) is not None:
            headers["Link"] = f'<{_next(request, after)}>; rel="next"'
        if _has(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(None, 304, headers)
    return Response(sent.content, sent.status, headers, sent.media)


class Streamed(StreamingResponse):
    """Sent piece by piece. What makes the pieces is closed when the last is sent or the reader is gone, and lets go of the ledger:
    by itself Python would do so some time later."""

    def __init__(self, pieces: Iterable[bytes], status: int, headers: Mapping[str, str], media: str) -> None:
        super().__init__(pieces, status, headers, media)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if isinstance(self._pieces, Generator):
                await run_sync(self._pieces.close)


def _next(request: Request, cursor: str) -> str:
    """Address of the part that follows."""
    kept = [pair for pair in parse_qsl(request.scope["query_string"].decode("latin-1")) if pair[0] != "cursor"]
    path = request.scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1") or request.url.path
    return f"{path}?{urlencode([*kept, ('cursor', cursor)])}"


def _has(given: str | None, tag: str) -> bool:
    """Is this the content that the client has? Weak comparison, as RFC 9110 13.1.2 wants it."""
    if given is None:
        return False
    tags = [one.strip().removeprefix("W/") for one in given.split(",")]
    return "*" in tags or tag.removeprefix("W/") in tags
