"""An archive's bytes, unpacked, piece by piece; where it is damaged, how far, and where it goes on.

    Gzip(blob).member(start) -> Piece …, then where the next member begins, or a Break       (zstd, lz4: blocks.py)

gzip, zstd and lz4 files are chains of members, each packed by itself ("frame" in zstd and lz4). A damaged member says
nothing of the next: where one breaks, the next is looked for by the bytes with which a member begins, and taken if its
first bytes can be unpacked. Such bytes may also stand within packed data, by accident or because somebody put a packed file
on his page: of what is found behind damage nobody can say for certain that it was written there as a member.

fastwarc's own iterator is not used: it stops at a damaged member, ends a cut archive silently, and tells one place for
several members read at once. Its decoders of zstd and lz4 are (`blocks.py`); gzip is the standard library's.

Memory: a piece is at most PIECE bytes. Time: linear in the bytes, unpacked; work on what only looks like a member is bounded
by BUDGET, then the rest is given up. Never raises on any bytes. Source: RFC 1952.
"""

from __future__ import annotations

import io
import os
import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

PIECE = 65_536
BUDGET = 200_000
"""Looks at bytes that might begin a member and do not."""
TRIAL = 8_192
"""Packed bytes by which it is told whether a member begins."""


class Kind(StrEnum):
    """How an archive is packed."""

    PLAIN = "plain"
    GZIP = "gzip"
    ZSTD = "zstd"
    LZ4 = "lz4"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some unpacked bytes, never none."""

    frame: int
    """Where their member begins: bytes into the archive."""
    first: bool
    """Are they the first of their member?"""
    data: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Here bytes are missing."""

    start: int
    """The member that is damaged, or where something other than a member stands."""
    end: int
    """Where it goes on, or the end of the archive."""
    why: str
    cut: bool = False
    """The archive ends within a member: it was not downloaded or written to its end."""


Member = Generator[Piece, None, int | Break]
"""The pieces of one member; at its end where the next begins, or what is wrong with it."""


class Blob:
    """A file that can be read anywhere. What goes wrong while reading counts as its end, and is told."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size: int | None = None
        self.failed: str | None = None

    def at(self, offset: int, size: int) -> bytes:
        """The bytes there; fewer at the end."""
        try:
            self._file.seek(offset)
            return self._file.read(size) or b""
        except Exception as error:  # noqa: BLE001  stores and zip files have errors of their own
            self.failed = f"it cannot be read: {error}"
            return b""

    def size(self) -> int:
        """Bytes in all; 0 where that cannot be told."""
        if self._size is None:
            try:
                self._size = self._file.seek(0, os.SEEK_END)
            except Exception as error:  # noqa: BLE001  as above
                self.failed, self._size = f"it cannot be read: {error}", 0
        return self._size


class View(io.RawIOBase):
    """A part of a blob, as a file."""

    def __init__(self, blob: Blob, start: int, end: int) -> None:
        self._blob, self._start, self._here, self._end = blob, start, start, end

    def readable(self) -> bool:
        """For who reads it."""
        return True

    def seekable(self) -> bool:
        """For who reads it."""
        return True

    def tell(self) -> int:
        """For who reads it."""
        return self._here - self._start

    def seek(self, offset: int, whence: int = 0) -> int:
        """For who reads it."""
        self._here = offset + (self._start, self._here, self._end)[whence]
        return self.tell()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        left = max(0, self._end - self._here)
        data = self._blob.at(self._here, left if size < 0 else min(size, left))
        self._here += len(data)
        return data


class Packed(ABC):
    """A packed archive. Its three kinds differ in how a member is unpacked."""

    kind: Kind
    magic: re.Pattern[bytes]
    """How a member begins."""
    cost = 1
    """Of a look, in units of BUDGET."""

    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.budget = BUDGET

    @abstractmethod
    def member(self, start: int) -> Member:
        """One member."""

    @abstractmethod
    def begins(self, offset: int) -> bool:
        """Can what begins here be unpacked?"""

    def broken(self, start: int, why: str | None) -> Break:
        """What is told of a member that breaks. `why` None: the archive ends in it; or damage makes it look longer than it is."""
        end = self._next(start + 1)
        if end is not None:
            return Break(start, end, why or f"{self.kind}: the member has no end")
        if why is None:
            return Break(start, self.blob.size(), "the archive ends within a member", cut=True)
        given_up = "; after so much damage the rest was not looked at" if self.budget < 0 else ""
        return Break(start, self.blob.size(), why + given_up)

    def _next(self, offset: int) -> int | None:
        """Where the next member begins, as far as can be told; None: nowhere."""
        while data := self.blob.at(offset, PIECE):
            for found in self.magic.finditer(data):
                self.budget -= self.cost
                if self.budget < 0:
                    return None
                if self.begins(offset + found.start()):
                    return offset + found.start()
            if len(data) < 4:
                return None
            offset += len(data) - 3
        return None


class Gzip(Packed):
    """RFC 1952. The checksum is seen only at the end: what was handed out before may be wrong, and a Break says so then."""

    kind = Kind.GZIP
    magic = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")

    def member(self, start: int) -> Member:
        """One member."""
        unpack, here, first = zlib.decompressobj(zlib.MAX_WBITS | 16), start, True
        while not unpack.eof:
            packed = unpack.unconsumed_tail
            if not packed:
                packed = self.blob.at(here, PIECE)
                here += len(packed)
            try:
                data = unpack.decompress(packed, PIECE)
            except zlib.error as error:
                nothing = not self.magic.match(self.blob.at(start, 4))
                return self.broken(start, "no gzip member begins here" if nothing else f"gzip: {error}")
            if data:
                yield Piece(start, first, data)
                first = False
            elif not packed:
                return self.broken(start, None)
        return here - len(unpack.unused_data)

    def begins(self, offset: int) -> bool:
        """Its first bytes are unpacked."""
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            return bool(unpack.decompress(self.blob.at(offset, TRIAL), PIECE))
        except zlib.error:
            return False
