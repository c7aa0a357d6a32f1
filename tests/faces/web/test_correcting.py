"""Corrections and merges by form: every field, what is wrong told at the form, and what was judged shown before it is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from tests.faces.web.conftest import Clock
from whosays import actors, ledger
from whosays.engines import standing
from whosays.errors import Misuse
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.privacy import DESK
from whosays.faces.service import Service
from whosays.faces.web import correcting
from whosays.ledger.corrections import FIELDS
from whosays.nouns import Extraction, Judgement, Subject, Verdict

SOLEDAR, BAKHMUT = "geonames:692932", "geonames:712441"


@dataclass
class Analyst:
    """Signed in, without a browser."""

    service: Service
    client: TestClient

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.text)

    def send(self, page: str, **fields: str | list[str]) -> httpx.Response:
        token = re.search(r'name="csrf" value="([^"]+)"', self.client.get(page).text)
        assert token
        return self.client.post("/judge", data={"csrf": token[1], "next": page, **fields})

    def correct(self, claim: str, **fields: str) -> httpx.Response:
        return self.send(
            f"/correct/{claim}",
            about="claim",
            subject=claim,
            verdict="corrected",
            **{f"fix.{k}": v for k, v in fields.items()},
        )

    def some(self) -> Extraction:
        return next(one for one in self.service.ledger.claims(type="capture") if one.claim.place and one.claim.actor)


@pytest.fixture
def analyst(samples_copy: Path) -> Iterator[Analyst]:
    with ledger.open(str(samples_copy)) as book:
        service = Service(book, actors.roster(), DESK, Clock())
        desk = desks.open(":memory:", source=desks.Source(Clock()))
        headers = {"Origin": desk.door.address, "Sec-Fetch-Site": "same-origin"}
        client = TestClient(server.app(service, desk), base_url=desk.door.address, headers=headers)
        client.get(f"/sign-in?key={desk.sessions.link('analyst')}")
        yield Analyst(service, client)


def test_the_form_has_every_field_that_can_be_corrected(analyst: Analyst) -> None:
    page = analyst.get(f"/correct/{analyst.some().claim.id}")
    assert set(re.findall(r'name="fix\.([^"]+)"', page)) == FIELDS


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_form_that_is_sent_as_it_came_corrects_nothing(analyst: Analyst, name: str) -> None:
    page = analyst.get(f"/correct/{analyst.some().claim.id}")
    (now,) = re.findall(rf'name="was\.{re.escape(name)}" value="([^"]*)"', page)
    with pytest.raises(Misuse, match="Nothing was changed"):
        correcting.fields(_form({f"fix.{name}": now.replace("\n", "\r\n"), f"was.{name}": now}))


def _form(fields: dict[str, str]) -> correcting.FormData:
    return correcting.FormData(fields)


def test_a_key_that_no_claim_has_is_taken_from_gazetteer_and_roster(analyst: Analyst) -> None:
    one = analyst.some()
    fresh = "geonames:2643743"
    assert not list(analyst.service.ledger.claims(place=fresh))
    answer = analyst.correct(one.claim.id, place_key=fresh, actor_key="hezbollah")
    assert answer.status_code == 200, answer.text
    now = analyst.service.ledger.claim(one.claim.id).claim
    assert now.place
    assert now.place.place
    assert now.place.place.name == "London"
    assert now.actor
    assert now.actor.actor == "hezbollah"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"no_such": "x"}, "no_such: no field"),
        ({"time": "2023-01-32, "}, "time: "),
        ({"count": "9, 2"}, "count: "),
        ({"geo_precision": "7"}, "geo_precision: 7"),
        ({"place_radius": "far"}, "place_radius: 'far'"),
        ({"place_key": "geonames:0"}, "place_key: no place"),
        ({"actor_key": "nobody-at-all"}, "actor_key: no actor"),
        ({"evidence": "words that never stood there"}, "evidence: 'words that never"),
        ({"spans.cue": "5, 999999"}, "spans.cue: "),
        ({"cue": "proclaimed loudly"}, "cue: 'proclaimed loudly' is not in the article"),
    ],
)
def test_what_cannot_be_comes_back_at_the_form_with_what_was_typed(
    analyst: Analyst, fields: dict[str, str], told: str
) -> None:
    one = analyst.some()
    answer = analyst.correct(one.claim.id, **fields, denies="kept as typed")
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert told in page.partition('role="alert"')[2].partition("</p>")[0]
    assert "kept as typed" in page
    known = {name: typed for name, typed in fields.items() if name in FIELDS}
    assert all(typed.strip() in page for typed in known.values())
    assert not analyst.service.ledger.in_force()


def test_evidence_is_given_in_words(analyst: Analyst) -> None:
    one = analyst.some()
    words = one.claim.evidence.exact.split()
    shorter = "  \r\n".join(words[:-1])
    assert analyst.correct(one.claim.id, evidence=shorter).status_code == 200
    now = analyst.service.ledger.claim(one.claim.id).claim.evidence
    text = analyst.service.ledger.article(one.article.id).text
    assert now.exact.split() == words[:-1]
    assert text[now.start : now.end] == now.exact


def test_of_words_that_stand_twice_the_nearest_are_meant() -> None:
    assert correcting.evidence("a town", "a town; a\n town; a town", 9) == (8, 15)


def test_all_sorts_of_values_are_written(analyst: Analyst) -> None:
    one = analyst.some()
    fields = {
        "cumulative": "yes",
        "count": "3, ",
        "time": "2023-01-10, 2023-01-12",
        "via": "State TV, Meridian",
        "time_precision": "3",
    }
    more = {
        "source.side": "none",
        "place_relation": "near",
        "place_radius": "2.5",
        "geo_precision": "2",
        "means": "shelling",
    }
    assert analyst.correct(one.claim.id, **fields, **more).status_code == 200
    now = analyst.service.ledger.claim(one.claim.id).claim
    assert now.cumulative
    assert now.count
    assert (now.count.low, now.count.high) == (3, None)
    assert now.via == ("State TV", "Meridian")
    assert now.time
    assert now.time.precision == 3
    assert now.source.side == "none"
    assert now.place
    assert now.place.place
    assert (now.place.place.radius, now.place.precision) == (2.5, 2)


def test_a_rejected_claim_leaves_all_lists_at_once_and_is_struck_through_for_analysts(analyst: Analyst) -> None:
    one = analyst.some()
    place = one.claim.place.place.key if one.claim.place and one.claim.place.place else ""
    lists = ("/claims?type=capture", f"/place/{place}", f"/api/v1/claims?place={place}&limit=100")
    assert any(one.claim.id in analyst.get(path) for path in lists)
    answer = analyst.send("/disputes", about="claim", subject=one.claim.id, verdict="rejected")
    assert answer.status_code == 200
    for path in lists:
        assert one.claim.id not in analyst.get(path)
    assert f"/disputes?claim={one.claim.id}" not in analyst.get("/")
    struck = analyst.get(f"/article/{one.article.id}").partition('class="rejected"')[2]
    assert one.claim.id in struck
    assert "judged: <strong>rejected" in struck
    assert 'value="undone"' in struck
    stranger = TestClient(server.app(analyst.service), base_url="http://127.0.0.1:8765")
    assert one.claim.id not in stranger.get(f"/article/{one.article.id}").text
    standing.refresh(analyst.service.ledger.where, clock=Clock())
    assert all(one.claim.id not in analyst.get(path) for path in lists)


def test_a_corrected_claim_is_corrected_in_lists_at_once_and_as_before_when_that_is_undone(analyst: Analyst) -> None:
    one = analyst.some()
    path = f"/api/v1/claims?article={one.article.id}&limit=100"

    def modality() -> str:
        items = analyst.client.get(path).json()["items"]
        return next(item["claim"]["modality"] for item in items if item["claim"]["id"] == one.claim.id)

    before = modality()
    assert analyst.correct(one.claim.id, modality="demanded").status_code == 200
    assert before != "demanded"
    assert modality() == "demanded"
    standing.refresh(analyst.service.ledger.where, clock=Clock())
    assert modality() == "demanded"
    judged = analyst.service.ledger.in_force([one.claim.id])[one.claim.id]
    analyst.send("/disputes", about="claim", subject=one.claim.id, verdict="undone", undoes=judged.id)
    assert modality() == before


def test_a_merged_place_leads_to_the_other_and_can_be_undone_there(analyst: Analyst) -> None:
    one, other = (head.key for head in analyst.service.ledger.weighings.places(limit=2).rows)
    assert analyst.send(f"/place/{one}", about="place", subject=[one, other], verdict="merged").status_code == 200
    standing.refresh(analyst.service.ledger.where, clock=Clock())
    answer = analyst.client.get(f"/place/{one}?as_of=2023-01-12")
    assert answer.url.path == f"/place/{other}"
    assert "as_of=2023-01-12" in str(answer.url)
    assert "was merged into this" in answer.text
    assert analyst.client.get(f"/api/v1/places/{one}").json()["place"]["key"] == other
    judged = analyst.service.ledger.in_force(about=Subject.PLACE)[one]
    analyst.send("/disputes", about="place", subject=[one, other], verdict="undone", undoes=judged.id)
    standing.refresh(analyst.service.ledger.where, clock=Clock())
    assert analyst.client.get(f"/place/{one}").url.path == f"/place/{one}"


@pytest.mark.slow
def test_a_merged_actor_leads_to_the_other(analyst: Analyst) -> None:
    one, other = (head.key for head in analyst.service.ledger.weighings.actors(limit=2).rows)
    assert analyst.send(f"/actor/{one}", about="actor", subject=[one, other], verdict="merged").status_code == 200
    standing.refresh(analyst.service.ledger.where, clock=Clock())
    assert analyst.client.get(f"/actor/{one}").url.path == f"/actor/{other}"


def test_a_merge_into_nothing_comes_back_at_its_form(analyst: Analyst) -> None:
    one = analyst.service.ledger.weighings.places(limit=1).rows[0].key
    answer = analyst.send(f"/place/{one}", about="place", subject=[one, "geonames:0"], verdict="merged", note="typed")
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "no place 'geonames:0' is known" in page
    assert 'value="geonames:0"' in page
    assert 'value="typed"' in page


def test_a_judgement_is_found_by_its_id(analyst: Analyst) -> None:
    one = analyst.some()
    id_ = analyst.service.ledger.judge(
        Judgement(about=Subject.CLAIM, subjects=(one.claim.id,), verdict=Verdict.ACCEPTED, by="a", at=Clock()())
    )
    found = analyst.service.ledger.judgement(id_)
    assert found is not None
    assert (found.id, found.verdict, found.subjects) == (id_, Verdict.ACCEPTED, (one.claim.id,))
    assert analyst.service.ledger.judgement("none") is None


def test_a_stranger_is_sent_to_sign_in(analyst: Analyst) -> None:
    stranger = TestClient(
        server.app(analyst.service, desks.open(":memory:", source=desks.Source(Clock()))),
        base_url="http://127.0.0.1:8765",
        follow_redirects=False,
    )
    assert stranger.get(f"/correct/{analyst.some().claim.id}").headers["location"].startswith("/sign-in")
