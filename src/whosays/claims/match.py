"""Where in a sentence a proposition of a type is stated, and which words stand in its roles.

Comes in: a Line and the lexicon. Goes out: matches, left to right. Does not: decide who says it, whether it is denied, or what the
words refer to (voices.py, factuality.py, roles.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from whosays.claims import grammar
from whosays.claims.grammar import Line, Range
from whosays.claims.triggers import Lexicon, Trigger

_NEVER_BEFORE = {
    "attack": ("heart", "panic", "cyber", "verbal"),
    "strike": ("on", "hunger", "general", "rail", "lightning"),
    "fall": ("night", "the", "this", "last", "in"),
}
"""Words before a noun that make it something else."""


@dataclass(slots=True)
class Match:
    """A trigger in its place. `roles` holds token ranges; `start`..`end` is the clause that states it."""

    trigger: Trigger
    at: int
    start: int
    end: int
    roles: dict[str, Range] = field(default_factory=dict)
    nominal: bool = False

    def words(self, line: Line, role: str) -> str | None:
        found = self.roles.get(role)
        return None if found is None else line.words(*found)


def find(line: Line, lexicon: Lexicon, places: frozenset[int]) -> Iterator[Match]:
    """All matches of a line; `places` are the tokens that the gazetteer knows as part of a place name."""
    taken: dict[tuple[str, int], Match] = {}
    for i, token in enumerate(line.tokens):
        form = token.span.of(line.text).lower()
        other = lexicon.by_lemma.get(form, ()) if form != token.lemma else ()
        for trigger in (*lexicon.by_lemma.get(token.lemma, ()), *other):
            match = _try(line, i, trigger)
            if match is None or not _conditions(line, match, lexicon, places):
                continue
            key = (trigger.type, line.starts.get(i, i) if match.nominal else i)
            if key in taken and not (match.nominal and match.at > taken[key].at):
                continue  # one claim per type and noun phrase: its last trigger is its head
            taken[key] = match
    yield from sorted(taken.values(), key=lambda m: m.at)


def _try(line: Line, i: int, trigger: Trigger) -> Match | None:
    if trigger.kind == "verb":
        return _verb(line, i, trigger)
    if trigger.kind == "noun":
        return _noun(line, i, trigger)
    if trigger.kind == "compound":
        return _compound(line, i, trigger)
    return _adjective(line, i, trigger)


# ------------------------------------------------------------------------------------------------ verbs


def _verb(line: Line, i: int, trigger: Trigger) -> Match | None:
    if (
        line.upos(i) != "VERB"
        or line.word(i - 1) == "-"
        or line.word(i + 1) == "-"
        or (i in line.starts and line.tag(i) not in ("VBD", "VBZ"))
    ):
        return None
    after = _follows(line, i, trigger)
    if after is None:
        return None
    passive = trigger.object is not None and grammar.passive(line, i) and not _object_follows(line, i, trigger)
    roles: dict[str, Range] = {}
    subject = grammar.subject(line, i)
    below, above = (trigger.object, None) if passive else (trigger.subject, trigger.object)
    if subject is not None and below is not None and line.tag(i) != "VB":
        roles[below] = subject
    elif subject is not None and below is not None and line.word(i - 1) == "to":
        roles[below] = subject
    stop = grammar.clause_end(line, i)
    end = after
    if above is not None and not trigger.gap:
        found = grammar.phrase_at(line, after)
        if found is not None and found[0] < stop:
            found = grammar.with_right(line, found, prepositions=_inner(trigger))
            roles[above] = (after if _amount(line, after) else found[0], found[1])
            end = found[1]
    elif trigger.gap and trigger.object is not None and after > i + 2:
        roles[trigger.object] = (i + 1, after - 1)
    preps = dict(trigger.preps)
    if passive and trigger.subject:
        preps.setdefault("by", trigger.subject)
    else:
        preps.pop("by", None)
    end = _prepositions(line, end, max(stop, end), preps, roles)
    start = _clause_start(line, i, subject)
    return Match(trigger, i, _amount_start(line, start), _clause(line, i, end, stop), roles)


def _object_follows(line: Line, i: int, trigger: Trigger) -> bool:
    """`strike that killed two soldiers`: without a form of `be`, a noun phrase behind the verb is its object."""
    found = grammar.phrase_at(line, i + 1)
    return not trigger.then and found is not None and not _be_before(line, i) and line.word(i + 1) != "by"


def _be_before(line: Line, i: int) -> bool:
    return any(line.lemma(k) in ("be", "get") for k in range(grammar.verb_group(line, i), i))


def _clause_start(line: Line, i: int, subject: Range | None) -> int:
    """Where the clause begins: with its subject where that stands close, also when another verb shares it."""
    start = grammar.verb_group(line, i)
    if subject is not None and subject[0] < start and start - subject[1] < 3:
        return subject[0]
    purpose = line.tag(i) == "VB" and line.word(i - 1) == "to"
    shared = line.word(start - 1) in ("and", "or") or purpose
    participle = line.tag(i) == "VBG" and line.word(start - 1) == ","
    if (shared or participle) and subject is not None and start - subject[0] < 16:
        return subject[0]
    if purpose:
        edges = grammar.STOPS | grammar.SUBORDINATORS | {","}
        return next((k for k in range(start, max(0, start - 14), -1) if line.word(k - 1) in edges), max(0, start - 14))
    return start


def _follows(line: Line, i: int, trigger: Trigger) -> int | None:
    """Index behind the trigger's own words; None when a word that must follow does not."""
    if not trigger.then:
        return i + 1
    for k in range(i + 1, min(i + (10 if trigger.gap else 4), len(line.tokens))):
        for words in trigger.then:
            if all(line.word(k + n) == word for n, word in enumerate(words)):
                return k + len(words)
        if line.upos(k) in ("VERB", "PUNCT") and line.word(k) not in ("-",):
            return None
    return None


