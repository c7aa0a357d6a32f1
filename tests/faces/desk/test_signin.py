"""Signing in and out: who gets a session, and how long it is worth anything."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tests.faces.desk.conftest import PASSWORD, Served, serve
from whosays.faces.desk import Act, Door


def token(browser: TestClient, path: str = "/sign-in") -> str:
    """The hidden field of the form on a page."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', browser.get(path).text)
    assert found
    return found[1]


def sign_in(browser: TestClient, name: str = "boris", password: str = PASSWORD, **more: str) -> int:
    """The status of the answer to the form."""
    fields = {"csrf": token(browser), "name": name, "password": password, **more}
    return browser.post("/sign-in", data=fields).status_code


def cookie(served: Served, browser: TestClient) -> str | None:
    return browser.cookies.get(served.desk.door.cookie)


def test_the_link_signs_in_once(served: Served) -> None:
    served.desk.print_link()
    path = served.told[0].removeprefix("http://127.0.0.1:8765")
    browser = served.browser()
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert served.desk.sessions.who(str(cookie(served, browser)))[0] == "anna"  # type: ignore[index]
    assert served.browser().get(path).status_code == 403


def test_a_link_grows_old(served: Served) -> None:
    served.desk.print_link()
    served.clock.move(timedelta(minutes=31))
    assert served.browser().get(served.told[0]).status_code == 403


