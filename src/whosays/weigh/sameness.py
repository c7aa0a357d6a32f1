"""When two claims speak of the same place, actor, day, voice: what disputes and control both rest on.

Unresolved is not unequal: where the roster or the gazetteer does not know a mention, its folded words stand for it.
"""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from whosays.nouns import NOT_ALIGNED, ArticleHead, Claim, Extraction, Party, SourceKind, Where
from whosays.text import fold

RECENT = timedelta(days=7)
"""An undated event in the news is taken to lie within this time before publication."""

_PRONOUNS = frozenset(
    {"it", "its", "they", "their", "them", "he", "his", "she", "her", "we", "our", "i", "my", "who", "that", "which"}
)


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
    """Could the two be the same? Unnamed could be; so could two of one side (Wagner's men and `Russian forces`), and words that
    say no more than the other's (`fighters`, `rebel fighters`)."""
    if a is None or b is None:
        return True
    if a.side == b.side and a.side not in (None, NOT_ALIGNED):
        return True
    if a.actor is not None and b.actor is not None:
        return a.actor == b.actor
    words = fold(a.words)
    if words == fold(b.words) and words not in _PRONOUNS:
        return True  # `rebels`, of whom one page says more
    left, right = (set(fold(party.name or party.words).split()) for party in (a, b))
    return not left or not right or left <= right or right <= left


def opposed(a: Party | None, b: Party | None) -> bool:
    """Are they of two sides, both known?"""
    sides = [party.side for party in (a, b) if party is not None and party.side not in (None, NOT_ALIGNED)]
    return len(sides) == 2 and sides[0] != sides[1]


def outlet(head: ArticleHead) -> str | None:
    """Who printed it: publisher, else agency, else the host of its address."""
    return head.publisher or head.agency or (urlsplit(head.url).hostname if head.url else None)


def voice(extraction: Extraction) -> str:
    """The voice of a claim as people know it: resolved name, else its words, else the outlet that tells it."""
    source, head = extraction.claim.source, extraction.article
    if source.kind is SourceKind.NARRATION:
        return head.agency or outlet(head) or "unnamed outlet"
    return source.name or source.mention or "unnamed source"


def voice_key(extraction: Extraction) -> str:
    """Voices with one key are one. `Officials` of two stories are two voices, and so are two outlets' own words; a voice that the
    story names, or the roster knows, is the same everywhere."""
    source, head = extraction.claim.source, extraction.article
    if source.actor is not None:
        return source.actor
    if source.kind is SourceKind.NARRATION:
        return f"narration of {fold(head.agency or outlet(head) or head.id)}"
    unnamed = source.kind is SourceKind.UNNAMED
    return f"{fold(voice(extraction))} of {story(extraction)}" if unnamed else fold(voice(extraction))


def origin(extraction: Extraction) -> tuple[str, str]:
    """Innermost source and the story it stands in: reprints of a story are one origin, whoever prints it."""
    own = extraction.claim.source.kind is SourceKind.NARRATION
    return "" if own else voice_key(extraction), story(extraction)


def story(extraction: Extraction) -> str:
    """Where its words first stood, as far as that was traced; else its article's own body, which reprints share."""
    return extraction.story or extraction.article.body


def days(extraction: Extraction, *, state: bool) -> tuple[date, date] | None:
    """The days a claim speaks of; open ends closed by what news implies. None where nothing dates it."""
    time, published = extraction.claim.time, extraction.article.published
    first, last = (time.first, time.last) if time is not None else (None, None)
    if published and extraction.printed and extraction.printed < published and extraction.claim.time_words is None:
        late = published - extraction.printed  # the page dates it, and a reprint by its own day
        published = extraction.printed
        first, last = (day and max(day, date.min + late) - late for day in (first, last))
    last = last or published or first
    if last is None:
        return None
    first = first or (last if state else max(last, date.min + RECENT) - RECENT)
    return min(first, last), max(first, last)


def meet(a: tuple[date, date], b: tuple[date, date]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def order(claim: Claim) -> tuple[str, int, int, str]:
    """A total order on claims that does not depend on how they were read in."""
    return claim.article, claim.evidence.start, claim.evidence.end, claim.id
