"""Where it happened or holds: the words of the clause, of the sentence, or the place of the story so far."""

from __future__ import annotations

import pytest

from tests.claims.test_lexicon import claims_of
from whosays.nouns import Where


def places(text: str, type_: str) -> list[Where | None]:
    return [claim.place for claim in claims_of(text) if claim.type == type_]


def place(text: str, type_: str) -> Where:
    (found,) = places(text, type_)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "type_", "words", "name"),
    [
        ("Warplanes bombed Douma.", "attack", "Douma", "Douma"),  # the target is the place
        ("Six people died in Hama.", "casualties", "Hama", "Hama"),
        ("Six people were killed in a bombing in the village of Qana.", "attack", "village of Qana", "Qana"),
        ("Bombing of civilians in the town of Douma goes on.", "attack", "town of Douma", "Douma"),
        ("Shells hit Aleppo's Sheikh Maqsoud.", "attack", "Aleppo's Sheikh Maqsoud", "Sheikh Maqsoud"),
        ("Rebels captured Raqqah.", "capture", "Raqqah", "Raqqa"),  # only spelt otherwise
        ("Rebels captured Rakka in Syria.", "capture", "Rakka", "Raqqa"),
        ("Rebels captured Stalingrad.", "capture", "Stalingrad", "Stalingrad"),  # a name the speaker chose
    ],
)
def test_named_in_the_clause(text: str, type_: str, words: str, name: str) -> None:
    found = place(text, type_)
    assert (found.words, found.name, found.inherited) == (words, name, False)


def test_coordinated_places_are_claims_of_their_own() -> None:
    two = places("Warplanes bombed the towns of Douma and Harasta.", "attack")
    assert {found.name for found in two if found} == {"Douma", "Harasta"}
    two = places("Rebels captured the town of Azaz and the village of Jarabulus.", "capture")
    assert {found.name for found in two if found} == {"Azaz", "Jarabulus"}


def test_a_description_stands_for_the_town_named_nearest() -> None:
    found = place("Rebels attacked Hama at dawn. They captured the town.", "capture")
    assert (found.words, found.name) == ("town", "Hama")


@pytest.mark.parametrize("words", ["the village of Zxqara", "the town of Um Sxayala"])
def test_a_town_with_a_name_of_its_own_is_no_other_town(words: str) -> None:
    found = place(f"Troops entered Aleppo at dawn. Rebels captured {words}, the army said.", "capture")
    assert found.place is None


def test_a_garrison_is_where_the_clause_says() -> None:
    text = "El Fasher was shelled in Sudan. The RSF captured the army garrison in Nyala, the army said."
    assert place(text, "capture").name == "Nyala"


def test_the_speakers_seat_is_not_where_it_happened() -> None:
    assert place("Clashes broke out in Goma. Seven people died, Paris said.", "casualties").name == "Goma"


def test_what_the_sentence_fights_over_is_nearer_than_the_story_so_far() -> None:
    text = (
        "Damascus was quiet. Ninety people were killed when generals ordered their men to storm the encircled Eastern "
        "Ghouta pocket."
    )
    assert place(text, "casualties").name == "Eastern Ghouta"


def test_who_crosses_a_border_enters_the_country_behind_it() -> None:
    found = place("Iraqi militias crossed the Syrian border.", "enter")
    assert found.place is not None
    assert found.place.key == "geonames:163843"


def test_a_border_between_two_countries() -> None:
    found = place("Fighting goes on along the border between Syria and Iraq.", "clash")
    assert (found.name, found.precision) == ("Iraq-Syria border", 3)


def test_inherited_from_the_text_before() -> None:
    found = place("Rebels attacked Hama at dawn. Six people were killed.", "casualties")
    assert (found.words, found.name, found.inherited) == (None, "Hama", True)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Warplanes bombed Douma.", 1),
        ("Warplanes struck near Douma.", 2),
        ("Clashes erupted 10 km from Douma.", 2),
        ("Fighting broke out in northern Syria.", 3),
    ],
)
def test_geo_precision(text: str, precision: int) -> None:
    (found,) = [claim.place for claim in claims_of(text)]
    assert found is not None
    assert found.precision == precision
