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

from collections.abc import Sequence
from dataclasses import replace

from whosays.language.cues import in_sentence
from whosays.language.line import PRONOUNS, Line
from whosays.language.packs import Pack
from whosays.nouns import Attribution, QuoteKind, Sentence, Span, Stance, Token


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
    found = [_with_quotes(text, a, quotes) for a in found]
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
            edge = other.source or other.cue
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


def _with_quotes(text: str, attribution: Attribution, quotes: Sequence[Span]) -> Attribution:
    """Rule 2: all of a quotation that the content touches; and whether it is direct, mixed or indirect speech."""
    content = attribution.content[0]
    around = next((q for q in quotes if attribution.cue and q.holds(attribution.cue)), None)
    if around is not None:  # said within a quotation: it ends with it
        content = Span(content.start, max(content.start, min(content.end, around.end)))
    inside = [q for q in quotes if q.meets(content) and q != around]
    spans = [
        content,
        *(q for q in inside if not content.holds(q) and not (attribution.source and q.holds(attribution.source))),
    ]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    cue, source = attribution.cue, attribution.source
    if len(spans) > 1 and not any(s and start <= s.start < end for s in (cue, source)):
        spans = [Span(start, end)]
    quoted = sum(min(q.end, s.end) - max(q.start, s.start) for s in spans for q in inside if q.meets(s))
    length = sum(s.end - s.start for s in spans)
    kind = QuoteKind.INDIRECT if not quoted else QuoteKind.DIRECT if quoted >= 0.9 * length else QuoteKind.MIXED
    return replace(attribution, content=tuple(sorted(spans)), quote=kind)


def _unattributed(
    text: str, found: Sequence[Attribution], quotes: Sequence[Span], parts: Sequence[Span]
) -> list[Attribution]:
    """Rule 3: quotations of five words and more that no cue has claimed."""
    out: list[Attribution] = []
    for quote in quotes:
        if any(q.meets(quote) for a in found for q in a.content) or len(quote.of(text).split()) < 5:
            continue
        part = next((p for p in parts if p.holds(quote)), None)
        if part is None:
            continue
        known = [a for a in [*found, *out] if a.source is not None and a.content]
        before = [a for a in known if part.start <= a.content[0].start < quote.start]
        alone = quote.start - part.start <= 1 and part.end - quote.end <= 2
        if not before and alone:
            index = parts.index(part)
            before = [a for a in known if index and parts[index - 1].start <= a.content[0].start < part.start]
        after = [a for a in known if quote.end <= a.content[0].start < part.end] if not before else []
        nearest = (
            max(before, key=lambda a: a.content[0].start)
            if before
            else min(after, key=lambda a: a.content[0].start, default=None)
        )
        if nearest is not None:
            out.append(
                Attribution(
                    nearest.source, nearest.cue, (quote,), Stance.ASSERTS, QuoteKind.DIRECT, about=nearest.about
                )
            )
    return out


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
    voices = [
        one
        for one in attributions
        if not (_pronoun(text, one) and one.stance is Stance.ASSERTS and _around(one, attributions))
    ]
    linked = []
    for one in voices:
        outer = min(_around(one, voices), key=lambda other: (_length(other), other.content[0].start), default=None)
        linked.append(one if outer is None else replace(one, outer=voices.index(outer)))
    return tuple(linked)


def _around(one: Attribution, attributions: Sequence[Attribution]) -> list[Attribution]:
    edge = one.source or one.cue
    return [
        a
        for a in attributions
        if a is not one and edge is not None and one.source != a.source and any(s.holds(edge) for s in a.content)
    ]


def _length(one: Attribution) -> int:
    return sum(span.end - span.start for span in one.content)


def _pronoun(text: str, one: Attribution) -> bool:
    return one.source is not None and one.source.of(text).lower() in PRONOUNS
