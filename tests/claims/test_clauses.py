"""Who does what to whom, through the shapes of English clauses; on the trees that the reader makes."""

from __future__ import annotations

import pytest

from tests.claims.test_lexicon import claims_of


def roles(sentence: str, type_: str) -> list[tuple[str | None, str | None, str | None]]:
    """(actor, target, place) of the claims of a type."""
    found = [c for c in claims_of(sentence) if c.type == type_]
    return [tuple(None if x is None else x.words for x in (c.actor, c.target, c.place)) for c in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("shape", "sentence", "type_", "actor", "target", "place"),
    [
        ("active", "Rebels captured Azaz.", "capture", "Rebels", None, "Azaz"),
        ("passive", "Azaz was captured by rebels.", "capture", "rebels", None, "Azaz"),
        ("relative clause", "The rebels, who captured Azaz, were jubilant.", "capture", "rebels", None, "Azaz"),
        ("object of a relative clause", "The town that rebels captured was empty.", "capture", "rebels", None, "town"),
        ("participle", "Troops backed by Russia entered Idlib.", "ally", "Russia", "Troops", None),
        ("participle in front", "Backed by warplanes, the army captured Azaz.", "capture", "army", None, "Azaz"),
        ("two verbs", "The army encircled and bombed Douma.", "besiege", "army", None, "Douma"),
        (
            "second of two verbs",
            "The army encircled Douma and bombed a school there.",
            "attack",
            "army",
            "school",
            None,
        ),
        ("control", "The general ordered the militia to withdraw from Azaz.", "withdraw", "militia", None, "Azaz"),
        ("raising", "The army is said to have captured Azaz.", "capture", "army", None, "Azaz"),
        ("purpose", "The army began an operation to isolate Raqqa.", "besiege", "army", None, "Raqqa"),
        ("nominal", "The capture of Azaz by rebels was announced.", "capture", "rebels", None, "Azaz"),
        ("support verb", "Militants carried out an attack on a base.", "attack", "Militants", "base", "base"),
        (
            "noun with a participle",
            "An attack carried out by militants hit a base.",
            "attack",
            "militants",
            None,
            "base",
        ),
        ("possessive", "Israel's assault on Gaza continued.", "attack", "Israel", "Gaza", "Gaza"),
        ("headline", "Rebels capture Azaz", "capture", "Rebels", None, "Azaz"),
        ("passive headline", "Nine civilians killed in Douma", "casualties", None, "Nine civilians", "Douma"),
        ("trailing attribution", "Rebels captured Azaz, state TV said.", "capture", "Rebels", None, "Azaz"),
        ("apposition", "The last stronghold, Albu Kamal, was captured.", "capture", None, None, "Albu Kamal"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value[:4] else None,
)
def test_shape(shape: str, sentence: str, type_: str, actor: str | None, target: str | None, place: str | None) -> None:
    found = roles(sentence, type_)
    assert found, shape
    for wanted, has in zip((actor, target, place), zip(*found, strict=True), strict=True):
        assert wanted is None or any(words is not None and wanted in words for words in has), (shape, found)


def test_the_speaker_of_a_trailing_attribution_does_nothing() -> None:
    found = roles("A bomb hit the market, the mayor said, killing nine people.", "casualties")
    assert [actor for actor, _, _ in found] == [None]


def test_two_places_and_two_verbs_are_claims_of_their_own() -> None:
    found = claims_of("The army captured Azaz and Manbij and shelled Douma.")
    assert {c.type for c in found} >= {"capture", "attack"}
    assert {c.place.words for c in found if c.type == "capture" and c.place} >= {"Azaz", "Manbij"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The army said it had captured Azaz.", "The army"),
        ("“We captured Azaz,” the SDF said.", "Syrian Democratic Forces"),
    ],
)
def test_pronouns_of_the_speaker(sentence: str, name: str) -> None:
    (one,) = [c for c in claims_of(sentence) if c.type == "capture"]
    assert one.actor is not None
    assert one.actor.name == name
