"""What is answered to a question, by whom, and how well each answer is supported.

    answers(claims of one question) → Answers, the first said first

Claims that say the same are one answer: of who holds a place, the same holder or another of his side; of a toll, the same number of
the same people; of the rest, the same actor, or that it did not happen. What speaks against an answer are the claims that cannot be
true if it is (`disputes.py`): a toll that grows is several answers and no dispute. What is only possible answers nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from whosays.nouns import NOT_ALIGNED, Answer, Extraction, Modality, Party, Polarity
from whosays.weigh import sameness
from whosays.weigh.disputes import disputes
from whosays.weigh.grades import graded
from whosays.weigh.moves import part
from whosays.weigh.questions import HOLDING, group, said
from whosays.weigh.rubrics import Rubric
from whosays.weigh.wording import hurt, toll

_Key = tuple[object, ...]

CULPRITS = frozenset({"attack", "destroy", "clash", "detain", "displace"})
"""Groups that ask who did it."""


def answers(claims: Sequence[Extraction], *, rubric: Rubric | None = None) -> tuple[Answer, ...]:
    """The answers that the claims of one question give, each with its grade by the rubric (by default the one for their type)."""
    asserted = [one for one in sorted(claims, key=said) if one.claim.modality in (Modality.ACTUAL, Modality.PROBABLE)]
    told: dict[_Key, list[Extraction]] = {}
    for one in asserted:
        told.setdefault(_key(one), []).append(one)
    against = _against(asserted)
    found = []
    for same in told.values():
        ids = {one.claim.id for one in same}
        contrary = [one for one in asserted if one.claim.id not in ids and against.get(one.claim.id, set()) & ids]
        counted, judged = graded(same, contrary, rubric=rubric)
        found.append(Answer(_says(same), tuple(one.claim.id for one in same), counted, judged))
    return tuple(found)


def _against(claims: Sequence[Extraction]) -> dict[str, set[str]]:
    """Claim → claims that cannot be true if it is."""
    pairs: dict[str, set[str]] = {}
    for dispute in disputes(claims):
        a, b = dispute.claims
        pairs.setdefault(a, set()).add(b)
        pairs.setdefault(b, set()).add(a)
    return pairs


def _key(one: Extraction) -> _Key:
    """Claims with one key give one answer."""
    claim = one.claim
    denied = claim.polarity is Polarity.DENIED
    if group(claim) == HOLDING:
        left = claim.type == "withdraw"
        return denied is not left, _identity(claim.actor), claim.actor is None and claim.type, part(one)
    if claim.type == "casualties":
        return denied, claim.count, claim.who, claim.harm
    return denied, _identity(claim.actor)


def _identity(party: Party | None) -> str | None:
    if party is None:
        return None
    return party.side if party.side not in (None, NOT_ALIGNED) else sameness.party_key(party)


def _says(same: Sequence[Extraction]) -> str:
    """The answer in words."""
    claim = same[0].claim
    denied = claim.polarity is Polarity.DENIED
    names = Counter(one.claim.actor.name or one.claim.actor.words for one in same if one.claim.actor is not None)
    name = max(sorted(names), key=names.__getitem__) if names else None
    kind = group(claim)
    if kind == HOLDING:
        parts = "parts: " if part(same[0]) else ""
        return parts + _HELD[denied is not (claim.type == "withdraw")](name, claim.type)
    if claim.type == "casualties":
        told = toll(claim) if claim.count is not None else hurt(claim)
        return ("not " if denied and claim.count else "nobody " if denied else "") + told
    if kind in CULPRITS:
        by = f"by {name}" if name else "it happened, by whom is not said"
        return (f"not by {name}" if name else "it did not happen") if denied else by
    return ("no" if denied else "yes") + (f": {name}" if name else "")


def _held(name: str | None, kind: str) -> str:
    if name is None:
        return {"capture": "taken, by whom is not said", "withdraw": "not left"}.get(kind, "held, by whom is not said")
    return f"held by {name}"


def _not_held(name: str | None, kind: str) -> str:
    if name is None:
        return {"capture": "not taken", "withdraw": "left, by whom is not said"}.get(kind, "not held")
    return f"not held by {name}"


_HELD: dict[bool, Callable[[str | None, str], str]] = {False: _held, True: _not_held}
"""By whether it says that its actor does not hold the place."""
