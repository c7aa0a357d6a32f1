"""Who says what: the spans that the model finds, put together over sentences and paragraphs.

Comes in: the tokens and sentences of an article, what the model made of its words, its quotations, the pack's cues. Goes out:
attributions (source, cue, content spans), sorted by where they begin.

The model gives source, cue and content where one voice speaks. Four rules hold for all of them. (1) Where a voice stands within
another (`state TV quoted the army as saying …`), which the model was never shown, the tree says who (nested.py). (2) Content that
touches a quotation takes all of it, over sentences and paragraphs. (3) A quotation without a cue belongs to whoever spoke last
in its paragraph, or, where the paragraph is nothing but quotation, in the paragraph before. (4) A pronoun source means what its
chain of coreference names. An attribution inside the content of another is passed on by it (`outer`).
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from whosays.language import nested
from whosays.language.analysis import Analysis, Range, Voice
from whosays.language.coreference import PRONOUNS
from whosays.language.packs import Pack
from whosays.language.quotes import continues
from whosays.language.tree import Tree
from whosays.nouns import Attribution, Mention, PartKind, QuoteKind, Sentence, Span, Stance, Token
from whosays.text import trim

NEAR = 60
"""Attributions and quotations on either side that are looked at: what passes a voice on stands near it. Keeps time linear."""


def find(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    read: Analysis,
    mentions: Sequence[Mention],
    quotes: Sequence[Span],
    parts: Sequence[Span],
    pack: Pack,
) -> tuple[Attribution, ...]:
    """All attributions of an article, sorted by where they begin."""
    found: list[Attribution] = []
    voices = sorted(read.voices, key=_first)
    at = 0
    for sentence in sentences:
        begin, end = sentence.tokens
        own = []
        while at < len(voices) and _first(voices[at]) < end:
            own.append(voices[at])
            at += 1
        tree = Tree(text, tokens[begin:end], begin)
        voiced = _in_sentence(tree, tokens, own, begin, pack, headline=sentence.part is PartKind.HEADLINE)
        found += [one if one.outer is None else replace(one, outer=one.outer + len(found)) for one in voiced]
    found = [_with_quotes(text, a, quotes) for a in found]
    found += _unattributed(text, found, quotes, parts)
    return _nested(text, _antecedents(text, _sorted(found), mentions))


def _sorted(found: Sequence[Attribution]) -> list[Attribution]:
    """By where they begin; what they say of each other goes with them."""
    order = sorted(
        range(len(found)), key=lambda n: ((found[n].cue or found[n].content[0]).start, found[n].content[0].start)
    )
    new = {old: n for n, old in enumerate(order)}
    return [replace(found[n], outer=None if (outer := found[n].outer) is None else new[outer]) for n in order]


def _first(voice: Voice) -> int:
    return voice.cue[0]


# ------------------------------------------------------------------------------------------------ in one sentence


def _in_sentence(
    tree: Tree, tokens: Sequence[Token], voices: Sequence[Voice], first: int, pack: Pack, *, headline: bool
) -> list[Attribution]:
    """The model's voices, completed by the tree, and those that only the tree shows."""
    shown = nested.find(tree, pack)
    found: list[Attribution] = []
    place: dict[int, int] = {}
    for voice in (_refused(tree, one, first, pack) for one in voices):
        n = next((n for n, one in enumerate(shown) if _meet(voice.cue, one.cue, first)), None)
        if n is not None and shown[n].sure:
            continue  # the shapes of nesting are the tree's
        made = _of_model(tree, tokens, voice, None if n is None else shown[n], first, pack)
        if made is not None:
            if n is not None:
                place[n] = len(found)
            found.append(made)
    passing = {one.outer for one in shown}
    for n, one in sorted(enumerate(shown), key=lambda pair: not pair[1].sure):
        made = None if n in place else _of_tree(tree, one)
        if made is not None and (one.sure or n in passing or headline or _within(made, found) or _apart(made, found)):
            place[n] = len(found)
            found.append(made)
    if headline and not found:
        found = [made for one in nested.colon(tree, pack) if (made := _of_tree(tree, one)) is not None]
    for n, at in place.items():
        outer = shown[n].outer
        if outer is not None:
            found[at] = replace(found[at], outer=place.get(outer))
    return found


def _refused(tree: Tree, voice: Voice, first: int, pack: Pack) -> Voice:
    """`declined to confirm CONTENT`: one cue, not a voice that declines something."""
    verb = voice.cue[1] - 1 - first
    said = tree.child(verb, "xcomp") if verb < len(tree) and tree.tokens[verb].lemma in nested.REFUSED else None
    if said is None or tree.tokens[said].lemma not in pack.stances:
        return voice
    return Voice((voice.cue[0], first + said + 1), voice.sources, ())


def _meet(cue: Range, other: Range, first: int) -> bool:
    return cue[0] < other[1] + first and other[0] + first < cue[1]


