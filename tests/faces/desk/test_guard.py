"""Who may write: forged forms, foreign pages, tokens with and without the scope, and strangers are refused."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.faces.desk.conftest import PASSWORD, Served, serve
from tests.faces.desk.test_signin import sign_in, token
from whosays.faces import desk as desks
from whosays.faces.desk import Act, Door, Scope

OWN = "http://127.0.0.1:8765"


async def write(request: Request) -> PlainTextResponse:
    """A handler that writes, as all of them begin."""
    user = await desks.writer(request, Scope.JUDGE)
    desks.note(request, Act.JUDGED, "claim 1")
    return PlainTextResponse(f"written by {user.name}")


async def shown(request: Request) -> PlainTextResponse:
    """A page with a form."""
    user = desks.user(request)
    return PlainTextResponse(f"{user.name if user else 'nobody'} {desks.csrf_token(request)}")


def handler(served: Served, **headers: str) -> TestClient:
    app = Starlette(routes=[Route("/write", write, methods=["POST"]), Route("/", shown)])
    desks.install(app, served.desk)
    return TestClient(app, base_url=served.desk.door.address, headers=headers)


@pytest.fixture
def analyst(served: Served) -> TestClient:
    """Somebody who is signed in, in a browser that has a page of ours open."""
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    assert sign_in(browser) == 303
    client = handler(served, Origin=OWN)
    client.cookies.set(served.desk.door.cookie, str(browser.cookies[served.desk.door.cookie]))
    return client


def form(client: TestClient) -> str:
    return client.get("/").text.split()[1]


def test_a_form_of_ours_writes(analyst: TestClient, served: Served) -> None:
    assert analyst.post("/write", data={"csrf": form(analyst)}).text == "written by boris"
    assert analyst.post("/write", json={}, headers={"X-CSRF-Token": form(analyst)}).status_code == 200
    assert analyst.post("/write", files={"page": b"x"}, data={"csrf": form(analyst)}).status_code == 200
    assert (served.desk.store.log()[0].who, served.desk.store.log()[0].what) == ("boris", Act.JUDGED)


@pytest.mark.parametrize(
    "fields", [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}, {"CSRF": "x"}, {"csrf": "\x00"}], ids=repr
)
def test_a_forged_form_does_not(analyst: TestClient, served: Served, fields: dict[str, str]) -> None:
    assert analyst.post("/write", data=fields).status_code == 403
    assert analyst.post("/write", json=fields).status_code == 403
    assert served.desk.store.log()[0].what is Act.REFUSED


def test_the_form_of_another_session_does_not(analyst: TestClient, served: Served) -> None:
    other = served.browser()
    assert analyst.post("/write", data={"csrf": token(other)}).status_code == 403, "of a visitor"
    sign_in(other)
    again = handler(served)
    again.cookies.set(served.desk.door.cookie, str(other.cookies[served.desk.door.cookie]))
    assert analyst.post("/write", data={"csrf": form(again)}).status_code == 403, "of another session of his own"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1:8765"},
        {"Origin": "http://127.0.0.1:8765.evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Referer": OWN},
        {},
    ],
    ids=repr,
)
def test_a_page_that_is_not_ours_writes_nothing_though_it_knew_the_token(
    analyst: TestClient, served: Served, headers: dict[str, str]
) -> None:
    elsewhere = handler(served, **headers)
    elsewhere.cookies.update(analyst.cookies)
    answer = elsewhere.post("/write", data={"csrf": form(analyst)})
    assert answer.status_code == 403
    assert "not ours" in answer.text


def test_a_stranger_is_told_what_to_do(served: Served) -> None:
    answer = handler(served, Origin=OWN).post("/write")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="whosays"')


def test_without_a_desk_nobody_writes() -> None:
    app = Starlette(routes=[Route("/write", write, methods=["POST"])])
    desks.install(app, None)
    client = TestClient(app, base_url=OWN, headers={"Origin": OWN, "Authorization": "Bearer whosays_x"})
    assert client.post("/write").status_code == 401


def test_a_token_writes_what_its_scopes_allow_and_is_seen(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    judge = served.desk.tokens.add("judge", "boris", frozenset({Scope.JUDGE}), by="cli")
    read = served.desk.tokens.add("reader", "boris", frozenset({Scope.READ, Scope.INGEST}), by="cli")
    assert handler(served, Authorization=f"Bearer {judge}").post("/write").text == "written by boris (judge)"
    assert handler(served, Authorization=f"Bearer {read}").post("/write").status_code == 403
    assert [one.used is not None for one in served.desk.tokens.all()] == [True, True]
    served.desk.tokens.revoke("judge", by="cli")
    assert handler(served, Authorization=f"Bearer {judge}").post("/write").status_code == 401


@pytest.mark.parametrize(
    "given", ["Bearer whosays_nothing", "Bearer ", "Basic Ym9yaXM6eA==", "Bearer " + "x" * 5_000, "é"]
)
def test_with_a_token_that_is_none_a_cookie_does_not_help(analyst: TestClient, served: Served, given: str) -> None:
    """Else a page elsewhere could pass as a program and be let off the token of the form."""
    headers = {b"Authorization": given.encode("latin-1")}
    assert analyst.post("/write", data={"csrf": "x"}, headers=headers).status_code == 401


def test_tokens_end_with_the_account(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    secret = served.desk.tokens.add("judge", "boris", frozenset(Scope), by="cli")
    served.desk.users.remove("boris", by="cli")
    assert handler(served, Authorization=f"Bearer {secret}").post("/write").status_code == 401


@pytest.mark.parametrize(
    ("door", "host", "answers"),
    [
        (Door(), "127.0.0.1:8765", True),
        (Door(), "localhost:8765", True),
        (Door(), "[::1]:8765", True),
        (Door(), "127.0.0.1", True),
        (Door(), "evil.example", False),
        (Door(), "evil.example:8765", False),
        (Door(), "192.168.1.5:8765", False),
        (Door(), "127.0.0.1.evil.example:8765", False),
        (Door(), "localhost.evil.example", False),
        (Door(), "127.0.0.1:8765@evil.example", False),
        (Door(), "", False),
        (Door(), "127.0.0.1:8765, evil.example", False),
        (Door("0.0.0.0"), "192.168.1.5:8765", True),
        (Door("0.0.0.0"), "evil.example:8765", False),
        (Door("ledger.lan"), "ledger.lan:8765", True),
        (Door(origin="https://ledger.example.org"), "ledger.example.org", True),
        (Door(origin="https://ledger.example.org"), "LEDGER.example.org", True),
        (Door(origin="https://ledger.example.org"), "ledger.example.org.evil.example", False),
    ],
)
def test_the_server_answers_to_its_own_names_only(door: Door, host: str, answers: bool) -> None:
    assert door.answers(host) is answers
    client = serve(door).program()
    assert client.get("/sign-in", headers={"Host": host}).status_code == (200 if answers else 421)


@pytest.mark.parametrize(
    "origin", ["ledger.example.org", "https://a/b", "ftp://a", "https://u@a", "https://a b", "null"]
)
def test_what_is_no_origin_is_told_at_once(origin: str) -> None:
    from whosays.errors import Misuse

    with pytest.raises(Misuse, match="no origin"):
        Door(origin=origin)
