"""What a correction leaves as it was. What it changes: `test_judgements.py`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ledger.test_judgements import ARTICLE, RAWA, TAKEN, judge, read
from whosays import ledger
from whosays.nouns import Claim, Fix, Verdict, Where

AT = TAKEN.place or Where(None, None)
NEAR = replace(TAKEN, place=replace(AT, place=RAWA, precision=2))
"""Of a part of the town, as a reader may find it: less exact than the place itself."""


def corrected(claim: Claim, **fields: Fix) -> Claim:
    with ledger.open(":memory:") as store:
        read(store, (claim,), article=ARTICLE)
        judge(store, Verdict.CORRECTED, claim.id, **fields)
        return store.claim(claim.id).claim


@pytest.mark.parametrize("field", ["polarity", "place_name"])
def test_a_place_stays_as_exact_as_it_was_read(field: str) -> None:
    fix = {"polarity": "denied", "place_name": AT.name}[field]
    now = corrected(NEAR, **{field: fix})
    assert now.place == NEAR.place


def test_another_place_is_as_exact_as_it_is() -> None:
    assert corrected(NEAR, place_relation="near").place == replace(
        AT, place=replace(RAWA, relation="near"), precision=2
    )
    spot = replace(NEAR, place=replace(AT, place=replace(RAWA, key="geonames:9"), precision=3))
    assert corrected(spot, place_key=RAWA.key).place == replace(AT, place=RAWA, precision=1)
