"""Nouns, hyphened words and predicates as triggers: `the liberation of X`, `rebel-held X`, `X is free of Y`."""

from __future__ import annotations

from whosays.claims import clauses
from whosays.claims.frames import Match, fill, prepositions
from whosays.claims.lines import Line, Range
from whosays.claims.triggers import Trigger

_BELLIGERENT = frozenset(
    "army military regime government rebel militant insurgent force coalition jihadist militia separatist guerrilla "
    "opposition resistance".split()
)
_SUPPORT = frozenset(
    "launch conduct carry stage mount make perpetrate commit lead begin start unleash wage announce open "
    "provide offer give escalate expand intensify step continue resume suspend deliver impose sign reach declare "
    "issue take deal complete cause inflict do put raise revise lower".split()
)
_TELLING = frozenset({"put", "raise", "revise", "lower", "give"})
"""Verbs by which somebody says what a toll is."""
_SUFFER = frozenset({"suffer", "sustain", "survive", "endure", "face"})
_HAPPEN = frozenset(
    "break take occur erupt begin start continue rage go resume happen come hit target land be follow intensify "
    "escalate rise climb stand reach exceed increase grow".split()
)
"""Verbs after a noun that say only that it happened: what hangs on them still belongs to the noun."""
_SERIES = frozenset({"campaign", "operation", "spree", "wave", "series", "effort", "drive"})
_OTHERWISE = {
    "attack": ("heart", "panic", "cyber", "verbal", "asthma"),
    "strike": ("on", "hunger", "general", "rail", "lightning"),
    "fall": ("night", "this", "last", "in"),
    "fire": ("under", "forest", "house"),
}
"""Lemma → words that before it make it something else."""


