"""Who gains and who loses by a claim, and what its speaker stands to gain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import whosays
from tests.weigh.test_disputes import said
from whosays.nouns import NOT_ALIGNED, Extraction, Interest, Modality, Polarity
from whosays.weigh.interest import NOBODY, Gain, gain, interest, types, victims

DENIED = Polarity.DENIED


def claim(
    type: str,  # noqa: A002 (the field's name)
    *,
    by: str | None = "red",
    on: str | None = "blue",
    target: str = "their men",
    speaker: str | None = None,
    who: str | None = None,
    polarity: Polarity = Polarity.AFFIRMED,
    modality: Modality = Modality.ACTUAL,
) -> Extraction:
    """A claim whose actor, target and speaker have these sides."""
    one = said("It happened", "A man", type=type, actor="An actor", target=target, polarity=polarity, modality=modality)
    assert one.claim.actor is not None
    assert one.claim.target is not None
    return replace(
        one,
        claim=replace(
            one.claim,
            actor=replace(one.claim.actor, side=by),
            target=replace(one.claim.target, side=on),
            source=replace(one.claim.source, side=speaker),
            who=who,
        ),
    )


def sides(*names: str) -> frozenset[str]:
    return frozenset(names)


RED_WINS, BLUE_WINS = Gain(sides("red"), sides("blue")), Gain(sides("blue"), sides("red"))
RED_LOSES = Gain(sides(), sides("red"))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("capture"), RED_WINS),
        (claim("control"), RED_WINS),
        (claim("advance", on=None), Gain(sides("red"))),
        (claim("capture", polarity=DENIED), BLUE_WINS),
        (claim("enter"), RED_WINS),
        (claim("enter", polarity=DENIED), NOBODY),
        (claim("withdraw"), BLUE_WINS),
        (claim("casualties", who="civilians"), RED_LOSES),
        (claim("casualties", who="children"), RED_LOSES),
        (claim("casualties", who="combatants"), RED_WINS),
        (claim("casualties", who="civilians", polarity=DENIED), Gain(sides("red"))),
        (claim("casualties", who="people", target="12 people"), RED_LOSES),
        (claim("casualties", who="people", target="12 of the group"), NOBODY),
        (claim("attack", target="a field hospital"), RED_LOSES),
        (claim("attack", target="two army positions"), RED_WINS),
        (claim("attack", target="the region"), NOBODY),
        (claim("clash"), NOBODY),
        (claim("capture", modality=Modality.PLANNED), NOBODY),
        (claim("capture", modality=Modality.DEMANDED), NOBODY),
        (claim("capture", by=NOT_ALIGNED, on=None), NOBODY),
    ],
)
def test_who_gains_and_who_loses(one: Extraction, expected: Gain) -> None:
    assert gain(one.claim) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (claim("capture", speaker="red"), Interest.ALIGNED),
        (claim("capture", speaker="blue"), Interest.AGAINST),
        (claim("capture", speaker="blue", polarity=DENIED), Interest.ALIGNED),
        (claim("capture", speaker="red", polarity=DENIED), Interest.AGAINST),
        (claim("withdraw", speaker="red", on=None), Interest.AGAINST),
        (claim("capture", speaker="green"), Interest.NOT_ALIGNED),
        (claim("capture", speaker="green", by=None), Interest.UNKNOWN),
        (claim("capture", speaker="green", on=None), Interest.UNKNOWN),
        (claim("capture", speaker=NOT_ALIGNED, by=None), Interest.NOT_ALIGNED),
        (claim("capture", speaker=None), Interest.UNKNOWN),
        (claim("casualties", who="civilians", speaker="red"), Interest.AGAINST),
        (claim("casualties", who="civilians", speaker="green"), Interest.UNKNOWN),
        (claim("clash", speaker="red"), Interest.UNKNOWN),
        (claim("capture", speaker="red", on="red"), Interest.UNKNOWN),  # two factions of one bloc
    ],
)
def test_what_the_speaker_stands_to_gain(one: Extraction, expected: Interest) -> None:
    assert interest(one) is expected


def test_what_the_claim_leaves_unsaid_may_be_known() -> None:
    unsaid = claim("capture", on=None, speaker="blue")
    assert interest(unsaid) is Interest.UNKNOWN
    assert interest(unsaid, RED_WINS) is Interest.AGAINST
    assert interest(replace(unsaid, claim=claim("capture", speaker="blue").claim), BLUE_WINS) is Interest.AGAINST


def test_civilians_are_looked_for_first() -> None:
    assert victims(claim("casualties", target="families of soldiers").claim) == "civilians"
    assert victims(claim("casualties", target="families of soldiers", who="combatants").claim) == "combatants"
    assert victims(claim("attack", target="a soldier's wife").claim) == "civilians"
    assert victims(claim("attack", target="People’s Protection Units").claim) == "combatants"
    assert victims(claim("attack", target="their men").claim) is None


def test_every_type_of_the_lexicon_has_its_rule() -> None:
    lexicon = Path(whosays.__file__).parent / "claims/lexicon"
    assert types() == {path.stem for path in lexicon.glob("*.yml")}


@pytest.mark.parametrize(
    ("type_", "polarity", "expected"),
    [
        ("withdraw", Polarity.AFFIRMED, Interest.AGAINST),
        ("withdraw", DENIED, Interest.ALIGNED),
        ("capture", Polarity.AFFIRMED, Interest.ALIGNED),
        ("clash", Polarity.AFFIRMED, Interest.UNKNOWN),
    ],
)
def test_of_no_known_side_who_speaks_of_himself_is_known_to_gain_or_lose(
    type_: str, polarity: Polarity, expected: Interest
) -> None:
    one = claim(type_, by=None, on=None, polarity=polarity)
    assert one.claim.actor is not None
    own = replace(one.claim.source, actor="local:eagles"), replace(one.claim.actor, actor="local:eagles")
    assert interest(one) is Interest.UNKNOWN
    assert interest(replace(one, claim=replace(one.claim, source=own[0], actor=own[1]))) is expected
