"""Exports through the API: as many at once as the ledger can bear."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient
from starlette.types import Message

from whosays.faces.api import exporting
from whosays.faces.api.limits import Slots
from whosays.faces.api.operation import Asked, Incoming
from whosays.faces.api.problems import Refused
from whosays.faces.api.queries import Exported
from whosays.faces.api.resource import Streamed
from whosays.faces.service import Service


def export(samples: Service, who: str) -> object:
    """What is sent to an address, which has read nothing of it so far."""
    asked = Incoming(samples, (), {"format": "jsonl"}, "*/*", address=who)
    return exporting.chosen(Asked(asked, Exported())).content


def test_who_reads_slowly_takes_the_server_from_nobody(samples: Service, api: TestClient) -> None:
    held = [export(samples, "slow") for _ in range(exporting.EACH)]
    with pytest.raises(Refused) as refused:
        export(samples, "slow")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "10"})
    others = exporting.IN_ALL - exporting.EACH
    held += [export(samples, f"other {n}") for n in range(others)]
    with pytest.raises(Refused):
        export(samples, "one more")
    assert api.get("/claims").status_code == 200
    held.clear()  # they went away
    for _ in range(exporting.IN_ALL + 1):
        assert api.head("/api/v1/exports/jsonl").status_code == 200
        assert api.get("/api/v1/exports/viina?type=capture").status_code == 422
        assert api.get("/api/v1/exports/jsonl").status_code == 200


def test_what_is_streamed_is_closed_when_its_reader_is_gone() -> None:
    """Also where a broken-off answer would keep it alive: then Python closes it whenever it next tidies up."""
    closed: list[str] = []

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield b"x"
        finally:
            closed.append("closed")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    held = pieces()
    scope = {"type": "http", "asgi": {"spec_version": "2.4"}}
    with pytest.raises(ClientDisconnect):
        asyncio.run(Streamed(held, 200, {}, "text/plain")(scope, receive, send))
    assert closed == ["closed"]


def test_slots_of_nobody_are_forgotten() -> None:
    slots = Slots(1, 2)
    assert [slots.take(who) for who in "aab"] == [True, False, True]
    assert not slots.take("c")
    slots.give("a")
    assert [slots.take(who) for who in "bc"] == [False, True]
