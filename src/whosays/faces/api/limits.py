"""How often one address may ask for what is dear (searches) or changes anything (writes): a token bucket for each, in memory.

    Limits(searches, writes)      how many a minute
    Buckets(a minute).take(who, now) -> seconds to wait, 0: go on

A bucket holds as many tokens as a minute has, and fills at that rate. Buckets that are full again are forgotten, so memory is bounded
by how many addresses ask within a minute, and by MOST beyond that: then the one that was used longest ago is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

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
