"""Copies made by a program from real texts, so that who copied what is known: a fixed grid, a fixed seed, nothing chosen by looking.

    plant(texts, leads, vocabulary) -> copies, one in five of CELLS for each text

What a copier does to a story: he takes it whole, its first 40, 50 … 90 %, or its paragraphs in another order; 40 % of it in a row
within another, longer story; two stories one after the other; or he gives it a lead that is not its own (`leads`: texts that stand
aside and are copied by nobody else). Crossed with: none, 5, 10 … 30 % of the words that he copies are exchanged for words that the
corpus has about as often. Whole and unchanged is no cell. Cells in which one thing only is done are `plain`.
The texts are read from the shared data and written nowhere.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SEED = 6
TRIMS = (40, 50, 60, 70, 80, 90)
CHANGES = (0, 5, 10, 15, 20, 25, 30)
QUOTED, LEAD = 0.4, 0.2
ALIKE = 40
"""A word is exchanged for one of so many before and after it in the list of words by how often they occur."""

EDITS = ("whole", *(f"trim {n}" for n in TRIMS), "reorder", "quoted 40", "two merged", "new lead")
CELLS = tuple((edit, change) for edit in EDITS for change in CHANGES)[1:]
EVERY = 5
"""Each text is copied in every fifth cell, the next text in those after: so each cell has texts, and the run ends."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy. `sources`: ids of the texts it is made of, the one that gave most words first."""

    id: str
    cell: tuple[str, int]
    text: str
    sources: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Is it changed in one way only?"""
        return self.cell[0] == "whole" or self.cell[1] == 0


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of a corpus, most frequent first."""
    counts = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text))
    return tuple(word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def plant(texts: Mapping[str, str], leads: Sequence[str], words: Sequence[str]) -> tuple[Planted, ...]:
    """Copies of each text. Texts and leads must be no copies of each other; each has a lead of its own."""
    draw = random.Random(SEED)
    ranks = {word: n for n, word in enumerate(words)}
    ids = sorted(texts)
    return tuple(
        _planted(cell, own, draw.choice([one for one in ids if one != own]), texts, lead, (words, ranks), draw)
        for n, (own, lead) in enumerate(zip(ids, leads, strict=True))
        for cell in CELLS[n % EVERY :: EVERY]
    )


def _planted(
    cell: tuple[str, int],
    own: str,
    other: str,
    texts: Mapping[str, str],
    lead: str,
    vocabulary: tuple[Sequence[str], Mapping[str, int]],
    draw: random.Random,
) -> Planted:
    (kind, _, percent), change = cell[0].partition(" "), cell[1] / 100
    text, sources = changed(texts[own], change, *vocabulary, draw), (own,)
    if kind == "trim":
        text = first(text, int(percent) / 100)
    elif kind == "reorder":
        text = reordered(text, draw)
    elif kind == "quoted":
        longer = [one for one in sorted(texts) if one != own and size(texts[one]) >= size(text)]
        other = draw.choice(longer) if longer else other
        text, sources = within(text, texts[other], draw), (other, own)
    elif kind == "two":
        sources = (own, other) if size(text) >= size(texts[other]) else (other, own)
        text = f"{text}\n{changed(texts[other], change, *vocabulary, draw)}"
    elif kind == "new":
        cut = round(size(text) * LEAD)
        text = f"{opening(lead, cut)}\n{after(text, cut)}"
    return Planted(f"{own}/{cell[0]}/{cell[1]}", cell, text, sources)


def size(text: str) -> int:
    return len(text.split())


def sentences(text: str) -> list[str]:
    """Paragraphs, and sentences by their full stops; each with what follows it."""
    return re.findall(r".+?(?:[.!?][\"”']?\s+|\n+|$)", text, re.DOTALL)


def opening(text: str, words: int) -> str:
    """Whole sentences from the beginning until there are so many words, at least one."""
    kept = ""
    for sentence in sentences(text):
        kept += sentence
        if size(kept) >= words:
            break
    return kept


def after(text: str, words: int) -> str:
    return text[len(opening(text, words)) :]


def first(text: str, share: float) -> str:
    return opening(text, round(size(text) * share))


def reordered(text: str, draw: random.Random) -> str:
    """Paragraphs in another order; of a text with fewer than three, runs of three sentences."""
    parts = [part for part in text.split("\n") if part.strip()]
    if len(parts) < 3:
        every = sentences(text)
        parts = ["".join(every[n : n + 3]) for n in range(0, len(every), 3)]
    return "\n".join(draw.sample(parts, len(parts)))


def changed(text: str, share: float, words: Sequence[str], ranks: Mapping[str, int], draw: random.Random) -> str:
    """That share of the words exchanged, each for one that the corpus has about as often."""
    pieces = re.split(r"([^\W\d_]+)", text)
    places = range(1, len(pieces), 2)
    for n in draw.sample(places, round(len(places) * share)):
        rank = ranks[pieces[n]]
        pieces[n] = draw.choice([word for word in words[max(0, rank - ALIKE) : rank + ALIKE] if word != pieces[n]])
    return "".join(pieces)


def within(text: str, host: str, draw: random.Random) -> str:
    """Sentences in a row with 40 % of a text's words, put between two sentences of another."""
    own, around = sentences(text), sentences(host)
    starts = [n for n in range(len(own)) if size("".join(own[n:])) >= QUOTED * size(text)]
    piece = opening("".join(own[draw.choice(starts) :]), round(size(text) * QUOTED))
    at = draw.randrange(1, len(around)) if len(around) > 1 else 1
    return "".join(around[:at]).rstrip() + "\n" + piece.strip() + "\n" + "".join(around[at:])
