"""Claims → lines for people. Their words are those of `faces/words.py`; nothing is printed here.

claim     2023-01-11  capture of Soledar (UA) by his fighters, 2023-01-10
                      said by Yevgeny Prigozhin, via Meridian
                      “captured the whole of Soledar”
                      Meridian, article 4f3c9a0b12e4d5c6
"""

from __future__ import annotations

from collections.abc import Iterator

from whosays.faces.cli.terminal import layout, safe
from whosays.faces.words import (
    Counted,
    Tally,
    full_name,
    inside,
    outlet,
    plural,
    proposition,
    quoted,
    stance,
    tally,
    voice,
    where,
)
from whosays.nouns import Claim, Extraction, Polarity

__all__ = [
    "MARGIN",
    "Counted",
    "Tally",
    "claim_lines",
    "colour",
    "full_name",
    "inside",
    "outlet",
    "plural",
    "proposition",
    "quoted",
    "stance",
    "tally",
    "voice",
    "where",
]

MARGIN = 12
"""Columns for dates and labels, left of what they belong to."""


def claim_lines(one: Extraction, *, label: str | None = None, margin: int = MARGIN) -> Iterator[str]:
    """A claim on four lines. `label` stands left of it, by default the day of publication."""
    claim, head = one.claim, one.article
    label = label if label is not None else str(head.published or "undated")
    yield layout(proposition(claim), label=label, indent=margin)
    yield layout(stance(one), indent=margin, colour=colour(claim))
    yield layout(quoted(claim), indent=margin, colour="cyan")
    yield layout(f"{safe(outlet(head))}, article {head.id}", indent=margin, dim=True)


def colour(claim: Claim) -> str | None:
    """Denials are red."""
    return "red" if claim.polarity is Polarity.DENIED else None
