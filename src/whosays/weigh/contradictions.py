"""Why two claims cannot both be true: the rules, pair by pair (CLAIMS.md section 3; what is compared at all: disputes.py).

  polarity           one voice affirms what the other denies, both as actual or probable. "X did not bomb it" does not contradict "it was
                     bombed"; "it was not bombed" contradicts "X bombed it". "P was taken by X" contradicts "X does not hold P"; "P was not
                     taken" contradicts "P is free of its holder" (it cannot be free of X and still X's) and "its taker holds P".
  rival holder       two actors of opposed sides take or hold one place on the same days.
  place scope        the whole was taken, against parts of it, by one actor; said no earlier than the whole was (else it is progress).
  number             tolls of one event with disjoint ranges ("about" is a tenth either way), or a toll against none. A later report with a
                     higher count updates it; a part ("12 children") may only not exceed the whole; running totals contradict nothing.
  responsible party  one deed, two doers: the same target, on the same days; or an accident.
  identity           fighters against civilians, in one toll or as one target.
  date               one deed on two days. Attacks recur: only what has the same target by name, or the same exact toll, is one.
  walked back        one voice that denies or corrects downward, on a later page, what it said before.
What is one event: the same place, no region, days that meet; by means and actors that could be the same; and, where the place is so
large that it has several in a day, a detail (`the funeral hall`) that both tell. A voice never disputes itself within one story.
"""

from __future__ import annotations

from datetime import timedelta

from whosays.nouns import LOCAL, Claim, DisputeKind, Party
from whosays.weigh import sameness
from whosays.weigh.events import (
    city,
    disjoint,
    high,
    later,
    linked,
    low,
    means_agree,
    near,
    one_event,
    one_place,
    one_voice,
    same_count,
    same_means,
    same_named,
    several,
    short,
)
from whosays.weigh.said import Said, accident, hints, meet, military, things
from whosays.weigh.wording import TAKEN_OR_HELD, day, name, toll, victims, words

Reason = tuple[DisputeKind, str]

FIGHTERS = frozenset({"casualties", "presence"})
DEEDS = frozenset({"attack", "casualties", "destroy"})
_NEARLY_ALL = frozenset({"most"})
"""Who holds most of a place leaves nobody else the whole of it."""
_OTHER_EVENT = 6
"""Times: a toll so much larger than another is of another event, unless both tell a detail."""
AGAIN = timedelta(days=10)
"""A place that is taken twice within so few days is rather told of twice."""
RECURS = timedelta(days=3)
"""The same of an attack."""


def contradiction(a: Said, b: Said) -> Reason | None:
    """Kind, and the reason in words; None where both can be true. `a` is the one that is affirmed, or the earlier."""
    own = one_voice(a, b)
    if own and a.story == b.story:
        return None
    reason = _denied(a, b) if a.affirmed is not b.affirmed or not a.affirmed else _both(a, b)
    if reason is None:
        return None
    return _walked_back(a, b, reason) if own else _as_headline(a, b, reason)


# ------------------------------------------------------------------------------------------------------------- yes and no


def _denied(a: Said, b: Said) -> Reason | None:
    """At least `b` denies."""
    x, y = a.claim, b.claim
    if not meet(a, b):
        return None
    if {x.type, y.type} == FIGHTERS:
        return _fighters_there(a, b)
    if x.type != y.type:
        why = _taken_and_held(a, b)
        return None if why is None else (DisputeKind.POLARITY, why)
    if not a.affirmed or not _same_parties(a, b) or (x.type in TAKEN_OR_HELD and not _denies_part(a, b)):
        return None
    if (x.actor is None or y.actor is None) and (a.wide or b.wide or _another_doer(a, b)):
        return None
    if x.type in DEEDS and not (means_agree(a, b) and (_same_days(a, b) or a.target & b.target)):
        return None
    if x.type == "casualties" and not high(y.count):
        return _none_at_all(a, b)
    one, other = sameness.voice(a.extraction), sameness.voice(b.extraction)
    return DisputeKind.POLARITY, f"{'told as fact' if a.narrated else 'affirmed'} by {one}, denied by {other}"


