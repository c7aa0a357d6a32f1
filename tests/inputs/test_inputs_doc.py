"""docs/inputs.md is held against the code: the TOML table, the fields of rows, the names, the numbers."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import msgspec
import pytest

from whosays.engines.watch import config, items
from whosays.inputs import Columns, Form, politeness
from whosays.inputs.opening import form
from whosays.settings import MAX_ARCHIVE_BYTES, MAX_PAGE_BYTES

TEXT = (Path(__file__).parents[2] / "docs/inputs.md").read_text("utf-8")


def rows(columns: int) -> list[list[str]]:
    """The rows of tables with so many columns."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")
    ]
    return [row for row in cells if len(row) == columns and not set(row[0]) <= {"-"}]


def test_the_table_of_the_watchlist_is_what_can_be_said() -> None:
    said = {(row[0].strip("`"), row[1].strip("`")): row[2].strip("`") for row in rows(4)[1:]}
    known = {
        (table.encode_name, key.encode_name): str(key.default)
        if key.default not in (None, "", msgspec.NODEFAULT)
        else ""
        for table in msgspec.structs.fields(config._File)
        for key in msgspec.structs.fields(struct(table.encode_name))
    }
    assert said == known


def struct(name: str) -> type[msgspec.Struct]:
    return {
        "watch": config._Watch, "feed": config._Feed, "sitemap": config._Sitemap, "list": config._List, "folder": config._Folder
    }[name]  # fmt: skip


def test_the_example_is_one(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert example is not None
    (tmp_path / "news.toml").write_text(example[1], "utf-8")
    assert len(config.read(tmp_path / "news.toml").sources) == 4


def test_the_fields_of_rows_are_those() -> None:
    assert [row[0].strip("`") for row in rows(2)[1:]] == sorted(
        (field.name for field in fields(Columns)), key=["text", "html", "url", "published", "headline", "byline"].index
    )


@pytest.mark.parametrize(
    ("what", "head", "expected"),
    [
        ("WARC", b"", Form.WARC), ("WACZ", b"", Form.WACZ), ("JSON Lines", b"", Form.JSONL), ("Parquet", b"", Form.PARQUET),
        ("lists of addresses", b"https://a.example/", Form.LIST), ("sitemaps", b"<urlset>", Form.SITEMAP), ("feeds", b"<rss>", Form.FEED),
    ],
)  # fmt: skip
def test_the_names_are_those(what: str, head: bytes, expected: Form) -> None:
    (row,) = [row for row in rows(3) if row[0] == what]
    for suffix in re.findall(r"`(\.[a-z.]+)`", row[1].partition("also")[0]):
        assert form(f"a{suffix}", head) is expected
        for packed in re.findall(r"`(\.[a-z]+)`", row[1].partition("also")[2]):
            assert form(f"a{suffix}{packed}", head) is expected


def test_the_numbers_are_those() -> None:
    for words in (
        f"every {politeness.DELAY:.0f} seconds",
        f"up to {politeness.LONGEST:.0f} seconds",
        f"alone for {politeness.TROUBLE:.0f} seconds",
        f"up to {MAX_PAGE_BYTES / 1e6:.0f} MB",
        f"up to {MAX_ARCHIVE_BYTES / 1e9:.0f} GB",
    ):
        assert words in TEXT, words
    assert (items.TRIES, items.TRIES_MISSING) == (10, 4)
    assert (politeness.HOUR, politeness.DAY) == (3_600, 86_400)
