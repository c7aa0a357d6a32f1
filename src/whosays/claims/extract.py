"""From a match in its line to claims: everything that the words around it say of it."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.claims import confidence, counts, factuality, roles, voices, when, where
from whosays.claims.frames import Match
from whosays.claims.lines import Context, Line
from whosays.nouns import Claim, Evidence, Span
from whosays.text import digest, snippet, squeeze


def claims(context: Context, line: Line, found: Match) -> Iterator[when.Dated]:
    """The claims that one match makes, one for each coordinated place; undated where their own words give no time."""
    voice = voices.voice(context, line, found)
    polarity, modality = factuality.judge(line, found, voice.stance, voice.cue, context.lexicon)
    actor_range = found.roles.get("actor") or found.roles.get("weapon")
    if actor_range is not None:
        actor_range = roles.weapon_owner(context, line, actor_range)
    actor = roles.party(context, line, actor_range, voice) or (
        roles.speaker(voice) if found.type in context.lexicon.speech else None
    )
    target = roles.party(context, line, found.roles.get("target") or roles.loser(context, line, found), voice)
    time, time_span = when.said(context, line, found, voice, modality)
    told = when.told(context, line, voice)
    counted = counts.counted(context, line, found)
    if found.trigger.needs_count and counted.count is None:
        return
    for place in where.wheres(context, line, found):
        evidence, occurrence = _evidence(context, line, found, voice)
        words = [party.words if party else None for party in (actor, target, place)]
        reasons = confidence.reasons(
            confidence.Facts(line, found, voice, polarity, modality, actor, target, place),
        )
        claim = Claim(
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
            harm=found.trigger.harm,
            means=(found.trigger.means or roles.means(context, line, found)) if found.type == "attack" else None,
            source=voice.source,
            via=voice.via,
            cue=None if voice.cue is None else voice.cue.of(context.text),
            cue_span=voice.cue,
            quote=voice.quote,
            evidence=evidence,
            confidence=confidence.confidence(reasons),
            reasons=reasons,
        )
        yield when.Dated(line, found, claim, told)


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
