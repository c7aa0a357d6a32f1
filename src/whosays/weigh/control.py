"""Who holds a place on a day, according to each voice: a lane per voice, never one answer.

Theory. Claims that move or state control are `capture`, `control` and `withdraw`, asserted as actual or probable. A voice's answer
on a day is what it last said of the place: of its claims about days up to that one, the latest day wins, then the latest
publication. A capture affirmed says its actor holds the place from then on; denied, that its actor does not. A withdrawal says
its actor no longer does. Nothing moves by itself: an answer older than the horizon is only `last known`, and nothing is
interpolated to places that nobody named. A claim for a place within the one asked about (a district) is no claim for the whole.
Steps 5's weighed lane, sides and sieges build on this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from whosays.nouns import STATES, Control, Extraction, Modality, Party, Place, Polarity
from whosays.settings import HORIZON_DAYS
from whosays.text import fold
from whosays.weigh import sameness

_PART = 2
"""Precision of a place that is only near, or part of, the one it names."""
_TYPES = frozenset({"capture", "control", "withdraw"})


def holds(
    place: Place | None, name: str, on: date, claims: Sequence[Extraction], *, horizon_days: int = HORIZON_DAYS
) -> tuple[Control, ...]:
    """One Control per voice that says who holds the place (by its key, or by its folded name where it is not in the gazetteer),
    sorted by the day it speaks of, latest first."""
    lanes: dict[str, list[tuple[date, Extraction]]] = defaultdict(list)
    for one in claims:
        when = _speaks_of(one, on)
        if when is not None and _about(one, place, name):
            lanes[sameness.voice_key(one)].append((when, one))
    found = [_lane(name if place is None else place.name, lane, on, horizon_days) for _, lane in sorted(lanes.items())]
    return tuple(sorted(found, key=lambda control: (-(control.since or date.min).toordinal(), control.voice)))


def contradict(a: Control, b: Control) -> bool:
    """Can the answers of two voices not both be true? `Taken by Russia` and `left by Ukraine` can; so can two names of one side."""
    if a.holder and b.holder:
        return a.holder != b.holder and not _same_side(a, b)
    if a.not_holder and b.not_holder:
        return False
    if "not taken" in (a.says[:9], b.says[:9]) and {a.says, b.says} & {"taken", "held"}:
        return True  # whoever took it
    if "not taken" in (a.says, b.says) and "taken by" in (a.says[:8], b.says[:8]):
        return True  # by nobody
    holding, other = (a, b) if a.holder else (b, a)
    named = holding.holder is not None and other.not_holder is not None
    return named and (holding.holder == other.not_holder or _same_side(holding, other))


def _same_side(a: Control, b: Control) -> bool:
    return a.side is not None and a.side == b.side


def undated(place: Place | None, name: str, claims: Sequence[Extraction]) -> int:
    """Claims that would answer if their page had a date."""
    spoken = (one for one in claims if one.claim.type in _TYPES and _about(one, place, name))
    return sum(sameness.days(one, state=one.claim.type in STATES) is None for one in spoken)


def _about(one: Extraction, place: Place | None, name: str) -> bool:
    where = one.claim.place
    if where is None or where.precision == _PART:
        return False
    if place is not None and where.place is not None:
        return where.place.key == place.key
    return fold(name) in (fold(where.name or ""), fold(where.words or ""))


def _speaks_of(one: Extraction, on: date) -> date | None:
    """The day from which a claim answers, if that is not after the day asked about."""
    if one.claim.type not in _TYPES or one.claim.modality not in (Modality.ACTUAL, Modality.PROBABLE):
        return None
    span = sameness.days(one, state=one.claim.type in STATES)
    if span is None or span[0] > on:
        return None
    if one.claim.type in STATES:
        return min(span[1], on)
    return span[1] if span[1] <= on else None


def _lane(name: str, lane: list[tuple[date, Extraction]], on: date, horizon: int) -> Control:
    """The latest answer of one voice, with every claim of that day that says the same as its basis."""
    lane.sort(key=lambda entry: (entry[0], entry[1].article.published or date.min, sameness.order(entry[1].claim)))
    since, last = lane[-1]
    holder, not_holder, says = _answer(last)
    basis = [one for day, one in lane if day == since and _answer(one) == (holder, not_holder, says)]
    return Control(
        place=name,
        voice=sameness.voice(last),
        holder=holder,
        not_holder=not_holder,
        says=says,
        side=last.claim.actor.side if last.claim.actor is not None else None,
        since=since,
        basis=tuple(one.claim.id for one in basis),
        articles=len({one.article.id for one in basis}),
        outlets=len({sameness.outlet(one.article) or one.article.id for one in basis}),
        origins=len({sameness.origin(one) for one in basis}),
        last_known=(on - since).days > horizon,
    )


def _answer(one: Extraction) -> tuple[str | None, str | None, str]:
    """(holder, who is said not to hold it, in words)."""
    claim = one.claim
    actor, affirmed = _name(claim.actor), claim.polarity is Polarity.AFFIRMED
    by = f" by {actor}" if actor else ""
    if claim.type == "withdraw":
        return (None, actor, f"left{by}") if affirmed else (actor, None, f"not left{by}")
    if claim.type == "capture":
        return (actor, None, f"taken{by}") if affirmed else (None, actor, f"not taken{by}")
    return (actor, None, f"held{by}") if affirmed else (None, actor, f"not held{by}")


def _name(party: Party | None) -> str | None:
    """`its forces (Russian defence ministry)`: what belongs to a named actor keeps its words."""
    if party is None or party.name is None:
        return None if party is None else party.words
    first, _, rest = party.words.lower().partition(" ")
    owned = rest and first in ("its", "his", "her", "their", "our", "all")
    return f"{party.words} ({party.name})" if owned else party.name