def _inner(trigger: Trigger) -> frozenset[str]:
    """Prepositions that may stand inside the object, because they have no role of their own."""
    own = {prep for prep, _ in trigger.preps}
    return frozenset({"of", "in", "near", "on", "at", "from"} - own)


def _amount(line: Line, i: int) -> bool:
    return line.word(i) in grammar.AMOUNT_WORDS


def _amount_start(line: Line, start: int) -> int:
    """`at least`, `more than` and the like belong to the clause that their number opens."""
    number = line.upos(start) == "NUM" or line.lemma(start) in ("dozen", "score", "hundred", "thousand")
    while number and start > 0 and line.word(start - 1) in grammar.AMOUNT_WORDS:
        start -= 1
    return start


def _prepositions(line: Line, begin: int, stop: int, preps: dict[str, str | None], roles: dict[str, Range]) -> int:
    """Fill roles from the prepositional phrases up to the end of the clause; returns where the last one ends."""
    end = k = begin
    inner = frozenset({"of", "in", "near", "at", "on", "from"} - {"by"})
    while k < stop:
        word = line.word(k)
        if word in preps:
            found = grammar.phrase_at(line, k + 1)
            if found is not None and found[0] < stop:
                found = grammar.with_right(
                    line,
                    found,
                    prepositions=inner - (frozenset(preps) - {"of", "in", "near", "at"}),
                    stop=frozenset({stop}),
                )
                role = preps[word]
                if role is not None and role not in roles:
                    roles[role] = found
                end = k = found[1]
                continue
        k = line.ends.get(k, k) if line.ends.get(k, k) > k else k + 1
    return end


def _clause(line: Line, i: int, end: int, stop: int) -> int:
    """The clause ends at its own end, or with its last role where that reaches further."""
    return min(max(end, stop, i + 1), len(line.tokens))


# ------------------------------------------------------------------------------------- nouns and the rest


