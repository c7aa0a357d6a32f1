"""Where in a sentence a proposition of a type is stated, and which words stand in its roles.

Comes in: a Line and the lexicon. Goes out: matches, left to right. Does not: decide who says it, whether it is denied, or what the
words refer to (voices.py, factuality.py, roles.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from whosays.claims import clauses, ground, nominal, verbal
from whosays.claims.frames import Match
from whosays.claims.lines import DETERMINERS, Line, Range
from whosays.claims.triggers import ANY, Lexicon, Trigger, Words


@dataclass(slots=True)
class Tried:
    """A match that a trigger makes at a word of a line, and why it does not count, if it does not."""

    match: Match
    refused: str | None


def find(line: Line, lexicon: Lexicon) -> list[Match]:
    """The matches of a line that count."""
    return [one.match for one in tried(line, lexicon) if one.refused is None]


def tried(line: Line, lexicon: Lexicon) -> list[Tried]:
    """Every trigger that is used in the line, from left to right. One of a type fires at a word, that which stands first in its file."""
    found: list[Tried] = []
    fired: set[tuple[str, int]] = set()
    known, words = lexicon.by_lemma, line.tree.words
    for i, token in enumerate(line.tokens):
        verb = token.upos == "VERB"
        if not verb and token.lemma not in known and words[i] not in known:
            continue
        for lemma in dict.fromkeys((token.lemma, words[i], *([ANY] if verb else ()))):
            for type_, trigger in known.get(lemma, ()):
                match = _try(line, i, type_, trigger)
                if match is not None:
                    refused = (
                        "another trigger of its type fires"
                        if (type_, i) in fired
                        else _refused(line, match, lexicon.words)
                    )
                    found.append(Tried(match, refused))
                    if refused is None:
                        fired.add((type_, i))
    counting = [one for one in found if one.refused is None]
    for one in counting:
        if ANY in one.match.trigger.verb and sum(other.match.at == one.match.at for other in counting) > 1:
            one.refused = "another type fits what must be done"
        elif any(_tells(verb.match, one.match) for verb in counting):
            one.refused = "the verb tells it already"
    _share(line, [one.match for one in counting if one.refused is None])
    return found


def _share(line: Line, matches: list[Match]) -> None:
    """`killed in an Israeli bombing`, `a strike led by the coalition killed nine`: who attacks, kills, and the other way round; where it
    hit, they died."""
    for one in matches:
        kinds = _SHARED.get(one.type, ())
        near = [
            m for m in matches if m is not one and m.type in kinds and m.start < one.end + 3 and one.start < m.end + 3
        ]
        near.sort(key=lambda m: abs(m.at - one.at))
        actor = one.roles.get("actor")
        if actor is not None:
            named = next((m.roles["actor"] for m in near if actor[0] <= m.at < actor[1] and "actor" in m.roles), None)
            if named is not None:
                one.roles["actor"] = named
        hit = one.roles.get("target", (0, 0))
        for role in ("actor",) if any(k in line.places for k in range(*hit)) else ("actor", "place"):
            held = (m.roles[role] for m in near if role in m.roles and (role == "place" or _same_clause(one, m)))
            known = next(held, None)
            if role not in one.roles and known is not None:
                one.roles[role] = known


def _same_clause(one: Match, other: Match) -> bool:
    return one.start <= other.at < one.end or other.start <= one.at < other.end


_SHARED = {
    "casualties": ("attack",),
    "attack": ("casualties", "attack"),
    "destroy": ("attack",),
    "displace": ("attack",),
}
"""Type → types of which one act is often told in the same clause."""


def _tells(verb: Match, noun: Match) -> bool:
    """`A [strike] by the coalition hit the convoy`: the verb tells it already, and takes what the noun says of who did it and where."""
    own = [(role, words) for role, words in verb.roles.items() if role in ("actor", "weapon")]
    if verb.nominal or not noun.nominal or verb.type != noun.type or not any(a <= noun.at < b for _, (a, b) in own):
        return False
    verb.roles.update({role: words for role, words in noun.roles.items() if role == "actor" or role not in verb.roles})
    return True


def _try(line: Line, i: int, type_: str, trigger: Trigger) -> Match | None:
    if trigger.verb:
        return verbal.verb(line, i, type_, trigger)
    if trigger.noun:
        return nominal.noun(line, i, type_, trigger)
    if trigger.compound:
        return nominal.compound(line, i, type_, trigger)
    return nominal.adjective(line, i, type_, trigger)


# ------------------------------------------------------------------------------------------ conditions


def _refused(line: Line, match: Match, words: Words) -> str | None:
    """Which of the trigger's own conditions does not hold here; None where all do."""
    trigger = match.trigger
    if match.nominal and not _telling(line, match):
        return "a noun alone only refers: it says neither whose, nor where, nor on whom"
    if trigger.needs is not None and trigger.needs not in match.roles:
        return f"nothing stands in its role `{trigger.needs}`, which it needs"
    if line.lemma(line.tree.heads[match.at]) in trigger.not_under:
        return f"it hangs on `{line.word(line.tree.heads[match.at])}` (`not_under`)"
    if not _armed_actor(line, match, words):
        return "whoever does it is nobody armed (`who`)"
    if not _framed(line, match.at, trigger):
        return "it does not stand in the frame it asks for (`there`, `to_do`, `needs_prep`)"
    if trigger.where is not None and not _CLASSES[trigger.where](line, match, words):
        return f"no word of the class `{trigger.where}` stands where it must"
    return None


