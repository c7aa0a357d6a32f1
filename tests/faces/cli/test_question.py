"""questions and question: what is listed, what is answered, and what is said where nothing is."""

from __future__ import annotations

import json
from pathlib import Path

from tests.faces.cli.conftest import Run

OWN_RULES = """
name: mine
gloss: Anything at all?
types: [capture]
grades: [some]
rules:
  - grade: some
    words: "{support}"
"""


def first_id(filled: Run) -> str:
    return filled("questions").out.split()[0]


def test_questions_are_listed_with_ids_and_counts(filled: Run) -> None:
    ran = filled("questions", "--place", "Soledar")
    assert ran.code == 0
    line, total = " ".join(ran.out.split()).split("origins ", 1)
    assert line[8:] == " Who held Soledar on 11 Jan 2023? 2 claims in 2 articles, 2 outlets, 2 "
    assert total == "1 question of 2 claims or more, among 2 claims."


def test_the_id_of_any_claim_leads_to_its_question(filled: Run) -> None:
    ran = filled("question", first_id(filled))
    assert ran.code == 0
    assert ran.out.startswith("Who held Soledar on 11 Jan 2023?\n  - held by Wagner — contested: by Cherevatyi;")
    assert "“Wagner had taken Soledar”" in ran.out
    (denial,) = filled("claims", "--source", "Cherevatyi", "--format", "jsonl").out.splitlines()
    assert filled("question", json.loads(denial)["claim"]["id"]).out == ran.out


def test_grades_by_rules_of_ones_own(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(OWN_RULES)
    assert "held by Wagner — some: 1 origin" in filled("question", first_id(filled), "--rubric", str(path)).out
    path.write_text(OWN_RULES.replace("{support}", "{suport}"))
    ran = filled("question", first_id(filled), "--rubric", str(path))
    assert ran.code == 2
    assert "suport" in ran.err


def test_an_id_that_is_none(filled: Run) -> None:
    ran = filled("question", "zzz")
    assert ran.code == 2
    assert ran.err == "whosays: whosays.db: no claim 'zzz'. `whosays questions` prints the ids of claims.\n"


def test_a_question_of_more_claims_than_there_are(filled: Run) -> None:
    assert filled("questions", "--least", "3").out == "0 questions of 3 claims or more, among 2 claims.\n"
