"""A Reading cut into Lines, and what the candidates say of its tokens; and one article's candidates, as the roles look them up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from whosays.claims.grammar import Line, Range
from whosays.claims.phrases import chunk
from whosays.claims.triggers import Lexicon
from whosays.nouns import Actor, Candidate, Candidates, Place, Reading, Sentence, Span, Token, V, When


@dataclass(frozen=True)
class Context:
    """One article, its candidates, the lexicon."""

    reading: Reading
    candidates: Candidates
    lexicon: Lexicon

    @property
    def text(self) -> str:
        return self.reading.article.text

    def places(self, within: Span) -> list[Candidate[Place]]:
        return [c for c in _meeting(self.candidates.places, within) if within.holds(c.span)]

    def actors(self, within: Span) -> list[Candidate[Actor]]:
        """Settled ones."""
        return [c for c in _meeting(self.candidates.actors, within) if c.value is not None]

    def times(self, within: Span) -> list[Candidate[When]]:
        return [c for c in _meeting(self.candidates.times, within) if within.holds(c.span)]

    @cached_property
    def contents(self) -> list[tuple[int, int, int]]:
        """(start, end, number of the attribution) of every content of reported speech, sorted."""
        spoken = enumerate(self.reading.attributions)
        return sorted((span.start, span.end, n) for n, one in spoken for span in one.content)

    @cached_property
    def named_places(self) -> list[Candidate[Place]]:
        """Places that the gazetteer knows, in page order; not the dateline's, nor a capital that stands for its government."""
        dateline = self.reading.article.dateline
        known = [c for c in self.candidates.places if c.options and not (dateline and dateline.span.holds(c.span))]
        return [c for c in known if not self.actors(c.span) and not self.speaks(c.span)]

    def speaks(self, span: Span) -> bool:
        """Is it part of the name of a voice: `Paris said`?"""
        at = bisect_right(self._sources, span.start, key=lambda one: one.start)
        return any(one.holds(span) for one in self._sources[max(0, at - 3) : at])

    @cached_property
    def _sources(self) -> list[Span]:
        return sorted(one.source for one in self.reading.attributions if one.source is not None)


def _meeting(candidates: Sequence[Candidate[V]], span: Span) -> Iterator[Candidate[V]]:
    """Candidates (sorted, apart) that share words with a span."""
    first = bisect_left(candidates, span.start, key=lambda candidate: candidate.span.end - 1)
    return takewhile(lambda candidate: candidate.span.start < span.end, candidates[first : first + 1_000])


def lines(reading: Reading, candidates: Candidates) -> Iterator[Line]:
    """The sentences of a reading with their noun phrases; time expressions are cut out of these."""
    for sentence in reading.sentences:
        tokens = reading.tokens[slice(*sentence.tokens)]
        times = _covered(
            sentence, tokens, candidates.times
        )  # also those that nothing dates: `on Friday` names no place
        places = _covered(sentence, tokens, [c for c in _meeting(candidates.places, sentence.span) if c.options])
        actors = _covered(sentence, tokens, [c for c in _meeting(candidates.actors, sentence.span) if c.options])
        phrases = [piece for phrase in chunk(reading.article.text, tokens) for piece in _without(phrase, times)]
        yield Line(reading.article.text, sentence, tokens, phrases, times, places, actors)


def _covered(sentence: Sentence, tokens: Sequence[Token], candidates: Sequence[Candidate[V]]) -> frozenset[int]:
    """Tokens of a sentence that candidates cover."""
    spans = [c.span for c in _meeting(candidates, sentence.span)]
    return frozenset(i for i, token in enumerate(tokens) if any(span.meets(token.span) for span in spans))


def _without(phrase: Range, times: frozenset[int]) -> Iterator[Range]:
    """A noun phrase without the tokens of time expressions: `[Friday] IS fighters`."""
    start = phrase[0]
    for i in range(*phrase):
        if i in times:
            if start < i:
                yield start, i
            start = i + 1
    if start < phrase[1]:
        yield start, phrase[1]
