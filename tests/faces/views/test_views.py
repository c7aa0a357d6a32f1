"""Views of the sample pages: what is shown is what the ledger holds, and every field is described."""

from __future__ import annotations

import inspect
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Annotated, get_origin, get_type_hints

import msgspec
import pytest

from whosays import wire
from whosays.faces.privacy import PUBLIC
from whosays.faces.service import Service
from whosays.faces.views import (
    actors,
    articles,
    changes,
    claims,
    common,
    control,
    disputes,
    home,
    judgements,
    paging,
    places,
    questions,
    said,
    search,
    sources,
)
from whosays.nouns import LaneKind
from whosays.text import fold

MODULES = (
    actors,
    articles,
    changes,
    claims,
    common,
    control,
    disputes,
    home,
    judgements,
    places,
    questions,
    said,
    search,
    sources,
)
STRUCTS = {
    name: thing
    for module in MODULES
    for name, thing in vars(module).items()
    if inspect.isclass(thing) and issubclass(thing, msgspec.Struct) and thing.__module__ == module.__name__
}


@pytest.mark.parametrize("name", STRUCTS)
def test_every_field_is_described(name: str) -> None:
    struct = STRUCTS[name]
    assert struct.__doc__
    assert struct.__struct_config__.frozen
    for field, hint in get_type_hints(struct, include_extras=True).items():
        described = get_origin(hint) is Annotated and any(
            isinstance(extra, msgspec.Meta) and extra.description for extra in hint.__metadata__
        )
        assert described, field


def test_every_module_is_named_in_the_index(request: pytest.FixtureRequest) -> None:
    index: ModuleType = import_module("whosays.faces.views")
    for module in MODULES:
        assert f"{module.__name__.rpartition('.')[2]}.py" in (index.__doc__ or "")


def test_an_article_with_its_claims_disputes_and_story(samples: Service) -> None:
    heads = articles.found(samples)
    assert len(heads.items) == samples.ledger.counts().articles
    pages = [articles.page(samples, head.id) for head in heads.items]
    assert sum(len(page.claims) for page in pages) == samples.ledger.counts().claims
    assert any(page.disputes for page in pages)
    assert any(len(page.story) > 1 for page in pages)
    for page in pages:
        for one in page.claims:
            evidence = one.claim.evidence
            assert page.article.text[evidence.start : evidence.end] == evidence.exact
    with pytest.raises(common.Missing):
        articles.page(samples, "zzz")


def test_a_place(samples: Service) -> None:
    soledar = places.found(samples, like="soledar").items[0]
    page = places.page(samples, soledar.key)
    assert page.place == soledar
    assert {lane.kind for lane in page.lanes} == set(LaneKind)
    assert page.disputes.items
    assert page.claims.items
    ids = {one.claim.id for one in claims.found(samples, place=soledar.key, limit=500).items}
    assert {id_ for lane in page.lanes for row in lane.intervals for id_ in row.basis} <= ids
    with pytest.raises(common.Missing):
        places.page(samples, "nowhere")


def test_places_in_a_box(samples: Service) -> None:
    assert places.found(samples, box=(38.0, 48.6, 38.2, 48.8)).items
    assert not places.found(samples, box=(0.0, 0.0, 1.0, 1.0)).items


def test_control_on_a_day_is_geography_too(samples: Service) -> None:
    found = control.at(samples, date(2023, 1, 20))
    later = control.at(samples, date(2023, 1, 20), as_known_on=date(2023, 1, 11))
    assert found.items
    assert len(later.items) <= len(found.items)
    geo = control.features(found)
    assert [feature.id for feature in geo.features] == [one.place.key for one in found.items]
    encoded = msgspec.json.decode(msgspec.json.encode(geo))
    assert encoded["type"] == "FeatureCollection"
    assert encoded["features"][0]["type"] == "Feature"


def test_disputes_and_questions(samples: Service) -> None:
    queue = disputes.found(samples, limit=500)
    assert queue.items
    weights = [one.weight for one in queue.items]
    assert weights == sorted(weights, reverse=True)
    first = queue.items[0]
    assert disputes.one(samples, first.id) == first
    asked = questions.one(samples, first.sides[0].said.claim.id)
    assert asked.answers
    assert {one.claim.id for answer in asked.answers for one in answer.claims} == set(asked.question.claims)


def test_voices(samples: Service) -> None:
    for head in sources.found(samples, limit=500).items:
        page = sources.page(samples, head.key)
        assert page.source == head
        assert sum(one.claims for one in page.quoted_by) == head.claims
        assert page.claims.items
    for head in actors.found(samples, limit=500).items:
        drawn = actors.page(samples, head.key)
        keys = {node.key for node in drawn.nodes}
        assert all({one.start, one.end} <= keys for one in drawn.relations)


def test_search_and_home(samples: Service) -> None:
    hits = search.hits(samples, "Soledar")
    assert hits.articles
    assert hits.places
    assert not home.home(samples).empty


def test_lists_go_on(samples: Service) -> None:
    whole = claims.found(samples, limit=500).items
    told, cursor = [], None
    for _ in range(1000):
        part = claims.found(samples, limit=7, cursor=cursor)
        told += part.items
        cursor = part.next
        if cursor is None:
            break
    assert [one.claim.id for one in told] == [one.claim.id for one in whole]


OTHER = paging.Asking(b"", "another question").cursor("[1, 2]")


@pytest.mark.parametrize("cursor", ["", "x", "!!", "WyJhIl0", "é", "A" * 5000, OTHER])
def test_a_cursor_of_another_list_is_refused(samples: Service, cursor: str) -> None:
    with pytest.raises(paging.BadCursor):
        claims.found(samples, cursor=cursor)


def test_the_public_profile_names_no_private_person(samples: Service) -> None:
    """What the masks take for a private person of a claim stands nowhere in what is shown of that claim, nor of its place."""
    public = Service(samples.ledger, samples.roster, PUBLIC, samples.clock)
    named = {one.claim.id: public.masks.voice(one) for one in samples.ledger.claims()}
    assert any(named.values())
    for one in claims.found(public, limit=500).items:
        told = wire.encode([one.claim.source, one.claim.actor, one.claim.target, one.words, one.stance, one.voice])
        assert not [name for name in named[one.claim.id] if name in told.decode("utf-8")]
        assert one.voice_key is None or not [name for name in named[one.claim.id] if fold(name) in one.voice_key]
    every = {name for names in named.values() for name in names}
    for head in places.found(public, limit=500).items:
        lanes = [lane for lane in places.page(public, head.key).lanes if lane.kind is not LaneKind.SOURCE]
        assert not [
            name for name in every if name in wire.encode(lanes).decode("utf-8")
        ]  # an official's own lane is his


def test_the_public_profile_gives_out_no_whole_text(samples: Service) -> None:
    public = Service(samples.ledger, samples.roster, PUBLIC, samples.clock)
    for head in articles.found(public, limit=500).items:
        own, page = articles.page(samples, head.id), articles.page(public, head.id)
        assert len(page.article.text) == len(own.article.text)
        assert not page.article.comments
        quoted = sum(one.claim.evidence.end - one.claim.evidence.start for one in own.claims)
        assert sum(letter.isalpha() for letter in page.article.text) <= quoted
