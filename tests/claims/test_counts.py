"""How many, of whom, and whether it is a running total."""

from __future__ import annotations

import pytest

from tests.claims.test_lexicon import claims_of
from whosays.nouns import Claim, Count


def of_type(sentence: str, type_: str) -> Claim:
    return next(claim for claim in claims_of(sentence) if claim.type == type_)


@pytest.mark.parametrize(
    ("sentence", "count", "who"),
    [
        ("At least 16 civilians were killed in the strike.", Count(16, None), "civilians"),
        ("Shelling killed between 40 and 50 fighters.", Count(40, 50), "combatants"),
        ("The blast wounded up to 30 people.", Count(None, 30), "people"),
        ("A mortar shell killed two children in Homs.", Count(2, 2), "children"),
        ("A soldier was killed near Gao.", Count(1, 1), "combatants"),
        ("Dozens of soldiers died in the raid.", Count(24, None), "combatants"),
        ("Rebels killed soldiers in the raid.", None, "combatants"),
        ("Rebels killed a group of soldiers in the raid.", None, "combatants"),
        ("Tens of thousands of people were killed in the war.", Count(20_000, None), "people"),
        ("Seven of its men had been killed near the town, Hezbollah said.", Count(7, 7), "combatants"),
        ("Ukrainian forces had lost more than 1,500 men in Avdiivka, he said.", Count(1501, None), "combatants"),
        ("The gunmen killed 12 men in the village.", Count(12, 12), "civilians"),
        ("Several hundred fighters were killed in the battle.", Count(200, None), "combatants"),
    ],
)
def test_people_are_counted(sentence: str, count: Count | None, who: str) -> None:
    claim = of_type(sentence, "casualties")
    assert (claim.count, claim.who) == (count, who)


@pytest.mark.parametrize(
    ("sentence", "running"),
    [
        ("More than 640 people have been killed since the assault began.", True),
        ("The war has killed more than 280,000 people.", True),
        ("So far 34 soldiers have been killed in the fighting.", True),
        ("Seven soldiers were killed in the fighting on Friday.", False),
    ],
)
def test_running_totals(sentence: str, running: bool) -> None:
    assert of_type(sentence, "casualties").cumulative is running


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The coalition carried out 12 air strikes near Raqqa.", Count(12, 12)),
        ("Militants fired two rockets at the base.", Count(2, 2)),
        ("Dozens of shells landed in the town of Azaz.", Count(24, None)),
        ("Israeli jets attacked the base near Homs.", None),
    ],
)
def test_strikes_are_counted(sentence: str, count: Count | None) -> None:
    assert of_type(sentence, "attack").count == count


def test_no_casualties_deny_them() -> None:
    claim = of_type("There were no casualties, the army said.", "casualties")
    assert claim.polarity.value == "denied"


def test_who_is_counted_is_the_head_of_the_words() -> None:
    assert of_type("Shelling killed a soldier's wife in Homs.", "casualties").who == "people"
