"""JSON from strangers: how deep, how long, and what is none."""

from __future__ import annotations

import json

import pytest

from tests.faces.api.conftest import Program
from whosays.faces.api.bodies import DEEPEST, depth
from whosays.faces.api.resource import MAX_JSON_BYTES

KIND = {"Content-Type": "application/json"}
PAGE = b'{"url":"https://example.org/a"}'


def answered(program: Program, raw: bytes) -> tuple[int, str]:
    """Status and detail of what becomes of a body."""
    answer = program.client.post("/api/v1/ingest", content=raw, headers=KIND)
    return answer.status_code, answer.json().get("detail", "")


@pytest.mark.parametrize("raw", [b"[" * 60_000, b'{"a":' * 10_000, b"[" * 33 + b"]" * 33, b'[{"a":' * 20])
def test_deep_json_is_refused_before_it_is_parsed(program: Program, raw: bytes) -> None:
    status, detail = answered(program, raw)
    assert (status, "deeper" in detail) == (422, True)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b'"', b"nul", b"\xff", b'"\\ud800"', b"[1,]", b"{'a':1}", b"NaN", b"[" * 20, b'{"url":"\\ud800"}'],
)
def test_what_is_no_json_is_refused(program: Program, raw: bytes) -> None:
    status, detail = answered(program, raw)
    assert (status, "JSON" in detail) == (422, True)


def test_long_json_is_refused(program: Program) -> None:
    assert answered(program, PAGE + b" " * (MAX_JSON_BYTES - len(PAGE)))[0] == 202
    assert answered(program, PAGE + b" " * (MAX_JSON_BYTES - len(PAGE) + 1))[0] == 413


def test_brackets_in_strings_do_not_count() -> None:
    assert depth(json.dumps(["[[[" * 100, {'a"[': [1]}]).encode()) == 3
    assert depth(b"[" * DEEPEST + b"]" * DEEPEST) == DEEPEST
