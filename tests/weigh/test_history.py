"""Lanes through both times: the same, day by day of publication, as lanes of what was known by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import SOLEDAR
from tests.weigh.test_weighed import BLUE, RED, day, word
from whosays import weigh
from whosays.nouns import NOT_ALIGNED, ChangeKind, Control, Extraction, LaneKind, Polarity, Standing, When
from whosays.weigh.history import cut

KEY = SOLEDAR.key


def standings(claims: Sequence[Extraction], by: LaneKind = LaneKind.WEIGHED) -> tuple[Standing, ...]:
    return weigh.standings(KEY, SOLEDAR, "Soledar", claims, by=by)


def known(found: Sequence[Standing], on: date | None) -> set[tuple[str, Control]]:
    """As it was known on a day; None: now."""
    return {
        (one.who, cut(one.control))
        for one in found
        if (one.known_until is None if on is None else one.known_since <= on <= (one.known_until or date.max))
    }


def lanes(claims: Sequence[Extraction], by: LaneKind, on: date | None) -> set[tuple[str, Control]]:
    found = weigh.lanes(SOLEDAR, "Soledar", claims, by=by, known_on=on)
    return {(lane.key, cut(control)) for lane in found for control in lane.intervals}


SOURCES = {"Red army": RED, "Blue army": BLUE, "Monitor": NOT_ALIGNED, "Agency": None, "Green army": "green"}


@st.composite
def said(draw: st.DrawFn) -> Extraction:
    """Somebody's word of who holds the town, printed some days later, by an outlet or in its own words; some pages are undated."""
    source = draw(st.sampled_from([*SOURCES, None]))
    actor = draw(st.sampled_from([RED, BLUE, "green"]))
    n, late = draw(st.integers(0, 150)), draw(st.sampled_from([0, 0, 1, 5, 60]))
    kind = draw(st.sampled_from(["capture", "control", "withdraw", "besiege"]))
    polarity = draw(st.sampled_from([Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED]))
    one = word(source or "nobody", actor, n, kind, side=SOURCES.get(source or ""), polarity=polarity)
    claim = replace(one.claim, time=When(day(n), day(n), 1), time_words="that day")
    if source is None:
        claim = replace(
            claim, source=replace(claim.source, kind=weigh_narration(), name=None, actor=None, mention=None)
        )
    if draw(st.integers(0, 5)) == 0:
        claim = replace(claim, actor=None)
    published = None if draw(st.integers(0, 12)) == 0 else day(n + late)
    outlet = draw(st.sampled_from(["Daily", "Post"]))
    id_ = f"{source}{actor}{n}{late}{kind}{polarity}{outlet}{published}{claim.actor is None}"
    article = replace(one.article, id=id_, published=published, publisher=outlet)
    story = draw(st.sampled_from(["wire", None]))
    return replace(one, claim=replace(claim, id=id_, article=id_), article=article, story=story)


def weigh_narration():  # type: ignore[no-untyped-def]
    from whosays.nouns import SourceKind

    return SourceKind.NARRATION


@pytest.mark.slow
@pytest.mark.parametrize("by", LaneKind)
@settings(max_examples=60)
@given(claims=st.lists(said(), min_size=1, max_size=14, unique_by=lambda one: one.claim.id))
def test_on_every_day_they_are_the_lanes_of_what_was_known(by: LaneKind, claims: list[Extraction]) -> None:
    found = standings(claims, by)
    printed = sorted({one.article.published for one in claims if one.article.published})
    for on in (None, *printed, *(one + timedelta(days=1) for one in printed)):
        assert known(found, on) == lanes(claims, by, on)
    now = {(one.who, one.control) for one in found if one.known_until is None}
    exact = weigh.lanes(SOLEDAR, "Soledar", claims, by=by)
    assert now == {(lane.key, control) for lane in exact for control in lane.intervals}, (
        "what is known now names all claims"
    )


@pytest.mark.slow
@given(claims=st.lists(said(), min_size=1, max_size=8, unique_by=lambda one: one.claim.id))
def test_nothing_is_known_twice_at_once_nor_told_in_two_rows(claims: list[Extraction]) -> None:
    for by in LaneKind:
        found = standings(claims, by)
        for one in found:
            assert one.known_until is None or one.known_since <= one.known_until
            again = [other for other in found if (other.who, cut(other.control)) == (one.who, cut(one.control))]
            ends = {other.known_until for other in again}
            assert one.known_since - timedelta(days=1) not in ends, "what goes on is one row"


def test_news_is_told_of_what_came_to_be_known_of_the_town() -> None:
    claims = [
        word("Monitor", BLUE, 1, "control", side=NOT_ALIGNED),
        word("Monitor", RED, 20, "capture", side=NOT_ALIGNED),
        word("Blue army", RED, 21, "capture", side=BLUE, polarity=Polarity.DENIED),
    ]
    news = [change for change, _ in weigh.turns("Soledar", standings(claims))]
    assert [(one.kind, one.day, one.known, one.before, one.after) for one in news][:1] == [
        (ChangeKind.CHANGED_HANDS, day(20), day(20), BLUE, RED)
    ]
    assert [one.kind for one in news[1:]] == [ChangeKind.BECAME_DISPUTED]
    assert news[1].known == day(21)
    assert set(news[1].claims) == {claims[2].claim.id}


def test_a_first_word_is_no_change_but_a_capture_is() -> None:
    assert not list(weigh.turns("Soledar", standings([word("Monitor", BLUE, 1, "control", side=NOT_ALIGNED)])))
    (only,) = weigh.turns("Soledar", standings([word("Monitor", BLUE, 1, "capture", side=NOT_ALIGNED)]))
    assert (only[0].before, only[0].after, only[1]) == (None, BLUE, BLUE)
