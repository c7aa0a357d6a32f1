"""What two articles have in common ↔ a row of `copied`; what goes in comes out equal."""

from __future__ import annotations

from whosays.ledger.fetched import Row
from whosays.ledger.rows import Values
from whosays.nouns import Copied, Span


def row(found: Copied) -> Values:
    """One row, its passages as numbers: start and end in the one, start and end in the other, and so on."""
    return {
        "a": found.articles[0],
        "b": found.articles[1],
        "share_a": found.shares[0],
        "share_b": found.shares[1],
        "whole": found.whole,
        "passages": tuple(end for pair in found.passages for span in pair for end in (span.start, span.end)),
    }


def pair(row: Row) -> Copied:
    """The pair again."""
    ends = iter(row.passages)
    spans = [Span(start, end) for start, end in zip(ends, ends, strict=True)]
    return Copied(
        articles=(row.a, row.b),
        shares=(row.share_a, row.share_b),
        passages=tuple(zip(spans[::2], spans[1::2], strict=True)),
        whole=row.whole,
    )
