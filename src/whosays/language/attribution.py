"""Who says what, by cue words and word classes: the baseline that the model of step 2 replaces.

Comes in: the tagged sentences of an article, its quotations, the pack's cues. Goes out: attributions (source, cue, content
spans), sorted by cue.

Where English puts the three, and what the code calls it:
  after     CONTENT, SOURCE cue.            "…", SOURCE cue.      "…", cue SOURCE.
  before    SOURCE cue (that) CONTENT.      SOURCE told OUTLET that CONTENT.
  accord    CONTENT, according to SOURCE.   According to SOURCE, CONTENT.
  colon     CONTENT: SOURCE                 SOURCE: CONTENT       (headlines)
  quoting   OUTER quoted SOURCE as saying CONTENT.    OUTER, citing SOURCE, said CONTENT.
Three rules hold for all of them. (1) Content never holds its own source or cue. (2) Content that touches a quotation takes
all of it, over sentences and paragraphs. (3) A quotation without a cue belongs to whoever spoke last in its paragraph, or,
where the paragraph is nothing but quotation, in the paragraph before.
An attribution inside the content of another is passed on by it (`outer`).
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from whosays.language.cues import in_sentence
from whosays.language.line import PRONOUNS, Line
from whosays.language.packs import Pack
from whosays.language.quotes import continues
from whosays.nouns import Attribution, QuoteKind, Sentence, Span, Stance, Token

NEAR = 60
"""Attributions and quotations on either side that are looked at: what passes a voice on stands near it. Keeps time linear."""


def find(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    quotes: Sequence[Span],
    parts: Sequence[Span],
    pack: Pack,
) -> tuple[Attribution, ...]:
    """All attributions of an article, sorted by where they begin."""
    found: list[Attribution] = []
    for sentence in sentences:
        line = Line(text, tokens[slice(*sentence.tokens)], sentence)
        found += _apart(in_sentence(line, pack))
    found = [_with_quotes(a, quotes) for a in found]
    found += _unattributed(text, found, quotes, parts)
    found.sort(key=lambda a: ((a.cue or a.content[0]).start, a.content[0].start))
    return _nested(text, _antecedents(text, found))


# ------------------------------------------------------------------------------------- over the whole article


def _apart(attributions: list[Attribution]) -> list[Attribution]:
    """Attributions of one sentence cut so that none has another's source and cue in its content unless it passes it on.

    `X denied A and Y said B`: the content of the first ends where the source of the second begins, if the second is joined
    by a conjunction or comma rather than governed by the first."""
    ordered = sorted(attributions, key=lambda a: (a.cue or a.content[0]).start)
    out: list[Attribution] = []
    for n, one in enumerate(ordered):
        content = one.content[0]
        for other in ordered[n + 1 :]:
            shared = other.source is not None and one.cue is not None and other.source.start < one.cue.start
            edge = other.cue if shared else other.source or other.cue  # `denied A and said B`: one subject, two verbs
            after_own = one.cue is not None and content.start >= one.cue.end
            if edge is None or not after_own or not content.start < edge.start < content.end:
                continue
            if other.content[0].start >= edge.end and edge.start - content.start > 8:
                content = Span(content.start, edge.start)
                break
        if content.end - content.start > 2:
            source = one.source
            if source is None and out:
                source = out[-1].source
            out.append(replace(one, source=source, content=(content,)))
    return out


def _with_quotes(attribution: Attribution, quotes: Sequence[Span]) -> Attribution:
    """Rule 2: all of a quotation that the content touches; and whether it is direct, mixed or indirect speech."""
    content, cue, source = attribution.content[0], attribution.cue, attribution.source
    around = next(iter(_meeting(quotes, cue)), None) if cue else None
    if around is not None and cue is not None and around.holds(cue):  # said within a quotation: it ends with it
        content = Span(content.start, max(content.start, min(content.end, around.end)))
    inside = [q for q in _meeting(quotes, content) if q != around]
    spans = [content, *(q for q in inside if not content.holds(q) and not (source and q.holds(source)))]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    if len(spans) > 1 and not any(s and start <= s.start < end for s in (cue, source)):
        spans = [Span(start, end)]
    quoted = sum(min(q.end, s.end) - max(q.start, s.start) for s in spans for q in inside if q.meets(s))
    length = sum(s.end - s.start for s in spans)
    kind = QuoteKind.INDIRECT if not quoted else QuoteKind.DIRECT if quoted >= 0.9 * length else QuoteKind.MIXED
    return replace(attribution, content=tuple(sorted(spans)), quote=kind)


def _meeting(quotes: Sequence[Span], span: Span) -> list[Span]:
    """Of quotations (sorted, apart) those that share words with a span."""
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    return list(takewhile(lambda quote: quote.start < span.end, quotes[first : first + NEAR]))


def _unattributed(
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


def _antecedents(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """`he said`: the last source that was not a pronoun."""
    last: Span | None = None
    out = []
    for one in attributions:
        if _pronoun(text, one):
            one = replace(one, about=one.about or last)
        elif one.source is not None:
            last = one.source
        out.append(one)
    return out


def _nested(text: str, attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Link each attribution to the smallest other one whose content holds its cue and source.

    A pronoun inside (`The UN said it had confirmed …`) is the outer voice again, not a second one: dropped, unless it denies."""
    outer = _outer(attributions)
    kept = [
        n
        for n, one in enumerate(attributions)
        if outer[n] is None or not _pronoun(text, one) or one.stance is not Stance.ASSERTS
    ]
    voices = [attributions[n] for n in kept]
    return tuple(replace(one, outer=n) for one, n in zip(voices, _outer(voices), strict=True))


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
