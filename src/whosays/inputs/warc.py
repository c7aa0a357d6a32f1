"""WARC archives: their pages, one after the other; a damaged record costs itself, and is told.

    read(file, name, after=…, passed=…) -> Item …        items(data) -> Item …   the same of bytes in memory

Versions 0.16 to 1.1, plain or packed (`frames.py`), one record a member or not. Pages are `response` records (status 200, HTML or
plain text: `payload.py`), `resource` and `conversion` (WET) records of such types. All others are passed over and counted;
those of which only a part is here (segments) are refused.

**Whom to believe.** A record says how long it is, and whoever wrote it may be wrong. Its length is believed if behind it stand
the two line ends that belong there, or the end, or another record, or another member; else the record is damaged, and the
next is looked for from its head on, so that what a false length had swallowed is found. A record that goes on behind its
member, into one that begins with another record, is damaged too. So is the last record of a member whose checksum does not
fit. Where the container has no checksum (plain files), the record's own digest is held against its bytes.

What is looked for is the line `WARC/1.x` and a field below it. A page may hold such lines. They are found only behind
damage, where nothing better is to be had.

Memory: a record up to BLOCK bytes; of a longer one the head, the rest is passed over. Time: linear, since a length that proves false
costs nothing (what was looked at is kept); one longer than BLOCK costs its bytes twice, LEAPS times at most. Then lengths beyond
BLOCK are no longer believed. Never raises on any bytes. Source: ISO 28500:2017; iipc/warc-specifications.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO

from whosays.inputs import payload
from whosays.inputs.frames import Blob, Kind
from whosays.inputs.item import At, Item, Passed, no, nobody
from whosays.inputs.payload import Payload, fields
from whosays.inputs.tape import Tape
from whosays.nouns import Meta
from whosays.settings import MAX_BODY_BYTES

BLOCK = MAX_BODY_BYTES
HEAD = 65_536
"""Bytes of a record's head."""
LEAPS = 8
SEPARATOR = 64
"""Line ends and blanks behind a record, of which the standard has four."""

_BEGINS = re.compile(rb"WARC/(?:0\.1[678]|1\.[01])[ \t]*\r?\n(?=[A-Za-z][A-Za-z-]*[ \t]*:)")
_HEAD = re.compile(rb"[^\n]*\n((?:(?:[!-9;-~]+[ \t]*:|[ \t])[^\n]*\n)*+)(\r?\n)?")
"""Version, fields, and the empty line, if it comes to one."""
_LENGTH = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is as its writer left it, as far as can be told."""

    at: At
    fields: Mapping[str, str]
    """By lower-case names."""
    block: bytes
    """Its first BLOCK bytes."""
    whole: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Where records are lost: from the first that is damaged to the next that is not."""

    start: At
    end: At | None
    """None: up to the end."""
    why: str
    cut: bool = False
    more: int = 0
    """Further faults within."""


def read(file: BinaryIO, name: str, *, after: At | None = None, passed: Passed = nobody) -> Iterator[Item]:
    """The pages of an archive that can be read anywhere (`seek`), behind the record at a place. `name`: its path, for people."""
    for found in records(file, name, after):
        if after is not None and (found.start if isinstance(found, Gap) else found.at) <= after:
            continue
        item = _refused(found, name) if isinstance(found, Gap) else _item(found, name, passed)
        if item is not None:
            yield item


def items(data: bytes) -> Iterator[Item]:
    """The pages of an archive in memory."""
    return read(io.BytesIO(data), "archive")


# ----------------------------------------------------------------------------------------------------------- to pages


def _item(record: Record, name: str, passed: Passed) -> Item | None:
    said = record.fields
    url = said.get("warc-target-uri", "").strip("<> ")
    here = f"{name}:{record.at}"
    meta = Meta(url=url if url.startswith(("http://", "https://")) else None, name=here, fetched_at=_moment(said))
    kind = said["warc-type"].lower()
    if kind not in ("response", "resource", "conversion"):
        passed(kind if kind in _KINDS else "of another kind")
        return None
    if kind == "response" and not _is_http(said, url):
        passed("not http")  # Heritrix keeps answers of name servers so
        return None
    if "warc-segment-number" in said:
        return Item(
            here, no("segmented", "The record is one of several parts, which are not put together."), meta, record.at
        )
    cut = not record.whole or "warc-truncated" in said
    found = payload.of_response(record.block, cut=cut) if kind == "response" else _plain(record)
    if isinstance(found, str):
        passed(found)
        return None
    if not isinstance(found, Payload):
        return Item(here, found, meta, record.at)
    return Item(here, found.data, replace(meta, content_type=found.content_type), record.at)