def test_a_browser_that_looks_ahead_leaves_the_link_as_it_is(served: Served) -> None:
    served.desk.print_link()
    assert served.browser().get(served.told[0], headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 503
    assert served.browser().get(served.told[0]).status_code == 303


def test_a_new_link_is_printed_where_nobody_has_an_account(served: Served) -> None:
    browser = served.browser()
    assert browser.post("/sign-in/link", data={"csrf": token(browser)}).status_code == 200
    assert len(served.told) == 1
    served.desk.users.add("boris", PASSWORD, by="cli")
    assert browser.post("/sign-in/link", data={"csrf": token(browser)}).status_code == 403
    assert len(served.told) == 1


def test_a_password_signs_in_and_the_old_cookie_is_worth_nothing(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    assert sign_in(browser) == 303
    first = str(cookie(served, browser))
    assert sign_in(browser, name="BORIS") == 303, "names are not told apart by case"
    assert cookie(served, browser) != first
    assert served.desk.sessions.who(first) is None
    assert served.desk.sessions.who(str(cookie(served, browser)))[0] == "boris"  # type: ignore[index]


def test_the_cookie_is_for_http_alone_and_for_our_own_pages() -> None:
    for door, expected in (
        (Door(), "whosays-8765=secret"),
        (Door(origin="https://ledger.example.org"), "__Host-whosays=secret"),
    ):
        served = serve(door)
        served.desk.users.add("boris", PASSWORD, by="cli")
        browser = served.browser()
        answer = browser.post("/sign-in", data={"csrf": token(browser), "name": "boris", "password": PASSWORD})
        set_cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(expected))
        assert "HttpOnly" in set_cookie
        assert "SameSite=lax" in set_cookie
        assert "Path=/;" in set_cookie
        assert ("Secure" in set_cookie) is door.tls
        assert answer.headers["cache-control"] == "no-store"


def test_sign_out_ends_the_session_for_whoever_has_the_cookie(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    sign_in(browser)
    kept = str(cookie(served, browser))
    assert browser.post("/sign-out").status_code == 403, "without the token of a form"
    assert served.desk.sessions.who(kept) is not None
    assert browser.post("/sign-out", data={"csrf": token(browser)}).status_code == 303
    assert served.desk.sessions.who(kept) is None


def test_a_session_ends_by_itself(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    sign_in(browser)
    kept = str(cookie(served, browser))
    for _ in range(8):
        served.clock.move(timedelta(hours=20))
        assert served.desk.sessions.who(kept) is not None
    served.clock.move(timedelta(hours=20))
    assert served.desk.sessions.who(kept) is None, "after a week, however busy"
    sign_in(browser)
    kept = str(cookie(served, browser))
    served.clock.move(timedelta(hours=25))
    assert served.desk.sessions.who(kept) is None, "after a day without a request"


def test_nothing_tells_a_wrong_name_from_a_wrong_password(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    pages = []
    for name in ("boris", "nobody"):
        browser = served.browser()
        fields = {"csrf": token(browser), "name": name, "password": "a wrong password"}
        answer = browser.post("/sign-in", data=fields)
        assert answer.status_code == 403
        pages.append(re.sub(r"[0-9a-f]{64}", "", answer.text))
    assert pages[0] == pages[1]


def test_both_are_held_against_a_hash_of_the_same_cost(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from whosays.faces.desk import users

    checked: list[str] = []
    verify = users._verify
    monkeypatch.setattr(users, "_HASHER", PasswordHasher())
    monkeypatch.setattr(users, "_verify", lambda known, given: checked.append(known) or verify(known, given))
    served.desk.users.add("boris", PASSWORD, by="cli")
    for name in ("boris", "nobody"):
        served.desk.users.check(name, "a wrong password")
    cost = [known.split("$")[1:4] for known in checked]
    assert cost == [["argon2id", "v=19", "m=65536,t=3,p=4"]] * 2


@pytest.mark.slow
def test_who_fails_too_often_waits(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser("198.51.100.7")
    for _ in range(10):
        assert sign_in(browser, password="a wrong password") == 403
    assert sign_in(browser) == 429, "the right password does not help meanwhile"
    assert sign_in(served.browser("198.51.100.8")) == 303, "from elsewhere it does"
    served.clock.move(timedelta(minutes=16))
    assert sign_in(browser) == 303


@pytest.mark.slow
def test_a_name_that_is_tried_from_everywhere_rests(served: Served) -> None:
    for n in range(20):
        assert sign_in(served.browser(f"198.51.100.{n}"), name="boris", password="a wrong password") == 403
    assert sign_in(served.browser("198.51.100.99"), name="boris") == 429
    assert sign_in(served.browser("198.51.100.99"), name="clara") == 403


def test_failures_are_written_down(served: Served) -> None:
    sign_in(served.browser("198.51.100.7"), name="x" * 5_000 + "\n")
    entry = served.desk.store.log()[0]
    assert (entry.what, entry.address, entry.who) == (Act.SIGN_IN_FAILED, "198.51.100.7", "x" * 300)


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\r\nX: y", "/a\\b"]
)
def test_one_is_led_to_our_own_pages_only(served: Served, target: str) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    fields = {"csrf": token(browser), "name": "boris", "password": PASSWORD, "next": target}
    assert browser.post("/sign-in", data=fields).headers["location"] == "/"


def test_a_removed_account_signs_in_no_more(served: Served) -> None:
    served.desk.users.add("boris", PASSWORD, by="cli")
    browser = served.browser()
    sign_in(browser)
    served.desk.users.remove("boris", by="cli")
    assert served.desk.sessions.who(str(cookie(served, browser))) is None
    assert sign_in(browser) == 403


def test_the_links_session_ends_where_strangers_can_come() -> None:
    """A session made by the link counts on loopback only; so a store that moves to a server takes no open door along."""
    local = serve()
    local.desk.print_link()
    browser = local.browser()
    browser.get(local.told[0])
    secret = str(cookie(local, browser))
    moved = serve(Door("0.0.0.0", origin="https://ledger.example.org"))
    object.__setattr__(moved, "desk", type(moved.desk)(**{**_fields(local.desk), "door": moved.desk.door}))
    stranger = moved.browser()
    stranger.cookies.set(moved.desk.door.cookie, secret)
    assert stranger.post("/sign-out").status_code == 403
    assert 'name="csrf"' in stranger.get("/sign-in").text


def _fields(desk: object) -> dict[str, object]:
    return {name: getattr(desk, name) for name in desk.__slots__}  # type: ignore[attr-defined]
