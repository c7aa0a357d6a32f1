"""How much hangs on a dispute: the order of the queue in which people look at them.

    weight(kind, a, b, origins) -> number, the more the heavier

Theory. What is worth an analyst's minute is what many stand behind on both sides, what changes who holds a place, where many people
live, and what is new. So the weight is a sum, each term of which says what one more of it is worth:
  sides      1 for each doubling of the origins behind the side that has fewer, half of that for the other side
  territory  2, if it is about who holds, took, left or besieges a place; 1, if about people killed or hurt
  kind       1 less, where both say the same but for its day, or how much of the place
  people     half for each tenfold of those who live there
  news       1 for each half-year by which the later of the two was printed later: so nothing stays on top for ever, and no clock is
             needed to say what is new. Undated pages count as old.
Chosen by reason, not fitted. It says nothing of who is right.
"""

from __future__ import annotations

import math

from whosays.nouns import DisputeKind, Extraction
from whosays.weigh.moves import TYPES

HALF_YEAR = 183
EPOCH = 719_163
"""1 January 1970, as `date.toordinal` counts: weights stay small numbers."""
_ASIDE = frozenset({DisputeKind.DATE, DisputeKind.PLACE_SCOPE})
_HURT = frozenset({"casualties", "attack", "displace", "detain"})


def weight(kind: DisputeKind, a: Extraction, b: Extraction, origins: tuple[int, int]) -> float:
    """`origins`: how many stand behind what the one says, and the other."""
    few, many = sorted(max(1, number) for number in origins)
    types = {a.claim.type, b.claim.type}
    about = 2.0 if types & set(TYPES) else 1.0 if types & _HURT else 0.0
    people = max(_people(a), _people(b))
    days = [one.article.published.toordinal() for one in (a, b) if one.article.published is not None]
    news = (max(days) - EPOCH) / HALF_YEAR if days else 0.0
    return round(math.log2(few) + math.log2(many) / 2 + about - (kind in _ASIDE) + math.log10(1 + people) / 2 + news, 4)


def _people(one: Extraction) -> int:
    place = one.claim.place.place if one.claim.place is not None else None
    return max(0, place.population) if place is not None else 0
