"""What became of what a voice said: borne out, refuted, withdrawn or open, by whom, with how many behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import NOT_ALIGNED, Count, Extraction, Fate, Modality, Polarity, Record
from whosays.text import digest
from whosays.weigh.record import interval

DAY = date(2023, 1, 11)
DENIED = Polarity.DENIED
SIDES = {
    "Wagner": "russia",
    "Moscow": "russia",
    "Kyiv": "ukraine",
    "Lviv": "ukraine",
    "Monitor": NOT_ALIGNED,
    "UN": NOT_ALIGNED,
}


def said(words: str, source: str | None, *, day: int = 0, publisher: str = "Daily", **fields: object) -> Extraction:
    """One claim, alone in its article, printed on the day it speaks of; sides as SIDES has them."""
    article = make_article(
        f"{words} in Soledar, {source}, {day}.", publisher=publisher, published=DAY + timedelta(days=day)
    )
    claim = make_claim(article, words, source=source, **fields)  # type: ignore[arg-type]
    actor = None if claim.actor is None else replace(claim.actor, side=SIDES.get(claim.actor.words))
    target = None if claim.target is None else replace(claim.target, side=SIDES.get(claim.target.words))
    source_ = replace(claim.source, side=SIDES.get(source or ""))
    return extract(article, replace(claim, actor=actor, target=target, source=source_))[0]


def reprinted(one: Extraction, publisher: str, *, later: int = 1) -> Extraction:
    """The same story in another outlet; what no word dates, it reads by its own date."""
    of = one.article
    assert of.published is not None
    key = digest(of.id, publisher)
    head = replace(of, id=key, publisher=publisher, published=of.published + timedelta(days=later))
    claim = replace(one.claim, id=digest(one.claim.id, publisher), article=key)
    return replace(one, article=head, claim=claim)


TAKEN = said("Wagner took it", "Wagner", actor="Wagner", target="Kyiv")
CONFIRMED = said("Wagner did take it", "Monitor", actor="Wagner", target="Kyiv", day=1)
NOT_TAKEN = said("It was not taken", "Monitor", actor="Wagner", polarity=DENIED, day=1)
STILL_HELD = said("Kyiv holds it", "UN", type="control", actor="Kyiv", day=1)
CONCEDED = said("Kyiv left it", "Kyiv", type="withdraw", actor="Kyiv", day=1)
TAKEN_BACK = said("Wagner does not hold it", "Wagner", type="control", actor="Wagner", polarity=DENIED, day=1)


def fate(one: Extraction, *others: Extraction) -> Fate:
    (word,) = (word for word in weigh.words([one, *others]) if word.said == one)
    return word.fate


@pytest.mark.parametrize(
    ("became", "others"),
    [
        (Fate.OPEN, ()),
        (Fate.BORNE_OUT, (CONFIRMED,)),
        (Fate.BORNE_OUT, (CONCEDED,)),
        (Fate.REFUTED, (NOT_TAKEN,)),
        (Fate.REFUTED, (STILL_HELD,)),
        (Fate.OPEN, (CONFIRMED, STILL_HELD)),
        (Fate.REFUTED, (CONFIRMED, STILL_HELD, said("No", "Red Cross", actor="Wagner", polarity=DENIED, day=1))),
        (Fate.WITHDRAWN, (TAKEN_BACK,)),
        (Fate.WITHDRAWN, (TAKEN_BACK, CONFIRMED)),
    ],
)
def test_fates(became: Fate, others: tuple[Extraction, ...]) -> None:
    red_cross = [
        replace(one, claim=_of_no_side(one)) if one.claim.source.name == "Red Cross" else one for one in others
    ]
    assert fate(TAKEN, *red_cross) is became


def _of_no_side(one: Extraction):  # type: ignore[no-untyped-def]
    return replace(one.claim, source=replace(one.claim.source, side=NOT_ALIGNED))


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("of its own side", said("Wagner has taken it", "Moscow", actor="Wagner", target="Kyiv", day=1)),
        ("denied by those who lose", said("It was not taken", "Kyiv", actor="Wagner", polarity=DENIED, day=1)),
        ("of an unknown side", said("Wagner has taken it", "a resident", actor="Wagner", target="Kyiv", day=1)),
        ("printed before", said("Wagner took it before", "Monitor", actor="Wagner", target="Kyiv", day=-1)),
        ("of a page without a date", replace(CONFIRMED, article=replace(CONFIRMED.article, published=None))),
        ("in the same story", replace(CONFIRMED, story=TAKEN.article.body)),
        ("of another place", replace(CONFIRMED, claim=replace(CONFIRMED.claim, place=None))),
        ("only planned", replace(CONFIRMED, claim=replace(CONFIRMED.claim, modality=Modality.PLANNED))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_witness(why: str, other: Extraction) -> None:
    assert fate(TAKEN, other) is Fate.OPEN


def test_a_concession_is_not_borne_out_by_an_ally() -> None:
    assert fate(CONCEDED, said("They left it", "Lviv", type="withdraw", actor="Kyiv", day=1)) is Fate.OPEN


def test_who_says_both_on_one_day_has_taken_nothing_back() -> None:
    both = said("Wagner does not hold it", "Wagner", type="control", actor="Wagner", polarity=DENIED)
    assert fate(TAKEN, both) is Fate.OPEN


def test_an_outlet_that_rewords_a_story_has_no_word_of_its_own() -> None:
    reworded = said("Wagner took all of it", "Wagner", actor="Wagner", publisher="Other", day=1)
    assert set(records([TAKEN, replace(reworded, story=TAKEN.article.body)], "outlet")) == {"Daily"}


LATE = said("Kyiv has left it", "Kyiv", type="withdraw", actor="Kyiv", day=20)


def test_who_took_it_may_be_borne_out_later() -> None:
    assert fate(TAKEN, LATE) is Fate.BORNE_OUT
    assert records([TAKEN, LATE])["Wagner"].lead_days == 20


@pytest.mark.parametrize(
    ("why", "others"),
    [
        ("more than a month later", (said("Kyiv left it", "Kyiv", type="withdraw", actor="Kyiv", day=40),)),
        ("after a change", (said("Kyiv took it back", "Kyiv", actor="Kyiv", target="Wagner", day=10), LATE)),
        ("first refuted", (NOT_TAKEN, LATE)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_heard_too_late_bears_nothing_out(why: str, others: tuple[Extraction, ...]) -> None:
    assert fate(TAKEN, *others) is not Fate.BORNE_OUT


def test_who_holds_it_is_said_of_its_own_days() -> None:
    held = said("Wagner holds it", "Wagner", type="control", actor="Wagner")
    assert fate(held, LATE) is Fate.OPEN


def test_change_refutes_nobody() -> None:
    held = said("Kyiv holds it", "Kyiv", type="control", actor="Kyiv")
    taken = said("Wagner took it", "Monitor", actor="Wagner", target="Kyiv", day=1)
    assert fate(held, taken) is Fate.OPEN


def test_what_is_said_twice_is_one_word() -> None:
    again = said("Wagner took it indeed", "Wagner", actor="Wagner", target="Kyiv", day=1)
    assert [word.said for word in weigh.words([TAKEN, again])] == [TAKEN]


def test_a_later_higher_toll_is_an_update_and_a_lower_one_is_not() -> None:
    first = toll("Ten died", "Moscow", 10)
    assert fate(first, toll("Many died", "Monitor", 30, day=1)) is Fate.OPEN
    assert fate(toll("Thirty died", "Moscow", 30), toll("Ten died", "Monitor", 10, day=1)) is Fate.REFUTED
    assert fate(first, toll("Eleven died", "Monitor", 11, day=1)) is Fate.BORNE_OUT


def toll(words: str, source: str, count: int, **fields: object) -> Extraction:
    one = said(words, source, type="casualties", **fields)
    event = replace(one.claim.time, first=DAY, last=DAY) if one.claim.time else None
    return replace(one, claim=replace(one.claim, count=Count(count, count), harm="killed", who="people", time=event))


def test_a_record_counts_and_never_scores_without_n() -> None:
    """Two voices: what Wagner said was borne out, the monitor was second by a day and is alone in its word."""
    wagner, monitor = records([TAKEN, CONFIRMED])["Wagner"], records([TAKEN, CONFIRMED])["Monitor"]
    assert (wagner.said, wagner.fates[Fate.BORNE_OUT], wagner.rate) == (1, 1, pytest.approx(2 / 3))
    assert (wagner.first, wagner.shared, wagner.lead_days) == (1, 1, 1.0)
    assert (wagner.against_interest, wagner.with_interest) == (0, 1)
    assert (monitor.first, monitor.shared, monitor.lead_days) == (0, 1, -1.0)
    assert (monitor.fates[Fate.OPEN], monitor.rate, monitor.low, monitor.high) == (1, 0.5, 0.025, 0.975)


def records(claims: list[Extraction], of: str = "source") -> dict[str, Record]:
    return {one.who: one for one in weigh.record(claims, of=of)}  # type: ignore[arg-type]


def test_who_speaks_against_his_interest() -> None:
    kyiv = records([TAKEN, CONCEDED])["Kyiv"]
    assert (kyiv.against_interest, kyiv.with_interest) == (1, 1)


def test_outlets_and_sides_have_records_too() -> None:
    claims = [TAKEN, said("Wagner has taken it", "Moscow", actor="Wagner", target="Kyiv", publisher="Other"), CONFIRMED]
    outlets, sides = records(claims, "outlet"), records(claims, "side")
    assert {who: one.said for who, one in outlets.items()} == {"Daily": 1, "Other": 1}
    assert {who: one.said for who, one in sides.items()} == {"russia": 1, "not aligned": 1}
    assert sides["russia"].fates[Fate.BORNE_OUT] == 1


def test_an_unknown_side_is_no_side() -> None:
    assert records([said("It was taken", "a resident")], "side") == {}


def test_unnamed_voices_of_two_stories_are_two() -> None:
    from whosays.nouns import SourceKind

    def nameless(one: Extraction) -> Extraction:
        return replace(one, claim=replace(one.claim, source=replace(one.claim.source, kind=SourceKind.UNNAMED)))

    two = [nameless(said("Wagner took it", "officials")), nameless(said("Wagner has taken it", "officials"))]
    assert [one.said for one in weigh.record(two)] == [1, 1]


@pytest.mark.parametrize(
    ("hits", "misses", "low", "high"),
    [(0, 0, 0.025, 0.975), (1, 0, 0.1581, 0.9874), (8, 2, 0.4822, 0.9398), (100, 100, 0.4314, 0.5686)],
)
def test_intervals_are_those_of_the_beta_posterior(hits: int, misses: int, low: float, high: float) -> None:
    """Against quantiles of Beta(hits + 1, misses + 1) from scipy 1.17."""
    assert interval(hits, misses) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


# --------------------------------------------------------------------------------------------------------- invariants


@st.composite
def claim(draw: st.DrawFn) -> Extraction:
    kind = draw(st.sampled_from(["capture", "control", "withdraw", "attack"]))
    polarity = draw(st.sampled_from(Polarity))
    actor, source = draw(st.sampled_from(["Wagner", "Kyiv"])), draw(st.sampled_from([*SIDES, "a resident", None]))
    words = f"{polarity} {kind} by {actor}"
    one = said(
        words,
        source,
        day=draw(st.integers(0, 4)),
        publisher=draw(st.sampled_from(["Daily", "Other"])),
        type=kind,
        polarity=polarity,
        actor=actor,
        place=SOLEDAR,
    )
    undated = replace(one, claim=replace(one.claim, time=None)) if draw(st.booleans()) else one
    return replace(undated, story=one.article.id)


claims = st.lists(claim(), min_size=1, max_size=8, unique_by=lambda one: one.claim.id)
kinds = st.sampled_from(["source", "outlet", "side"])


@settings(max_examples=60, deadline=None)
@given(claims, kinds, st.randoms())
def test_order_changes_nothing(some: list[Extraction], of: str, draw) -> None:  # type: ignore[no-untyped-def]
    shuffled = draw.sample(some, len(some))
    assert weigh.record(shuffled, of=of) == weigh.record(some, of=of)  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(claims, kinds, st.data())
def test_a_reprint_changes_no_record(some: list[Extraction], of: str, data: st.DataObject) -> None:
    one, later = data.draw(st.sampled_from(some)), data.draw(st.integers(0, 9))
    copy = reprinted(one, f"Copyist {data.draw(st.integers(0, 9))}", later=later)
    assert weigh.record([*some, copy], of=of) == weigh.record(some, of=of)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(claims, kinds)
def test_removing_and_adding_again_changes_nothing(some: list[Extraction], of: str) -> None:
    before = weigh.record(some, of=of)  # type: ignore[arg-type]
    weigh.record(some[1:], of=of)  # type: ignore[arg-type]
    assert weigh.record([*some[1:], some[0]], of=of) == before  # type: ignore[arg-type]
