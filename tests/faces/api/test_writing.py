"""What programs write through the API: pages into the queue, webhooks; and how webhooks are told."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from tests.faces.api.conftest import HERE, NOW, PLENTY, Program
from whosays import fetch, ledger
from whosays.faces import desk as desks
from whosays.faces import privacy, server
from whosays.faces.api import webhooks
from whosays.faces.desk import Scope, Source
from whosays.faces.privacy import PUBLIC
from whosays.faces.service import Service
from whosays.nouns import Refusal, Stage

HOOKS, INGEST = "/api/v1/webhooks", "/api/v1/ingest"


def test_a_page_waits_and_can_be_asked_for(program: Program) -> None:
    page = {"Content-Type": "text/html"}
    answer = program.client.post(f"{INGEST}?name=a.html&published=2023-01-11", content=b"<p>Soledar", headers=page)
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert (job["state"], job["name"], job["published"]) == ("queued", "a.html", "2023-01-11")
    assert program.client.get(answer.headers["location"]).json() == job
    taken = program.jobs.take()
    assert taken is not None
    assert (taken[0].id, taken[1]) == (job["id"], b"<p>Soledar")
    assert [one.subject for one in program.desk.store.log() if one.what == "submitted"]


def test_an_address_waits_too(program: Program) -> None:
    answer = program.client.post(INGEST, json={"url": "https://example.org/a"})
    assert answer.status_code == 202
    assert answer.json()["url"] == "https://example.org/a"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "text/html", 422),
        (b"x" * 8_000_001, "text/html", 413),
        (b"x", "image/png", 415),
        (b"{", "application/json", 422),
        (b'{"url": 5}', "application/json", 422),
        (b'{"url": "https://example.org", "x": 1}', "application/json", 422),
        (b"[" * 5_000, "application/json", 422),
        (b'"' + b"x" * 64_000 + b'"', "application/json", 413),
    ],
)
def test_what_is_no_page_is_refused(program: Program, content: bytes, kind: str, status: int) -> None:
    answer = program.client.post(INGEST, content=content, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert program.jobs.waiting() == 0


def test_jobs_of_others_are_not_there(program: Program) -> None:
    made = program.client.post(INGEST, json={"url": "https://example.org/a"}).json()
    other = program.desk.tokens.add("other", "anna", frozenset({Scope.INGEST}), by="anna")
    answer = program.client.get(f"/api/v1/jobs/{made['id']}", headers={"Authorization": f"Bearer {other}"})
    assert answer.status_code == 404


def test_a_claim_is_rejected_and_that_is_taken_back(samples_copy: Path, program: Program) -> None:
    with ledger.open(str(samples_copy)) as book:
        service = Service(book, program.service.roster, PUBLIC, lambda: NOW)
        token = program.desk.tokens.add("judge", "anna", frozenset({Scope.JUDGE}), by="anna")
        app = server.app(service, program.desk, limits=PLENTY)
        client = TestClient(app, base_url=HERE, headers={"Authorization": f"Bearer {token}"})
        claim = next(book.claims()).claim.id
        told = {"about": "claim", "subjects": [claim], "verdict": "rejected", "note": "a headline"}
        made = client.post("/api/v1/judgements", json=told)
        assert made.status_code == 201, made.text
        assert [one["id"] for one in client.get("/api/v1/judgements").json()["items"]] == [made.json()["id"]]
        assert book.weighings.stale()
        undone = client.post(f"/api/v1/judgements/{made.json()['id']}/undo")
        assert undone.status_code == 201, undone.text
        assert undone.json()["undoes"] == made.json()["id"]
        assert client.post("/api/v1/judgements/none/undo").status_code == 404
        assert client.post("/api/v1/judgements", json={**told, "verdict": "merged"}).status_code == 422
    assert program.client.post("/api/v1/judgements", json=told).status_code == 403, "a token that may ingest only"


# ----------------------------------------------------------------------------------------------------------- webhooks


@dataclass
class Receiver:
    """The other side: it answers as it is told to, and keeps what it got."""

    status: int | Refusal = 204
    got: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int | Refusal:
        self.got.append((url, body, headers))
        return self.status


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are not looked up."""
    target = fetch.Target("https://example.org/", True, "example.org", 443, "93.184.216.34", "/")
    monkeypatch.setattr(fetch, "guard", lambda url: target)


def hook(program: Program, **filter_: str) -> dict[str, str]:
    """One that is to hear of all there was."""
    answer = program.client.post(HOOKS, json={"url": "https://example.org/hook", "filter": filter_})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    webhooks.begin(program.desk.store, made["id"], 0)
    return made


def public(program: Program, now: datetime = NOW) -> Service:
    return Service(program.service.ledger, program.service.roster, PUBLIC, lambda: now)


