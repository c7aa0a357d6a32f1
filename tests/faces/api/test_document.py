"""The OpenAPI document: it is one, all in it is described, its examples run, and what is described is what there is."""

from __future__ import annotations

from collections.abc import Iterator

import jsonschema
import msgspec
import pytest
from starlette.testclient import TestClient

from whosays.faces.api import openapi
from whosays.faces.api.operation import Operation
from whosays.faces.api.problems import MEDIA, Problem
from whosays.faces.api.table import OPERATIONS, document

READING = [one for one in OPERATIONS if one.scope is None]
TREE = msgspec.json.decode(document())


def test_every_operation_is_there_once() -> None:
    names = [one.name for one in OPERATIONS]
    assert len(set(names)) == len(names)
    told = {(path, method.upper()) for path, methods in TREE["paths"].items() for method in methods}
    assert told == {(openapi.ROOT + openapi.plain(one.path), one.method) for one in OPERATIONS}


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_parameters_are_described(one: Operation) -> None:
    told = TREE["paths"][openapi.ROOT + openapi.plain(one.path)][one.method.lower()]
    assert told["summary"].endswith(".")
    assert {each["name"] for each in told["parameters"]} == {*one.parts, *one.query.__struct_fields__}
    for each in told["parameters"]:
        assert each["description"], each["name"]
    for status, answer in told["responses"].items():
        assert answer["description"], status


def test_every_field_of_every_schema_is_described() -> None:
    for name, schema in TREE["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            assert told.get("description") or "const" in told or "enum" in told, f"{name}.{field}"


@pytest.mark.parametrize("one", READING, ids=lambda one: one.name)
def test_examples_run_and_are_as_described(api: TestClient, one: Operation) -> None:
    answer = api.get(one.example)
    assert answer.status_code == one.status, answer.text
    if one.answer is not None:
        (schema,), components = msgspec.json.schema_components([one.answer], ref_template="#/$defs/{name}")
        found = answer.json()
        jsonschema.validate(found, {**schema, "$defs": components})
        assert not list(_undescribed(found, {**schema, "$defs": components}))
        assert one.tag == "judgements" or found.get("items", ["some"]), "an example that shows nothing"


def _undescribed(found: object, schema: dict[str, object]) -> Iterator[str]:
    """Keys that come and are in no schema: what is decoded strictly has none."""
    closed = msgspec.json.decode(
        msgspec.json.encode(schema).replace(b'"required":', b'"additionalProperties":false,"required":')
    )
    for name, one in closed["$defs"].items():
        if name.startswith("dict"):
            one.pop("additionalProperties", None)
    for error in jsonschema.Draft202012Validator(closed).iter_errors(found):
        if "Additional properties" in error.message:
            yield error.message


def test_a_problem_is_as_described(api: TestClient) -> None:
    answer = api.get("/api/v1/claims?colour=red")
    assert answer.headers["content-type"] == MEDIA
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert problem.status == answer.status_code == 422
    assert "place" in problem.known
    assert "'colour'" in problem.detail


def test_the_page_for_people_names_every_path(api: TestClient) -> None:
    page = api.get("/api/v1/docs").text
    for one in OPERATIONS:
        assert openapi.ROOT + openapi.plain(one.path) in page
    assert "http://" not in page.replace(str(api.base_url), "")
    assert "https://" not in page
