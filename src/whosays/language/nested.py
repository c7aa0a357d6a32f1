"""Voices within voices, by rules over the dependency tree: what the attribution head, trained on text without nesting, cannot give.

Comes in: one sentence's tree and the pack's cues. Goes out: the attributions that its syntax shows, each perhaps passed on by
another of them (`outer`).

  said      OUTER said SOURCE said CONTENT.          CONTENT, SOURCE said, OUTER reported.
  noun      SOURCE's claim that CONTENT.             a message from SOURCE that CONTENT
  accord    CONTENT, according to SOURCE.
  colon     CONTENT: SOURCE                          SOURCE: CONTENT       (headlines)
  quoted    OUTER quoted SOURCE as saying CONTENT.   SOURCE was quoted by OUTER as saying CONTENT.   SOURCE, quoted by OUTER, said …
  citing    OUTER, citing SOURCE, said CONTENT.      CONTENT, OUTER reported, citing SOURCE.
  carried   SOURCE said in remarks carried by OUTER CONTENT.         A statement by SOURCE carried by OUTER said CONTENT.
  told      SOURCE told HEARER CONTENT.              SOURCE said in an interview with HEARER …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whosays.language.packs import Pack
from whosays.nouns import Stance
from whosays.tree import Range, Tree


@dataclass(frozen=True, slots=True)
class Spoken:
    """One attribution of a sentence, in token numbers. `outer`: number in the list it stands in."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    stance: Stance = Stance.ASSERTS
    to: Range | None = None
    outer: int | None = None
    sure: bool = False
    """Found by a shape that the tree alone can tell: it stands whatever the model says."""


def find(tree: Tree, pack: Pack) -> list[Spoken]:
    """All that the syntax shows; the shapes in which one voice passes on another come last, as they refer to the rest."""
    verbs = [i for i, token in enumerate(tree.tokens) if token.upos == "VERB"]
    found = [one for i in verbs if tree.tokens[i].lemma not in pack.quoting for one in _said(tree, i, pack)]
    found += [one for i, token in enumerate(tree.tokens) if token.upos == "NOUN" for one in _noun(tree, i, pack)]
    found += _according(tree, pack)
    for i in verbs:
        if tree.tokens[i].lemma in pack.quoting:
            found = _quoted(tree, i, found)
        elif tree.tokens[i].lemma in pack.carrying:
            found = _carried(tree, i, found, pack)
    return found


# ------------------------------------------------------------------------------------------------- verbs and nouns


def _said(tree: Tree, i: int, pack: Pack) -> Iterator[Spoken]:
    lemma = tree.tokens[i].lemma
    stance = pack.stances.get(lemma)
    if stance is None:
        return
    cites = any(tree.tokens[c].lemma in pack.quoting for c in tree.all(i, "advcl"))
    content = _content(tree, i, stance, clause=lemma in pack.needs_clause and not cites)
    source = tree.subject(i)
    if not content or source is None or tree.tokens[source].relation == "expl":
        return
    spoken = _author(tree, source, pack)
    if not any(spoken[0] < end and start < spoken[1] for start, end in content):
        yield Spoken(spoken, (i, i + 1), content, negated(tree, i, stance), _hearer(tree, i, pack))


def _author(tree: Tree, source: int, pack: Pack) -> Range:
    """Who speaks: of a statement or report, who made it."""
    maker = _maker(tree, source) if tree.tokens[source].lemma in pack.occasions else None
    return tree.nominal(source if maker is None else maker)


def _maker(tree: Tree, noun: int) -> int | None:
    """Whose a statement or claim is: `the army's`, `by the army`."""
    own = tree.child(noun, "nmod:poss")
    return (
        own
        if own is not None
        else next((n for n in tree.all(noun, "nmod") if tree.case(n) in ("by", "from", "of")), None)
    )


