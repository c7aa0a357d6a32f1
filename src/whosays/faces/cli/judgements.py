"""Disputes as lines for people. All from a page passes `safe`; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from whosays.faces.cli import render
from whosays.faces.cli.terminal import layout, safe
from whosays.nouns import NOT_ALIGNED, Dispute, Extraction, Interest
from whosays.weigh import interest


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same voices at odds over the same thing, told in one or more pairs of sentences."""

    first: Dispute
    """The pair that was published first."""
    sides: tuple[Extraction, Extraction]
    pairs: int

    @property
    def day(self) -> date:
        """When it came up in print: the later of the two; the end of days where that is not known."""
        return _day(self.sides[1])


def disagreements(
    disputes: Iterable[Dispute], claims: Iterable[Extraction], *, every: bool = False
) -> tuple[Disagreement, ...]:
    """Disputes by what they are about and by voice: reprints and headlines make many pairs of one disagreement.
    With `every`, each pair is one of its own.

    In the order in which they came up in print. Disputes over claims that are not among `claims` are left out."""
    known = {one.claim.id: one for one in claims}
    groups: dict[tuple[str, str, frozenset[str]], list[tuple[Dispute, tuple[Extraction, Extraction]]]] = {}
    for dispute in disputes:
        first, second = (known.get(claim) for claim in dispute.claims)
        if first and second:
            sides = (first, second) if _day(first) <= _day(second) else (second, first)
            voices = frozenset((render.voice(first), render.voice(second)))
            key = (dispute.about, dispute.kind, frozenset(dispute.claims) if every else voices)
            groups.setdefault(key, []).append((dispute, sides))
    found = []
    for group in groups.values():
        dispute, sides = min(group, key=lambda pair: (_day(pair[1][1]), _day(pair[1][0]), pair[0].claims))
        found.append(Disagreement(dispute, sides, len(group)))
    return tuple(sorted(found, key=order))


def order(one: Disagreement) -> tuple[date, str, tuple[str, str]]:
    """The order in which they came up in print."""
    return one.day, one.first.about, one.first.claims


def _day(one: Extraction) -> date:
    return one.article.published or date.max


def disagreement_lines(
    one: Disagreement, sides: Mapping[str, str], asked: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Kind and reason; both sentences with voice, side, date and article. `sides`: names of sides by key. `asked`: the questions of
    claims that are in a ledger."""
    what = f"{safe(one.first.about)}: {one.first.kind}, {safe(one.first.why)}"
    yield layout(what, label="dispute", indent=render.MARGIN)
    for side in one.sides:
        yield from side_lines(side, sides)
    more = [f"{render.plural(one.pairs - 1, 'more pair')} of sentences by the same voices"] if one.pairs > 1 else []
    ids = dict.fromkeys(asked[claim][:8] for claim in one.first.claims if claim in asked) if asked else {}
    more += ["weighed by " + " and ".join(f"`whosays question {id_}`" for id_ in ids)] if ids else []
    if told := "; ".join(more):
        yield layout(told, indent=render.MARGIN, dim=True)


def side_lines(one: Extraction, sides: Mapping[str, str]) -> Iterator[str]:
    """One side of a dispute: when, by whom, in which words, and where they stand."""
    label = f"  {one.article.published or 'undated'}"
    yield layout(render.stance(one), label=label, indent=render.MARGIN + 2, colour=render.colour(one.claim))
    yield layout(render.quoted(one.claim), indent=render.MARGIN + 2, colour="cyan")
    where = f"{safe(render.outlet(one.article))}, article {one.article.id}{_side(one, sides)}"
    yield layout(where, indent=render.MARGIN + 2, dim=True)


def _side(one: Extraction, sides: Mapping[str, str]) -> str:
    """`; on the side of Russia, which gains by it`."""
    side = one.claim.source.side
    if side is None:
        return "; side not known"
    told = "on no side" if side == NOT_ALIGNED else f"on the side of {safe(sides.get(side, side))}"
    gain = {Interest.ALIGNED: ", which gains by it", Interest.AGAINST: ", which loses by it"}
    return f"; {told}{gain.get(interest(one), '')}"
