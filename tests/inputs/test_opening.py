"""One verb for all sources: which is which, in what order, and what is said of those that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from tests.inputs.archives import GOOD, packed, page, stories
from whosays import inputs, pages
from whosays.errors import Misuse
from whosays.fetch import Fetched
from whosays.inputs import At, Columns, Form, Item, files, lists, rows, wacz
from whosays.inputs.opening import form
from whosays.nouns import Article, PartKind, Refusal, Stage
from whosays.settings import MAX_PAGE_BYTES


def write(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, data in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def reasons(items: list[Item]) -> list[str]:
    return [item.data.reason for item in items if isinstance(item.data, Refusal)]


URLS = b"# what to read\nhttps://news.example/1\n\n  https://news.example/2  \n"
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/1</loc><lastmod>2026-11-08</lastmod></url>
<url><loc> https://news.example/2?a=1&amp;b=2 </loc><n:news><n:title>Town  taken</n:title>
<n:publication_date>2026-11-08T14:00:00+02:00</n:publication_date></n:news></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"""


# -------------------------------------------------------------------------------------------------------------- which


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.WARC.gz", b"", Form.WARC),
        ("a.warc.wet.gz", b"", Form.WARC),
        ("a.warc.zst", b"", Form.WARC),
        ("a.wacz", b"", Form.WACZ),
        ("a.jsonl.gz", b"", Form.JSONL),
        ("a.parquet", b"", Form.PARQUET),
        ("a.urls", b"", Form.LIST),
        ("a.txt", URLS, Form.LIST),
        ("a.txt", b"Troops enter town\n\nhttps://news.example/1\n", Form.PAGE),
        ("a.txt", b"", Form.PAGE),
        ("a.xml", SITEMAP, Form.SITEMAP),
        ("a.xml.gz", gzip.compress(INDEX), Form.SITEMAP),
        ("a.xml", b"<rss version='2.0'>", Form.FEED),
        ("a.xml", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", Form.FEED),
        ("a.xml", b"<html><p>feed</p></html>", Form.PAGE),
        ("a.html", SITEMAP, Form.PAGE),
        ("warc", b"WARC/1.0", Form.PAGE),
    ],
)
def test_a_source_is_known_by_its_name_and_first_bytes(name: str, head: bytes, expected: Form) -> None:
    assert form(name, head) is expected


def test_a_folder_of_everything_in_the_order_of_names(tmp_path: Path) -> None:
    members = packed(stories())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as folder:
        folder.writestr("archive/a.warc.gz", members[0])
    write(
        tmp_path,
        {
            "a/page.html": b"<p>page</p>",
            "b.txt": b"A story.",
            "c.urls": URLS,
            "d.warc.gz": b"".join(members[:2]),
            "e.jsonl": b'{"html": "<p>row</p>"}\n',
            "f.wacz": archive.getvalue(),
            "g.xml": SITEMAP,
            ".hidden": b"x",
        },
    )
    os.mkfifo(tmp_path / "h")
    found = list(inputs.open(str(tmp_path)))
    data = [item.data for item in found if not isinstance(item.data, Refusal)]
    mapped = [None, None]
    assert data == [b"A story.", None, None, page(0), page(1), b"<p>row</p>", page(0), *mapped, b"<p>page</p>"]
    assert reasons(found) == ["unreadable"]
    assert [item.name for item in found if item.data is None] == [
        "https://news.example/1", "https://news.example/2", "https://news.example/1", "https://news.example/2?a=1&b=2"
    ]  # fmt: skip


def test_what_is_not_there_is_misuse_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="nowhere"):
        inputs.open(str(tmp_path / "nowhere"))
    with pytest.raises(Misuse, match=r"gopher:// is not read\. Give"):
        inputs.open("gopher://old.example/1")


def test_an_address_is_an_item_still_to_be_fetched() -> None:
    (item,) = inputs.open("https://news.example/story")
    assert (item.name, item.data, item.meta.url) == ("https://news.example/story", None, "https://news.example/story")


def test_no_more_is_read_of_a_file_than_a_page_may_have(tmp_path: Path) -> None:
    write(tmp_path, {"long.html": bytes(MAX_PAGE_BYTES + 100)})
    (item,) = inputs.open(str(tmp_path / "long.html"))
    assert isinstance(item.data, bytes)
    assert len(item.data) == MAX_PAGE_BYTES + 1


