"""Documents cut into windows, as at run time, with the labels of every head.

A window is a run of sentences of at most `LIMIT` pieces: `[CLS] line [SEP] line [SEP]`. Half are cut short on purpose (single
sentences, small groups), so that the model reads a lone headline as well as a page.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from training.documents import Document, Spans
from training.prepare import Labels
from training.scripts import script
from whosays.language.pieces import Pieces
from whosays.language.windows import LIMIT, group, layout

NONE = -100
"""A label that is not there."""


@dataclass
class Window:
    """Some sentences of a document; label numbers per word, word numbers counted from the window's first word."""

    pieces: list[int]
    cases: list[int]
    first: list[int]
    sentence: list[int]
    """For each word, the number of its sentence."""
    labels: dict[str, list[int]] = field(default_factory=dict)
    """Per head one label for each word."""
    links: list[tuple[int, int]] = field(default_factory=list)
    events: list[tuple[int, list[int]]] = field(default_factory=list)
    """(verb, one of O B I for each word)"""
    factuality: list[tuple[int, float]] = field(default_factory=list)
    chains: list[tuple[int, int]] | None = None
    """(word, number of its chain or -1) of the words that could head a mention."""


class Cutter:
    """Cuts documents by a vocabulary and label inventories."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces = pieces
        self.numbers = {
            name: {label: n for n, label in enumerate(getattr(labels, name))} for name in labels.__struct_fields__
        }

    def cut(self, document: Document, draw: random.Random) -> Iterator[Window]:
        """Windows of a document: every sentence alone, small groups, or as many as a window holds."""
        read = self.pieces.of(document.words)
        limit = draw.choice((0, draw.randint(48, 128), LIMIT, LIMIT))
        for parts in group(read, document.sentences, limit=limit):
            shape = layout(read, parts, frozenset(document.lines))
            sentence = [number for number, (a, b) in enumerate(parts) for _ in range(a, b)]
            window = Window(shape.pieces, shape.cases, shape.first, sentence)
            self._label(window, document, shape.start, shape.end)
            yield window

    def _label(self, window: Window, document: Document, start: int, end: int) -> None:
        for name, spans in (("mention", document.mentions), ("name", document.names)):
            if spans is not None:
                window.labels[name] = self._bio(name, spans, start, end)
        if document.attributions is not None:
            flat = [span for spans in document.attributions for span in spans]
            window.labels["attribution"] = self._bio("attribution", flat, start, end)
            for spans in document.attributions:
                window.links += _links(spans, start, end)
        if document.syntax is not None:
            self._syntax(window, document, start, end)
        for verb, places in document.events or ():
            if start <= verb < end:
                marks = [0] * (end - start)
                for a, b in places:
                    for n in range(max(a, start), min(b, end)):
                        marks[n - start] = 1 if n == a else 2
                window.events.append((verb - start, marks))
        window.factuality = [(n - start, value) for n, value in document.factuality or () if start <= n < end]
        if document.chains is not None:
            chain = {n: k for k, words in enumerate(document.chains) for n in words if start <= n < end}
            heads = {n for n in range(start, end) if heads_mention(document, n)}
            window.chains = [(n - start, chain.get(n, -1)) for n in sorted(heads | set(chain))]

    def _bio(self, name: str, spans: Spans, start: int, end: int) -> list[int]:
        labels = [0] * (end - start)
        for a, b, kind in spans:
            for n in range(max(a, start), min(b, end)):
                labels[n - start] = self.numbers[name][f"{'B' if n == max(a, start) else 'I'}-{kind}"]
        return labels

    def _syntax(self, window: Window, document: Document, start: int, end: int) -> None:
        assert document.syntax is not None
        rows = document.syntax[start:end]
        words = document.words[start:end]
        numbers = self.numbers
        window.labels["upos"] = [numbers["upos"].get(r.upos, NONE) for r in rows]
        window.labels["tag"] = [numbers["tag"].get(r.tag, NONE) for r in rows]
        window.labels["lemma"] = [
            numbers["lemma"].get(script(w, r.lemma), NONE) for w, r in zip(words, rows, strict=True)
        ]
        window.labels["relation"] = [numbers["relation"].get(r.relation, NONE) for r in rows]
        window.labels["arc"] = [r.head - start if start <= r.head < end else NONE for r in rows]


def heads_mention(document: Document, n: int) -> bool:
    """Could this word head a mention: a noun, name or pronoun that is not part of a larger name or compound?"""
    assert document.syntax is not None
    one = document.syntax[n]
    return one.upos in ("NOUN", "PROPN", "PRON") and one.relation.split(":")[0] not in (
        "compound",
        "flat",
        "fixed",
        "goeswith",
    )


def _links(attribution: Spans, start: int, end: int) -> list[tuple[int, int]]:
    """The first word of each span in the window → the anchor: the cue's first word, else that of the first span."""
    inside = [(max(a, start), role) for a, b, role in attribution if a < end and b > start]
    cue = next((a for a, role in inside if role == "cue"), None)
    if cue is None or len(inside) < 2:
        return []
    return [(a - start, cue - start) for a, _ in inside]