def _content(tree: Tree, i: int, stance: Stance, *, clause: bool) -> tuple[Range, ...]:
    """The clause that is said; with verbs that may take one, the thing that is denied, announced or demanded."""
    own = tree.child(i, "ccomp")
    if own is not None:
        return (tree.range(own),)
    if tree.relation(i) == "parataxis" and tree.child(i, "nsubj") is not None:
        (start, end), whole = tree.range(i), tree.range(tree.heads[i])
        around = [(whole[0], start), (end, whole[1])]
        sides = tuple(side for side in around if any(tree.tokens[k].upos != "PUNCT" for k in range(*side)))
        if sides:
            return sides
    later = next(
        (c for c in tree.all(i, "parataxis") if c > i and tree.word(tree.range(c)[0]) in ("“", '"', ":")), None
    )
    if later is not None:
        return (tree.range(later),)
    open_ = tree.child(i, "xcomp")
    if open_ is not None and (
        stance is not Stance.ASSERTS or any(tree.word(c) == "have" for c in tree.children[open_])
    ):
        return (tree.range(open_),)
    thing = tree.child(i, "obj")
    if thing is None or (clause and stance is Stance.ASSERTS):
        return ()
    charge = next((c for c in tree.all(i, "obl", "advcl") if c > thing and _opens(tree, c) in ("of", "for")), None)
    return ((tree.range(thing)[0], tree.range(charge)[1]) if charge is not None else tree.range(thing),)


def _opens(tree: Tree, i: int) -> str:
    at = tree.child(i, "case", "mark")
    return "" if at is None else tree.word(at)


def _noun(tree: Tree, i: int, pack: Pack) -> Iterator[Spoken]:
    """`the rebels' claim that CONTENT`, `a message from their founder that CONTENT`."""
    stance = pack.nouns.get(tree.tokens[i].lemma)
    clause = tree.child(i, "acl", "ccomp")
    maker = _maker(tree, i)
    if stance is not None and maker is not None and clause is not None and _opens(tree, clause) == "that":
        yield Spoken(tree.nominal(maker), (i, i + 1), (tree.range(clause),), stance, sure=True)


_NOT = frozenset({"not", "n't", "n’t", "never", "neither"})
REFUSED = frozenset({"decline", "refuse", "fail"})
_TURNED = {Stance.DENIES: Stance.DOUBTS, Stance.ASSERTS: Stance.DOUBTS}


def negated(tree: Tree, i: int, stance: Stance) -> Stance:
    """`did not deny that …` concedes little, `could not confirm that …` asserts nothing: neither takes a side."""
    above = tree.heads[i]
    if (
        stance is Stance.DENIES
        and any(tree.word(k) in ("nor", "or") for k in range(max(0, i - 2), i))
        and "neither" in tree.words[max(0, i - 6) : i]
    ):
        return Stance.DOUBTS  # `neither confirmed nor denied that …`
    refused = tree.relation(i) == "xcomp" and (
        tree.tokens[above].lemma in REFUSED or any(tree.word(c) in _NOT for c in tree.children[above])
    )
    short = tree.relation(i) in ("advcl", "acl") and tree.word(above) == "short"
    if refused or short or any(tree.word(c) in _NOT for c in tree.children[i]):
        return _TURNED.get(stance, stance)
    return stance


_SPEAKING = frozenset({"speak", "talk", "write"})


def _hearer(tree: Tree, i: int, pack: Pack) -> Range | None:
    """To whom it was said: `told al-Manar`, `in an interview with CNN`, `speaking to the BBC`, `asked by CNN`."""
    if tree.tokens[i].lemma in pack.telling:
        hearer = tree.child(i, "iobj", "obj", "nsubj:pass")
        return None if hearer is None else tree.nominal(hearer)
    for occasion in tree.all(i, "obl"):
        if tree.tokens[occasion].lemma in pack.occasions:
            named = next((n for n in tree.all(occasion, "nmod") if tree.case(n) in ("with", "to", "on", "for")), None)
            if named is not None:
                return tree.nominal(named)
        elif tree.case(occasion) == "to":
            return tree.nominal(occasion)
    for aside in tree.all(i, "advcl"):
        if tree.tokens[aside].lemma in _SPEAKING:
            to = next((n for n in tree.all(aside, "obl") if tree.case(n) in ("to", "with", "on")), None)
            if to is not None:
                return tree.nominal(to)
        agent = tree.agent(aside) if tree.word(aside) == "asked" else None
        if agent is not None:
            return tree.nominal(agent)
    return None


