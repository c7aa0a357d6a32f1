"""JSONL: bytes → Struct → bytes is the identity, and every claim of a ledger comes back equal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faces.export.made import sample, view, written
from tests.ledger.made import NOW, Made, pages
from whosays import wire
from whosays.faces.export import jsonl
from whosays.nouns import ArticleHead, Extraction, Where


def extractions(made: Made) -> list[Extraction]:
    of = made.capture.article
    head = ArticleHead(of.id, of.headline, of.published, of.agency, of.publisher, of.url, made.body)
    return [Extraction(one, head, "made/1", NOW) for one in made.claims]


@pytest.mark.slow
@given(pages())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_claim_comes_back_as_the_noun_that_it_was(made: Made) -> None:
    said = [_within(one) for one in extractions(made)]
    data = written("jsonl", view(*said))
    assert list(jsonl.read(data.splitlines(keepends=True))) == [_told(one) for one in said]
    assert b"".join(wire.encode(wire.read_claim_line(line)) + b"\n" for line in data.splitlines()) == data


def _within(one: Extraction) -> Extraction:
    """As a ledger has it: a confidence is a share."""
    return replace(one, claim=replace(one.claim, confidence=min(1.0, abs(one.claim.confidence))))


def _told(one: Extraction) -> Extraction:
    """A place of which nothing is known is no place."""
    place = None if one.claim.place == Where(None, None) else one.claim.place
    return replace(one, claim=replace(one.claim, place=place))


@given(st.text(st.characters(), max_size=20))
def test_half_surrogate_pairs_alone_are_replaced(words: str) -> None:
    one = sample()[0]
    (back,) = jsonl.read([written("jsonl", view(replace(one, claim=replace(one.claim, cue=words))))])
    assert back.claim.cue == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)


def test_it_is_what_the_command_claims_prints() -> None:
    said = sample()
    assert written("jsonl", view(*said)) == b"".join(wire.claim_line(one) + b"\n" for one in said)
    assert list(jsonl.read(written("jsonl", view(*said)).splitlines())) == list(said)
