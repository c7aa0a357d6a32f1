"""Answers: who is put together, what speaks against whom, and the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.making import extract, make_article, make_claim
from whosays import weigh
from whosays.nouns import Count, Extraction, Modality, Polarity

DAY = date(2023, 1, 11)
DENIED = Polarity.DENIED


def said(words: str, *, on: int = 0, publisher: str = "Daily", side: str | None = None, **fields: object) -> Extraction:
    """One claim, alone in its article; `side` is its actor's."""
    article = make_article(f"{words}.", publisher=publisher, published=DAY + timedelta(days=on))
    claim = make_claim(article, words, **fields)  # type: ignore[arg-type]
    if claim.actor is not None:
        claim = replace(claim, actor=replace(claim.actor, side=side))
    return extract(article, claim)[0]


def counted(low: int | None, high: int | None, **fields: object) -> Extraction:
    one = said(f"Dead: {low} {high}", type="casualties", **fields)
    return replace(one, claim=replace(one.claim, count=Count(low, high), harm="killed", who=fields.get("who")))  # type: ignore[arg-type]


TAKEN = said("Wagner has it", actor="Wagner", source="Wagner", side="russia")
TOOK = said("Moscow took it", actor="Russian army", source="Moscow", side="russia")
DENIAL = said("It has not fallen", polarity=DENIED, source="Kyiv")


def test_one_side_is_one_answer_and_a_denial_contests_it() -> None:
    both = {one.says: one for one in weigh.answers([DENIAL, TOOK, TAKEN])}
    holder = next(one for words, one in both.items() if words.startswith("held by"))
    assert set(holder.claims) == {TAKEN.claim.id, TOOK.claim.id}
    assert holder.support.origins == 2
    assert holder.grade.grade == "contested"
    assert "Kyiv" in holder.grade.rule
    assert both["not taken"].grade.grade == "contested"


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("held by A", said("A holds it", type="control", actor="A")),
        ("not held by A", said("A left", type="withdraw", actor="A")),
        ("held by A", said("A did not leave", type="withdraw", actor="A", polarity=DENIED)),
        ("taken, by whom is not said", said("It fell")),
        ("by A", said("A struck", type="attack", actor="A")),
        ("it did not happen", said("No strike", type="attack", polarity=DENIED)),
        ("yes: A", said("A came in", type="enter", actor="A")),
        ("no: A", said("A did not come in", type="enter", actor="A", polarity=DENIED)),
        ("112 killed", counted(112, 112)),
        ("at least 40 killed", counted(40, None)),
        ("up to 40 killed", counted(None, 40)),
        ("40 to 50 killed", counted(40, 50)),
    ],
)
def test_words(words: str, one: Extraction) -> None:
    assert [answer.says for answer in weigh.answers([one])] == [words]


def test_a_toll_that_grows_is_several_answers_and_nobody_contests_them() -> None:
    found = weigh.answers([counted(43, 43), counted(70, 70, on=1), counted(112, 112, on=2)])
    assert [one.says for one in found] == ["43 killed", "70 killed", "112 killed"]
    assert {one.grade.grade for one in found} == {"weak"}


def test_what_is_only_possible_answers_nothing() -> None:
    assert weigh.answers([said("It may have fallen", modality=Modality.POSSIBLE)]) == ()


def test_a_part_taken_is_no_answer_to_who_holds_the_whole() -> None:
    part = said("Wagner took parts of Soledar", actor="Wagner")
    assert part.claim.place is not None
    part = replace(part, claim=replace(part.claim, place=replace(part.claim.place, precision=2)))
    whole = said("Wagner took Soledar", actor="Wagner", publisher="Weekly")
    assert {one.says: one.support.origins for one in weigh.answers([part, whole])} == {
        "parts: held by Wagner": 1,
        "held by Wagner": 1,
    }
