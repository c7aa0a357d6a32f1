"""What one claim says of one place: of all of it, of a part, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.making import SOLEDAR, extract, make_article, make_claim
from whosays.nouns import Extraction, Interest, Modality, Place, Polarity, Span, When
from whosays.weigh.moves import Move, What, moves, rules

DAY = date(2023, 1, 11)
DONETSK = Place("division:UA/Donetsk", "Donetsk", 48.0, 37.8, "UA", "admin1", admin1="Donetsk")
KHARKIV = Place("division:UA/Kharkiv", "Kharkiv", 50.0, 36.2, "UA", "admin1", admin1="Kharkiv")
QUARTER = Place("extra:salt", "Salt Quarter", 48.69, 38.1, "UA", "district", admin1="Donetsk")
FAR = replace(QUARTER, key="extra:far", name="Far Quarter", lat=47.2)


def one(sentence: str, exact: str, *, words: str | None = None, place: Place = SOLEDAR, **fields: object) -> Extraction:
    """A claim whose place stands in the sentence with these words."""
    article = make_article(sentence, published=DAY)
    claim = make_claim(article, exact, place=place, **fields)  # type: ignore[arg-type]
    assert claim.place is not None
    if words is not None:
        start = article.text.index(words)
        claim = replace(claim, place=replace(claim.place, words=words, span=Span(start, start + len(words))))
    return extract(article, claim)[0]


def whats(*claims: Extraction, place: Place = SOLEDAR) -> list[tuple[What, str]]:
    return [(move.what, move.says) for move in moves(place, place.name, claims)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "capture"}, (What.HOLD, "taken by Wagner")),
        ({"type": "capture", "polarity": Polarity.DENIED}, (What.GONE, "not taken by Wagner")),
        ({"type": "control"}, (What.HOLD, "held by Wagner")),
        ({"type": "control", "polarity": Polarity.DENIED}, (What.GONE, "not held by Wagner")),
        ({"type": "withdraw"}, (What.GONE, "left by Wagner")),
        ({"type": "withdraw", "polarity": Polarity.DENIED}, (What.HOLD, "not left by Wagner")),
        ({"type": "besiege"}, (What.BESIEGE, "besieged by Wagner")),
        ({"type": "besiege", "polarity": Polarity.DENIED}, (What.LIFT, "not besieged by Wagner")),
    ],
)
def test_what_a_claim_says_of_the_whole(fields: dict[str, object], expected: tuple[What, str]) -> None:
    assert whats(one("Wagner and Soledar.", "Wagner and Soledar", actor="Wagner", **fields)) == [expected]


def test_whom_a_town_was_taken_from_no_longer_has_it() -> None:
    taken = one("Soledar fell, taken from Ukraine.", "Soledar fell", target="Ukraine")
    assert whats(taken) == [(What.GONE, "taken from Ukraine")]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Soledar", True),
        ("the town of Soledar", True),
        ("the port city of Soledar", True),
        ("Soledar and its surroundings", True),
        ("most of Soledar", False),
        ("about 70% of Soledar", False),
        ("60 percent of the town of Soledar", False),
        ("Soledar's industrial zone", False),
        ("eastern Soledar", False),
        ("villages outside Soledar", False),
        ("the eastern Ukrainian town", True),
        ("the eastern part of the town", False),
    ],
)
def test_pieces_of_a_town_are_not_the_town(words: str, whole: bool) -> None:
    sentence = f"Wagner took {words} on Monday."
    found = one(sentence, f"Wagner took {words}", words=words, actor="Wagner")
    assert whats(found) == [(What.HOLD if whole else What.PART, "taken by Wagner")]


@pytest.mark.parametrize(("before", "whole"), [("", True), ("parts of ", False), ("nearly all of the town of ", False)])
def test_words_before_the_name_tell_parts(before: str, whole: bool) -> None:
    found = one(
        f"Wagner holds {before}Soledar.",
        f"Wagner holds {before}Soledar",
        words="Soledar",
        type="control",
        actor="Wagner",
    )
    assert whats(found) == [(What.HOLD if whole else What.PART, "held by Wagner")]


def test_what_a_gazetteer_calls_by_a_word_for_a_piece_is_whole() -> None:
    dam = replace(SOLEDAR, key="geonames:1", name="Soledar Dam")
    assert whats(
        one("Wagner took Soledar Dam.", "Wagner took Soledar Dam", words="Soledar Dam", actor="Wagner", place=dam),
        place=dam,
    ) == [(What.HOLD, "taken by Wagner")]


@pytest.mark.parametrize(
    ("words", "said"), [("all of Donetsk", True), ("Donetsk", False), ("almost all of Donetsk", False)]
)
def test_a_province_says_something_of_its_town_only_as_a_whole(words: str, said: bool) -> None:
    found = one(
        f"Russia holds {words}.", f"Russia holds {words}", words=words, type="control", actor="Russia", place=DONETSK
    )
    assert whats(found) == ([(What.HOLD, "held by Russia")] if said else [])
    assert whats(found, place=replace(SOLEDAR, admin1="Kharkiv")) == []


def test_what_lies_within_is_a_part() -> None:
    quarter = one("Wagner took Salt Quarter.", "Wagner took Salt Quarter", actor="Wagner", place=QUARTER)
    town = one("Wagner took Soledar.", "Wagner took Soledar", actor="Wagner")
    assert whats(quarter) == [(What.PART, "taken by Wagner")]
    assert whats(town, place=DONETSK) == [(What.PART, "taken by Wagner")]
    assert whats(one("Wagner took Far Quarter.", "Wagner took Far Quarter", actor="Wagner", place=FAR)) == []
    assert whats(town, place=KHARKIV) == []


@pytest.mark.parametrize(("relation", "said"), [("near", []), ("outskirts of", [(What.PART, "taken by Wagner")])])
def test_what_lies_near_is_elsewhere(relation: str, said: list[tuple[What, str]]) -> None:
    place = replace(SOLEDAR, relation=relation)
    assert whats(one("Wagner took it near Soledar.", "Wagner took it", actor="Wagner", place=place)) == said


def test_a_denied_part_is_no_move() -> None:
    words = "parts of Soledar"
    denied = one(
        f"Wagner took no {words}.", f"Wagner took no {words}", words=words, actor="Wagner", polarity=Polarity.DENIED
    )
    assert whats(denied) == []


def test_only_what_is_told_as_done_moves() -> None:
    planned = one("Wagner will take Soledar.", "Wagner will take Soledar", actor="Wagner", modality=Modality.PLANNED)
    assert whats(planned) == []


def test_a_state_moves_on_its_first_and_last_day_an_event_on_its_last() -> None:
    held = one("Wagner holds Soledar.", "Wagner holds Soledar", type="control", actor="Wagner")
    taken = one("Wagner took Soledar.", "Wagner took Soledar", actor="Wagner")
    span = When(date(2023, 1, 5), date(2023, 1, 9), 2)
    days = [
        [move.day.day for move in moves(SOLEDAR, "Soledar", [replace(c, claim=replace(c.claim, time=span))])]
        for c in (held, taken)
    ]
    assert days == [[5, 9], [9]]


def test_what_was_published_later_was_not_known() -> None:
    taken = one("Wagner took Soledar.", "Wagner took Soledar", actor="Wagner")
    undated = replace(taken, article=replace(taken.article, published=None))
    assert moves(SOLEDAR, "Soledar", [taken, undated], known_on=date(2023, 1, 10)) == ()
    found: tuple[Move, ...] = moves(SOLEDAR, "Soledar", [taken, undated], known_on=DAY)
    assert [move.said for move in found] == [taken]


def test_the_rules_weigh_every_interest_and_modality_that_moves() -> None:
    assert set(rules().interest) == set(Interest)
    assert set(rules().modality) == {Modality.ACTUAL, Modality.PROBABLE}
