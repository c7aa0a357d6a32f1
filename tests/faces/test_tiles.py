"""An address of tiles goes into a header and into a page: only such as can do no harm there."""

from __future__ import annotations

import pytest

from whosays.errors import Misuse
from whosays.faces import tiles


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("http://localhost:8080/a/{z}/{y}/{x}", "http://localhost:8080"),
        ("https://t.example/{z}/{x}/{y}.jpg?key=a-b_c", "https://t.example"),
    ],
)
def test_an_address_of_tiles_has_an_origin(url: str, origin: str) -> None:
    assert tiles.template(url) == url
    assert tiles.origin(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/{z}/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://user:secret@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png\nset-cookie: a=b",
        "https://tiles.example.org/{z}/{x}/{y}.png\n",
        "javascript:{z}{x}{y}",
        "file:///{z}/{x}/{y}.png",
    ],
)
def test_another_is_refused_in_words(url: str) -> None:
    with pytest.raises(Misuse, match="Write https://HOST/"):
        tiles.template(url)
