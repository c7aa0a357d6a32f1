"""A Reading cut into Lines, with what the candidates say of their words; and one article's candidates, as the roles look them up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from whosays.claims.triggers import Lexicon
from whosays.nouns import Actor, Candidate, Candidates, Place, Reading, Sentence, Span, Token, V, When
from whosays.text import fold
from whosays.tree import Range, Tree

__all__ = ["DETERMINERS", "Context", "Line", "Range", "lines"]

DETERMINERS = frozenset("the a an this that these those".split())


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its words, numbered from 0, its tree, and which of the words others have named."""

    text: str
    sentence: Sentence
    tokens: Sequence[Token]
    tree: Tree
    times: frozenset[int] = frozenset()
    """Words of time expressions: `on Friday` fills no role but time."""
    places: frozenset[int] = frozenset()
    """Words of place names that the gazetteer knows."""
    actors: frozenset[int] = frozenset()
    """Words of names that the roster knows."""
    at_war: bool = True
    """Is its page about a conflict? Where not, `they` and `the group` are nobody armed."""

    def word(self, i: int) -> str:
        return self.tree.word(i)

    def lemma(self, i: int) -> str:
        return self.tokens[i].lemma if 0 <= i < len(self.tokens) else ""

    def upos(self, i: int) -> str:
        return self.tokens[i].upos or "" if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag or "" if 0 <= i < len(self.tokens) else ""

    def span(self, start: int, end: int) -> Span:
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)

    def words(self, start: int, end: int) -> str:
        return self.span(start, end).of(self.text)

    def at(self, span: Span) -> int:
        """The first word that a span of the text covers."""
        return next((k for k, token in enumerate(self.tokens) if token.span.end > span.start), 0)

    def head(self, of: Range) -> int:
        """The word of a range whose head lies outside it."""
        return next(
            (k for k in range(*of) if not of[0] <= self.tree.heads[k] < of[1] or self.tree.heads[k] == k), of[1] - 1
        )


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
        return [c for c in _meeting(self.candidates.dates, within) if within.holds(c.span)]

    @cached_property
    def contents(self) -> list[tuple[int, int, int]]:
        """(start, end, number of the attribution) of every content of reported speech, sorted."""
        spoken = enumerate(self.reading.attributions)
        return sorted((span.start, span.end, n) for n, one in spoken for span in one.content)

    @cached_property
    def named_places(self) -> list[Candidate[Place]]:
        """Places by name, in page order, those that no gazetteer knows too; not the dateline's, nor a capital that stands for its
        government."""
        dateline = self.reading.article.dateline
        known = [c for c in self.candidates.places if c.options]
        unknown = [
            Candidate(m.span, (), settled=False)
            for m in self.reading.mentions
            if m.kind == "Location" and m.name and not any(_meeting(known, m.span)) and not self._described(m.span)
        ]
        every = sorted((*known, *unknown), key=lambda c: c.span)
        every = [c for c in every if not (dateline and dateline.span.holds(c.span))]
        return [c for c in every if is_border(c) or not (self.actors(c.span) or self.speaks(c.span))]

    @cached_property
    def told(self) -> Counter[str]:
        """How often each place is named."""
        return Counter(map(self.place_key, self.named_places))

    def place_key(self, one: Candidate[Place]) -> str:
        return fold(one.span.of(self.text)) if one.value is None else one.value.key

    @cached_property
    def happened(self) -> dict[int, list[Span]]:
        """Verb (number in the Reading) → the words that say where it happened."""
        found: dict[int, list[Span]] = {}
        for one in self.reading.happenings:
            found.setdefault(one.verb, []).append(one.place)
        return found

    @cached_property
    def scenes(self) -> frozenset[Span]:
        """The named places at which something happened."""
        where = [one.place for one in self.reading.happenings]
        return frozenset(c.span for span in where for c in _meeting(self.named_places, span))

    @cached_property
    def _unnamed(self) -> list[Candidate[Place]]:
        """Places without a name, in page order: `a school`, `the neighbourhood`."""
        found: list[Candidate[Place]] = []
        for mention in self.reading.mentions:
            if mention.kind == "Location" and not mention.name and not (found and mention.span.meets(found[-1].span)):
                found.append(Candidate(mention.span, (), settled=False))
        return found

    def unnamed_within(self, span: Span) -> list[Span]:
        return [c.span for c in _meeting(self._unnamed, span) if span.holds(c.span)]

    def named_within(self, span: Span) -> list[Candidate[Place]]:
        return [c for c in _meeting(self.named_places, span) if span.holds(c.span)]

    def _described(self, span: Span) -> bool:
        """Words that are no name, or too many for one."""
        words = span.of(self.text).split()
        return len(words) > 4 or not any(word[:1].isupper() for word in words)

    def speaks(self, span: Span) -> bool:
        """Is it part of the name of a voice: `Paris said`?"""
        at = bisect_right(self._sources, span.start, key=lambda one: one.start)
        return any(one.holds(span) for one in self._sources[max(0, at - 3) : at])

    @cached_property
    def _sources(self) -> list[Span]:
        return sorted(one.source for one in self.reading.attributions if one.source is not None)


def is_border(one: Candidate[Place]) -> bool:
    """`the border between [Syria] and Iraq`: the words name countries and mean the line between them."""
    return bool(one.options) and one.options[0].feature == "border"


def _listed(one: Candidate[Actor]) -> bool:
    """Is it in the roster? An organisation that only the text names may be any, and no sign of a conflict."""
    return bool(one.options) and one.options[0].listed


def _meeting(candidates: Sequence[Candidate[V]], span: Span) -> Iterator[Candidate[V]]:
    """Candidates (sorted, apart) that share words with a span."""
    first = bisect_left(candidates, span.start, key=lambda candidate: candidate.span.end - 1)
    return takewhile(lambda candidate: candidate.span.start < span.end, candidates[first : first + 1_000])


def lines(reading: Reading, candidates: Candidates, lexicon: Lexicon) -> Iterator[Line]:
    """The sentences of a reading."""
    war, whole = lexicon.words.war, reading.article.text
    at_war = any(token.lemma in war or token.span.of(whole).lower() in war for token in reading.tokens)
    for sentence in reading.sentences:
        tokens = reading.tokens[slice(*sentence.tokens)]
        times = _covered(
            sentence, tokens, candidates.dates
        )  # also those that nothing dates: `on Friday` names no place
        places = _covered(sentence, tokens, [c for c in _meeting(candidates.places, sentence.span) if c.options])
        actors = _covered(sentence, tokens, [c for c in _meeting(candidates.actors, sentence.span) if _listed(c)])
        text = reading.article.text
        yield Line(text, sentence, tokens, Tree(text, tokens, sentence.tokens[0]), times, places, actors, at_war)


def _covered(sentence: Sentence, tokens: Sequence[Token], candidates: Sequence[Candidate[V]]) -> frozenset[int]:
    """Tokens of a sentence that candidates cover."""
    spans = [c.span for c in _meeting(candidates, sentence.span)]
    if not spans:
        return frozenset()
    found = []
    for i, token in enumerate(tokens):
        start, end = token.span.start, token.span.end
        for span in spans:
            if span.start < end and start < span.end:
                found.append(i)
                break
    return frozenset(found)
