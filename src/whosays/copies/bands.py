"""Numbers by which articles with a passage in common are found among any number of others.

    bands(wording) -> 64-bit integers; METHOD names how they are made

Theory. MinHash (Broder 1997): of two sets, the chance that a random order puts the same member first is their Jaccard
similarity. `ROWS` such first members are joined to one number, a band: two passages have it in common with a chance of
similarity ** ROWS, and each further band is one more chance (locality-sensitive hashing: Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, ch. 3). A passage is the set of its longer words: the short ones (`the`, `of`) are what all
texts share. Passages and not whole texts, so that a paragraph lifted into a long story is found as well as a reprint.

With 30 % of its words changed, a passage keeps 0.7 of 1.3 words: similarity 0.54, a chance of 0.08 for each band. An
article of 12 such passages is found with 1 - 0.92 ** 64 > 0.99; one unchanged passage always. A short article has more
bands for each of its passages, so that it is found as well; a longer one meets it in those that both have.
What else is found, `compare` sorts out.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from rensa import RMinHash

from whosays.copies.passages import Wording

ROWS = 4
LEAST, MOST = 4, 16
"""Bands of a passage: as many as give an article about `AIM`, within these bounds."""

AIM, LIMIT = 64, 384
"""Bands of an article. A very long one has its smallest: which these are the words say, so that two copies agree."""

SEED = 1
LONGER, FEWEST = 4, 5
"""Letters of a longer word; such words without which a passage has no bands: `he told reporters` is everybody's."""

METHOD = f"rensa {RMinHash.ALGORITHM_VERSION}, words of {LONGER}, bands of {ROWS}"
"""Part of every band: those made in another way meet none of these."""


def bands(wording: Wording) -> tuple[int, ...]:
    """The bands of an article, sorted, as signed integers."""
    sets = [sorted(longer) for words in wording.passages() if len(longer := _longer(words)) >= FEWEST]
    each = min(MOST, max(LEAST, AIM // max(1, len(sets))))
    found = {band for longer in sets for band in _bands(longer, each)}
    return tuple(sorted(found)[:LIMIT])


def _bands(longer: list[str], each: int) -> Iterator[int]:
    """The bands of a passage. One signature at a time: rensa's own loop over many starts threads, and a process that is
    forked when they have run waits for them for ever."""
    signature = RMinHash(ROWS * MOST, SEED)
    signature.update(longer)
    rows = signature.digest()
    for n in range(0, ROWS * each, ROWS):
        yield _band(n, rows[n : n + ROWS])


def _longer(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if len(word) >= LONGER or word.isdecimal()}


def _band(n: int, rows: list[int]) -> int:
    key = blake2b(f"{METHOD}/{n}/{rows}".encode(), digest_size=8)
    return int.from_bytes(key.digest(), signed=True)
