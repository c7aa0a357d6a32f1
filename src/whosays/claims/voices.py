"""Who vouches for a claim, and who passed it on.

Comes in: the span of the words that state it, the Reading's attributions. Goes out: a Voice. The source is the innermost one;
`via` runs from the outlet inwards. What a phrase presupposes (`rebel-held Douma`) is the narrator's even inside reported
speech, unless it stands in quotation marks.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from whosays.claims.frames import Match
from whosays.claims.lines import DETERMINERS, Context, Line, Range
from whosays.claims.triggers import Lexicon
from whosays.nouns import Actor, Attribution, QuoteKind, Source, SourceKind, Span, Stance
from whosays.text import squeeze

_KINDS = {
    "monitor": SourceKind.MONITOR,
    "media": SourceKind.MEDIA,
    "agency": SourceKind.MEDIA,
    "military": SourceKind.PARTY,
    "armed-group": SourceKind.PARTY,
    "person": SourceKind.PERSON,
    "state": SourceKind.OFFICIAL,
    "government": SourceKind.OFFICIAL,
}
_FIRST = frozenset("the a an some one two three several other another many".split())
_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "which"})


@dataclass(frozen=True, slots=True)
class Voice:
    source: Source
    via: tuple[str, ...]
    cue: Span | None
    quote: QuoteKind
    stance: Stance | None
    content: tuple[Span, ...]
    """What it vouches for; empty for narration."""
    about: Span | None
    """Whom `we`, `it` and `they` in the content may mean: the source, or what its pronoun stands for."""


NARRATION = Source(SourceKind.NARRATION)


def voice(context: Context, line: Line, found: Match) -> Voice:
    """Who vouches for a match. Of an act of speech it is whoever acts: who condemns or demands says so, whoever reports it passes it on."""
    at, speech = line.tokens[found.at].span, found.trigger.says or found.type in context.lexicon.speech
    told = _told(context, _innermost(context, at, presupposed=found.presupposed, judged=not speech))
    teller = found.roles.get("teller") or (found.roles.get("actor") if speech else None)
    return told if teller is None else _acting(context, told, line, found, teller)


def _told(context: Context, one: Attribution | None) -> Voice:
    """The voice of an attribution; narration where there is none."""
    if one is None or one.source is None:
        return Voice(NARRATION, (), None, QuoteKind.NONE, None, (), None)
    known = source(context, one)
    return Voice(known, passed_on(context, one), one.cue, one.quote, one.stance, one.content, one.about or one.source)


def passed_on(context: Context, one: Attribution) -> tuple[str, ...]:
    """Who passed on what an attribution says, the outlet first."""
    reading, text = context.reading, context.text
    chain: list[str] = [one.to.of(text)] if one.to is not None and _medium(context, one.to) else []
    outer = one.outer
    while outer is not None and len(chain) < 8:
        passing = reading.attributions[outer]
        if passing.source is not None:
            chain.append(squeeze(passing.source.of(text)))
        outer = passing.outer
    outlet = reading.article.agency or reading.article.publisher
    if outlet and outlet not in chain:
        chain.append(outlet)
    return tuple(reversed(chain))


def _acting(context: Context, told: Voice, line: Line, found: Match, teller: Range) -> Voice:
    """The voice of whoever acts by speaking, unless its words are the cue of the voice already."""
    start, end = teller
    nobody = line.word(start) in context.lexicon.governors.none
    if nobody or (told.cue is not None and told.cue.meets(line.tokens[found.at].span)):
        return told
    while start < end - 1 and line.word(start) in DETERMINERS:
        start += 1
    words, cue = line.span(start, end), line.span(found.at, found.at + 1)
    if told.about is not None and line.word(start) in _PRONOUNS:
        return replace(told, cue=cue, stance=None)
    own = Attribution(source=words, cue=cue, content=())
    chain = passed_on(context, own) if told.source.mention is None else (*told.via, told.source.mention)
    known = source(context, own)
    return Voice(known, chain, cue, QuoteKind.INDIRECT, None, (), words)


def _medium(context: Context, hearer: Span) -> bool:
    """Was it told to an outlet, which passed it on, rather than to a person?"""
    words = {word.lower() for word in hearer.of(context.text).split()}
    known = {c.value.kind for c in context.actors(hearer) if c.value is not None}
    return bool(known & {"media", "agency"}) or bool(words & context.lexicon.words.sources["media"])


def _innermost(context: Context, at: Span, *, presupposed: bool, judged: bool) -> Attribution | None:
    """The shortest content around the words, of two alike the one passed on; only the NEAR ones that open before them are looked at.
    `judged`: not that of a verb that only judges it."""
    attributions, contents = context.reading.attributions, context.contents
    upto = bisect_right(contents, (at.start, sys.maxsize, 0))
    holding = [
        (end - start, -_depth(attributions, n), n)
        for start, end, n in contents[max(0, upto - NEAR) : upto]
        if at.end <= end
        and (not presupposed or attributions[n].quote is QuoteKind.DIRECT)
        and not (judged and _judges(context, attributions[n]))
    ]
    return attributions[min(holding)[2]] if holding else None


def _depth(attributions: Sequence[Attribution], n: int) -> int:
    """How many voices pass this one on."""
    depth, outer = 0, attributions[n].outer
    while outer is not None and depth < NEAR:
        depth, outer = depth + 1, attributions[outer].outer
    return depth


NEAR = 60
"""Contents that open before some words and are looked at: speech that holds them does not open far away. Keeps time linear."""


def _judges(context: Context, one: Attribution) -> bool:
    """Does a cue only judge its content (`described the attack as illegal`), so that this is taken for granted?"""
    if one.cue is None:
        return False
    tokens = context.reading.tokens
    at = bisect_left(tokens, one.cue.start, key=lambda token: token.span.start)
    inside = takewhile(lambda token: one.cue is not None and token.span.start < one.cue.end, tokens[at : at + 12])
    return any(token.lemma in context.lexicon.judging for token in inside)


def source(context: Context, one: Attribution) -> Source:
    """The source as a noun: its words, whom they name if that is known, and what kind of voice it is."""
    assert one.source is not None
    article, lexicon = context.reading.article, context.lexicon
    words = one.source.of(article.text)
    pronoun = words.lower() in _PRONOUNS
    named = one.about if one.about is not None and pronoun else one.source
    known = [c for c in context.actors(named) if named.holds(c.span)]
    whole = next((c.value for c in known if _covers(article.text, named, c.span)), None)
    near = whole or next((c.value for c in known), None)
    place = any(c.span == named for c in context.places(named))  # `Kyiv said`
    kind = SourceKind.OFFICIAL if place and whole is None else _kind(named.of(article.text), whole, near, lexicon)
    name = whole.name if whole is not None else squeeze(named.of(article.text)) if named != one.source else None
    spoken_for = whole or (near if any(word in _ROLES for word in named.of(article.text).lower().split()) else None)
    side = spoken_for.side if spoken_for is not None else None
    return Source(kind, squeeze(words), one.source, name, whole.key if whole else None, side)


def _covers(text: str, source: Span, actor: Span) -> bool:
    """Is the actor the source itself, rather than whom the source belongs to (`PMF spokesman`) or opposes?"""
    if text[actor.end : actor.end + 2] in ("'s", "’s") and actor.end < source.end:
        return False  # `[Russia]'s Africa Corps`
    apposition = text[source.start : source.end].find(",")
    if apposition > 0 and actor.start < source.start + apposition:
        source = Span(source.start, source.start + apposition)
    elif apposition > 0:
        source = Span(source.start + apposition + 1, source.end)
    rest = (text[source.start : actor.start] + " " + text[actor.end : source.end]).lower()
    extra = [w for w in rest.replace(",", " ").replace("(", " ").replace(")", " ").split() if w not in _FIRST]
    return len(extra) <= 1 or (len(extra) <= 4 and not any(w in _ROLES for w in extra))


_ROLES = frozenset(
    "spokesman spokeswoman spokesperson official officials commander commanders source sources chief head leader minister "
    "director officer fighter fighters member members general president soldier of in from for with by to against near allied".split()
)


def _kind(words: str, actor: Actor | None, near: Actor | None, lexicon: Lexicon) -> SourceKind:
    if actor is not None:
        return _KINDS.get(actor.kind, SourceKind.ORGANISATION)
    tokens = {w.strip(".,()’'“”\"").lower() for w in words.split()}
    for name, terms in lexicon.words.sources.items():
        if tokens & terms:
            kind = SourceKind(name)
            if kind is SourceKind.OFFICIAL and near is not None and near.kind == "armed-group":
                return SourceKind.PARTY
            return kind
    capitals = [w for w in words.split() if w[:1].isupper()]
    return SourceKind.PERSON if len(capitals) >= 1 and words[:4] not in ("The ",) else SourceKind.UNNAMED
