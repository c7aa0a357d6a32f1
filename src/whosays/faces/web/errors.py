"""Pages that say what went wrong and what to do: the same look, the words of `api/problems.py`.

    handlers() -> exception handlers for the application

What was asked of the API is answered as the API answers (RFC 9457). A bug of ours is 500 and says nothing of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from whosays.errors import LedgerError, Misuse
from whosays.faces.api import problems
from whosays.faces.web.rendering import path, render

TITLES = {
    401: "Sign in first",
    403: "That is not allowed",
    404: "There is no such page",
    405: "That cannot be done here",
    422: "That cannot be asked so",
    429: "Too many requests",
    500: "Something broke",
    503: "The ledger cannot be read now",
}


def handlers() -> Mapping[type[Exception] | int, Callable[[Request, Exception], Response]]:
    """By kind of error."""
    return {HTTPException: told, Misuse: told, LedgerError: told, problems.Refused: told, 500: broken}


def told(request: Request, error: Exception) -> Response:
    """An error that was foreseen."""
    refused = problems.refused(error)
    if refused is None:
        return broken(request, error)
    if request.url.path.startswith("/api/"):
        return problems.answer(request, refused)
    if refused.status == 401:
        target = _asked(request) if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?next={quote(target)}", 303)
    page = page_of(request, refused.status, refused.detail)
    page.headers.update(refused.headers)
    return page


def _asked(request: Request) -> str:
    """What was asked for, to the letter."""
    query = request.scope["query_string"].decode("latin-1")
    return path(request) + (f"?{query}" if query else "")


def broken(request: Request, error: Exception) -> Response:
    """A bug of ours: the server's log has it."""
    if request.url.path.startswith("/api/"):
        return problems.answer(request, problems.Refused(500, problems.MEANT[500]))
    return page_of(request, 500, problems.MEANT[500])


def page_of(request: Request, status: int, detail: str) -> Response:
    """The page."""
    title = TITLES.get(status, "That did not work")
    return render(request, "error.html", status, code=status, title=title, detail=_for_people(detail, status))


def _for_people(detail: str, status: int) -> str:
    """What Starlette says of a path that it does not know is no help."""
    if status == 404 and detail in ("Not Found", ""):
        return "Nothing lives at this address. Perhaps it was cut off when it was copied."
    return detail.replace("/api/v1/", "/")