def _of_model(
    tree: Tree, tokens: Sequence[Token], voice: Voice, shown: nested.Spoken | None, first: int, pack: Pack
) -> Attribution | None:
    cue = Span(tokens[voice.cue[0]].span.start, tokens[voice.cue[1] - 1].span.end)
    source = _span(tree.text, tokens, _speaker(tree, voice.sources[0], first)) if voice.sources else None
    if source is None and shown is not None and shown.source is not None:
        source = tree.span(shown.source)
    whole = [_whole(tree, of, (voice.cue, *voice.sources), first) for of in voice.contents]
    contents = tuple(span for of in whole if (span := _span(tree.text, tokens, of)) is not None)
    if shown is not None and (not contents or len(shown.content) > 1):  # a voice in the middle of what it says
        contents = _spans(tree, shown.content)
    if not contents:
        return None
    stance = _stance(tree, range(voice.cue[0] - first, min(voice.cue[1] - first, len(tree))), pack)
    to = tree.span(shown.to) if shown is not None and shown.to is not None else None
    return Attribution(source, cue, tuple(sorted(contents)), stance, to=to)


def _speaker(tree: Tree, source: Range, first: int) -> Range:
    """A source without the relative clause that follows it: `Prigozhin, [who runs the group,] said`."""
    start, end = source[0] - first, min(source[1] - first, len(tree))
    if not 0 <= start < end:
        return source
    clauses = (
        c for n in range(start, end) for c in tree.children[n] if tree.tokens[c].relation == "acl:relcl" and n < c < end
    )
    cut = min((tree.range(c)[0] for c in clauses), default=end)
    return first + start, first + max(start + 1, cut)


def _whole(tree: Tree, content: Range, own: Sequence[Range], first: int) -> Range:
    """Content with what belongs to its verb: a phrase right behind it (`captured the town [on Wednesday], a commander said`), a second
    verb of the same subject (`it had crossed the border [and was attacking the town]`); never with its own cue or source."""
    start, end = max(content[0] - first, 0), content[1] - first
    for n in range(start, min(end, len(tree))):
        for c in tree.children[n]:
            begin, stop = tree.range(c) if c >= end else (0, 0)
            phrase = tree.relation(c) in ("obl", "advmod") and begin == end
            verb = tree.relation(c) == "conj" and tree.tokens[c].upos == "VERB" and tree.child(c, "nsubj") is None
            if stop and (phrase or verb) and not any(_meet(one, (end, stop), first) for one in own):
                end = max(end, stop)
    return content[0], first + end


def _span(text: str, tokens: Sequence[Token], of: Range) -> Span | None:
    """Words as a span of text without marks at its ends, nor the `that` of a clause; None where nothing is left."""
    start, end = of
    if end - start > 1 and tokens[start].relation == "mark" and tokens[start].lemma == "that":
        start += 1
    left, right = trim(text, tokens[start].span.start, tokens[end - 1].span.end, also=",;:")
    return Span(left, right) if left < right else None


def _stance(tree: Tree, cue: range, pack: Pack) -> Stance:
    """What the cue's verb does to the content: the last of its words that the pack knows decides."""
    for i in reversed(cue):
        stance = pack.stances.get(tree.tokens[i].lemma)
        if stance is not None:
            return nested.negated(tree, i, stance)
    return Stance.ASSERTS


def _of_tree(tree: Tree, one: nested.Spoken) -> Attribution | None:
    content = _spans(tree, one.content)
    cue = Span(tree.tokens[one.cue[0]].span.start, tree.tokens[one.cue[1] - 1].span.end)
    source = tree.span(one.source) if one.source is not None else None
    to = tree.span(one.to) if one.to is not None else None
    return Attribution(source, cue, content, one.stance, to=to) if content else None


def _spans(tree: Tree, content: Sequence[Range]) -> tuple[Span, ...]:
    return tuple(span for of in content if (span := _span(tree.text, tree.tokens, of)) is not None)


def _apart(one: Attribution, found: Sequence[Attribution]) -> bool:
    """Has the model said nothing of these words?"""
    taken = [span for other in found for span in (other.source, other.cue, *other.content) if span is not None]
    return not any(span.meets(own) for span in taken for own in (one.source, one.cue, *one.content) if own is not None)


def _within(one: Attribution, found: Sequence[Attribution]) -> bool:
    """Is it inside the content of another, or another inside its own?"""
    return any(
        (one.cue is not None and span.holds(one.cue))
        or (other.cue is not None and any(c.holds(other.cue) for c in one.content))
        for other in found
        for span in other.content
    )


# ------------------------------------------------------------------------------------- over the whole article


def _with_quotes(text: str, attribution: Attribution, quotes: Sequence[Span]) -> Attribution:
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


def _antecedents(text: str, attributions: list[Attribution], mentions: Sequence[Mention]) -> list[Attribution]:
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


def _nested(text: str, attributions: list[Attribution]) -> tuple[Attribution, ...]:
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
