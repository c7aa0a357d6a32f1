"""Members of zstd and lz4 archives. Where they end is read from the headers of their blocks, since the decoders do not tell.

A zstd archive may begin with a frame that holds the dictionary by which all others are packed (iipc/warc-specifications,
warc-zstd). A frame may have us keep at most WINDOW bytes. Sources: RFC 8878; github.com/lz4/lz4, doc/lz4_Frame_format.md.
The decoders are fastwarc's, in Rust: whatever they throw, panics included, is a damaged frame.
"""

from __future__ import annotations

import io
import re
from abc import abstractmethod
from collections.abc import Generator, Iterator

from fastwarc.stream_io import Lz4Reader, ZstdReader

from whosays.inputs.frames import PIECE, Blob, Kind, Member, Packed, Piece, View

WINDOW = 1 << 27
"""What the zstd tool itself takes unless it is told to take more."""
STEP = 512
LONGEST_DICTIONARY = 16_000_000
BLOCKS = 4_000_000
"""Headers of blocks walked in one archive: of 1 TB in blocks of the usual size."""

Walked = tuple[int, bool] | str
"""Where a frame ends and whether the archive goes so far; or why there is no frame."""


class Damaged(Exception):
    """A decoder's word for it."""


def unpacked(kind: Kind, file: View, dictionary: bytes | None, step: int) -> Iterator[bytes]:
    """What a frame holds. Raises Damaged."""
    try:
        reader = ZstdReader(file, dictionary=dictionary) if kind is Kind.ZSTD else Lz4Reader(file)
        while data := reader.read(step):
            yield data
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # where Rust panics, that is no Exception
        raise Damaged(str(error)[:120]) from error


class _Framed(Packed):
    """What the two have in common."""

    cost = 20

    def __init__(self, blob: Blob) -> None:
        super().__init__(blob)
        self.blocks = BLOCKS
        self._dictionary = self._given()

    def member(self, start: int) -> Member:
        """One frame; of one to be skipped, nothing."""
        head = self.blob.at(start, 18)
        walked = self._skipped(start, head) if _skippable(head) else self.walk(start, head)
        if isinstance(walked, str):
            return self.broken(start, walked)
        end, whole = walked
        why = None
        if not _skippable(head):
            why = yield from self._frame(start, end)
        if why is None and whole:
            return end
        return self.broken(start, why if whole else None)

    def begins(self, offset: int) -> bool:
        """Its first bytes are unpacked."""
        view = View(self.blob, offset, min(offset + (1 << 22), self.blob.size()))
        try:
            return bool(next(unpacked(self.kind, view, self._dictionary, 64), b""))
        except Damaged:
            return False

    @abstractmethod
    def walk(self, start: int, head: bytes) -> Walked:
        """From block to block to the end of the frame."""

    def _frame(self, start: int, end: int) -> Generator[Piece, None, str | None]:
        """What it holds, and what is wrong with it. What a decoder unpacked in the read in which it met the fault it keeps
        to itself: so that is read again in small steps."""
        given, why = 0, None
        for step in (PIECE, STEP):
            seen, why = 0, None
            try:
                for data in unpacked(self.kind, View(self.blob, start, end), self._dictionary, step):
                    seen += len(data)
                    if seen > given:
                        yield Piece(start, given == 0, data[given - seen :])
                        given = seen
                break
            except Damaged as error:
                why = f"{self.kind}: {error}"
        return why

    def _skipped(self, start: int, head: bytes) -> Walked:
        end = start + 8 + int.from_bytes(head[4:8], "little")
        return min(end, self.blob.size()), end <= self.blob.size()

    def _given(self) -> bytes | None:
        """The dictionary that stands first in a `.warc.zst`, itself packed or not."""
        head = self.blob.at(0, 8)
        if head[:4] != b"\x5d\x2a\x4d\x18":
            return None
        given = self.blob.at(8, min(int.from_bytes(head[4:8], "little"), LONGEST_DICTIONARY))
        if not given.startswith(b"\x28\xb5\x2f\xfd"):
            return given
        try:
            view = View(Blob(io.BytesIO(given)), 0, len(given))
            return next(unpacked(Kind.ZSTD, view, None, LONGEST_DICTIONARY), None)
        except Damaged:
            return None


def _skippable(head: bytes) -> bool:
    return head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F


class Zstd(_Framed):
    """RFC 8878."""

    kind = Kind.ZSTD
    magic = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)

    def walk(self, start: int, head: bytes) -> Walked:
        """A block begins with three bytes: last?, kind, size."""
        if len(head) < 9 and (head + b"\x28\xb5\x2f\xfd"[len(head) :]).startswith(b"\x28\xb5\x2f\xfd"):
            return self.blob.size(), False
        if not head.startswith(b"\x28\xb5\x2f\xfd"):
            return "no zstd frame begins here"
        flags = head[4]
        single = bool(flags & 0x20)
        at = 5 + (not single) + (0, 1, 2, 4)[flags & 3]
        content = (int(single), 2, 4, 8)[flags >> 6]
        window = int.from_bytes(head[at : at + content], "little") if single else _window(head[5])
        if window > WINDOW:
            return f"zstd: it would have us keep {window:,} bytes"
        here, size = start + at + content, self.blob.size()
        while here + 3 <= size and self.blocks > 0:
            self.blocks -= 1
            block = int.from_bytes(self.blob.at(here, 3), "little")
            kind = block >> 1 & 3
            if kind == 3:
                return "zstd: a block of no kind"
            here += 3 + (1 if kind == 1 else block >> 3)
            if block & 1:
                here += 4 * bool(flags & 4)
                return min(here, size), here <= size
        return size, False


def _window(descriptor: int) -> int:
    """RFC 8878, 3.1.1.1.2."""
    base = 1 << (10 + (descriptor >> 3))
    return base + (base // 8) * (descriptor & 7)


class Lz4(_Framed):
    """The lz4 frame format."""

    kind = Kind.LZ4
    magic = re.compile(rb"\x04\x22\x4d\x18|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)

    def walk(self, start: int, head: bytes) -> Walked:
        """A block begins with four bytes: packed?, size; a size of 0 ends the frame."""
        if len(head) < 7 and (head + b"\x04\x22\x4d\x18"[len(head) :]).startswith(b"\x04\x22\x4d\x18"):
            return self.blob.size(), False
        if not head.startswith(b"\x04\x22\x4d\x18"):
            return "no lz4 frame begins here"
        flags = head[4]
        if flags >> 6 != 1:
            return "lz4: of an unknown version"
        here, size = start + 7 + 8 * bool(flags & 8) + 4 * bool(flags & 1), self.blob.size()
        while here + 4 <= size and self.blocks > 0:
            self.blocks -= 1
            block = int.from_bytes(self.blob.at(here, 4), "little") & 0x7FFFFFFF
            here += 4
            if block == 0:
                here += 4 * bool(flags & 4)
                return min(here, size), here <= size
            here += block + 4 * bool(flags & 16)
        return size, False