_KINDS = frozenset("warcinfo request metadata revisit continuation".split())


def _is_http(said: Mapping[str, str], url: str) -> bool:
    declared = said.get("content-type", "application/http").lower()
    return declared.startswith("application/http") and (":" not in url or url.lower().startswith("http"))


def _plain(record: Record) -> Payload | str:
    """A page without a head of HTTP."""
    kind = record.fields.get("content-type")
    return Payload(record.block, kind) if payload.is_page(kind) and kind else "type"


def _refused(gap: Gap, name: str) -> Item:
    where = f"bytes {gap.start} to {gap.end or 'the end'}"
    more = f"; {gap.more} more faults follow there" if gap.more else ""
    here = f"{name}:{gap.start}"
    reason = "cut" if gap.cut else "damaged"
    return Item(here, no(reason, f"{name}, {where}: {gap.why}{more}."), Meta(name=here), gap.start)


def _moment(said: Mapping[str, str]) -> datetime | None:
    try:
        found = datetime.fromisoformat(said.get("warc-date", ""))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# ---------------------------------------------------------------------------------------------------------- to records


def records(file: BinaryIO, name: str = "", after: At | None = None) -> Iterator[Record | Gap]:
    """All records and gaps from a place on, faults that follow each other as one gap; a cut end is one by itself."""
    lost: Gap | None = None
    for found in _Reader(Tape(Blob(file), name, after)).found():
        if isinstance(found, Gap) and lost is not None and (not found.cut or found.start.offset == lost.start.offset):
            lost = replace(lost, more=lost.more + 1)
            continue
        if lost is not None:
            yield replace(lost, end=found.start if isinstance(found, Gap) else found.at)
            lost = None
        if isinstance(found, Gap):
            lost = found
        else:
            yield found
    if lost is not None:
        yield lost


