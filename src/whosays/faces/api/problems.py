"""Refusals and failures as RFC 9457 has them: `application/problem+json`, whatever it was that went wrong.

Refused(status, detail, …)       raised by handlers         answer(request, refused) -> response
refused(error) -> Refused        what other errors come to; None: a bug of ours
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from whosays.errors import LedgerError, Misuse
from whosays.faces.views.common import Missing
from whosays.faces.views.paging import BadCursor

MEDIA = "application/problem+json"
_LOG = logging.getLogger("whosays.api")

MEANT = {
    400: "The request is not as HTTP or JSON wants it.",
    401: "Writing needs a user: sign in, or send a token (`Authorization: Bearer …`).",
    403: "This user may not do that, or the form is not one of ours.",
    404: "There is nothing of that id or key; or the cursor belongs to another list.",
    405: "The path does not take this method; `Allow` names those that it takes.",
    406: "Nothing that is accepted can be sent; the detail names what can.",
    409: "It has changed, or was done already.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is of a kind that is not read here; the detail names those that are.",
    421: "The server does not answer to that host name.",
    422: "A parameter or the body is not as described; the detail says which and why.",
    429: "Too many requests from one address; `Retry-After` says in how many seconds there is room.",
    431: "The headers are too large.",
    500: "A bug of ours. It was written to the server's log.",
    503: "The ledger cannot be read now. Ask again in a few seconds; the server's log says why.",
}
"""What each status means here: the OpenAPI document and the page for people say the same."""


class Problem(Struct, frozen=True):
    """What went wrong (RFC 9457)."""

    type: Annotated[str, Meta(description="Where this sort of problem is described.")]
    title: Annotated[str, Meta(description="The sort of problem.")]
    status: Annotated[int, Meta(description="The HTTP status.")]
    detail: Annotated[str, Meta(description="What, where, and the next step.")]
    instance: Annotated[str, Meta(description="The path that was asked for.")]
    known: Annotated[list[str], Meta(description="Names of the parameters that are known, where one was not.")] = []


class Refused(Exception):
    """A request that is not answered as asked."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, known: tuple[str, ...] = ()
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.known = status, detail, dict(headers or {}), known


def refused(error: Exception) -> Refused | None:
    """What an error comes to. None: nobody foresaw it."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Missing | BadCursor):
        return Refused(404, str(error))
    if isinstance(error, Misuse):
        return Refused(422, str(error))
    if isinstance(error, LedgerError):
        _LOG.error("%s", error)  # it names files of this machine, which are nobody's business
        return Refused(503, MEANT[503], headers={"Retry-After": "5"})
    if isinstance(error, HTTPException):
        status = 422 if error.status_code == 400 else error.status_code
        return Refused(status, error.detail or MEANT.get(status, ""), headers=error.headers)
    return None


def answer(request: Request, refused: Refused) -> Response:
    """The problem as it is sent."""
    path = request.url.path
    body = Problem(
        type=f"/api/v1/docs#problem-{refused.status}",
        title=HTTPStatus(refused.status).phrase,
        status=refused.status,
        detail=refused.detail,
        instance=path.encode("utf-8", "replace").decode("utf-8"),
        known=list(refused.known),
    )
    headers = {"Cache-Control": "no-store", **refused.headers}
    return Response(msgspec.json.encode(body), refused.status, headers, MEDIA)
