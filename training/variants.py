"""Sentences as news sets them: cut short and capitalised as headlines are, quotation marks straight or curly.

Treebanks have few headlines; without these copies a reader takes `Rebels Seize Town` for a name.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from training.documents import Document, Syntax

STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def straightened(document: Document) -> Document:
    """The same with straight quotation marks and apostrophes."""
    words = [word.translate(STRAIGHT) for word in document.words]
    return Document(**{**{f: getattr(document, f) for f in document.__struct_fields__}, "words": words})


def curled(document: Document) -> Document:
    """The same with curly quotation marks and apostrophes; every second mark closes."""
    words, opened = [], False
    for word in document.words:
        if word == '"':
            word, opened = ("”" if opened else "“"), not opened
        words.append(word.replace("'", "’"))
    return Document(**{**{f: getattr(document, f) for f in document.__struct_fields__}, "words": words})


def headlines(document: Document, draw: random.Random, *, share: float) -> list[Document]:
    """Copies of some of the sentences of a parsed document, as a headline writer would set them."""
    assert document.syntax is not None
    bounds = [*document.sentences, len(document.words)]
    found = []
    for a, b in pairwise(bounds):
        if draw.random() < share and 3 <= b - a <= 30:
            kept = _kept(document.words[a:b], [_moved(s, -a) for s in document.syntax[a:b]])
            if len(kept) >= 2:
                found.append(_set(document, a, kept, draw))
    return found


def _kept(words: Sequence[str], syntax: Sequence[Syntax]) -> list[int]:
    """Without leaf determiners, auxiliaries and the full stop at the end."""
    parents = {s.head for n, s in enumerate(syntax) if s.head != n}
    droppable = {"det", "aux", "aux:pass", "cop"}
    return [
        n
        for n, (word, s) in enumerate(zip(words, syntax, strict=True))
        if n in parents or not (s.relation in droppable or (n == len(words) - 1 and word in ".!"))
    ]


def _set(document: Document, start: int, kept: list[int], draw: random.Random) -> Document:
    assert document.syntax is not None
    new = {old: n for n, old in enumerate(kept)}
    words = [document.words[start + n] for n in kept]
    syntax = [_moved(document.syntax[start + n], -start) for n in kept]
    syntax = [Syntax(s.upos, s.tag, s.lemma, new.get(s.head, n), s.relation) for n, s in enumerate(syntax)]
    style = draw.random()
    if style < 0.5:
        words = [
            w if s.upos in ("ADP", "CCONJ", "PART", "DET") and n else w[:1].upper() + w[1:]
            for n, (w, s) in enumerate(zip(words, syntax, strict=True))
        ]
    elif style < 0.6:
        words = [word.upper() for word in words]
    names = []
    for a, b, kind in document.names or ():
        inside = [new[n] for n in range(a - start, b - start) if n in new]
        if inside and a >= start:
            names.append((inside[0], inside[-1] + 1, kind))
    named = None if document.names is None else names
    return Document(document.corpus, f"{document.name}/headline", words, [0], [0], names=named, syntax=syntax)


def _moved(s: Syntax, by: int) -> Syntax:
    return Syntax(s.upos, s.tag, s.lemma, s.head + by, s.relation)
