"""Who says what, over the whole article: quotations, what a colon announces, pronouns, voices within voices.

Comes in: the attributions of the sentences, quotations and mentions. Goes out: the same completed, and those that only the
article shows. The rules are those of attribution.py.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from whosays.language.coreference import PRONOUNS
from whosays.language.quotes import continues
from whosays.nouns import Attribution, Mention, QuoteKind, Span, Stance

NEAR = 60
"""Attributions and quotations on either side that are looked at: what passes a voice on stands near it. Keeps time linear."""


def with_quotes(text: str, attribution: Attribution, quotes: Sequence[Span]) -> Attribution:
    """Rule 2: all of a quotation that the content touches; and whether it is direct, mixed or indirect speech."""
    cue, source = attribution.cue, attribution.source
    around = next((q for q in _meeting(quotes, cue) if q.holds(cue)), None) if cue else None
    contents = list(attribution.content)
    if around is not None:  # said within a quotation: it ends with it
        contents = [Span(c.start, min(c.end, around.end)) for c in contents if c.start < around.end] or contents
    inside = sorted({q for content in contents for q in _meeting(quotes, content) if q != around})
    fitting = [q for q in inside if not (source and q.holds(source)) and not (cue and q.holds(cue))]
    spans: list[Span] = []
    for span in sorted([*contents, *fitting]):
        if spans and not any(letter.isalnum() for letter in text[spans[-1].end : span.start]):
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    quoted = sum(min(q.end, s.end) - max(q.start, s.start) for s in spans for q in inside if q.meets(s))
    length = sum(s.end - s.start for s in spans)
    kind = QuoteKind.INDIRECT if not quoted else QuoteKind.DIRECT if quoted >= 0.9 * length else QuoteKind.MIXED
    return replace(attribution, content=tuple(spans), quote=kind)


def announced(
    text: str,
    opened: Sequence[Attribution],
    found: Sequence[Attribution],
    quotes: Sequence[Span],
    parts: Sequence[Span],
) -> list[Attribution]:
    """What stands behind a colon that ends a paragraph."""
    spoken = sorted(one.cue.start for one in found if one.cue is not None and one.source is not None)
    out = []
    for one in opened:
        assert one.cue is not None
        number = bisect_right(parts, one.cue.start, key=lambda part: part.start)
        end = number
        while end < len(parts) and end - number < NEAR and not _holds_any(spoken, parts[end]):
            end += 1
        quoted = number < len(parts) and text[parts[number].start] in '"“„«'
        content = _meeting(quotes, parts[number])[:1] if quoted else parts[number:end]
        if content:
            kind = QuoteKind.DIRECT if quoted else QuoteKind.INDIRECT
            out.append(replace(one, content=tuple(content), quote=kind))
    return out


def _holds_any(starts: Sequence[int], span: Span) -> bool:
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] < span.end


def running_on(text: str, found: Sequence[Attribution], quotes: Sequence[Span]) -> list[Attribution]:
    """Quotations that are left open and go on in one whose speaker is known."""
    claimed = {quote: one for one in found for span in one.content for quote in _meeting(quotes, span)}
    out: list[Attribution] = []
    for quote, following in reversed(list(pairwise(quotes))):
        one = claimed.get(following)
        if one is not None and quote not in claimed and continues(text, quote, following):
            claimed[quote] = replace(one, content=(quote,), quote=QuoteKind.DIRECT, outer=None)
            out.append(claimed[quote])
    return out


def _meeting(quotes: Sequence[Span], span: Span) -> list[Span]:
    """Of quotations (sorted, apart) those that share words with a span."""
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    return list(takewhile(lambda quote: quote.start < span.end, quotes[first : first + NEAR]))


def unattributed(
    text: str, found: Sequence[Attribution], quotes: Sequence[Span], parts: Sequence[Span]
) -> list[Attribution]:
    """Rule 3: quotations of five words and more that no cue has claimed."""
    claimed = sorted(span for one in found for span in one.content)
    voices = sorted((one for one in found if one.source is not None), key=_opening)
    starts = [_opening(one) for one in voices]
    out: list[Attribution] = []
    last: Span | None = None
    for quote in quotes:
        at = bisect_left(claimed, Span(quote.end, quote.end))
        taken = any(span.meets(quote) for span in claimed[max(0, at - NEAR) : at])
        number = bisect_right(parts, quote.start, key=lambda part: part.start) - 1
        if not taken and len(quote.of(text).split()) >= 5 and number >= 0:
            part = parts[number]
            alone = quote.start - part.start <= 1 and part.end - quote.end <= 2
            goes_on = last is not None and continues(text, last, quote)
            earliest = parts[number - 1].start if (alone or goes_on) and number else part.start
            before = bisect_left(starts, quote.start) - 1
            speaker = voices[before] if before >= 0 and starts[before] >= earliest else None
            if (
                out
                and out[-1].content[0].start >= earliest
                and (speaker is None or _opening(out[-1]) > _opening(speaker))
            ):
                speaker = out[-1]
            if speaker is None and before + 1 < len(voices) and starts[before + 1] < part.end:
                speaker = voices[before + 1]
            if speaker is not None:
                out.append(
                    Attribution(speaker.source, speaker.cue, (quote,), quote=QuoteKind.DIRECT, about=speaker.about)
                )
        last = quote
    return out


def _opening(one: Attribution) -> int:
    return one.content[0].start


def antecedents(text: str, attributions: list[Attribution], mentions: Sequence[Mention]) -> list[Attribution]:
    """`he said`: what the chain of the pronoun names; without one, the last source that was not a pronoun."""
    named: dict[tuple[int, bool], Span] = {}
    for mention in mentions:
        if mention.chain is not None and mention.span.of(text).lower() not in PRONOUNS:
            named.setdefault((mention.chain, mention.kind == "Person"), mention.span)
    chains = {mention.span: mention.chain for mention in mentions if mention.chain is not None}
    last: Span | None = None
    out = []
    for one in attributions:
        if one.source is not None and _pronoun(text, one):
            chain = chains.get(one.source)
            person = one.source.of(text).lower() in _PERSONAL
            meant = (
                None if chain is None else named.get((chain, True)) or (None if person else named.get((chain, False)))
            )
            one = replace(one, about=one.about or meant or last)
        elif one.source is not None:
            last = one.source
        out.append(one)
    return out


_PERSONAL = frozenset({"he", "she", "him", "her"})


def linked(text: str, attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Link each attribution to the smallest other one whose content holds its cue and source, where the tree did not say.

    A pronoun inside (`The UN said it had confirmed …`) is the outer voice again, not a second one: dropped, unless it denies."""
    around = _outer(attributions)
    outer = [one.outer if one.outer is not None else around[n] for n, one in enumerate(attributions)]
    kept = [
        n
        for n, one in enumerate(attributions)
        if outer[n] is None or not _pronoun(text, one) or one.stance is not Stance.ASSERTS
    ]
    new = {old: n for n, old in enumerate(kept)}
    return tuple(replace(attributions[n], outer=_kept(outer, new, n)) for n in kept)


def _kept(outer: list[int | None], new: dict[int, int], n: int) -> int | None:
    """The number of the next outer voice that was not dropped. A circle is cut where it is met."""
    seen, found, at = {n}, None, outer[n]
    while at is not None:
        if at in seen:
            outer[n] = None
            return None
        seen.add(at)
        found = new.get(at) if found is None else found
        at = outer[at]
    return found


def _outer(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the one that holds it most closely; only the NEAR ones that open before it are looked at."""
    contents = sorted((span.start, span.end, n) for n, one in enumerate(attributions) for span in one.content)
    found: list[int | None] = []
    for one in attributions:
        edge = one.source or one.cue
        holding = []
        if edge is not None:
            at = bisect_right(contents, (edge.start, sys.maxsize, 0))
            holding = [
                (end - start, start, n)
                for start, end, n in contents[max(0, at - NEAR) : at]
                if edge.end <= end and attributions[n] is not one and attributions[n].source != one.source
            ]
        found.append(min(holding)[2] if holding else None)
    return found


def _pronoun(text: str, one: Attribution) -> bool:
    return one.source is not None and one.source.of(text).lower() in PRONOUNS
