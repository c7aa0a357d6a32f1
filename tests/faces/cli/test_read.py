"""`whosays read` and `whosays schema`: one page in, its claims out in three forms; refusals and misuse."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.faces.cli.conftest import Run
from whosays import wire
from whosays.settings import MAX_PAGE_BYTES

STORY = """Army takes Soledar, ministry says

January 13, 2023

By Anton Reznik

MOSCOW (Reuters) - Russian forces captured the town of Soledar on Thursday, the defence ministry said.

Ukraine's army denied that Russian forces had captured Soledar. Reuters could not verify what either of them said.

  • reader

    Wagner forces captured Soledar last week.
"""


@pytest.fixture
def story(run: Run) -> Path:
    path = Path("story.txt")
    path.write_text(STORY, "utf-8")
    return path


def test_text_shows_particulars_claims_dispute_and_counts(run: Run, story: Path) -> None:
    ran = run("read", story)
    assert (ran.code, ran.err) == (0, "")
    assert "headline    Army takes Soledar, ministry says" in ran.out
    assert "published   2023-01-13" in ran.out
    assert "byline      Anton Reznik" in ran.out
    assert "“Russian forces captured the town of Soledar on Thursday”" in " ".join(ran.out.split())
    assert "DENIED by" in ran.out
    assert "dispute     capture of Soledar: " in ran.out
    assert "denied by" in ran.out
    assert "last week" not in ran.out
    assert "1 comment by readers, which are no evidence" in " ".join(ran.out.split())


def test_json_follows_the_schema_and_its_offsets_lead_to_the_words(run: Run, story: Path) -> None:
    ran = run("read", story, "--format", "json")
    page = json.loads(ran.out)
    jsonschema.validate(page, json.loads(run("schema").out))
    assert page["article"]["text"] == STORY
    assert page["article"]["published"] == "2023-01-13"
    assert len(page["disputes"]) >= 1
    for claim in page["claims"]:
        evidence = claim["evidence"]
        assert STORY[evidence["start"] : evidence["end"]] == evidence["exact"]


def test_jsonl_is_one_claim_a_line_with_its_article(run: Run, story: Path) -> None:
    claims = json.loads(run("read", story, "--format", "json").out)["claims"]
    lines = [wire.read_claim_line(line) for line in run("read", story, "--format", "jsonl").out.splitlines()]
    assert [line.claim.id for line in lines] == [claim["id"] for claim in claims]
    assert {line.article.headline for line in lines} == {"Army takes Soledar, ministry says"}
    for line in run("read", story, "--format", "jsonl").out.splitlines():
        jsonschema.validate(json.loads(line), json.loads(run("schema").out))


def test_standard_input_reads_like_a_file(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    piped = json.loads(run("read", "-", "--format", "json").out)
    assert piped == json.loads(run("read", story, "--format", "json").out)


def test_the_day_given_is_in_force_and_the_page_keeps_its_own(run: Run, story: Path) -> None:
    article = json.loads(run("read", story, "--published", "2023-01-20", "--format", "json").out)["article"]
    assert (article["published"], article["published_on_page"]) == ("2023-01-20", "2023-01-13")
    assert "2023-01-20 (as you say; the page says 2023-01-13)" in run("read", story, "--published", "2023-01-20").out


def test_the_address_given_is_kept(run: Run, story: Path) -> None:
    ran = run("read", story, "--url", "https://example.org/story", "--format", "json")
    assert json.loads(ran.out)["article"]["url"] == "https://example.org/story"


@pytest.mark.parametrize("data", [b"", bytes(range(256)) * 40], ids=["empty", "binary"])
def test_a_refused_page_ends_with_3_and_says_why(run: Run, data: bytes) -> None:
    Path("bad.html").write_bytes(data)
    ran = run("read", "bad.html", "--format", "json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("whosays: bad.html: refused (")
    assert ran.err.count("\n") == 1


def test_a_path_that_is_not_there_or_a_folder_is_misuse(run: Run) -> None:
    assert run("read", "nowhere.html").code == 2
    Path("folder").mkdir()
    ran = run("read", "folder")
    assert ran.code == 2
    assert "whosays ingest folder" in ran.err


def test_a_bad_day_is_misuse_and_names_the_form(run: Run, story: Path) -> None:
    ran = run("read", story, "--published", "13/01/2023")
    assert ran.code == 2
    assert "YYYY-MM-DD" in ran.err


def test_no_more_is_read_than_a_byte_over_the_cap(run: Run) -> None:
    with Path("huge.txt").open("wb") as huge:
        huge.truncate(MAX_PAGE_BYTES * 50)
    assert run("read", "huge.txt").code == 3


def test_escape_sequences_of_a_page_reach_the_terminal_in_no_form(run: Run) -> None:
    evil = STORY.replace("captured the town", "cap\x1b[2Jtured the \u202etown").replace("Anton", "An\x1b]0;x\x07ton")
    Path("evil.txt").write_text(evil, "utf-8")
    for form in ("text", "json", "jsonl"):
        ran = run("read", "evil.txt", "--format", form)
        assert ran.code == 0
        assert not set(ran.out + ran.err) & {"\x1b", "\x07", "\u202e"}, form


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_page_that_spells_half_a_surrogate_pair_is_printed(run: Run, form: str) -> None:
    Path("half.html").write_text(f"<h1>Half &#xD83D; a pair</h1><article><p>{STORY}</p></article>", "utf-8")
    Path("half.txt").write_bytes(STORY.encode().replace(b"ministry said", b"minis\xed\xa0\xbdtry said"))
    for name in ("half.html", "half.txt"):
        assert run("read", name, "--format", form).code in (0, 3)
