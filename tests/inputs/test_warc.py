"""Sound archives: which records are pages, how they are packed, where one goes on; and no bytes that break the reader."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lz4.frame
import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from tests.inputs.archives import GOOD, http, packed, page, record, stories, story
from whosays.inputs import payload, warc
from whosays.inputs.item import At, Item
from whosays.nouns import Refusal

FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda records: b"".join(packed(records)),
    "one gzip stream": lambda records: gzip.compress(b"".join(records)),
    "gzip in blocks": lambda records: in_blocks(b"".join(records)),
    "zstd": lambda records: b"".join(map(zstandard.compress, records)),
    "one zstd frame": lambda records: zstandard.compress(b"".join(records)),
    "zstd, sizes unknown": lambda records: b"".join(streamed(one) for one in records),
    "lz4": lambda records: b"".join(map(lz4.frame.compress, records)),
    "one lz4 frame": lambda records: lz4.frame.compress(b"".join(records), content_checksum=True, block_size=4),
    "zstd behind something to be skipped": lambda records: (
        b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd" + b"".join(map(zstandard.compress, records))
    ),
}


def in_blocks(data: bytes) -> bytes:
    """Members that begin anywhere, as bgzip makes them."""
    return b"".join(gzip.compress(data[at : at + 1_000], mtime=0) for at in range(0, len(data), 1_000))


def streamed(data: bytes) -> bytes:
    pack = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    return pack.compress(data) + pack.flush()


def read(archive: bytes, after: At | None = None) -> list[Item]:
    return list(warc.read(io.BytesIO(archive), "a.warc", after=after))


@pytest.mark.parametrize("form", FORMS)
def test_every_page_is_read_with_address_and_time(form: str) -> None:
    found = read(FORMS[form](stories()))
    assert [item.data for item in found] == [page(n) for n in range(GOOD)]
    assert [item.meta.url for item in found] == [f"https://news.example/{n}" for n in range(GOOD)]
    assert {item.meta.fetched_at for item in found} == {datetime(2026, 11, 8, 12, 30, tzinfo=UTC)}
    assert {item.meta.content_type for item in found} == {"text/html; charset=utf-8"}
    assert all(item.name == f"a.warc:{item.at}" for item in found)
    assert len({item.name for item in found}) == GOOD


@pytest.mark.parametrize("form", FORMS)
def test_one_goes_on_behind_any_page(form: str) -> None:
    archive = FORMS[form](stories())
    whole = read(archive)
    assert [item.at for item in whole] == sorted(item.at for item in whole)
    for number, item in enumerate(whole):
        assert read(archive, after=item.at) == whole[number + 1 :]


def test_one_goes_on_behind_damage() -> None:
    records = stories()
    archive = b"".join([*records[:2], b"noise" * 100, *records[2:]])
    whole = read(archive)
    assert [isinstance(item.data, Refusal) for item in whole] == [False, False, True, False, False, False, False]
    assert read(archive, after=whole[2].at) == whole[3:]


def test_a_gap_says_from_where_to_where_and_what_is_wrong() -> None:
    members = packed(stories())
    archive = b"".join([*members[:2], bytes(50), *members[2:]])
    said = read(archive)[2].data
    start = len(members[0]) + len(members[1])
    assert isinstance(said, Refusal)
    assert said.detail == f"a.warc, bytes {start} to {start + 50}: no gzip member begins here."


@pytest.mark.parametrize("form", [form for form in FORMS if form != "gzip in blocks"])
@pytest.mark.parametrize("share", [0.3, 0.55, 0.9])
def test_a_cut_archive_is_noticed(form: str, share: float) -> None:
    archive = FORMS[form](stories())
    found = read(archive[: int(len(archive) * share)])
    said = found.pop().data
    assert isinstance(said, Refusal)
    assert said.reason == "cut"
    assert [item.data for item in found] == [page(n) for n in range(len(found))]


def test_only_pages_are_handed_out_and_the_rest_is_counted() -> None:
    passed: Counter[str] = Counter()
    text = {"Content_Type": "text/plain"}
    records = [
        record(b"software: hand-made\r\n", "warcinfo", Content_Type="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(http(page(1))),
        record(http(page(2), "404 Not Found")),
        record(b"20261108\nnews.example. 5 IN A 192.0.2.1\n", url="dns:news.example", Content_Type="text/dns"),
        record(http(page(3), "301 Moved", Location="/x")),
        record(http(b"\x89PNG", Content_Type="image/png")),
        record(b"Words of a page.", "conversion", **text),
        record(page(4), "resource", Content_Type="text/html"),
        record(b"%PDF", "resource", Content_Type="application/pdf"),
        record(http(b""), "revisit"),
        record(b"x", "metadata"),
        record(b"x", "continuation"),
        record(b"x", "of-tomorrow"),
        record(http(page(5)), WARC_Segment_Number="1"),
    ]
    found = list(warc.read(io.BytesIO(b"".join(records)), "a", passed=lambda kind: passed.update([kind])))
    assert [item.data for item in found[:3]] == [page(1), b"Words of a page.", page(4)]
    assert isinstance(found[3].data, Refusal)
    assert found[3].data.reason == "segmented"
    assert len(found) == 4
    assert passed == {
        "warcinfo": 1, "request": 1, "status 404": 1, "status 301": 1, "type": 2, "revisit": 1, "metadata": 1,
        "continuation": 1, "of another kind": 1, "not http": 1,
    }  # fmt: skip


def chunks(body: bytes) -> bytes:
    return (
        b"".join(b"%x;x=y\r\n%s\r\n" % (len(body[n : n + 99]), body[n : n + 99]) for n in range(0, len(body), 99))
        + b"0\r\n\r\n"
    )


def deflated(body: bytes) -> bytes:
    return zlib.compress(body, wbits=-15)


def brotli(body: bytes) -> bytes:
    out = io.BytesIO()
    writer = BrotliWriter(out)
    writer.write(body)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        (chunks(page(1)), {"Transfer_Encoding": "chunked"}),
        (chunks(gzip.compress(page(1))), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (gzip.compress(page(1)), {"Content_Encoding": "x-gzip"}),
        (deflated(page(1)), {"Content_Encoding": "deflate"}),
        (zstandard.compress(page(1)), {"Content_Encoding": "zstd"}),
        (deflated(gzip.compress(page(1))), {"Content_Encoding": "gzip, deflate"}),
        (page(1), {"Transfer_Encoding": "chunked"}),
        (page(1), {"Content_Encoding": "gzip"}),
        (page(1), {"Content_Encoding": "br"}),
        (page(1), {"Content_Encoding": "deflate"}),
        (page(1), {"Content_Encoding": "identity"}),
    ],
)
def test_what_http_packed_is_unpacked_and_what_was_unpacked_already_is_left(
    sent: bytes, headers: dict[str, str]
) -> None:
    assert [item.data for item in read(record(http(sent, **headers)))] == [page(1)]


def test_brotli_is_unpacked() -> None:
    assert [item.data for item in read(record(http(brotli(page(1)), Content_Encoding="br")))] == [page(1)]


def test_what_the_crawler_cut_is_read_as_far_as_it_goes() -> None:
    whole = chunks(gzip.compress(page(1, words=5_000)))
    block = http(whole[: len(whole) // 2], Transfer_Encoding="chunked", Content_Encoding="gzip")
    found = read(record(block, WARC_Truncated="length"))[0].data
    assert isinstance(found, bytes)
    assert page(1, words=5_000).startswith(found)
    assert len(found) > 10_000


def test_a_digest_of_other_bytes_is_damage_where_nothing_else_would_tell() -> None:
    bad = story(1, WARC_Block_Digest="sha1:ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert [type(item.data) for item in read(bad + story(2))] == [Refusal, bytes]
    assert [type(item.data) for item in read(gzip.compress(bad))] == [bytes], (
        "there, a checksum says that it was so written"
    )
    assert [type(item.data) for item in read(story(1, WARC_Block_Digest="blake9:abc"))] == [bytes]


@pytest.mark.parametrize("form", ["plain", "gzip", "one gzip stream"])
def test_a_record_beyond_what_is_held_is_read_up_to_there(form: str) -> None:
    long = http(b"<p>" + b"far " * 5_000_000)
    archive = FORMS[form]([story(0), record(long), story(2)])
    found = read(archive)
    assert [item.data for item in found[::2]] == [page(0), page(2)]
    assert found[1].data == long.partition(b"\r\n\r\n")[2][: payload.MOST]


@pytest.mark.slow
def test_memory_is_that_of_a_record() -> None:
    archive = gzip.compress(story(0) + record(http(b"<p>" + bytes(200_000_000))) + story(2))
    bomb = gzip.compress(bytes(200_000_000))
    tracemalloc.start()
    assert sum(isinstance(item.data, bytes) for item in warc.items(archive)) == 3
    assert [item.data.reason for item in warc.items(bomb) if isinstance(item.data, Refusal)] == ["damaged"]
    assert tracemalloc.get_traced_memory()[1] < 80_000_000
    tracemalloc.stop()


def test_dictionaries_of_zstd_archives_are_used() -> None:
    trained = zstandard.train_dictionary(2_000, [story(n) for n in range(100)])
    pack = zstandard.ZstdCompressor(dict_data=trained)
    frames = [pack.compress(one) for one in stories()]
    for given_ in (trained.as_bytes(), zstandard.compress(trained.as_bytes())):
        head = b"\x5d\x2a\x4d\x18" + len(given_).to_bytes(4, "little") + given_
        archive = head + b"".join(frames)
        assert [item.data for item in read(archive)] == [page(n) for n in range(GOOD)]
        assert len(read(archive, after=At(len(head)))) == GOOD - 1


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\r\n" * 50_000, b"WARC/1.0\r\n" * 20_000, b"WARC/1.0\r\na: b\r\n" * 20_000, bytes(300_000),
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 8000000\r\n\r\n" * 20_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90000000\r\n\r\n" * 20_000,
        gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90000000\r\n\r\n" * 20_000),
        b"\x1f\x8b\x08\x00" * 50_000, b"\x28\xb5\x2f\xfd" * 10_000, b"\x04\x22\x4d\x18" * 10_000, b"\x50\x2a\x4d\x18" * 10_000,
        gzip.compress(b"x") * 20_000, gzip.compress(b"") * 20_000, b"\x28\xb5\x2f\xfd\x00\x00" + b"\x00" * 100_000,
        b"\x04\x22\x4d\x18\x40\x40\x00" + b"\x00\x00\x00\x80" * 50_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_nothing_hangs(data: bytes) -> None:
    start = time.process_time()
    assert not any(isinstance(item.data, bytes) for item in warc.items(data))
    assert time.process_time() - start < 2


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """An archive with some of its bytes changed, cut out, doubled or put in."""
    form = draw(st.sampled_from(sorted(FORMS)))
    data = bytearray(FORMS[form]([story(0), record(http(chunks(page(1)), Transfer_Encoding="chunked")), story(2)]))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["turn", "cut", "double", "put", "nul"]))
        some = draw(st.integers(1, 300))
        if how == "turn" and at < len(data):
            data[at] ^= 1 << some % 8
        elif how == "cut":
            del data[at : at + some]
        elif how == "double":
            data[at:at] = data[at : at + some]
        elif how == "put":
            data[at:at] = draw(st.binary(max_size=20))
        else:
            data[at : at + some] = bytes(some)
    return bytes(data)


@limits(max_examples=400)
@given(mutated())
def test_no_bytes_raise(data: bytes) -> None:
    for item in warc.items(data):
        assert isinstance(item.data, bytes | Refusal)


@limits(max_examples=100)
@given(st.binary(max_size=3_000))
def test_no_block_raises(data: bytes) -> None:
    payload.of_response(b"HTTP/1.1 200 OK\r\n" + data, cut=False)
    for coding in ("gzip", "deflate", "br", "zstd"):
        payload.of_response(http(data, Content_Encoding=coding), cut=False)


REAL = {
    "news_sample.warc.gz": (30, 0),
    "resiliparse_warcfile.warc.gz": (16, 0),
    "resiliparse_warcfile.warc.lz4": (16, 0),
    "resiliparse_clueweb-quirk.warc.gz": (29, 0),
    "resiliparse_clipped.warc.gz": (0, 1),
    "warcio_example.warc": (1, 0),
    "warcio_example.warc.gz": (1, 0),
    "warcio_example-bad-non-chunked.warc.gz": (1, 0),
    "warcio_example-iana.org-chunked.warc": (1, 0),
    "warcio_example-resource.warc.gz": (1, 0),
    "warcio_example-trunc.warc": (0, 1),
    "warcio_example-wrong-chunks.warc.gz": (1, 0),
    "warcio_example.arc.gz": (0, 1),
}
"""Real archives: how many pages, how many gaps."""


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_archives(shared: Path, name: str) -> None:
    with (shared / "data/warc_samples" / name).open("rb") as file:
        found = list(warc.read(file, name))
    gaps = [item for item in found if isinstance(item.data, Refusal)]
    assert (len(found) - len(gaps), len(gaps)) == REAL[name]


AGREED = [
    name for name, (read, gaps) in REAL.items() if read and not gaps and "chunk" not in name and "clueweb" not in name
]
"""Not those that fastwarc cannot read: bodies that are not in chunks, or not packed, though their heads say so."""


@pytest.mark.shared
@pytest.mark.parametrize("name", AGREED)
def test_fastwarc_finds_the_same_in_sound_archives(shared: Path, name: str) -> None:
    path = shared / "data/warc_samples" / name
    theirs = []
    for one in ArchiveIterator(str(path), auto_decode="all"):
        http = one.record_type == WarcRecordType.response
        kind = (one.http_content_type if http else one.headers.get("Content-Type")) or ""
        wanted = one.http_headers.status_code == 200 if http else one.record_type == WarcRecordType.resource
        if wanted and kind.partition(";")[0].lower() in payload.TYPES:
            theirs.append((one.headers.get("WARC-Target-URI"), one.reader.read()))
    with path.open("rb") as file:
        assert [(item.meta.url, item.data) for item in warc.read(file, name)] == theirs