# ---------------------------------------------------------------------------------------------------- other shapes


def _according(tree: Tree, pack: Pack) -> Iterator[Spoken]:
    """`according to SOURCE`; its content is the clause before it, or after it when it comes first, or both where it stands within."""
    for phrase in pack.phrases:
        for i, word in enumerate(tree.words[: -len(phrase)]):
            if word != phrase[0] or tuple(tree.words[i : i + len(phrase)]) != phrase:
                continue
            end = i + len(phrase)
            head = tree.heads[i]
            if head < end:  # the phrase heads its noun, or the parser was led astray
                head = next((n for n in range(end, len(tree)) if tree.tokens[n].upos in ("NOUN", "PROPN", "PRON")), end)
            stop = max(end + 1, tree.nominal(head)[1])
            source = (end, stop - 1 if tree.words[stop - 1] == "," else stop)
            governor = tree.heads[head]
            start, stop = tree.range(governor) if governor != head else (0, len(tree))
            before, after = (min(start, i), i), (source[1], stop)
            within = governor >= source[1] and tree.words[source[1]] == ","  # `The town, according to …, was taken`
            content = [before, *([after] if within else [])] if before[0] < i - 1 else [after]
            if all(a < b for a, b in content):
                yield Spoken(source, (i, end), tuple(content))


def colon(tree: Tree, pack: Pack) -> Iterator[Spoken]:
    """Headlines: `Army takes town: commander`, `Commander: army takes town`, `Army takes town - monitor`. The voice is the side that is
    short, has no verb and has a noun of the pack's voices, or is a name of one or two words behind the colon."""
    for i in range(len(tree) - 1, 0, -1):
        hyphen = tree.tokens[i - 1].span.end == tree.tokens[i].span.start
        if tree.word(i) != ":" and (hyphen or tree.word(i) not in ("–", "—", "-")):
            continue
        left, right = (0, i), (i + 1, len(tree))
        for voice, content in ((right, left), (left, right)):
            short = voice[0] > i and voice[1] - voice[0] <= 2 and tree.tokens[voice[0]].upos == "PROPN"
            named = short or any(tree.word(k) in pack.voices for k in range(*voice))
            verb = any(tree.tokens[k].upos in ("VERB", "AUX") for k in range(*voice))
            if 0 < voice[1] - voice[0] <= 6 and named and not verb and content[1] - content[0] > 2:
                yield Spoken(voice, (i, i + 1), (content,))
                return


def _quoted(tree: Tree, i: int, found: list[Spoken]) -> list[Spoken]:
    """`quote` and `cite`, in all their forms."""
    noun = tree.heads[i]
    passive = tree.child(i, "nsubj:pass")
    inner = tree.child(i, "obj", "iobj") if passive is None else passive
    if inner is None and tree.relation(i) == "acl" and tree.tokens[i].tag in ("VBN", "VBD"):
        inner = noun
    if inner is None:
        return found
    said = _as_saying(tree, i, inner)
    if said is None:
        return _quoted_by(tree, i, noun, found) if inner == noun else _citing(tree, i, inner, found)
    content = _content(tree, said, Stance.ASSERTS, clause=False) or _before(tree, i)
    if not content:
        return found
    outer = tree.subject(i)
    if passive is not None or inner == noun:
        outer = next((agent for verb in (i, said) if (agent := tree.agent(verb)) is not None), None)
    kept = _dropped(found, said)
    voice = Spoken(_short(tree, inner, i if inner == noun else said), (said, said + 1), content, sure=True)
    if outer is None:
        return [*kept, voice]
    return [*kept, Spoken(tree.nominal(outer), (i, i + 1), content, sure=True), replace(voice, outer=len(kept))]


def _dropped(found: list[Spoken], cue: int) -> list[Spoken]:
    """The list without the voices of a cue; the others' numbers of those that pass them on follow."""
    kept = [n for n, one in enumerate(found) if one.cue[0] != cue]
    new = {old: n for n, old in enumerate(kept)}
    return [replace(found[n], outer=None if (outer := found[n].outer) is None else new.get(outer)) for n in kept]


