"""Changes as an Atom feed: what a feed reader needs to bring what is new, and to lead back here."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

from starlette.testclient import TestClient

from tests.faces.api.conftest import HERE, NOW, PLENTY
from tests.faces.conftest import CLOCK
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.desk import Source
from whosays.faces.service import Service

FEED = "/api/v1/changes.atom"
NS = "{http://www.w3.org/2005/Atom}"


def test_the_feed_is_atom(api: TestClient) -> None:
    answer = api.get(FEED)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{NS}entry")
    assert len(entries) == len(api.get("/api/v1/changes").json()["items"])
    assert entries
    for entry in entries:
        assert all(entry.findtext(NS + name) for name in ("id", "title", "updated", "summary"))
        assert entry.findtext(NS + "updated") == CLOCK.isoformat(), "found when read, whatever day it is of"
    assert feed.findtext(NS + "updated") == CLOCK.isoformat()
    assert all(one.attrib["href"].startswith(f"{HERE}/") for one in feed.iter(f"{NS}link"))


def test_the_feed_leads_to_where_people_reach_the_server(samples: Service) -> None:
    origin = "https://ledger.example.org"
    door = desks.Door(origin=origin)
    with closing(desks.open(":memory:", source=Source(lambda: NOW), door=door)) as desk:
        behind = TestClient(server.app(samples, desk, limits=PLENTY), base_url=HERE)
        assert f'href="{origin}/place/'.encode() in behind.get(FEED).content


def test_a_feed_without_entries_stays_the_same(samples: Service) -> None:
    tags = set()
    for days in range(2):
        later = replace(samples, clock=lambda days=days: NOW + timedelta(days))
        answer = TestClient(server.app(later, limits=PLENTY), base_url=HERE).get(f"{FEED}?place=nowhere")
        assert b"<updated>" in answer.content
        tags.add(answer.headers["etag"])
    assert len(tags) == 1
