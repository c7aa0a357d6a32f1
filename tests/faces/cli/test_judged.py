"""`whosays judgements` and `whosays export gold`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faces.cli.conftest import Run
from whosays import ledger
from whosays.nouns import Judgement, Subject, Verdict

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def judge_three() -> list[str]:
    """Accept a claim, correct another, take the first back. The ids of the claims."""
    with ledger.open("whosays.db") as book:
        claims = [one.claim.id for one in book.claims()][:2]
        first = Judgement(about=Subject.CLAIM, subjects=(claims[0],), verdict=Verdict.ACCEPTED, by="anna", at=AT)
        id_ = book.judge(first)
        fixed = Judgement(
            about=Subject.CLAIM,
            subjects=(claims[1],),
            verdict=Verdict.CORRECTED,
            fields={"modality": "possible"},
            by="boris",
            at=AT + timedelta(minutes=1),
            note="\x1b[31mred",
        )
        book.judge(fixed)
        undone = Judgement(
            about=Subject.CLAIM,
            subjects=(claims[0],),
            verdict=Verdict.UNDONE,
            by="anna",
            at=AT + timedelta(minutes=2),
            undoes=id_,
        )
        book.judge(undone)
    return claims


def test_judgements_are_listed_newest_first_and_filtered(filled: Run) -> None:
    one, other = judge_three()
    told = filled("judgements").out
    assert told.index("undone") < told.index("corrected") < told.index("accepted")
    assert "modality = possible" in told
    assert "\x1b[31m" not in told
    assert other not in filled("judgements", "--by", "anna").out
    assert one not in filled("judgements", "--verdict", "corrected").out
    assert one not in filled("judgements", "--in-force").out
    assert other in filled("judgements", "--in-force").out
    assert filled("judgements", "--subject", one[:8]).out.count(one) == 2
    assert "Nobody judged" in filled("judgements", "--about", "place").out
    assert filled("judgements", "--limit", "1").out.count("judgement ") == 1


def test_gold_is_a_folder_with_what_was_judged(filled: Run) -> None:
    judge_three()
    assert filled("export", "gold", "-o", "gold", "--text").code == 0
    (name,) = Path("gold").glob("*.json")
    (claim,) = json.loads(name.read_bytes())["claims"]
    text = name.with_suffix(".txt").read_text("utf-8")
    assert claim["modality"] == "possible"
    assert text[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["exact"]


def test_gold_is_refused_in_words(filled: Run) -> None:
    for arguments, told in (
        (("-o", "gold"), "Say --text"),
        (("--text",), "gold is a folder"),
        (("-o", "gold", "--text", "--place", "Soledar"), "takes no filter"),
        (("-o", "gold", "--text"), "Nothing was accepted"),
    ):
        ran = filled("export", "gold", *arguments)
        assert ran.code == 2
        assert told in ran.err
    assert not Path("gold").exists()


def test_gold_is_in_the_list(filled: Run) -> None:
    assert "\ngold " in filled("export", "list").out
