"""Measures of places: what they count, and that no document is judged by weights fitted on it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks import resolve, toponyms
from training import places as training
from training.toponyms import Document, Toponym
from whosays.nouns import Candidate, Place, Span

TEXT = "Azaz and Manbij and Rome"


def candidate(words: str, lat: float, *, settled: bool = True) -> Candidate[Place]:
    start = TEXT.index(words)
    return Candidate(Span(start, start + len(words)), (Place(words, words, lat, 0.0, None, "town"),), settled)


def gold(words: str) -> Toponym:
    start = TEXT.index(words)
    return Toponym(Span(start, start + len(words)), (0.0, 0.0), None)


def test_the_area_under_errors() -> None:
    assert toponyms.area([0.0, 0.0, 0.0]) == 0
    assert toponyms.area([toponyms.FARTHEST] * 3) == pytest.approx(1)
    one = math.log1p(100) / math.log1p(toponyms.FARTHEST)
    assert toponyms.area([100.0, 0.0]) == pytest.approx(one / 2)  # one trapeze from 0 to `one`


def test_found_places_are_paired_one_to_one_and_judged_by_distance() -> None:
    document = Document(
        "made", TEXT, None, (gold("Azaz"), gold("Manbij")), aside=(Span(TEXT.index("Rome"), len(TEXT)),)
    )
    found = [candidate("Azaz", 1.0), candidate("Manbij", 5.0, settled=False), candidate("Rome", 0.0)]
    row = resolve.judged(document, found)
    assert (row.found, row.gold, row.hit) == (2, 2, 2)  # Rome is set aside
    assert (row.placed, row.settled, row.settled_right) == (1, 1, 1)  # 5 degrees are 556 km


@pytest.mark.slow
@pytest.mark.shared
def test_no_document_is_in_the_fold_that_judges_it(shared: Path) -> None:
    made = training.examples(shared / "data")[:200]
    judged = 0
    for train, test in training.folds(made):
        assert not {one.document.text for one in train} & {one.document.text for one in test}
        judged += len(test)
    assert judged == len(made)
