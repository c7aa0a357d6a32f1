"""`whosays record`: what became of what somebody said; never a share without what it rests on."""

from __future__ import annotations

import click

from tests.faces.cli.conftest import Run
from tests.weigh.test_record import CONFIRMED, NOT_TAKEN, TAKEN
from whosays import weigh
from whosays.faces.cli.record import record_lines


def lines(*claims: object, who: str = "Wagner") -> str:
    words = weigh.words(claims)  # type: ignore[arg-type]
    (one,) = (one for one in weigh.counted(words) if one.who == who)
    known = {claim.claim.id: claim for claim in claims}  # type: ignore[attr-defined]
    return click.unstyle("\n".join(record_lines(one, [word for word in words if word.who == one.who], known)))


def test_what_was_borne_out_stands_with_the_claims_that_did_it() -> None:
    told = lines(TAKEN, CONFIRMED)
    assert "borne out   1: said as early or later by others" in told
    assert TAKEN.claim.id in told
    assert "by Monitor: “Wagner did take it”" in told
    assert CONFIRMED.claim.id in told


def test_a_share_stands_with_its_number_and_its_interval() -> None:
    told = " ".join(lines(TAKEN, NOT_TAKEN).split())
    assert "Of the 1 resolved, 0 borne out. From so many, the share lies between 1 and 84 in 100 (95 %)." in told
    assert "Too few to tell it from chance." in told


def test_no_share_is_given_where_nothing_is_resolved() -> None:
    told = lines(TAKEN)
    assert "Nothing of it is resolved: no share can be given." in told
    assert "95 %" not in told


def test_by_name_by_key_and_by_part_of_the_name(filled: Run) -> None:
    assert "What became of what Prigozhin said?" in filled("record", "prigozhin").out
    assert "What became of what Cherevatyi said?" in filled("record", "CHEREVATYI").out
    assert "What became of what Eastern Dispatch said?" in filled("record", "eastern", "--of", "outlet").out


def test_a_name_that_nobody_has_is_said_so_with_names_that_somebody_has(filled: Run) -> None:
    ran = filled("record", "Nobody\x1b[31m")
    assert ran.code == 0
    assert "has no source by the name of Nobody. Those that said most: Cherevatyi, Prigozhin." in " ".join(
        ran.out.split()
    )
    assert "\x1b[31m" not in ran.out
    assert "It holds no claims of any." in filled("record", "ukraine", "--of", "side").out