def _same_days(a: Said, b: Said) -> bool:
    return a.days is None or b.days is None or sameness.meet(a.days, b.days)


def _another_doer(a: Said, b: Said) -> bool:
    """Who denies that it was he does not deny the deed, of which nobody else is named as the doer."""
    if a.claim.type not in DEEDS or a.claim.actor is not None:
        return False
    return b.claim.actor is not None or (a.claim.type != "casualties" and not a.target & b.target)


def _fighters_there(a: Said, b: Said) -> Reason | None:
    """Fighters were killed at a place, against: there were none."""
    if not _means_none(b) or a.claim.who != "combatants" or not one_place(a, b) or not a.dated or not b.dated:
        return None
    return DisputeKind.IDENTITY, f"{toll(a.claim)} against none there"


def _means_none(b: Said) -> bool:
    return b.claim.type == "presence" and military(b.claim.actor) is True


def _same_parties(a: Said, b: Said) -> bool:
    same = sameness.same_party(a.claim.actor, b.claim.actor)
    return same and (sameness.same_party(a.claim.target, b.claim.target) or bool(a.target & b.target))


def _denies_part(a: Said, b: Said) -> bool:
    """Does a denial about `b`'s part of the place speak of what `a` affirms?"""
    return bool(a.parts & b.parts) or not a.parts


def _taken_and_held(a: Said, b: Said) -> str | None:
    """A `capture` against a `control`, whichever comes first, one of them denied."""
    capture, control = (a, b) if a.claim.type == "capture" else (b, a)
    taker, holder = capture.claim.actor, control.claim.actor
    both = taker is not None and holder is not None
    same = both and sameness.same_party(taker, holder)
    if capture.parts != control.parts:
        return None
    if not capture.affirmed and not control.affirmed:
        return None if same else "not taken, against free of its former holder"
    if not same and (both or capture.affirmed):
        return None
    if not both and _of_one_side(capture, control):
        return None  # who denies that his town has fallen says that his side holds it
    return "taken, against not held by its taker" if capture.affirmed else "not taken, against held by its taker"


def _of_one_side(denial: Said, control: Said) -> bool:
    """Is the holder of the side of who denies the capture?"""
    holder, source = control.claim.actor, denial.claim.source
    if holder is None:
        return False
    return (holder.side is not None and holder.side == source.side) or (
        holder.actor is not None and holder.actor == source.actor
    )


def _none_at_all(a: Said, b: Said) -> Reason | None:
    """Some killed, against nobody. Who tells of the dead later than that updates it."""
    who, nobody = a.claim.who, b.claim.who
    if nobody not in (None, "people", who) and not (who == "children" and nobody == "civilians"):
        return None
    if a.claim.harm != b.claim.harm and "both" not in (a.claim.harm, b.claim.harm):
        return None
    if later(a, b) or not high(a.claim.count) or not one_place(a, b):
        return None
    return DisputeKind.NUMBER, f"{toll(a.claim)} against none"


# ----------------------------------------------------------------------------------------------------------- yes and yes


def _both(a: Said, b: Said) -> Reason | None:
    if a.claim.type != b.claim.type:
        return _holders(a, b) if {a.claim.type, b.claim.type} == TAKEN_OR_HELD else None
    if a.claim.type in TAKEN_OR_HELD:
        return _holders(a, b) or _scope(a, b) or _date(a, b)
    if a.claim.type == "withdraw":
        return _date(a, b)
    if a.claim.type == "casualties":
        return _responsible(a, b) or _identity_of_victims(a, b) or _number(a, b) or _date(a, b)
    return (_responsible(a, b) or _identity_of_target(a, b) or _date(a, b)) if a.claim.type in DEEDS else None


