"""Disputes as lines for people. All from a page passes `safe`; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from whosays.faces.cli import render
from whosays.faces.cli.terminal import layout, safe
from whosays.nouns import Dispute, Extraction


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same voices at odds over the same thing, told in one or more pairs of sentences."""

    first: Dispute
    """The pair that was published first."""
    sides: tuple[Extraction, Extraction]
    pairs: int


def disagreements(
    disputes: Iterable[Dispute], claims: Iterable[Extraction], *, every: bool = False
) -> tuple[Disagreement, ...]:
    """Disputes by what they are about and by voice: reprints and headlines make many pairs of one disagreement.
    With `every`, each pair is one of its own.

    In the order in which they came up in print. Disputes over claims that are not among `claims` are left out."""
    known = {one.claim.id: one for one in claims}
    groups: dict[tuple[str, frozenset[str]], list[tuple[Dispute, tuple[Extraction, Extraction]]]] = {}
    for dispute in disputes:
        first, second = (known.get(claim) for claim in dispute.claims)
        if first and second:
            sides = (first, second) if _day(first) <= _day(second) else (second, first)
            voices = frozenset((render.voice(first), render.voice(second)))
            key = (dispute.about, frozenset(dispute.claims) if every else voices)
            groups.setdefault(key, []).append((dispute, sides))
    found = []
    for group in groups.values():
        dispute, sides = min(group, key=lambda pair: (_day(pair[1][1]), _day(pair[1][0]), pair[0].claims))
        found.append(Disagreement(dispute, sides, len(group)))
    return tuple(sorted(found, key=lambda one: (_day(one.sides[1]), one.first.about, one.first.claims)))


def _day(one: Extraction) -> date:
    return one.article.published or date.max


def disagreement_lines(one: Disagreement) -> Iterator[str]:
    """Both sentences with voice, date and article."""
    yield layout(f"{safe(one.first.about)}: {safe(one.first.why)}", label="dispute", indent=render.MARGIN)
    for side in one.sides:
        yield from side_lines(side)
    if one.pairs > 1:
        more = render.plural(one.pairs - 1, "more pair")
        yield layout(f"… and {more} of sentences by the same voices", indent=render.MARGIN, dim=True)


def side_lines(one: Extraction) -> Iterator[str]:
    """One side of a dispute: when, by whom, in which words, and where they stand."""
    label = f"  {one.article.published or 'undated'}"
    yield layout(render.stance(one), label=label, indent=render.MARGIN + 2, colour=render.colour(one.claim))
    yield layout(render.quoted(one.claim), indent=render.MARGIN + 2, colour="cyan")
    where = f"{safe(render.outlet(one.article))}, article {one.article.id}"
    yield layout(where, indent=render.MARGIN + 2, dim=True)
