"""Relevance: does a page have anything on conflict? Asked of its bytes, before anything expensive is done with them.

    skip(data) -> Refusal | None                a reason not to read the page; None: read it
    skip_article(article) -> Refusal | None     the same, once its article is known

A linear filter over words and word pairs of the page's rough text (rough.py). The text is looked at in passages of `PASSAGE` words, each
half over the last, and the best passage counts: a story is as relevant on a long page as on a short one. A feature counts once in
a passage, and no weight is below zero: what stands beside a story (menus, other headlines) can never speak against it. Of more passages
the best is better by chance alone, so each doubling of a page asks for `GROWTH` more.
The weights are learned by training/relevance.py from pages that our own reader has read; training/CARD.md has the data and the figures.
What is not in English, or has too few words to be judged, is not skipped: the pages stage says what it is.
Does not: look at markup, dates or addresses. Never raises on any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import fsum, log2

from whosays.errors import AssetError
from whosays.nouns import Article, Refusal, Stage
from whosays.relevance import rough

__all__ = ["Weights", "hits", "passages", "score", "skip", "weights", "words"]

PASSAGE = 80
STEP = PASSAGE // 2
FEWEST = 30
"""Words below which nothing is judged."""
SHORT, GROWTH = 300, 0.75
"""Words of a short story; what the best passage of pages without conflict scores more for each doubling (`benchmarks relevance`)."""
ENGLISH = frozenset({"the", "of", "and", "to", "in"})
LEAST_ENGLISH = 0.05
"""Of the words of English news, so many at least are among these."""
BREAK = ""
"""Stands between two runs of text: no word pair goes over it."""

_WORD = re.compile(r"[a-z]+")
Hit = tuple[int, str]
"""Where a feature ends, and which it is."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What is learned: the weight of each word and word pair, what a passage has without any, what a page must have to be read."""

    features: Mapping[str, float]
    base: float
    threshold: float


def skip(data: bytes) -> Refusal | None:
    """Why a page need not be read; None if it must be, or cannot be judged."""
    return _judged(rough.runs(data))


def skip_article(article: Article) -> Refusal | None:
    """The same of its article alone: what spoke for the page may have been other headlines around it, or a reader's comment."""
    return _judged(part.span.of(article.text).lower() for part in article.parts)


def _judged(runs: Iterable[str]) -> Refusal | None:
    known, page = weights(), words(runs)
    found, needed = score(page, known), known.threshold + GROWTH * log2(max(1, len(page) / SHORT))
    if found is None or found >= needed:
        return None
    return Refusal(
        Stage.RELEVANCE, "not conflict", f"its best passage has a score of {found:.2f}; {needed:.2f} is needed"
    )


def score(page: Sequence[str], known: Weights) -> float | None:
    """The score of the best passage of some words (as `words` gives them); None where they cannot be judged."""
    if len(page) < FEWEST or sum(word in ENGLISH for word in page) < LEAST_ENGLISH * len(page):
        return None
    found = passages(hits(page, known.features))
    return known.base + max((fsum(map(known.features.__getitem__, passage)) for passage in found), default=0.0)


def words(runs: Iterable[str]) -> list[str]:
    """The words of some runs of text, with a BREAK after each run."""
    found: list[str] = []
    for run in runs:
        if own := _WORD.findall(run):
            found += own
            found.append(BREAK)
    return found


def hits(page: Sequence[str], features: Mapping[str, float] | frozenset[str]) -> list[Hit]:
    """Every word and word pair of a page that is a feature, in order."""
    found: list[Hit] = []
    before = BREAK
    for at, word in enumerate(page):
        if word in features:
            found.append((at, word))
        pair = f"{before} {word}"
        if pair in features:
            found.append((at, pair))
        before = word
    return found


def passages(found: Sequence[Hit]) -> Iterator[frozenset[str]]:
    """The features of each passage that has any."""
    steps: dict[int, set[str]] = {}
    for at, feature in found:
        steps.setdefault(at // STEP, set()).add(feature)
    for step, own in steps.items():
        yield frozenset(own | steps.get(step + 1, set()))


@cache
def weights() -> Weights:
    """The shipped weights: lines `feature TAB weight`, the first two the base and the threshold. AssetError where they are damaged."""
    file = files("whosays.relevance").joinpath("en.tsv")
    try:
        rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
        numbers = {name: float(weight) for name, weight in rows}
        base, threshold = numbers.pop("BASE"), numbers.pop("THRESHOLD")
    except (OSError, ValueError, KeyError) as error:
        raise AssetError(f"the weights in {file} cannot be read ({error}); install whosays again") from error
    return Weights(numbers, base, threshold)
