"""What holds for every format: source, words, span and ids of every claim survive; nothing hostile breaks it; it says what is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faces.export.made import HOSTILE, sample, view, written
from tests.faces.export.reading import ABSENT, READERS, Back
from whosays.faces.cli import export as command
from whosays.faces.export import EXPORTS
from whosays.nouns import Extraction, Span

FORMATS = sorted(READERS)


def test_the_command_knows_every_format() -> None:
    assert set(command.FORMATS) == set(EXPORTS)
    assert set(READERS) | {"viina"} == set(EXPORTS)  # viina has rows of places: tests of its own


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_format_says_what_it_is_and_what_is_lost(name: str) -> None:
    one = EXPORTS[name]
    assert one.GLOSS
    assert one.LOST.endswith(".")
    assert one.READ_BY
    assert one.SUFFIX.startswith(".")
    assert "/" in one.MEDIA_TYPE


def expected(one: Extraction) -> Back:
    source = one.claim.source
    evidence = one.claim.evidence
    return Back(one.claim.id, source.name or source.mention, evidence.exact, evidence.start, evidence.end)


@pytest.mark.parametrize("name", FORMATS)
def test_source_words_span_and_id_of_every_claim_survive(name: str) -> None:
    if name in ABSENT:
        pytest.skip(f"{ABSENT[name]} is not installed: `make formats`")
    said = sample()
    back = READERS[name](written(name, view(*said)))
    assert sorted(back) == sorted(expected(one) for one in said)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_written_of_no_claims_but_what_its_library_reads(name: str) -> None:
    if name in ABSENT:
        pytest.skip(f"{ABSENT[name]} is not installed: `make formats`")
    assert READERS[name](written(name, view())) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@given(words=HOSTILE.filter(bool), voice=HOSTILE.filter(bool), other=HOSTILE, number=st.integers(0, 2))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_words_come_back_and_break_nothing(name: str, words: str, voice: str, other: str, number: int) -> None:
    if name in ABSENT:
        pytest.skip(f"{ABSENT[name]} is not installed: `make formats`")
    one = sample()[number]
    evidence = replace(
        one.claim.evidence, exact=words, end=one.claim.evidence.start + len(words), prefix=other, suffix=other
    )
    source = replace(one.claim.source, name=voice, mention=voice, span=Span(0, 1))
    claim = replace(one.claim, evidence=evidence, source=source, cue=other, via=(other,), time_words=other, who=other)
    head = replace(one.article, headline=other, publisher=other, url=other, agency=None)
    hostile = replace(one, claim=claim, article=head)
    (back,) = READERS[name](written(name, view(hostile)))
    assert back == sound(expected(hostile), nul=name in ("csv", "acled"))


def sound(back: Back, *, nul: bool) -> Back:
    """As a format of UTF-8 can have it."""

    def text(words: str | None) -> str | None:
        if words is None:
            return None
        halves = "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in words)
        return halves.replace("\0", "\ufffd") if nul else halves

    return back._replace(source=text(back.source), quote=text(back.quote) or "")


@pytest.mark.parametrize("name", ["geojson", "stix", "schemaorg", "webannotation"])
def test_what_is_one_json_document_is_one(name: str) -> None:
    for said in ((), sample()):
        document = json.loads(written(name, view(*said)), parse_constant=pytest.fail)  # NaN is no JSON
        assert isinstance(document, dict)
        assert all(one.claim.id in json.dumps(document) for one in said)
