"""How one claim bears on another that answers the same question: it says the same, it speaks against it, or neither.

    bears(a, b) -> SAME, AGAINST, CHANGED or None

Theory. *Who holds a place.* A claim says that a party holds it (taken, held, not left) or that he does not (left, not taken, not
held). What happened stays so until the question ends; what is said to be the case is said of its own days. So `B took it on Monday`
and `A holds it on Wednesday` cannot both be true, `A held it on Monday` and `B took it on Wednesday` can: change is not dispute; two
captures on two days are change as well. That A is out of it and that A's enemy is in it are the same word.
*All else.* Opposite polarity speaks against, where actors and targets can be the same; so do two actors of two sides for one attack.
A toll bears out one whose range it meets (`about`: a tenth either way); a later, higher one is an update and says nothing of it; a
lower one, or one printed on the same day, speaks against it. Sums over weeks are not compared with the toll of a day.
The claims are taken to be of one question (`questions.py`): places and days have been compared.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from whosays.nouns import STATES, Claim, Extraction, Polarity
from whosays.weigh import sameness
from whosays.weigh.moves import part
from whosays.weigh.questions import HOLDING, group

_ABOUT = 0.1
"""Either way, of a number."""


class Bearing(Enum):
    SAME = "says the same"
    AGAINST = "speaks against it"
    CHANGED = "tells of a change"
    """Both are true: one before the other."""


def bears(a: Extraction, b: Extraction) -> Bearing | None:
    """How two claims of one question bear on each other. `a` and `b` may change places, but for tolls: there `b` is the later."""
    if group(a.claim) == HOLDING:
        return _holding(a, b)
    return _event(a, b)


# ------------------------------------------------------------------------------------------------- who holds a place


def _holding(a: Extraction, b: Extraction) -> Bearing | None:
    x, y = a.claim, b.claim
    if part(a) is not part(b):  # who has a part of it need not have the whole, nor lack it
        return None
    same = sameness.same_party(x.actor, y.actor)
    if not same and not sameness.opposed(x.actor, y.actor):
        return None
    if same is (_holds(x) is _holds(y)):  # he holds it, and so do his; or he does, and his enemy does not
        return Bearing.SAME if _meet(_reach(a), _reach(b)) else None
    if not same and not _holds(x):  # the one is not there, nor is the other
        return None
    if _contradict(a, b):
        return Bearing.AGAINST
    return Bearing.CHANGED if moves(x) and moves(y) else None


def _holds(claim: Claim) -> bool:
    return (claim.polarity is Polarity.AFFIRMED) is (claim.type != "withdraw")


def moves(claim: Claim) -> bool:
    """Does it tell of something that happened, whose result stays?"""
    return claim.polarity is Polarity.AFFIRMED and claim.type not in STATES


def _contradict(a: Extraction, b: Extraction) -> bool:
    """Opposite answers: are they about days on which both would have to be true?"""
    if moves(a.claim) is moves(b.claim):
        return _meet(_days(a), _days(b))
    move, state = (a, b) if moves(a.claim) else (b, a)
    return _meet(_reach(move), _days(state))


def _reach(one: Extraction) -> tuple[date, date] | None:
    """The days for which a claim answers: a move's result stays."""
    days = _days(one)
    return (days[0], date.max) if days is not None and moves(one.claim) else days


def _days(one: Extraction) -> tuple[date, date] | None:
    return sameness.days(one, state=one.claim.type in STATES)


def _meet(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    """Undated claims are of one question only where they are of one page."""
    return a is None or b is None or sameness.meet(a, b)


# ------------------------------------------------------------------------------------------------------------ all else


def _event(a: Extraction, b: Extraction) -> Bearing | None:
    x, y = a.claim, b.claim
    if not sameness.same_party(x.target, y.target):
        return None
    if not sameness.same_party(x.actor, y.actor):
        rivals = _both_affirmed(x, y) and x.type == "attack" and sameness.opposed(x.actor, y.actor)
        return Bearing.AGAINST if rivals else None
    if x.polarity is not y.polarity:
        return Bearing.AGAINST
    return _tolls(a, b) if x.type == "casualties" else Bearing.SAME


def _both_affirmed(x: Claim, y: Claim) -> bool:
    return x.polarity is y.polarity is Polarity.AFFIRMED


def _tolls(a: Extraction, b: Extraction) -> Bearing | None:
    x, y = a.claim, b.claim
    if x.cumulative is not y.cumulative or x.who != y.who or x.harm != y.harm:
        return None
    one, other = _range(x), _range(y)
    if one is None or other is None or _alike(one, other):
        return Bearing.SAME
    update = other[0] > one[1] and _printed(b) > _printed(a)
    return None if update else Bearing.AGAINST


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    more, less = 1 + _ABOUT, 1 - _ABOUT
    return one[0] * less <= other[1] * more and other[0] * less <= one[1] * more


def _range(claim: Claim) -> tuple[float, float] | None:
    if claim.count is None:
        return None
    return claim.count.low or 0, float("inf") if claim.count.high is None else claim.count.high


def _printed(one: Extraction) -> date:
    return one.article.published or date.max
