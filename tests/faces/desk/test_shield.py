"""What holds for every request and every answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.types import Message

from tests.faces.desk.conftest import Served, serve
from whosays.faces import server, web
from whosays.faces.desk import Door
from whosays.settings import MAX_BODY_BYTES


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing", "/static/whosays.css", "/api/v1/nothing", "/\\"])
def test_every_answer_has_the_headers(served: Served, path: str) -> None:
    answer = served.program().get(path)
    csp = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert csp["default-src"] == "'none'"
    assert csp["script-src"] == csp["style-src"] == csp["connect-src"] == "'self'"
    assert csp["frame-ancestors"] == csp["base-uri"] == csp["object-src"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers


def test_hsts_goes_with_tls_only() -> None:
    assert "strict-transport-security" in serve(Door(origin="https://a.example")).program().get("/sign-in").headers
    assert "strict-transport-security" not in serve(Door(origin="http://a.example")).program().get("/sign-in").headers


def test_what_an_analyst_sees_is_kept_by_no_shared_cache(served: Served) -> None:
    browser = served.program()
    assert "private" not in browser.get("/").headers.get("cache-control", "")
    assert browser.get("/", headers={"Cookie": "a=b"}).headers["cache-control"] == "private, no-cache"
    assert "Cookie" in browser.get("/").headers["vary"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({f"X-{n}": "y" for n in range(200)}, 431),
        ({"X": "y" * 40_000}, 431),
        ({"Content-Length": str(MAX_BODY_BYTES + 1), "Origin": "http://127.0.0.1:8765"}, 413),
        ({"Content-Length": "9" * 400, "Origin": "http://127.0.0.1:8765"}, 413),
        ({"Content-Length": "-1", "Origin": "http://127.0.0.1:8765"}, 400),
        ({"Content-Length": "1e3", "Origin": "http://127.0.0.1:8765"}, 400),
    ],
    ids=["many headers", "long headers", "long body", "very long body", "negative", "odd"],
)
def test_what_is_too_much_is_refused_unread(served: Served, headers: dict[str, str], status: int) -> None:
    assert served.program().post("/sign-in", headers=headers).status_code == status


def test_a_body_without_a_length_is_counted_as_it_comes(served: Served) -> None:
    """Chunks without end: refused at the cap, not held."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += 1_000_000
        return {"type": "http.request", "body": b"a=" + b"x" * 999_997 + b"&", "more_body": True}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [
        (b"host", b"127.0.0.1:8765"), (b"origin", b"http://127.0.0.1:8765"),
        (b"content-type", b"application/x-www-form-urlencoded"),
    ]  # fmt: skip
    scope = {
        "type": "http", "method": "POST", "path": "/sign-in", "raw_path": b"/sign-in", "query_string": b"", "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765), "scheme": "http", "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(server.app(served.service, served.desk)(scope, receive, send))
    assert sent[0]["status"] == 413
    assert taken < MAX_BODY_BYTES + 2_000_000


@pytest.mark.parametrize(
    "body",
    [
        {f"f{n}": "x" for n in range(101)},
        {"name": "x" * 1_100_000},
    ],
    ids=["many fields", "long field"],
)
def test_a_form_beyond_its_limits_is_refused(served: Served, body: dict[str, str]) -> None:
    browser = served.browser()
    assert browser.post("/sign-in", data=body).status_code == 422
    assert browser.post("/sign-in", data=body, files={"a": b"x"}).status_code == 422


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "undefined", "punycode", "raw_unicode_escape", "utf-16", '"UTF-7"']
)
def test_a_form_in_other_letters_than_utf_8_is_refused(served: Served, charset: str) -> None:
    fields = "".join(
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n\\ud800\r\n'
        for name in ("csrf", "name", "password")
    )
    told = {"Content-Type": f"multipart/form-data; boundary=B; charset={charset}"}
    assert served.browser().post("/sign-in", content=f"{fields}--B--\r\n", headers=told).status_code == 422
    told = {"Content-Type": "multipart/form-data; boundary=B; charset=UTF-8"}
    assert served.browser().post("/sign-in", content=f"{fields}--B--\r\n", headers=told).status_code == 403


def test_files_without_end_are_refused(served: Served) -> None:
    files = [("page", (f"{n}.html", b"x")) for n in range(1_000)]
    assert served.browser().post("/sign-in", files=files).status_code == 422


TRAVERSALS = [
    f"/static/{up}{target}"
    for up in (
        "../" * 8, "..%2f" * 8, "%2e%2e/" * 8, "%2e%2e%2f" * 8, "..%5c" * 8, "..\\" * 8, "....//" * 8, "%252e%252e%252f" * 8,
        "..;/" * 8, "..%c0%af" * 8, "%uff0e%uff0e/" * 8, "./../" * 8, "/", "//", "..%00/" * 8,
    )
    for target in ("etc/passwd", "pyproject.toml", "__init__.py", "templates/base.html")
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_what_is_served(served: Served, path: str) -> None:
    """As raw bytes, past the client's own tidying up."""
    from urllib.parse import unquote

    folders = [folder for folder in ("static", "vendor") if (Path(web.__file__).parent / folder).is_dir()]
    for raw in (path.replace("/static", f"/{folder}") for folder in folders):
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)  # noqa: B023  (run at once)

        scope = {
            "type": "http", "method": "GET", "path": unquote(raw), "raw_path": raw.encode(), "query_string": b"",
            "root_path": "", "headers": [(b"host", b"127.0.0.1:8765")], "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8765), "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0"},
        }  # fmt: skip
        asyncio.run(server.app(served.service, served.desk)(scope, receive, send))
        assert sent[0]["status"] in (400, 404, 405, 307)
        body = b"".join(message.get("body", b"") for message in sent)
        assert b"root:" not in body
        assert b"StaticFiles" not in body
        assert b"[project]" not in body
