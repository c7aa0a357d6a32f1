"""What a TOML file says is watched, and what it cannot mean."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from whosays.engines.watch import config
from whosays.engines.watch.config import Kind, Source
from whosays.errors import Misuse
from whosays.inputs import Columns

GOOD = """
[watch]
delay = "5s"

[[feed]]
url = "https://news.example/rss"
publisher = "News Example"
since = 2026-11-01

[[sitemap]]
url = "https://news.example/sitemap.xml"
every = "6h"

[[list]]
path = "urls.txt"

[[list]]
url = "https://news.example/urls.txt"
every = "1d"

[[folder]]
path = "/inbox"
every = "10s"
fields = "text=body"
"""


def written(folder: Path, words: str) -> Path:
    (folder / "news.toml").write_text(words, "utf-8")
    return folder / "news.toml"


def test_a_file_is_read_with_its_defaults_and_paths_from_its_own_folder(tmp_path: Path) -> None:
    found = config.read(written(tmp_path, GOOD))
    assert found.delay == timedelta(seconds=5)
    assert found.sources == (
        Source(Kind.FEED, "https://news.example/rss", timedelta(minutes=15), "News Example", date(2026, 11, 1)),
        Source(Kind.SITEMAP, "https://news.example/sitemap.xml", timedelta(hours=6)),
        Source(Kind.LIST, str(tmp_path / "urls.txt"), timedelta(hours=1)),
        Source(Kind.LIST, "https://news.example/urls.txt", timedelta(days=1)),
        Source(Kind.FOLDER, "/inbox", timedelta(seconds=10), fields=Columns(text="body")),
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "names nothing to watch"),
        ("[[feed]", "docs/inputs.md has the table"),
        ("[[feed]]", "url"),
        ("[[feed]]\nurl = 7", r"\$\.feed\[0\]\.url"),
        ("[[feeds]]\nurl = 'https://a.example/'", "feeds"),
        ("[[feed]]\nurl = 'https://a.example/'\nevry = '1h'", "evry"),
        ("[[feed]]\nurl = 'file:///etc/passwd'", "is no address"),
        ("[[feed]]\nurl = 'https://a.example/'\nevery = '5s'", "or too short"),
        ("[[feed]]\nurl = 'https://a.example/'\nevery = 'often'", "write 30s, 15m, 6h or 1d"),
        ("[[feed]]\nurl = 'https://a.example/'\nevery = '99999999d'", "no length of time"),
        ("[[feed]]\nurl = 'https://a.example/'\n" * 2, "names twice"),
        ("[[list]]\nevery = '1h'", "either `url` or `path`"),
        ("[[list]]\nurl = 'https://a.example/'\npath = 'x'", "either `url` or `path`"),
        ("[[folder]]\npath = 'x'\nfields = 'body'", "write FIELD=COLUMN"),
        ("[[feed]]\nurl = 'https://a.example/'\nsince = 'May'", "since"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(Misuse, match=told):
        config.read(written(tmp_path, words))


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="cannot be read"):
        config.read(tmp_path / "none.toml")
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Misuse, match=r"docs/inputs\.md"):
        config.read(tmp_path / "odd.toml")
