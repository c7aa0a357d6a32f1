"""Verbs as triggers: active, passive, participle, infinitive; subject, object and prepositional phrases into roles."""

from __future__ import annotations

from functools import cache

from whosays.claims import clauses
from whosays.claims.frames import Match, fill, prepositions
from whosays.claims.lines import Line, Range
from whosays.claims.triggers import Trigger


def verb(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """The match of a verb trigger at word `i`; None when the word is no such verb here."""
    tree = line.tree
    if (
        not (line.upos(i) == "VERB" or (line.tag(i) == "VBN" and tree.child(i, "nsubj:pass") is not None))
        or "-" in (line.word(i - 1), line.word(i + 1))
        or tree.relation(i) in ("compound", "fixed", "flat")
    ):
        return None
    if trigger.duty and not _must(line, i):
        return None
    own = _follows(line, i, trigger)
    if own is None or (
        line.lemma(i) in ("remain", "stay", "keep") and tree.child(i, "xcomp") is not None and not trigger.then
    ):
        return None  # `remains committed`
    doer, done = clauses.parts(line, i)
    if trigger.object is None and clauses.passive(line, i) and doer is None:
        doer = done if trigger.subject is not None and not trigger.then else doer
    if trigger.transitive and done is None and line.tag(i) in ("VBN", "VBD"):
        doer, done = None, doer
    roles: dict[str, Range] = {}
    particles = range(*own)
    if trigger.then:
        done = _beyond(line, i, done, particles)
    fill(line, roles, trigger.object, done, trigger)
    fill(line, roles, trigger.subject, doer, trigger)
    fill(line, roles, trigger.preps.get("to"), tree.child(i, "iobj"), trigger)  # `gave [the refugees] food`
    prepositions(line, trigger, (i, *particles, done), roles)
    if line.tag(i) != "VBG" and tree.relation(i) == "conj":
        prepositions(line, trigger, _shared(line, i), roles)
    if trigger.asks and (that := tree.child(i, "ccomp")) is not None:
        fill(line, roles, "target", tree.child(that, "nsubj"), trigger)  # `demanded that [Hamas] renounce`
    start, end = clauses.clause(line, i, roles)
    if trigger.asks:
        end = max(end, _asked(line, i))
    relation = tree.tokens[i].relation or ""
    reduced = (
        relation in ("acl", "amod") and line.tag(i) == "VBN" and tree.child(i, "nsubj", "nsubj:pass", "aux") is None
    )
    return Match(type_, trigger, i, start, max(end, own[1]), roles, presupposed=reduced)


def _must(line: Line, i: int) -> bool:
    """Is it said, not asked, that it must be done?"""
    tree = line.tree
    duty = any(line.word(c) in ("must", "should", "ought") for c in tree.all(i, "aux"))
    duty = duty or (tree.relation(i) == "xcomp" and line.lemma(tree.heads[i]) == "have" and line.tag(i) == "VB")
    return duty and line.word(len(line.tokens) - 1) != "?"


def _asked(line: Line, i: int) -> int:
    """The end of what is called for: `called on them [to free the hostages]`."""
    tree = line.tree
    held = [i, *(c for c in tree.all(i, "obl", "obj") if c > i)]
    tails = [c for at in held for c in tree.all(at, "xcomp", "ccomp", "advcl", "acl") if c > i and line.tag(c) != "VBG"]
    tails += [c for c in tree.all(i, "obl") if c > i and tree.case(c) == "for"]
    ends = (
        tree.range(c, without=list(tree.all(c, "conj")))[1] for c in tails
    )  # a second thing called for is another claim
    return min(max(ends, default=0), i + clauses.LONG)


def _shared(line: Line, i: int) -> tuple[int, ...]:
    """Verbs that come later in the same coordination: their phrases belong to this one too."""
    return tuple(c for c in line.tree.children[line.tree.heads[i]] if c > i and line.tree.relation(c) == "conj")


def _beyond(line: Line, i: int, done: int | None, particles: range) -> int | None:
    """The object of a verb with words of its own: not those themselves (`took [control] of`), but what they govern (`took over [X]`)."""
    if done is not None and done not in particles:
        return done
    tree = line.tree
    governed = (c for c in tree.all(i, "obl", "obj", "xcomp") if any(k in particles for k in tree.all(c, "case")))
    return next(governed, None)


def _follows(line: Line, i: int, trigger: Trigger) -> Range | None:
    """The trigger's own words behind the verb, empty where it has none; None when a word that must follow does not."""
    if not trigger.then:
        return i + 1, i + 1
    words = line.tree.words
    for k in range(i + 1, min(i + (16 if trigger.gap else 4), len(words))):
        for own in map(_split, trigger.then):
            if words[k : k + len(own)] == own:
                return k, k + len(own)
        if line.upos(k) == "VERB" or (line.upos(k) == "PUNCT" and words[k] not in ("-", ",")):
            return None
    return None


@cache
def _split(words: str) -> list[str]:
    return words.split()
