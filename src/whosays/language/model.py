"""The reader of a pack: words in, Analysis out. One pass of the encoder, then the heads.

`load(pack)` gives the same Model each time; it holds no state but a memory of words already cut into pieces, so that what it
reads never depends on what it read before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from whosays.language import coreference, heads, weights
from whosays.language.analysis import Analysis, Range
from whosays.language.encoder import Encoder, Floats, Output
from whosays.language.lemmas import Lemmatizer
from whosays.language.packs import Pack
from whosays.language.pieces import Pieces
from whosays.language.windows import Window, cut


def load(pack: Pack) -> Model:
    """The model of a pack, loaded once in a process. AssetError where its files are damaged."""
    key = (pack.name, str(pack.weights))
    if key not in _LOADED:
        _LOADED[key] = Model(pack)
    return _LOADED[key]


_LOADED: dict[tuple[str, str], Model] = {}


class Model:
    """One pack's weights, ready to read."""

    def __init__(self, pack: Pack) -> None:
        self._weights, graph = weights.load(pack.weights)
        self._lemmas = Lemmatizer(self._weights.lemmas | pack.verbs, {*self._weights.verbs, *pack.verbs.values()})
        self._encoder = Encoder(graph)
        self._pieces = Pieces(self._weights.vocabulary)
        self._labels = self._weights.labels
        self._steps = {
            name: heads.allowed(self._weights.array(packed, -1, len(self._labels[name])), self._labels[name])
            for name, packed in self._weights.steps.items()
        }
        weight = self._weights.array(self._weights.relation_weight, len(self._labels["relation"]), -1)
        self._relation = weight.T, self._weights.array(self._weights.relation_bias, -1)
        self._coreference = {
            name: self._weights.array(packed, -1) for name, packed in self._weights.coreference.items()
        }
        self._root = self._labels["relation"].index("root")

    def read(
        self, words: Sequence[str], sentences: Sequence[int], lines: Collection[int], *, threads: int = 1
    ) -> Analysis:
        """`sentences` and `lines`: the words that begin one; the first word begins the first sentence."""
        return self.projected(words, sentences, lines, threads=threads)[0]

    def projected(
        self, words: Sequence[str], sentences: Sequence[int], lines: Collection[int], *, threads: int = 1
    ) -> tuple[Analysis, Floats]:
        """The same, and each word's projections for coreference, from which its weights are learned."""
        found = Analysis([], [], [], [], [], [], [], [], [], [], {}, [])
        if not words:
            return found, np.zeros((0, 2), np.float32)
        windows = cut(self._pieces.of(words), sentences, frozenset(lines))
        outputs = self._encoder.read(windows, threads=threads)
        begun, rows = frozenset(sentences), []
        for window, output in zip(windows, outputs, strict=True):
            self._decode(found, window, output, begun)
            rows.append(output.coreference)
        found.lemmas[:] = map(self._lemmas.lemma, words, found.tags)
        projected = np.concatenate(rows)
        found.chains[:] = coreference.chains(
            words, found.upos, found.heads, found.relations, projected, self._coreference
        )
        return found, projected

    def _decode(self, found: Analysis, window: Window, output: Output, begun: Collection[int]) -> None:
        """Add what a window says; `begun` are the words that begin a sentence."""
        upos = [self._labels["upos"][n] for n in output.upos.tolist()]
        spans = self._spans("attribution", window, output)
        found.upos.extend(upos)
        found.tags.extend(self._labels["tag"][n] for n in output.tag.tolist())
        found.factuality.extend(output.factuality.tolist())
        found.spans.extend(spans)
        found.voices.extend(heads.voices(spans, output.link, window.parts))
        found.mentions.extend(self._spans("mention", window, output))
        found.names.extend(self._spans("name", window, output))
        found.places.update(_places(window, output, upos))
        self._syntax(found, window, output, begun)

    def _spans(self, head: str, window: Window, output: Output) -> list[heads.Labelled]:
        labels = self._labels[head]
        line = heads.viterbi(getattr(output, head), self._steps[head])
        return heads.spans([labels[n] for n in line], window.start)

    def _syntax(self, found: Analysis, window: Window, output: Output, begun: Collection[int]) -> None:
        """Heads and relations. What follows the first stretch of a sentence cut in two hangs on that stretch's root."""
        hung = set()
        for a, b in window.parts:
            rows = slice(a - window.start, b - window.start)
            own = [a + head for head in heads.tree(output.arc[rows, rows])]
            if a not in begun:
                top = next(n for n, head in enumerate(own, a) if head == n)
                own[top - a] = next(n for n in reversed(range(a)) if found.heads[n] == n)
                hung.add(top)
            found.heads.extend(own)
        above = np.maximum(np.array(found.heads[window.start :]) - window.start, 0)
        dependent, head = np.split(output.relation_in, 2, axis=1)
        weight, bias = self._relation
        scores = heads.gelu(dependent + head[above]) @ weight + bias
        scores[:, self._root] = heads.NEVER
        for n, best in enumerate(scores.argmax(axis=1).tolist(), window.start):
            name = "root" if found.heads[n] == n else "parataxis" if n in hung else self._labels["relation"][best]
            found.relations.append(name)


def _places(window: Window, output: Output, upos: Sequence[str]) -> dict[int, list[Range]]:
    found: dict[int, list[Range]] = {}
    for a, b in window.parts:
        start, end = a - window.start, b - window.start
        verbs = [n for n, kind in enumerate(upos[start:end]) if kind == "VERB"]
        for verb, ranges in heads.event_places(verbs, output.event[start:end]).items():
            found[a + verb] = [(a + begin, a + stop) for begin, stop in ranges]
    return found
