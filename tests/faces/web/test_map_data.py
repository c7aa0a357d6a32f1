"""The map's data: what it answers, how large and how fast for 20,000 places, and what it refuses."""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from starlette.testclient import TestClient

from benchmarks.made_map import Made
from whosays import actors, ledger
from whosays.faces import atlas, server, web
from whosays.faces.privacy import DESK
from whosays.faces.service import Service


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with ledger.open(":memory:", create=True) as opened:
        made = Service(opened, actors.roster(), DESK, lambda: datetime(2026, 11, 23, tzinfo=UTC))
        atlas.give(made, Made(2_000, claims=5_000))
        yield made


@pytest.fixture
def client(service: Service) -> TestClient:
    return TestClient(server.app(service), base_url="http://127.0.0.1:8765")


def test_columns_are_of_one_length_and_mean_each_other(client: TestClient) -> None:
    places = client.get("/api/v1/map/places").json()
    control = client.get("/api/v1/map/control?as_of=2016-05-05&as_known_on=2016-05-05").json()
    assert {len(places[name]) for name in ("key", "name", "lon", "lat", "claims")} == {2_000}
    rows = {len(control[name]) for name in ("place", "holder", "flags", "grade", "days")}
    assert len(rows) == 1
    assert rows.pop() > 1_000
    assert control["place"] == sorted(set(control["place"]))
    assert max(control["place"]) < 2_000
    for n, holder in enumerate(control["holders"]):
        assert control["holder"].count(n) == holder["places"]
    assert [one["places"] for one in control["holders"]] == sorted(
        (one["places"] for one in control["holders"]), reverse=True
    )
    assert control["version"] == places["version"]


def test_colours_belong_to_sides_whatever_the_day(client: TestClient) -> None:
    told: dict[str, int] = {}
    for day in ("2014-09-01", "2015-06-01", "2016-03-01", "2017-10-01"):
        for holder in client.get(f"/api/v1/map/control?as_of={day}").json()["holders"]:
            if holder["side"] is None:
                assert holder["colour"] is None
            else:
                assert told.setdefault(holder["side"], holder["colour"]) == holder["colour"]
    assert sorted(told.values()) == list(range(6))
    assert told == {one["key"]: one["colour"] for one in client.get("/api/v1/map/about").json()["sides"]}


def test_without_a_day_it_is_the_last_one(client: TestClient) -> None:
    about = client.get("/api/v1/map/about").json()
    assert client.get("/api/v1/map/control").json()["as_of"] == about["last"]
    assert about["lanes"][0] == {
        "by": "weighed",
        "name": "all voices, weighed",
        "intervals": about["lanes"][0]["intervals"],
    }
    for lane in about["lanes"]:
        assert client.get("/api/v1/map/control", params={"by": lane["by"]}).json()["voice"] == lane["name"]


def test_events_and_days(client: TestClient) -> None:
    asked = {"as_of": "2015-10-10", "window": "90", "type": "attack"}
    some = client.get("/api/v1/map/events", params=asked).json()
    more = client.get("/api/v1/map/events", params=asked | {"type": "attack,clash"}).json()
    assert 0 < sum(some["claims"]) < sum(more["claims"])
    assert some["since"] == "2015-07-13"
    days = client.get("/api/v1/map/days?type=attack").json()
    first = date.fromisoformat(days["first"]).toordinal()
    window = range(date(2015, 7, 13).toordinal() - first, date(2015, 10, 10).toordinal() - first + 1)
    assert sum(days["claims"][n] for n in window) == sum(some["claims"])


@pytest.mark.parametrize(
    "path",
    [
        "control?as_of=yesterday",
        "control?by=source",
        "control?by=weighed:x",
        "control?by=nobody:x",
        "events?window=0",
        "events?window=100000",
        "control?asof=2016-01-01",
    ],
)
def test_what_is_asked_wrongly_is_told_so(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/map/{path}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_nothing_is_sent_twice(client: TestClient) -> None:
    first = client.get("/api/v1/map/places")
    again = client.get("/api/v1/map/places", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_ledger_answers() -> None:
    with ledger.open(":memory:", create=True) as opened:
        empty = Service(opened, actors.roster(), DESK, lambda: datetime(2026, 11, 23, tzinfo=UTC))
        client = TestClient(server.app(empty), base_url="http://127.0.0.1:8765")
        assert client.get("/api/v1/map/about").json()["last"] is None
        assert client.get("/api/v1/map/control").json()["place"] == []
        assert client.get("/api/v1/map/days").json() == {"first": None, "claims": []}
        assert client.get("/map").status_code == 200


def test_countries_and_regions_are_told_apart(client: TestClient) -> None:
    assert client.get("/api/v1/map/places").json()["wide"] == [3, 503, 1003, 1503]


def test_without_the_browsers_libraries_the_page_says_what_to_do(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(web, "HERE", tmp_path)
    client = TestClient(server.app(service), base_url="http://127.0.0.1:8765")
    assert client.get("/vendor/maplibre-gl.mjs").status_code == 404
    page = client.get("/map")
    assert page.status_code == 200
    assert 'data-vendored="no"' in page.text
    assert "/vendor/" not in page.text


def test_own_tiles_open_the_policy_for_their_origin_alone(service: Service) -> None:
    client = TestClient(server.app(service), base_url="http://127.0.0.1:8765")
    usual = client.get("/map")
    assert 'data-tiles=""' in usual.text
    assert "example" not in usual.headers["content-security-policy"]
    own = dataclasses.replace(service, tiles="https://tiles.example:8443/{z}/{x}/{y}.png?key=a")
    told = TestClient(server.app(own), base_url="http://127.0.0.1:8765").get("/map")
    assert 'data-tiles="https://tiles.example:8443/{z}/{x}/{y}.png?key=a"' in told.text
    csp = dict(part.split(" ", 1) for part in told.headers["content-security-policy"].split("; "))
    changed = {name: words for name, words in csp.items() if "example" in words}
    assert changed == {
        "img-src": "'self' data: https://tiles.example:8443",
        "connect-src": "'self' https://tiles.example:8443",
    }


@pytest.mark.slow
def test_speed_and_size_for_20000_places(service: Service) -> None:
    """Map data for a date: ≤ 150 ms and ≤ 500 kB."""
    with ledger.open(":memory:", create=True) as opened:
        large = Service(opened, actors.roster(), DESK, lambda: datetime(2026, 11, 23, tzinfo=UTC))
        atlas.give(large, Made(20_000, claims=50_000))
        client = TestClient(server.app(large), base_url="http://127.0.0.1:8765")
        client.get("/api/v1/map/about")
        times, sizes = [], []
        for month in range(1, 13):
            start = perf_counter()
            answer = client.get(f"/api/v1/map/control?as_of=2016-{month:02}-01&as_known_on=2016-{month:02}-01")
            times.append(perf_counter() - start)
            sizes.append(len(answer.content))
        assert len(json.loads(answer.content)["place"]) > 15_000
        assert len(gzip.compress(answer.content)) <= 150_000
        assert median(times) <= 0.150
        assert max(sizes) <= 500_000
