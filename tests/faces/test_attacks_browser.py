"""The hostile ledger in a real browser: no dialog opens, nothing breaks the CSP, nothing is asked of another host.

Left out, loudly, where there is no Chromium.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn

from tests.faces.desk.conftest import PASSWORD, Clock
from tests.faces.hostile import ACTS, fill, payload
from tests.faces.test_attacks import flat
from whosays import actors, ledger
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.desk import Desk, Door, Source
from whosays.faces.privacy import DESK
from whosays.faces.service import Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

PAGES = 30


@dataclass
class Site:
    """A server on a port, and its desk."""

    address: str
    desk: Desk
    paths: list[str]


@dataclass
class Seen:
    """What a browser had to say."""

    dialogs: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def anything(self) -> list[str]:
        return [*self.dialogs, *self.violations, *self.foreign, *self.errors]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    where = fill(tmp_path_factory.mktemp("hostile"), lambda n: payload(n * 7), pages=PAGES)
    listener = socket.create_server(("127.0.0.1", 0))
    clock = Clock()
    door = Door(port=listener.getsockname()[1])
    told: list[str] = []
    desk = desks.open(":memory:", source=Source(clock), door=door, tell=told.append)
    app = server.app(Service(ledger.open(where), actors.roster(None), DESK, clock), desk)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()

    yield Site(door.address, desk, list(flat(app.routes)))
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def watched(site: Site, browser: Browser) -> Iterator[tuple[Page, Seen]]:
    """A page of Chromium, and what it notices."""
    seen = Seen()

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            seen.violations.append(message.text)

    def opened(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def asked(request: Request) -> None:
        if not request.url.startswith((site.address + "/", "data:", f"blob:{site.address}")):
            seen.foreign.append(request.url)

    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", heard)
        page.on("dialog", opened)
        page.on("request", asked)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        yield page, seen


@pytest.mark.slow
def test_the_browser_notices_what_gets_through(watched: tuple[Page, Seen], site: Site) -> None:
    """Else the next tests test nothing: a page that is broken into, by our own hand, is noticed."""
    page, seen = watched
    page.goto(site.address + "/sign-in")
    page.evaluate(
        """() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="alert(1)"><img src="https://evil.example/x">') }"""
    )
    page.wait_for_timeout(500)
    assert seen.violations, "the CSP stops it, and says so"
    assert not seen.dialogs


@pytest.mark.slow
def test_every_page_is_quiet(watched: tuple[Page, Seen], site: Site) -> None:
    page, seen = watched
    waiting = [path for path in site.paths if "{" not in path and not path.startswith("/api")]
    visited: set[str] = set()
    sorts: dict[str, int] = {}
    while waiting and len(visited) < 60:
        path = waiting.pop(0)
        visited.add(path)
        page.goto(site.address + path, wait_until="load")
        assert seen.anything == [], path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            target = link.partition("#")[0].removeprefix(site.address)
            sort = target.partition("?")[0].split("/")[1] if target.startswith("/") else ""
            if target.startswith("/") and target not in visited and target not in waiting and sorts.get(sort, 0) < 8:
                sorts[sort] = sorts.get(sort, 0) + 1
                waiting.append(target)
    assert len(visited) >= 3


@pytest.mark.slow
def test_what_is_typed_into_addresses_stays_text(watched: tuple[Page, Seen], site: Site) -> None:
    page, seen = watched
    shown = [path for path in site.paths if not path.startswith("/api")]
    for number, act in enumerate(ACTS):
        path = shown[number % len(shown)].replace("{", "").split("/")
        filled = "/".join(quote(act, safe="") if "}" in part else part for part in path)
        page.goto(f"{site.address}{filled}?q={quote(act)}#{quote(act)}", wait_until="load")
        assert seen.anything == [], filled


@pytest.mark.slow
def test_a_form_from_elsewhere_does_nothing(watched: tuple[Page, Seen], site: Site) -> None:
    """A page of another origin, with the analyst signed in: its form, and its script, are refused."""
    page, _ = watched
    if not site.desk.users.all():
        site.desk.users.add("boris", PASSWORD, by="cli")
    page.goto(site.address + "/sign-in")
    page.fill("#name", "boris")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url(site.address + "/")
    cookie = next(one for one in page.context.cookies() if one["name"] == site.desk.door.cookie)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    other = f"<form method=post action='{site.address}/sign-out'><input name=csrf value=x><button>win a prize</button></form>"
    page.route("http://elsewhere.example/", lambda route: route.fulfill(body=other, content_type="text/html"))
    page.goto("http://elsewhere.example/")
    with page.expect_response(site.address + "/sign-out") as answer:
        page.click("button")
    assert answer.value.status == 403
    assert site.desk.sessions.who(cookie["value"]) is not None, "he is still signed in"
