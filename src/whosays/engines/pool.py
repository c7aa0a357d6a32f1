"""Pages are read by several processes at once; what is in them comes back in the order in which they were handed in.

    with Pool(workers, roster=…) as pool:
        for ticket, page in pool.read(asked): …

Each worker is a `Reader` (reader_process.py): its own process with its own model, watched, built again when a page breaks it. So a page
costs the run one refusal at most, and the order, so the ledger, is the same for any number of workers.

Bounded: AHEAD pages are under way for each worker, whatever waits behind them. And a copy is read where its original was: identical
paragraphs are remembered by the process that read them (language/model.py), and none shares its memory with another, since a page that
had taken over one could then speak in the others' pages. Where an original went is told by MARKS of its longest runs of text, which
two outlets that print one story have in common however their pages look.
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from whosays.engines.reader_process import Reader, ReadHere, read_bulk
from whosays.nouns import Meta, Refusal
from whosays.pipeline import Page
from whosays.profile import Profile

AHEAD = 24
"""Pages under way for each worker, the one it reads among them."""
LOOKED_AT = 400_000
"""Bytes of a page in which runs of text are sought."""
MARKS, MARKED = 4, 100_000
"""Runs of a page by which its copies are told, and how many are remembered."""
_RUN = re.compile(rb">([^<>]{120,})")

T = TypeVar("T")


class Reads(Protocol):
    """As much of a `Reader` as is used here."""

    def read(self, data: bytes, meta: Meta) -> Page | Refusal:
        """What is in a page, or why it was not read."""

    def start(self) -> None:
        """Be ready."""

    def close(self) -> None:
        """End it."""

    @property
    def profile(self) -> Profile:
        """Where its time went."""


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """A page to be read, or one of which it is known what became of it: then `data` is None and nothing is read."""

    ticket: T
    data: bytes | None
    meta: Meta


class Pool:
    """So many readers. A context manager: they end with it."""

    def __init__(self, readers: Sequence[Reads]) -> None:
        self._readers = readers
        self._hands = [ThreadPoolExecutor(1, thread_name_prefix="whosays pool") for _ in readers]
        self._load = [0] * len(readers)
        self._seen: OrderedDict[bytes, int] = OrderedDict()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for hand, reader in zip(self._hands, self._readers, strict=True):
            hand.shutdown(cancel_futures=True)
            reader.close()

    def start(self) -> None:
        """Have all processes ready, before the first page comes. Raises OSError where one cannot be built."""
        for begun in [hand.submit(reader.start) for hand, reader in zip(self._hands, self._readers, strict=True)]:
            begun.result()

    @property
    def profile(self) -> Profile:
        """Where the time of all went. To be asked when nothing is under way."""
        return sum((reader.profile for reader in self._readers), Profile())

    def read(self, asked: Iterable[Ask[T]]) -> Iterator[tuple[T, Page | Refusal | None]]:
        """What is in each page, in order; None for those that were not to be read. Raises OSError where no process can be built."""
        under_way: deque[tuple[T, int, Future[Page | Refusal] | None]] = deque()
        for ask in asked:
            if ask.data is None:
                under_way.append((ask.ticket, 0, None))
            else:
                worker = self._worker(ask.data)
                self._load[worker] += 1
                under_way.append(
                    (ask.ticket, worker, self._hands[worker].submit(self._readers[worker].read, ask.data, ask.meta))
                )
            while under_way and (under_way[0][2] is None or max(self._load) >= AHEAD):
                yield self._done(*under_way.popleft())
        while under_way:
            yield self._done(*under_way.popleft())

    def _done(self, ticket: T, worker: int, reading: Future[Page | Refusal] | None) -> tuple[T, Page | Refusal | None]:
        if reading is None:
            return ticket, None
        self._load[worker] -= 1
        return ticket, reading.result()

    def _worker(self, data: bytes) -> int:
        """Who read a page with one of its runs of text; else the one that has least to do."""
        if len(self._readers) == 1:
            return 0
        runs = sorted(set(_RUN.findall(data, 0, LOOKED_AT)), key=len, reverse=True)[:MARKS]
        marks = [blake2b(run, digest_size=16).digest() for run in runs]
        known = [self._seen[mark] for mark in marks if mark in self._seen]
        worker = known[0] if known else min(range(len(self._load)), key=self._load.__getitem__)
        for mark in marks:
            self._seen[mark] = worker
        while len(self._seen) > MARKED:
            self._seen.popitem(last=False)
        return worker


def pool(workers: int | None = None, *, roster: Path | None = None, read_page: ReadHere = read_bulk) -> Pool:
    """Processes that read pages: as many as there are processors, unless told."""
    return Pool([Reader(roster=roster, read_page=read_page) for _ in range(workers or processors())])


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