def _noun(line: Line, i: int, trigger: Trigger) -> Match | None:
    if not _nounlike(line, i, trigger):
        return None
    start, end = line.starts.get(i, i), line.ends.get(i, i + 1)
    if trigger.counted:
        if line.upos(i - 1) != "NUM" and line.lemma(i - 1) not in ("dozen", "hundred", "score", "thousand"):
            return None
        roles: dict[str, Range] = {"target": (start, i + 1)}
        return Match(trigger, i, _amount_start(line, start), i + 1, roles, nominal=True)
    if (
        i < end - 1
        and line.upos(end - 1) in ("NOUN", "PROPN")
        and line.lemma(end - 1) not in ("campaign", "operation", "site", "spree")
    ):
        return None  # `attack helicopter`: the trigger must head its phrase
    if line.word(i - 1) in _NEVER_BEFORE.get(line.lemma(i), ()) or (
        trigger.after and not _preceded(line, start, trigger.after)
    ):
        return None
    roles = {}
    _owner(line, start, i, trigger, roles)
    stop = grammar.clause_end(line, i)
    last = _prepositions(line, end, stop, dict(trigger.preps), roles)
    begin = start
    if trigger.subject is not None and (trigger.after or trigger.predicate):
        subject = _predicate_subject(line, start)
        if subject is None and trigger.predicate:
            return None
        if subject is not None:
            roles.setdefault(trigger.subject, subject)
            begin = subject[0]
    elif trigger.subject is not None:
        roles.setdefault(trigger.subject, (start, end))
    carrier = _support_subject(line, start)
    if carrier is not None and "actor" not in roles and trigger.owner == "actor":
        roles["actor"] = carrier
        begin = carrier[0]
    finite = stop > last and line.finite(end, min(stop, end + 3))
    return Match(trigger, i, begin, stop if finite or stop - last <= 5 else last, roles, nominal=True)


def _nounlike(line: Line, i: int, trigger: Trigger) -> bool:
    """A noun; or a form in -ing in the place of one (`there was fighting in`); or, with a number, a participle (`30 killed`)."""
    if line.upos(i) in ("NOUN", "PROPN", "ADJ"):
        return True
    if trigger.counted:
        return line.tag(i) in ("VBN", "VBD")
    gerund = line.tag(i) == "VBG" and line.word(i) in trigger.lemmas
    return gerund and (
        line.tag(i - 1) in ("DT", "JJ", "POS", "IN") or line.lemma(i - 1) in ("be", "still") or line.word(i + 1) == "of"
    )


_SUPPORT = frozenset(
    "launch conduct carry stage mount make perpetrate commit lead begin start unleash wage announce open suffer".split()
)


def _support_subject(line: Line, start: int) -> Range | None:
    """`IS carried out an attack`, `attacks carried out by IS` are the same: the subject of the support verb acts."""
    k = start - 1
    if line.word(k) == "out":
        k -= 1
    if line.upos(k) == "VERB" and line.lemma(k) in _SUPPORT and not grammar.passive(line, k):
        return grammar.subject(line, k)
    return None


def _owner(line: Line, start: int, i: int, trigger: Trigger, roles: dict[str, Range]) -> None:
    """Words before a noun: `Israel's deadly attack`, `Israeli mortar strike`, `the group's withdrawal`."""
    if trigger.owner is None:
        return
    possessive = next((k for k in range(i - 1, start - 1, -1) if line.tag(k) == "POS"), None)
    if possessive is not None and possessive > start:
        roles[trigger.owner] = (start, possessive)
        return
    begin = start
    while begin < i and (line.upos(begin) == "DET" or line.tag(begin) in ("CD", "JJS")):
        begin += 1
    end = begin
    while end < i and (
        line.upos(end) == "PROPN" or line.word(end) == "-" or (line.tokens[end].span.of(line.text)[:1].isupper())
    ):
        end += 1
    if end == begin and line.tag(begin) == "PRP$":
        end = begin + 1
    while end < i and line.lemma(end) in (
        "army",
        "military",
        "regime",
        "government",
        "rebel",
        "militant",
        "force",
        "air",
    ):
        end += 1
    if end > begin:
        roles[trigger.owner] = (begin, end)


def _preceded(line: Line, start: int, words: tuple[str, ...]) -> bool:
    return line.word(start - 1) in words or line.word(start) in words


def _predicate_subject(line: Line, start: int) -> Range | None:
    """Subject of the `be` (remain, fall, come) before a predicate."""
    k = start - 1
    while k > 0 and (line.tag(k) in ("RB", "IN", "JJ", "RP") or line.word(k) in ("one", "of", "still")):
        k -= 1
    if line.lemma(k) in ("be", "remain", "stay", "become", "come", "fall"):
        return grammar.subject(line, k)
    return None


def _compound(line: Line, i: int, trigger: Trigger) -> Match | None:
    """`rebel-held town`, `SDF-controlled areas`, `a town held by` is a verb."""
    if line.word(i - 1) not in ("-", "–") or i not in line.ends or i < 2:
        return None
    left = i - 2
    start = line.starts.get(left, left)
    begin = left
    while begin > start and line.upos(begin - 1) == "PROPN":
        begin -= 1
    end = line.ends[i]
    place = (i + 1, end) if end > i + 1 else None
    roles: dict[str, Range] = {trigger.left or "actor": (begin, i - 1)}
    if place is not None:
        place = grammar.with_right(line, place, prepositions=frozenset({"of"}))
        roles[trigger.right or "place"] = place
    return Match(trigger, i, start, place[1] if place else end, roles, nominal=True)


