"""An archive as one tape of unpacked bytes, of which as many are held as one looks ahead.

    tape = Tape(blob, name)        fill(n) looks ahead, advance(n) goes on, cross() passes damage, rewind(At) goes back

What is damaged lies on it as a `stop`: one cannot look over it, only cross it. Every byte has its place (`At`): the member it
is in, and how far into that, unpacked. Memory: what `fill` was asked for, and one piece more.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator

from whosays.inputs.blocks import Lz4, Zstd
from whosays.inputs.frames import PIECE, Blob, Break, Gzip, Kind, Piece
from whosays.inputs.item import At

_PACKED: dict[Kind, type[Gzip] | type[Zstd] | type[Lz4]] = {Kind.GZIP: Gzip, Kind.ZSTD: Zstd, Kind.LZ4: Lz4}
_SUFFIXES = {".gz": Kind.GZIP, ".zst": Kind.ZSTD, ".zstd": Kind.ZSTD, ".lz4": Kind.LZ4}
COMPACT = 1 << 20
FRAMES = 50_000
"""Members whose places are held at once; of smaller ones some are told as one."""


def kind_of(blob: Blob, name: str = "") -> Kind:
    """How a file is packed: told by its first bytes; where these are damaged, by its name, or by what stands further on."""
    head = blob.at(0, PIECE)
    for packed in _PACKED.values():
        if packed.magic.match(head):
            return packed.kind
    if b"WARC/" in head:
        return Kind.PLAIN
    by_name = _SUFFIXES.get(os.path.splitext(name)[1].lower())
    return by_name or (Kind.GZIP if Gzip.magic.search(head) else Kind.PLAIN)


def pieces(blob: Blob, offset: int, kind: Kind) -> Iterator[Piece | Break]:
    """All from a member on (of a plain file: from a byte on), in order."""
    if kind is Kind.PLAIN:
        yield from _plain(blob, offset)
    else:
        packed = _PACKED[kind](blob)
        while blob.at(offset, 1):
            end = yield from packed.member(offset)
            if isinstance(end, Break):
                yield end
                end = end.end
            offset = end
    if blob.failed:
        yield Break(offset, offset, blob.failed, cut=True)


def _plain(blob: Blob, offset: int) -> Iterator[Piece]:
    """A plain file is one member."""
    frame, first = offset, True
    while data := blob.at(offset, PIECE):
        yield Piece(frame, first, data)
        offset, first = offset + len(data), False


class Tape:
    """Unpacked bytes from a place on. `buffer[index]` for index from `pos` is what lies ahead."""

    def __init__(self, blob: Blob, name: str = "", start: At | None = None) -> None:
        self._blob = blob
        self.kind = kind_of(blob, name)
        self.rewind(start or At(0))

    def rewind(self, place: At) -> None:
        """Go to a place, back or ahead."""
        self._pieces = pieces(self._blob, place.offset, self.kind)
        self.buffer, self.pos = bytearray(), 0
        self._frames: list[tuple[int, int, int]] = []
        """(index into the buffer, place of the member, unpacked bytes from there) where a member begins, or the buffer does."""
        self._heads: list[int] = []
        """Indexes at which members begin with a record's head."""
        self.stop: Break | None = None
        self.over = False
        self.skip(place.inner)

    def fill(self, size: int) -> int:
        """Look ahead; how many of so many bytes there are, up to a stop or the end."""
        while len(self.buffer) - self.pos < size and self.stop is None and not self.over:
            self._pull()
        return min(size, len(self.buffer) - self.pos)

    def skip(self, size: int) -> int:
        """Go on without keeping anything; how many bytes there were."""
        gone = 0
        while gone < size and (there := self.fill(min(PIECE, size - gone))):
            self.advance(there)
            gone += there
        return gone

    def advance(self, size: int) -> None:
        """Go on over bytes that were looked at."""
        self.pos += size
        if self.pos > COMPACT:
            index, frame, inner = self._frame(self.pos)
            later = [(start - self.pos, of, into) for start, of, into in self._frames if start > self.pos]
            self._frames = [(0, frame, inner + self.pos - index), *later]
            self._heads = [start - self.pos for start in self._heads if start >= self.pos]
            del self.buffer[: self.pos]
            self.pos = 0

    def cross(self) -> Break | None:
        """Pass the damage that lies ahead; what is before it is lost too."""
        stop = self.stop
        self.buffer, self.pos, self._frames, self._heads, self.stop = bytearray(), 0, [], [], None
        return stop

    def at(self, ahead: int = 0) -> At:
        """The place of a byte ahead."""
        if not self._frames:
            return At(self.stop.start if self.stop else self._blob.size())
        index, frame, inner = self._frame(self.pos + ahead)
        inner += self.pos + ahead - index
        return At(frame + inner) if self.kind is Kind.PLAIN else At(frame, inner)

    def begins(self, ahead: int) -> bool:
        """Does a member begin so far ahead?"""
        index, _, inner = self._frame(self.pos + ahead)
        return index == self.pos + ahead and inner == 0

    def head(self, since: int, until: int) -> int | None:
        """How far ahead, between the two, the first member begins with a record's head."""
        found = bisect_right(self._heads, self.pos + since)
        if found < len(self._heads) and self._heads[found] < self.pos + until:
            return self._heads[found] - self.pos
        return None

    def _frame(self, index: int) -> tuple[int, int, int]:
        return self._frames[max(0, bisect_right(self._frames, index, key=lambda frame: frame[0]) - 1)]

    def _pull(self) -> None:
        got = next(self._pieces, None)
        if got is None:
            self.over = True
        elif isinstance(got, Break):
            self.stop = got
        else:
            if not self._frames or (got.first and len(self._frames) < FRAMES):
                self._frames.append((len(self.buffer), got.frame, 0))
            if got.first and got.data.startswith(b"WARC/"):
                self._heads.append(len(self.buffer))
            self.buffer += got.data
