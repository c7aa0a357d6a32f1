"""When two claims speak of the same place, actor, day, voice: what disputes and control both rest on.

Unresolved is not unequal: where the roster or the gazetteer does not know a mention, its folded words stand for it.
"""

from __future__ import annotations

from datetime import date, timedelta

from whosays.nouns import NOT_ALIGNED, Claim, Extraction, Party, SourceKind, Where
from whosays.text import fold

RECENT = timedelta(days=7)
"""An undated event in the news is taken to lie within this time before publication."""


def place_key(where: Where | None) -> str | None:
    """What a place is known by: its key in the gazetteer, else its folded name."""
    if where is None:
        return None
    if where.place is not None:
        return where.place.key
    name = where.name or where.words
    return fold(name) if name else None


def party_key(party: Party | None) -> str | None:
    """What an actor is known by: its key in the roster, else its folded name or words."""
    return None if party is None else party.actor or fold(party.name or party.words)


def same_party(a: Party | None, b: Party | None) -> bool:
    """Could the two be the same? Unnamed could be; so could two of one side: Wagner's men and `Russian forces`."""
    left, right = party_key(a), party_key(b)
    if a is None or b is None or left is None or right is None:
        return True
    return left == right or left in right or right in left or (a.side is not None and a.side == b.side)


def opposed(a: Party | None, b: Party | None) -> bool:
    """Are they of two sides, both known?"""
    sides = [party.side for party in (a, b) if party is not None and party.side not in (None, NOT_ALIGNED)]
    return len(sides) == 2 and sides[0] != sides[1]


def voice(extraction: Extraction) -> str:
    """The voice of a claim as people know it: resolved name, else its words, else the outlet that tells it."""
    source, head = extraction.claim.source, extraction.article
    if source.kind is SourceKind.NARRATION:
        return head.publisher or head.agency or "unnamed outlet"
    return source.name or source.mention or "unnamed source"


def voice_key(extraction: Extraction) -> str:
    return extraction.claim.source.actor or fold(voice(extraction))


def origin(extraction: Extraction) -> tuple[str, str]:
    """Innermost source and the story it stands in: reprints of a story are one origin."""
    return voice_key(extraction), extraction.article.body


def days(extraction: Extraction, *, state: bool) -> tuple[date, date] | None:
    """The days a claim speaks of; open ends closed by what news implies. None where nothing dates it."""
    time, published = extraction.claim.time, extraction.article.published
    first, last = (time.first, time.last) if time is not None else (None, None)
    last = last or published or first
    if last is None:
        return None
    first = first or (last if state else last - RECENT)
    return min(first, last), max(first, last)


def meet(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def order(claim: Claim) -> tuple[str, int, int, str]:
    """A total order on claims that does not depend on how they were read in."""
    return claim.article, claim.evidence.start, claim.evidence.end, claim.id