def _holders(a: Said, b: Said) -> Reason | None:
    same_part = a.parts - _NEARLY_ALL == b.parts - _NEARLY_ALL
    if not same_part or not meet(a, b) or not sameness.opposed(a.claim.actor, b.claim.actor):
        return None
    one_page = a.extraction.article.id == b.extraction.article.id
    if not one_place(a, b) or a.presupposed or b.presupposed or not (one_page or (a.named and b.named)):
        return None
    return DisputeKind.RIVAL_HOLDER, f"{_holds(a.claim)} against {_holds(b.claim)}"


def _holds(claim: Claim) -> str:
    return f"{'taken' if claim.type == 'capture' else 'held'} by {name(claim.actor)}"


def _scope(a: Said, b: Said) -> Reason | None:
    """All of a place, against parts of it."""
    whole, part = (a, b) if b.parts else (b, a)
    if whole.parts or not part.parts or near(whole) or not meet(a, b) or later(whole, part):
        return None
    said_by_the_way = a.presupposed or b.presupposed or (a.narrated and b.narrated) or not (a.named and b.named)
    if said_by_the_way or not same_named(a.claim.actor, b.claim.actor) or not part.parts & things()["partly"]:
        return None
    where = part.claim.place
    return DisputeKind.PLACE_SCOPE, f"all of it against {(where and where.words) or 'parts of it'}"


