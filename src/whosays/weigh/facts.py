"""Facts that grades rest on: how many of what stand behind something said, and against it.

A fact is a function from a Case to groups of claims; its number is how many groups, its claims those in them. Most count origins:
a voice in a story, so that reprints count once. The names here are what a rubric may ask for, the docstrings what its author reads.
A voice that later said otherwise no longer stands behind what it said before: its origins count among `retracted` alone, and
what it once said against something that it now says contradicts nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whosays.nouns import LOCAL, NOT_ALIGNED, Extraction, Interest, Polarity, SourceKind
from whosays.weigh import sameness
from whosays.weigh.interest import NOBODY, Gain, gain, interest, victims

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
    sides = (voice.side for voice in voices if voice.kind not in _ONLOOKERS)
    return frozenset(side for side in sides if side is not None and side != NOT_ALIGNED)


_ONLOOKERS = (SourceKind.MONITOR, SourceKind.MEDIA, SourceKind.NARRATION)


def origins(claims: Iterable[Extraction], about: Gain = NOBODY) -> tuple[Origin, ...]:
    """The origins behind some claims, in an order that does not depend on theirs. Derived claims have none."""
    own = sorted((one for one in claims if not one.claim.derived_from), key=_said)
    return tuple(_origin(group, about) for group in _grouped(own, sameness.origin))


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


def _grouped(claims: Iterable[Extraction], by: Callable[[Extraction], Hashable]) -> tuple[Group, ...]:
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


# ------------------------------------------------------------------------------------------------- what speaks for it


def articles(case: Case) -> tuple[Group, ...]:
    """Articles that say so."""
    return _grouped(_all(case.origins), lambda one: one.article.id)


def outlets(case: Case) -> tuple[Group, ...]:
    """Outlets that print it."""
    return _grouped(_all(case.origins), lambda one: sameness.outlet(one.article) or one.article.id)


def origins_(case: Case) -> tuple[Group, ...]:
    """Origins that say so: voices in a story, reprints not counted."""
    return _groups(case.origins)


def aligned(case: Case) -> tuple[Group, ...]:
    """Origins of a side that gains."""
    return _groups(case.origins, Interest.ALIGNED)


def not_aligned(case: Case) -> tuple[Group, ...]:
    """Origins known to be of no side, or of one that neither gains nor loses."""
    return _groups(case.origins, Interest.NOT_ALIGNED)


def against_interest(case: Case) -> tuple[Group, ...]:
    """Origins whose own side loses by it."""
    return _groups(case.origins, Interest.AGAINST)


def admissions(case: Case) -> tuple[Group, ...]:
    """Origins whose own side loses by it, monitors and media not counted: whoever only looks on has nothing to admit."""
    return _groups(filter(_takes_part, case.origins), Interest.AGAINST)


def confessions(case: Case) -> tuple[Group, ...]:
    """Of the admissions those that name the speaker's own side as who did it."""
    admitting = (origin for origin in case.origins if any(map(_blames_himself, origin.claims)))
    return _groups(filter(_takes_part, admitting), Interest.AGAINST)


def unknown(case: Case) -> tuple[Group, ...]:
    """Origins of which it is not known whether they gain."""
    return _groups(case.origins, Interest.UNKNOWN)


def disinterested(case: Case) -> tuple[Group, ...]:
    """Origins known not to gain: not aligned, or against their interest."""
    return _groups(case.origins, *_DISINTERESTED)


def not_known_aligned(case: Case) -> tuple[Group, ...]:
    """Origins not known to gain: all but the aligned."""
    return _groups(case.origins, *_NOT_KNOWN_ALIGNED)


def named(case: Case) -> tuple[Group, ...]:
    """Origins with a name, an outlet's own words among them."""
    return _groups(filter(_named, case.origins))


def credible(case: Case) -> tuple[Group, ...]:
    """Named origins not known to gain, and no belligerents: who fights the accused is no witness against him."""
    return _groups((one for one in case.origins if _named(one) and not _fights(one)), *_NOT_KNOWN_ALIGNED)


def _blames_himself(one: Extraction) -> bool:
    culprit = _culprit(one)
    return culprit is not None and culprit in (one.claim.source.side, one.claim.source.actor)


def _fights(origin: Origin) -> bool:
    source = origin.claims[0].claim.source
    return (
        source.kind is SourceKind.PARTY
        and source.side not in (None, NOT_ALIGNED)
        and origin.interest is not Interest.AGAINST
    )


def monitors(case: Case) -> tuple[Group, ...]:
    """Origins that are monitors."""
    return _of(case, SourceKind.MONITOR)


def media(case: Case) -> tuple[Group, ...]:
    """Origins that are media: quoted ones, and an outlet's own words."""
    return _of(case, SourceKind.MEDIA, SourceKind.NARRATION)


def officials(case: Case) -> tuple[Group, ...]:
    """Origins that are officials."""
    return _of(case, SourceKind.OFFICIAL)


def parties(case: Case) -> tuple[Group, ...]:
    """Origins that are belligerents."""
    return _of(case, SourceKind.PARTY)


def known_aligned(case: Case) -> tuple[Group, ...]:
    """Origins of a side that gains, known to the roster."""
    return _groups(filter(_known, case.origins), Interest.ALIGNED)


def known_not_aligned(case: Case) -> tuple[Group, ...]:
    """Origins that are not aligned, known to the roster."""
    return _groups(filter(_known, case.origins), Interest.NOT_ALIGNED)


