"""The lexicon: the folder is the list; every example of every type runs; every mistake in a file is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.making import make_article
from whosays import claims, language, pipeline
from whosays.claims.triggers import Example, Type, read
from whosays.errors import AssetError
from whosays.nouns import Claim

EN = language.pack("en")
TYPES = claims.lexicon().types


def claims_of(sentence: str, *, headline: str = "x") -> tuple[Claim, ...]:
    article = make_article(sentence, headline=headline, published=date(2017, 11, 8))
    reading = language.parse(article, EN)
    return claims.claim(reading, pipeline.candidates(reading))


def test_the_folder_is_the_list() -> None:
    folder = Path(claims.__file__).parent / "lexicon"
    assert sorted(TYPES) == sorted(path.stem for path in folder.glob("*.yml"))
    assert {"capture", "control", "withdraw", "enter", "attack", "clash", "casualties"} <= set(TYPES)


def examples() -> list[tuple[str, Example]]:
    told = ((name, one) for name, type_ in TYPES.items() for one in type_.examples.match)
    return [(name, one if isinstance(one, Example) else Example(text=one)) for name, one in told]


@pytest.mark.parametrize(("name", "example"), examples(), ids=lambda value: getattr(value, "text", value))
def test_examples_that_match(name: str, example: Example) -> None:
    assert any(claim.type == name and fits(claim, example) for claim in claims_of(example.text))


def fits(claim: Claim, example: Example) -> bool:
    words = {"actor": claim.actor, "target": claim.target, "place": claim.place}
    said = {role: (party.words or "") + (party.name or "") if party else "" for role, party in words.items()}
    return example.polarity in (None, claim.polarity.value) and all(
        getattr(example, role) is None or getattr(example, role) in said[role] for role in said
    )


@pytest.mark.parametrize(("name", "sentence"), [(name, s) for name, t in TYPES.items() for s in t.examples.never])
def test_examples_that_must_not(name: str, sentence: str) -> None:
    assert name not in {claim.type for claim in claims_of(sentence)}


GOOD = """
gloss: x
plover: null
acled: []
triggers:
  - verb: [seize]
    subject: actor
    preps: {on: target}
examples: {match: [a], never: [b]}
"""


def test_on_is_a_word() -> None:
    """In YAML 1.1 `on` is a truth value; here it is a preposition."""
    assert read("x.yml", GOOD, Type).triggers[0].preps == {"on": "target"}


@pytest.mark.parametrize(
    ("fault", "old", "new"),
    [
        ("unknown field", "subject: actor", "subjekt: actor"),
        ("unknown role", "subject: actor", "subject: hero"),
        ("two kinds", "verb: [seize]", "verb: [seize]\n    noun: [seizure]"),
        ("no kind", "verb: [seize]", "gap: true"),
        ("missing gloss", "gloss: x", ""),
        ("not YAML", "triggers:", "triggers: ["),
    ],
)
def test_mistakes_are_named(fault: str, old: str, new: str) -> None:
    with pytest.raises(AssetError, match=r"x\.yml"):
        read("x.yml", GOOD.replace(old, new), Type)