def test_a_webhook_hears_of_every_change_once_signed(program: Program, anywhere: None) -> None:
    made = hook(program)
    there = program.service.ledger.weighings.changes(limit=500)
    assert there
    receiver = Receiver()
    assert webhooks.tell(program.desk.store, public(program), post=receiver) == len(there)
    assert [msgspec.json.decode(body)["number"] for _, body, _ in receiver.got] == [one.number for one in there]
    for _, body, headers in receiver.got:
        told = headers["X-Whosays-Timestamp"].encode() + b"." + body
        own = hmac.new(made["secret"].encode(), told, hashlib.sha256).hexdigest()
        assert headers["X-Whosays-Signature"] == f"sha256={own}"
    assert webhooks.tell(program.desk.store, public(program), post=receiver) == 0


def test_what_fails_is_tried_again_later_and_at_last_left_out(program: Program, anywhere: None) -> None:
    hook(program)
    first = program.service.ledger.weighings.changes(limit=1)[0].number
    receiver, now = Receiver(Refusal(Stage.FETCH, "unreachable", "nobody there")), NOW
    for tries in range(webhooks.MOST - 1):
        webhooks.tell(program.desk.store, public(program, now), post=receiver)
        assert len(receiver.got) == tries + 1
        webhooks.tell(program.desk.store, public(program, now), post=receiver)
        assert len(receiver.got) == tries + 1, "not before its time"
        now += timedelta(minutes=2**tries)
    assert {msgspec.json.decode(body)["number"] for _, body, _ in receiver.got} == {first}
    receiver.status = 500
    webhooks.tell(program.desk.store, public(program, now), post=receiver)
    receiver.got.clear()
    receiver.status = 200
    webhooks.tell(program.desk.store, public(program, now + timedelta(days=9)), post=receiver)
    assert first not in {msgspec.json.decode(body)["number"] for _, body, _ in receiver.got}


def test_a_filter_keeps_the_rest_away(program: Program, anywhere: None) -> None:
    hook(program, kind="became disputed")
    receiver = Receiver()
    webhooks.tell(program.desk.store, public(program), post=receiver)
    assert {msgspec.json.decode(body)["kind"] for _, body, _ in receiver.got} <= {"became disputed"}


def test_the_secret_is_told_once_and_a_hook_can_go(program: Program, anywhere: None) -> None:
    made = hook(program)
    listed = program.client.get(HOOKS).json()["items"]
    assert [(one["id"], one["secret"]) for one in listed] == [(made["id"], None)]
    assert program.client.delete(f"{HOOKS}/{made['id']}").status_code == 204
    assert program.client.delete(f"{HOOKS}/{made['id']}").status_code == 404
    assert program.client.get(HOOKS).json()["items"] == []


@pytest.mark.parametrize("filter_", [{"plase": "geonames:706757"}, {"kind": "odd"}])
def test_a_misspelt_filter_is_no_filter_left_out(program: Program, anywhere: None, filter_: dict[str, str]) -> None:
    answer = program.client.post(HOOKS, json={"url": "https://example.org/hook", "filter": filter_})
    assert answer.status_code == 422
    assert program.client.get(HOOKS).json()["items"] == []


@pytest.mark.parametrize("ended", ["token", "account"])
def test_the_webhooks_of_a_token_end_with_it(program: Program, anywhere: None, ended: str) -> None:
    hook(program)
    if ended == "token":
        program.desk.tokens.revoke("robot", by="anna")
    else:
        program.desk.users.remove("anna", by="anna")
    receiver = Receiver()
    assert webhooks.tell(program.desk.store, public(program), post=receiver) == 0
    assert program.desk.hooks.all() == ()


def test_pseudonyms_told_are_those_of_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made without its salt, they would tell the name to whoever guesses it."""
    where, told = str(tmp_path / "a.db"), list[bytes]()
    ledger.open(where, create=True).close()
    kept = privacy.salt(where, b"a salt of its own")
    with contextlib.closing(desks.open(where, source=Source(lambda: NOW))) as desk:
        desk.hooks.add("https://example.org/hook", "{}", by="anna", address="here")
    monkeypatch.setattr(webhooks, "tell", lambda _, service, post: told.append(service.salt))
    webhooks.deliver(where)
    assert told == [kept]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/", "ftp://example.org/", "http://[::1]/"])
def test_a_webhook_does_not_lead_inside(program: Program, url: str) -> None:
    answer = program.client.post(HOOKS, json={"url": url})
    assert answer.status_code == 422
    assert program.client.get(HOOKS).json()["items"] == []


def test_a_ledger_without_a_desk_tells_nobody(tmp_path: Path) -> None:
    webhooks.deliver(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []
