"""JSON of a page: the contract of CLAIMS.md, the published schema, and the way back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import extract, make_article, make_claim
from whosays import nouns, wire

ARTICLE = replace(
    make_article("Wagner has taken Soledar, Prigozhin said.", published=date(2023, 1, 11)),
    dateline=nouns.Dateline("Kyiv", "Meridian", nouns.Span(0, 3)),
    comments=(nouns.Comment("k1", "reader", "No.", nouns.Span(0, 3), None, 0),),
)
CLAIM = make_claim(ARTICLE, "Wagner has taken Soledar", actor="Wagner", source="Prigozhin")
DISPUTE = nouns.Dispute((CLAIM.id, "other"), "capture of Soledar", "opposite polarity")
VALIDATOR = jsonschema.Draft202012Validator(
    wire.schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)

st.register_type_strategy(str, st.text(st.characters(codec="utf-8"), max_size=20))
st.register_type_strategy(int, st.integers(0, 10**9))
st.register_type_strategy(float, st.floats(0, 1))
st.register_type_strategy(
    nouns.Span, st.builds(lambda a, n: nouns.Span(a, a + n), st.integers(0, 999), st.integers(0, 99))
)


@pytest.mark.slow
@given(st.from_type(nouns.Article), st.lists(st.from_type(nouns.Claim), max_size=3), st.from_type(nouns.Dispute))
def test_a_page_comes_back_as_it_went_and_fits_the_schema(
    article: nouns.Article, claims: list[nouns.Claim], dispute: nouns.Dispute
) -> None:
    data = wire.page_json(wire.page(article, claims, [dispute]))
    assert wire.read_page_json(data) == wire.page(article, claims, [dispute])
    VALIDATOR.validate(json.loads(data))


@pytest.mark.slow
@given(st.from_type(nouns.Extraction))
def test_a_line_comes_back_as_it_went_and_fits_the_schema(extraction: nouns.Extraction) -> None:
    data = wire.claim_line(extraction)
    assert b"\n" not in data
    back = wire.read_claim_line(data)
    assert (back.claim, back.article) == (wire.claim(extraction.claim), wire.head(extraction.article))
    assert (back.reader, back.read_at) == (extraction.reader, extraction.read_at)
    VALIDATOR.validate(json.loads(data))


def test_values_stand_under_the_names_of_the_contract() -> None:
    claim = json.loads(wire.page_json(wire.page(ARTICLE, [CLAIM], [DISPUTE])))["claims"][0]
    assert claim["actor"] == "Wagner"
    assert (claim["place"], claim["lat"], claim["country"], claim["geonameid"]) == ("Soledar", 48.68, "UA", 692372)
    assert claim["time"] == ["2023-01-11", "2023-01-11"]
    assert claim["source"]["mention"] == "Prigozhin"
    start, end = claim["spans"]["actor"]
    assert ARTICLE.text[start:end] == "Wagner"
    assert ARTICLE.text[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["exact"]


def test_half_a_surrogate_pair_is_replaced_and_no_offset_moves() -> None:
    broken = make_article("A \ud83d Wagner has taken Soledar.", published=date(2023, 1, 11))
    claim = make_claim(broken, "Wagner has taken Soledar", actor="Wagner")
    back = wire.read_page_json(wire.page_json(wire.page(broken, [claim], [])))
    assert "A \ufffd Wagner" in back.article.text
    evidence = back.claims[0].evidence
    assert back.article.text[evidence.start : evidence.end] == evidence.exact
    assert wire.read_claim_line(wire.claim_line(extract(broken, claim)[0])).claim.evidence.prefix.endswith("\ufffd ")


def test_keys_that_a_reader_does_not_know_are_ignored() -> None:
    later = json.loads(wire.page_json(wire.page(ARTICLE, [CLAIM], [])))
    later["claims"][0]["invented_next_year"] = {"a": 1}
    assert wire.read_page_json(json.dumps(later)) == wire.page(ARTICLE, [CLAIM], [])
    VALIDATOR.validate(later)


@pytest.mark.parametrize(
    ("path", "value"),
    [("polarity", "maybe"), ("confidence", 1.5), ("time", ["yesterday", None]), ("evidence", None), ("count", [1])],
)
def test_a_broken_contract_is_refused_by_reader_and_schema_alike(path: str, value: object) -> None:
    wrong = json.loads(wire.page_json(wire.page(ARTICLE, [CLAIM], [])))
    wrong["claims"][0][path] = value
    with pytest.raises(msgspec.ValidationError, match=path):
        wire.read_page_json(json.dumps(wrong))
    assert not VALIDATOR.is_valid(wrong)


def test_the_schema_is_one_and_describes_every_object() -> None:
    schema = wire.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == wire.SCHEMA_ID
    components = schema["$defs"]
    assert isinstance(components, dict)
    assert {"type": "array", "items": {"$ref": "#/$defs/ClaimLine"}} in schema["anyOf"]
    objects = [name for name, component in components.items() if component.get("type") == "object"]
    assert {"Page", "Article", "Claim", "Source", "Evidence", "Dispute"} <= set(objects)
    for name in objects:
        assert components[name]["description"].endswith((".", "`.")), f"{name} has no sentence that says what it is"


def example(shared: Path) -> dict[str, object]:
    """The example object of CLAIMS.md section 4."""
    section = (shared / "CLAIMS.md").read_text("utf-8").split("## 4.")[1]
    found = re.search(r"```json\n(.*?)```", section, re.DOTALL)
    assert found, "CLAIMS.md section 4 holds no JSON block"
    parsed: dict[str, object] = json.loads(found.group(1))
    return parsed


def compare(ours: object, theirs: object, path: str = "") -> object:
    """Ours with the values of theirs laid over it; fails where a key of theirs is missing or out of order."""
    if isinstance(theirs, dict):
        assert isinstance(ours, dict), f"{path} is no object"
        assert list(ours)[: len(theirs)] == list(theirs), f"keys of {path or 'the page'}"
        return ours | {key: compare(ours[key], value, f"{path}.{key}") for key, value in theirs.items()}
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], dict):
        assert isinstance(ours, list), f"{path} is no array"
        assert ours, f"{path} is empty: the test's own page must have one"
        return [compare(ours[0], item, path) for item in theirs]
    return theirs


@pytest.mark.shared
def test_the_example_of_the_contract_has_our_keys_our_order_and_our_types(shared: Path) -> None:
    ours = json.loads(wire.page_json(wire.page(ARTICLE, [CLAIM], [DISPUTE])))
    laid_over = compare(ours, example(shared))
    VALIDATOR.validate(laid_over)
    page = wire.read_page_json(json.dumps(laid_over))
    assert page.claims[0].actor == "Syria’s army and its allies"
