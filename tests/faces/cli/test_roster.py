"""`whosays roster`: check, add, merge, show; and that reading a page follows the user's own file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faces.cli.conftest import Run
from whosays.faces.cli.roster import roster

OWN = Path(".config/whosays/roster.yml")
"""In the home that the fixture gives."""


def put(text: str) -> Path:
    OWN.parent.mkdir(parents=True, exist_ok=True)
    OWN.write_text(text, "utf-8")
    return OWN


@pytest.mark.parametrize("name", roster.commands)
def test_every_command_has_examples_and_help(run: Run, name: str) -> None:
    ran = run("roster", name, "--help")
    assert ran.code == 0
    assert "Examples:" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_show_gives_names_and_sides_with_dates(run: Run) -> None:
    ran = run("roster", "show", "Wagner")
    assert ran.code == 0
    assert "side      wagner from 2023-06-23 to 2023-06-24" in ran.out
    assert "ukraine-russia.yml:" in ran.out.replace("\n          ", "")
    assert run("roster", "show", "wagner").out == ran.out
    assert run("roster", "show", "Nobody At All").code == 2


def test_check_without_and_with_an_own_file(run: Run) -> None:
    alone = run("roster", "check")
    assert (alone.code, alone.err) == (0, "")
    put("- {key: crew, name: Crew of Three, kind: media}\n- {key: hamas, same_as: fatah}\n")
    ran = run("roster", "check")
    assert ran.code == 0
    assert "1 entries, 1 merges." in ran.out


def test_check_tells_every_fault_with_its_line(run: Run) -> None:
    file = put(
        "- {key: a, name: A, kind: tribe}\n- {key: b, name: B, kind: media, lon: 200}\n- {key: c, name: C, kind: media, side: x}\n"
    )
    for arguments in (["roster", "check"], ["roster", "check", str(file)]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert [line in ran.err for line in ("roster.yml:1", "roster.yml:2", "roster.yml:3")] == [True] * 3
    assert run("roster", "check", "nowhere.yml").code == 2


def test_a_fault_in_the_own_file_is_misuse_before_anything_is_read(run: Run) -> None:
    put("- {key: a, name: A, kind: tribe}\n")
    Path("page.txt").write_text("Rebels fired.\n", "utf-8")
    for arguments in (["read", "page.txt"], ["ingest", "page.txt"]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "roster.yml:1, a: bad kind 'tribe'" in ran.err
    assert not Path("whosays.db").exists()


def test_the_environment_names_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAYS_ROSTER", "mine.yml")
    assert run("roster", "check").code == 0  # not there yet
    assert run("roster", "add", "Crew of Three", "--kind", "media").code == 0
    assert Path("mine.yml").exists()
    assert "crew-of-three" in run("roster", "show", "Crew of Three").out


@pytest.mark.slow
def test_add_merge_undo_and_what_reading_makes_of_it(run: Run) -> None:
    Path("page.txt").write_text(
        "BEIRUT, 8 Nov 2017\n\nThe Red Falcons captured the town of Azaz, Reuters said.\n", "utf-8"
    )

    def actor() -> str | None:
        ran = run("read", "page.txt", "--format", "json")
        return next(claim["actor_key"] for claim in json.loads(ran.out)["claims"] if claim["type"] == "capture")

    added = run("roster", "add", "Red Falcons", "--kind", "armed-group", "--country", "SY", "--alias", "RFX")
    assert (added.code, added.err) == (0, "")
    assert actor() == "red-falcons"
    assert run("roster", "merge", "Red Falcons", "Ahrar al-Sham", "--by", "ana").code == 0
    assert "same_as: ahrar-al-sham, by: ana, day: '" in OWN.read_text("utf-8")
    assert actor() == "ahrar-al-sham"
    assert run("roster", "merge", "Red Falcons", "--undo").code == 0
    assert actor() == "red-falcons"


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "New Ones"],  # no kind
        ["add", "New Ones", "--kind", "tribe"],
        ["add", "New Ones", "--kind", "media", "--country", "Syria"],
        ["add", "x" * 10_000, "--kind", "media"],
        ["merge", "Hamas"],  # into whom?
        ["merge", "Hamas", "Fatah", "--undo"],  # which of the two?
        ["merge", "Hamas", "--undo"],  # never merged
        ["merge", "Hamas", "Hamas"],
        ["merge", "Hamas", "nobody at all"],
        ["show", "RSF"],  # two are called so
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_misuse_leaves_no_file(run: Run, arguments: list[str]) -> None:
    ran = run("roster", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err) < 700
    assert not OWN.exists()
