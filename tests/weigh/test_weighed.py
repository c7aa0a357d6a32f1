"""Lanes over time, and what all voices weighed come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import NOT_ALIGNED, Control, Extraction, LaneKind, Modality, Polarity

DENIED = Polarity.DENIED
RED, BLUE = "red", "blue"


def day(n: int) -> date:
    return date(2023, 1, 1) + timedelta(days=n)


def word(
    source: str,
    actor: str,
    n: int,
    kind: str = "capture",
    *,
    side: str | None = None,
    outlet: str = "Daily",
    **fields: object,
) -> Extraction:
    """What a source says on the n-th day; `actor` names a side, and the voice has one too."""
    article = make_article(f"{source} said that {actor} {kind} Soledar on day {n}.", publisher=outlet, published=day(n))
    claim = make_claim(article, f"{actor} {kind} Soledar", type=kind, actor=actor, source=source, **fields)  # type: ignore[arg-type]
    assert claim.actor is not None
    claim = replace(claim, actor=replace(claim.actor, side=actor), source=replace(claim.source, side=side))
    return extract(article, claim)[0]


def now(n: int, claims: Sequence[Extraction], **options: object) -> Control:
    (found,) = weigh.holds(SOLEDAR, "Soledar", day(n), claims, by=LaneKind.WEIGHED, **options)  # type: ignore[arg-type]
    return found


def test_who_takes_a_town_has_it_whoever_says_so_first() -> None:
    held, taken = word("Monitor", BLUE, 1, "control", side=NOT_ALIGNED), word("Agency", RED, 20)
    assert now(19, [held, taken]).holder == BLUE
    assert now(20, [held, taken]).holder == RED
    assert now(20, [held, taken]).contested == ()  # change over time is no dispute


def test_those_who_gain_by_it_weigh_less_than_one_who_does_not() -> None:
    claims = [
        word("Monitor", BLUE, 10, "control", side=NOT_ALIGNED),
        word("A", RED, 10, side=RED),
        word("B", RED, 10, side=RED),
    ]
    found = now(10, claims)
    assert found.holder == BLUE
    assert len(found.contested) == 2
    assert found.grade is not None
    assert found.grade.grade == "contested"


def test_who_loses_by_it_weighs_most() -> None:
    claims = [
        word("A", RED, 10, side=RED),
        word("Monitor", BLUE, 10, "control", side=NOT_ALIGNED),
        word("B", BLUE, 10, "withdraw", side=BLUE),
    ]
    found = now(10, claims)
    assert (found.holder, found.says) == (RED, "taken by red")


def test_what_only_the_taker_says_waits_until_the_rest_is_old() -> None:
    claims = [word("Monitor", BLUE, 1, "control", side=NOT_ALIGNED), word("A", RED, 5, side=RED)]
    assert now(5, claims).holder == BLUE
    again = [*claims, word("A", RED, 80, "control", side=RED)]
    assert now(80, again).holder == RED


def test_between_equals_the_one_before_stands() -> None:
    for first, then in ((RED, BLUE), (BLUE, RED)):
        assert (
            now(5, [word("A", first, 4, "control"), word("A", first, 5, "control"), word("B", then, 5)]).holder == first
        )


def test_probable_weighs_less_than_actual() -> None:
    claims = [word("A", RED, 5, modality=Modality.PROBABLE), word("B", BLUE, 5)]
    assert now(5, claims).holder == BLUE


def test_who_is_gone_is_told_where_nobody_says_who_came() -> None:
    found = now(5, [word("A", BLUE, 5, "withdraw")])
    assert (found.holder, found.not_holder, found.says) == (None, BLUE, "left by blue")
    denied = now(
        5, [word("A", RED, 4), word("B", RED, 5, side=BLUE, polarity=DENIED), word("C", RED, 5, polarity=DENIED)]
    )
    assert (denied.holder, denied.not_holder) == (None, RED)


def test_sieges_and_parts_stand_beside_the_holder_until_the_town_is_taken() -> None:
    held, siege = word("A", BLUE, 1, "control"), word("A", RED, 5, "besiege")
    part = word("A", RED, 8)
    assert part.claim.place is not None
    part = replace(part, claim=replace(part.claim, place=replace(part.claim.place, precision=2)))
    taken = word("A", RED, 10)
    claims = [held, siege, part, taken]
    for by in (LaneKind.WEIGHED, LaneKind.SOURCE):
        (lane,) = weigh.lanes(SOLEDAR, "Soledar", claims, by=by)
        told = [(one.since, one.holder, one.besieged_by, one.parts, one.last_known) for one in lane.intervals]
        assert told == [
            (day(1), BLUE, None, None, False),
            (day(5), BLUE, RED, None, False),
            (day(8), BLUE, RED, "parts taken by red", False),
            (day(10), RED, None, None, False),
            (day(10 + 91), RED, None, None, True),
        ]


def test_a_siege_is_lifted_when_it_is_said_to_be_or_the_besieger_leaves() -> None:
    held, siege = word("A", BLUE, 1, "control"), word("A", RED, 5, "besiege")
    for end in (word("A", RED, 8, "besiege", polarity=DENIED), word("A", RED, 8, "withdraw")):
        found = now(8, [held, siege, end])
        assert (found.holder, found.besieged_by) == (BLUE, None)


def test_a_siege_alone_goes_on_while_other_things_are_said() -> None:
    siege, stays = word("A", RED, 1, "besiege"), word("A", RED, 2, "withdraw", polarity=DENIED)
    (lane,) = weigh.lanes(SOLEDAR, "Soledar", [siege, stays], by=LaneKind.WEIGHED)
    assert all(siege.claim.id in one.basis for one in lane.intervals)
    assert (lane.intervals[0].since, lane.intervals[0].besieged_by) == (day(1), RED)


def test_sides_have_a_lane_each_and_unknown_is_not_none() -> None:
    claims = [word("A", RED, 5, side=RED), word("B", RED, 5, side=None), word("C", RED, 5, side=NOT_ALIGNED)]
    lanes = weigh.lanes(SOLEDAR, "Soledar", claims, by=LaneKind.SIDE)
    assert [lane.who for lane in lanes] == ["not aligned", "red", "side not known"]


def test_a_lane_says_who_contests_it() -> None:
    red, blue = word("A", RED, 5), word("B", BLUE, 6, "control")
    lanes = {lane.who: lane for lane in weigh.lanes(SOLEDAR, "Soledar", [red, blue])}
    assert lanes["A"].intervals[0].contested == (blue.claim.id,)
    assert lanes["B"].intervals[0].contested == (red.claim.id,)


def test_what_was_not_yet_published_does_not_count() -> None:
    claims = [word("A", BLUE, 1, "control"), word("B", RED, 5)]
    assert now(9, claims, known_on=day(4)).holder == BLUE
    assert now(9, claims).holder == RED


def test_an_unknown_horizon_far_away_is_the_last_day_there_is() -> None:
    (lane,) = weigh.lanes(SOLEDAR, "Soledar", [word("A", RED, 5)], horizon_days=10**9)
    assert lane.intervals[-1].since == date.max


# --------------------------------------------------------------------------------------------------------- invariants

_WORDS = st.builds(
    lambda source, actor, n, type_, side, denied, outlet: word(
        source, actor, n, type_, side=side, outlet=outlet, polarity=DENIED if denied else Polarity.AFFIRMED
    ),
    st.sampled_from("ABCD"),
    st.sampled_from([RED, BLUE]),
    st.integers(0, 200),
    st.sampled_from(weigh.TERRITORY),
    st.sampled_from([RED, BLUE, NOT_ALIGNED, None]),
    st.booleans(),
    st.sampled_from(["Daily", "Evening"]),
)
_HEAPS = st.lists(_WORDS, max_size=12, unique_by=lambda one: one.claim.id)


@pytest.mark.slow
@given(_HEAPS, st.randoms(use_true_random=False), st.sampled_from(list(LaneKind)))
def test_order_changes_nothing(heap: list[Extraction], random: object, by: LaneKind) -> None:
    shuffled = list(heap)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weigh.lanes(SOLEDAR, "Soledar", heap, by=by) == weigh.lanes(SOLEDAR, "Soledar", shuffled, by=by)


@pytest.mark.slow
@given(_HEAPS, st.sampled_from(list(LaneKind)))
def test_intervals_follow_each_other_and_stand_on_claims(heap: list[Extraction], by: LaneKind) -> None:
    for lane in weigh.lanes(SOLEDAR, "Soledar", heap, by=by):
        ends = [(one.since, one.until) for one in lane.intervals]
        assert all(first is not None and (last is None or first <= last) for first, last in ends)
        assert all(a[1] is not None and b[0] is not None and a[1] < b[0] for a, b in pairwise(ends))
        assert all(set(one.basis) <= {claim.claim.id for claim in heap} and one.basis for one in lane.intervals)


@given(_HEAPS, st.integers(0, 11))
def test_a_reprint_adds_no_origin_and_moves_nothing(heap: list[Extraction], at: int) -> None:
    if not heap:
        return
    one = heap[at % len(heap)]
    head = replace(one.article, id="reprint", publisher="Other")
    reprint = replace(one, article=head, claim=replace(one.claim, id="again", article="reprint"))
    before = weigh.holds(SOLEDAR, "Soledar", day(300), heap, by=LaneKind.WEIGHED)
    after = weigh.holds(SOLEDAR, "Soledar", day(300), [*heap, reprint], by=LaneKind.WEIGHED)
    told = [
        [(row.says, row.holder, row.since, row.origins, row.besieged_by) for row in rows] for rows in (before, after)
    ]
    assert told[0] == told[1]


@given(_HEAPS, st.integers(0, 200))
def test_what_is_known_later_changes_nothing_known_before(heap: list[Extraction], n: int) -> None:
    early = [one for one in heap if one.article.published is not None and one.article.published <= day(n)]
    for by in LaneKind:
        known = weigh.lanes(SOLEDAR, "Soledar", heap, by=by, known_on=day(n))
        assert known == weigh.lanes(SOLEDAR, "Soledar", early, by=by)


# ----------------------------------------------------------------------------------------- what stands behind an answer


def test_a_siege_and_parts_taken_stand_behind_nobodys_hold() -> None:
    held = word("Blue army", BLUE, 1, "control", side=BLUE)
    siege = word("Monitor", RED, 2, "besiege", side=NOT_ALIGNED)
    alone, besieged = now(3, [held]), now(3, [held, siege])
    assert (besieged.holder, besieged.besieged_by, besieged.origins) == (BLUE, RED, 1)
    assert alone.grade is not None
    assert besieged.grade is not None
    assert besieged.grade.grade == alone.grade.grade == "claimed"


def test_that_an_enemy_did_not_take_it_says_nothing_of_who_did() -> None:
    taken, denied = word("Third", "third", 1), word("Monitor", RED, 1, polarity=DENIED, side=NOT_ALIGNED)
    assert now(2, [taken, denied]).origins == 1


def test_a_side_that_has_come_to_say_so_contests_it_no_longer() -> None:
    claims = [
        word("Blue ministry", RED, 1, polarity=DENIED, side=BLUE),
        word("Monitor", RED, 2, side=NOT_ALIGNED),
        word("Blue army", BLUE, 2, "withdraw", side=BLUE),
    ]
    found = now(3, claims)
    assert (found.holder, found.contested) == (RED, ())
    assert found.grade is not None
    assert found.grade.grade == "acknowledged"


def test_a_late_reprint_of_what_left_the_day_open_is_of_the_first_day() -> None:
    held = word("Monitor", BLUE, 1, "control", side=NOT_ALIGNED)
    held = replace(held, claim=replace(held.claim, time=None, time_words=None))
    taken = word("Red army", RED, 60, side=RED)
    head = replace(held.article, id="again", publisher="Echo", published=day(80))
    claim = replace(held.claim, id="again", article="again")
    again = replace(held, article=head, claim=claim, printed=day(1))
    assert now(120, [held, taken, again]).holder == now(120, [held, taken]).holder == RED


# ---------------------------------------------------------------------------------------------------- taken, lost, taken


def test_who_told_of_a_capture_that_was_lost_again_does_not_tell_of_the_next() -> None:
    earlier = [word("Agency", RED, 8), word("Red ministry", RED, 9, side=RED)]
    lost, again = word("Monitor", BLUE, 12, side=NOT_ALIGNED), word("Monitor", RED, 20, side=NOT_ALIGNED)
    assert now(12, [*earlier, lost]).holder == BLUE
    found = now(20, [*earlier, lost, again])
    assert (found.holder, found.since, found.basis) == (RED, day(20), (again.claim.id,))
    assert found.grade is not None
    assert found.grade.grade == "single-origin"


def test_who_left_and_came_back_is_gone_again_by_later_words_alone() -> None:
    left, back = word("Agency", BLUE, 5, "withdraw"), word("Agency", BLUE, 10)
    early, gone = word("Post", BLUE, 6, "withdraw"), word("Agency", BLUE, 15, "withdraw")
    found = now(15, [left, early, back, gone])
    assert (found.not_holder, found.since, found.basis) == (BLUE, day(15), (gone.claim.id,))


def test_an_early_announcement_of_the_same_capture_stands_behind_it() -> None:
    announced, held = word("Red army", RED, 8, side=RED), word("Monitor", BLUE, 8, "control", side=NOT_ALIGNED)
    found = now(12, [announced, held, word("Monitor", RED, 12, side=NOT_ALIGNED)])
    assert (found.holder, found.origins) == (RED, 2)
    assert found.since == day(12)  # till then another answer weighed more


def test_where_nobody_tells_who_came_after_it_was_left_the_earlier_words_stand() -> None:
    before, taken = word("Agency", RED, 8), word("Post", BLUE, 12)
    left = word("Post", BLUE, 13, "withdraw")
    found = now(13, [before, taken, left])
    assert (found.holder, set(found.basis)) == (RED, {before.claim.id, left.claim.id})


def answers_on(n: int, claims: Sequence[Extraction]) -> list[tuple[str, bool, tuple[str, ...]]]:
    """What the weighed lane says on a day."""
    lanes = weigh.lanes(SOLEDAR, "Soledar", claims, by=LaneKind.WEIGHED)
    return [
        (one.says, one.last_known, one.basis)
        for lane in lanes
        for one in lane.intervals
        if one.since is not None and one.since <= day(n) <= (one.until or date.max)
    ]


def test_who_is_a_rival_there_is_asked_of_all_days() -> None:
    """Green is known to have a hand in it only later: what it denies on the first day helps it all the same."""
    claims = [
        word("Agency", RED, 1, modality=Modality.PROBABLE),
        word("Green army", RED, 1, polarity=DENIED, side="green"),
        word("Monitor", "green", 30, side=NOT_ALIGNED),
    ]
    found = now(1, claims)
    assert [(found.says, found.last_known, found.basis)] == answers_on(1, claims)


@given(_HEAPS, st.integers(0, 300))
def test_what_holds_on_a_day_is_what_the_lane_says_of_it(heap: list[Extraction], n: int) -> None:
    """But for one thing: it hears nothing later, and takes for `last known` what a later word says again."""
    rows = weigh.holds(SOLEDAR, "Soledar", day(n), heap, by=LaneKind.WEIGHED)
    told = answers_on(n, heap)
    assert [row.says for row in rows] == [says for says, _, _ in told]
    assert all(row.last_known >= known for row, (_, known, _) in zip(rows, told, strict=True))
