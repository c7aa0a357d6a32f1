"""Pairs of claims about the same thing that cannot both be true (CLAIMS.md section 3).

Theory. A claim is compared only with claims of its own question: same group of types, same place, days that meet, and actors that
could be the same. Four things then contradict:
  polarity       one voice affirms what the other denies, both as actual or probable (a denied plan denies nothing done);
  taken and held "P was taken by X" contradicts "X does not hold P" and "X's rival holds P"; "P was not taken" contradicts "P is
                 free of its holder" (it cannot be both free of X and still X's) and "its taker holds P";
  rival holders  two different actors take or hold one place on the same days, by two voices;
  number         two tolls of one kind for one town and day, by two voices, whose ranges are disjoint ("about" is a tenth either way).
                 More of one kind than people in all is such a pair too. A toll counts several people: "one of my sons"
                 contradicts no total. In a region or country many events have tolls: these are not compared.
A capture is compared with what holds up to the day on which it was reported; two captures only where their own days meet.
What is no dispute: change over time (days that do not meet), a running total against a day's toll, a toll that a later report
raises, a voice against itself within one page (across pages it is one: it has changed its word). Silence is never agreement.
What a page says twice in the same way is compared once. Claims are swept by day within buckets (group, place), so that the cost
grows with the claims of a place that meet in time, not with the ledger.
Source of the rules: CLAIMS.md section 3; the annotation decisions in gold/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whosays.nouns import STATES, Claim, Dispute, Extraction, Modality, Polarity
from whosays.weigh import sameness

_GROUPS = {"capture": "holding", "control": "holding"}
"""Types whose claims answer one question; every other type is a group of its own."""
_ASSERTED = (Modality.ACTUAL, Modality.PROBABLE)
_SEVERAL = 4
"""People: fewer are victims that a report names, not its toll."""
_OTHER_EVENT = 6
"""Times: a toll so much larger than another is not of the same event."""
_LONGEST = 31
"""Days: an event claimed for a longer stretch is a summary and contradicts no single event."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim with what the rules ask of it, worked out once."""

    extraction: Extraction
    voice: str
    days: tuple[date, date] | None
    """On which it happened or held."""
    reach: tuple[date, date] | None
    """On which it speaks of who holds the place: who reports a capture says that it still stood when he did."""

    @property
    def claim(self) -> Claim:
        return self.extraction.claim

    @property
    def page(self) -> str:
        return self.extraction.article.id


def disputes(claims: Sequence[Extraction]) -> tuple[Dispute, ...]:
    """All disputed pairs, in the order of their claims. Each pair once; the affirmed claim first."""
    buckets: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in sorted(claims, key=lambda one: sameness.order(one.claim)):
        place = sameness.place_key(one.claim.place)
        days = sameness.days(one, state=one.claim.type in STATES)
        short = days is None or one.claim.type in STATES or (days[1] - days[0]).days <= _LONGEST
        if place is not None and short and one.claim.modality in _ASSERTED:
            said = _Said(one, sameness.voice_key(one), days, _reach(one, days))
            buckets[_GROUPS.get(one.claim.type, one.claim.type), place].append(said)
    found = [dispute for bucket in buckets.values() for dispute in _within(_once(bucket))]
    return tuple(sorted(found, key=lambda dispute: (dispute.about, dispute.claims)))


def _reach(one: Extraction, days: tuple[date, date] | None) -> tuple[date, date] | None:
    published = one.article.published
    if days is None or published is None or one.claim.type != "capture" or one.claim.polarity is Polarity.DENIED:
        return days
    return days[0], max(days[1], published)


def _once(bucket: list[_Said]) -> list[_Said]:
    """What a page says twice in the same way, once: its first words."""
    first: dict[tuple[object, ...], _Said] = {}
    for said in bucket:
        claim = said.claim
        parties = sameness.party_key(claim.actor), sameness.party_key(claim.target)
        first.setdefault(
            (said.page, said.voice, said.days, claim.type, claim.polarity, claim.count, claim.harm, *parties), said
        )
    return list(first.values())


def _within(bucket: list[_Said]) -> Iterator[Dispute]:
    for a, b in _pairs(bucket):
        if a.claim.polarity is Polarity.DENIED or (b.claim.polarity is Polarity.AFFIRMED and _order(b) < _order(a)):
            a, b = b, a
        why = _why(a, b)
        if why is not None:
            yield Dispute((a.claim.id, b.claim.id), about(a.extraction), why)


