"""The planted cases are well formed, and the score by question counts what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from benchmarks.dispute_pages import CASES, cases, gold_pages
from benchmarks.disputes import components, f1, score
from whosays.nouns import DisputeKind

LISTED = [
    one for name in ("disputes", "disputes_none") for one in yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
]


def pair(*ids: str) -> frozenset[str]:
    return frozenset(ids)


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case.get("kind") or case["why"])
def test_cases_are_well_formed(case: dict[str, object]) -> None:
    assert ("pairs" in case) is ("kind" in case) is not ("why" in case)
    assert case.get("kind", "number") in [kind.value for kind in DisputeKind]


def test_every_kind_is_planted_and_as_much_that_is_none() -> None:
    found = [case.kind for case in cases()]
    assert set(found) == {"", *(kind.value for kind in DisputeKind)}
    assert found.count("") >= sum(bool(kind) for kind in found) >= 60


def test_pairs_that_share_a_claim_are_one_question() -> None:
    found = components([pair("a", "b"), pair("c", "d"), pair("b", "e"), pair("e", "a")])
    assert sorted(map(len, found)) == [1, 3]


def test_a_case_without_a_dispute_can_only_be_false() -> None:
    disputed = cases()[0]
    scored = score("", disputed.pages, (), lambda page: page.claims)
    assert (scored.found, scored.missed, scored.false) == (0, 0, 1)
    assert f1([scored]) == 0


def test_a_dispute_is_found_by_any_of_its_pairs() -> None:
    first = cases()[0]
    scored = score("", first.pages, first.questions, lambda page: page.claims, first.kind)
    assert (scored.found, scored.missed, scored.false, scored.kinds) == (1, 0, 0, (True,))
    nothing = score("", first.pages, first.questions, lambda page: (), first.kind)
    assert (nothing.found, nothing.missed) == (0, 1)


@pytest.mark.shared
def test_gaza_names_passages_of_the_gold_pages_and_quotes_none(shared: Path) -> None:
    text = (CASES / "gaza_2009.yml").read_text("utf-8")
    pages = {page.name: page.text for page in gold_pages(shared / "gold" / "dev")}
    said = {run for page in pages.values() for run in runs(page)}
    assert not said & runs(text)
    for case in yaml.safe_load(text):
        for side in case["sides"]:
            start, end = side["at"]
            assert 0 <= start < end <= len(pages[side["page"]])


def runs(text: str) -> set[tuple[str, ...]]:
    """Every six words running."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 6]) for n in range(len(words) - 5)}
