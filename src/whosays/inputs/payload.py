"""The page within an HTTP response as an archive keeps it: head off, chunks joined, unpacked. Caps on all of it.

    of_response(block, cut=…) -> Payload | str | Refusal        fields(lines)        altered(fields, block)

Archives often keep bodies that were unpacked already under the head that says they are packed. So a body that does not begin as the
coding says is taken as it is; one that begins so and breaks off is damaged, since half a page must not pass for one.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastwarc.stream_io import BrotliReader, ZstdReader

from whosays.inputs.item import no
from whosays.nouns import Refusal
from whosays.settings import MAX_PAGE_BYTES

MOST = MAX_PAGE_BYTES + 1
"""Bytes of a page that are handed on: one more than it may have, so that `pages` sees that it is too long."""
TYPES = ("text/html", "text/plain", "application/xhtml+xml")
FIELDS = 1_000
"""Lines of a head."""

_STATUS = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([0-9]{3})(?:[ \t][^\n]*)?\r?\n")
_END = re.compile(rb"\n\r?\n")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,1000})?\r?\n")
_DIGEST = re.compile(r"(sha1|sha-1|md5|sha256|sha-256|sha512|sha-512)[:=]([A-Za-z0-9+/=_-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Payload:
    """A page."""

    data: bytes
    content_type: str | None


def is_page(content_type: str | None) -> bool:
    """HTML or plain text, as declared; undeclared is looked into by `pages`."""
    return not content_type or content_type.partition(";")[0].strip().lower() in TYPES


def of_response(block: bytes, *, cut: bool) -> Payload | str | Refusal:
    """The page of a response; or why there is none to be expected, in two words; or what is wrong with it. `cut`: the
    archive does not have the whole of it, so it may break off."""
    split = _split(block)
    if split is None:
        return no("damaged", "The record is no HTTP response.")
    status, said, body = split
    if status != 200:
        return f"status {status}"
    kind = said.get("content-type")
    if not is_page(kind):
        return "type"
    if said.get("transfer-encoding", "").lower().strip() == "chunked":
        joined = _joined(body, cut=cut)
        if joined is None:
            return no("damaged", "The page is sent in chunks, whose sizes are wrong.")
        body = joined
    for coding in reversed([word.strip().lower() for word in said.get("content-encoding", "").split(",")][:3]):
        unpacked = _decoded(coding, body, cut=cut)
        if unpacked is None:
            return no("damaged", f"The page is packed with {coding[:20]!a}, and broken.")
        body = unpacked
    return Payload(body[:MOST], kind)


def fields(lines: Iterable[bytes]) -> Mapping[str, str] | None:
    """The fields of a head, the first of each name; None where a line is none, or two say different lengths."""
    found: dict[str, str] = {}
    last = ""
    for number, line in enumerate(lines):
        line = line.rstrip(b"\r")
        if number > FIELDS or _CONTROL.search(line):
            return None
        if line[:1] in (b" ", b"\t") and last:
            found[last] += " " + line.strip().decode("utf-8", "replace")
            continue
        name, colon, value = line.partition(b":")
        if not colon or not _NAME.fullmatch(name.rstrip()):
            return None
        last = name.rstrip().decode("ascii").lower()
        words = value.strip().decode("utf-8", "replace")
        if found.setdefault(last, words) != words and last == "content-length":
            return None
    return found


def altered(said: Mapping[str, str], block: bytes) -> bool:
    """Does a record state digests, all of them known, of which none is that of its block or of what follows its HTTP head?"""
    stated = [said[name] for name in ("warc-block-digest", "warc-payload-digest") if name in said]
    matched = [_DIGEST.fullmatch(words.strip()) for words in stated]
    if not stated or not all(matched):
        return False
    split = _split(block)
    bodies = [block] if split is None else [block, split[2], _joined(split[2], cut=False) or b""]
    known = [(found[1].lower().replace("-", ""), found[2]) for found in matched if found]
    return not any(words in _spellings(name, body) for name, words in known for body in bodies)


def _spellings(name: str, data: bytes) -> tuple[str, ...]:
    made = hashlib.new(name, data, usedforsecurity=False)
    base32 = base64.b32encode(made.digest()).decode("ascii")
    base = base64.b64encode(made.digest()).decode("ascii")
    return base32, base32.lower(), base32.rstrip("="), made.hexdigest(), made.hexdigest().upper(), base


def _split(block: bytes) -> tuple[int, Mapping[str, str], bytes] | None:
    """Status, fields and body; odd lines of the head are left out: servers write many."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _END.search(block, status.end() - 1)
    lines = block[status.end() : end.start() if end else len(block)].split(b"\n")[:FIELDS]
    sound = [line for line in lines if b":" in line and fields([line]) is not None]
    alone = [line for line in sound if not line.lower().startswith(b"content-length")]
    return int(status[1]), fields(alone) or {}, block[end.end() :] if end else b""


def _joined(body: bytes, *, cut: bool) -> bytes | None:
    """Chunks as one. What does not begin with a chunk is taken as it is; None where it begins so and breaks off."""
    if not _CHUNK.match(body):
        return body
    parts: list[bytes] = []
    at = 0
    while (head := _CHUNK.match(body, at)) is not None:
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[head.end() : head.end() + size])
        at = head.end() + size
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif body[at : at + 1] == b"\n":
            at += 1
        else:
            break
    return b"".join(parts) if cut else None


def _decoded(coding: str, body: bytes, *, cut: bool) -> bytes | None:
    """One coding undone, up to MOST bytes; None where it is broken."""
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS | 16, cut=cut) if body[:2] == b"\x1f\x8b" else body
    if coding == "deflate":
        return _deflated(body, cut=cut)
    if coding == "br":
        return _by_fastwarc(BrotliReader, body, cut=cut)
    if coding == "zstd":
        return _by_fastwarc(ZstdReader, body, cut=cut) if body[:4] == b"\x28\xb5\x2f\xfd" else body
    return body


def _deflated(body: bytes, *, cut: bool) -> bytes | None:
    """With its wrapper, as the standard has it; without, as some servers send it; or not packed at all."""
    if len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0:
        return _inflated(body, zlib.MAX_WBITS, cut=cut)
    raw = _inflated(body, -zlib.MAX_WBITS, cut=cut)
    return body if raw is None and _looks_plain(body) else raw


def _inflated(body: bytes, window: int, *, cut: bool) -> bytes | None:
    unpack = zlib.decompressobj(window)
    try:
        data = unpack.decompress(body, MOST)
    except zlib.error:
        return None
    return data if unpack.eof or len(data) == MOST or cut else None


def _by_fastwarc(reader: type[BrotliReader] | type[ZstdReader], body: bytes, *, cut: bool) -> bytes | None:
    data = bytearray()
    try:
        stream = reader(io.BytesIO(body))
        while len(data) < MOST and (piece := stream.read(65_536)):
            data += piece
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001  where Rust panics, that is no Exception
        if cut and data:
            return bytes(data)
        return body if _looks_plain(body) else None
    return bytes(data)


def _looks_plain(body: bytes) -> bool:
    """Text, as markup or prose begins; packed bytes hardly ever do."""
    head = body[:256].removeprefix(b"\xef\xbb\xbf").strip()
    return bool(head) and all(byte >= 32 or byte in b"\t\r\n" for byte in head) and b"<" in head
