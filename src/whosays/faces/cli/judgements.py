"""Disputes, and who holds a place, as lines for people. All from a page passes `safe`; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from whosays.faces.cli import render
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Control, Dispute, Extraction
from whosays.weigh import contradict

# ----------------------------------------------------------------------------------------------------------- disputes


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


# ------------------------------------------------------------------------------------------------------------- holds


def holds_lines(place: str, on: date, rows: Sequence[Control], claims: Sequence[Extraction]) -> Iterator[str]:
    """Who holds a place on a day: voice by voice with the words that say so, then what is contested."""
    known = {one.claim.id: one for one in claims}
    yield heading(f"Who holds {place} on {on}?")
    for row in rows:
        counts = render.Tally(row.articles, row.outlets, row.origins)
        colour = "red" if row.holder is None else None
        yield layout(
            f"{safe(row.says)}{_since(row)}, according to {_voice(row)} ({counts})",
            label="  -",
            indent=4,
            colour=colour,
        )
        said = (known[claim] for claim in row.basis if claim in known)
        told = dict.fromkeys(f"{render.quoted(one.claim)} {one.article.published or ''}" for one in said)
        for words in list(told)[:SHOWN]:
            yield layout(words, indent=4, colour="cyan")
    yield layout(verdict(rows), label="  ", indent=4)


SHOWN = 2
"""Sentences shown of those that a voice's answer rests on."""


def answers(rows: Sequence[Control]) -> dict[str, list[Control]]:
    """The rows by the answer that they give (`taken by X`, `not held by Y`), in the order in which the answers came."""
    told: dict[str, list[Control]] = {}
    for row in rows:
        told.setdefault(safe(row.says), []).append(row)
    return told


def _since(row: Control) -> str:
    since = f", since {row.since}" if row.since else ""
    return f"{since}, last known" if row.last_known else since


def _voice(row: Control) -> str:
    return render.inside(safe(row.voice))


def verdict(rows: Sequence[Control]) -> str:
    """Whether the voices agree. Counts them; weighs nothing."""
    fresh = [row for row in rows if not row.last_known]
    if not rows:
        return "Nobody says."
    if not fresh:
        return "Nobody said lately: what is above is the last known."
    if len(fresh) == 1:
        return "One voice only: a claim and no finding."
    told = answers(fresh)
    if any(contradict(a, b) for a, b in combinations(fresh, 2)):
        return f"CONTESTED: {len(told)} answers from {len(fresh)} voices."
    if len(told) == 1:
        return f"Not contested among {len(fresh)} voices."
    return f"Not contested: {len(told)} answers from {len(fresh)} voices, which can all be true."
