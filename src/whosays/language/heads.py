"""From the network's numbers to labels, trees and links. Chains and trees are exact: the best answer under the scores.

Chains.  attribution, mention and name labels depend on the label before (linear-chain CRF): Viterbi, with
moves that BIO does not allow (`O` to `I-x`, `B-x` to `I-y`) made impossible.

Trees.  The score of word d having head h is arc[d, h]; its own score, arc[d, d], is that of being the root. Mostly the best
head of each word already makes a tree with one root. Where it does not: Chu-Liu/Edmonds (Edmonds 1967) from one more node, the
head of the root. Take the best head of each word; contract a cycle to one node, whose incoming edges are worth what they gain over
the cycle's edge into the same word; go on with the smaller graph; open each cycle where the chosen edge enters. That only one
word hangs on the added node is had by making its edges worth less than all the others can make up for (Stanojević and Cohen 2021).

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


def viterbi(scores: Sequence[Floats], steps: Floats) -> list[list[int]]:
    """The best label line of each of some windows; scores (words, labels) each, steps as `allowed` gives them.

    All windows go word by word together, the longest first, so that those still open stand side by side. Each is added up in the same
    order as alone: its line is the same in any company.
    """
    order = sorted(range(len(scores)), key=lambda n: -len(scores[n]))
    lengths = [len(scores[n]) for n in order]
    if not lengths or not lengths[0]:
        return [[] for _ in scores]
    own = np.zeros((lengths[0], steps.shape[1], len(order)), np.float32)
    for column, n in enumerate(order):
        own[: lengths[column], :, column] = scores[n]
    open_ = [sum(length > word for length in lengths) for word in range(lengths[0])]
    move = steps[:-1, :, None]
    bests = [steps[-1][:, None] + own[0]]
    for word in range(1, lengths[0]):
        still = open_[word]
        bests.append((bests[-1][:, None, :still] + move).max(axis=0) + own[word, :, :still])
    lines = np.zeros((lengths[0], len(order)), np.int64)
    for word in reversed(range(lengths[0])):
        goes_on = open_[word + 1] if word + 1 < lengths[0] else 0
        lines[word, goes_on : open_[word]] = bests[word][:, goes_on:].argmax(axis=0)
        if goes_on:
            lines[word, :goes_on] = (bests[word][:, :goes_on] + steps[:-1, lines[word + 1, :goes_on]]).argmax(axis=0)
    found: list[list[int]] = [[]] * len(scores)
    for column, n in enumerate(order):
        found[n] = lines[: lengths[column], column].tolist()
    return found


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


def tree(arc: Floats) -> list[int]:
    """Heads of the words of one sentence; arc (n, n), row = word, column = head, diagonal = root. The root heads itself."""
    heads: list[int] = arc.argmax(axis=1).tolist()
    if _a_tree(heads):
        return heads
    size = len(arc)
    scores = np.full((size + 1, size + 1), -np.inf)
    scores[:size, :size] = arc
    scores[:size, size] = np.diag(arc) - (size + 1) * (float(np.ptp(arc)) + 1)
    np.fill_diagonal(scores, -np.inf)
    found = _arborescence(scores, size)[:size]
    return [d if head == size else head for d, head in enumerate(found)]


def _a_tree(heads: Sequence[int]) -> bool:
    """Does one word head itself, and all others hang on it?"""
    depth = list(heads)
    for _ in range(len(heads).bit_length()):  # twice as far up each time
        depth = [depth[head] for head in depth]
    return sum(head == d for d, head in enumerate(heads)) == 1 and len(set(depth)) == 1


def _arborescence(scores: NDArray[np.float64], root: int) -> list[int]:
    """Heads of the best arborescence; scores[d, h] with -inf on the diagonal, the root's own row is ignored.

    From each word its best head is followed, then that one's, until a word that is done. Whoever is met twice closes a cycle, which
    becomes a new node; the scores of a node have one item for each of the original heads.
    """
    size = len(scores)
    rows, heads = list(scores), [root] * size
    within, cycles, through = [[n] for n in range(size)], [], []
    whole, done = list(range(size)), {root}
    for begin in range(size):
        path: list[int] = []
        node = whole[begin]
        while node not in done:
            if node in path:
                cycle, path = path[path.index(node) :], path[: path.index(node)]
                words = [word for n in cycle for word in within[n]]
                gains = np.array([rows[n] - rows[n][heads[n]] for n in cycle])
                gains[:, words] = -np.inf
                node = len(rows)
                rows.append(gains.max(axis=0))
                through.append(gains.argmax(axis=0))
                cycles.append(cycle)
                within.append(words)
                heads.append(root)
                for word in words:
                    whole[word] = node
            heads[node] = int(rows[node].argmax())
            path.append(node)
            node = whole[heads[node]]
        done.update(path)
    for n in reversed(range(size, len(rows))):
        entered = cycles[n - size][through[n - size][heads[n]]]
        heads[entered] = heads[n]
    return heads[:size]


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
    marks = scores.argmax(axis=-1)
    for row, n in zip(*map(np.ndarray.tolist, marks.nonzero()), strict=True):
        ranges = found.setdefault(verbs[row], [])
        if marks[row, n] == 1 or not (ranges and ranges[-1][1] == n):
            ranges.append((n, n + 1))
        else:
            ranges[-1] = (ranges[-1][0], n + 1)
    return found
