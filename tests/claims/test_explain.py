"""What the lexicon says of a sentence, rule by rule."""

from __future__ import annotations

import pytest

from tests.making import make_article
from whosays import claims, language, pipeline
from whosays.claims import Rule


def rules(sentence: str) -> list[Rule]:
    reading = language.parse(make_article(sentence, headline=""), language.pack("en"))
    return [rule for one in claims.explain(reading, pipeline.candidates(reading)) for rule in one.rules]


def test_what_fires_says_what_it_found() -> None:
    fired = [
        rule for rule in rules("The army denied that rebels had captured the town of Azaz.") if rule.refused is None
    ]
    (one,) = [rule for rule in fired if rule.type == "capture"]
    assert one.roles["actor"] == "rebels"
    (claim,) = one.claims
    assert claim.polarity == "denied"
    assert claim.source.mention == "The army"
    assert claim.evidence.exact == "rebels had captured the town of Azaz"
    assert "place in the clause" in claim.reasons


def test_what_does_not_fire_says_why() -> None:
    (one,) = [rule for rule in rules("Share prices fell to a record low.") if rule.type == "capture"]
    assert one.refused is not None
    assert "territory" in one.refused


@pytest.mark.parametrize(
    "sentence",
    [
        "Warplanes bombed Douma, killing nine civilians, activists said.",
        "An air strike by the coalition hit a convoy near Hama.",  # the verb tells what the noun would tell again
        "The United Nations condemned the attack on the hospital.",  # an act of speech: whoever acts is the source
    ],
)
def test_what_fires_is_what_is_claimed(sentence: str) -> None:
    reading = language.parse(make_article(sentence, headline=""), language.pack("en"))
    found = claims.claim(reading, pipeline.candidates(reading))
    explained = [claim for rule in rules(sentence) for claim in rule.claims]
    assert sorted(claim.id for claim in explained) == sorted(claim.id for claim in found)
