"""Three ways to find copies among texts: ours, MinHash over whole texts, and plain containment of ten words running."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from rensa import RMinHash

from tests.making import make_article
from whosays.copies import bands, compare, wording
from whosays.ledger.ledger import NEAR
from whosays.nouns import Article, Copied
from whosays.text import fold, words

Pair = tuple[str, str]
Scores = Mapping[Pair, float]


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def article(name: str, text: str) -> Article:
    return replace(make_article(*[line for line in text.split("\n") if line.strip()]), id=name)


def ours(texts: Mapping[str, str]) -> dict[Pair, Copied]:
    """What is found when the texts come one after the other, as the ledger does it."""
    read = {name: wording(article(name, text)) for name, text in texts.items()}
    index: dict[int, list[str]] = defaultdict(list)
    found = {}
    for name, own in read.items():
        shared: Counter[str] = Counter()
        for band in bands(own):
            shared.update(index[band])
            index[band].append(name)
        for other in sorted(shared, key=lambda one: (-shared[one], one))[:NEAR]:
            copied = compare(own, read[other])
            if copied is not None:
                found[copied.articles] = copied
    return found


def minhash(texts: Mapping[str, str]) -> Scores:
    """Estimated Jaccard similarity of the five-word runs of whole texts, of all pairs that have any."""
    names = list(texts)
    sets = [sorted(grams(texts[name], 5)) for name in names]
    signatures = np.array(RMinHash.digests_from_token_sets(sets, 128, 1), dtype=np.uint32)
    scores = {}
    for n, own in enumerate(signatures):
        alike = (signatures[n + 1 :] == own).mean(axis=1)
        for m in np.flatnonzero(alike):
            scores[pair(names[n], names[n + 1 + m])] = float(alike[m])
    return scores


def containment(texts: Mapping[str, str]) -> Scores:
    """Of the ten-word runs of the shorter text, the share that the other has, of all pairs that have any."""
    own = {name: grams(text, 10) for name, text in texts.items()}
    having: dict[str, list[str]] = defaultdict(list)
    common: Counter[Pair] = Counter()
    for name, runs in own.items():
        for run_ in runs:
            common.update(pair(name, other) for other in having[run_])
            having[run_].append(name)
    return {(a, b): n / min(len(own[a]), len(own[b])) for (a, b), n in common.items()}


def grams(text: str, size: int) -> set[str]:
    said = words(fold(text))
    return {" ".join(said[n : n + size]) for n in range(max(1, len(said) - size + 1))}


RIVALS: Mapping[str, Callable[[Mapping[str, str]], Scores]] = {"minhash": minhash, "containment": containment}