def known_against_interest(case: Case) -> tuple[Group, ...]:
    """Origins whose own side loses by it, known to the roster."""
    return _groups(filter(_known, case.origins), Interest.AGAINST)


def retracted(case: Case) -> tuple[Group, ...]:
    """Origins whose voice later said otherwise; they count nowhere else."""
    return _groups(case.retracted)


def civilians(case: Case) -> tuple[Group, ...]:
    """Origins that say so of civilians."""
    return _groups(origin for origin in case.origins if _say(origin, "civilians"))


# --------------------------------------------------------------------------------------------- what speaks against it


def contradicting(case: Case) -> tuple[Group, ...]:
    """Origins that say what cannot be true as well."""
    return _groups(case.contradicting)


def denials(case: Case) -> tuple[Group, ...]:
    """Of the contradicting origins those that deny something."""
    return _groups(filter(_denies, case.contradicting))


def rivals(case: Case) -> tuple[Group, ...]:
    """Of the contradicting origins those that deny nothing: another holder, number, culprit."""
    return _groups(origin for origin in case.contradicting if not _denies(origin))


def party_contradicting(case: Case) -> tuple[Group, ...]:
    """Contradicting origins of a side that gains or loses."""
    return _groups(case.contradicting, Interest.ALIGNED, Interest.AGAINST)


def disinterested_contradicting(case: Case) -> tuple[Group, ...]:
    """Contradicting origins known not to gain by what they say."""
    return _groups(case.contradicting, *_DISINTERESTED)


def known_disinterested_contradicting(case: Case) -> tuple[Group, ...]:
    """Contradicting origins known not to gain by what they say, known to the roster."""
    return _groups(filter(_known, case.contradicting), *_DISINTERESTED)


def credible_denials(case: Case) -> tuple[Group, ...]:
    """Named origins that deny something and are not known to gain by that."""
    return _groups((one for one in case.contradicting if _denies(one) and _named(one)), *_NOT_KNOWN_ALIGNED)


def disinterested_denials(case: Case) -> tuple[Group, ...]:
    """Origins that deny something and are known not to gain by that."""
    return _groups(filter(_denies, case.contradicting), *_DISINTERESTED)


def disinterested_combatants(case: Case) -> tuple[Group, ...]:
    """Origins, of either opinion, that say those harmed were combatants and are known not to gain by that."""
    said = (origin for origin in (*case.origins, *case.contradicting) if _say(origin, "combatants"))
    return _groups(said, *_DISINTERESTED)


def culprits(case: Case) -> tuple[Group, ...]:
    """Sides said to have done it, by origins of either opinion. An actor of no known side counts for himself, if he is known."""
    blaming = [one for one in _all((*case.origins, *case.contradicting)) if _culprit(one) is not None]
    return _grouped(blaming, _culprit)


# --------------------------------------------------------------------------------------------------------------- helpers

_DISINTERESTED = (Interest.NOT_ALIGNED, Interest.AGAINST)
_NOT_KNOWN_ALIGNED = (*_DISINTERESTED, Interest.UNKNOWN)


def _groups(found: Iterable[Origin], *interests: Interest) -> tuple[Group, ...]:
    return tuple(origin.claims for origin in found if not interests or origin.interest in interests)


def _all(found: Iterable[Origin]) -> list[Extraction]:
    return [one for origin in found for one in origin.claims]


def _of(case: Case, *kinds: SourceKind) -> tuple[Group, ...]:
    return _groups(origin for origin in case.origins if origin.claims[0].claim.source.kind in kinds)


def _named(origin: Origin) -> bool:
    return origin.claims[0].claim.source.kind is not SourceKind.UNNAMED


def _takes_part(origin: Origin) -> bool:
    return origin.claims[0].claim.source.kind not in _ONLOOKERS


def _known(origin: Origin) -> bool:
    source = origin.claims[0].claim.source
    return source.side is not None or (source.actor is not None and not source.actor.startswith(LOCAL))


def _denies(origin: Origin) -> bool:
    return any(one.claim.polarity is Polarity.DENIED for one in origin.claims)


def _say(origin: Origin, who: str) -> bool:
    affirmed = (one.claim for one in origin.claims if one.claim.polarity is Polarity.AFFIRMED)
    return any(victims(claim) == who for claim in affirmed)


def _culprit(one: Extraction) -> str | None:
    actor = one.claim.actor
    if actor is None or one.claim.polarity is Polarity.DENIED:
        return None
    return actor.side if actor.side not in (None, NOT_ALIGNED) else actor.actor


Fact = Callable[[Case], tuple[Group, ...]]

_FACTS: tuple[Fact, ...] = (
    articles,
    outlets,
    origins_,
    aligned,
    not_aligned,
    against_interest,
    admissions,
    confessions,
    unknown,
    disinterested,
    not_known_aligned,
    named,
    credible,
    monitors,
    media,
    officials,
    parties,
    known_aligned,
    known_not_aligned,
    known_against_interest,
    retracted,
    civilians,
    contradicting,
    denials,
    rivals,
    party_contradicting,
    disinterested_contradicting,
    known_disinterested_contradicting,
    credible_denials,
    disinterested_denials,
    disinterested_combatants,
    culprits,
)
FACTS = {fact.__name__.removesuffix("_"): fact for fact in _FACTS}
"""By the names that rubrics call them."""
