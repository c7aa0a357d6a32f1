"""Does the speaker affirm or deny it, and how surely (FactBank): from the words above a proposition in the tree, and the cue.

Comes in: a match in its line, the stance and the cue of its voice. Goes out: (polarity, modality).

A proposition stands under a chain of governors: `[failed] to capture`, `[no evidence] that it had captured`, `a [plan] for the
capture`. The chain ends at the cue, whose stance speaks for what stands above. Each negation in the chain turns the polarity round, so
two cancel. The first governor that makes it less than a fact says how: an order, a plan, a doubt.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from whosays.claims import clauses
from whosays.claims.frames import Match
from whosays.claims.lines import Line
from whosays.claims.triggers import Governors, Lexicon
from whosays.nouns import Modality, Polarity, Span, Stance

_CLIMBS = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl"})


def judge(
    line: Line, match: Match, stance: Stance | None, cue: Span | None, lexicon: Lexicon
) -> tuple[Polarity, Modality]:
    """Polarity and modality as CLAIMS.md has them."""
    if match.presupposed:
        return Polarity(match.trigger.polarity), Modality.ACTUAL
    words = lexicon.governors
    chain = [match.at, *_governors(line, match, cue, words)]
    denied = (match.trigger.polarity == "denied") ^ _negated(line, match, chain, words) ^ (stance is Stance.DENIES)
    return (Polarity.DENIED if denied else Polarity.AFFIRMED, _modality(line, match, chain, stance, lexicon))


def _governors(line: Line, match: Match, cue: Span | None, words: Governors) -> Iterator[int]:
    """The words above the proposition, upwards, below the cue."""
    tree, at = line.tree, match.at
    noun = match.nominal
    for _ in range(6):
        relation, head = tree.relation(at), tree.heads[at]
        full = tree.tokens[at].relation or ""
        if relation == "conj" and (line.tag(at) in ("VB", "VBN", "VBG") or noun):
            at = head  # shares what governs the first of the coordination
            continue
        climbs = relation in _CLIMBS and full != "acl:relcl"
        told = relation in ("nsubj", "obj") and line.lemma(at) in words.told | words.truth
        told = told or (
            relation in ("nsubj", "obj") and at != match.at and line.lemma(at) in words.plans
        )  # `an [attempt] … was foiled`
        carried = noun and relation in ("obj", "nsubj", "obl", "nmod", "root")
        if head == at or not (climbs or told or carried):
            return
        if cue is not None and cue.meets(line.tokens[head].span):
            if _failed(line, head, words):  # `Hamas [refused] to withdraw` is no voice that says it withdrew
                yield head
            return
        yield head
        at, noun = head, line.upos(head) == "NOUN" and noun


def _negated(line: Line, match: Match, chain: list[int], words: Governors) -> bool:
    count = int(_not(line, match.at, words))
    tree = line.tree
    held = tree.child(match.at, "obj")
    if held is not None and match.trigger.then and not any(start <= held < end for start, end in match.roles.values()):
        count += _not(line, held, words)  # `reached [no] agreement`
    for start, end in match.roles.values():
        if not start <= match.at < end:
            opening = {line.word(k) for k in range(max(0, start - 1), min(start + 1, end))}
            count += bool(opening & words.none) or (line.word(start) == "not" and line.word(start + 1) in ("a", "one"))
    for below, at in itertools.pairwise(chain):
        relation = tree.relation(below)
        lemma = line.lemma(at)
        if _ended(line, match, below, at, words):
            break
        kept = relation != "obl" or tree.case(below) == "from"  # `[despite] pleas`
        if _failed(line, at, words) and kept and relation in ("xcomp", "obj", "ccomp", "nsubj", "advcl", "obl"):
            count += 1
        if line.word(at) in words.untrue:
            count += 1
        elif _not(line, at, words) and (
            relation == "xcomp"
            or line.word(at) == "true"
            or lemma in words.truth | words.demands | words.plans | words.carrying | {"be", "take"}
        ):  # not what stands beside it: `[no deaths] after rebels shelled it`, `did [not respond] to the attack`
            count += 1
    return bool(count % 2)


def _ended(line: Line, match: Match, below: int, at: int, words: Governors) -> bool:
    """`to end the attacks`, `an inquiry into the attack`: what is to be ended or looked into is there."""
    going_on = match.nominal or line.tag(below) == "VBG"  # `stopped bombing the town`
    return going_on and line.lemma(at) in words.ends and line.tree.relation(below) != "nsubj"


def _failed(line: Line, at: int, words: Governors) -> bool:
    """`refused`, `ruled out`: what is below it was not done."""
    particle = line.tree.child(at, "compound")
    phrase = line.lemma(at) if particle is None or particle < at else f"{line.lemma(at)} {line.word(particle)}"
    return phrase in words.failed or line.lemma(at) in words.failed


def _not(line: Line, at: int, words: Governors) -> bool:
    """Is a word negated itself: `not`, `no`, `without`?"""
    tree = line.tree
    for child in tree.children[at]:
        word, relation = line.word(child), tree.relation(child)
        if relation == "advmod" and word == "longer" and line.word(child - 1) == "no":
            return True
        if relation in ("advmod", "det", "cc", "discourse") and word in clauses.NOT | words.none:
            if line.word(child + 1) != "only":
                return True
        elif relation in ("mark", "case") and word == "without":
            return True
    if tree.relation(at) == "conj" and line.tag(at) == "VB" and tree.child(at, "aux") is None:
        return tree.heads[at] != at and _not(line, tree.heads[at], words)
    return False


def denial_start(line: Line, match: Match, cue: Span | None, lexicon: Lexicon) -> int | None:
    """Where the words begin that call the clause false just before it: `[it was not true that] the town was taken`."""
    words = lexicon.governors
    for at in _governors(line, match, cue, words):
        if at < match.start and (line.word(at) in words.untrue or (line.word(at) == "true" and _not(line, at, words))):
            return min(
                line.tree.below(at, without=[c for c in line.tree.children[at] if c > at or line.upos(c) == "PUNCT"])
            )
    return None


def _modality(line: Line, match: Match, chain: list[int], stance: Stance | None, lexicon: Lexicon) -> Modality:
    if match.type in lexicon.speech:
        return Modality.ACTUAL
    if stance is Stance.PLANS:
        return Modality.PLANNED
    if stance is Stance.DEMANDS:
        return Modality.DEMANDED
    words = lexicon.governors
    if stance is Stance.DOUBTS or (line.word(len(line.tokens) - 1) == "?" and not match.nominal):
        return Modality.POSSIBLE
    ended = next((n for n, at in enumerate(chain) if n and _ended(line, match, chain[n - 1], at, words)), len(chain))
    chain = chain[:ended]
    failed = [n for n, at in enumerate(chain) if n and _failed(line, at, words)]
    chain = (
        chain[failed[-1] :] if failed else chain
    )  # `an attempt to take it was thwarted` is no plan; `vowed to prevent` is one
    for below, at in zip([None, *chain], chain, strict=False):
        found = _of_governor(line, below, at, words)
        if found is not None:
            return found
    around = {line.word(k) for k in range(max(0, match.start - 3), match.end)}
    if around & words.probable:
        return Modality.PROBABLE
    if match.nominal and words.unreal & {line.word(c) for c in line.tree.children[match.at]}:
        return Modality.POSSIBLE
    return Modality.ACTUAL


def _of_governor(line: Line, below: int | None, at: int, words: Governors) -> Modality | None:
    """What one word of the chain makes of what is below it; None where it leaves it a fact."""
    tree = line.tree
    auxiliaries = {line.word(c) for c in tree.all(at, "aux")}
    if tree.relation(at) == "conj" and line.tag(at) == "VB" and not auxiliaries:
        auxiliaries = {line.word(c) for c in tree.all(tree.heads[at], "aux")}
    if auxiliaries & words.duty:
        return Modality.DEMANDED
    if auxiliaries & words.future and "have" not in auxiliaries:
        return Modality.PLANNED
    marks = {line.word(c) for c in tree.all(at, "mark")}
    if "have" in auxiliaries and "would" in auxiliaries:
        return Modality.POSSIBLE  # `would have captured it`
    if auxiliaries & words.possible or marks & {"if", "whether", "unless"}:
        return Modality.POSSIBLE
    if below is None:
        return _infinitive(line, at, words)
    lemma, relation = line.lemma(at), tree.relation(below)
    accused = relation in ("ccomp", "advcl") and line.tag(below) == "VBG"  # `was accused of bombing`, by nobody named
    if (accused or relation == "xcomp") and lemma in words.told_of and clauses.passive(line, at):
        return Modality.PROBABLE
    wanted = tree.case(below) == "for" or any(line.word(c) == "for" for c in tree.all(below, "mark"))
    if lemma in words.needs and line.upos(at) == "NOUN" and wanted:
        return Modality.DEMANDED
    if (
        lemma in words.demands
        and relation in ("obj", "obl", "xcomp", "ccomp", "advcl")
        and line.tag(below) != "VBD"
        and line.upos(at) == "VERB"
    ):
        return Modality.DEMANDED if relation not in ("obl", "obj") or tree.case(below) in ("for", "") else None
    if (
        lemma in words.plans
        and relation in ("xcomp", "acl", "nmod", "obl", "obj")
        and line.tag(below) not in ("VBD", "VBN")
        and lemma not in words.done
    ):
        own = relation in ("nmod", "obl", "obj") and tree.case(below) in (
            "in",
            "during",
            "by",
            "after",
            "with",
            "on",
            "from",
            "at",
            "as",
        )
        return None if own else Modality.PLANNED
    return _infinitive(line, at, words) if line.upos(at) == "VERB" and relation in ("xcomp", "obj") else None


def _infinitive(line: Line, at: int, words: Governors) -> Modality | None:
    """`to capture`: a plan or a purpose, unless what governs it says that it was done."""
    tree = line.tree
    opens = any(line.word(c) == "to" for c in tree.all(at, "mark"))
    if tree.relation(at) == "conj" and line.tag(at) == "VB":
        return _infinitive(line, tree.heads[at], words) if tree.heads[at] != at else None
    if not opens or (tree.child(at, "aux") is not None and any(line.lemma(c) == "have" for c in tree.all(at, "aux"))):
        return None
    governor = line.lemma(tree.heads[at])
    held = tree.child(tree.heads[at], "obj")
    if held is not None and held < at and line.lemma(held) in clauses.PLANNING:
        return Modality.PLANNED
    if tree.relation(at) == "acl" and governor not in words.plans:
        return Modality.PLANNED
    if governor in words.demands:
        return Modality.DEMANDED
    return None if governor in words.done | words.failed else Modality.PLANNED
