"""Confidence is made of named reasons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.claims.test_lexicon import claims_of
from whosays.claims.confidence import REASONS, confidence, name, weights

NAMES = [name(reason) for reason in REASONS]


def test_every_reason_has_a_weight_and_says_what_it_is() -> None:
    assert set(weights()) == {"base", *NAMES}
    assert all(reason.__doc__ for reason in REASONS)


@given(st.lists(st.sampled_from(NAMES), unique=True))
def test_it_is_a_probability_that_each_reason_moves_its_own_way(holding: list[str]) -> None:
    for reason in set(NAMES) - set(holding):
        before, after = confidence(tuple(holding)), confidence((*holding, reason))
        assert 0 <= after <= 1
        assert (after - before) * weights()[reason] >= 0


def test_a_plain_statement_is_surer_than_a_plan_in_passing() -> None:
    (plain,) = [one for one in claims_of("Rebels captured the town of Azaz.") if one.type == "capture"]
    (plan,) = [one for one in claims_of("The army vowed to capture territory.") if one.type == "capture"]
    assert plain.confidence > plan.confidence
    assert "no plain fact" in plan.reasons
    assert "place in the clause" in plain.reasons
