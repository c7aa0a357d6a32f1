"""The sample pages: what README.md promises of them, and that expected.yml speaks of words that are there."""

from __future__ import annotations

import html
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

SAMPLES = Path(str(files("whosays") / "samples"))
PAGES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".html", ".txt"))
EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yml").read_text("utf-8"))


def plain(name: str) -> str:
    """The words of a page without its markup, spaces squeezed."""
    text = (SAMPLES / name).read_text("utf-8")
    if name.endswith(".html"):
        text = html.unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL))
    return " ".join(text.split())


def body(name: str) -> str:
    """What a wire story runs with: from its dateline to its credit line."""
    found = re.search(r"[A-Z/]+ \(Meridian\).*Editing by [^)]*\)", plain(name))
    assert found, f"{name} has no dateline and credit line"
    return found.group()


def test_at_least_fourteen_pages_of_both_kinds() -> None:
    assert len(PAGES) >= 14
    assert sum(name.endswith(".html") for name in PAGES) >= 9
    assert sum(name.endswith(".txt") for name in PAGES) >= 5


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_short(name: str) -> None:
    assert 120 <= len(plain(name).split()) <= 260


@pytest.mark.parametrize("name", PAGES)
def test_readme_says_what_each_page_shows(name: str) -> None:
    assert f"| `{name}` |" in (Path(__file__).parents[2] / "docs" / "samples.md").read_text("utf-8")


def test_expectations_cover_every_page_and_no_other() -> None:
    assert sorted(EXPECTED["pages"]) == PAGES
    assert {claim["page"] for claim in EXPECTED["claims"]} <= set(PAGES)


@pytest.mark.parametrize("claim", EXPECTED["claims"], ids=lambda claim: f"{claim['page']}:{claim['type']}")
def test_words_of_expected_claims_stand_on_their_page(claim: dict[str, object]) -> None:
    page = plain(str(claim["page"]))
    words = [*claim["evidence"], *([claim["source"]] if claim["source"] else [])]  # type: ignore[misc]
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(("name", "words"), EXPECTED["never"].items(), ids=lambda value: str(value)[:40])
def test_words_that_no_claim_may_hold_stand_on_their_page(name: str, words: list[str]) -> None:
    page = plain(name)
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("pair", EXPECTED["reprints"], ids=lambda pair: pair[1])
def test_reprints_have_the_same_body_under_another_headline(pair: list[str]) -> None:
    first, second = pair
    assert body(first) == body(second)
    assert plain(first)[:40] != plain(second)[:40]


def test_every_dispute_names_a_place_that_claims_name() -> None:
    places = {claim["place"] for claim in EXPECTED["claims"]}
    assert {dispute["place"] for dispute in EXPECTED["disputes"]} <= places
