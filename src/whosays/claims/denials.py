"""Denials: what each denies, and those that only point to what they deny (`…, a claim that the army denied`; `He denied it.`).

A denial whose content is a pronoun, or a noun for what was said, denies what was claimed just before it: in its own sentence,
else in the one before. Its evidence is its own words; `denies` names the claim.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from whosays.claims import confidence, voices
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
    starts = [sentence.span.start for sentence in context.reading.sentences]
    told: dict[int, list[Claim]] = defaultdict(list)  # by the number of the sentence
    for claim in found:
        told[bisect_right(starts, claim.evidence.start) - 1].append(claim)
    out = []
    for one in context.reading.attributions:
        if (
            one.stance is Stance.DENIES
            and one.cue is not None
            and one.source is not None
            and _points(context.text, one)
        ):
            at = bisect_right(starts, one.cue.start) - 1
            before = [claim for claim in told[at] if _deniable(claim, one, claim.type in context.lexicon.speech)]
            if not before and at and context.reading.sentences[at - 1].part is PartKind.PARAGRAPH:
                before = [
                    claim for claim in told[at - 1] if _deniable(claim, one, claim.type in context.lexicon.speech)
                ]
            out += [_denied(context, one, claim) for claim in before]
    return out


def _points(text: str, one: Attribution) -> bool:
    words = [word.lower().strip(".,") for span in one.content for word in span.of(text).split()]
    return len(words) <= _LONGEST and bool(words) and (words[-1] in _POINTERS or words[-1] in _SAID)


def _deniable(claim: Claim, one: Attribution, speech: bool) -> bool:
    """Is it somebody else's, stated before the denial, and not denied itself? That somebody accused nobody denies."""
    assert one.cue is not None
    assert one.source is not None
    apart = claim.evidence.end <= min(one.cue.start, one.source.start) and claim.source.span != one.source
    return (
        apart
        and not speech
        and claim.polarity is Polarity.AFFIRMED
        and claim.modality in (Modality.ACTUAL, Modality.PROBABLE)
    )


def _denied(context: Context, one: Attribution, claim: Claim) -> Claim:
    """The claim as this voice denies it, in the words of the denial."""
    text, article = context.text, context.reading.article
    assert one.cue is not None
    assert one.source is not None
    start = min(span.start for span in (one.source, one.cue, *one.content))
    end = max(span.end for span in (one.source, one.cue, *one.content))
    exact = Span(start, end).of(text)
    prefix, suffix = snippet(text, start, end)
    reasons = tuple(dict.fromkeys((*claim.reasons, confidence.name(confidence.denied))))
    return replace(
        claim,
        confidence=confidence.confidence(reasons),
        reasons=reasons,
        id=digest(article.id, "denied", claim.id, exact, str(start)),
        polarity=Polarity.DENIED,
        modality=Modality.ACTUAL,
        source=voices.source(context, one),
        via=voices.passed_on(context, one),
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
