"""From the network's numbers to labels, trees and links. Chains are exact: the best answer under the scores; so are trees, but for a bound.

Chains.  attribution, mention and name labels depend on the label before (linear-chain CRF): Viterbi over all windows of an
article at once, with moves that BIO does not allow (`O` to `I-x`, `B-x` to `I-y`) made impossible.

Trees.  The score of word d having head h is arc[d, h]; its own score, arc[d, d], is that of being the root. Mostly the best
head of each word already makes a tree with one root. Where it does not: for a given root, Chu-Liu/Edmonds (Edmonds 1967): take the
best head of each word; if there is a cycle, contract it to one node, whose incoming edges are worth what they gain over the
cycle's edge into the same word, solve the smaller graph, and open the cycle where the chosen edge enters. Roots are tried in the
order of what a tree with them could be worth at most, until none can be worth more than the best found, or `ROOTS` were tried:
always one root, and the best tree unless all those were wrong.

Links.  Each source and content belongs to the cue whose first word it points to most strongly: of those of its own sentence,
where that has one, else of its window.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from whosays.language.analysis import Range, Voice

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Labelled = tuple[int, int, str]

NEVER = np.float32(-1e6)
LEAST = np.float32(-0.5)
"""What a word must score to stand for the place of an event; chosen on dev for F1."""


def gelu(x: Floats) -> Floats:
    """The tanh form (Hendrycks & Gimpel 2016); within 0.001 of the exact one."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), np.float32)


# --------------------------------------------------------------------------------------------------------- chains


def allowed(steps: Floats, labels: Sequence[str]) -> Floats:
    """Transitions (labels + 1, labels) with those that BIO does not allow made impossible; the last row is the start."""
    steps = steps.copy()
    for after, label in enumerate(labels):
        if label[0] == "I":
            for before in range(len(labels) + 1):
                if before == len(labels) or labels[before][1:] != label[1:]:
                    steps[before, after] = NEVER
    return steps


def viterbi(scores: Sequence[Floats], steps: Floats) -> list[Ints]:
    """The best label line for each of some windows; scores (words, labels) each, steps as `allowed` gives them."""
    if not scores:
        return []
    longest, width = max(len(s) for s in scores), steps.shape[1]
    table = np.zeros((longest, len(scores), width), np.float32)
    for n, own in enumerate(scores):
        table[: len(own), n] = own
    move = steps[:-1]
    best = steps[-1] + table[0]
    history = np.zeros((longest, len(scores), width), np.int64)
    bests = [best]
    for n in range(1, longest):
        paths = best[:, :, None] + move
        history[n] = paths.argmax(axis=1)
        best = paths.max(axis=1) + table[n]
        bests.append(best)
    return [_back(history[:, n], bests[len(own) - 1][n], len(own)) for n, own in enumerate(scores)]


def _back(history: Ints, last: Floats, length: int) -> Ints:
    line = np.zeros(length, np.int64)
    line[-1] = last.argmax()
    for n in range(length - 1, 0, -1):
        line[n - 1] = history[n, line[n]]
    return line


def spans(line: Sequence[str], offset: int = 0) -> list[Labelled]:
    """Spans of a BIO line, moved by an offset.

    >>> spans(["O", "B-source", "I-source", "B-cue"], 10)
    [(11, 13, 'source'), (13, 14, 'cue')]
    """
    found: list[Labelled] = []
    for n, label in enumerate(line, offset):
        if label[0] == "B":
            found.append((n, n + 1, label[2:]))
        elif label[0] == "I" and found:
            found[-1] = (found[-1][0], n + 1, label[2:])
    return found


# ---------------------------------------------------------------------------------------------------------- trees


ROOTS = 8
"""Roots tried at most: text that is no language (`said said said …`) would otherwise try them all."""


