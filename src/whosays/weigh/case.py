"""A case: what speaks for something said, and what against it, by origins: a voice in a story, so that reprints count once.

A voice that later said otherwise no longer stands behind what it said before: its origins count among `retracted` alone, and
what it once said against something that it now says contradicts nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whosays.nouns import NOT_ALIGNED, Extraction, Interest, Polarity, SourceKind
from whosays.weigh import sameness
from whosays.weigh.interest import NOBODY, Gain, gain, interest

Group = tuple[Extraction, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A voice in a story: the claims that it makes there, the earliest first. Of a story told in an outlet's own words that more
    than one printed on its first day it is not known whose they are: it has several voices, any of which may be the one."""

    voices: frozenset[str]
    claims: Group
    interest: Interest

    @property
    def said(self) -> date | None:
        """When it first said so; None where no page is dated."""
        return self.claims[0].article.published


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for something said, and what against it."""

    origins: tuple[Origin, ...]
    contradicting: tuple[Origin, ...]
    retracted: tuple[Origin, ...]


def case(for_: Sequence[Extraction], against: Sequence[Extraction]) -> Case:
    """Weigh what some claims say against what others do. Derived claims count on neither side."""
    about = stakes(for_, against)
    pro, contra = origins(for_, about), origins(against, Gain(about.loses, about.gains))
    again = _last(origin for origin in pro if len(origin.voices) == 1)
    otherwise = _last(contra)
    taken_back = [any(_later(otherwise.get(v), origin.said, again.get(v)) for v in origin.voices) for origin in pro]
    withdrawn = [all(_later(again.get(v), origin.said, otherwise.get(v)) for v in origin.voices) for origin in contra]
    return Case(
        origins=tuple(origin for origin, gone in zip(pro, taken_back, strict=True) if not gone),
        contradicting=tuple(origin for origin, gone in zip(contra, withdrawn, strict=True) if not gone),
        retracted=tuple(origin for origin, gone in zip(pro, taken_back, strict=True) if gone),
    )


def stakes(for_: Sequence[Extraction], against: Sequence[Extraction] = ()) -> Gain:
    """Who gains and who loses by what some claims say, as any of them tells: also those to the contrary (who is said to hold a
    place loses by its capture; another number tells nothing). Where none tells, who denies it himself, as no monitor and no outlet,
    is taken to lose by it. A side that would both gain and lose is left out."""
    pro, contra = ([one for one in claims if not one.claim.derived_from] for claims in (for_, against))
    helped = [gain(one.claim) for one in pro]
    hurt = [
        gain(one.claim) for one in contra if one.claim.type != "casualties" or one.claim.polarity is Polarity.DENIED
    ]
    none: frozenset[str] = frozenset()
    gains = none.union(*(one.gains for one in helped), *(one.loses for one in hurt)) or _deniers(pro)
    loses = none.union(*(one.loses for one in helped), *(one.gains for one in hurt)) or _deniers(contra)
    return Gain(gains - loses, loses - gains)


def _deniers(claims: Iterable[Extraction]) -> frozenset[str]:
    voices = (one.claim.source for one in claims if one.claim.polarity is Polarity.DENIED)
    sides = (voice.side for voice in voices if voice.kind not in ONLOOKERS)
    return frozenset(side for side in sides if side is not None and side != NOT_ALIGNED)


ONLOOKERS = (SourceKind.MONITOR, SourceKind.MEDIA, SourceKind.NARRATION)


def origins(claims: Iterable[Extraction], about: Gain = NOBODY) -> tuple[Origin, ...]:
    """The origins behind some claims, in an order that does not depend on theirs. Derived claims have none."""
    own = sorted((one for one in claims if not one.claim.derived_from), key=_said)
    return tuple(_origin(group, about) for group in grouped(own, sameness.origin))


def _said(one: Extraction) -> tuple[date, tuple[str, int, int, str]]:
    return one.article.published or date.max, sameness.order(one.claim)


def _origin(group: Group, about: Gain) -> Origin:
    """From its claims, the earliest first. Who only reprinted it later has no say in whose word it is."""
    told: dict[str, list[Extraction]] = defaultdict(list)
    for one in group:
        told[sameness.voice_key(one)].append(one)
    day = group[0].article.published
    first = {voice: said for voice, said in told.items() if said[0].article.published == day}
    stands = (_interest(said, about) for said in first.values())
    return Origin(frozenset(first), group, min(stands, key=_CAUTIOUS.index))


def _interest(said: list[Extraction], about: Gain) -> Interest:
    """Of one voice. What helps its side once is never disinterested; a headline that names nobody hides nothing that the story says."""
    return min((interest(one, about) for one in said), key=_TOLD.index)


_TOLD = (Interest.ALIGNED, Interest.AGAINST, Interest.NOT_ALIGNED, Interest.UNKNOWN)
_CAUTIOUS = (Interest.ALIGNED, Interest.UNKNOWN, Interest.NOT_ALIGNED, Interest.AGAINST)


def grouped(claims: Iterable[Extraction], by: Callable[[Extraction], Hashable]) -> tuple[Group, ...]:
    groups: dict[Hashable, list[Extraction]] = defaultdict(list)
    for one in claims:
        groups[by(one)].append(one)
    return tuple(tuple(group) for group in groups.values())


def _last(found: Iterable[Origin]) -> dict[str, date]:
    """Voice → when it last said so anew; reprints say nothing anew."""
    last: dict[str, date] = {}
    for origin in found:
        for voice in origin.voices:
            if origin.said is not None:
                last[voice] = max(origin.said, last.get(voice, date.min))
    return last


def _later(day: date | None, said: date | None, again: date | None) -> bool:
    """Is the day later than when something was said, and said again? What is not dated is never later, nor earlier."""
    return day is not None and said is not None and day > max(said, again or said)
