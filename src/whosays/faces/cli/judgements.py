"""Disputes, and who holds a place, as lines for people. All from a page passes `safe`; nothing is printed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from whosays.faces.cli import render
from whosays.faces.cli.terminal import layout, safe
from whosays.nouns import Control, Dispute, Extraction

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


def disagreement_lines(one: Disagreement, *, brief: bool = False) -> Iterator[str]:
    """Both sentences with voice, date and article; `brief` leaves out the articles' ids and the number of pairs."""
    yield layout(f"{safe(one.first.about)}: {safe(one.first.why)}", label="dispute", indent=render.MARGIN)
    for side in one.sides:
        yield from list(side_lines(side))[: 2 if brief else 3]
    if one.pairs > 1 and not brief:
        more = render.plural(one.pairs - 1, "more pair")
        yield layout(f"… and {more} of sentences by the same voices", indent=render.MARGIN, dim=True)


def side_lines(one: Extraction) -> Iterator[str]:
    """One side of a dispute: when, by whom, in which words, and where they stand."""
    label = f"  {one.article.published or 'undated'}"
    yield layout(render.stance(one), label=label, indent=render.MARGIN + 2)
    yield layout(render.quoted(one.claim), indent=render.MARGIN + 2, colour="cyan")
    where = f"{safe(render.outlet(one.article))}, article {one.article.id}"
    yield layout(where, indent=render.MARGIN + 2, dim=True)


# ------------------------------------------------------------------------------------------------------------- holds


def holds_lines(
    place: str, on: date, rows: Sequence[Control], claims: Sequence[Extraction], *, words: int = 1
) -> Iterator[str]:
    """Who holds a place on a day, voice by voice, then what is contested. `words`: sentences shown per voice."""
    known = {one.claim.id: one for one in claims}
    yield layout(f"Who holds {safe(place)} on {on}?")
    for row in rows:
        yield from _voice_lines(row, known, words)
    yield layout(verdict(rows), label="  in sum", indent=render.MARGIN)


def _voice_lines(row: Control, known: Mapping[str, Extraction], words: int) -> Iterator[str]:
    said = [known[claim] for claim in row.basis if claim in known]
    counts = render.Tally(row.articles, row.outlets, row.origins)
    since = f", since {row.since}" if row.since else ""
    stale = ", last known" if row.last_known else ""
    text = f"{holder(row)}{since}{stale}, according to {safe(row.voice)} ({counts})"
    yield layout(text, label="  voice", indent=render.MARGIN, colour="red" if row.holder is None else None)
    for one in said[:words]:
        yield layout(f"{render.quoted(one.claim)} {one.article.published or ''}", indent=render.MARGIN, colour="cyan")


def holder(row: Control) -> str:
    """`Wagner Group`, or `not Russia` where a voice says only who does not hold it."""
    return safe(row.holder) if row.holder is not None else f"not {safe(row.not_holder or 'known')}"


def verdict(rows: Sequence[Control]) -> str:
    """What the voices agree on, and what not. Counts voices; weighs nothing."""
    fresh = [row for row in rows if not row.last_known]
    if not rows:
        return "nobody says"
    if not fresh:
        return "nobody said lately: what is above is the last known"
    answers = Counter(holder(row) for row in fresh)
    told = "; ".join(f"{answer} according to {render.plural(number, 'voice')}" for answer, number in answers.items())
    if len(answers) > 1:
        return f"CONTESTED: {told}"
    return f"not contested: {told}" + (", which is a claim and no finding" if len(fresh) == 1 else "")