def _adjective(line: Line, i: int, trigger: Trigger) -> Match | None:
    """`Albu Kamal is free of Islamic State`, `the town has been cleared of militants`."""
    if line.upos(i) not in ("ADJ", "VERB", "ADV"):
        return None
    subject = _predicate_subject(line, i)
    if subject is None or trigger.subject is None:
        return None
    roles: dict[str, Range] = {trigger.subject: subject}
    stop = grammar.clause_end(line, i)
    last = _prepositions(line, i + 1, stop, dict(trigger.preps), roles)
    return Match(trigger, i, subject[0], max(last, i + 1), roles)


# ------------------------------------------------------------------------------------------ conditions


def _conditions(line: Line, match: Match, lexicon: Lexicon, places: frozenset[int]) -> bool:
    trigger = match.trigger
    if match.nominal and not _telling(line, match):
        return False
    if match.nominal and not _telling(line, match):
        return False
    if trigger.needs is not None and trigger.needs not in match.roles:
        return False
    if trigger.who is not None and not _has(line, match.roles.get("actor"), lexicon.words[trigger.who], names=True):
        return False
    return trigger.where is None or _class(line, match, trigger.where, lexicon, places)


def _telling(line: Line, match: Match) -> bool:
    """A noun alone (`the blast`, `this fighting`) only refers; it tells when it says whose, on whom, where, how many, or that
    there was one."""
    if match.trigger.counted or match.trigger.needs_count or match.roles.keys() & {"actor", "target", "place"}:
        return True
    start = line.starts.get(match.at, match.at)
    existential = any(line.word(k) == "there" for k in range(max(0, start - 5), start))
    return existential or any(line.word(k) in ("no", "dozens", "hundreds") for k in range(start, match.at))


def _telling(line: Line, match: Match) -> bool:
    """A noun alone (`the blast`, `this fighting`) only refers; it tells when it says whose, on whom, where, how many, or that
    there was one."""
    if match.trigger.counted or match.trigger.needs_count or match.roles.keys() & {"actor", "target", "place"}:
        return True
    start = line.starts.get(match.at, match.at)
    existential = any(line.word(k) == "there" for k in range(max(0, start - 5), start))
    return existential or any(line.word(k) in ("no", "dozens", "hundreds") for k in range(start, match.at))


def _class(line: Line, match: Match, wanted: str, lexicon: Lexicon, places: frozenset[int]) -> bool:
    """Does a word of the class stand where the trigger wants it?"""
    if wanted == "territory":
        place = _head(line, match.roles.get("place"))
        return place is not None and (
            any(k in places for k in range(*place)) or _has(line, place, lexicon.words[wanted])
        )
    if wanted == "weapon":
        return _has(line, match.roles.get("weapon"), lexicon.words[wanted]) or _has(
            line, (match.start, match.at), lexicon.words[wanted]
        )
    if wanted == "violent":
        around = (match.start, match.end)
        return _has(line, around, lexicon.words["weapon"] | lexicon.words["armed"])
    if wanted == "armed":
        actor, target = match.roles.get("actor"), match.roles.get("target")
        return any(_has(line, role, lexicon.words[wanted], names=True) for role in (actor, target) if role)
    return any(_has(line, role, lexicon.words[wanted]) for role in match.roles.values())


def _head(line: Line, place: Range | None) -> Range | None:
    """The words up to the first preposition other than `of`: in `600 lives in Gaza` nothing is a place."""
    if place is None:
        return None
    end = next((k for k in range(*place) if line.word(k) in grammar.PREPOSITIONS - {"of"}), place[1])
    return place[0], max(end, place[0])


def _has(line: Line, around: Range | None, lemmas: frozenset[str], *, names: bool = False) -> bool:
    """Is a word of the class in the range? With `names`, a proper name or pronoun counts too: it may be anyone."""
    if around is None:
        return False
    return any(
        line.lemma(k) in lemmas
        or line.word(k) in lemmas
        or (names and (line.upos(k) == "PROPN" or line.tag(k) == "PRP"))
        for k in range(*around)
    )