def _order(said: _Said) -> tuple[str, int, int, str]:
    return sameness.order(said.claim)


def _pairs(bucket: list[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Pairs whose days meet, by a sweep; of undated pages, claims of the same page (they speak of its own day)."""
    dated = sorted((said for said in bucket if said.reach is not None), key=lambda said: (said.reach, _order(said)))
    open_: list[_Said] = []
    for said in dated:
        open_ = [other for other in open_ if _meet(other.reach, said.reach)]
        alike = (other for other in open_ if other.claim.type != said.claim.type or _meet(other.days, said.days))
        yield from ((other, said) for other in alike)
        open_.append(said)
    pages: dict[str, list[_Said]] = defaultdict(list)
    for said in bucket:
        if said.days is None:
            yield from ((other, said) for other in pages[said.page])
            pages[said.page].append(said)


def _meet(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _why(a: _Said, b: _Said) -> str | None:
    """Why two claims of one bucket cannot both be true; None when they can. `a` is affirmed if either is."""
    one_voice = a.voice == b.voice
    if one_voice and a.page == b.page:
        return None
    x, y = a.claim, b.claim
    if x.type != y.type:
        return _taken_and_held(x, y)
    if x.polarity is not y.polarity:
        same = sameness.same_party(x.actor, y.actor) and sameness.same_party(x.target, y.target)
        return "opposite polarity" if same else None
    if x.polarity is Polarity.DENIED or one_voice:
        return None
    if x.type in _GROUPS:
        return "rival holders" if sameness.opposed(x.actor, y.actor) else None
    return _numbers(a, b) if x.type == "casualties" else None


def _taken_and_held(x: Claim, y: Claim) -> str | None:
    """A `capture` against a `control`, whichever comes first."""
    capture, control = (x, y) if x.type == "capture" else (y, x)
    taken, held = capture.polarity is Polarity.AFFIRMED, control.polarity is Polarity.AFFIRMED
    both = capture.actor is not None and control.actor is not None
    same = both and sameness.same_party(capture.actor, control.actor)
    if not taken and not held:
        return None if same else "not taken, against free of its former holder"
    if taken and held:
        return "taken by one, held by another" if sameness.opposed(capture.actor, control.actor) else None
    if not same and (both or taken):
        return None
    return "taken, against not held by its taker" if taken else "not taken, against held by its taker"


def _numbers(a: _Said, b: _Said) -> str | None:
    """Disjoint tolls, unless a later report raises the number, or one of the two is a running total."""
    x, y = a.claim, b.claim
    if x.count is None or y.count is None or x.harm != y.harm or x.cumulative or y.cumulative:
        return None
    if x.who != y.who and not (_more_than_all(x, y) or _more_than_all(y, x)):
        return None
    if a.extraction.article.published != b.extraction.article.published or not (_toll(x) and _toll(y)):
        return None
    low = max(x.count.low or 0, y.count.low or 0) * 0.9
    high = min((count.high for count in (x.count, y.count) if count.high is not None), default=None)
    return "different numbers" if high is not None and high * 1.1 < low < high * _OTHER_EVENT else None


def _more_than_all(some: Claim, all_: Claim) -> bool:
    """More of one kind (`160 civilians`) than there were people."""
    low = None if some.count is None else some.count.low
    high = None if all_.count is None else all_.count.high
    return all_.who == "people" and low is not None and high is not None and low > high


def _toll(claim: Claim) -> bool:
    """Is it a total for a town?"""
    least = None if claim.count is None else claim.count.low if claim.count.low is not None else claim.count.high
    return least is not None and least >= _SEVERAL and claim.place is not None and claim.place.precision != 3


def about(one: Extraction) -> str:
    """What a question is about, in words: `capture of Albu Kamal`, `PMF entered Syria`."""
    claim = one.claim
    place = "an unnamed place" if claim.place is None else claim.place.name or claim.place.words or "an unnamed place"
    actor = None if claim.actor is None else claim.actor.name or claim.actor.words
    if claim.type in _GROUPS:
        return f"{claim.type} of {place}"
    verb = {"enter": "entered", "withdraw": "withdrew from"}.get(claim.type)
    return f"{actor} {verb} {place}" if actor and verb else f"{claim.type} in {place}"