_HARMING = frozenset("kill wound injure die destroy displace force flee cause damage".split())


def _armed_actor(line: Line, match: Match, words: Words) -> bool:
    """Is whoever does it armed, where the trigger asks for that?"""
    actor, who = match.roles.get("actor"), match.trigger.who
    if who is None or (actor is None and who == "armed if named"):
        return True
    country = (line.at_war or who != "armed") and actor is not None and line.head(actor) in line.places
    return country or _forces(line, actor, words)


def _framed(line: Line, at: int, trigger: Trigger) -> bool:
    """The grammar that a trigger asks for: `there were …`, `ordered them to …`, `called on …`."""
    tree = line.tree
    if (
        trigger.there
        and tree.child(at, "expl") is None
        and (tree.relation(at) != "nsubj" or tree.child(tree.heads[at], "expl") is None)
    ):
        return False
    if trigger.to_do and not any(_to_do(line, c) for c in tree.all(at, "xcomp", "ccomp", "advcl")):
        return False
    return not trigger.needs_prep or any(
        words.split()[0] in trigger.needs_prep
        for words, head in clauses.prepositional(line, at)
        if head not in line.times
    )


def _to_do(line: Line, i: int) -> bool:
    return line.tag(i) == "VB" and any(line.word(m) == "to" for m in line.tree.all(i, "mark"))


def _telling(line: Line, match: Match) -> bool:
    """A noun alone (`the blast`, `this fighting`) only refers; it tells when it says whose, on whom, where, how many, or that
    there was one."""
    trigger = match.trigger
    if trigger.counted or trigger.needs_count or match.roles.keys() & {"actor", "target", "place"}:
        return True
    head = line.tree.heads[match.at]
    subject = line.tree.relation(match.at) == "nsubj" and line.tree.child(head, "obj") is None
    if subject and any(k in line.places for k in range(head, match.end)):
        return True  # `clashes erupted 10 km from Hama`
    if line.lemma(head) in _HARMING and line.tree.relation(match.at) in ("obl", "nsubj"):
        return True  # `killed by the shelling`
    if trigger.alone:
        return not any(line.word(c) in DETERMINERS - {"a", "an"} for c in line.tree.all(match.at, "det"))
    start, _ = clauses.phrase(line, match.at)
    existential = any(line.word(k) == "there" for k in range(max(0, start - 5), start))
    return existential or any(line.word(k) in ("no", "dozens", "hundreds") for k in range(start, match.at))


def _forces(line: Line, actor: Range | None, words: Words) -> bool:
    """Someone armed, by a noun or by the roster; on a page about a conflict `they` may be."""
    if actor is None:
        return False
    armed = words.armed | {"they", "it", "we", "their", "its", "our"} if line.at_war else words.war
    return _has(line, actor, armed) or any(k in line.actors for k in range(*actor))


def _territory(line: Line, match: Match, words: Words) -> bool:
    """A place name or a noun for ground heads the place: in `600 lives in Gaza` nothing is a place."""
    place = match.roles.get("place")
    if place is None:
        return False
    return ground.grounded(line, place, words.territory) or _unknown_place(line, match, place, words)


def _unknown_place(line: Line, match: Match, place: Range, words: Words) -> bool:
    """One proper name that neither gazetteer nor roster knows, taken by someone armed: `troops captured Qarmatovka`. Names of two
    words may be a person's."""
    start, end = place
    name = [k for k in range(start, end) if line.word(k) not in ("-", "–")]
    proper = all(line.upos(k) == "PROPN" and k not in line.actors for k in name)
    return (
        proper
        and (bool(match.trigger.then) or end - start == 2 * len(name) - 1)
        and _forces(line, match.roles.get("actor"), words)
    )


