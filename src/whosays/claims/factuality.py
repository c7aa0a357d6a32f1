"""Does the speaker affirm or deny it, and how surely (FactBank): from the clause, its verb group, and the cue that reports it.

Comes in: a match in its line, and the stance of the voice. Goes out: (polarity, modality).
Two negations cancel; the cue's denial inverts what the clause says. Modals, hedges, purpose and orders make it less than actual.
"""

from __future__ import annotations

from whosays.claims.frames import Match
from whosays.claims.grammar import STOPS, Line, verb_group
from whosays.claims.triggers import Lexicon
from whosays.nouns import Modality, Polarity, Stance

_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "none", "without", "cannot", "nobody"})
_FALSE = frozenset({"untrue", "false", "baseless", "unfounded", "fabricated", "incorrect", "inaccurate"})
_PLANS = frozenset(
    "plan vow pledge promise threaten intend prepare aim seek want try attempt hope order push fight struggle swear plot aid "
    "help effort bid operation offensive campaign mission goal objective advance battle".split()
)
_DONE = frozenset({"manage", "continue", "begin", "start", "appear", "seem", "able"})
_UNREAL = frozenset(
    "possible potential imminent feared future threatened planned hypothetical looming expected impending any".split()
)
_FAILED = frozenset({"fail", "refuse", "decline", "prevent", "foil", "thwart", "avert", "unable"})
_ORDERS = frozenset({"must", "should"})


def judge(line: Line, match: Match, stance: Stance | None, lexicon: Lexicon) -> tuple[Polarity, Modality]:
    if match.presupposed:
        return Polarity(match.trigger.polarity), Modality.ACTUAL
    denied = (match.trigger.polarity == "denied") ^ _negated(line, match) ^ (stance is Stance.DENIES)
    return (Polarity.DENIED if denied else Polarity.AFFIRMED, _modality(line, match, stance, lexicon))


def _negated(line: Line, match: Match) -> bool:
    group = match.at if match.nominal else verb_group(line, match.at)
    window = range(max(0, group - 1), match.at)
    negations = sum(line.word(k) in _NOT and line.word(k + 1) != "only" for k in window)
    opening = [k for start, _ in match.roles.values() for k in (start - 1, start) if k not in window and k != match.at]
    negations += any(line.word(k) in _NOT for k in opening)  # no civilian, not a single civilian, neither side
    if match.nominal:
        start = line.starts.get(match.at, match.at)
        reach = (
            3 if match.trigger.after or match.trigger.predicate else 1
        )  # `is not under control`; not `no casualties from a strike`
        negations += any(line.word(k) in _NOT for k in range(max(0, start - reach), match.at) if k not in window)
    if any(line.lemma(k) in _FAILED for k in range(max(0, group - 2), match.at)):
        negations += 1
    return bool((negations + _called_false(line, match)) % 2)


def _raised(line: Line, start: int) -> bool:
    """Does `whether`, `if` or `unless` open the clause: is it asked or supposed rather than said?"""
    for k in range(start, max(-1, start - 10), -1):
        if line.word(k) in ("whether", "if", "unless"):
            return True
        if k < start and (line.word(k) in STOPS or line.word(k) in (",", "that")):
            return False
    return False


def _called_false(line: Line, match: Match) -> bool:
    """`it was not true that …`, `reports of … were false`."""
    following = range(match.at + 1, min(match.end + 4, len(line.tokens)))
    return denial_start(line, match) is not None or any(line.word(k) in _FALSE for k in following)


def denial_start(line: Line, match: Match) -> int | None:
    """Where the words begin that call the clause false just before it: `[it was not true that] the town was taken`."""
    first = next(
        (k + 1 for k in range(match.start - 1, max(-1, match.start - 7), -1) if line.word(k) in STOPS),
        max(0, match.start - 6),
    )
    words = [line.word(k) for k in range(first, match.start)]
    untrue = "true" in words and any(word in ("not", "n't", "n’t") for word in words[: words.index("true")])
    if not untrue and not _FALSE & set(words):
        return None
    return first + words.index("it") if "it" in words else first


def _modality(line: Line, match: Match, stance: Stance | None, lexicon: Lexicon) -> Modality:
    if stance is Stance.PLANS:
        return Modality.PLANNED
    if stance is Stance.DEMANDS:
        return Modality.DEMANDED
    group = match.at if match.nominal else verb_group(line, match.at)
    around = {line.word(k) for k in range(max(0, match.start - 3), match.end)}
    verb = [line.word(k) for k in range(group, match.at)]
    if any(word in _ORDERS for word in verb):
        return Modality.DEMANDED
    if any(word in ("will", "would", "'ll", "shall") for word in verb) and "have" not in verb:
        return Modality.PLANNED
    if (
        any(word in lexicon.words.hedges["possible"] for word in verb)
        or stance is Stance.DOUBTS
        or _raised(line, match.start)
    ):
        return Modality.POSSIBLE
    if (not match.nominal and line.tag(match.at) == "VB" and line.word(group) == "to") or "to" in verb[1:]:
        governor = [line.lemma(k) for k in range(max(0, group - 3), match.at - 1)]
        if not (_DONE | _FAILED) & set(governor) and "have" not in verb:
            return Modality.PLANNED
    if match.nominal and any(
        line.lemma(k) in _PLANS
        for k in range(max(0, match.start - 3), match.start)
        if line.word(k + 1) in ("to", "for", "a", "an", "the")
    ):
        return Modality.PLANNED
    if around & lexicon.words.hedges["probable"]:
        return Modality.PROBABLE
    if match.nominal and _UNREAL & {line.word(k) for k in range(line.starts.get(match.at, match.at), match.at)}:
        return Modality.POSSIBLE
    return Modality.ACTUAL
