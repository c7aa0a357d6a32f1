"""The desk: who may write, and everything that keeps strangers from it.

    user  require  writer  check_csrf  csrf_token  note     what a handler asks (guard.py; read it first)
    open  of  Desk  Door                                    the desk of a running server
    own_page                                                where to go on after a form, never elsewhere
    install(app, desk)  routes(render)                      what server.py puts together

values.py who may do what, as values · tables.py, store.py the file `<ledger>.desk` · users.py sessions.py tokens.py its verbs ·
door.py where the server stands · shield.py what holds for every request · signin.py two pages. Why: docs/security.md
"""

from __future__ import annotations

from starlette.applications import Starlette

from whosays.faces.desk.desk import Desk, of, open  # noqa: A004  (desk.open)
from whosays.faces.desk.door import Door, own_page
from whosays.faces.desk.guard import address, check_csrf, csrf_token, form, note, require, user, writer
from whosays.faces.desk.shield import Refuse, Shield, in_words
from whosays.faces.desk.signin import routes
from whosays.faces.desk.store import Source
from whosays.faces.desk.values import Act, Scope, User, Via

__all__ = [
    "Act",
    "Desk",
    "Door",
    "Scope",
    "Source",
    "User",
    "Via",
    "address",
    "check_csrf",
    "csrf_token",
    "form",
    "install",
    "note",
    "of",
    "open",
    "own_page",
    "require",
    "routes",
    "user",
    "writer",
]


def install(app: Starlette, desk: Desk | None, *, refuse: Refuse = in_words, images: str | None = None) -> None:
    """Put the shield around an application, and the desk where handlers find it. Without a desk nobody can write. `refuse`: how
    the shield says no. `images`: an origin beside ours that pages may load images from."""
    app.state.desk = desk
    app.add_middleware(Shield, door=Door() if desk is None else desk.door, refuse=refuse, images=images)
