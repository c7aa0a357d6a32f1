"""What the words in the roles of a match refer to: actor and target, and by what means (places: where.py; times: when.py).

Comes in: a match in its line, the candidates that actors found. Goes out: Party, and plain values.
Pronouns mean the speaker inside reported speech (`we`, `it`, `they`), else the last actor named before them.
"""

from __future__ import annotations

from whosays.claims import clauses, ground
from whosays.claims.frames import Match
from whosays.claims.lines import DETERMINERS, Context, Line, Range
from whosays.claims.voices import Voice
from whosays.nouns import Actor, Party, QuoteKind, Span
from whosays.text import squeeze

_PRONOUNS = frozenset("it they he she we our its their his i us them who which itself themselves".split())
_NONE = frozenset({"no", "not", "neither"})
_POSSESSIVES = frozenset({"its", "their", "our", "his", "her"})


# ----------------------------------------------------------------------------------------------- parties


def party(context: Context, line: Line, found: Range | None, voice: Voice) -> Party | None:
    """The words of a role, without their determiner, and whom they mean: the actor named in the head of the phrase, else the
    first one in it."""
    if found is None:
        return None
    start, end = found
    while start < end - 1 and line.word(start) in DETERMINERS | _NONE:
        start += 1
    span = line.span(start, end)
    known = context.actors(span)
    pronoun = line.word(start) in _PRONOUNS and end - start <= 1
    if end - start <= 1 and line.tag(start) in ("WP", "WDT") and line.word(start) != "who":
        return None  # `what happened`
    if pronoun or (not known and any(line.word(k) in _POSSESSIVES for k in range(start, end))):
        return _pronoun(context, line, start, span, voice)
    first = line.span(*ground.opening(line, (start, end))) if known else span
    named = [c for c in known if first.meets(c.span)][-1:] or known[:1]
    return _party(context, span, named[0].value if named else None)


def speaker(voice: Voice) -> Party | None:
    """Who speaks, as the one who demands or condemns: `the army must withdraw, she said`."""
    known = voice.source
    return (
        None
        if known.mention is None or known.span is None
        else Party(known.mention, known.span, known.name, known.actor, known.side)
    )


def _party(context: Context, span: Span, actor: Actor | None) -> Party:
    words = squeeze(span.of(context.text))
    return Party(words, span) if actor is None else Party(words, span, actor.name, actor.key, actor.side)


def _pronoun(context: Context, line: Line, at: int, span: Span, voice: Voice) -> Party:
    """Another's subject in the same clause (`Kurdish fighters for [their] efforts`); inside reported speech the speaker; else the
    last actor named not long before."""
    near = None if line.word(at) in _FIRST else _same_clause(line, at)
    if near is not None:
        found = line.span(*near)
        known = context.actors(found)
        actor = known[-1].value if known else None
        return Party(squeeze(span.of(context.text)), span, *_named(context, found, actor))
    if voice.quote is QuoteKind.DIRECT and line.word(at) not in _FIRST:
        return _party(context, span, None)  # in his own words a speaker is never `they`
    if voice.about is not None:  # the speaker as a whole, not a country or group that his name mentions
        name = voice.source.name or squeeze(voice.about.of(context.text))
        return Party(squeeze(span.of(context.text)), span, name, voice.source.actor, voice.source.side)
    before = context.actors(Span(max(0, span.start - _REACH), span.start))
    return _party(context, span, before[-1].value if before else None)


_FIRST = frozenset({"we", "our", "us", "i", "my", "ours"})


def _named(context: Context, found: Span, actor: Actor | None) -> tuple[str, str | None, str | None]:
    return (squeeze(found.of(context.text)), None, None) if actor is None else (actor.name, actor.key, actor.side)


def _same_clause(line: Line, at: int) -> Range | None:
    """The subject of the verb above a pronoun, or the noun that its phrase hangs on: what it most likely stands for."""
    tree, i = line.tree, at
    for _ in range(6):
        head, relation = tree.heads[i], tree.relation(i)
        if head == i:
            return None
        if relation == "nmod" and head < at and line.upos(head) in ("NOUN", "PROPN") and line.word(at) in _POSSESSIVES:
            found = clauses.phrase(line, head)
            return found if not found[0] <= at < found[1] else None
        if line.upos(head) in ("VERB", "AUX", "ADJ") and relation != "nsubj":
            subject = clauses.surface(line, head)
            if subject is not None and subject < at and line.upos(subject) != "PRON":
                return clauses.phrase(line, subject)
        i = head
    return None


_REACH = 400
"""Code points: what a pronoun points back to is not further away."""


def loser(context: Context, line: Line, match: Match) -> Range | None:
    """From whom a place is taken, when only the place says so: `Islamic State's last stronghold`, `territory held by the SDF`."""
    place = match.roles.get("place")
    if match.type != "capture" or place is None:
        return None
    held = [k for k in range(*place) if k in line.actors and k not in line.places]
    return (held[0], held[-1] + 1) if held and held[-1] - held[0] < 6 else None


# ----------------------------------------------------------------------------------------- other values


def means(context: Context, line: Line, match: Match) -> str:
    """How an attack was carried out (ACLED's sub-event types): a noun says it itself, a verb through its clause."""
    phrase = clauses.phrase(line, match.at)
    clause = (match.start, match.end)
    for around in (phrase, clause) if match.nominal else (clause,):
        words = f" {' '.join(line.word(k) for k in range(*around))} "
        for name, terms in context.lexicon.words.means.items():
            if any(f" {term} " in words for term in terms):
                return name
    return "other"


def weapon_owner(context: Context, line: Line, found: Range) -> Range | None:
    """`Israeli bombs`, `shells from the enclave`, `fired by the army`: whose weapon it is; None where the words do not say."""
    start, end = found
    by = next(
        (k for k in range(start, end) if line.word(k) in ("by", "from") and line.word(k - 1) not in _MEASURES), None
    )
    weapon = context.lexicon.words.weapon
    if by is not None and any(line.lemma(k) in weapon for k in range(start, by)):
        return (by + 1, end) if by + 1 < end else None
    if not any(line.lemma(k) in weapon or line.word(k) in weapon for k in range(start, end)):
        return found
    for k in range(start, end):
        if line.tag(k) == "POS":
            return (start, k) if k > start else None
    end = max(line.head(found), start)  # what stands behind the weapon is what it hit: `the bombing of UN schools`
    owner = [
        k for k in range(start, end) if (k in line.actors or line.upos(k) == "PROPN") and line.lemma(k) not in weapon
    ]
    return (owner[0], owner[-1] + 1) if owner else None


_MEASURES = frozenset({"km", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles", "metres", "meters"})
"""`12 kilometres from Hama` is no owner."""
