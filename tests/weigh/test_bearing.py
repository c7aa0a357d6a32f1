"""How one claim bears on another of its question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.weigh.test_record import said, toll
from whosays.nouns import Extraction, Polarity
from whosays.weigh.bearing import Bearing, bears

DENIED = Polarity.DENIED
SAME, AGAINST, CHANGED = Bearing.SAME, Bearing.AGAINST, Bearing.CHANGED


def holding(kind: str, actor: str | None, day: int, polarity: Polarity = Polarity.AFFIRMED) -> Extraction:
    return said(f"{polarity} {kind} {actor}", "Monitor", type=kind, actor=actor, polarity=polarity, day=day)


@pytest.mark.parametrize(
    ("bearing", "a", "b"),
    [
        (SAME, holding("capture", "Wagner", 0), holding("capture", "Wagner", 0)),
        (SAME, holding("capture", "Wagner", 0), holding("control", "Wagner", 5)),
        (SAME, holding("capture", "Wagner", 0), holding("withdraw", "Kyiv", 1)),
        (SAME, holding("control", "Kyiv", 0), holding("capture", "Wagner", 0, DENIED)),
        (AGAINST, holding("capture", "Wagner", 0), holding("control", "Kyiv", 5)),
        (AGAINST, holding("capture", "Wagner", 0), holding("capture", "Wagner", 0, DENIED)),
        (AGAINST, holding("control", "Wagner", 0), holding("control", "Kyiv", 0)),
        (AGAINST, holding("capture", "Wagner", 0), holding("capture", "Kyiv", 0)),
        (AGAINST, holding("withdraw", "Kyiv", 0), holding("control", "Kyiv", 3)),
        (CHANGED, holding("capture", "Wagner", 0), holding("capture", "Kyiv", 3)),
        (CHANGED, holding("capture", "Wagner", 0), holding("withdraw", "Wagner", 3)),
        (None, holding("control", "Kyiv", 0), holding("capture", "Wagner", 3)),
        (None, holding("control", "Wagner", 0), holding("control", "Kyiv", 3)),
        (None, holding("capture", "Wagner", 0, DENIED), holding("capture", "Kyiv", 0, DENIED)),
        (None, holding("capture", "Wagner", 0), holding("control", "Chechens", 0)),
    ],
)
def test_who_holds_a_place(bearing: Bearing | None, a: Extraction, b: Extraction) -> None:
    assert bears(a, b) is bearing
    assert bears(b, a) is bearing


@pytest.mark.parametrize(
    ("bearing", "a", "b"),
    [
        (SAME, holding("attack", "Wagner", 0), holding("attack", "Wagner", 0)),
        (SAME, holding("attack", None, 0), holding("attack", "Wagner", 0)),
        (AGAINST, holding("attack", "Wagner", 0), holding("attack", "Wagner", 0, DENIED)),
        (AGAINST, holding("attack", "Wagner", 0), holding("attack", "Kyiv", 0)),
        (None, holding("clash", "Wagner", 0), holding("clash", "Kyiv", 0)),
        (SAME, toll("Ten", "Monitor", 10), toll("Eleven", "UN", 11)),
        (AGAINST, toll("Ten", "Monitor", 10), toll("Thirty", "UN", 30)),
        (None, toll("Ten", "Monitor", 10), toll("Thirty", "UN", 30, day=1)),
        (AGAINST, toll("Thirty", "UN", 30), toll("Ten", "Monitor", 10, day=1)),
    ],
)
def test_what_happened(bearing: Bearing | None, a: Extraction, b: Extraction) -> None:
    assert bears(a, b) is bearing


def test_sums_and_other_people_are_not_compared() -> None:
    ten, thirty = toll("Ten", "Monitor", 10), toll("Thirty", "UN", 30)
    assert bears(ten, replace(thirty, claim=replace(thirty.claim, cumulative=True))) is None
    assert bears(ten, replace(thirty, claim=replace(thirty.claim, who="civilians"))) is None