def _weapon(line: Line, match: Match, words: Words) -> bool:
    return _has(line, match.roles.get("weapon"), words.weapon) or _has(line, (match.start, match.at), words.weapon)


def _violent(line: Line, match: Match, words: Words) -> bool:
    around = (match.start, match.end)
    target = match.roles.get("target")
    if target is not None:  # `the school was hit`; nothing else is that can be
        head = line.head(target)
        real = (
            line.lemma(head) in words.thing | words.territory | words.people | words.armed
            or line.lemma(head) in words.combatants
        )
        if not real and line.upos(head) not in ("PROPN", "PRON", "NUM"):
            return False
        if real and "actor" not in match.roles and clauses.passive(line, match.at):
            return True
    harmful = words.weapon | words.armed
    return _has(line, match.roles.get("actor"), harmful) or any(
        k != match.at and _has(line, (k, k + 1), harmful) for k in range(*around)
    )


def _armed(line: Line, match: Match, words: Words) -> bool:
    return any(_forces(line, match.roles.get(role), words) for role in ("actor", "target"))


def _people(line: Line, match: Match, words: Words) -> bool:
    """Of names only on a page about a conflict: elsewhere who dies was old or ill."""
    target = match.roles.get("target")
    if target is None:
        return False
    head = line.head(target)
    anyone = line.at_war and (line.upos(head) == "PROPN" or line.word(head) in _ANYONE)
    return anyone or _has(line, target, words.people) or line.upos(target[1] - 1) == "NUM"


def _public(line: Line, match: Match, words: Words) -> bool:
    """One of the two is armed, a public body, or a side."""
    roles = [match.roles[role] for role in ("actor", "target") if role in match.roles]
    return any(
        _has(line, role, words.public) or _forces(line, role, words) or any(k in line.places for k in range(*role))
        for role in roles
    )


def _folk(line: Line, match: Match, words: Words) -> bool:
    """The target is people by its head word: no name, which may be a place's."""
    target = match.roles.get("target")
    return target is not None and line.lemma(line.head(target)) in words.people | words.combatants


def _unarmed(line: Line, match: Match, words: Words) -> bool:
    """People, but no fighters: these withdraw."""
    target = match.roles.get("target", (0, 0))
    return _people(line, match, words) and not _has(line, target, words.combatants | words.war - words.people)


def _device(line: Line, match: Match, words: Words) -> bool:
    """A weapon itself does it, not an attack with one."""
    weapon = match.roles.get("weapon")
    return weapon is not None and line.lemma(line.head(weapon)) in words.device


def _civilians(line: Line, match: Match, words: Words) -> bool:
    return _has(line, match.roles.get("target"), words.civilians)


def _thing(line: Line, match: Match, words: Words) -> bool:
    target = match.roles.get("target")
    return target is not None and (_has(line, target, words.thing) or line.word(target[0]) in ("it", "them"))


def _side(line: Line, match: Match, words: Words) -> bool:
    """The target is a side of a conflict: armed, on the roster, or a country."""
    target = match.roles.get("target")
    return target is not None and (
        _has(line, target, words.armed) or any(k in line.actors or k in line.places for k in range(*target))
    )


def _around(kind: str) -> Callable[[Line, Match, Words], bool]:
    """A word of the class in the clause; that of the trigger itself counts where it is one."""

    def holds(line: Line, match: Match, words: Words) -> bool:
        return _has(line, (match.start, match.end), getattr(words, kind)) or any(
            line.tree.heads[k] == match.at and line.lemma(k) in getattr(words, kind) for k in range(len(line.tokens))
        )

    return holds


_CLASSES = {
    "territory": _territory,
    "weapon": _weapon,
    "violent": _violent,
    "armed": _armed,
    "people": _people,
    "folk": _folk,
    "device": _device,
    "unarmed": _unarmed,
    "civilians": _civilians,
    "public": _public,
    "thing": _thing,
    "side": _side,
    "truce": _around("truce"),
    "statehood": _around("statehood"),
    "humane": _around("humane"),
}


_ANYONE = frozenset(
    "they them it we us he him she her who those others many some several most everyone anyone nobody one".split()
)


def _has(line: Line, around: Range | None, lemmas: frozenset[str]) -> bool:
    """Is a word of the class in the range?"""
    return around is not None and any(line.lemma(k) in lemmas or line.word(k) in lemmas for k in range(*around))
