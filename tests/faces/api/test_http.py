"""What every answer of the API keeps to: problems, ETag, gzip, Accept, methods, limits, timing."""

from __future__ import annotations

import gzip
import re

import msgspec
import pytest
from starlette.testclient import TestClient

from tests.faces.api.conftest import HERE
from whosays.faces import server
from whosays.faces.api import Limits
from whosays.faces.api.limits import Buckets
from whosays.faces.api.problems import MEDIA, Problem
from whosays.faces.service import Service

HOME = "/api/v1/"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/api/v1/nothing", {}, 404),
        ("GET", "/api/v2", {}, 404),
        ("GET", "/api/v1/articles/zzz", {}, 404),
        ("POST", "/api/v1/articles", {"Authorization": "x"}, 405),
        ("TRACE", HOME, {"Authorization": "x"}, 405),
        ("GET", HOME, {"Accept": "text/html"}, 406),
        ("GET", HOME, {"Accept": "application/json;q=0"}, 406),
        ("GET", "/api/v1/claims?limit=0", {}, 422),
        ("GET", "/api/v1/claims?limit=9&limit=8", {}, 422),
        ("GET", "/api/v1/claims?since=2023-02-30", {}, 422),
        ("GET", "/api/v1/claims?since=null", {}, 422),
        ("GET", "/api/v1/claims?place=", {}, 422),
        ("GET", "/api/v1/claims?place=%ff", {}, 422),
        ("GET", "/api/v1/claims?" + "&".join(f"a{n}=1" for n in range(99)), {}, 422),
        ("GET", "/api/v1/control?as_of=now", {}, 422),
        ("GET", "/api/v1/search", {}, 422),
        ("GET", HOME + "?x=" + "y" * 40_000, {}, 414),
        ("GET", HOME, {"Host": "evil.example"}, 421),
        ("GET", HOME, {"X": "y" * 40_000}, 431),
        ("POST", "/api/v1/ingest", {}, 403),
        ("POST", "/api/v1/ingest", {"Authorization": "Bearer nobody"}, 401),
        ("GET", "/api/v1/webhooks", {}, 401),
    ],
)
def test_whatever_goes_wrong_is_a_problem(
    api: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = api.request(method, path, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert problem.status == status
    assert problem.detail.endswith(".")
    assert problem.type == f"/api/v1/docs#problem-{status}"
    assert f'id="problem-{status}"' in api.get("/api/v1/docs").text
    if status == 405:
        assert "GET" in answer.headers["allow"]


def test_no_problem_tells_where_the_ledger_lies(api: TestClient, samples: Service) -> None:
    for path in ("articles/zz", "claims/zz", "claims?article=zz", "questions/zz", "places/zz", "claims?text=%22"):
        assert samples.ledger.where not in api.get(f"/api/v1/{path}").text


def test_a_bug_of_ours_is_a_problem_and_tells_nothing(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, samples: Service
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(type(samples.ledger), "search", broken)
    answer = api.get("/api/v1/search?q=Soledar")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == MEDIA
    assert "secret" not in answer.text


def test_what_the_client_has_is_not_sent_again(api: TestClient) -> None:
    first = api.get("/api/v1/places")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = api.get("/api/v1/places", headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert api.get("/api/v1/places", headers={"If-None-Match": '"other"'}).status_code == 200
    assert api.get("/api/v1/places?limit=1", headers={"If-None-Match": tag}).status_code == 200


def test_gzip_only_for_those_who_take_it(api: TestClient) -> None:
    with api.stream("GET", "/api/v1/places", headers={"Accept-Encoding": "gzip"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        body = gzip.decompress(b"".join(zipped.iter_raw()))
    plain = api.get("/api/v1/places", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert body == plain.content
    assert "Accept-Encoding" in plain.headers["vary"]


def test_geography_by_accept(api: TestClient) -> None:
    path = "/api/v1/control?as_of=2023-01-20"
    assert "items" in api.get(path, headers={"Accept": "application/json"}).json()
    geo = api.get(path, headers={"Accept": "application/json;q=0.5, application/geo+json"})
    assert geo.headers["content-type"] == "application/geo+json"
    assert geo.json() == api.get("/api/v1/control.geojson?as_of=2023-01-20").json()


def test_head_and_options(api: TestClient) -> None:
    got, head = api.get(HOME), api.head(HOME)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["etag"] == got.headers["etag"]
    options = api.options("/api/v1/webhooks")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, POST, HEAD, OPTIONS"


def test_lists_go_on_by_link(api: TestClient) -> None:
    told: list[str] = []
    path: str | None = "/api/v1/claims?limit=9"
    while path:
        answer = api.get(path)
        assert answer.status_code == 200
        told += [one["claim"]["id"] for one in answer.json()["items"]]
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        path = link[1] if link else None
        assert (path is None) == (answer.json()["next"] is None)
    whole = api.get("/api/v1/claims?limit=500").json()["items"]
    assert told == [one["claim"]["id"] for one in whole]


def test_a_cursor_is_of_one_list(api: TestClient) -> None:
    cursor = api.get("/api/v1/claims?limit=1").json()["next"]
    assert api.get(f"/api/v1/claims?limit=1&cursor={cursor}").status_code == 200
    assert api.get(f"/api/v1/claims?limit=1&type=capture&cursor={cursor}").status_code == 404
    assert api.get(f"/api/v1/places?cursor={cursor}").status_code == 404


def test_how_long_it_took_stands_on_every_answer(api: TestClient) -> None:
    for path in (HOME, "/", "/api/v1/nothing", "/static/whosays.css", "/nothing"):
        assert re.fullmatch(r"total;dur=\d+\.\d", api.get(path).headers["server-timing"]), path


def test_who_searches_too_often_is_told_when_to_come_again(samples: Service) -> None:
    few = TestClient(server.app(samples, limits=Limits(searches=2)), base_url=HERE)
    assert [few.get("/api/v1/search?q=Soledar").status_code for _ in range(3)] == [200, 200, 429]
    refused = few.get("/api/v1/claims")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["content-type"] == MEDIA
    assert few.get("/api/v1/articles").status_code == 200


def test_a_bucket_fills_again_and_is_forgotten() -> None:
    bucket = Buckets(60)
    assert not any(bucket.take("a", 0.0) for _ in range(60))
    assert bucket.take("a", 0.0) == pytest.approx(1.0)
    assert bucket.take("b", 0.0) == 0
    assert bucket.take("a", 1.0) == 0
    assert bucket.take("a", 1.0) > 0
    bucket.take("c", 100.0)
    assert len(bucket) == 1


@pytest.mark.slow
def test_exports_stream(api: TestClient) -> None:
    for one in api.get("/api/v1/exports").json()["items"]:
        answer = api.get(f"/api/v1/exports/{one['name']}?place=Soledar")
        assert answer.status_code in (200, 422), answer.text
        if answer.status_code == 200:
            assert answer.content
            assert answer.headers["content-disposition"].startswith("attachment")
    assert api.get("/api/v1/exports/pdf").status_code == 404
    assert api.get("/api/v1/exports/csv?on=2023-01-01").status_code == 422
