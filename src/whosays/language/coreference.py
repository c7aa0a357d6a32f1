"""Which words mean the same thing: the head words of mentions, linked to an earlier one (word-level coreference, Dobrovolskii 2021).

Every noun, name and pronoun that heads a phrase looks at the `REACH` such words before it and picks the one that it most
probably repeats, or none. The score of a pair is what the network's two projections give, and weights for named signals: how far
apart, what kinds of word (a name, `the group`, `it`), whether the words match (the same head, the same whole name, a part of a
longer name, an acronym). Names of two words and more that match in full are linked at any distance. The weights are learned on GUM
(training/coreference.py). Time is linear in the length of the text.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from whosays.text import fold

REACH = 100
KINDS = ("name", "definite", "bare", "he", "she", "it", "they", "first", "other")
MATCHES = ("none", "head", "whole", "part", "acronym")
_PRONOUN = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours"), "first"),
}
PRONOUNS = frozenset(_PRONOUN) | {"who", "whom", "which", "that", "one"}
"""Words that stand for something named elsewhere."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})
HEADING = frozenset({"NOUN", "PROPN", "PRON"})
"""Words of these kinds may head a mention, unless …"""
PARTS = frozenset({"compound", "flat", "fixed", "goeswith"})
"""… they are part of a larger name or compound."""
_NAMELIKE = frozenset({"compound", "flat", "nummod", "amod"})

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nominals:
    """The words that could head a mention, and what the signals need to know of each; one item for each."""

    at: list[int]
    kind: Ints
    head: Ints
    """Number of the folded head word."""
    whole: Ints
    """Number of the folded name or compound."""
    names: list[frozenset[str]]
    """Its folded words; empty for pronouns."""
    acronym: list[str]
    """First letters of its capitalised words, or itself where it is an acronym."""


def nominals(words: Sequence[str], upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> Nominals:
    """Nouns, names and pronouns that are not part of a larger name or compound."""
    at = [n for n, kind in enumerate(upos) if kind in HEADING and relations[n].split(":")[0] not in PARTS]
    parts: dict[int, list[int]] = {n: [n] for n in at}
    definite = set()
    for n, head in enumerate(heads):
        if head in parts and head != n:
            if relations[n].split(":")[0] in _NAMELIKE:
                parts[head].append(n)
            elif words[n].lower() in _DEFINITE:
                definite.add(head)
    numbers: dict[str, int] = {}
    kind, head_, whole, names, acronym = [], [], [], [], []
    for n in at:
        text = [words[k] for k in sorted(parts[n])]
        folded = [fold(word) for word in text]
        pronoun = _PRONOUN.get(words[n].lower(), "other") if upos[n] == "PRON" else None
        kind.append(KINDS.index(pronoun or ("name" if upos[n] == "PROPN" else "definite" if n in definite else "bare")))
        head_.append(numbers.setdefault(fold(words[n]), len(numbers)))
        whole.append(numbers.setdefault(" ".join(folded), len(numbers)))
        names.append(frozenset() if pronoun else frozenset(part for word in folded for part in word.split()))
        acronym.append(
            words[n] if words[n].isupper() else "".join(w[0] for w in text if w[:1].isupper()) if len(text) > 1 else ""
        )
    return Nominals(at, np.array(kind, np.int64), np.array(head_, np.int64), np.array(whole, np.int64), names, acronym)


@dataclass(frozen=True, slots=True)
class Pairs:
    """For each nominal (rows) the REACH before it (columns, nearest first): who they are and the signals. `real` is False where
    there are not so many."""

    other: Ints
    real: NDArray[np.bool_]
    distance: Ints
    kinds: Ints
    match: Ints


def pairs(found: Nominals) -> Pairs:
    """Signals of all pairs: numbers of buckets, which index the weight tables."""
    size = len(found.at)
    mine = np.arange(size)[:, None]
    other = mine - 1 - np.arange(REACH)[None, :]
    real = other >= 0
    other = np.maximum(other, 0)
    distance = np.minimum(np.log2(np.arange(1, REACH + 1)).astype(np.int64), 6)
    kinds = found.kind[mine] * len(KINDS) + found.kind[other]
    match = np.where(found.head[mine] == found.head[other], 1, 0)
    match = np.where(found.whole[mine] == found.whole[other], 2, match)
    for n, k, how in _alike(found):
        if not match[n, n - 1 - k]:
            match[n, n - 1 - k] = how
    return Pairs(other, real, np.broadcast_to(distance, other.shape), kinds, match)


def _alike(found: Nominals) -> Iterator[tuple[int, int, int]]:
    """Pairs (later, earlier, number in MATCHES) of a name and a part of it, then of a phrase and its acronym."""
    bearing: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REACH))
    lettered: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REACH))
    for n, (own, letters) in enumerate(zip(found.names, found.acronym, strict=True)):
        if not own:
            continue
        if found.kind[n] == 0:
            for k in {k for word in own for k in bearing[word] if n - k <= REACH}:
                if own < found.names[k] or found.names[k] < own:
                    yield n, k, 3
            for word in own:
                bearing[word].append(n)
        if len(letters) > 1:
            yield from ((n, k, 4) for k in lettered[letters] if n - k <= REACH)
            lettered[letters].append(n)