def tree(arc: Floats) -> list[int]:
    """Heads of the words of one sentence; arc (n, n), row = word, column = head, diagonal = root. The root heads itself."""
    heads: list[int] = arc.argmax(axis=1).tolist()
    if sum(head == d for d, head in enumerate(heads)) == 1 and not _cycle(heads):
        return heads
    roots = np.diag(arc).astype(np.float64)
    scores = arc.astype(np.float64)
    np.fill_diagonal(scores, -np.inf)
    likely = scores.max(axis=1)
    bounds = roots + likely.sum() - likely  # no tree with this root is worth more
    most = -np.inf
    for root in np.argsort(-bounds, kind="stable").tolist()[:ROOTS]:
        if bounds[root] <= most:
            break
        found = _arborescence(scores, root)
        worth = roots[root] + sum(scores[d, head] for d, head in enumerate(found) if d != root)
        if worth > most:
            most, heads = worth, found
    return heads


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of a cycle of two or more; empty where there is none. A word that heads itself ends its path."""
    state = [0] * len(heads)
    for begin in range(len(heads)):
        path, n = [], begin
        while state[n] == 0:
            state[n] = 1
            path.append(n)
            if heads[n] == n:
                break
            n = heads[n]
        if state[n] == 1 and heads[n] != n and n in path:
            return path[path.index(n) :]
        for done in path:
            state[done] = 2
    return []


def _arborescence(scores: NDArray[np.float64], root: int) -> list[int]:
    """Heads of the best arborescence; scores[d, h], the root's own row is ignored."""
    heads = [n if n == root else int(scores[n].argmax()) for n in range(len(scores))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    ring = np.array(cycle)
    inside = np.zeros(len(scores), bool)
    inside[ring] = True
    outside = np.flatnonzero(~inside)
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, ring)]
    small[:size, size] = leaving.max(axis=1)
    own = np.array([scores[n, heads[n]] for n in cycle])
    gains = scores[np.ix_(ring, outside)] - own[:, None]
    small[size, :size] = gains.max(axis=0)
    solved = _arborescence(small, int(np.flatnonzero(outside == root)[0]))
    for at, n in enumerate(outside):
        if n != root:
            heads[n] = cycle[int(leaving[at].argmax())] if solved[at] == size else int(outside[solved[at]])
    entered = int(gains[:, solved[size]].argmax())
    heads[cycle[entered]] = int(outside[solved[size]])
    return heads


# ---------------------------------------------------------------------------------------------------------- links


def voices(found: Sequence[Labelled], link: Floats, parts: Sequence[Range]) -> list[Voice]:
    """Attributions of one window: spans in words of the article, `link` (words of the window, 2 × projection), `parts` the
    window's sentences."""
    offset = parts[0][0]
    cues = [(a, b) for a, b, role in found if role == "cue"]
    rest = [(a, b, role) for a, b, role in found if role != "cue"]
    if not cues:
        return []
    asked, anchor = np.split(link, 2, axis=1)
    chosen: list[int] = []
    if rest:
        scores = asked[[a - offset for a, _, _ in rest]] @ anchor[[a - offset for a, _ in cues]].T
        sentences = [b for _, b in parts]
        own = np.array([bisect_right(sentences, a) for a, _, _ in rest])
        theirs = np.array([bisect_right(sentences, a) for a, _ in cues])
        same = own[:, None] == theirs
        scores = np.where(same | ~same.any(axis=1, keepdims=True), scores, NEVER)
        chosen = [int(n) for n in scores.argmax(axis=1)]

    def of(role: str, cue: int) -> tuple[Range, ...]:
        return tuple((a, b) for (a, b, kind), n in zip(rest, chosen, strict=True) if kind == role and n == cue)

    return [Voice(cue, of("source", n), of("content", n)) for n, cue in enumerate(cues)]


def event_places(verbs: Sequence[int], event: Floats) -> dict[int, list[Range]]:
    """For verbs (word numbers of a sentence) the phrases where they happened; event (words, 3 × projection)."""
    if not verbs:
        return {}
    asked, begin, inside = np.split(event, 3, axis=1)
    asked = asked[list(verbs)] / np.float32(asked.shape[1] ** 0.5)
    scores = np.stack([np.full((len(verbs), len(event)), LEAST), asked @ begin.T, asked @ inside.T], axis=-1)
    found: dict[int, list[Range]] = {}
    for verb, line in zip(verbs, scores.argmax(axis=-1).tolist(), strict=True):
        ranges: list[Range] = []
        for n, mark in enumerate(line):
            if mark == 1 or (mark == 2 and not (ranges and ranges[-1][1] == n)):
                ranges.append((n, n + 1))
            elif mark == 2:
                ranges[-1] = (ranges[-1][0], n + 1)
        if ranges:
            found[verb] = ranges
    return found
