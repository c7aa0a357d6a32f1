"""Language: an Article becomes a Reading (sentences, tokens and their tree, mentions, attributions).

One public verb, `parse(article, pack)`. Comes in: an Article in the pack's language. Goes out: a Reading whose spans are code
points of `article.text`; only headline, paragraphs and captions are read, comments never. Deterministic: the same bytes alone,
among others, on one thread or several; linear in length; never raises on any text.
Does not: resolve anything to the world (places, actors, times do), or decide what is claimed (claims does).

The way within: tokens, sentences → windows → encoder → heads (all in model.py: an Analysis) → mentions, attribution, nested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whosays.language import attribution, mentions, model, quotes, sentences
from whosays.language.memory import Memory
from whosays.language.packs import PACKS, Pack, pack
from whosays.language.tokens import tokenize
from whosays.nouns import CLAIM_PARTS, Article, Happening, Part, PartKind, Reading, Sentence, Span, Token
from whosays.profile import SILENT, Profile, Step
from whosays.text import trim

__all__ = ["PACKS", "Memory", "Pack", "pack", "parse"]

LONGEST = 400
"""Tokens of one sentence; a longer run without a full stop is read in stretches of this length."""


def parse(
    article: Article,
    pack: Pack,
    *,
    threads: int = 1,
    memory: Memory | None = None,
    profile: Profile = SILENT,
) -> Reading:
    """What the words of an article are, and who says what in it. An empty text gives an empty Reading. With a `memory`, paragraphs
    read before are not read again: the Reading is the same, to the byte."""
    text = article.text
    parts = [part for part in article.parts if part.kind in CLAIM_PARTS]
    bodies = list(_bodies(article, parts))
    spans: list[Span] = []
    lines: list[int] = []
    found: list[Sentence] = []
    for part, body in zip(parts, bodies, strict=True):
        lines.append(len(spans))
        for piece in sentences.split(text, body, abbreviations=pack.abbreviations):
            for run in _stretches(tokenize(text, piece, abbreviations=pack.abbreviations)):
                found.append(Sentence(Span(run[0].start, run[-1].end), part.kind, (len(spans), len(spans) + len(run))))
                spans += run
    reader, words = model.load(pack), [w.of(text) for w in spans]
    with profile.step(Step.MODEL):
        begun = [s.tokens[0] for s in found]
        read = reader.read(words, begun, lines, threads=threads, memory=memory, profile=profile)
    tokens = [
        Token(span, lemma, upos, tag, head, relation, round(factual, 2) if upos == "VERB" else None)
        for span, lemma, upos, tag, head, relation, factual in zip(
            spans, read.lemmas, read.upos, read.tags, read.heads, read.relations, read.factuality, strict=True
        )
    ]
    named = mentions.find(text, tokens, read)
    quoted = quotes.find(text, bodies)
    voices = attribution.find(text, found, tokens, read, named, quoted, bodies, pack)
    happenings = tuple(
        Happening(verb, Span(tokens[a].span.start, tokens[b - 1].span.end))
        for verb, places in sorted(read.places.items())
        for a, b in places
    )
    return Reading(article, tuple(found), tuple(tokens), named, voices, pack.name, happenings)


def _bodies(article: Article, parts: Sequence[Part]) -> Iterator[Span]:
    """The parts without the datelines that open them."""
    datelines = {part.span.start: part.span.end for part in article.parts if part.kind is PartKind.DATELINE}
    for part in parts:
        start = datelines.get(part.span.start, part.span.start)
        yield Span(*trim(article.text, start, part.span.end, also="–—-:"))


def _stretches(words: list[Span]) -> list[list[Span]]:
    return [words[i : i + LONGEST] for i in range(0, len(words), LONGEST)]
