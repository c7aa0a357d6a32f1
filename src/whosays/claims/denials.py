"""Denials: what each denies, and those that only point to what they deny (`…, a claim that the army denied`; `He denied it.`).

A denial whose content is a pronoun, or a noun for what was said, denies what was claimed just before it: in its own sentence,
else in the one before. Its evidence is its own words; `denies` names the claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from whosays.claims import voices
from whosays.claims.lines import Context
from whosays.nouns import Attribution, Claim, Evidence, Modality, PartKind, Polarity, QuoteKind, Span, Stance
from whosays.text import digest, fold, snippet

_POINTERS = frozenset("it that this which them these those".split())
_SAID = frozenset(
    "claim claims report reports allegation allegations accusation accusations assertion charge charges rumour rumours".split()
)
_LONGEST = 4
"""Words: what only points back is short."""


def echoed(context: Context, found: Sequence[Claim]) -> list[Claim]:
    """The denials that repeat nothing of what they deny."""
    out = []
    for one in context.reading.attributions:
        if (
            one.stance is Stance.DENIES
            and one.cue is not None
            and one.source is not None
            and _points(context.text, one)
        ):
            out += [_denied(context, one, claim) for claim in _before(context, one, found)]
    return out


def _points(text: str, one: Attribution) -> bool:
    words = [word.lower().strip(".,") for span in one.content for word in span.of(text).split()]
    return len(words) <= _LONGEST and bool(words) and (words[-1] in _POINTERS or words[-1] in _SAID)


def _before(context: Context, one: Attribution, found: Sequence[Claim]) -> list[Claim]:
    """What others claimed in the same sentence before it; where nobody did, in the sentence before."""
    assert one.cue is not None
    sentences = context.reading.sentences
    at = bisect_left(sentences, one.cue.start + 1, key=lambda sentence: sentence.span.start) - 1
    own = _within(found, sentences[at].span, one)
    if own or at == 0 or sentences[at - 1].part is not PartKind.PARAGRAPH:
        return own
    return _within(found, sentences[at - 1].span, one)


def _within(found: Sequence[Claim], sentence: Span, one: Attribution) -> list[Claim]:
    assert one.cue is not None
    assert one.source is not None
    edge = min(one.cue.start, one.source.start)
    return [
        claim
        for claim in found
        if sentence.start <= claim.evidence.start
        and claim.evidence.end <= min(sentence.end, edge)
        and claim.source.span != one.source
        and claim.polarity is Polarity.AFFIRMED
        and claim.modality in (Modality.ACTUAL, Modality.PROBABLE)
    ]


def _denied(context: Context, one: Attribution, claim: Claim) -> Claim:
    """The claim as this voice denies it, in the words of the denial."""
    text, article = context.text, context.reading.article
    assert one.cue is not None
    assert one.source is not None
    start = min(span.start for span in (one.source, one.cue, *one.content))
    end = max(span.end for span in (one.source, one.cue, *one.content))
    exact = Span(start, end).of(text)
    prefix, suffix = snippet(text, start, end)
    outlet = article.agency or article.publisher
    return replace(
        claim,
        id=digest(article.id, "denied", claim.id, exact, str(start)),
        polarity=Polarity.DENIED,
        modality=Modality.ACTUAL,
        source=voices.source(article, one, context.candidates, context.lexicon),
        via=(outlet,) if outlet else (),
        cue=one.cue.of(text),
        cue_span=one.cue,
        quote=QuoteKind.INDIRECT,
        evidence=Evidence(exact, start, end, prefix, suffix),
        denies=claim.id,
    )


def linked(found: list[Claim]) -> tuple[Claim, ...]:
    """Each denial points to the nearest claim before it, else after it, that it denies."""
    affirmed: dict[tuple[str, str], list[Claim]] = {}
    for one in found:
        if one.polarity is Polarity.AFFIRMED and one.place is not None:
            affirmed.setdefault((one.type, _place(one)), []).append(one)
    out = []
    for one in found:
        if one.polarity is Polarity.DENIED and one.place is not None and one.denies is None:
            others = affirmed.get((one.type, _place(one)), [])
            middle = bisect_left(others, one.evidence.start, key=lambda other: other.evidence.start)
            order = [*reversed(others[max(0, middle - _NEAR) : middle]), *others[middle : middle + _NEAR]]
            denied = next((other.id for other in order if _same_actor(one, other)), None)
            one = replace(one, denies=denied)
        out.append(one)
    return tuple(out)


_NEAR = 60
"""Claims of one type and place on either side of a denial among which the denied one is looked for."""


def _place(claim: Claim) -> str:
    return fold((claim.place.name or claim.place.words or "") if claim.place else "")


def _same_actor(a: Claim, b: Claim) -> bool:
    """No two different actors; unnamed may be anyone."""
    return (
        len({party.actor or fold(party.name or party.words) for party in (a.actor, b.actor) if party is not None}) < 2
    )
