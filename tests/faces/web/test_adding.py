"""Pages handed in through the browser: what is taken, what is told, and who may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from tests.faces.web.conftest import Clock
from whosays import actors, ledger
from whosays.engines import jobs as queue
from whosays.engines.jobs import Jobs, State
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.privacy import DESK
from whosays.faces.service import Service


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    opened = queue.open(":memory:", clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def client(samples_copy: Path, jobs: Jobs) -> Iterator[TestClient]:
    """Signed in."""
    with ledger.open(str(samples_copy)) as book:
        desk = desks.open(":memory:", source=desks.Source(Clock()))
        headers = {"Origin": desk.door.address, "Sec-Fetch-Site": "same-origin"}
        app = server.app(Service(book, actors.roster(), DESK, Clock()), desk, jobs=jobs)
        opened = TestClient(app, base_url=desk.door.address, headers=headers)
        opened.get(f"/sign-in?key={desk.sessions.link('analyst')}")
        yield opened


def send(client: TestClient, file: tuple[str, bytes] | None = None, **fields: str) -> httpx.Response:
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/add").text)
    assert token
    files = {"page": (file[0], file[1], "text/html")} if file else {"page": ("", b"")}
    return client.post("/add", data={"csrf": token[1], **fields}, files=files)


def test_a_file_is_taken_with_its_name_and_day(client: TestClient, jobs: Jobs) -> None:
    answer = send(client, ("story.html", b"<p>Soledar fell.</p>"), published="2023-01-12")
    assert answer.url.path == "/jobs"
    assert "story.html" in answer.text
    assert "jobs.js" in answer.text
    taken = jobs.take()
    assert taken is not None
    job, data = taken
    assert (job.name, str(job.published), job.by, data) == (
        "story.html",
        "2023-01-12",
        "analyst",
        b"<p>Soledar fell.</p>",
    )
    assert job.content_type == "text/html"


def test_an_address_is_taken_and_what_became_of_it_is_told(client: TestClient, jobs: Jobs) -> None:
    send(client, url="https://example.org/a")
    taken = jobs.take()
    assert taken is not None
    assert (taken[0].url, taken[1]) == ("https://example.org/a", None)
    assert "running" in client.get("/jobs").text
    jobs.finish(taken[0].id, State.REFUSED, "private", detail="<b>That address</b> is not public.")
    page = client.get("/jobs").text
    assert "&lt;b&gt;That address&lt;/b&gt; is not public." in page
    assert "jobs.js" not in page, "nothing is open: no need to look again"


def test_of_a_page_that_was_read_before_the_article_is_given(client: TestClient, jobs: Jobs) -> None:
    send(client, ("a.html", b"<p>Soledar fell.</p>"))
    taken = jobs.take()
    assert taken is not None
    jobs.finish(taken[0].id, State.DONE, "known", article="0123456789abcdef")
    page = client.get("/jobs").text
    assert "read before" in page
    assert 'href="/article/0123456789abcdef"' in page


@pytest.mark.parametrize(
    ("file", "fields", "told"),
    [
        (None, {}, "Neither a file nor an address"),
        (("a.html", b""), {}, "a.html: the file is empty"),
        (("a.html", b"x"), {"url": "https://example.org/"}, "give one of the two"),
        (None, {"url": "file:///etc/passwd"}, "is no address of a page"),
        (None, {"url": "https://example.org/", "published": "yesterday"}, "yesterday is no day"),
    ],
)
def test_what_is_wrong_is_told_at_the_form(
    client: TestClient, jobs: Jobs, file: tuple[str, bytes] | None, fields: dict[str, str], told: str
) -> None:
    answer = send(client, file, **fields)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert told in page.partition('role="alert"')[2].partition("</p>")[0]
    assert all(f'value="{typed}"' in page for typed in fields.values())
    assert jobs.waiting() == 0


def test_nobody_sees_the_pages_of_others(client: TestClient, jobs: Jobs) -> None:
    jobs.submit(b"x", queue.Meta(name="secret.html"), by="somebody else")
    assert "secret.html" not in client.get("/jobs").text


def test_a_stranger_or_a_foreign_form_hands_in_nothing(client: TestClient, jobs: Jobs) -> None:
    assert client.post("/add", data={"csrf": "forged", "url": "https://example.org/"}).status_code == 403
    client.cookies.clear()
    for path in ("/add", "/jobs"):
        assert client.get(path, follow_redirects=False).headers["location"] == f"/sign-in?next={path}"
    assert client.post("/add", data={"url": "https://example.org/"}, follow_redirects=False).status_code == 303
    assert jobs.waiting() == 0


def test_a_server_without_a_worker_says_so(client: TestClient) -> None:
    client.app.state.jobs = None  # type: ignore[attr-defined]
    answer = client.get("/add")
    assert answer.status_code == 404
    assert "reads no pages" in answer.text
