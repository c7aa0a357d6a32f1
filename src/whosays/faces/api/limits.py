"""How often one address may ask for what is dear (searches) or changes anything (writes): a token bucket for each, in memory.

    Limits(searches, writes)      how many a minute
    Buckets(a minute).take(who, now) -> seconds to wait, 0: go on
    Slots(each, in_all).take(who) -> may he?   give(who)      how many long answers are being sent at once

A bucket holds as many tokens as a minute has, and fills at that rate. Buckets that are full again are forgotten, so memory is bounded
by how many addresses ask within a minute, and by MOST beyond that: then the one that was used longest ago is forgotten.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from threading import Lock

from whosays.settings import SEARCHES_A_MINUTE, WRITES_A_MINUTE

MOST = 10_000
"""Addresses remembered at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a minute from one address."""

    searches: int = SEARCHES_A_MINUTE
    writes: int = WRITES_A_MINUTE


class Buckets:
    """One bucket for each address. Not for several threads: it is asked from the event loop alone."""

    def __init__(self, a_minute: int) -> None:
        self._most = float(a_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str, now: float) -> float:
        """Take one token; seconds until there is one, where there is none. `now`: seconds of a clock that never goes back."""
        left, then = self._left.pop(who, (self._most, now))
        left = min(self._most, left + (now - then) * self._most / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self._most
        self._left[who] = (left if wait else left - 1, now)
        self._forget(now)
        return wait

    def __len__(self) -> int:
        return len(self._left)

    def _forget(self, now: float) -> None:
        while self._left:
            who, (_, then) = next(iter(self._left.items()))
            if now - then < 60 and len(self._left) <= MOST:
                return
            del self._left[who]


class Slots:
    """Answers that are being sent, of one address and in all: each holds a connection to the ledger for as long as its reader likes,
    and when all are held no page is answered. For several threads."""

    def __init__(self, each: int, in_all: int) -> None:
        self._each, self._in_all = each, in_all
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, who: str) -> bool:
        """Take one, where one is free."""
        with self._lock:
            free = self._taken[who] < self._each and self._taken.total() < self._in_all
            self._taken[who] += free
            return free

    def give(self, who: str) -> None:
        """Give it back."""
        with self._lock:
            self._taken[who] -= 1
            self._taken += Counter()  # forgets who has none
