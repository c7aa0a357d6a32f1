"""/sign-in and /sign-out: with a name and a password, or by the one-time link that `whosays serve` prints.

    routes(render) -> routes      `render`: web.render, handed in, since pages ask the desk who is signed in

Wrong name, wrong password, closed account: the same words after the same time. Who fails too often, by name or from an
address, waits; a right password does not help meanwhile. Every failure is in the audit log.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from whosays.faces.desk import guard
from whosays.faces.desk.desk import Desk, of
from whosays.faces.desk.door import own_page
from whosays.faces.desk.sessions import LIFE
from whosays.faces.desk.values import Act, Via

WITHIN = timedelta(minutes=15)
BY_NAME, BY_ADDRESS = 20, 10
"""Failures after which there is no more trying, for WITHIN of the last."""
WRONG = "That name and password do not go together."
OLD_LINK = "This link has been used, or is too old. Whoever runs the server can print another one."
WAIT = "Too many failed tries. Wait a quarter of an hour."


class Render(Protocol):
    """`web.render`."""

    def __call__(self, request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse: ...


def routes(render: Render) -> list[BaseRoute]:
    """Both pages."""
    pages = _Pages(render)
    return [
        Route("/sign-in", pages.ask, methods=["GET"]),
        Route("/sign-in", pages.answer, methods=["POST"]),
        Route("/sign-in/link", pages.new_link, methods=["POST"]),
        Route("/sign-out", pages.leave, methods=["POST"]),
    ]


class _Pages:
    def __init__(self, render: Render) -> None:
        self._render = render

    def ask(self, request: Request) -> Response:
        """The form; or, with the key of a link, straight in."""
        desk = _desk(request)
        key = request.query_params.get("key")
        if key is None:
            return self._form(request, desk)
        if {"prefetch", "prerender"} & set(request.headers.get("sec-purpose", "").replace(";", " ").split()):
            return Response(status_code=503)  # a browser that looks ahead must not use the link up
        name = desk.sessions.follow(key) if desk.door.loopback else None
        if name is None:
            return self._form(request, desk, OLD_LINK, 403)
        return _enter(request, desk, name, Via.LINK, "/")

    async def answer(self, request: Request) -> Response:
        """Name and password."""
        desk = _desk(request)
        await guard.check_csrf(request)
        fields = await guard.form(request)
        name, password = str(fields.get("name", "")), str(fields.get("password", ""))
        target = own_page(str(fields.get("next", "")))
        if _waits(desk, request, name):
            return self._form(request, desk, WAIT, 429)
        known = await run_in_threadpool(desk.users.check, name, password)
        if known is None:
            desk.store.note(name, Act.SIGN_IN_FAILED, address=guard.address(request))
            return self._form(request, desk, WRONG, 403, target)
        return _enter(request, desk, known, Via.PASSWORD, target)

    async def new_link(self, request: Request) -> Response:
        """Print another one-time link in the terminal of whoever runs the server; on loopback, where nobody has an account."""
        desk = _desk(request)
        await guard.check_csrf(request)
        if not desk.door.loopback or desk.users.all():
            raise HTTPException(403, "Here one signs in with a name and a password.")
        desk.print_link()
        return self._form(request, desk, "A new link stands in the terminal in which `whosays serve` runs.")

    async def leave(self, request: Request) -> Response:
        """The session ends here and in the store."""
        desk = _desk(request)
        await guard.check_csrf(request)
        cookie = guard.session(request)
        if cookie is not None:
            guard.note(request, Act.SIGNED_OUT)
            desk.sessions.end(cookie)
        response = RedirectResponse("/", 303)
        response.delete_cookie(desk.door.cookie, secure=desk.door.secure, httponly=True, samesite="lax")
        response.headers["clear-site-data"] = '"cache"'
        return response

    def _form(
        self, request: Request, desk: Desk, message: str | None = None, status: int = 200, target: str | None = None
    ) -> Response:
        secret = guard.visit(request)
        if secret is None:
            secret = desk.store.source.secret()
            guard.open_visit(request, secret)
        target = target or own_page(request.query_params.get("next", ""))
        link = desk.door.loopback and not desk.users.all()
        page = self._render(
            request,
            "sign-in.html",
            status,
            message=message,
            next=target,
            link=link,
            door=desk.door,
            csrf_token=guard.csrf_token,
        )
        page.set_cookie(guard.VISIT, secret, path="/sign-in", httponly=True, samesite="strict", secure=desk.door.secure)
        page.headers["cache-control"] = "no-store"
        if status == 429:
            page.headers["retry-after"] = str(int(WITHIN.total_seconds()))
        return page


def _desk(request: Request) -> Desk:
    desk = of(request)
    if desk is None:
        raise HTTPException(404, "Nobody can sign in here: this server only shows.")
    return desk


def _waits(desk: Desk, request: Request, name: str) -> bool:
    by_name, by_address = desk.store.failures(WITHIN, who=name, address=guard.address(request))
    return by_name >= BY_NAME or by_address >= BY_ADDRESS


def _enter(request: Request, desk: Desk, name: str, via: Via, target: str) -> Response:
    secret = desk.sessions.begin(name, via, was=guard.session(request))
    desk.store.note(name, Act.SIGNED_IN, via, address=guard.address(request))
    guard.forget(request)
    response = RedirectResponse(target, 303)
    response.set_cookie(
        desk.door.cookie,
        secret,
        max_age=int(LIFE.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=desk.door.secure,
    )
    response.delete_cookie(guard.VISIT, path="/sign-in", secure=desk.door.secure, httponly=True, samesite="strict")
    response.headers["cache-control"] = "no-store"
    return response
