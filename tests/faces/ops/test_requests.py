"""Requests in the log: a line each, and nothing in it by which one could tell who looked for what."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.faces.ops.conftest import Site
from whosays.faces.ops.requests import templates
from whosays.faces.views import home
from whosays.logs import Format, Level, start


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    log = logging.getLogger("whosays")
    before = log.handlers[:], log.propagate, log.level
    out = io.StringIO()
    start(Level.INFO, Format.JSON, stream=out)
    yield out
    log.handlers[:], log.propagate = before[0], before[1]
    log.setLevel(before[2])


def lines(told: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


def test_a_request_is_a_line_with_the_template_of_its_path(site: Site, told: io.StringIO) -> None:
    client = site.client()
    client.get("/place/geonames:706757?as_known_on=2023-01-13")
    client.get("/static/site.css")
    client.get("/api/v1/claims/38f783d59a72ed9c")
    client.get("/", headers={"Host": "evil.example"})
    found = [(one["method"], one["path"], one["status"]) for one in lines(told) if one["event"] == "request"]
    assert found[0] == ("GET", "/place/{key:path}", 200)
    assert found[1][1] == "/static/{file}"
    assert found[2] == ("GET", "/api/v1/claims/{id}", 200)
    assert found[3] == ("GET", "-", 421)
    assert all(isinstance(one["ms"], float) for one in lines(told))


def test_nothing_that_was_asked_for_is_told(site: Site, told: io.StringIO) -> None:
    client = site.client()
    secret = "Zaphod"
    for path in (f"/source/{secret}", f"/search?q={secret}", f"/{secret}", f"/api/v1/claims?source={secret}"):
        client.get(path, headers={"Authorization": f"Bearer {secret}", "Cookie": f"a={secret}", "User-Agent": secret})
    client.request(secret.upper(), f"/api/v1/{secret}", content=secret.encode())
    assert len(lines(told)) >= 5
    assert secret.lower() not in told.getvalue().lower()


def test_a_bug_is_told_by_its_place(site: Site, told: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> object:
        raise ZeroDivisionError("Zaphod was here")

    monkeypatch.setattr(home, "home", broken)
    assert site.client().get("/api/v1/").status_code == 500
    bug = next(one for one in lines(told) if one["event"] == "a bug of ours")
    assert (bug["path"], bug["error"]) == ("/", "ZeroDivisionError")
    assert "Zaphod" not in told.getvalue()


def test_every_route_has_a_template(site: Site) -> None:
    routes = site.client().app.routes  # type: ignore[attr-defined]
    known = templates(routes)
    for route in routes:
        assert known[id(route.endpoint if isinstance(route, Route) else route.app)]
    files = StaticFiles(directory=".", check_dir=False)
    assert templates([Mount("/a", files)]) == {id(files): "/a/{file}"}
