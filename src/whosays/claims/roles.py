"""What the words in the roles of a match refer to: actor and target, time, means, who is counted (places: where.py).

Comes in: a match in its line, the candidates that actors and times found. Goes out: Party, When, and plain values.
Pronouns mean the speaker inside reported speech (`we`, `it`, `they`), else the last actor named before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whosays.claims.frames import Match
from whosays.claims.grammar import DETERMINERS, Line, Range
from whosays.claims.triggers import Lexicon, Type
from whosays.claims.voices import Voice
from whosays.nouns import Actor, Candidate, Candidates, Modality, Party, Place, Reading, Span, When
from whosays.text import squeeze

_PRONOUNS = frozenset("it they he she we our its their his i us them who which itself themselves".split())
_POSSESSIVES = frozenset({"its", "their", "our", "his", "her"})


@dataclass(frozen=True, slots=True)
class Context:
    """One article's candidates, as the roles look them up."""

    reading: Reading
    candidates: Candidates
    lexicon: Lexicon

    @property
    def text(self) -> str:
        return self.reading.article.text

    def places(self, within: Span) -> list[Candidate[Place]]:
        return [c for c in self.candidates.places if within.holds(c.span)]

    def actors(self, within: Span) -> list[Candidate[Actor]]:
        return [c for c in self.candidates.actors if within.meets(c.span) and c.value is not None]


# ----------------------------------------------------------------------------------------------- parties


def party(context: Context, line: Line, found: Range | None, voice: Voice) -> Party | None:
    """The words of a role, without their determiner, and whom they mean."""
    if found is None:
        return None
    start, end = found
    while start < end - 1 and line.word(start) in DETERMINERS:
        start += 1
    span = line.span(start, end)
    words = squeeze(span.of(context.text))
    known = context.actors(span)
    if line.word(start) in _PRONOUNS and end - start <= 1:
        return _pronoun(context, span, words, voice)
    if not known and any(line.word(k) in _POSSESSIVES for k in range(start, end)):
        return _pronoun(context, span, words, voice)
    actor = known[-1].value if known and not _belongs(line, found, known[-1].span) else None
    return Party(
        words, span, actor.name if actor else None, actor.key if actor else None, actor.side if actor else None
    )


def _belongs(line: Line, found: Range, actor: Span) -> bool:
    """Does the actor only qualify the head: `villages held by the SDF`?"""
    head = line.span(*found)
    return actor.start - head.start > 40


def _pronoun(context: Context, span: Span, words: str, voice: Voice) -> Party:
    if voice.about is not None:
        known = context.actors(voice.about)
        actor = known[0].value if known else None
        name = actor.name if actor else voice.source.name or squeeze(voice.about.of(context.text))
        return Party(words, span, name, actor.key if actor else None, actor.side if actor else voice.source.side)
    before = [
        c for c in context.candidates.actors if c.span.end <= span.start and span.start - c.span.end < 400 and c.value
    ]
    actor = before[-1].value if before else None
    return Party(
        words, span, actor.name if actor else None, actor.key if actor else None, actor.side if actor else None
    )


def loser(context: Context, line: Line, match: Match) -> Range | None:
    """From whom a place is taken, when only the place says so: `Islamic State's last stronghold`, `territory held by the SDF`."""
    place = match.roles.get("place")
    if match.type != "capture" or place is None:
        return None
    held = [k for k in range(*place) if k in line.actors]
    return (held[0], held[-1] + 1) if held and held[-1] - held[0] < 6 else None


# ------------------------------------------------------------------------------------------------ times


def when(
    context: Context, line: Line, match: Match, voice: Voice, modality: Modality
) -> tuple[When | None, Span | None]:
    """When it happened or holds: the nearest time of the clause, else of the sentence, else what its type implies.

    In reported speech only times within what is reported count: in `on Wednesday denied that …` it was denied on Wednesday."""
    clause = line.span(match.start, match.end)
    times = [c for c in context.candidates.times if line.sentence.span.holds(c.span)]
    if voice.content:
        times = [c for c in times if any(span.holds(c.span) for span in voice.content)]
    inside = [c for c in times if clause.holds(c.span)]
    chosen = min(inside or times, key=lambda c: abs(c.span.start - line.tokens[match.at].span.start), default=None)
    if chosen is not None:
        return chosen.value, chosen.span
    return _default(context.reading.article.published, context.lexicon.types[match.type], modality), None


def _default(published: date | None, type_: Type, modality: Modality) -> When | None:
    """A present state holds on the day of publication; a past event lies before it; a plan after it (gold/README.md)."""
    if published is None:
        return None
    if modality in (Modality.PLANNED, Modality.DEMANDED):
        return When(published, None, 3)
    return When(published, published, 1) if type_.holds else When(None, published, 3)


# ----------------------------------------------------------------------------------------- other values


def means(context: Context, line: Line, match: Match) -> str:
    """How an attack was carried out (ACLED's sub-event types): a noun says it itself, a verb through its clause."""
    phrase = (line.starts.get(match.at, match.at), line.ends.get(match.at, match.at + 1))
    clause = (match.start, match.end)
    for around in (phrase, clause) if match.nominal else (clause,):
        words = f" {' '.join(line.word(k) for k in range(*around))} "
        for name, terms in context.lexicon.words.means.items():
            if any(f" {term} " in words for term in terms):
                return name
    return "other"


def counted(context: Context, line: Line, role: Range | None) -> str | None:
    """Who is counted: `civilians`, `combatants`, `children`, else `people`."""
    if role is None:
        return None
    words = context.lexicon.words
    for name, lemmas in (
        ("children", words.children),
        ("combatants", words.combatants),
        ("civilians", words.civilians),
    ):
        if any(line.lemma(k) in lemmas and line.lemma(k) != "people" for k in range(*role)):
            return name
    return "people"


def weapon_owner(context: Context, line: Line, found: Range) -> Range | None:
    """`Israeli bombs`, `shells fired by the army`: whose weapon it is; None where the words do not say."""
    start, end = found
    by = next((k for k in range(start, end) if line.word(k) == "by"), None)
    head = context.lexicon.words.weapon
    if by is not None and any(line.lemma(k) in head for k in range(start, by)):
        return (by + 1, end) if by + 1 < end else None
    if not any(line.lemma(k) in head or line.word(k) in head for k in range(start, end)):
        return found
    for k in range(start, end):
        if line.tag(k) == "POS":
            return (start, k) if k > start else None
    owner = [
        k for k in range(start, end) if (k in line.actors or line.upos(k) == "PROPN") and line.lemma(k) not in head
    ]
    return (owner[0], owner[-1] + 1) if owner else None
