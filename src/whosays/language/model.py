"""The reader of a pack: words in, Analysis out. One pass of the encoder for each window that is not known, then the heads.

`load(pack)` gives the same Model each time; it holds no state but a memory of words already cut into pieces, so that what it
reads never depends on what it read before. What was said of whole windows is kept in a Memory that the caller brings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import numpy as np

from whosays.language import coreference, said, weights
from whosays.language.analysis import Analysis, Range, Voice
from whosays.language.encoder import Encoder, Floats
from whosays.language.heads import Labelled
from whosays.language.lemmas import Lemmatizer
from whosays.language.memory import Memory
from whosays.language.packs import Pack
from whosays.language.pieces import Pieces
from whosays.language.said import Decoder, Said
from whosays.language.windows import Window, cut
from whosays.profile import SILENT, Profile, Step, Tally

TOGETHER = 32
"""Windows that are decoded together."""
NONE = np.zeros((0, 2), np.float32)


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
        self._decoder = Decoder(self._weights)
        self._labels = self._weights.labels
        self._coreference = {
            name: self._weights.array(packed, -1) for name, packed in self._weights.coreference.items()
        }
        self._mark = bytes.fromhex(self._weights.sha256)

    def read(
        self,
        words: Sequence[str],
        sentences: Sequence[int],
        lines: Collection[int],
        *,
        threads: int = 1,
        memory: Memory | None = None,
        profile: Profile = SILENT,
    ) -> Analysis:
        """`sentences` and `lines`: the words that begin one; the first word begins the first sentence."""
        return self.projected(words, sentences, lines, threads=threads, memory=memory, profile=profile)[0]

    def projected(
        self,
        words: Sequence[str],
        sentences: Sequence[int],
        lines: Collection[int],
        *,
        threads: int = 1,
        memory: Memory | None = None,
        profile: Profile = SILENT,
    ) -> tuple[Analysis, Floats]:
        """The same, and the projections for coreference of the words that may head a mention: its weights are learned from them."""
        found = Analysis([], [], [], [], [], [], [], [], [], [], {}, [])
        windows = cut(self._pieces.of(words), sentences, frozenset(lines)) if words else []
        begun, rows, nominals = frozenset(sentences), [b""], 0
        for window, one in zip(windows, self._said(windows, threads, memory, profile), strict=True):
            self._add(found, window, one, begun)
            rows.append(one.projected)
            nominals += len(one.nominals)
        found.lemmas[:] = map(self._lemmas.lemma, words, found.tags)
        projected = np.frombuffer(b"".join(rows), np.float32).reshape(nominals, -1) if nominals else NONE
        found.chains[:] = coreference.chains(
            words, found.upos, found.heads, found.relations, projected, self._coreference
        )
        return found, projected

    def _said(self, windows: Sequence[Window], threads: int, memory: Memory | None, profile: Profile) -> Iterator[Said]:
        """What is said of each window; what is in the memory is not asked for again."""
        waiting = iter(windows)
        while some := list(islice(waiting, TOGETHER)):
            keys = [self._mark + said.key(window) for window in some] if memory is not None else []
            known = [memory.get(key) for key in keys] if memory is not None else [None] * len(some)
            new = [window for window, one in zip(some, known, strict=True) if one is None]
            with profile.step(Step.ENCODER):
                outputs = list(self._encoder.read(new, threads=threads))
            profile.count(Tally.READ, len(new))
            profile.count(Tally.KEPT, len(some) - len(new))
            fresh = iter(self._decoder.decode(new, outputs))
            for n, one in enumerate(known):
                if one is None:
                    one = next(fresh)
                    if memory is not None:
                        memory.put(keys[n], one)
                yield one

    def _add(self, found: Analysis, window: Window, one: Said, begun: Collection[int]) -> None:
        """Add what is said of a window, its words counted in the article; `begun` are the words that begin a sentence."""
        at = window.start
        upos, tags, relations = (self._labels[name] for name in ("upos", "tag", "relation"))
        found.upos.extend([upos[n] for n in one.upos])
        found.tags.extend([tags[n] for n in one.tags])
        found.factuality.extend(np.frombuffer(one.factuality, np.float32).tolist())
        found.spans.extend(_moved(one.spans, at))
        found.mentions.extend(_moved(one.mentions, at))
        found.names.extend(_moved(one.names, at))
        found.voices.extend(
            Voice(_shifted(voice.cue, at), _all(voice.sources, at), _all(voice.contents, at)) for voice in one.voices
        )
        found.places.update({at + verb: list(_all(ranges, at)) for verb, ranges in one.places})
        found.heads.extend([at + head for head in one.heads])
        found.relations.extend([relations[n] for n in one.relations])
        for a, b in window.parts:
            if a not in begun:
                _hang(found, a, b)


def _hang(found: Analysis, a: int, b: int) -> None:
    """What follows the first stretch of a sentence cut in two hangs on that stretch's root."""
    top = next(n for n in range(a, b) if found.heads[n] == n)
    found.heads[top] = next(n for n in reversed(range(a)) if found.heads[n] == n)
    found.relations[top] = "parataxis"


def _moved(spans: Sequence[Labelled], at: int) -> Iterator[Labelled]:
    return ((start + at, end + at, label) for start, end, label in spans)


def _shifted(words: Range, at: int) -> Range:
    return words[0] + at, words[1] + at


def _all(some: Sequence[Range], at: int) -> tuple[Range, ...]:
    return tuple([_shifted(words, at) for words in some])
