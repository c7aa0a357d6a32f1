"""When it happened or holds: what the words say, and what the page says where they leave it open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.claims.test_lexicon import claims_of
from whosays.nouns import Claim, When

PUBLISHED = date(2017, 11, 8)
"""A Wednesday; the publication day of `claims_of`."""
MONDAY, TUESDAY = date(2017, 11, 6), date(2017, 11, 7)


def of(text: str, type_: str) -> list[Claim]:
    return [claim for claim in claims_of(text) if claim.type == type_]


def day(first: date) -> When:
    return When(first, first, 1)


@pytest.mark.parametrize(
    ("text", "type_", "time"),
    [
        ("Rebels captured Hama on Tuesday.", "capture", day(TUESDAY)),
        ("Rebels captured Hama.", "capture", When(TUESDAY, PUBLISHED, 2)),  # news of the day
        ("Hama is held by rebels.", "control", day(PUBLISHED)),  # a present state
        ("The army on Tuesday denied that rebels had captured Hama.", "capture", day(TUESDAY)),  # at the latest
        ("The army said on Tuesday that rebels have captured Hama.", "capture", When(None, TUESDAY, 3)),
        ("The army vowed on Tuesday to recapture Hama.", "capture", When(TUESDAY, None, 3)),  # from then on
        ("Troops are fighting rebels in Hama.", "clash", day(PUBLISHED)),  # goes on
        ("The war has killed 400,000 people since 2011.", "casualties", When(date(2011, 1, 1), PUBLISHED, 3)),
    ],
)
def test_one_sentence(text: str, type_: str, time: When) -> None:
    (claim,) = of(text, type_)
    assert claim.time == time


def test_a_time_in_another_branch_does_not_count() -> None:
    (capture,) = of("Rebels, who had left Homs on Monday, captured Hama.", "capture")
    assert capture.time_words is None


def test_a_time_above_a_relative_clause_does_not_count_for_it() -> None:
    text = "On Monday the minister visited the soldiers who had captured Hama."
    (capture,) = of(text, "capture")
    assert capture.time_words is None


def test_a_state_named_in_passing_holds_now() -> None:
    (control,) = of("Warplanes bombed rebel-held Hama on Monday.", "control")
    assert control.time == day(PUBLISHED)
    (attack,) = of("Warplanes bombed rebel-held Hama on Monday.", "attack")
    assert attack.time == day(MONDAY)


def test_the_same_event_is_dated_once() -> None:
    text = (
        "Warplanes bombed Douma on Monday. " + "Diplomats met in Geneva. " * 4 + "The raids on Douma killed six people."
    )
    assert {claim.time for claim in of(text, "attack")} == {day(MONDAY)}


def test_the_opening_names_the_day_of_the_story() -> None:
    text = (
        "Shelling hit the port of Hodeidah late on Monday. Six people were killed. Gunmen attacked a patrol near Taiz."
    )
    assert {claim.time for claim in claims_of(text) if claim.type in ("attack", "casualties")} == {day(MONDAY)}


def test_a_later_item_of_the_day_is_not_the_day_of_the_story() -> None:
    text = (
        "Troops seized the village of Rawa. " + "Talks stalled. " * 4 + "On Wednesday gunmen attacked a bus in Kirkuk."
    )
    (capture,) = of(text, "capture")
    assert capture.time == When(TUESDAY, PUBLISHED, 2)


def test_what_is_told_in_the_perfect_further_down_is_open() -> None:
    text = "Talks stalled in Geneva. " * 4 + "The militia has captured Hama."
    (capture,) = of(text, "capture")
    assert capture.time == When(None, PUBLISHED, 3)


def test_words_fall_between_the_story_and_publication() -> None:
    text = "Shelling hit Hodeidah on Monday. The secretary-general condemned the army."
    (condemn,) = of(text, "condemn")
    assert condemn.time == When(MONDAY, PUBLISHED, 2)


def test_what_the_war_did_lies_in_the_war() -> None:
    text = "The army shelled Sanaa in Yemen. The conflict has killed more than 5,000 people."
    (toll,) = of(text, "casualties")
    assert toll.time == When(date(2014, 9, 16), PUBLISHED, 3)
