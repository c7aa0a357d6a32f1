"""Verbs as triggers: active, passive, participle, infinitive; subject, object and prepositional phrases into roles."""

from __future__ import annotations

from whosays.claims import grammar
from whosays.claims.frames import Match, inner, prepositions
from whosays.claims.grammar import Line, Range
from whosays.claims.triggers import Trigger


def verb(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """The match of a verb trigger at token `i`; None when the token is no such verb here."""
    hyphened = "-" in (line.word(i - 1), line.word(i + 1))
    if line.upos(i) != "VERB" or hyphened or (i in line.starts and line.tag(i) not in ("VBD", "VBZ")):
        return None
    after = _follows(line, i, trigger)
    if after is None:
        return None
    passive = trigger.object is not None and not _object_follows(line, i, trigger)
    passive = passive and (grammar.passive(line, i) or (trigger.transitive and line.tag(i) in ("VBD", "VBN")))
    roles: dict[str, Range] = {}
    subject = grammar.subject(line, i)
    below, above = (trigger.object, None) if passive else (trigger.subject, trigger.object)
    group = grammar.verb_group(line, i)
    if subject is not None and below is not None and (line.tag(i) != "VB" or _infinitive(line, group, i)):
        roles[below] = subject
    stop = grammar.clause_end(line, i)
    end = _object(line, i, after, stop, above, trigger, roles)
    preps: dict[str, str | None] = dict(trigger.preps)
    if passive and trigger.subject:
        preps.setdefault("by", trigger.subject)
    elif not passive:
        preps.pop("by", None)
    end = prepositions(line, end, max(stop, end), preps, roles)
    start = grammar.amount_start(line, _clause_start(line, i, subject))
    reduced = (
        passive and line.tag(i) == "VBN" and not any(line.lemma(k) in ("be", "have", "get") for k in range(group, i))
    )
    return Match(type_, trigger, i, start, min(max(end, stop, i + 1), len(line.tokens)), roles, presupposed=reduced)


def _object(
    line: Line, i: int, after: int, stop: int, role: str | None, trigger: Trigger, roles: dict[str, Range]
) -> int:
    """Put the object into its role; returns where it ends."""
    if trigger.gap:
        if trigger.object is not None and after > i + 2:
            roles[trigger.object] = (i + 1, after - 1)
        return after
    found = grammar.phrase_at(line, after) if role is not None else None
    if role is None or found is None or found[0] >= stop:
        return after
    found = grammar.with_right(line, found, prepositions=inner(trigger), stop=len(line.tokens))
    roles[role] = (after if line.word(after) in grammar.AMOUNT_WORDS else found[0], found[1])
    return found[1]


def _follows(line: Line, i: int, trigger: Trigger) -> int | None:
    """Index behind the trigger's own words; None when a word that must follow does not."""
    if not trigger.then:
        return i + 1
    for k in range(i + 1, min(i + (16 if trigger.gap else 4), len(line.tokens))):
        for words in trigger.then:
            parts = words.split()
            if all(line.word(k + n) == part for n, part in enumerate(parts)):
                return k + len(parts)
        if line.upos(k) in ("VERB", "PUNCT") and line.word(k) != "-":
            return None
    return None


def _infinitive(line: Line, group: int, i: int) -> bool:
    """Does a modal, `do` or `to` govern the bare form, so that it has a subject?"""
    return any(line.tag(k) in ("MD", "TO") or line.lemma(k) in ("do", "to") for k in range(group, i))


def _object_follows(line: Line, i: int, trigger: Trigger) -> bool:
    """`strike that killed two soldiers`: without a form of `be`, a noun phrase behind the verb is its object."""
    found = grammar.phrase_at(line, i + 1)
    be = any(line.lemma(k) in ("be", "get") for k in range(grammar.verb_group(line, i), i))
    return not trigger.then and found is not None and not be and line.word(i + 1) != "by"


def _clause_start(line: Line, i: int, subject: Range | None) -> int:
    """Where the clause begins: with its subject where that is not far; a bare infinitive or a lone verb with its sentence's part."""
    start = grammar.verb_group(line, i)
    if subject is not None and subject[0] < start and start - subject[0] < _FAR:
        return subject[0]
    if subject is None or (line.tag(i) == "VB" and line.word(start) == "to"):
        edges = grammar.STOPS | grammar.SUBORDINATORS | {","}
        furthest = max(0, start - _FAR)
        return next((k for k in range(start, furthest, -1) if line.word(k - 1) in edges), furthest)
    return next((k for k in range(start, i) if line.tag(k) != "RB" or line.word(k) in _KEPT), i)


_FAR = 18
"""Tokens."""
_KEPT = frozenset({"not", "n't", "n’t", "never"})
