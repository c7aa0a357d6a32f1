"""What the words in the roles of a match refer to: actor and target, place, time; chosen among the candidates, or inherited.

Comes in: a match in its line, the candidates that places, actors and times found. Goes out: Party, Where, When.
Inheritance: a place that the clause does not name is taken from its sentence, else from the text before it (a definite
description such as `the town` from the last town named), and marked so. Pronouns mean the speaker inside reported speech
(`we`, `it`, `they`), else the last actor named before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whosays.claims.grammar import Line, Range, with_left
from whosays.claims.frames import Match
from whosays.claims.triggers import Lexicon, Type
from whosays.claims.voices import Voice
from whosays.nouns import Actor, Candidate, Candidates, Modality, Party, Place, Reading, Span, When, Where
from whosays.text import squeeze

_DETERMINERS = frozenset("the a an this that these those".split())
_PRONOUNS = frozenset("it they he she we our its their his i us them who which itself themselves".split())
_POSSESSIVES = frozenset({"its", "their", "our", "his", "her"})
_WIDE = frozenset({"country", "admin1", "admin2", "region", "river", "continent", "sea", "desert"})
_NEAR = frozenset(
    {
        "near",
        "outside",
        "around",
        "outskirts",
        "countryside",
        "east",
        "west",
        "north",
        "south",
        "suburbs",
        "part",
        "parts",
    }
)


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
    while start < end - 1 and line.word(start) in _DETERMINERS:
        start += 1
    span = line.span(start, end)
    words = squeeze(span.of(context.text))
    known = context.actors(span)
    if line.word(start) in _PRONOUNS and end - start <= 1:
        return _pronoun(context, span, words, voice)
    if line.word(start) in _POSSESSIVES and not known:
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


# ----------------------------------------------------------------------------------------------- places


def wheres(context: Context, line: Line, match: Match, type_: Type) -> list[Where | None]:
    """The places of a claim: one, or one for each coordinated place; [None] where nothing says."""
    role = match.roles.get("place")
    if role is not None and not _local(context, line, role):
        role = None
    if role is None and "target" in match.roles and match.type in ("attack", "clash"):
        role = match.roles["target"] if _local(context, line, match.roles["target"]) else None
    if role is not None:
        return list(_named(context, line, role))
    clause = line.span(match.start, match.end)
    around = _best(context, [c for c in context.places(clause) if _placed(line, c.span)])
    around = around or _best(context, [c for c in context.places(line.sentence.span) if _placed(line, c.span)])
    if around is not None:
        return [_where(context, squeeze(around.span.of(context.text)), around.span, around)]
    before = _inherited(context, line.sentence.span.start)
    return [None if before is None else _where(context, None, None, before, inherited=True)]


def _local(context: Context, line: Line, role: Range) -> bool:
    """Do the words name a place, or a piece of ground?"""
    lemmas = context.lexicon.words.territory
    return bool(context.places(line.span(*role))) or any(
        line.lemma(k) in lemmas or line.word(k) in ("there", "here", "home") for k in range(*role)
    )


def _named(context: Context, line: Line, role: Range) -> Iterator[Where]:
    start, end = role
    while start < end - 1 and (line.word(start) in _DETERMINERS):
        start += 1
    span = line.span(start, end)
    found = context.places(span)
    if len(found) > 1 and all(_joined(context.text, a.span, b.span) for a, b in zip(found, found[1:], strict=False)):
        for one in found:
            yield _where(context, squeeze(one.span.of(context.text)), one.span, one)
        return
    best = _best(context, found)
    words = squeeze(span.of(context.text))
    if best is None:
        best = _inherited(context, span.start)
        yield _where(context, words, span, best, described=True)
    else:
        yield _where(
            context,
            words,
            span,
            best,
            near=line.word(start - 1) in _NEAR or any(line.word(k) in _NEAR for k in range(start, end)),
        )


def _joined(text: str, a: Span, b: Span) -> bool:
    between = text[a.end : b.start].strip().lower()
    return between in ("and", "or", ", and", "and the", "and in", "and near", "as well as")


def _placed(line: Line, span: Span) -> bool:
    """Does a preposition of place stand before it (over its determiner and nouns)?"""
    i = next((k for k, t in enumerate(line.tokens) if t.span.start >= span.start), 0)
    start = line.starts.get(i, i)
    return (
        line.word(start - 1) in ("in", "at", "near", "on", "outside", "inside", "around", "of", "into", "from", "to")
        or line.word(i - 1) == ","
    )


def _best(context: Context, found: Sequence[Candidate[Place]]) -> Candidate[Place] | None:
    """The narrowest settled place; among equals the first."""
    settled = [c for c in found if c.value is not None]
    narrow = [c for c in settled if c.value is not None and c.value.feature not in _WIDE]
    return next(iter(narrow or settled or found), None)


def _inherited(context: Context, at: int) -> Candidate[Place] | None:
    """The last town named before; else the last place of any kind. Never the dateline."""
    dateline = context.reading.article.dateline
    before = [
        c
        for c in context.candidates.places
        if c.span.end <= at and c.value is not None and not (dateline and dateline.span.holds(c.span))
    ]
    narrow = [c for c in before if c.value is not None and c.value.feature not in _WIDE]
    return next(reversed(narrow or before), None)


def _where(
    context: Context,
    words: str | None,
    span: Span | None,
    found: Candidate[Place] | None,
    *,
    inherited: bool = False,
    described: bool = False,
    near: bool = False,
) -> Where:
    place = found.value if found is not None else None
    precision = None if place is None else 3 if place.feature in _WIDE else 2 if near or described else 1
    name = place.name if place is not None else None
    if found is not None and place is not None:
        name = squeeze(found.span.of(context.text)) if not inherited and not described else place.name
    return Where(words, span, name, place, inherited, precision)


# ------------------------------------------------------------------------------------------------ times


def when(
    context: Context, line: Line, match: Match, type_: Type, modality: Modality
) -> tuple[When | None, Span | None]:
    """When it happened or holds: the nearest time of the clause, else of the sentence, else what its type implies."""
    published = context.reading.article.published
    clause = line.span(match.start, match.end)
    times = [c for c in context.candidates.times if line.sentence.span.holds(c.span)]
    inside = [c for c in times if clause.holds(c.span)]
    chosen = min(inside or times, key=lambda c: abs(c.span.start - line.tokens[match.at].span.start), default=None)
    if chosen is not None:
        return chosen.value, chosen.span
    return _default(published, type_, modality), None


def _default(published: date | None, type_: Type, modality: Modality) -> When | None:
    """A present state holds on the day of publication; a past event lies before it; a plan after it (gold/README.md)."""
    if published is None:
        return None
    if modality in (Modality.PLANNED, Modality.DEMANDED):
        return When(published, None, 3)
    return When(published, published, 1) if type_.holds else When(None, published, 3)


# ----------------------------------------------------------------------------------------- other values


def means(context: Context, line: Line, match: Match) -> str:
    """How an attack was carried out, by the words of its trigger, then of its clause (ACLED's sub-event types)."""
    for around in (
        (line.starts.get(match.at, match.at), line.ends.get(match.at, match.at + 1)),
        (match.start, match.end),
    ):
        words = " " + " ".join(line.word(k) for k in range(*around)) + " "
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
        k
        for k in range(start, end)
        if line.tokens[k].span.of(line.text)[:1].isupper()
        and line.lemma(k) not in head
        and line.upos(k) != "DET"
        and line.upos(k) != "NUM"
    ]
    return (
        (owner[0], owner[-1] + 1)
        if owner and (owner[0] > start or line.upos(start) != "DET") and owner[-1] < end - 1
        else (with_left(line, (owner[0], owner[-1] + 1)) if owner else None)
    )