def repeats(found: Nominals, signals: Pairs, projected: Floats) -> Floats:
    """What the network says of the pairs, `projected` of the nominals; in blocks, so that a page of a million letters takes no
    gigabytes."""
    asked, offered = np.split(projected, 2, axis=1)
    before = np.concatenate([np.broadcast_to(offered[:1], (REACH, offered.shape[1])), offered[:-1]])
    nearest = sliding_window_view(before, REACH, axis=0)[:, :, ::-1].swapaxes(1, 2)
    """For each nominal the REACH before it, the nearest first; before the first stands the first."""
    blocks = [
        np.einsum("nd,nkd->nk", asked[n : n + BLOCK], np.ascontiguousarray(nearest[n : n + BLOCK]))
        for n in range(0, len(found.at), BLOCK)
    ]
    return np.asarray(np.concatenate(blocks) / asked.shape[1] ** 0.5, np.float32)


BLOCK = 256
LEAST = -1.5
"""What a pair must score to be linked: below zero, as a missed link costs more than a wrong one in CoNLL F1; chosen on dev."""


def score(found: Nominals, signals: Pairs, projected: Floats, weights: dict[str, Floats]) -> Floats:
    """How much rather each nominal repeats another than none of them; (nominals, REACH)."""
    rows = repeats(found, signals, projected)
    table = (
        weights["scale"][0] * rows
        + weights["distance"].reshape(len(KINDS), -1)[found.kind[:, None], signals.distance]
        + weights["kinds"][signals.kinds]
        + weights["match"].reshape(len(KINDS), -1)[found.kind[:, None], signals.match]
    )
    return np.where(signals.real, table, np.float32(-1e6))


def chains(
    words: Sequence[str],
    upos: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
    projected: Floats,
    weights: dict[str, Floats],
) -> list[list[int]]:
    """Chains of two and more words, each sorted, in the order of their first words; `projected` has a row for each nominal."""
    found = nominals(words, upos, heads, relations)
    if len(found.at) < 2 or not weights:
        return []
    signals = pairs(found)
    table = score(found, signals, projected, weights)
    best = table.argmax(axis=1)
    chain = list(range(len(found.at)))
    last: dict[int, int] = {}
    for n in range(len(found.at)):
        if table[n, best[n]] > LEAST:
            chain[n] = chain[signals.other[n, best[n]]]
        elif found.kind[n] == 0 and len(found.names[n]) > 1 and int(found.whole[n]) in last:
            chain[n] = chain[last[int(found.whole[n])]]
        last[int(found.whole[n])] = n
    groups: dict[int, list[int]] = {}
    for n, number in enumerate(chain):
        groups.setdefault(number, []).append(found.at[n])
    return [group for group in groups.values() if len(group) > 1]
