"""Facts that grades rest on: how many of what stand behind something said, and against it.

A fact is a function from a Case (case.py) to groups of claims; its number is how many groups, its claims those in them. Most count
origins. The names here are what a rubric may ask for, the docstrings what its author reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from whosays.nouns import LOCAL, NOT_ALIGNED, Extraction, Interest, Polarity, SourceKind
from whosays.weigh import sameness
from whosays.weigh.case import ONLOOKERS, Case, Group, Origin, grouped
from whosays.weigh.interest import victims

# ------------------------------------------------------------------------------------------------- what speaks for it


def articles(case: Case) -> tuple[Group, ...]:
    """Articles that say so."""
    return grouped(_all(case.origins), lambda one: one.article.id)


def outlets(case: Case) -> tuple[Group, ...]:
    """Outlets that print it."""
    return grouped(_all(case.origins), lambda one: sameness.outlet(one.article) or one.article.id)


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
    return grouped(blaming, _culprit)


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
    return origin.claims[0].claim.source.kind not in ONLOOKERS


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
