"""Denials that only point to what they deny."""

from __future__ import annotations

import pytest

from tests.claims.test_lexicon import claims_of
from whosays.nouns import Polarity


@pytest.mark.parametrize(
    ("sentence", "denier", "words"),
    [
        ("Rebels seized Tal Rifaat, a claim that the army denied.", "the army", "that the army denied"),
        ("Rebels said they seized Tobruk, which the army denied.", "the army", "which the army denied"),
        ("The rebels said they had taken Azaz. The army denied it.", "The army", "The army denied it"),
    ],
)
def test_what_points_back_denies_what_was_claimed(sentence: str, denier: str, words: str) -> None:
    affirmed, denied = sorted((c for c in claims_of(sentence) if c.type == "capture"), key=lambda c: c.polarity)
    assert (affirmed.polarity, denied.polarity) == (Polarity.AFFIRMED, Polarity.DENIED)
    assert denied.source.mention == denier
    assert denied.evidence.exact == words
    assert denied.denies == affirmed.id
    assert denied.place == affirmed.place


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels captured Azaz. The army denied that it had lost Manbij.",  # it says itself what it denies
    ],
)
def test_what_points_nowhere_denies_nothing_else(sentence: str) -> None:
    assert not any(c.polarity is Polarity.DENIED and c.place and c.place.words == "Azaz" for c in claims_of(sentence))


def test_neither_confirmed_nor_denied_is_no_denial() -> None:
    (one,) = [
        c
        for c in claims_of("The ministry neither confirmed nor denied that Israel had bombed Homs.")
        if c.type == "attack"
    ]
    assert (one.polarity.value, one.modality.value) == ("affirmed", "possible")


def test_a_report_called_false_is_denied_once() -> None:
    (one,) = [
        c for c in claims_of("The army rejected reports that rebels had seized Azaz as false.") if c.type == "capture"
    ]
    assert one.polarity is Polarity.DENIED


def test_nobody_denies_that_somebody_accused() -> None:
    found = claims_of("Kinshasa accused the rebels of shelling Goma. The rebels denied the accusation.")
    assert all(c.polarity is Polarity.AFFIRMED for c in found if c.type == "condemn")


@pytest.mark.parametrize(
    ("sentence", "type_", "polarity", "modality"),
    [
        ("Kyiv ruled out withdrawing its troops from Donetsk.", "withdraw", "denied", "actual"),
        ("Hamas refused to withdraw from Rafah.", "withdraw", "denied", "actual"),
        ("An attempt by soldiers to seize the town of Rivne had been thwarted.", "capture", "denied", "actual"),
        ("The army vowed to prevent the capture of Azaz.", "capture", "denied", "planned"),
        ("Rebels are said to have taken control of the town of Rivne.", "capture", "affirmed", "probable"),
        ("The army no longer controls the town of Azaz.", "control", "denied", "actual"),
        ("No deaths were reported after rebels shelled Azaz.", "attack", "affirmed", "actual"),
        ("The army did not respond to the attack on Azaz.", "attack", "affirmed", "actual"),
        ("The army stopped bombing Azaz.", "attack", "affirmed", "actual"),
        ("The army said militants had not captured Azaz.", "capture", "denied", "actual"),
    ],
)
def test_what_was_not_done(sentence: str, type_: str, polarity: str, modality: str) -> None:
    (one,) = [c for c in claims_of(sentence) if c.type == type_]
    assert (one.polarity, one.modality) == (polarity, modality)
