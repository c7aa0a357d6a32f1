"""Where in a sentence a proposition of a type is stated, and which words stand in its roles.

Comes in: a Line and the lexicon. Goes out: matches, left to right. Does not: decide who says it, whether it is denied, or what the
words refer to (voices.py, factuality.py, roles.py).
"""

from __future__ import annotations

from whosays.claims import grammar, nominal, verbal
from whosays.claims.frames import Match
from whosays.claims.grammar import Line, Range
from whosays.claims.triggers import Lexicon, Trigger, Words


def find(line: Line, lexicon: Lexicon) -> list[Match]:
    """All matches of a line: at most one per type and verb, and per type and noun phrase (the last trigger is its head)."""
    taken: dict[tuple[str, int], Match] = {}
    for i, token in enumerate(line.tokens):
        form = token.span.of(line.text).lower()
        for lemma in dict.fromkeys((token.lemma, form)):
            for type_, trigger in lexicon.by_lemma.get(lemma, ()):
                match = _try(line, i, type_, trigger)
                if match is None or not _holds(line, match, lexicon.words):
                    continue
                key = (type_, line.starts.get(i, i) if match.nominal else i)
                if key not in taken or (match.nominal and i > taken[key].at):
                    taken[key] = match
    return sorted(taken.values(), key=lambda match: match.at)


def _try(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    if trigger.verb:
        return verbal.verb(line, i, type_, trigger)
    if trigger.noun:
        return nominal.noun(line, i, type_, trigger)
    if trigger.compound:
        return nominal.compound(line, i, type_, trigger)
    return nominal.adjective(line, i, type_, trigger)


# ------------------------------------------------------------------------------------------ conditions


def _holds(line: Line, match: Match, words: Words) -> bool:
    """Do the trigger's own conditions hold here?"""
    trigger = match.trigger
    if match.nominal and not _telling(line, match):
        return False
    if trigger.needs is not None and trigger.needs not in match.roles:
        return False
    if trigger.who is not None and not _forces(line, match.roles.get("actor"), words):
        return False
    return trigger.where is None or _CLASSES[trigger.where](line, match, words)


def _telling(line: Line, match: Match) -> bool:
    """A noun alone (`the blast`, `this fighting`) only refers; it tells when it says whose, on whom, where, how many, or that
    there was one."""
    if match.trigger.counted or match.trigger.needs_count or match.roles.keys() & {"actor", "target", "place"}:
        return True
    start = line.starts.get(match.at, match.at)
    existential = any(line.word(k) == "there" for k in range(max(0, start - 5), start))
    return existential or any(line.word(k) in ("no", "dozens", "hundreds") for k in range(start, match.at))


def _forces(line: Line, actor: Range | None, words: Words) -> bool:
    """Someone armed, by a noun or by the roster; `they` may be."""
    if actor is None:
        return False
    return _has(line, actor, words.armed | {"they", "it", "we"}) or any(k in line.actors for k in range(*actor))


def _territory(line: Line, match: Match, words: Words) -> bool:
    """A place name or a noun for ground heads the place: in `600 lives in Gaza` nothing is a place."""
    place = match.roles.get("place")
    if place is None:
        return False
    return grammar.grounded(line, place, words.territory) or _unknown_place(line, match, place, words)


def _unknown_place(line: Line, match: Match, place: Range, words: Words) -> bool:
    """One proper name that neither gazetteer nor roster knows, taken by someone armed: `troops captured Qarmatovka`. Names of two
    words may be a person's."""
    start, end = place
    name = [k for k in range(start, end) if line.word(k) not in ("-", "–")]
    proper = all(line.upos(k) == "PROPN" and k not in line.actors for k in name)
    return proper and end - start == 2 * len(name) - 1 and _forces(line, match.roles.get("actor"), words)


def _weapon(line: Line, match: Match, words: Words) -> bool:
    return _has(line, match.roles.get("weapon"), words.weapon) or _has(line, (match.start, match.at), words.weapon)


def _violent(line: Line, match: Match, words: Words) -> bool:
    around = (match.start, match.end)
    return any(k != match.at and _has(line, (k, k + 1), words.weapon | words.armed) for k in range(*around))


def _armed(line: Line, match: Match, words: Words) -> bool:
    return any(_forces(line, match.roles.get(role), words) for role in ("actor", "target"))


def _people(line: Line, match: Match, words: Words) -> bool:
    target = match.roles.get("target")
    return _has(line, target, words.people, names=True) or (target is not None and line.upos(target[1] - 1) == "NUM")


_CLASSES = {"territory": _territory, "weapon": _weapon, "violent": _violent, "armed": _armed, "people": _people}


_ANYONE = frozenset({"they", "them", "it", "we", "us", "he", "him", "who"})


def _has(line: Line, around: Range | None, lemmas: frozenset[str], *, names: bool = False) -> bool:
    """Is a word of the class in the range? With `names`, a proper name or a pronoun counts too: it may be anyone."""
    return around is not None and any(
        line.lemma(k) in lemmas
        or line.word(k) in lemmas
        or (names and (line.upos(k) == "PROPN" or line.word(k) in _ANYONE))
        for k in range(*around)
    )
