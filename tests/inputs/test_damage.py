"""Broken archives, each named by its fault. Of each: every good record before and after is read, and the gap is said."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import lz4.frame
import pytest
import zstandard

from tests.inputs.archives import GOOD, http, packed, page, record, stories
from whosays.inputs import warc
from whosays.inputs.item import Item
from whosays.nouns import Refusal, Stage

Change = Callable[[bytes], bytes]
FAULTS: dict[str, tuple[str, Change]] = {}
"""Name → (how the archive is packed, what becomes of the record; of the member, where it is `member`)."""


def plain(name: str, change: Change) -> None:
    """A fault of a record: in a plain archive, in one of a member a record, and in one packed as a whole."""
    FAULTS.update({f"{form}: {name}": (form, change) for form in ("plain", "gzip", "stream", "lz4", "zstd")})


def fault(change: Change) -> Change:
    """A fault of a gzip member."""
    FAULTS[change.__name__.replace("_", " ")] = ("member", change)
    return change


def broken(form: str, change: Change, bad: int) -> bytes:
    """An archive with one record changed."""
    records = stories()
    if form == "member":
        members = packed(records)
        return b"".join([*members[:bad], change(members[bad]), *members[bad + 1 :]])
    records[bad] = change(records[bad])
    joined = b"".join(records)
    return {
        "plain": lambda: joined,
        "stream": lambda: gzip.compress(joined, mtime=0),
        "gzip": lambda: b"".join(packed(records)),
        "lz4": lambda: b"".join(map(lz4.frame.compress, records)),
        "zstd": lambda: b"".join(map(zstandard.compress, records)),
    }[form]()


def length(value: str) -> Callable[[bytes], bytes]:
    def change(one: bytes) -> bytes:
        head, _, rest = one.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
        said = [f"Content-Length: {value.format(len(rest) - 4)}".encode()] if value else []
        size = len(rest) - 4
        if value.startswith(("+", "-", "/")) and value[1:].isdigit():
            changed = {"+": size + int(value[1:]), "-": size - int(value[1:]), "/": size // int(value[1:])}[value[0]]
            said = [f"Content-Length: {changed}".encode()]
        return b"\r\n".join([*lines, *said]) + b"\r\n\r\n" + rest

    return change


plain("Content-Length one too long", length("+1"))
plain("Content-Length too long by a few records", length("+1500"))
plain("Content-Length longer than the archive", length("+500000"))
plain("Content-Length of ten gigabytes", length("9999999999"))
plain("Content-Length beyond what is held", length("8200000"))
plain("Content-Length one too short", length("-1"))
plain("Content-Length half as long", length("/2"))
plain("Content-Length of zero", length("0"))
plain("Content-Length negative", length("-0x5"))
plain("Content-Length in words", length("many"))
plain("Content-Length missing", length(""))
plain("Content-Length of a hundred digits", length("9" * 100))
plain("two Content-Lengths", lambda one: one.replace(b"WARC-Date", b"Content-Length: 12\r\nWARC-Date", 1))
plain("no blank line behind the head", lambda one: one.replace(b"\r\n\r\n", b"\r\n", 1))
plain("WARC-Type missing", lambda one: one.replace(b"WARC-Type: response\r\n", b"", 1))
plain("WARC-Type misspelt", lambda one: one.replace(b"WARC-Type: response", b"WARC-Type response", 1))
plain("version of another world", lambda one: one.replace(b"WARC/1.0", b"WARC/9.9", 1))
plain("version lost", lambda one: one[10:])
plain(
    "a head of ten megabytes", lambda one: one.replace(b"WARC-Date", b"X: " + b"y" * 10_000_000 + b"\r\nWARC-Date", 1)
)
plain("a head without end", lambda one: one.split(b"\r\n\r\n")[0])
plain(
    "a hundred thousand lines in the head",
    lambda one: one.replace(b"WARC-Date", b"X: y\r\n" * 100_000 + b"WARC-Date", 1),
)
plain("NULs for the record", lambda one: bytes(len(one)))
plain("NULs in the head", lambda one: one[:30] + bytes(40) + one[70:])
plain("noise for the record", lambda one: random.Random(1).randbytes(len(one)))
plain("half of it missing", lambda one: one[: len(one) // 2])
plain("its first half missing", lambda one: one[len(one) // 2 :])
plain("no HTTP in it", lambda one: one.replace(b"HTTP/1.1 200 OK", b"SPDY/1.1 200 OK"))


def chunked(sizes: str) -> Callable[[bytes], bytes]:
    def change(_: bytes) -> bytes:
        body = page(3)
        half = len(body) // 2
        chunks = sizes.format(half, len(body) - half).split("|")
        sent = (
            chunks[0].encode() + b"\r\n" + body[:half] + b"\r\n" + chunks[1].encode() + b"\r\n" + body[half:] + b"\r\n"
        )
        return record(http(sent + chunks[2].encode(), Transfer_Encoding="chunked"), url="https://news.example/3")

    return change


plain("chunk size too long", chunked("{0:x}|fffff|0\r\n\r\n"))
plain("chunk size too short", chunked("5|{1:x}|0\r\n\r\n"))
plain("chunks cut", chunked("{0:x}|{1:x}|"))
plain("page packed and cut", lambda _: record(http(gzip.compress(page(3))[:-30], Content_Encoding="gzip")))
plain("page packed and changed", lambda _: record(http(turned(gzip.compress(page(3)), 60), Content_Encoding="gzip")))
plain("page in brotli that is none", lambda _: record(http(b"\xff\xff" * 99, Content_Encoding="br")))


def turned(data: bytes, at: int, bit: int = 4) -> bytes:
    """One bit turned."""
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


@fault
def bit_turned_in_the_packed_bytes(member: bytes) -> bytes:
    return turned(member, len(member) // 2)


@fault
def bit_turned_early_in_the_packed_bytes(member: bytes) -> bytes:
    return turned(member, 12)


@fault
def bit_turned_in_the_last_packed_byte(member: bytes) -> bytes:
    return turned(member, len(member) - 11)


@fault
def wrong_checksum(member: bytes) -> bytes:
    return turned(member, len(member) - 6)


@fault
def wrong_size_behind_the_checksum(member: bytes) -> bytes:
    return turned(member, len(member) - 2)


@fault
def magic_of_the_member_lost(member: bytes) -> bytes:
    return b"\x00" + member[1:]


@fault
def member_cut(member: bytes) -> bytes:
    return member[: len(member) // 2]


@fault
def member_cut_by_its_last_byte(member: bytes) -> bytes:
    return member[:-1]


@fault
def member_without_its_beginning(member: bytes) -> bytes:
    return member[100:]


@fault
def member_of_nuls(member: bytes) -> bytes:
    return bytes(len(member))


@fault
def member_of_noise(member: bytes) -> bytes:
    return random.Random(2).randbytes(3_000)


@fault
def member_packed_twice(member: bytes) -> bytes:
    return gzip.compress(member, mtime=0)


@fault
def member_packed_twice_stored_and_broken(member: bytes) -> bytes:
    """A packed file lies open within a broken member: what looks like one is no record of the archive's, unless it is one."""
    stored = zlib.compressobj(0, wbits=31)
    outer = stored.compress(record(gzip.compress(b"no record " * 50))) + stored.flush()
    return turned(outer, len(outer) - 6)


@fault
def many_things_like_members(member: bytes) -> bytes:
    return b"\x1f\x8b\x08\x00" * 2_000


# ------------------------------------------------------------------------------------------------------------- tests


def read(archive: bytes) -> list[Item]:
    return list(warc.items(archive))


def pages(items: list[Item]) -> list[bytes]:
    return [item.data for item in items if isinstance(item.data, bytes)]


def refused(items: list[Item]) -> list[Refusal]:
    return [item.data for item in items if isinstance(item.data, Refusal)]


def test_there_are_enough_faults() -> None:
    assert len(FAULTS) >= 30
    assert len({name.partition(": ")[2] or name for name in FAULTS}) >= 30


@pytest.mark.parametrize("bad", [0, 3, GOOD - 1])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_its_record_and_is_said(name: str, bad: int) -> None:
    found = read(broken(*FAULTS[name], bad))
    assert pages(found) == [page(number) for number in range(GOOD) if number != bad]
    assert [n for n, item in enumerate(found) if isinstance(item.data, Refusal)] == [bad], "told once, in its place"
    said = refused(found)[0]
    assert said.stage is Stage.INPUTS
    assert said.reason == "damaged" or (said.reason == "cut" and bad == GOOD - 1)
