"""The reader of a pack: words in, Analysis out. One pass of the encoder, then the heads.

`load(pack)` gives the same Model each time; it holds no state but a memory of words already cut into pieces, so that what it
reads never depends on what it read before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from whosays.language import coreference, heads, weights
from whosays.language.analysis import Analysis, Range, Voice
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
        self._lemmas = Lemmatizer(
            self._weights.lemmas | pack.irregular, {*self._weights.verbs, *pack.irregular.values()}
        )
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
        if not words:
            return Analysis([], [], [], [], [], [], [], [], [], [], {}, []), np.zeros((0, 2), np.float32)
        lines = frozenset(lines)
        windows = cut(self._pieces.of(words), sentences, lines)
        outputs = self._encoder.read(windows, threads=threads)
        tree, relations = self._syntax(windows, outputs, set(sentences))
        upos = self._named("upos", outputs)
        tags = self._named("tag", outputs)
        attribution = self._spans("attribution", windows, outputs)
        projected = np.concatenate([output.coreference for output in outputs])
        analysis = Analysis(
            upos=upos,
            tags=tags,
            lemmas=[self._lemmas.lemma(word, tag) for word, tag in zip(words, tags, strict=True)],
            heads=tree,
            relations=relations,
            factuality=np.concatenate([o.factuality for o in outputs]).tolist(),
            spans=[span for window in attribution for span in window],
            voices=_voices(windows, outputs, attribution),
            mentions=[span for window in self._spans("mention", windows, outputs) for span in window],
            names=[span for window in self._spans("name", windows, outputs) for span in window],
            places=_places(windows, outputs, upos),
            chains=coreference.chains(words, upos, tree, relations, projected, self._coreference),
        )
        return analysis, projected

    def _named(self, head: str, outputs: Sequence[Output]) -> list[str]:
        labels = self._labels[head]
        return [labels[n] for output in outputs for n in getattr(output, head).tolist()]

    def _spans(self, head: str, windows: Sequence[Window], outputs: Sequence[Output]) -> list[list[heads.Labelled]]:
        labels = self._labels[head]
        lines = heads.viterbi([getattr(output, head) for output in outputs], self._steps[head])
        return [
            heads.spans([labels[n] for n in line.tolist()], window.start)
            for window, line in zip(windows, lines, strict=True)
        ]

    def _syntax(
        self, windows: Sequence[Window], outputs: Sequence[Output], sentences: Collection[int]
    ) -> tuple[list[int], list[str]]:
        """Heads and relations. What follows the first stretch of a sentence cut in two hangs on that stretch's root."""
        tree: list[int] = []
        hung: list[int] = []
        root = 0
        for window, output in zip(windows, outputs, strict=True):
            for a, b in window.parts:
                own = slice(a - window.start, b - window.start)
                found = [a + head for head in heads.tree(output.arc[own, own])]
                top = next(n for n, head in enumerate(found, a) if head == n)
                if a in sentences:
                    root = top
                else:
                    found[top - a] = root
                    hung.append(top)
                tree += found
        projected = np.concatenate([output.relation_in for output in outputs])
        dependent, head = np.split(projected, 2, axis=1)
        weight, bias = self._relation
        scores = heads.gelu(dependent + head[tree]) @ weight + bias
        roots = np.array([n == h for n, h in enumerate(tree)])
        scores[~roots, self._root] = heads.NEVER
        best = scores.argmax(axis=1)
        best[roots] = self._root
        names = [self._labels["relation"][n] for n in best.tolist()]
        for n in hung:
            names[n] = "parataxis"
        return tree, names


def _voices(
    windows: Sequence[Window], outputs: Sequence[Output], found: Sequence[Sequence[heads.Labelled]]
) -> list[Voice]:
    return [
        voice
        for window, output, spans in zip(windows, outputs, found, strict=True)
        for voice in heads.voices(spans, output.link, window.parts)
    ]


def _places(windows: Sequence[Window], outputs: Sequence[Output], upos: Sequence[str]) -> dict[int, list[Range]]:
    found: dict[int, list[Range]] = {}
    for window, output in zip(windows, outputs, strict=True):
        for a, b in window.parts:
            verbs = [n - a for n in range(a, b) if upos[n] == "VERB"]
            rows = output.event[a - window.start : b - window.start]
            for verb, ranges in heads.event_places(verbs, rows).items():
                found[a + verb] = [(a + start, a + end) for start, end in ranges]
    return found
