"""Nouns, hyphened words and predicates as triggers: `the liberation of X`, `rebel-held X`, `X is free of Y`."""

from __future__ import annotations

from whosays.claims import grammar
from whosays.claims.frames import Match, prepositions
from whosays.claims.grammar import Line, Range
from whosays.claims.triggers import Trigger

_BELLIGERENT = frozenset(
    "army military regime government rebel militant insurgent force coalition jihadist militia separatist guerrilla terrorist".split()
)
_SUPPORT = frozenset(
    "launch conduct carry stage mount make perpetrate commit lead begin start unleash wage announce open suffer".split()
)
_OTHERWISE = {
    "attack": ("heart", "panic", "cyber", "verbal", "asthma"),
    "strike": ("on", "hunger", "general", "rail", "lightning"),
    "fall": ("night", "this", "last", "in"),
    "fire": ("under", "forest", "house"),
}
"""Lemma → words that before it make it something else."""


def noun(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """The match of a noun trigger at token `i`, which must head its phrase."""
    if not _nounlike(line, i, trigger):
        return None
    start, end = line.starts.get(i, i), line.ends.get(i, i + 1)
    if trigger.counted:
        numbered = line.upos(i - 1) == "NUM" or line.lemma(i - 1) in ("dozen", "hundred", "score", "thousand")
        return (
            Match(type_, trigger, i, grammar.amount_start(line, start), i + 1, {"target": (start, i + 1)})
            if numbered
            else None
        )
    if (
        i < end - 1
        and line.upos(end - 1) in ("NOUN", "PROPN")
        and line.lemma(end - 1) not in ("campaign", "operation", "spree")
    ):
        return None  # `attack helicopter`
    if line.word(i - 1) in _OTHERWISE.get(line.lemma(i), ()) or (trigger.after and not _preceded(line, start, trigger)):
        return None
    roles: dict[str, Range] = {}
    _owner(line, start, i, trigger, roles)
    stop = grammar.clause_end(line, i)
    last = prepositions(line, end, _own(line, end, stop), dict(trigger.preps), roles)
    begin = _carrier(line, start, trigger, roles)
    if trigger.subject is not None:
        subject = _predicate_subject(line, start) if trigger.after or trigger.predicate else (start, end)
        if subject is None and trigger.predicate:
            return None
        if subject is not None:
            roles.setdefault(trigger.subject, subject)
            begin = min(begin, subject[0])
    finite = stop > last and line.finite(end, min(stop, end + 3))
    return Match(type_, trigger, i, begin, stop if finite or stop - last <= 5 else last, roles)


_HAPPEN = frozenset(
    "break take occur erupt begin start continue rage go resume happen come hit target land kill".split()
)
"""Verbs after a noun that say only that it happened: what stands behind them still belongs to the noun."""


def _own(line: Line, end: int, stop: int) -> int:
    """How far prepositions belong to a noun: up to a finite verb that says more than that it happened (`the strike was based on`)."""
    for k in range(end, stop):
        participle = line.tag(k) in ("VBN", "VBG") or (line.tag(k) == "VBD" and line.word(k + 1) == "by")
        if line.upos(k) != "VERB" or line.lemma(k) in ("be", "have"):
            continue
        if participle and line.lemma(k - 1) not in ("be", "have"):
            continue  # `airstrikes [led] by the coalition`
        return stop if line.lemma(k) in _HAPPEN | _SUPPORT else k
    return stop


def _nounlike(line: Line, i: int, trigger: Trigger) -> bool:
    """A noun; or a form in -ing in the place of one (`there was fighting in`); or, with a number, a participle (`30 killed`)."""
    if line.upos(i) in ("NOUN", "PROPN", "ADJ"):
        return True
    if trigger.counted:
        return line.tag(i) in ("VBN", "VBD")
    if line.tag(i) == "VBZ" and line.tag(i + 1) in grammar.FINITE:
        return True  # `Fierce clashes broke out`: two finite verbs do not follow each other
    placed = (
        line.tag(i - 1) in ("DT", "JJ", "POS", "IN") or line.lemma(i - 1) in ("be", "still") or line.word(i + 1) == "of"
    )
    return line.tag(i) == "VBG" and line.word(i) in trigger.noun and placed


def _preceded(line: Line, start: int, trigger: Trigger) -> bool:
    return line.word(start - 1) in trigger.after or line.word(start) in trigger.after


def _owner(line: Line, start: int, i: int, trigger: Trigger, roles: dict[str, Range]) -> None:
    """Words before a noun: `Israel's deadly attack`, `Israeli mortar strike`, `the group's withdrawal`, `its attack`."""
    if trigger.owner is None:
        return
    possessive = next((k for k in range(i - 1, start - 1, -1) if line.tag(k) == "POS"), None)
    if possessive is not None and possessive > start:
        roles[trigger.owner] = (start, possessive)
        return
    begin = start
    while begin < i and not _names(line, begin) and line.tag(begin) != "PRP$":
        begin += 1
    end = begin + (line.tag(begin) == "PRP$" and begin < i)
    while end < i and (_names(line, end) or line.word(end) == "-"):
        end += 1
    role = trigger.owner
    known = {k in line.actors for k in range(begin, end)}
    if role == "actor" and True not in known and any(k in line.places for k in range(begin, end)):
        role = "place"  # `Iraq mosque attack`
    if end > begin and role not in roles:
        roles[role] = (begin, end)


def _names(line: Line, k: int) -> bool:
    national = (
        line.tag(k) == "JJ"
        and k > 0
        and line.tokens[k].span.of(line.text)[0].isupper()
        and line.word(k - 1) == line.words(k - 1, k)
    )
    return line.upos(k) == "PROPN" or k in line.actors or line.lemma(k) in _BELLIGERENT or national


def _carrier(line: Line, start: int, trigger: Trigger, roles: dict[str, Range]) -> int:
    """`IS carried out an attack`: the subject of the support verb acts. Returns where the clause begins."""
    k = start - 1 - (line.word(start - 1) == "out")
    if trigger.owner != "actor" or line.upos(k) != "VERB" or line.lemma(k) not in _SUPPORT or grammar.passive(line, k):
        return start
    subject = grammar.subject(line, k)
    if subject is None:
        return start
    roles.setdefault("actor", subject)
    return subject[0] if start - subject[0] < 14 else start


def _predicate_subject(line: Line, start: int) -> Range | None:
    """Subject of the `be` (remain, fall, come) before a predicate."""
    k = start - 1
    while k > 0 and (line.tag(k) in ("RB", "IN", "JJ", "RP") or line.word(k) in ("one", "of", "still")):
        k -= 1
    return grammar.subject(line, k) if line.lemma(k) in ("be", "remain", "stay", "become", "come", "fall") else None


def compound(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """`rebel-held town`, `SDF-controlled areas`."""
    if line.word(i - 1) not in ("-", "–") or i not in line.ends or i < 2:
        return None
    begin, start, end = i - 2, line.starts.get(i - 2, i - 2), line.ends[i]
    while begin > start and line.upos(begin - 1) == "PROPN":
        begin -= 1
    roles: dict[str, Range] = {trigger.left or "actor": (begin, i - 1)}
    if end > i + 1:
        place = grammar.with_right(line, (i + 1, end), prepositions=frozenset({"of"}), stop=len(line.tokens))
        roles[trigger.right or "place"], end = place, place[1]
    return Match(type_, trigger, i, start, end, roles, presupposed=True)


def adjective(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """`Albu Kamal is free of Islamic State`, `the town has been cleared of militants`."""
    subject = _predicate_subject(line, i) if line.upos(i) in ("ADJ", "VERB", "ADV") else None
    if subject is None or trigger.subject is None:
        return None
    roles: dict[str, Range] = {trigger.subject: subject}
    last = prepositions(line, i + 1, grammar.clause_end(line, i), dict(trigger.preps), roles)
    return Match(type_, trigger, i, subject[0], max(last, i + 1), roles)