def noun(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """The match of a noun trigger at word `i`, which must head its phrase."""
    tree = line.tree
    if not _nounlike(line, i, trigger):
        return None
    if trigger.counted:
        return _counted(line, i, type_, trigger)
    head = tree.heads[i]
    done = (
        tree.relation(i) == "compound" and line.upos(i - 1) == "VERB" and line.word(i).endswith("ing")
    )  # `denies [bombing] hospital`
    if tree.relation(i) in ("compound", "amod") and line.lemma(head) not in _SERIES and head != i and not done:
        return None  # `attack helicopter`
    if line.word(i - 1) in _OTHERWISE.get(line.lemma(i), ()):
        return None
    if trigger.after and not _preceded(line, i, trigger):
        return None
    roles: dict[str, Range] = {}
    _owner(line, i, trigger, roles)
    carriers = _carriers(line, i)
    if trigger.subject is not None:
        subject = _predicate_subject(line, i, trigger) if trigger.after or trigger.predicate else i
        if subject is None and trigger.predicate:
            return None
        fill(line, roles, trigger.subject, subject, trigger)
    if done and trigger.preps.get("of") is not None:
        roles["target"] = (i + 1, max(i + 2, clauses.phrase(line, head)[1]))
        fill(line, roles, "actor", clauses.surface(line, i - 1), trigger)
    _around(line, i, trigger, carriers, roles)
    start, end = _clause(line, i, carriers, roles)
    return Match(type_, trigger, i, start, end, roles)


def _around(line: Line, i: int, trigger: Trigger, carriers: list[int], roles: dict[str, Range]) -> None:
    """Roles from the phrases behind the noun, then from the verb that carries it."""
    tree = line.tree
    head = tree.heads[i]
    prepositions(line, trigger, (i, head) if trigger.there else (i,), roles)
    _behind(line, i, trigger, roles)
    if "target" in trigger.preps.values() and tree.relation(i) == "obj" and line.lemma(head) in _SUFFER:
        fill(line, roles, "target", clauses.surface(line, head), trigger)  # `[the village] suffered an air attack`
    if trigger.owner == "actor":
        fill(line, roles, "actor", _doer(line, i, carriers), trigger)
    prepositions(line, trigger, carriers, roles)
    if trigger.needs_count and carriers and line.lemma(carriers[-1]) in _TELLING:
        fill(line, roles, "teller", _doer(line, i, carriers), trigger)
    if trigger.needs_count:  # `the toll reached 85`
        reached = (c for v in carriers for c in tree.all(v, "obj") if c != i)
        fill(line, roles, "target", next(reached, None), trigger)


def _behind(line: Line, i: int, trigger: Trigger, roles: dict[str, Range]) -> None:
    """A phrase right behind the noun that has been hung on the verb above: `killed in a strike [on the school]`."""
    if line.tree.relation(i) == "obl":
        for words, head in clauses.prepositional(line, line.tree.heads[i]):
            if line.tree.range(head)[0] == i + 1:
                fill(line, roles, trigger.preps.get(words.split()[0]), head, trigger)


def _counted(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """`30 dead`, `dozens wounded`."""
    number = line.upos(i - 1) == "NUM" or line.lemma(i - 1) in ("dozen", "hundred", "score", "thousand")
    if not number:
        return None
    start = amount_start(line, i - 1)
    roles: dict[str, Range] = {"target": (start, i + 1)}
    prepositions(line, trigger, (i, line.tree.heads[i]), roles)
    start, end = clauses.clause(line, i, roles)
    return Match(type_, trigger, i, start, max(end, i + 1), roles)


def amount_start(line: Line, start: int) -> int:
    """`at least`, `up to` and the like belong to the number behind them."""
    while start > 0 and (line.word(start - 1) in AMOUNT_WORDS or line.upos(start - 1) == "NUM"):
        start -= 1
    return start


AMOUNT_WORDS = frozenset(
    "at least more than up to as many about around some nearly almost over under fewer less between".split()
)


def _nounlike(line: Line, i: int, trigger: Trigger) -> bool:
    """A noun; or a form in -ing in the place of one (`there was fighting in`); or, with a number, a participle (`30 killed`)."""
    if line.upos(i) in ("NOUN", "PROPN", "ADJ"):
        return True
    if trigger.counted:
        return line.tag(i) in ("VBN", "VBD")
    relation = (
        "obj"
        if line.tree.child(i, "expl") is not None or line.tree.child(line.tree.heads[i], "expl") is not None
        else line.tree.relation(i)
    )
    placed = relation in ("nsubj", "obj", "obl", "nmod") or line.tree.child(i, "case") is not None
    return line.tag(i) in ("VBG", "NN") and line.word(i) in trigger.noun and placed


def _preceded(line: Line, i: int, trigger: Trigger) -> bool:
    return line.tree.case(i) in trigger.after or line.word(i - 1) in trigger.after


def _owner(line: Line, i: int, trigger: Trigger, roles: dict[str, Range]) -> None:
    """Words before a noun: `Israel's deadly attack`, `Israeli mortar strike`, `the group's withdrawal`, `its attack`."""
    if trigger.owner is None:
        return
    tree = line.tree
    possessor = tree.child(i, "nmod:poss")
    if possessor is not None and possessor not in line.times:
        fill(line, roles, trigger.owner, possessor, trigger)
        return
    named = [
        c
        for c in tree.all(i, "compound", "amod", "nmod", "nmod:desc")
        if c < i and c not in line.times and _names(line, c)
    ]
    if not named:
        return
    role = trigger.owner
    start, end = tree.range(named[0])[0], named[-1] + 1
    while start < end - 1 and line.upos(start) == "DET":
        start += 1
    inside = range(start, end)
    if role == "actor" and not any(k in line.actors for k in inside) and any(k in line.places for k in inside):
        role = "place"  # `Iraq mosque attack`
    roles.setdefault(role, (start, end))


_MANNERS = frozenset(
    "terrorist terror suicide mortar rocket air missile drone car bomb ground night dawn chemical knife gun shell arson".split()
)


def _names(line: Line, k: int) -> bool:
    if line.lemma(k).lower() in _MANNERS:
        return False
    national = line.upos(k) == "ADJ" and k > 0 and line.words(k, k + 1)[0].isupper()
    return line.upos(k) == "PROPN" or k in line.actors or line.lemma(k) in _BELLIGERENT or national


def _carriers(line: Line, i: int) -> list[int]:
    """The verbs that only say that the noun was done or happened: `carried out an attack`, `clashes erupted`, `an attack led by`."""
    tree = line.tree
    top = i
    while tree.relation(top) == "nmod" and tree.case(top) == "of" and line.lemma(tree.heads[top]) in _MANY:
        top = tree.heads[top]
    relation, head = tree.relation(top), tree.heads[top]
    found = [c for c in tree.all(top, "acl") if line.tag(c) == "VBN" and line.lemma(c) in _SUPPORT]
    behind = i + 1 < len(line.tokens) and line.lemma(i + 1) in _SUPPORT and clauses.agent(line, i + 1) is not None
    if behind and i + 1 not in found:
        found.append(i + 1)
    supports = relation in ("obj", "nsubj", "xcomp") and line.lemma(head) in _SUPPORT
    happens = relation == "nsubj" and line.lemma(head) in _HAPPEN
    if head != top and (supports or happens) and line.upos(head) in ("VERB", "AUX"):
        found.append(head)
    return found


_MANY = frozenset({"series", "wave", "number", "string", "spate", "kind", "type", "couple"})


def _doer(line: Line, i: int, carriers: list[int]) -> int | None:
    """Who launched, carried out or was behind it."""
    for carrier in carriers:
        if line.lemma(carrier) in _SUPPORT:
            doer = clauses.agent(line, carrier) if clauses.passive(line, carrier) else clauses.surface(line, carrier)
            if doer not in (None, i):
                return doer
    return None


def _clause(line: Line, i: int, carriers: list[int], roles: dict[str, Range]) -> Range:
    """The noun's phrase; with the verb that carries it."""
    start, end = clauses.clause(line, carriers[-1] if carriers else i, roles)
    return min(start, i), max(end, i + 1)


def _predicate_subject(line: Line, i: int, trigger: Trigger) -> int | None:
    """Of whom a predicate is said: `[X] is a bastion of`, `[X] remains under control of`, `[areas] under control of`."""
    tree = line.tree
    own = tree.child(i, "nsubj")
    if own is not None:
        return own if line.word(own) not in clauses.RELATIVE else clauses.surface(line, i)
    if trigger.apposed and tree.relation(i) == "appos":
        return tree.heads[i]
    if trigger.predicate:
        said = tree.child(i, "cop") is not None or tree.relation(i) in ("xcomp", "conj")
        return clauses.surface(line, i) if said else None
    relation, head = tree.relation(i), tree.heads[i]
    if relation == "nmod" and line.upos(head) in ("NOUN", "PROPN"):
        outer = tree.child(head, "nsubj")  # `is one of the bastions`
        return outer if outer is not None and tree.case(i) == "of" else head
    if relation in ("obl", "xcomp", "obj") and line.lemma(head) in _BECOME:
        return (
            clauses.parts(line, head)[1]
            if clauses.passive(line, head)
            else (tree.child(head, "obj") or clauses.surface(line, head))
        )
    if relation in ("acl", "advcl", "conj", "parataxis", "xcomp"):
        return clauses.surface(line, i)
    return None


_BECOME = frozenset("be remain stay become come fall bring put place keep leave".split())


def compound(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """`rebel-held town`, `SDF-controlled areas`."""
    tree = line.tree
    if line.word(i - 1) not in ("-", "–", "‑") or i < 2:
        return None
    begin = i - 2
    while begin > 0 and line.upos(begin - 1) == "PROPN" and line.upos(begin) == "PROPN" and begin - 1 not in line.times:
        begin -= 1
    roles: dict[str, Range] = {trigger.left or "actor": (begin, i - 1)}
    noun = next(
        (k for k in (tree.heads[i], tree.heads[tree.heads[i]], i + 1) if k > i and line.upos(k) in ("NOUN", "PROPN")),
        None,
    )
    end = i + 1
    if noun is not None:
        _, end = clauses.phrase(line, noun, inner=frozenset({"of"}))
        roles[trigger.right or "place"] = (i + 1, max(end, noun + 1))
    return Match(type_, trigger, i, begin, max(end, i + 1), roles, presupposed=True)


def adjective(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    """`Albu Kamal is free of Islamic State`, `the town has been cleared of militants`."""
    tree = line.tree
    if line.upos(i) not in ("ADJ", "VERB", "ADV") or trigger.subject is None:
        return None
    said = tree.child(i, "cop", "aux:pass") is not None or (
        tree.relation(i) in ("xcomp", "conj", "obl") and tree.heads[i] != i
    )
    subject = clauses.surface(line, i) if said else None
    if subject is None:
        return None
    roles: dict[str, Range] = {}
    fill(line, roles, trigger.subject, subject, trigger)
    prepositions(line, trigger, (i,), roles)
    start, end = clauses.clause(line, i, roles)
    return Match(type_, trigger, i, start, end, roles)
