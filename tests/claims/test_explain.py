"""What the lexicon says of a sentence, rule by rule."""

from __future__ import annotations

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
    assert one.polarity == "denied"
    assert one.source is not None
    assert one.source.mention == "The army"
    assert one.clause == "rebels had captured the town of Azaz"


def test_what_does_not_fire_says_why() -> None:
    (one,) = [rule for rule in rules("Share prices fell to a record low.") if rule.type == "capture"]
    assert one.refused is not None
    assert "territory" in one.refused


def test_what_fires_is_what_is_claimed() -> None:
    sentence = "Warplanes bombed Douma, killing nine civilians, activists said."
    reading = language.parse(make_article(sentence, headline=""), language.pack("en"))
    found = claims.claim(reading, pipeline.candidates(reading))
    assert {c.type for c in found} == {rule.type for rule in rules(sentence) if rule.refused is None}
