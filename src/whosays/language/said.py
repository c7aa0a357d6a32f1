"""What the network says of one window: labels, trees, spans and links, decoded, in words counted from the window's first.

Comes in: windows and the encoder's outputs for them. Goes out: a `Said` each, which is the same wherever the window stands: it is a
function of `key(window)` alone, and so can be kept (memory.py). Labels are numbers of one byte: a window has fewer than 256 words.
Does not: place them in an article, or join what was cut in two; model.py does.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whosays.language import coreference, heads
from whosays.language.analysis import Range, Voice
from whosays.language.encoder import Floats, Output
from whosays.language.heads import Labelled
from whosays.language.weights import Weights
from whosays.language.windows import Window

Places = tuple[tuple[int, tuple[Range, ...]], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One byte for each word where nothing else is said."""

    upos: bytes
    tags: bytes
    heads: bytes
    """Word number of the head; that of each part's root is its own."""
    relations: bytes
    factuality: bytes
    """Four bytes for each word."""
    spans: tuple[Labelled, ...]
    voices: tuple[Voice, ...]
    mentions: tuple[Labelled, ...]
    names: tuple[Labelled, ...]
    places: Places
    """Verbs, and the phrases that say where each happened."""
    nominals: bytes
    """Words that may head a mention …"""
    projected: bytes
    """… and their projections for coreference, four bytes a number."""

    def size(self) -> int:
        """About how many bytes of memory it takes."""
        words = len(self.upos)
        tuples = len(self.spans) + len(self.mentions) + len(self.names) + 4 * len(self.voices) + 3 * len(self.places)
        return 1_000 + 8 * words + len(self.projected) + 72 * tuples


def key(window: Window) -> bytes:
    """All on which what is said of a window depends, so written that two windows have the same key only if they are the same: the
    number of pieces, the pieces, their cases, where words begin, where sentences end. The last byte is the number of words."""
    start = window.start
    return b"".join(
        (
            len(window.pieces).to_bytes(2, "little"),
            array("H", window.pieces).tobytes(),
            bytes(window.cases),
            bytes(window.first),
            bytes(end - start for _, end in window.parts),
        )
    )


class Decoder:
    """The tables that a pack's outputs are read with."""

    def __init__(self, weights: Weights) -> None:
        self.labels = weights.labels
        self._steps = {
            name: heads.allowed(weights.array(packed, -1, len(self.labels[name])), self.labels[name])
            for name, packed in weights.steps.items()
        }
        weight = weights.array(weights.relation_weight, len(self.labels["relation"]), -1)
        self._relation = weight.T, weights.array(weights.relation_bias, -1)
        self._root = self.labels["relation"].index("root")
        self._verb = self.labels["upos"].index("VERB")
        self._nominal = frozenset(self.labels["upos"].index(kind) for kind in coreference.HEADING)
        self._within = frozenset(
            n for n, name in enumerate(self.labels["relation"]) if name.split(":")[0] in coreference.PARTS
        )

    def decode(self, windows: Sequence[Window], outputs: Sequence[Output]) -> list[Said]:
        """What is said of each of some windows; the chains of all are found together, which changes none."""
        chains = {
            head: self._chains(head, [getattr(output, head) for output in outputs])
            for head in ("attribution", "mention", "name")
        }
        return [
            self._one(window, output, *(chains[head][n] for head in ("attribution", "mention", "name")))
            for n, (window, output) in enumerate(zip(windows, outputs, strict=True))
        ]

    def _chains(self, head: str, scores: Sequence[Floats]) -> list[tuple[Labelled, ...]]:
        labels = self.labels[head]
        return [tuple(heads.spans([labels[n] for n in line])) for line in heads.viterbi(scores, self._steps[head])]

    def _one(
        self,
        window: Window,
        output: Output,
        spans: tuple[Labelled, ...],
        mentions: tuple[Labelled, ...],
        names: tuple[Labelled, ...],
    ) -> Said:
        parts = [(a - window.start, b - window.start) for a, b in window.parts]
        upos = output.upos.tolist()
        above = [a + head for a, b in parts for head in heads.tree(output.arc[a:b, a:b])]
        relations = self._relations(above, output.relation_in)
        nominal = [
            n
            for n, (kind, relation) in enumerate(zip(upos, relations, strict=True))
            if kind in self._nominal and relation not in self._within
        ]
        return Said(
            upos=bytes(upos),
            tags=bytes(output.tag.tolist()),
            heads=bytes(above),
            relations=bytes(relations),
            factuality=output.factuality.tobytes(),
            spans=spans,
            voices=tuple(heads.voices(spans, output.link, parts)),
            mentions=mentions,
            names=names,
            places=tuple(self._places(parts, upos, output.event)),
            nominals=bytes(nominal),
            projected=output.coreference[nominal].tobytes(),
        )

    def _relations(self, above: Sequence[int], projected: Floats) -> list[int]:
        dependent, head = np.split(projected, 2, axis=1)
        weight, bias = self._relation
        scores = heads.gelu(dependent + head[above]) @ weight + bias
        scores[:, self._root] = heads.NEVER
        best: list[int] = scores.argmax(axis=1).tolist()
        return [
            self._root if n == head else relation for n, (head, relation) in enumerate(zip(above, best, strict=True))
        ]

    def _places(
        self, parts: Sequence[Range], upos: Sequence[int], event: Floats
    ) -> list[tuple[int, tuple[Range, ...]]]:
        found = []
        for a, b in parts:
            verbs = [n for n, kind in enumerate(upos[a:b]) if kind == self._verb]
            for verb, ranges in heads.event_places(verbs, event[a:b]).items():
                found.append((a + verb, tuple((a + begin, a + stop) for begin, stop in ranges)))
        return found
