"""Disputes: what contradicts, and what must not be taken for a contradiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import Count, DisputeKind, Extraction, Modality, Polarity, Where

DAY = date(2023, 1, 11)
DENIED = Polarity.DENIED


def said(
    words: str, source: str | None, *, published: date = DAY, publisher: str = "Daily", **fields: object
) -> Extraction:
    """One claim, alone in its article."""
    article = make_article(f"{words} in Soledar.", publisher=publisher, published=published)
    claim = make_claim(article, words, source=source, **fields)  # type: ignore[arg-type]
    return extract(article, claim)[0]


def sided(one: Extraction, side: str) -> Extraction:
    assert one.claim.actor is not None
    return replace(one, claim=replace(one.claim, actor=replace(one.claim.actor, side=side)))


def counted(words: str, source: str | None, low: int | None, high: int | None, **fields: object) -> Extraction:
    one = said(words, source, type="casualties", **fields)
    return replace(one, claim=replace(one.claim, count=Count(low, high), harm="killed", who="people"))


def whys(*claims: Extraction) -> list[str]:
    return [dispute.why for dispute in weigh.disputes(claims)]


def kinds(*claims: Extraction) -> list[DisputeKind]:
    return [dispute.kind for dispute in weigh.disputes(claims)]


TAKEN = said("Wagner took it", "Wagner", actor="Wagner")
NOT_TAKEN = said("It was not taken", "Kyiv", polarity=DENIED)


def test_opposite_polarity() -> None:
    (dispute,) = weigh.disputes([NOT_TAKEN, TAKEN])
    assert (dispute.kind, dispute.why) == (DisputeKind.POLARITY, "affirmed by Wagner, denied by Kyiv")
    assert dispute.about == "capture of Soledar"
    assert dispute.claims == (TAKEN.claim.id, NOT_TAKEN.claim.id)  # the affirmed claim first


@pytest.mark.parametrize(
    ("reason", "a", "b"),
    [
        (
            "another place",
            TAKEN,
            said("It was not taken", "Kyiv", polarity=DENIED, place=replace(SOLEDAR, key="x", name="Bakhmut")),
        ),
        ("another type", TAKEN, said("They clashed", "Kyiv", type="clash", polarity=DENIED)),
        ("weeks apart", TAKEN, said("It was not taken", "Kyiv", polarity=DENIED, published=date(2023, 3, 1))),
        ("only planned", TAKEN, said("It will not be taken", "Kyiv", polarity=DENIED, modality=Modality.PLANNED)),
        ("both deny", NOT_TAKEN, said("They did not take it", "Moscow", polarity=DENIED)),
        ("two takers, sides unknown", TAKEN, said("Chechens took it", "Kadyrov", actor="Chechens")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_dispute(reason: str, a: Extraction, b: Extraction) -> None:
    assert whys(a, b) == []


def test_a_voice_does_not_dispute_itself_within_a_page() -> None:
    article = make_article("Wagner took it in Soledar. It was not taken.", published=DAY)
    claims = (
        make_claim(article, "Wagner took it", source="Wagner", actor="Wagner"),
        make_claim(article, "It was not taken", source="Wagner", polarity=DENIED),
    )
    assert weigh.disputes(extract(article, *claims)) == ()


def test_free_of_its_holder_against_not_taken() -> None:
    free = said("Soledar is free of Ukraine", "Wagner", type="control", actor="Ukraine", polarity=DENIED)
    assert whys(free, NOT_TAKEN) == ["not taken, against free of its former holder"]


def test_rival_holders_need_two_known_sides() -> None:
    ours = sided(said("Russia holds it", "Moscow", type="control", actor="Russia"), "russia")
    theirs = sided(said("Ukraine holds it", "Kyiv", type="control", actor="Ukraine"), "ukraine")
    allies = sided(said("Wagner holds it", "Wagner", type="control", actor="Wagner"), "russia")
    assert kinds(ours, theirs) == [DisputeKind.RIVAL_HOLDER]
    assert whys(ours, allies) == []


def test_one_side_under_two_names_is_one() -> None:
    wagner = sided(said("Wagner took it", "Wagner", actor="Wagner"), "russia")
    russians = sided(said("Russian forces did not take it", "Kyiv", actor="Russian forces", polarity=DENIED), "russia")
    assert kinds(wagner, russians) == [DisputeKind.POLARITY]


@pytest.mark.parametrize(
    ("a", "b", "disputed"),
    [
        ((14, 14), (30, 30), True),
        ((14, 14), (15, 15), False),  # a tenth either way
        ((40, None), (14, 14), True),  # at least 40 against 14
        ((10, None), (14, 14), False),  # 14 is at least 10
        ((1, 1), (14, 14), False),  # a victim is no toll
        ((None, 10), (40, 40), True),  # up to 10 against 40
    ],
)
def test_tolls(a: tuple[int | None, int | None], b: tuple[int | None, int | None], disputed: bool) -> None:
    found = kinds(counted("Some died", "Hospital", *a), counted("Many died", "Ministry", *b))
    assert found == ([DisputeKind.NUMBER] if disputed else [])


@pytest.mark.parametrize(("civilians", "people", "disputed"), [(160, 85, True), (85, 160, False)])
def test_more_civilians_than_people_is_a_dispute(civilians: int, people: int, disputed: bool) -> None:
    some, all_ = (
        counted("Some died at the mill", "Hospital", civilians, civilians),
        counted("Many died at the mill", "Ministry", people, people),
    )
    some = replace(some, claim=replace(some.claim, who="civilians"))
    assert kinds(some, all_) == ([DisputeKind.NUMBER] if disputed else [])


def test_a_toll_that_rises_is_no_dispute() -> None:
    later = counted("Many died", "Ministry", 30, 30, published=date(2023, 1, 12))
    assert whys(counted("Some died", "Hospital", 14, 14), later) == []


def test_tolls_of_a_country_are_not_compared() -> None:
    first, second = counted("Some died", "Hospital", 14, 14), counted("Many died", "Ministry", 90, 90)
    wide = [replace(one, claim=replace(one.claim, place=_wide(one.claim.place))) for one in (first, second)]
    assert whys(*wide) == []


def _wide(where: Where | None) -> Where | None:
    return None if where is None else replace(where, precision=3)


def test_order_does_not_matter() -> None:
    claims = [
        TAKEN,
        NOT_TAKEN,
        said("Soledar is free of Ukraine", "Wagner", type="control", actor="Ukraine", polarity=DENIED),
    ]
    assert len({weigh.disputes(order) for order in permutations(claims)}) == 1


def test_unresolved_places_meet_by_name() -> None:
    def nameless(one: Extraction, name: str) -> Extraction:
        return replace(one, claim=replace(one.claim, place=Where(name, None, name)))

    assert whys(nameless(TAKEN, "Kaljibrin"), nameless(NOT_TAKEN, "kaljibrin")) == [
        "affirmed by Wagner, denied by Kyiv"
    ]


def test_unnamed_actor_may_be_anyone() -> None:
    other = said("Rebels did not take it", "Kyiv", actor="Rebels", polarity=DENIED)
    unnamed = replace(TAKEN, claim=replace(TAKEN.claim, actor=None))
    assert kinds(unnamed, other) == [DisputeKind.POLARITY]


@pytest.mark.parametrize(("words", "same"), [("Rebels", True), ("they", False)])
def test_one_page_may_know_more_of_the_same_words(words: str, same: bool) -> None:
    known = said("Rebels took it", "Observer", actor=words)
    assert known.claim.actor is not None
    resolved = replace(
        known,
        claim=replace(
            known.claim, actor=replace(known.claim.actor, name="Syrian opposition", actor="syrian-opposition")
        ),
    )
    denied = said("Rebels did not take it", "Army", actor=words, polarity=DENIED)
    assert bool(kinds(resolved, denied)) is same
