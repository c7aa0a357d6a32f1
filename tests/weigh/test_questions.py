"""Questions: what is put together, what is kept apart, and how it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import Count, Extraction, Modality, Place, Polarity, When

DAY = date(2023, 1, 11)
DONETSK = Place("division:UA/Donetsk", "Donetsk", 48.0, 37.8, "UA", "admin1", admin1="Donetsk")
BAKHMUT = Place("geonames:711000", "Bakhmut", 48.6, 38.0, "UA", "town", 70_000, 711000, "Donetsk")
ONE_KIND = {"type": "casualties"}


def said(words: str, *, on: date = DAY, publisher: str = "Daily", **fields: object) -> Extraction:
    """One claim, alone in its article."""
    article = make_article(f"{words}.", publisher=publisher, published=on)
    return extract(article, make_claim(article, words, **fields))[0]  # type: ignore[arg-type]


def counted(low: int, high: int | None, harm: str = "killed", **fields: object) -> Extraction:
    target = fields.get("target")
    one = said(f"{low} were {harm}" + (f": {target}" if target else ""), type="casualties", **fields)
    return replace(one, claim=replace(one.claim, count=Count(low, high), harm=harm))


def over(one: Extraction, first: date | None, last: date | None) -> Extraction:
    """The claim, of some days."""
    return replace(one, claim=replace(one.claim, time=When(first, last, 2)))


def sizes(*claims: Extraction) -> list[int]:
    return sorted(len(question.claims) for question in weigh.questions(claims))


def test_who_holds_a_place_is_one_question_whoever_is_said_to() -> None:
    taken = said("Wagner has taken it", actor="Wagner")
    denied = said("It has not fallen", on=DAY + timedelta(days=1), polarity=Polarity.DENIED)
    (question,) = weigh.questions([denied, taken])
    assert question.words == "Who held Soledar on 11–12 Jan 2023?"
    assert question.claims == (taken.claim.id, denied.claim.id)
    assert question.id == taken.claim.id
    assert question.reasons[0].startswith("the same place")


@pytest.mark.parametrize(
    ("why", "a", "b"),
    [
        ("another place", said("It fell"), said("It has fallen", place=BAKHMUT)),
        ("other days", said("It fell"), said("It has fallen", on=DAY + timedelta(days=3))),
        ("another type", said("It fell"), said("They clashed", type="clash")),
        (
            "another actor, of events",
            said("A came in", type="enter", actor="A"),
            said("B came in", type="enter", actor="B"),
        ),
        ("killed and injured", counted(5, 5), counted(5, 5, "injured")),
        ("a toll of another scale", counted(5, 5), counted(400, 400)),
    ],
)
def test_kept_apart(why: str, a: Extraction, b: Extraction) -> None:
    assert sizes(a, b) == [1, 1], why


def test_a_toll_that_grows_is_one_question() -> None:
    later = [
        over(counted(n, n, on=DAY + timedelta(days=d)), None, DAY + timedelta(days=d)) for n, d in ((70, 1), (112, 2))
    ]
    (question,) = weigh.questions([counted(43, 43), *later])
    assert question.words == "How many were killed in Soledar on 11 Jan 2023?"
    assert len(question.claims) == 3


def test_a_region_joins_the_place_within_it_but_is_never_enough() -> None:
    town = said("A shelled B", type="attack", actor="A", target="B")
    region = said("A hit B", type="attack", actor="A", target="B", place=DONETSK)
    other = said("C fired on D", type="attack", actor="C", target="D", place=DONETSK)
    assert sizes(town, region) == [2]
    assert sizes(town, other) == [1, 1]


def test_events_of_one_question_have_a_day_in_common() -> None:
    """Friday's dead and Sunday's are two questions, even if a report that leaves the day open could be of either."""
    friday, sunday = counted(5, 5), counted(6, 6, on=DAY + timedelta(days=2))
    open_ = over(counted(5, 6, on=DAY + timedelta(days=2)), DAY, DAY + timedelta(days=2))
    assert sizes(friday, open_, sunday) == [1, 2]


def test_a_long_run_is_cut_at_weeks() -> None:
    claims = [said("They hold it", type="control", actor="A", on=DAY + timedelta(days=n)) for n in range(20)]
    found = weigh.questions(claims)
    assert all((one.last - one.first).days < 7 for one in found if one.first and one.last)
    assert sum(len(one.claims) for one in found) == 20


def test_plans_ask_nothing() -> None:
    assert weigh.questions([said("They will take it", modality=Modality.PLANNED)]) == ()


def test_undated_claims_ask_within_their_page() -> None:
    article, other = (make_article(f"It fell{n}. It has fallen.", published=None) for n in ("", " again"))
    claims = extract(article, make_claim(article, "It fell"), make_claim(article, "It has fallen"))
    assert sizes(*claims, *extract(other, make_claim(other, "It fell again"))) == [1, 2]


def test_names_that_no_gazetteer_has() -> None:
    claims = [said(f"It fell {n}", place=None) for n in "ab"]
    assert sizes(*claims) == []


MADE = st.builds(
    lambda n, day, kind, actor, place: said(
        f"Words {n}", on=DAY + timedelta(days=day), type=kind, actor=actor, place=place
    ),
    st.integers(0, 99),
    st.integers(0, 12),
    st.sampled_from(["capture", "control", "withdraw", "attack", "enter"]),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from([SOLEDAR, BAKHMUT, DONETSK]),
)


@given(st.lists(MADE, max_size=12, unique_by=lambda one: one.claim.id), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_no_claim_is_lost(claims: list[Extraction], chance) -> None:  # type: ignore[no-untyped-def]
    found = weigh.questions(claims)
    mixed = list(claims)
    chance.shuffle(mixed)
    assert weigh.questions(mixed) == found
    assert sorted(claim for one in found for claim in one.claims) == sorted(one.claim.id for one in claims)
    assert all(0.5 <= one.score <= 1 for one in found)


def test_who_holds_a_region_is_not_who_holds_a_town_in_it() -> None:
    assert sizes(said("It fell"), said("The province fell", place=DONETSK), said("Bakhmut fell", place=BAKHMUT)) == [
        1,
        1,
        1,
    ]


def test_a_region_stands_for_one_town_only() -> None:
    """The blow `in Donetsk` may be the one in Soledar or the one in Bakhmut, and makes no question of the two."""
    blows = [
        said(f"A shelled B {n}", type="attack", actor="A", target="B", place=place)
        for n, place in enumerate((DONETSK, SOLEDAR, BAKHMUT))
    ]
    assert sizes(*blows) == [1, 2]


def test_the_number_of_victims_is_no_name_for_them() -> None:
    tolls = [counted(n, n, target=f"{n} people", on=DAY) for n in (43, 70)]
    assert sizes(*tolls) == [2]


def test_a_large_city_is_held_as_a_whole() -> None:
    city = replace(SOLEDAR, population=900_000)
    assert sizes(said("It fell", place=city), said("It has not fallen", place=city, polarity=Polarity.DENIED)) == [2]
