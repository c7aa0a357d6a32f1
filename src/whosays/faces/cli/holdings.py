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
from itertools import combinations

from whosays.faces.cli import render
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Control, Extraction, LaneKind
from whosays.weigh import contradict
from whosays.weigh.control import NO_SIDE, UNKNOWN_SIDE

SHOWN = 2
"""Sentences shown of those that an answer rests on."""
NAMED = 3
"""Voices named of those that contest one; the rest is counted."""

Known = Mapping[str, Extraction]
"""Claims by id."""


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
        yield from row_lines(row, _who(row, by, sides), by, known)
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


def _who(row: Control, by: LaneKind, sides: Mapping[str, str]) -> str:
    """Whose answer it is: `according to Kyiv`, `according to the side of Turkey`, `all voices weighed`."""
    if by is LaneKind.WEIGHED:
        return "all voices weighed"
    if by is LaneKind.SOURCE:
        return f"according to {render.inside(safe(row.voice))}"
    nobody = {UNKNOWN_SIDE: "voices whose side is not known", NO_SIDE: "voices that are not aligned"}
    return f"according to {nobody.get(row.voice) or f'the side of {safe(sides.get(row.voice, row.voice))}'}"


def _sentences(ids: Sequence[str], known: Known, *, colour: str = "cyan") -> Iterator[str]:
    """The first sentences of some claims, each once."""
    said = (known[claim] for claim in ids if claim in known)
    told = dict.fromkeys(f"{render.quoted(one.claim)} {one.article.published or ''}".rstrip() for one in said)
    for words in list(told)[:SHOWN]:
        yield layout(words, indent=4, colour=colour)


def answer(row: Control) -> str:
    """`held by X, parts taken by Y, besieged by Y, since 2023-01-11, last known`."""
    siege = None if row.besieged_by is None or row.says.startswith("besieged") else f"besieged by {row.besieged_by}"
    since = f"since {row.since}" if row.since else None
    pieces = (row.says, row.parts, siege, since, "last known" if row.last_known else None)
    return safe(", ".join(filter(None, pieces)))


def why(row: Control) -> str:
    """The grade, with the rule that fired: `Contested: by Kyiv; otherwise claimed: …`."""
    if row.judgement is None:
        return ""
    return safe(f"{row.judgement.grade.capitalize()}: {row.judgement.rule}.")


def contesting(row: Control, known: Known) -> str:
    """`Kyiv, SOHR and 4 more`: who speaks against an answer."""
    names = sorted({render.voice(known[claim]) for claim in row.contested if claim in known})
    if len(names) > NAMED:
        names[NAMED - 1 :] = [f"{len(names) - NAMED + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def answers(rows: Sequence[Control]) -> dict[str, list[Control]]:
    """The rows by the answer that they give (`taken by X`, `not held by Y`), in the order in which the answers came."""
    told: dict[str, list[Control]] = {}
    for row in rows:
        told.setdefault(safe(row.says), []).append(row)
    return told


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
