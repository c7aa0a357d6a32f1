"""The metric of the CoNLL 2018 shared task (conll18_ud_eval.py) for a text that gold and reader may cut differently.

Words are aligned by their characters, white space ignored: a word is right if it stands on the same characters as a gold one, a
sentence likewise. A word's class, tag, lemma, head and relation count where the word is right; a head is right if it is the
gold head's aligned word, LAS asks for the universal relation too (subtypes cut off). Punctuation counts. The official program
aligns within multiword tokens by their words' forms; in English those words are the token's characters, so that it comes to the
same. With gold words every F1 is an accuracy.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from benchmarks.spans import Counts, Range, exact
from training.documents import Document
from whosays.language.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as words: columns have one item for each word, `heads` are word numbers, the root's is its own."""

    words: Sequence[str]
    sentences: Sequence[int]
    """Words that begin one."""
    upos: Sequence[str]
    tags: Sequence[str]
    lemmas: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]


def of_gold(document: Document) -> Parsed:
    rows = document.syntax or []
    return Parsed(
        document.words,
        document.sentences,
        [row.upos for row in rows],
        [row.tag for row in rows],
        [row.lemma for row in rows],
        [row.head for row in rows],
        [row.relation for row in rows],
    )


def of_model(document: Document, read: Analysis) -> Parsed:
    columns = (read.upos, read.tags, read.lemmas, read.heads, read.relations)
    return Parsed(document.words, document.sentences, *columns)


def score(gold: Parsed, found: Parsed) -> dict[str, Counts]:
    """Counts of one text: sentences, words, upos, tag, lemma, uas, las. ValueError where the characters are not the same."""
    wanted, given = _places(gold.words), _places(found.words)
    if "".join("".join(gold.words).split()) != "".join("".join(found.words).split()):
        raise ValueError(f"not the same text: {' '.join(gold.words[:8])!r} and {' '.join(found.words[:8])!r}")
    at = {place: n for n, place in enumerate(given)}
    pairs = {n: at[place] for n, place in enumerate(wanted) if place in at}
    attached = {n: m for n, m in pairs.items() if pairs.get(gold.heads[n]) == found.heads[m]}
    right = {
        "words": len(pairs),
        "upos": sum(gold.upos[n] == found.upos[m] for n, m in pairs.items()),
        "tag": sum(gold.tags[n] == found.tags[m] for n, m in pairs.items()),
        "lemma": sum(gold.lemmas[n].lower() == found.lemmas[m].lower() for n, m in pairs.items()),
        "uas": len(attached),
        "las": sum(_universal(gold.relations[n]) == _universal(found.relations[m]) for n, m in attached.items()),
    }
    sentences = exact(_joined(wanted, gold.sentences), _joined(given, found.sentences))
    return {"sentences": sentences} | {name: Counts(n, len(given), len(wanted)) for name, n in right.items()}


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of a treebank's documents: its sentences joined by a space, its paragraphs by a blank line."""
    name, text, paragraph = "", "", False
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                if name:
                    yield name, text
                name, text, paragraph = line[14:].strip(), "", False
            elif line.startswith(("# newpar\n", "# newpar id")):
                paragraph = True
            elif line.startswith("# text = "):
                text += ("\n\n" if paragraph else " ") * bool(text) + line[9:].strip()
                paragraph = False
    if name:
        yield name, text


def _places(words: Sequence[str]) -> list[Range]:
    """Where each word stands in the text without its white space."""
    ends = list(accumulate(len("".join(word.split())) for word in words))
    return list(zip([0, *ends], ends, strict=False))


def _joined(places: Sequence[Range], starts: Sequence[int]) -> list[Range]:
    """Where the sentences stand."""
    bounds = [*starts, len(places)]
    return [(places[a][0], places[b - 1][1]) for a, b in pairwise(bounds) if a < b]


def _universal(relation: str) -> str:
    return relation.split(":")[0]
