"""Who holds a place, as lines for people. All from a page passes `safe`; nothing is printed here.

Soledar's rows, one per voice, side, or all weighed; what weighs most and why; and whether the voices agree:

  - taken by Wagner Group, since 2023-01-11, according to Prigozhin (3 articles, 2 outlets, 1 origin)
    “captured the whole of Soledar” 2023-01-11
    contested by Kyiv
  Weighed: taken by Wagner Group, since 2023-01-11. Contested: by Kyiv; otherwise claimed: …
  CONTESTED: 2 answers from 2 voices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from whosays.faces.cli import render
from whosays.faces.cli.terminal import heading, layout
from whosays.faces.findings import Known, according, answer, contesting, verdict, why
from whosays.nouns import Control, Extraction, LaneKind

SHOWN = 2
"""Sentences shown of those that an answer rests on."""


def lines(
    title: str,
    by: LaneKind,
    told: Mapping[LaneKind, Sequence[Control]],
    claims: Iterable[Extraction],
    sides: Mapping[str, str],
) -> Iterator[str]:
    """The rows of `told[by]`, then what weighs most, then whether the voices agree. `sides`: names of sides by key."""
    known = {one.claim.id: one for one in claims}
    yield heading(title)
    for row in told[by]:
        yield from row_lines(row, according(row, by, sides), by, known)
    if by is not LaneKind.WEIGHED:
        yield from (
            layout(f"Weighed: {answer(row)}. {why(row)}", label="  ", indent=4) for row in told[LaneKind.WEIGHED]
        )
    yield layout(verdict(told[LaneKind.SOURCE]), label="  ", indent=4)


def row_lines(row: Control, who: str, by: LaneKind, known: Known) -> Iterator[str]:
    """An answer, who gives it, the words that say so, and what speaks against it."""
    counts = render.Tally(row.articles, row.outlets, row.origins)
    colour = "red" if row.holder is None else None
    yield layout(f"{answer(row)}, {who} ({counts})", label="  -", indent=4, colour=colour)
    yield from _sentences(row.basis, known)
    if by is LaneKind.WEIGHED:
        yield layout(why(row), indent=4)
        yield from _sentences(row.contested, known, colour="red")
    elif by is LaneKind.SIDE and (voices := contesting(row, known)):
        yield layout(f"contested by {voices}", indent=4)


def _sentences(ids: Sequence[str], known: Known, *, colour: str = "cyan") -> Iterator[str]:
    """The first sentences of some claims, each once."""
    said = (known[claim] for claim in ids if claim in known)
    told = dict.fromkeys(f"{render.quoted(one.claim)} {one.article.published or ''}".rstrip() for one in said)
    for words in list(told)[:SHOWN]:
        yield layout(words, indent=4, colour=colour)