class _Reader:
    """Records on a tape."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._leaps = LEAPS

    def found(self) -> Iterator[Record | Gap]:
        """Each record and each fault."""
        while True:
            self._blanks()
            if self._tape.fill(1):
                yield self._next()
            elif self._tape.stop is not None:
                yield self._stopped(max(self._tape.at(), At(self._tape.stop.start)))
            else:
                return

    def _next(self) -> Record | Gap:
        """What begins here. Behind a fault the tape is where the next record may begin."""
        tape, start = self._tape, self._tape.at()
        there = tape.fill(HEAD)
        if not _BEGINS.match(tape.buffer, tape.pos):
            if there < 64 and b"WARC/1".startswith(tape.buffer[tape.pos : tape.pos + 6]):
                return self._broken_off(start, 1, "the head has no end")
            return self._fault(start, "no record begins here", 1)
        found = _HEAD.match(tape.buffer, tape.pos, tape.pos + there)
        if found is None or found[2] is None:
            if found is None or tape.buffer.find(b"\n", found.end(), tape.pos + there) < 0:
                return self._unended(start, there)
            return self._fault(start, "the head has lines that are no fields", 1)
        head = found.end() - tape.pos
        said = fields(found[1].split(b"\n")[:-1])
        if said is None:
            return self._fault(start, "the head has lines that are no fields", 1)
        length = said.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            return self._fault(start, f"Content-Length is {length[:40]!a}" if length else "no Content-Length", head)
        return self._block(start, said, head, int(length))

    def _unended(self, start: At, there: int) -> Gap:
        """A head that goes on as far as one looks."""
        if there < HEAD:
            return self._broken_off(start, 1, "the head has no end")
        return self._fault(start, f"the head is longer than {HEAD:,} bytes", 1)

    def _block(self, start: At, said: Mapping[str, str], head: int, length: int) -> Record | Gap:
        tape = self._tape
        if length > BLOCK:
            return self._leap(start, said, head, length)
        there = tape.fill(head + length + SEPARATOR)
        inside = tape.head(head - 1, head + length)
        if inside is not None:
            return self._fault(start, f"Content-Length is {length}, its member ends after {inside - head}", inside)
        if there < head + length:
            return self._broken_off(start, head, f"Content-Length is {length}, {there - head} bytes are there")
        wrong = self._wrong_end(start, head + length)
        if wrong is not None:
            return self._fault(start, f"Content-Length is {length}; {wrong}", head)
        block = bytes(tape.buffer[tape.pos + head : tape.pos + head + length])
        if self._unproved(start, head + length):
            return self._stopped(start)
        tape.advance(head + length)
        if "warc-type" not in said:
            return Gap(start, None, "no WARC-Type")
        if tape.kind is Kind.PLAIN and payload.altered(said, block):
            return Gap(start, None, "its digest is that of other bytes")
        return Record(start, said, block, True)

    def _broken_off(self, start: At, ahead: int, why: str) -> Gap:
        """The tape ends within the record. Another one may lie within, if its length is false."""
        tape = self._tape
        if _BEGINS.search(tape.buffer, tape.pos + ahead):
            return self._fault(start, why, ahead)
        if tape.stop is not None:
            return self._stopped(start)
        tape.advance(len(tape.buffer) - tape.pos)
        return Gap(start, None, why, cut=tape.kind is Kind.PLAIN)

    def _wrong_end(self, start: At, ahead: int) -> str | None:
        """What is wrong with what stands behind a record."""
        tape = self._tape
        there = tape.fill(ahead + SEPARATOR)
        behind = bytes(tape.buffer[tape.pos + ahead : tape.pos + there])
        if behind.startswith(b"\r\n\r\n"):
            return None  # whatever then comes is no fault of this record's
        blank = len(behind) - len(behind.lstrip(b"\r\n"))
        beyond = bytes(tape.buffer[max(0, tape.pos + ahead - 3) : tape.pos + ahead])
        over = next((n for n in (1, 2, 3) if beyond.endswith(b"\r\n\r"[:n]) and blank == 4 - n), 0)
        if over and behind[:blank] == b"\r\n\r\n"[over:]:
            return f"that is {over} too many"
        if ahead + blank == there and there < ahead + SEPARATOR:
            return None  # the end, or a stop
        member = any(tape.begins(index) for index in range(ahead, ahead + blank + 1) if index < there)
        return None if member or behind[blank:].startswith(b"WARC/") else "behind that stands no record"

    def _unproved(self, start: At, ahead: int) -> bool:
        """Is the record the last before damage to its own member, whose checksum does not fit or never came?"""
        tape = self._tape
        if tape.stop is None or tape.buffer[tape.pos + ahead :].strip(b"\r\n"):
            return False
        return tape.stop.start in (start.offset, tape.at(ahead - 1).offset)

    def _leap(self, start: At, said: Mapping[str, str], head: int, length: int) -> Record | Gap:
        """A record too long to be held: its first bytes, if its end proves to be one."""
        tape = self._tape
        if not self._leaps:
            return self._fault(start, f"Content-Length is {length}, and others as long were false", head)
        tape.fill(head + BLOCK)
        block = bytes(tape.buffer[tape.pos + head : tape.pos + head + BLOCK])
        tape.advance(head)
        wrong = self._over(length)
        if wrong is None:
            wrong = self._wrong_end(start, 0)
        if wrong is None:
            return Record(start, said, block, False) if "warc-type" in said else Gap(start, None, "no WARC-Type")
        self._leaps -= 1
        stop, over = tape.stop, tape.over
        tape.rewind(start)
        gap = self._fault(start, f"Content-Length is {length}; {wrong}", head)
        nothing = not tape.fill(1)
        return replace(gap, cut=nothing and ((over and tape.kind is Kind.PLAIN) or (stop is not None and stop.cut)))

    def _over(self, length: int) -> str | None:
        """Go over so many bytes; what is wrong with them."""
        tape = self._tape
        while length:
            there = tape.fill(min(HEAD, length))
            if not there:
                return "so many bytes are not there"
            if tape.head(-1, there) is not None:
                return "its member ends before"
            tape.advance(there)
            length -= there
        return None

    # ----------------------------------------------------------------------------------------------------------- faults

    def _fault(self, start: At, why: str, ahead: int) -> Gap:
        """A fault; the tape goes on to the next thing that looks like a record, `ahead` or later, or to a stop."""
        tape = self._tape
        tape.advance(ahead)
        while there := tape.fill(HEAD):
            found = _BEGINS.search(tape.buffer, tape.pos, tape.pos + there)
            if found is not None:
                tape.advance(found.start() - tape.pos)
                break
            if tape.fill(there + 1) == there:  # a stop or the end; else what lies across the border is kept
                tape.advance(there)
                break
            tape.advance(max(1, there - 128))
        return Gap(start, None, why)

    def _stopped(self, start: At) -> Gap:
        """The damage that the tape came to, passed."""
        stop = self._tape.cross()
        assert stop is not None
        return Gap(start, None, stop.why, stop.cut)

    def _blanks(self) -> None:
        """Over line ends."""
        tape = self._tape
        while there := tape.fill(HEAD):
            ahead = tape.buffer[tape.pos : tape.pos + there]
            blank = there - len(ahead.lstrip(b"\r\n"))
            tape.advance(blank)
            if blank < there:
                return
