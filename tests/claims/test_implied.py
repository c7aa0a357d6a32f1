"""What claims imply stands apart from what is said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.claims.test_lexicon import claims_of
from whosays.claims import implied


def drawn(sentence: str) -> list[tuple[str, str, str]]:
    return [
        (one.type, one.actor.words if one.actor else "", one.polarity.value) for one in implied(claims_of(sentence))
    ]


def test_who_took_a_town_held_it_and_who_lost_it_did_not() -> None:
    found = drawn("The army captured Azaz from the rebels on Friday.")
    assert found == [("control", "army", "affirmed"), ("control", "rebels", "denied")]


def test_it_names_what_implies_it_and_has_its_voice_and_words() -> None:
    stated = claims_of("The army said it had captured Azaz on Friday.")
    (one,) = implied(stated)
    (capture,) = [claim for claim in stated if claim.type == "capture"]
    assert one.derived_from == (capture.id,)
    assert (one.source, one.evidence, one.place) == (capture.source, capture.evidence, capture.place)
    assert one.id != capture.id


def test_a_state_holds_when_the_event_is_over() -> None:
    (one,) = implied(claims_of("Rebels captured the town of Azaz last week."))
    assert one.time is not None
    assert one.time.first == one.time.last
    assert isinstance(one.time.last, date)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army denied that it had captured Azaz.",
        "The army vowed to capture Azaz.",
        "Rebels may have captured Azaz.",
    ],
)
def test_what_is_no_fact_implies_nothing(sentence: str) -> None:
    assert drawn(sentence) == []