def test_links_to_folders_are_not_followed_and_each_file_comes_once(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a/1.html": b"1", "b.html": b"2"})
    (folder / "a" / "round").symlink_to(folder, target_is_directory=True)
    found = [file.name for file in files.files([folder, folder / "b.html"])]
    assert sorted(found) == ["1.html", "b.html"]


def test_stores_of_objects_are_read_through_fsspec() -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    members = packed(stories())
    for name, data in {"/crawl/1.warc.gz": members[:3], "/crawl/2.warc.gz": members[3:]}.items():
        with store.open(name, "wb") as file:
            file.write(b"".join(data))
    assert [item.data for item in inputs.open("memory:///crawl/*.warc.gz")] == [page(n) for n in range(GOOD)]
    assert reasons(list(inputs.open("memory:///crawl/none.warc.gz"))) == ["unreadable"]


# ------------------------------------------------------------------------------------------------------- the internet


def net(answers: dict[str, bytes]) -> inputs.Net:
    """Answers to lists and archives alike."""

    def get(url: str) -> Fetched | Refusal:
        data = answers.get(url)
        return (
            Refusal(Stage.FETCH, "status", "it answered 404") if data is None else Fetched(url, "text/plain", data, ())
        )

    def download(url: str, into: BinaryIO) -> Fetched | Refusal:
        answer = get(url)
        if isinstance(answer, Fetched):
            into.write(answer.data)
            return replace(answer, data=b"")
        return answer

    return inputs.Net(get, download)


def test_archives_on_the_internet_are_downloaded_and_read() -> None:
    url = "https://crawl.example/CC-NEWS-1.warc.gz?x=1"
    there = net({url: b"".join(packed(stories()))})
    found = list(inputs.open(url, net=there))
    assert [item.data for item in found] == [page(n) for n in range(GOOD)]
    assert found[0].name == f"{url}:0"
    assert list(inputs.open(url, net=there, after=found[2].at)) == found[3:]
    assert reasons(list(inputs.open("https://crawl.example/none.wacz", net=there))) == ["status"]


def test_lists_sitemaps_and_feeds_on_the_internet_are_asked_and_followed() -> None:
    host = "https://news.example"
    there = net(
        {
            f"{host}/urls.urls": URLS,
            f"{host}/index.xml": INDEX.replace(b"</sitemapindex>", b"<sitemap><loc>https://news.example/none.xml</loc></sitemap></sitemapindex>"),
            f"{host}/sitemap-1.xml.gz": gzip.compress(SITEMAP),
            f"{host}/feed.xml": b"<rss><channel><item><link>/story</link></item></channel></rss>",
            f"{host}/page.xml": b"<html><p>x</p></html>",
            f"{host}/broken.xml": b"<rss>",
        }
    )  # fmt: skip

    def read(name: str) -> list[str | None]:
        return [item.meta.url if item.data is None else name for item in inputs.open(f"{host}/{name}", net=there)]

    assert read("urls.urls") == [f"{host}/1", f"{host}/2"]
    assert read("index.xml") == [f"{host}/1", f"{host}/2?a=1&b=2", "index.xml"]
    assert read("feed.xml") == [f"{host}/story"]
    assert read("page.xml") == ["page.xml"]
    assert reasons(list(inputs.open(f"{host}/broken.xml", net=there))) == ["damaged"]
    assert reasons(list(inputs.open(f"{host}/none.xml", net=there))) == ["status"]
    assert len(list(inputs.open(f"{host}/index.xml", net=there, after=At(1)))) == 2


# --------------------------------------------------------------------------------------------------------------- wacz


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as folder:
        for name, data in members.items():
            folder.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archives_in_a_wacz_are_read_one_after_the_other(how: int) -> None:
    members = packed(stories())
    data = zipped(
        {
            "datapackage.json": b"{}",
            "archive/1.warc.gz": b"".join(members[:2]),
            "../../etc/2.warc": b"".join(stories()[2:4]),
            "archive/3.warc.gz": b"".join(members[4:])[:-9],
        },
        how,
    )
    found = list(wacz.read(io.BytesIO(data), "a.wacz"))
    assert [item.data for item in found[:-1]] == [page(n) for n in range(5)]
    assert reasons(found) == ["cut"]
    assert found[0].name == "a.wacz/archive/1.warc.gz:0"
    for number, item in enumerate(found):
        assert list(wacz.read(io.BytesIO(data), "a.wacz", after=item.at)) == found[number + 1 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "damaged"), (b"PK\x03\x04" + bytes(100), "damaged"), (zipped({"a.txt": b"x"}), "empty")],
)
def test_a_wacz_that_is_none_is_refused(data: bytes, reason: str) -> None:
    assert reasons(list(wacz.read(io.BytesIO(data), "a.wacz"))) == [reason]