def _short(tree: Tree, inner: int, verb: int) -> Range:
    """The one quoted, without `as saying` or `quoted by`, where the parser hangs that on him."""
    start, end = tree.nominal(inner)
    mark = verb - 1 if tree.word(verb - 1) in ("as", ",") else verb
    return start, min(end, mark) if mark > start else end


def _as_saying(tree: Tree, i: int, inner: int) -> int | None:
    """The verb of `as saying`."""
    below = [c for at in (i, inner) for c in tree.children[at] if c > at]
    return next((c for c in below if tree.tokens[c].upos == "VERB" and tree.word(c - 1) == "as"), None)


def _before(tree: Tree, i: int) -> tuple[Range, ...]:
    """`CONTENT, OUTER quoted SOURCE as saying.`"""
    start, _ = tree.range(i)
    top = tree.heads[i]
    if top != i and tree.relation(i) == "parataxis" and tree.range(top)[0] < start:
        return ((tree.range(top)[0], start),)
    early = tree.child(i, "ccomp", "parataxis", "dep")
    return (tree.range(early),) if early is not None and early < i else ()


def _citing(tree: Tree, i: int, inner: int, found: list[Spoken]) -> list[Spoken]:
    """`OUTER, citing SOURCE, said CONTENT`: who is cited says what the verb above says, or what the one who cites says."""
    above = tree.heads[i]
    for n, one in enumerate(found):
        citing = one.source is not None and tree.relation(i) == "acl" and one.source[0] <= above < one.source[1]
        if citing or (one.cue[0] == above and tree.relation(i) in ("advcl", "conj", "parataxis")):
            outer = replace(
                one, source=_cut(one.source, tree.range(i)[0]), content=_without(one.content, tree.range(i))
            )
            voice = Spoken(tree.nominal(inner), (i, i + 1), outer.content, outer=n, sure=True)
            return [*found[:n], outer, *found[n + 1 :], voice]
    return found


def _quoted_by(tree: Tree, i: int, noun: int, found: list[Spoken]) -> list[Spoken]:
    """`SOURCE, quoted by OUTER, said CONTENT`."""
    outer = tree.agent(i)
    for n, one in enumerate(found):
        if outer is not None and one.source is not None and one.source[0] <= noun < one.source[1]:
            return _passed_on(tree, i, outer, n, found)
    return found


def _carried(tree: Tree, i: int, found: list[Spoken], pack: Pack) -> list[Spoken]:
    """`SOURCE said in remarks carried by OUTER`, `A statement by SOURCE carried by OUTER said`, `in a speech shown on OUTER`."""
    beside = (
        tree.tokens[i - 1].lemma in pack.occasions
    )  # parsers take the participle behind a noun now for its own, now for the verb's
    occasion = i - 1 if i and beside else tree.heads[i]
    on = next((n for n in tree.all(i, "obl") if tree.case(n) in ("by", "on", "in")), None)
    if not (beside or tree.relation(i) == "acl") or on is None or tree.tokens[occasion].lemma not in pack.occasions:
        return found
    for n, one in enumerate(found):
        if one.cue[0] in (tree.heads[occasion], occasion):
            return _passed_on(tree, i, on, n, found)
    return found


def _passed_on(tree: Tree, i: int, outer: int, n: int, found: list[Spoken]) -> list[Spoken]:
    """The list with a voice that passes on its n-th; what belongs to the passing on is taken out of the inner source."""
    inner = replace(found[n], source=_cut(found[n].source, tree.range(i)[0]), outer=len(found), to=None, sure=True)
    return [*found[:n], inner, *found[n + 1 :], Spoken(tree.nominal(outer), (i, i + 1), inner.content, sure=True)]


def _cut(source: Range | None, at: int) -> Range | None:
    return source if source is None or not source[0] < at < source[1] else (source[0], at)


def _without(content: Sequence[Range], aside: Range) -> tuple[Range, ...]:
    """Content that ends where an aside within it begins."""
    return tuple((a, aside[0]) if a < aside[0] < b <= aside[1] else (a, b) for a, b in content)
