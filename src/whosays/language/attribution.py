"""Who says what: the spans that the model finds, put together over sentences and paragraphs.

Comes in: the tokens and sentences of an article, what the model made of its words, its quotations, the pack's cues. Goes out:
attributions (source, cue, content spans), sorted by where they begin.

The model gives source, cue and content where one voice speaks. Four rules hold for all of them. (1) Where a voice stands within
another (`state TV quoted the army as saying …`), which the model was never shown, the tree says who (nested.py). (2) Content that
touches a quotation takes all of it, over sentences and paragraphs. (3) A quotation without a cue belongs to whoever spoke last
in its paragraph, or, where the paragraph is nothing but quotation, in the paragraph before; one that runs on into an attributed
quotation shares its speaker. What a colon at the end of a paragraph announces (`the minister said:`) is what follows: the quotation,
or the paragraphs up to the next voice. (4) A pronoun source means what its
chain of coreference names. An attribution inside the content of another is passed on by it (`outer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whosays.language import discourse, nested
from whosays.language.analysis import Analysis, Range, Voice
from whosays.language.packs import Pack
from whosays.nouns import Attribution, Mention, PartKind, Sentence, Span, Stance, Token
from whosays.text import trim
from whosays.tree import Tree


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
    opened: list[Attribution] = []
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
        if text[sentence.span.end : sentence.span.end + 2].lstrip().startswith(":"):
            opened += _opened(text, tokens, own, voiced)
    found = [discourse.with_quotes(text, a, quotes) for a in found]
    found += discourse.announced(text, opened, found, quotes, parts)
    found += discourse.running_on(text, found, quotes)
    found += discourse.unattributed(text, found, quotes, parts)
    return discourse.linked(text, discourse.antecedents(text, _sorted(found), mentions))


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
    source = source or _described(tree, voice.cue[1] - 1 - first)
    whole = [_whole(tree, of, (voice.cue, *voice.sources), first) for of in voice.contents]
    contents = tuple(span for of in whole if (span := _span(tree.text, tokens, of)) is not None)
    if shown is not None and (not contents or len(shown.content) > 1):  # a voice in the middle of what it says
        contents = _spans(tree, shown.content)
    if source is not None:  # a headline's `Troops enter the town - rebels say`
        contents = tuple(_before(tree.text, span, source) if span.holds(source) else span for span in contents)
    if not contents:
        return None
    stance = _stance(tree, range(voice.cue[0] - first, min(voice.cue[1] - first, len(tree))), pack)
    to = tree.span(shown.to) if shown is not None and shown.to is not None else None
    return Attribution(source, cue, tuple(sorted(contents)), stance, to=to)


def _described(tree: Tree, verb: int) -> Span | None:
    """`Rwanda, [which denies] backing them`: a relative clause speaks for the noun that it describes."""
    if not 0 <= verb < len(tree) or tree.tokens[verb].relation != "acl:relcl":
        return None
    own = tree.child(verb, "nsubj")
    if own is None or tree.words[own] not in ("which", "who", "that"):
        return None
    return tree.span(tree.nominal(tree.heads[verb]))


def _before(text: str, content: Span, source: Span) -> Span:
    """Content without the source that ends it."""
    left, right = trim(text, content.start, source.start, also=",;:-–—")
    return Span(left, right) if left < right else content


def _speaker(tree: Tree, source: Range, first: int) -> Range:
    """A source without what joins it to the words around it: `[but] Prigozhin, [who runs the group,] said`."""
    start, end = source[0] - first, min(source[1] - first, len(tree))
    if not 0 <= start < end:
        return source
    clauses = (
        c for n in range(start, end) for c in tree.children[n] if tree.tokens[c].relation == "acl:relcl" and n < c < end
    )
    cut = min((tree.range(c)[0] for c in clauses), default=end)
    while start < cut - 1 and tree.tokens[start].upos in ("CCONJ", "PUNCT"):
        start += 1
    while start < cut - 1 and (tree.tokens[cut - 1].tag == "WP" or tree.tokens[cut - 1].upos == "PUNCT"):
        if tree.words[cut - 1] == ")" and "(" in tree.words[start:cut]:
            break  # `the Rapid Support Forces [(RSF)]`
        cut -= 1
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


def _opened(
    text: str, tokens: Sequence[Token], voices: Sequence[Voice], made: Sequence[Attribution]
) -> list[Attribution]:
    """The last voice of a sentence, where it has said nothing yet: what it says follows."""
    for voice in reversed(voices):
        cue = Span(tokens[voice.cue[0]].span.start, tokens[voice.cue[1] - 1].span.end)
        if voice.sources and not any(one.cue is not None and one.cue.meets(cue) for one in made):
            return [Attribution(_span(text, tokens, voice.sources[0]), cue, ())]
    return []