@limits(max_examples=100)
@given(st.data())
def test_no_bytes_of_a_wacz_raise(data: st.DataObject) -> None:
    whole = bytearray(zipped({"archive/1.warc.gz": b"".join(packed(stories()[:2]))}, zipfile.ZIP_DEFLATED))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for item in wacz.read(io.BytesIO(bytes(whole)), "a.wacz"):
        assert isinstance(item.data, bytes | Refusal)


# --------------------------------------------------------------------------------------------------------------- rows


def jsonl(*lines: object) -> io.BytesIO:
    return io.BytesIO(b"\n".join(json.dumps(line).encode() for line in lines))


BODY = "Troops entered the town of Rawa on Friday, an army spokesman said.\n\nThe mayor denied it."


def test_a_row_of_text_is_laid_out_so_that_its_parts_are_found_again() -> None:
    row = {"body": BODY, "link": "https://news.example/1", "date": "2026-11-08T12:00:00Z", "title": "Troops enter Rawa"}
    columns = Columns.of("text=body, url=link, published=date, headline=title")
    (item,) = rows.json_lines(jsonl({**row, "byline": "Anna Ivanova", "other": [1, {"x": 2}]}), "r.jsonl", columns)
    assert isinstance(item.data, bytes)
    article = pages.read(item.data, item.meta)
    assert isinstance(article, Article)
    assert (article.headline, article.published, article.url) == ("Troops enter Rawa", date(2026, 11, 8), row["link"])
    assert article.byline == ("Anna Ivanova",)
    paragraphs = [part.span.of(article.text) for part in article.parts if part.kind is PartKind.PARAGRAPH]
    assert paragraphs == BODY.split("\n\n")


def test_a_row_of_html_is_that_page_as_it_is() -> None:
    columns = Columns.of("html=page")
    (item,) = rows.json_lines(jsonl({"page": "<p>x</p>", "text": "y", "published": "2026-11-08"}), "r", columns)
    assert (item.data, item.meta.published, item.meta.content_type) == (b"<p>x</p>", date(2026, 11, 8), "text/html")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-08", date(2026, 11, 8)),
        ("2026-11-08T23:30:00+03:00", date(2026, 11, 8)),
        (1_794_096_000, date(2026, 11, 8)),
        (1_794_096_000_000, date(2026, 11, 8)),
        ("yesterday", None),
        (True, None),
        (1e300, None),
        ("9999-01-01", None),
        (None, None),
    ],
)
def test_days_of_rows(said: object, day: date | None) -> None:
    (item,) = rows.json_lines(jsonl({"html": "x", "published": said}), "r", Columns())
    assert item.meta.published == day


def test_lines_that_are_no_rows_are_refused_in_their_place() -> None:
    lines = [
        b'{"text": "1"}',
        b"{",
        b"[]",
        b"",
        b'{"text": ""}',
        b'{"text": ' + b"[" * 100_000,
        b'{"text": "2"}',
        b"\xff\xfe",
    ]
    found = list(rows.json_lines(io.BytesIO(b"\n".join(lines)), "r.jsonl", Columns()))
    assert [item.data if isinstance(item.data, bytes) else item.data.reason for item in found if item.data] == [
        b"1", "damaged", "damaged", "empty", "damaged", b"2", "damaged"
    ]  # fmt: skip
    assert [item.name for item in found][:2] == ["r.jsonl:1", "r.jsonl:2"]
    assert list(rows.json_lines(io.BytesIO(b"\n".join(lines)), "r.jsonl", Columns(), after=found[2].at)) == found[3:]


def test_a_line_too_long_is_passed_over_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LINE", 100)
    data = b'{"text": "1"}\n{"text": "' + b"x" * 1_000 + b'"}\n{"text": "2"}\n'
    found = list(rows.json_lines(io.BytesIO(gzip.compress(data)), "r", Columns()))
    assert [item.data if isinstance(item.data, bytes) else "size" for item in found] == [b"1", "size", b"2"]
    assert reasons(list(rows.json_lines(io.BytesIO(gzip.compress(data)[:-12]), "r", Columns())))[-1] == "cut"