def _responsible(a: Said, b: Said) -> Reason | None:
    x, y = a.claim, b.claim
    if not meet(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        if one.claim.actor is not None and other.claim.actor is None and accident(other.claim.evidence.exact):
            return _by_accident(one, other)
    if not (_listed(x.actor) and _listed(y.actor)) or sameness.same_party(x.actor, y.actor):
        return None
    counted = x.type == "casualties" and same_count(x, y) and several(x) and x.harm == y.harm
    if not one_place(a, b) or not (short(a) and short(b)) or not (counted or a.target & b.target):
        return None
    return DisputeKind.RESPONSIBLE_PARTY, f"by {name(x.actor)} against by {name(y.actor)}"


def _listed(party: Party | None) -> bool:
    return party is not None and party.actor is not None and not party.actor.startswith(LOCAL)


def _by_accident(one: Said, other: Said) -> Reason | None:
    if not one.target & other.target:
        return None
    return DisputeKind.RESPONSIBLE_PARTY, f"by {name(one.claim.actor)} against by accident"


def _identity_of_victims(a: Said, b: Said) -> Reason | None:
    x, y = a.claim, b.claim
    fighters = [claim.who == "combatants" for claim in (x, y)]
    others = [claim.who in ("civilians", "children") for claim in (x, y)]
    if fighters != others[::-1] or not any(fighters) or not same_count(x, y) or x.harm != y.harm:
        return None
    if not (meet(a, b) and one_event(a, b) and linked(a, b) and several(x)):
        return None
    return DisputeKind.IDENTITY, f"{victims(x)} against {victims(y)}"


def _identity_of_target(a: Said, b: Said) -> Reason | None:
    x, y = a.claim, b.claim
    kinds = {military(x.target), military(y.target)}
    same = same_named(x.actor, y.actor) and same_means(a, b)
    if kinds != {True, False} or not same or not (meet(a, b) and a.dated and b.dated and one_place(a, b)):
        return None
    return DisputeKind.IDENTITY, f"{words(x.target)} against {words(y.target)}"


def _number(a: Said, b: Said) -> Reason | None:
    """Disjoint tolls of one event, unless the one updates the other or contains it."""
    x, y = a.claim, b.claim
    if x.count is None or y.count is None or not disjoint(x.count, y.count) or x.harm != y.harm:
        return None
    if not (meet(a, b) and _toll(a) and _toll(b) and one_event(a, b)):
        return None
    more, less = (a, b) if low(x.count) > low(y.count) else (b, a)
    updated = later(more, less) or hints(more, "risen") or hints(less, "initial")
    if updated or _longer(more, less) or not (_alike(a, b) or _more_than_all(more, less)):
        return None
    far = low(more.claim.count) >= _OTHER_EVENT * max(1, high(less.claim.count))
    if far and city(a) and not a.detail & b.detail:
        return None
    return DisputeKind.NUMBER, f"{toll(x)} against {toll(y)}"


def _toll(one: Said) -> bool:
    """Is it a count that stands for itself: of several people, no running total?"""
    return several(one.claim) and not one.claim.cumulative and not _year(one)


def _year(one: Said) -> bool:
    """Is its count the year of its page? Then it is rather a date that was read for one (`17 Oct 2016 At least 45 people`)."""
    return one.published is not None and one.claim.count is not None and one.claim.count.low == one.published.year


def _longer(more: Said, less: Said) -> bool:
    """Is the higher count one of more days? Then it contains the lower."""
    if more.days is None or less.days is None or not more.dated:
        return False
    return more.days[1] - more.days[0] > less.days[1] - less.days[0]


def _alike(a: Said, b: Said) -> bool:
    """Do both count the same sort of people?"""
    if a.claim.who != b.claim.who:
        return False
    return (
        a.target == b.target
        or bool(a.target & b.target)
        or sameness.party_key(a.claim.target) == sameness.party_key(b.claim.target)
    )


def _more_than_all(more: Said, less: Said) -> bool:
    """More of one kind (`160 civilians`) than there were people, in what is surely one event."""
    one_page = more.extraction.article.id == less.extraction.article.id
    return less.claim.who == "people" and not less.target and (one_page or bool(more.detail & less.detail))


def _date(a: Said, b: Said) -> Reason | None:
    """One deed on two days that do not meet."""
    one, other = a.only_day, b.only_day
    if one is None or other is None or one == other or a.parts or b.parts:
        return None
    told_after = all(said.published is not None and said.published >= max(one, other) for said in (a, b))
    if not told_after or not same_named(a.claim.actor, b.claim.actor):
        return None
    once = a.claim.type in ("capture", "withdraw")
    if abs(one - other) > (AGAIN if once else RECURS) or not (once or _same_deed(a, b)):
        return None
    return DisputeKind.DATE, f"{day(one)} against {day(other)}"


def _same_deed(a: Said, b: Said) -> bool:
    if a.claim.type not in DEEDS or not (one_place(a, b) and means_agree(a, b)):
        return False
    if a.claim.type != "casualties":
        return bool(a.target & b.target)
    counted = (a.claim.who, a.claim.count) == (b.claim.who, b.claim.count) and several(a.claim)
    return counted and bool(a.detail & b.detail)


# ------------------------------------------------------------------------------------------------- one voice; the headline


def _walked_back(a: Said, b: Said, reason: Reason) -> Reason | None:
    """What one voice says on two pages. Something denied first may have come about since; a count that rises is an update."""
    kind, why = reason
    early, late = (b, a) if later(a, b) else (a, b)
    if kind in (DisputeKind.RIVAL_HOLDER, DisputeKind.DATE, DisputeKind.PLACE_SCOPE) or early.published is None:
        return None
    if a.affirmed is not b.affirmed:
        told = later(a, b) and not (a.dated and a.days is not None and early.published >= a.days[1])
        if told:
            return None
        said = ("affirmed", "denied") if early is a else ("denied", "affirmed")
        why = f"{said[0]} on {day(early.published)}, {said[1]} on {day(late.published)}"
        return DisputeKind.WALKED_BACK, f"{why}, both times by {sameness.voice(a.extraction)}"
    if a.narrated or not later(late, early):
        return None
    return DisputeKind.WALKED_BACK, f"{why}, both times by {sameness.voice(a.extraction)}"


def _as_headline(a: Said, b: Said, reason: Reason) -> Reason:
    """A headline that tells as fact what its own article has somebody deny."""
    kind, _ = reason
    one_page = a.extraction.article.id == b.extraction.article.id
    head = a.extraction.article.headline or ""
    if not (one_page and kind is DisputeKind.POLARITY and a.affirmed and a.narrated and a.claim.evidence.exact in head):
        return reason
    return kind, f"told as fact by the headline, denied by {sameness.voice(b.extraction)}"
