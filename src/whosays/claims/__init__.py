"""Claims: a Reading and its candidates become Claims.

One public verb, `claim(reading, candidates)`. The way of a sentence: `match` finds where a proposition of a type is stated and
which words stand in its roles; `voices` says who vouches for it; `factuality` whether it is affirmed and how surely;
`roles`, `where` and `counts` what the words mean. The lexicon (lexicon/*.yml, one file per type) is the list of types.
Comments are never read: the language stage hands on headline, paragraphs and captions only.
"""

from __future__ import annotations

from collections.abc import Iterator

from whosays.claims import counts, denials, factuality, match, roles, voices, where
from whosays.claims.explain import Explained, Rule, explain
from whosays.claims.frames import Match
from whosays.claims.implied import implied
from whosays.claims.lines import Context, Line, lines
from whosays.claims.triggers import lexicon
from whosays.nouns import Candidates, Claim, Evidence, Modality, Party, Reading, Span, Where
from whosays.text import digest, snippet, squeeze

__all__ = ["Explained", "Rule", "claim", "explain", "implied", "lexicon"]


def claim(reading: Reading, candidates: Candidates) -> tuple[Claim, ...]:
    """All claims of an article, in the order of their words. Never raises on any Reading."""
    context = Context(reading, candidates, lexicon())
    found = [one for line in lines(reading, candidates, context.lexicon) for one in _of_line(context, line)]
    found += denials.echoed(context, found)
    return denials.linked(_distinct(found))


def _of_line(context: Context, line: Line) -> Iterator[Claim]:
    matches = match.find(line, context.lexicon)
    _share(matches)
    for found in matches:
        yield from _claims(context, line, found)


def _share(matches: list[Match]) -> None:
    """`killed in an Israeli bombing`, `a strike led by the coalition killed nine`: who attacks, kills, and the other way round; where it
    hit, they died."""
    for one in matches:
        kinds = _SHARED.get(one.type, ())
        near = [
            m for m in matches if m is not one and m.type in kinds and m.start < one.end + 3 and one.start < m.end + 3
        ]
        near.sort(key=lambda m: abs(m.at - one.at))
        actor = one.roles.get("actor")
        if actor is not None:
            named = next((m.roles["actor"] for m in near if actor[0] <= m.at < actor[1] and "actor" in m.roles), None)
            if named is not None:
                one.roles["actor"] = named
        for role in ("actor", "place"):
            held = (m.roles[role] for m in near if role in m.roles and (role == "place" or _same_clause(one, m)))
            known = next(held, None)
            if role not in one.roles and known is not None:
                one.roles[role] = known


def _same_clause(one: Match, other: Match) -> bool:
    return one.start <= other.at < one.end or other.start <= one.at < other.end


_SHARED = {
    "casualties": ("attack",),
    "attack": ("casualties", "attack"),
    "destroy": ("attack",),
    "displace": ("attack",),
}
"""Type → types of which one act is often told in the same clause."""


def _claims(context: Context, line: Line, found: Match) -> Iterator[Claim]:
    """The claims that one match makes: one for each coordinated place."""
    voice = voices.voice(context, line, found)
    polarity, modality = factuality.judge(line, found, voice.stance, voice.cue, context.lexicon)
    actor_range = found.roles.get("actor") or found.roles.get("weapon")
    if actor_range is not None:
        actor_range = roles.weapon_owner(context, line, actor_range)
    actor = roles.party(context, line, actor_range, voice) or (
        roles.speaker(voice) if found.type in context.lexicon.speech else None
    )
    target = roles.party(context, line, found.roles.get("target") or roles.loser(context, line, found), voice)
    time, time_span = roles.when(context, line, found, voice, modality)
    counted = counts.counted(context, line, found)
    if found.trigger.needs_count and counted.count is None:
        return
    for place in where.wheres(context, line, found):
        evidence, occurrence = _evidence(context, line, found, voice)
        words = [party.words if party else None for party in (actor, target, place)]
        yield Claim(
            id=digest(context.reading.article.id, found.type, evidence.exact, str(occurrence), *words),
            article=context.reading.article.id,
            type=found.type,
            polarity=polarity,
            modality=modality,
            actor=actor,
            target=target,
            place=place,
            time=time,
            time_words=None if time_span is None else squeeze(time_span.of(context.text)),
            time_span=time_span,
            count=counted.count,
            who=counted.who,
            cumulative=counted.cumulative,
            harm=found.trigger.harm if found.type == "casualties" else None,
            means=(found.trigger.means or roles.means(context, line, found)) if found.type == "attack" else None,
            source=voice.source,
            via=voice.via,
            cue=None if voice.cue is None else voice.cue.of(context.text),
            cue_span=voice.cue,
            quote=voice.quote,
            evidence=evidence,
            confidence=_confidence(found, actor, place, modality),
        )


def _evidence(context: Context, line: Line, found: Match, voice: voices.Voice) -> tuple[Evidence, int]:
    """The clause as a selector, and how often the same words stand before it in the article."""
    end = _without_voice(line, found, voice)
    while end - 1 > found.at and line.word(end - 1) in _LOOSE:
        end -= 1
    denied = factuality.denial_start(line, found, voice.cue, context.lexicon)
    span = line.span(found.start if denied is None else denied, end)
    exact = span.of(context.text)
    prefix, suffix = snippet(context.text, span.start, span.end)
    return Evidence(exact, span.start, span.end, prefix, suffix), context.text.count(exact, 0, span.start)


def _without_voice(line: Line, found: Match, voice: voices.Voice) -> int:
    """Where the clause ends without the words behind it that say who says it: `[the town was taken], the ministry said on Friday`."""
    own = line.span(*found.roles["actor"]) if "actor" in found.roles else Span(0, 0)  # `pleas by the [Red Crescent]`
    after = [
        line.at(words)
        for words in (voice.cue, voice.source.span)
        if words is not None and words.start > line.tokens[found.at].span.start and not own.holds(words)
    ]
    return max(found.at + 1, min([found.end, *(k for k in after if k > found.at)]))


_LOOSE = frozenset({"and", "or", "but", ",", "that", "to", "of", "the", "a"})
"""Words that no clause ends with."""


def _confidence(found: Match, actor: Party | None, place: Where | None, modality: Modality) -> float:
    """How sure the reading is, from what it found: not yet calibrated (docs/claims.md)."""
    score = 0.5 if found.nominal else 0.6
    score += 0.1 * (actor is not None) + 0.1 * (actor is not None and actor.name is not None)
    score += 0.1 * (place is not None and not place.inherited) - 0.1 * (modality is not Modality.ACTUAL)
    return round(min(0.95, max(0.05, score)), 2)


def _distinct(found: list[Claim]) -> list[Claim]:
    """One claim per id, in the order of the words."""
    by_id = {one.id: one for one in reversed(found)}
    return sorted(by_id.values(), key=lambda one: (one.evidence.start, one.evidence.end, one.type, one.id))
