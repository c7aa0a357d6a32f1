"""claims, holds, disputes, article: what they print from a ledger, and what they say when there is nothing to print."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from tests.faces.cli.conftest import CLAIMED, DENIED, Run
from tests.making import READ_AT, SOLEDAR, make_article, make_claim
from whosays import copies, ledger
from whosays.nouns import Capture, Place, Span, Where


def test_claims_prints_each_with_source_words_and_article_and_the_three_counts(filled: Run) -> None:
    ran = filled("claims")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "2023-01-11  capture of Soledar (UA) by Wagner, 2023-01-11",
        "            said by Prigozhin",
        "            “Wagner has taken Soledar”",
        f"            Eastern Dispatch, article {CLAIMED.id}",
        "",
        "2023-01-12  capture of Soledar (UA) by Wagner, 2023-01-11",
        "            DENIED by Cherevatyi",
        "            “Wagner had taken Soledar”",
        f"            Dnipro Ledger, article {DENIED.id}",
        "",
        "2 claims: 2 articles, 2 outlets, 2 origins.",
    ]


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        (["--place", "soledar"], ["Prigozhin", "Cherevatyi"]),
        (["--source", "Prigozhin"], ["Prigozhin"]),
        (["--actor", "Wagner", "--until", "2023-01-10"], []),
        (["--source", "Cherevatyi", "--since", "2023-01-11"], ["Cherevatyi"]),
        (["--since", "2023-01-12"], []),
        (["--type", "withdraw"], []),
        (["--text", "TAKEN soledar"], ["Prigozhin", "Cherevatyi"]),
        (["--text", '"has taken"'], ["Prigozhin"]),
        (["--place", "Bakhmut"], []),
    ],
)
def test_claims_are_filtered(filled: Run, options: list[str], sources: list[str]) -> None:
    lines = filled("claims", *options, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["claim"]["source"]["name"] for line in lines if line] == sources


def test_json_and_jsonl_hold_the_same_and_fit_the_schema(filled: Run) -> None:
    array = json.loads(filled("claims", "--format", "json").out)
    lines = [json.loads(line) for line in filled("claims", "--format", "jsonl").out.splitlines()]
    assert array == lines
    assert len(array) == 2
    for one in (array, *array):
        jsonschema.validate(one, json.loads(filled("schema").out))


def test_no_claims_are_still_json(filled: Run) -> None:
    array = json.loads(filled("claims", "--type", "withdraw", "--format", "json").out)
    assert array == []
    jsonschema.validate(array, json.loads(filled("schema").out))
    assert filled("claims", "--type", "withdraw", "--format", "jsonl").out == ""


def test_holds_tells_each_voice_and_that_it_is_contested(filled: Run) -> None:
    ran = filled("holds", "Soledar", "--on", "2023-01-13")
    assert ran.code == 0
    assert ran.out.startswith("Who holds Soledar, Donetsk (UA) on 2023-01-13?\n")
    assert "taken by Wagner, since 2023-01-11, according to Prigozhin (1 article, 1 outlet, 1 origin)" in " ".join(
        ran.out.split()
    )
    assert "“Wagner has taken Soledar” 2023-01-11" in ran.out
    assert ran.out.endswith("CONTESTED: 2 answers from 2 voices.\n")


def test_holds_hears_claims_whose_place_was_not_resolved(filled: Run) -> None:
    article = make_article("Soledar is ours, Pushilin said.", publisher="Evening", published=date(2023, 1, 13))
    claim = make_claim(article, "Soledar is ours", type="control", actor="Russia", source="Pushilin", place=None)
    claim = replace(claim, place=Where("Soledar", None))
    with ledger.open("whosays.db") as book:
        capture = Capture(article, article.id * 4, READ_AT)
        book.add(capture, (claim,), name="made", reader="test/1", body=copies.body(article))
    for asked in ("Soledar", "soledar", SOLEDAR.key):
        ran = filled("holds", asked, "--on", "2023-01-13")
        assert "according to Pushilin" in " ".join(ran.out.split()), asked
        assert "3 voices" in ran.out, asked


@pytest.mark.parametrize("command", [("holds", "--on", "2023-01-13"), ("disputes", "--place"), ("claims", "--place")])
def test_a_place_spelt_otherwise_is_asked_for(filled: Run, command: tuple[str, ...]) -> None:
    asked = [command[0], "Solyedar", *command[1:]] if command[0] == "holds" else [*command, "Solyedar"]
    assert filled(*asked).out.endswith("Did you mean Soledar?\n")
    unheard = [
        "Saraqeeb" if one == "Solyedar" else one for one in asked
    ]  # like a place of which the ledger knows nothing
    assert "Did you mean" not in filled(*unheard).out


def test_a_place_near_a_town_is_not_the_town(filled: Run) -> None:
    article = make_article(
        "Fields near Soledar are ours, Pushilin said.", publisher="Evening", published=date(2023, 1, 13)
    )
    claim = make_claim(article, "Fields near Soledar are ours", type="control", actor="Russia", source="Pushilin")
    near = replace(SOLEDAR, key=f"{SOLEDAR.key}/48.7,38.1", name="9 km north of Soledar", relation="9 km north of")
    claim = replace(claim, place=Where("Soledar", None, "Soledar", near, precision=2))
    with ledger.open("whosays.db") as book:
        capture = Capture(article, article.id * 4, READ_AT)
        book.add(capture, (claim,), name="made", reader="test/1", body=copies.body(article))
    ran = filled("holds", "Soledar", "--on", "2023-01-13")
    assert ran.out.startswith("Who holds Soledar, Donetsk (UA) on 2023-01-13?\n")
    assert "Pushilin" not in ran.out


def test_holds_by_side_weighed_and_as_known_on_a_day(filled: Run) -> None:
    ask = ("holds", "Soledar", "--on", "2023-01-13")
    weighed = " ".join(filled(*ask, "--by", "weighed").out.split())
    assert "since 2023-01-11, all voices weighed (" in weighed
    assert weighed.endswith("CONTESTED: 2 answers from 2 voices.")
    assert "according to voices whose side is not known (" in " ".join(filled(*ask, "--by", "side").out.split())
    known = filled(*ask, "--as-known-on", "2023-01-11").out
    assert known.startswith("Who holds Soledar, Donetsk (UA) on 2023-01-13, as known on 2023-01-11?\n")
    assert known.endswith("One voice only: a claim and no finding.\n")
    assert filled(*ask, "--as-known-on", "2022-01-11").out.endswith("Nobody says.\n")
    assert filled(*ask, "--by", "colour").code == 2


def test_what_is_said_of_all_of_a_province_is_said_of_its_towns(filled: Run) -> None:
    article = make_article(
        "Russia holds all of Donetsk, Pushilin said.", publisher="Evening", published=date(2023, 1, 13)
    )
    claim = make_claim(article, "Russia holds all of Donetsk", type="control", actor="Russia", source="Pushilin")
    start = article.text.index("Donetsk")
    donetsk = Place("division:UA/Donetsk", "Donetsk", 48.0, 37.8, "UA", "admin1", admin1="Donetsk")
    claim = replace(claim, place=Where("Donetsk", Span(start, start + 7), "Donetsk", donetsk, precision=3))
    with ledger.open("whosays.db") as book:
        capture = Capture(article, article.id * 4, READ_AT)
        book.add(capture, (claim,), name="made", reader="test/1", body=copies.body(article))
    assert "held by Russia, since 2023-01-13, according to Pushilin" in " ".join(
        filled("holds", "Soledar", "--on", "2023-01-13").out.split()
    )
    assert "parts taken by Wagner" in filled("holds", donetsk.key, "--on", "2023-01-13").out


def test_holds_before_anything_was_said_and_long_after(filled: Run) -> None:
    assert "Nobody says." in filled("holds", "Soledar", "--on", "2022-12-01").out
    late = filled("holds", "Soledar", "--on", "2024-01-13").out
    assert "last known" in late
    assert "last known" not in filled("holds", "Soledar", "--on", "2024-01-13", "--horizon", "500").out


def test_disputes_shows_both_sentences(filled: Run) -> None:
    ran = filled("disputes")
    assert ran.code == 0
    for words in (
        "“Wagner has taken Soledar”",
        "“Wagner had taken Soledar”",
        "said by Prigozhin",
        "DENIED by Cherevatyi",
    ):
        assert words in ran.out
    assert ran.out.endswith("1 dispute (1 pair of sentences) among 2 claims in 2 articles, 2 outlets, 2 origins.\n")
    assert filled("disputes", "--place", "Bakhmut").out.startswith("None of the 2 claims")


def test_article_labels_its_parts_marks_its_claims_and_folds_its_comments(filled: Run) -> None:
    ran = filled("article", CLAIMED.id[:6])
    assert ran.code == 0
    assert "headline    Wagner claims Soledar" in ran.out
    assert "[Wagner has taken Soledar], Prigozhin said." in ran.out
    assert "1. capture of Soledar (UA) by Wagner, 2023-01-11 — said by Prigozhin" in " ".join(ran.out.split())
    assert "Readers' comments — not evidence (2, folded: --comments shows them in full)" in ran.out
    assert "  reader: Ukraine lost 300 men in Soledar.\n    other: How do you know?\n" in ran.out
    assert ran.out.endswith(f"1 claim in article {CLAIMED.id}.\n")


def test_an_article_that_is_not_there_is_misuse(filled: Run) -> None:
    ran = filled("article", "ffffffff")
    assert (ran.code, ran.out) == (2, "")
    assert "ffffffff" in ran.err


@pytest.mark.parametrize(
    "command", [["claims"], ["holds", "Soledar", "--on", "2023-01-13"], ["disputes"], ["article", "4f"]]
)
def test_without_a_ledger_each_command_says_how_to_make_one(run: Run, command: list[str]) -> None:
    ran = run(*command)
    assert (ran.code, ran.out) == (2, "")
    assert "whosays.db" in ran.err
    assert "ingest" in ran.err
    assert not Path("whosays.db").exists()


@pytest.mark.parametrize("command", [["claims"], ["holds", "Soledar", "--on", "2023-01-13"], ["disputes"]])
def test_an_empty_ledger_says_what_to_do_next(run: Run, command: list[str]) -> None:
    ledger.open("whosays.db", create=True).close()
    ran = run(*command)
    assert (ran.code, ran.out) == (
        0,
        "whosays.db holds no claims yet. Read pages into it with `whosays ingest PATH`.\n",
    )


def test_the_ledger_is_named_before_or_after_the_command_or_by_the_environment(
    filled: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("whosays.db").rename("other.db")
    assert filled("claims").code == 2
    told = filled("--ledger", "other.db", "claims").out
    assert told.endswith("2 claims: 2 articles, 2 outlets, 2 origins.\n")
    assert filled("claims", "--ledger", "other.db").out == told
    monkeypatch.setenv("WHOSAYS_LEDGER", "other.db")
    assert filled("claims").out == told
    assert filled("--ledger", "third.db", "claims").code == 2


def test_a_file_that_is_no_ledger_is_misuse(run: Run) -> None:
    Path("whosays.db").write_text("not a database, just words " * 50)
    ran = run("claims")
    assert ran.code == 2
    assert "whosays.db" in ran.err


@pytest.mark.parametrize("day", ["13.01.2023", "2023-13-01", "yesterday", ""])
def test_a_day_in_another_form_is_misuse_and_names_the_right_form(filled: Run, day: str) -> None:
    ran = filled("holds", "Soledar", "--on", day)
    assert ran.code == 2
    assert "YYYY-MM-DD" in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--type", "captur"], "Types: advance, agree, aid"),
        (["--since", "2024-05-01", "--until", "2023-01-01"], "--until 2023-01-01 lies before --since 2024-05-01"),
    ],
)
def test_questions_that_cannot_be_meant_are_misuse(filled: Run, options: list[str], said: str) -> None:
    ran = filled("claims", *options)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
