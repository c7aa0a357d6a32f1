"""How well something said is supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from whosays.nouns import Extraction, Interest, Support
from whosays.weigh import sameness
from whosays.weigh.interest import NOBODY, Gain, interest


@dataclass(frozen=True, slots=True)
class Origin:
    """A voice in a story: the claims that it makes there."""

    claims: tuple[Extraction, ...]
    interest: Interest


def support(claims: Sequence[Extraction], about: Gain = NOBODY) -> Support:
    """How many stand behind some claims. Derived ones stand behind nothing."""
    own = [one for one in claims if not one.claim.derived_from]
    found = origins(own, about)
    return Support(
        articles=len({one.article.id for one in own}),
        outlets=len({sameness.outlet(one.article) or one.article.id for one in own}),
        origins=len(found),
        aligned=sum(origin.interest is Interest.ALIGNED for origin in found),
        not_aligned=sum(origin.interest is Interest.NOT_ALIGNED for origin in found),
        against=sum(origin.interest is Interest.AGAINST for origin in found),
    )


_WEIGHT = (Interest.ALIGNED, Interest.AGAINST, Interest.NOT_ALIGNED, Interest.UNKNOWN)
"""Of the interests of one origin's claims the first of these is its own: what helps its side once is never disinterested, and a
headline that names nobody hides nothing that the story says."""


def origins(claims: Sequence[Extraction], about: Gain = NOBODY) -> tuple[Origin, ...]:
    """The origins behind some claims, none of them derived, in an order that does not depend on theirs."""
    groups: dict[tuple[str, str], list[Extraction]] = defaultdict(list)
    for one in sorted(claims, key=lambda one: sameness.order(one.claim)):
        groups[sameness.origin(one)].append(one)
    return tuple(
        Origin(tuple(group), min((interest(one, about) for one in group), key=_WEIGHT.index))
        for _, group in sorted(groups.items())
    )
