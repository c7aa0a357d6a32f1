"""What was said of paragraphs, kept: the same words read again cost no pass of the encoder, and come out the same.

    memory = Memory(limit=64_000_000)       # bytes, about
    memory.get(key), memory.put(key, said)

Keys are the whole of what goes into the encoder (said.key), compared in full: no two paragraphs are ever taken for each other. What was
not asked for longest goes first. Safe with several threads.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from whosays.language.said import Said
from whosays.settings import MEMORY_BYTES


class Memory:
    """Paragraphs that were read, up to `limit` bytes in all; 0 keeps nothing."""

    def __init__(self, *, limit: int = MEMORY_BYTES) -> None:
        self.limit = limit
        self.bytes = self.hits = self.misses = 0
        self._kept: OrderedDict[bytes, Said] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> Said | None:
        """What was said under this key, if it is still here."""
        with self._lock:
            said = self._kept.get(key)
            if said is None:
                self.misses += 1
            else:
                self.hits += 1
                self._kept.move_to_end(key)
            return said

    def put(self, key: bytes, said: Said) -> None:
        """Keep what was said, in place of what was not asked for longest."""
        size = _size(key, said)
        with self._lock:
            if size > self.limit or key in self._kept:
                return
            self._kept[key] = said
            self.bytes += size
            while self.bytes > self.limit:
                self.bytes -= _size(*self._kept.popitem(last=False))


def _size(key: bytes, said: Said) -> int:
    return len(key) + said.size()
