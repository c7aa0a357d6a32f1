"""Countries named by nationality (words, country or None), and the borders between two."""

from __future__ import annotations

import pytest

from tests.making import make_article
from whosays import language, places

EN = language.pack("en")


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("They denied having crossed the Syrian border.", "SY"),
        ("A missile fell on Turkish soil.", "TR"),
        ("The Syrian army shelled it.", None),  # a nationality is no place
        ("A Syrian border town was hit.", None),  # the town is meant, not the country
    ],
)
def test_borders(words: str, country: str | None) -> None:
    reading = language.parse(make_article(words, headline="x"), EN)
    found = [candidate.value.country for candidate in places.resolve(reading) if candidate.value]
    assert found == ([country] if country else [])


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Iraqi militias crossed the Syrian border.", ["Iraq-Syria border"]),  # the other country is in the sentence
        ("The border between Syria and Iraq is closed.", ["Iraq-Syria border"]),
        ("Turkey closed its border with Syria.", ["Turkey", "Syria-Turkey border"]),
        ("They massed at the Iraqi-Syrian border.", ["Iraq-Syria border"]),
    ],
)
def test_the_border_of_two_countries(words: str, names: list[str]) -> None:
    reading = language.parse(make_article(words, headline="x"), EN)
    found = [candidate.value.name for candidate in places.resolve(reading) if candidate.value]
    assert found[: len(names)] == names
