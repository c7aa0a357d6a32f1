"""Disputes as lines for people. All from a page passes `safe`; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whosays.faces.cli import render
from whosays.faces.cli.terminal import layout, safe
from whosays.faces.findings import Disagreement, side_told
from whosays.nouns import Extraction


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
    where = f"{safe(render.outlet(one.article))}, article {one.article.id}{side_told(one, sides)}"
    yield layout(where, indent=render.MARGIN + 2, dim=True)
