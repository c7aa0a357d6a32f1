"""How many, of whom, and is it a running total: of casualties, the displaced and the detained people; of an attack its strikes."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.claims import amounts, clauses
from whosays.claims.frames import Match
from whosays.claims.lines import Context, Line, Range
from whosays.claims.nominal import amount_start
from whosays.nouns import Count


@dataclass(frozen=True, slots=True)
class Counted:
    count: Count | None = None
    who: str | None = None
    """`civilians`, `combatants`, `children` or `people`; None of strikes."""
    cumulative: bool = False


def counted(context: Context, line: Line, found: Match) -> Counted:
    """Of people: those of the number, else one where the words are singular. Of strikes: where there is a number (`12 air strikes`)."""
    if found.type == "attack":
        return Counted(_strikes(line, found))
    role = found.roles.get("target")
    if found.type not in _PEOPLE or role is None:
        return Counted()
    count = amounts.count(line.words(amount_start(line, role[0]), role[1]))
    if count is None and _one(context, line, role):
        count = Count(1, 1)
    return Counted(count, _who(context, line, found, role), count is not None and _running(context, line, found))


_PEOPLE = frozenset({"casualties", "displace", "detain"})


def _strikes(line: Line, found: Match) -> Count | None:
    """`12 air strikes`, `fired two rockets`, `hit by dozens of shells`."""
    for phrase in (clauses.phrase(line, found.at) if found.nominal else None, found.roles.get("weapon")):
        if phrase is not None:
            at = line.head(phrase)
            number = line.tree.child(at, "nummod")
            if number is not None and number > at:
                number = None
            if number is not None or line.lemma(at) in ("dozen", "score", "hundred", "thousand"):
                return amounts.count(line.words(amount_start(line, at if number is None else number), at + 1))
    return None


def _who(context: Context, line: Line, found: Match, role: Range) -> str:
    if _of_the_armed(context, line, found, role):
        return "combatants"
    words = context.lexicon.words
    start = max((k + 1 for k in range(*role) if line.tag(k) == "POS"), default=role[0])  # `a soldier's [wife]`
    lemmas = {line.lemma(k) for k in range(start, role[1])} - {"people"}
    kinds = (("children", words.children), ("combatants", words.combatants), ("civilians", words.civilians))
    return next((name for name, known in kinds if lemmas & known), "people")


def _of_the_armed(context: Context, line: Line, found: Match, role: Range) -> bool:
    """Men of somebody who fights are no civilians: `seven of its men`, `the army had lost 1,500 men`."""
    men = next((k for k in range(*role) if line.word(k) == "men"), None)
    if men is None:
        return False
    loser = found.roles.get("cause")
    return line.word(men - 1) in ("its", "our", "his") or (
        loser is not None and line.lemma(line.head(loser)) in context.lexicon.words.armed
    )


def _one(context: Context, line: Line, role: Range) -> bool:
    """`a pilot`, `him`, `his sister`, a name: one, as far as the words say."""
    at = line.head(role)
    joined = any(line.tree.all(at, "conj"))
    if joined or line.tag(at) in ("NNS", "NNPS"):
        return False
    if line.word(at) in ("he", "she", "him", "her"):
        return True
    words = context.lexicon.words
    several = {"people", "family", "staff", "police", "other", "number", "crew"}
    return line.tag(at) == "NN" and line.lemma(at) in (words.people | words.combatants) - several


def _running(context: Context, line: Line, found: Match) -> bool:
    """A total of a stretch that is not over: `killed since March`, `so far`, `the war has killed`."""
    words = context.lexicon.words
    clause = f" {' '.join(line.word(k) for k in range(found.start, min(found.end + _AFTER, len(line.tokens))))} "
    doers = [line.head(found.roles[role]) for role in ("actor", "cause") if role in found.roles]
    subject = clauses.surface(line, found.at)
    doers += [] if subject is None else [subject]
    return any(f" {phrase} " in clause for phrase in words.running) or any(line.lemma(k) in words.long for k in doers)


_AFTER = 3
"""Words behind the clause that are looked at too."""
