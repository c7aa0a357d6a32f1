"""Who holds what, in lines: the rows, what weighs most and why, and whether the voices agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click
import pytest

from tests.faces.cli.test_judgements import AFFIRMED, CLAIMS, DENIAL
from whosays.faces import findings
from whosays.faces.cli import holdings
from whosays.nouns import Control, Grade, LaneKind

FIRST = date(2023, 1, 11)
WEIGHED = Grade("territory", "contested", "by Kyiv; otherwise claimed: 1 origin", (DENIAL.claim.id,))


def control(
    voice: str, holder: str | None, *, no: str | None = None, stale: bool = False, side: str | None = None
) -> Control:
    says = f"held by {holder}" if holder else f"not held by {no}"
    return Control("Soledar", voice, holder, no, says, side, FIRST, (AFFIRMED.claim.id,), 2, 2, 1, last_known=stale)


def printed(rows: Sequence[Control], by: LaneKind = LaneKind.SOURCE, weighed: Sequence[Control] = ()) -> str:
    told = {LaneKind.SOURCE: rows, LaneKind.WEIGHED: weighed, by: rows}
    sides = {"ru": "Russia and friends"}
    return "\n".join(click.unstyle(line) for line in holdings.lines("Who holds Soledar?", by, told, CLAIMS, sides))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_holds_has_one_line_a_voice_its_counts_and_its_words() -> None:
    rows = (control("Prigozhin", "Wagner Group", side="ru"), control("The army", None, no="Russia", side="ru"))
    text = flat(printed(rows))
    assert text.startswith("Who holds Soledar?")
    assert "held by Wagner Group, since 2023-01-11, according to Prigozhin (2 articles, 2 outlets, 1 origin)" in text
    assert "not held by Russia, since 2023-01-11, according to the army (2 articles" in text
    assert text.count("“Soledar is ours” 2023-01-11") == 2
    assert text.endswith("CONTESTED: 2 answers from 2 voices.")


def test_what_weighs_most_is_told_with_the_reason() -> None:
    row = replace(control("all voices, weighed", "Wagner"), grade=WEIGHED, contested=(DENIAL.claim.id,))
    below = flat(printed((control("A", "X"),), weighed=(row,)))
    assert "Weighed: held by Wagner, since 2023-01-11. Contested: by Kyiv; otherwise claimed: 1 origin." in below
    alone = flat(printed((row,), LaneKind.WEIGHED, (row,)))
    assert "held by Wagner, since 2023-01-11, all voices weighed (2 articles, 2 outlets, 1 origin)" in alone
    assert alone.index("“Soledar is ours”") < alone.index("Contested: by Kyiv") < alone.index("“Soledar is not theirs”")


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ("ru", "according to the side of Russia and friends (2"),
        ("side not known", "according to voices whose side is not known (2"),
        ("not aligned", "according to voices that are not aligned (2"),
    ],
)
def test_sides_have_names(side: str, told: str) -> None:
    assert told in flat(printed((control(side, "X"),), LaneKind.SIDE))


def test_a_side_is_told_who_contests_it() -> None:
    row = replace(control("ru", "X"), contested=(DENIAL.claim.id,))
    assert "contested by Kyiv" in printed((row,), LaneKind.SIDE)


def test_parts_and_sieges_stand_beside_the_answer() -> None:
    row = replace(control("A", "X"), parts="parts taken by Y", besieged_by="Z")
    assert "held by X, parts taken by Y, besieged by Z, since" in flat(printed((row,)))
    alone = replace(row, holder=None, says="besieged by Z", parts=None)
    assert flat(printed((alone,))).count("besieged by Z") == 1


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), "Nobody says."),
        ((control("A", "X"),), "One voice only: a claim and no finding."),
        ((control("A", "X"), control("B", "X")), "Not contested among 2 voices."),
        ((control("A", "X"), control("B", "Y"), control("C", "Y")), "CONTESTED: 2 answers from 3 voices."),
        ((control("A", "X"), control("B", None, no="X")), "CONTESTED: 2 answers from 2 voices."),
        (
            (control("A", "X", side="x"), control("B", None, no="Y", side="y")),  # held by X and left by Y agree
            "Not contested: 2 answers from 2 voices, which can all be true.",
        ),
        ((control("A", "X", stale=True),), "Nobody said lately: what is above is the last known."),
        ((control("A", "X", stale=True), control("B", "Y")), "One voice only: a claim and no finding."),
    ],
)
def test_the_sum_counts_voices_and_weighs_nothing(rows: tuple[Control, ...], expected: str) -> None:
    assert findings.verdict(rows) == expected


def test_an_old_row_says_last_known() -> None:
    assert "last known, according to A" in flat(printed((control("A", "X", stale=True),)))
