"""Each kind of dispute once, with what sounds like it and is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import extract, make_article, make_claim
from tests.weigh.test_disputes import DENIED, NOT_TAKEN, TAKEN, counted, kinds, said, sided, whys
from whosays import weigh
from whosays.nouns import Count, DisputeKind, Extraction, Place, When
from whosays.weigh.said import content, parts


def jan(day: int) -> date:
    return date(2023, 1, day)


def on(one: Extraction, day: date) -> Extraction:
    """The same, with that day in its words."""
    return replace(one, claim=replace(one.claim, time=When(day, day, 1), time_words=str(day)))


def undated(one: Extraction) -> Extraction:
    """The same, at some time before it was printed."""
    return replace(one, claim=replace(one.claim, time=When(None, one.article.published, 1), time_words=None))


def means(one: Extraction, how: str) -> Extraction:
    return replace(one, claim=replace(one.claim, means=how))


def part(one: Extraction, words: str) -> Extraction:
    assert one.claim.place is not None
    return replace(one, claim=replace(one.claim, place=replace(one.claim.place, words=words, precision=2)))


def rostered(one: Extraction, side: str | None) -> Extraction:
    assert one.claim.actor is not None
    actor = replace(one.claim.actor, actor=one.claim.actor.words.lower(), side=side)
    return replace(one, claim=replace(one.claim, actor=actor))


# ---------------------------------------------------------------------------------------------------------------- polarity


def test_a_doer_who_denies_does_not_deny_the_deed() -> None:
    hit = said("The mill was hit", "Witness", type="attack", target="mill")
    not_us = said(
        "Russia did not hit the mill", "Russia", type="attack", actor="Russia", target="mill", polarity=DENIED
    )
    by_them = said("Russia hit the mill", "Kyiv", type="attack", actor="Russia", target="mill")
    assert kinds(hit, not_us) == []
    assert whys(by_them, not_us) == ["affirmed by Kyiv, denied by Russia"]


def test_a_headline_that_its_article_denies() -> None:
    article = make_article("Kyiv said Soledar was not taken.", headline="Wagner took Soledar", published=jan(11))
    claims = (
        make_claim(article, "Wagner took Soledar", actor="Wagner"),
        make_claim(article, "Soledar was not taken", source="Kyiv", polarity=DENIED),
    )
    (dispute,) = weigh.disputes(extract(article, *claims))
    assert dispute.why == "told as fact by the headline, denied by Kyiv"


def test_a_denial_about_a_country_denies_what_is_in_it() -> None:
    ukraine = Place("geonames:690791", "Ukraine", 49.0, 32.0, "UA", "country")
    entered = said("Wagner entered Soledar", "Kyiv", type="enter", actor="Wagner")
    stayed_out = said("Wagner never entered", "Wagner", type="enter", actor="Wagner", polarity=DENIED, place=ukraine)
    abroad = said(
        "Wagner never entered",
        "Wagner",
        type="enter",
        actor="Wagner",
        polarity=DENIED,
        place=replace(ukraine, key="p", country="PL"),
    )
    assert kinds(entered, stayed_out) == [DisputeKind.POLARITY]
    assert kinds(entered, abroad) == []


def test_a_bond_is_denied_wherever_it_is_told() -> None:
    backs = said("Iran arms Wagner", "Kyiv", type="ally", actor="Iran", target="Wagner", place=None)
    not_so = said(
        "Iran never armed Wagner", "Iran", type="ally", actor="Iran", target="Wagner", place=None, polarity=DENIED
    )
    assert kinds(backs, not_so) == [DisputeKind.POLARITY]


# --------------------------------------------------------------------------------------------------------- holders and parts


def test_all_of_a_town_against_parts_of_it() -> None:
    outskirts = part(said("Wagner took its outskirts", "Kyiv", actor="Wagner"), "northern outskirts of Soledar")
    assert whys(TAKEN, outskirts) == ["all of it against northern outskirts of Soledar"]
    earlier = replace(outskirts, article=replace(outskirts.article, published=jan(10)))
    assert kinds(TAKEN, earlier) == []  # progress


def test_two_sides_may_hold_two_parts() -> None:
    ours = sided(
        part(said("Russia holds the east", "Moscow", type="control", actor="Russia"), "east of Soledar"), "russia"
    )
    theirs = sided(
        part(said("Ukraine holds the west", "Kyiv", type="control", actor="Ukraine"), "west of Soledar"), "ukraine"
    )
    assert kinds(ours, theirs) == []
    assert kinds(part(ours, "Soledar"), part(theirs, "Soledar")) == [DisputeKind.RIVAL_HOLDER]


def test_most_of_a_town_leaves_nobody_else_all_of_it() -> None:
    most = sided(part(said("Ukraine retook most of it", "Kyiv", actor="Ukraine"), "most of Soledar"), "ukraine")
    whole = sided(said("Russia holds it", "Moscow", type="control", actor="Russia"), "russia")
    assert kinds(most, whole) == [DisputeKind.RIVAL_HOLDER]


@pytest.mark.parametrize("words", ["Russia-held Soledar", "Soledar province"])
def test_what_is_said_by_the_way_or_of_a_province_is_no_rival(words: str) -> None:
    ours = sided(part(said(f"They shelled {words}", "Moscow", type="control", actor="Russia"), words), "russia")
    theirs = sided(said("Ukraine holds it", "Kyiv", type="control", actor="Ukraine"), "ukraine")
    assert kinds(ours, theirs) == []


# -------------------------------------------------------------------------------------------------------------------- tolls


@pytest.mark.parametrize(("counted_on", "denied_on", "disputed"), [(11, 11, True), (11, 12, True), (12, 11, False)])
def test_some_killed_against_nobody(counted_on: int, denied_on: int, disputed: bool) -> None:
    killed = on(counted("Twelve died", "Hospital", 12, 12, published=jan(counted_on)), jan(11))
    nobody = on(counted("Nobody died", "Council", None, None, published=jan(denied_on), polarity=DENIED), jan(11))
    assert whys(killed, nobody) == (["12 killed against none"] if disputed else [])


def test_a_lower_count_later_by_another_voice_is_a_dispute() -> None:
    first = on(counted("Many died", "Hospital", 43, 43, published=jan(11)), jan(11))
    lower = on(counted("Some died", "Ministry", 12, 12, published=jan(12)), jan(11))
    assert whys(first, lower) == ["43 killed against 12 killed"]


def test_one_voice_may_raise_its_count_and_walks_back_when_it_lowers_it() -> None:
    first = on(counted("Some died", "Ministry", 43, 43, published=jan(11)), jan(11))
    raised = on(counted("Many died", "Ministry", 112, 112, published=jan(12)), jan(11))
    lowered = on(counted("Few died", "Ministry", 12, 12, published=jan(12)), jan(11))
    assert kinds(first, raised) == []
    assert whys(first, lowered) == ["43 killed against 12 killed, both times by Ministry"]


def test_fighters_or_civilians() -> None:
    civil, armed = (
        replace(one, claim=replace(one.claim, who=who))
        for one, who in (
            (counted("Thirty villagers died", "Elders", 30, 30), "civilians"),
            (counted("Thirty gunmen died", "Ministry", 30, 30), "combatants"),
        )
    )
    other = replace(armed, claim=replace(armed.claim, count=replace(armed.claim.count, low=9, high=9)))  # type: ignore[type-var]
    assert (
        kinds(undated(civil), undated(armed)) == []
    )  # neither tells the day, nor anything else that says it was one event
    (dispute,) = weigh.disputes([on(civil, jan(11)), on(armed, jan(11))])
    assert dispute.kind is DisputeKind.IDENTITY
    assert "30 civilians" in dispute.why
    assert kinds(on(civil, jan(11)), on(other, jan(11))) == []


def test_tolls_of_two_attacks_are_not_compared() -> None:
    by_air, by_land = (
        means(counted("Some died", "Hospital", 27, 27), "airstrike"),
        means(counted("Many died", "Ministry", 14, 14), "shelling"),
    )
    assert kinds(by_air, by_land) == []


@pytest.mark.parametrize(
    ("more", "less", "disputed"),
    [
        ("The toll has risen to 30", "Twelve died", False),
        ("Thirty died", "The toll was initially 12", False),
        ("Thirty died", "The toll has risen to 12", True),  # a higher count stands against it
        ("Meanwhile 30 died", "Twelve died", False),
        ("Thirty died in Bakhmut and Soledar", "Twelve died", False),  # of both towns
    ],
)
def test_stages_and_sums_are_no_disputes(more: str, less: str, disputed: bool) -> None:
    first, second = counted(more, "Hospital", 30, 30), counted(less, "Ministry", 12, 12)
    assert bool(kinds(on(first, jan(11)), on(second, jan(11)))) is disputed


def test_the_year_is_no_toll() -> None:
    assert kinds(counted("12 Jan 2023 died", "Hospital", 2023, 2023), counted("Some died", "Ministry", 12, 12)) == []


def test_a_longer_time_has_a_higher_toll() -> None:
    week = counted("Thirty died this week", "Hospital", 30, 30)
    week = replace(week, claim=replace(week.claim, time=When(jan(6), jan(11), 2)))
    assert kinds(week, on(counted("Twelve died", "Ministry", 12, 12), jan(11))) == []


def test_parts_that_add_up() -> None:
    article = make_article(
        "In Soledar 13 died. Rockets left 6 dead, a doctor said. Shells left 7 dead.", published=jan(11)
    )
    claims = (
        make_claim(article, "13 died", type="casualties"),
        make_claim(article, "Rockets left 6 dead", type="casualties", source="a doctor"),
        make_claim(article, "Shells left 7 dead", type="casualties", source="a doctor"),
    )
    counts = [
        replace(one, count=Count(n, n), who="people", harm="killed") for one, n in zip(claims, (13, 6, 7), strict=True)
    ]
    assert weigh.disputes(extract(article, *counts)) == ()
    (dispute, *_) = weigh.disputes(extract(article, *counts[:2]))
    assert dispute.kind is DisputeKind.NUMBER


def test_fighters_where_there_were_none() -> None:
    killed = counted("Nine gunmen died at the school", "Army", 9, 9)
    killed = replace(killed, claim=replace(killed.claim, who="combatants"))
    none = said("No militants were at the school", "UN", type="presence", actor="militants", polarity=DENIED)
    nobody = said("No refugees were at the school", "UN", type="presence", actor="refugees", polarity=DENIED)
    assert whys(killed, none) == ["9 combatants killed against none there"]
    assert kinds(killed, nobody) == []


# -------------------------------------------------------------------------------------------------------------------- deeds


def test_two_doers_of_one_deed() -> None:
    ours = rostered(said("Russia shelled the market", "Kyiv", type="attack", actor="Russia", target="market"), "russia")
    theirs = rostered(
        said("Ukraine shelled the market", "Moscow", type="attack", actor="Ukraine", target="market"), "ukraine"
    )
    elsewhere = rostered(
        said("Ukraine shelled a depot", "Moscow", type="attack", actor="Ukraine", target="depot"), "ukraine"
    )
    assert whys(ours, theirs) in (["by Russia against by Ukraine"], ["by Ukraine against by Russia"])
    assert kinds(ours, elsewhere) == []


def test_shot_down_or_by_accident_told_without_a_place() -> None:
    article = make_article("Rebels downed the plane. The plane fell through a technical fault.", published=jan(11))
    claims = (
        make_claim(article, "Rebels downed the plane", type="destroy", actor="Rebels", target="plane", source="Rebels"),
        make_claim(
            article,
            "The plane fell through a technical fault",
            type="destroy",
            target="plane",
            source="The",
            place=None,
        ),
    )
    (dispute,) = weigh.disputes(extract(article, *claims))
    assert (dispute.kind, dispute.why) == (DisputeKind.RESPONSIBLE_PARTY, "by Rebels against by accident")


def test_a_market_or_a_base() -> None:
    civil = on(
        means(said("Jets hit a market", "Survivors", type="attack", actor="Jets", target="market"), "airstrike"),
        jan(11),
    )
    armed = on(
        means(said("Jets hit a rebel base", "Army", type="attack", actor="Jets", target="rebel base"), "airstrike"),
        jan(11),
    )
    assert whys(civil, armed) in (["market against rebel base"], ["rebel base against market"])
    assert kinds(civil, means(armed, "shelling")) == []


@pytest.mark.parametrize(
    ("type_", "other", "disputed"), [("capture", 9, True), ("capture", 30, False), ("attack", 9, False)]
)
def test_one_deed_on_two_days(type_: str, other: int, disputed: bool) -> None:
    first = on(said("Wagner did it", "Wagner", type=type_, actor="Wagner", published=jan(31)), jan(6))
    second = on(said("Wagner did it", "Kyiv", type=type_, actor="Wagner", published=jan(31)), jan(other))
    assert kinds(first, second) == ([DisputeKind.DATE] if disputed else [])


# -------------------------------------------------------------------------------------------------------------- walked back


def test_a_voice_that_denies_its_own_word() -> None:
    denied = said("We did not take it", "Wagner", polarity=DENIED, published=jan(13))
    assert whys(TAKEN, denied) == ["affirmed on 11 Jan 2023, denied on 13 Jan 2023, both times by Wagner"]
    assert (
        kinds(replace(denied, article=replace(denied.article, published=jan(9))), TAKEN) == []
    )  # it has come about since


# --------------------------------------------------------------------------------------------------------------- invariants


def test_a_reprint_adds_no_dispute() -> None:
    reprint = replace(
        TAKEN, claim=replace(TAKEN.claim, id="reprint", article="z"), article=replace(TAKEN.article, id="z")
    )
    assert weigh.disputes([TAKEN, NOT_TAKEN, reprint]) == weigh.disputes([TAKEN, NOT_TAKEN])


MANY = [
    TAKEN,
    NOT_TAKEN,
    on(counted("Some died", "Hospital", 43, 43), jan(11)),
    on(counted("Few died", "Ministry", 12, 12), jan(11)),
    part(said("Wagner took its outskirts", "Observer", actor="Wagner"), "outskirts of Soledar"),
    said("We did not take it", "Wagner", polarity=DENIED, published=jan(13)),
]


@given(st.permutations(MANY))
def test_order_changes_nothing(claims: list[Extraction]) -> None:
    assert weigh.disputes(claims) == weigh.disputes(MANY)


@given(st.sets(st.integers(0, len(MANY) - 1)))
def test_fewer_claims_make_no_new_dispute(kept: set[int]) -> None:
    assert set(weigh.disputes([MANY[number] for number in kept])) <= set(weigh.disputes(MANY))


# -------------------------------------------------------------------------------------------------------------------- words


def test_words_that_tell_things_apart() -> None:
    assert content("the mayor’s two fish markets") == {"mayor", "fish", "market"}
    assert parts("parts of eastern Soledar", "Soledar") == {"part", "eastern"}
    assert parts("the town of West Point", "West Point") == frozenset()


def test_who_denies_that_his_town_fell_and_holds_it_says_one_thing() -> None:
    fallen = replace(NOT_TAKEN, claim=replace(NOT_TAKEN.claim, source=replace(NOT_TAKEN.claim.source, side="ukraine")))
    held = sided(said("Kyiv holds it", "A monitor", type="control", actor="Ukraine"), "ukraine")
    assert whys(fallen, held) == []
    assert whys(fallen, sided(said("Wagner holds it", "A monitor", type="control", actor="Wagner"), "russia")) != []