def test_parquet_is_read_by_the_same_map(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table(
        {"body": [f"Text {n}." for n in range(100)], "n": list(range(100)), "published": [date(2026, 11, 8)] * 100}
    )
    parquet.write_table(table, tmp_path / "r.parquet")
    found = list(inputs.open(str(tmp_path / "r.parquet"), columns=Columns.of("text=body")))
    assert [item.data for item in found] == [b"2026-11-08\n\nText %d." % n for n in range(100)]
    assert len(list(inputs.open(str(tmp_path / "r.parquet"), columns=Columns.of("text=body"), after=At(60)))) == 40
    assert reasons(list(inputs.open(str(tmp_path / "r.parquet")))) == ["no column"]
    data = (tmp_path / "r.parquet").read_bytes()
    write(
        tmp_path, {"cut.parquet": data[:-50], "none.parquet": b"", "odd.parquet": data[:200] + bytes(50) + data[250:]}
    )
    for name in ("cut", "none", "odd"):
        found = list(inputs.open(str(tmp_path / f"{name}.parquet"), columns=Columns.of("text=body")))
        assert reasons(found) == ["damaged"]


@pytest.mark.parametrize("words", ["text", "text=", "words=body", "text=body,=x"])
def test_a_map_that_maps_nothing_is_misuse(words: str) -> None:
    with pytest.raises(Misuse, match="write FIELD=COLUMN, with FIELD one of text, html, url"):
        Columns.of(words)


# -------------------------------------------------------------------------------------------------------------- lists


def test_lines_of_a_list_that_are_no_addresses_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.urls": URLS + b"news.example/3\nhttps://news.example/4\n"})
    found = list(inputs.open(str(tmp_path / "a.urls")))
    assert [item.meta.url for item in found if item.data is None] == [f"https://news.example/{n}" for n in (1, 2, 4)]
    assert reasons(found) == ["address"]
    assert list(inputs.open(str(tmp_path / "a.urls"), after=found[1].at)) == found[2:]


def test_sitemaps_tell_pages_and_further_sitemaps() -> None:
    for data in (SITEMAP, gzip.compress(SITEMAP)):
        found = lists.sitemap(data)
        assert not isinstance(found, Refusal)
        assert [one.url for one in found.pages] == ["https://news.example/1", "https://news.example/2?a=1&b=2"]
        assert found.pages[1].title == "Town taken"
        assert [str(lists.day(one)) for one in found.pages] == ["2026-11-08", "2026-11-08"]
    index = lists.sitemap(INDEX)
    assert not isinstance(index, Refusal)
    assert [one.url for one in index.further] == ["https://news.example/sitemap-1.xml.gz"]


ENTITIES = b'<!DOCTYPE u [<!ENTITY a "https://x.example/"><!ENTITY b SYSTEM "file:///etc/hostname">%s]>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)) + b'<!ENTITY l0 "ha">'


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<", b"<html></html>", bytes(100), gzip.compress(SITEMAP)[:50], b"<urlset>" * 10_000,
        ENTITIES % b"" + b"<urlset><url><loc>&b;</loc></url></urlset>",
        ENTITIES % LAUGHS + b"<urlset><url><loc>&l9;</loc></url></urlset>",
    ],
    ids=["empty", "cut", "html", "NULs", "cut gzip", "deep", "entity of a file", "entities without end"],
)  # fmt: skip
def test_a_sitemap_that_is_none_gives_no_address(data: bytes) -> None:
    found = lists.sitemap(data)
    assert isinstance(found, Refusal) or (found.pages, found.further) == ((), ())


def test_a_sitemap_that_unpacks_without_end_is_refused() -> None:
    found = lists.sitemap(gzip.compress(bytes(60_000_000)))
    assert isinstance(found, Refusal)
    assert found.reason == "size"


@limits(max_examples=100)
@given(st.binary(max_size=300), st.integers(0, len(SITEMAP)))
def test_no_bytes_of_a_sitemap_raise(data: bytes, at: int) -> None:
    lists.sitemap(data)
    lists.sitemap(SITEMAP[:at] + data + SITEMAP[at:])
    list(lists.listed(data))
    lists.is_list(data)
