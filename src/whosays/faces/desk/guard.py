"""Who asks, and may he? Every handler that writes begins with `await writer(request, Scope.…)`, and with nothing else.

    user(request) -> User | None        who it is
    require(request, scope) -> User     … and that he may; else 401 or 403
    await check_csrf(request)           that the form is ours; else 403
    await writer(request, scope)        both: the one way to write
    csrf_token(request) -> str          for the hidden field `csrf` of every form, and for `<meta name=csrf>`
    note(request, act, subject)         a line of the audit log

**Forged requests.** A page elsewhere can make a browser send us a form with the analyst's cookie. Three locks, each enough:
the cookie is SameSite=Lax; what changes anything must say `Origin` or `Sec-Fetch-Site` of our own (`shield.py`, for every
handler, so none can forget it); and it must bring a token that only our pages know: HMAC-SHA256 of a constant under the
session's secret, in the field `csrf` or the header `X-CSRF-Token`. It is bound to the session and needs no place in the store.
Programs with a token need none of it: a browser adds no `Authorization` by itself, and with one, cookies are not looked at.
"""

from __future__ import annotations

import hashlib
import hmac

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request

from whosays.faces.desk.desk import Desk, of
from whosays.faces.desk.values import ALL, Act, Scope, User, Via

CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
VISIT = "whosays-visit"
"""Cookie of somebody who is about to sign in: his form needs a token too, or a stranger could sign him in as another."""
LONGEST_COOKIE = 200
MAX_FIELDS, MAX_FILES, MAX_FIELD = 100, 20, 1_000_000
"""Fields and files of a form, and bytes of a field."""

_KNOWN = "whosays.user"
_NEW_VISIT = "whosays.visit"


def user(request: HTTPConnection) -> User | None:
    """Who asks; None for a stranger, who may read, also with a token that is not in force. Never raises: error pages ask too."""
    if _KNOWN not in request.scope:
        desk = of(request)
        request.scope[_KNOWN] = None if desk is None else _who(request, desk)
    found: User | None = request.scope[_KNOWN]
    return found


def require(request: HTTPConnection, scope: Scope = Scope.JUDGE) -> User:
    """Who asks, where he may do this. Raises HTTPException 401 or 403, which say what to do."""
    found = user(request)
    if found is None and _bearer(request) is not None:
        challenge = 'Bearer realm="whosays", error="invalid_token"'
        raise HTTPException(401, "This token is not in force.", {"WWW-Authenticate": challenge})
    if found is None:
        raise HTTPException(401, "Sign in first, or send a token.", {"WWW-Authenticate": 'Bearer realm="whosays"'})
    if not found.may(scope):
        note(request, Act.REFUSED, f"{request.url.path}: needs {scope}")
        raise HTTPException(403, f"This token may not {scope}. `whosays token add` makes one that may.")
    return found


async def writer(request: Request, scope: Scope) -> User:
    """Who writes. The one gate before every change."""
    found = require(request, scope)
    await check_csrf(request)
    return found


async def check_csrf(request: Request) -> None:
    """Is this request from one of our pages? Raises HTTPException 403. A form that is too big raises 400."""
    who = user(request)
    if who is not None and who.via is Via.TOKEN:
        return
    secret = _secret(request)
    given = request.headers.get(CSRF_HEADER)
    if given is None and _is_form(request):
        value = (await form(request)).get(CSRF_FIELD)
        given = value if isinstance(value, str) else None
    if secret is None or given is None or not hmac.compare_digest(given.encode(), _token(secret).encode()):
        note(request, Act.REFUSED, f"{request.url.path}: no token of ours in the form")
        raise HTTPException(403, "This form is out of date, or not ours. Load the page again and send it from there.")


async def form(request: Request) -> FormData:
    """The form, within limits. Raises HTTPException 400 where it is beyond them, or in other letters than UTF-8: no browser sends such,
    and some of Python's codecs fail, or make what UTF-8 cannot hold. Read once, kept with the request."""
    _, told = parse_options_header(request.headers.get("content-type"))
    if told.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise HTTPException(400, "Forms are read as UTF-8 only.")
    return await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=MAX_FIELD)


def csrf_token(request: HTTPConnection) -> str:
    """The token for a form on this page; empty for a stranger, who has no form but the one to sign in."""
    secret = _secret(request)
    return "" if secret is None else _token(secret)


def note(request: HTTPConnection, what: Act, subject: str = "") -> None:
    """Write down who did what, from where. A server without a desk keeps no log."""
    desk = of(request)
    if desk is not None:
        who = user(request)
        desk.store.note("" if who is None else who.name, what, subject, address=address(request))


def address(request: HTTPConnection) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "unknown"


def session(request: HTTPConnection) -> str | None:
    """The secret in the session's cookie, whether or not it is worth anything."""
    desk = of(request)
    return None if desk is None else _cookie(request, desk.door.cookie)


def visit(request: HTTPConnection) -> str | None:
    """The secret of one who is about to sign in."""
    return request.scope.get(_NEW_VISIT) or _cookie(request, VISIT)


def open_visit(request: HTTPConnection, secret: str) -> None:
    """Let `csrf_token` speak for a visit whose cookie goes out with this response."""
    request.scope[_NEW_VISIT] = secret


def forget(request: HTTPConnection) -> None:
    """Look again who it is: he has just signed in or out."""
    request.scope.pop(_KNOWN, None)


# ------------------------------------------------------------------------------------------------------------- helpers


def _who(request: HTTPConnection, desk: Desk) -> User | None:
    bearer = _bearer(request)
    if bearer is not None:
        token = desk.tokens.who(bearer)
        if token is None:
            return None
        return User(token.signs, token.scopes, Via.TOKEN)
    cookie = session(request)
    found = None if cookie is None else desk.sessions.who(cookie)
    if found is None:
        return None
    name, via = found
    if via is Via.LINK and not desk.door.loopback:
        return None  # made when the server was for this machine only
    return User(name, ALL, via)


def _bearer(request: HTTPConnection) -> str | None:
    """What stands in `Authorization`, whatever its scheme: with one, cookies count for nothing."""
    given = request.headers.get("authorization")
    return None if given is None else given.removeprefix("Bearer ").strip()[:LONGEST_COOKIE]


def _cookie(request: HTTPConnection, name: str) -> str | None:
    value = request.cookies.get(name)
    return value if value and len(value) <= LONGEST_COOKIE else None


def _secret(request: HTTPConnection) -> str | None:
    """What the token of this page hangs on: the session, or the visit."""
    return session(request) if user(request) is not None else visit(request)


def _token(secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "replace"), b"whosays form", hashlib.sha256).hexdigest()


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("application/x-www-form-urlencoded", "multipart/form-data")
