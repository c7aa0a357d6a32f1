"""`whosays story`: an article with all that goes back to the same text, and what each copy added and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from whosays.faces.cli.shell import Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import heading, layout, safe
from whosays.nouns import Copy, CopyKind, Extraction, Polarity, Story

if TYPE_CHECKING:
    from whosays.faces.copying import Change

SHOWN = 3
"""Stretches shown of those that a copy added, and of those that it left out."""


@click.command(epilog=examples("whosays story 4f3c9a"))
@click.argument("article_id", metavar="ARTICLE")
@ledger_option
@pass_shell
def story(shell: Shell, article_id: str) -> None:
    """Print the story of an article.

    All articles that go back to one text, first seen first, and what each copy added and left out. The beginning of the
    ARTICLE's id will do.
    """
    from whosays.engines import weighing
    from whosays.faces.copying import changed

    with shell.open() as ledger:
        found = weighing.stories(ledger, [ledger.article(article_id).id])
        told = found.of(ledger.article(article_id).id)
        changes = changed(ledger, told)
        claims = {copy.article.id: tuple(ledger.claims(article=copy.article.id)) for copy in told.copies}
    for line in lines(told, changes, claims):
        click.echo(line)


def lines(told: Story, changes: Mapping[str, Change], claims: Mapping[str, Sequence[Extraction]]) -> Iterator[str]:
    """The tree, each copy under the article it follows."""
    from whosays.faces.cli import render
    from whosays.faces.copying import in_tree

    members = [copy for copy in told.copies if copy.kind is not CopyKind.LIFT]
    outlets = {render.outlet(copy.article) for copy in members}
    counted = f"{render.plural(len(members), 'article')}, {render.plural(len(outlets), 'outlet')}"
    yield heading(f"One story: {counted}, 1 text of origin.")
    depth: dict[str, int] = {}
    for copy in in_tree(told.copies):
        own = copy.article.id
        depth[own] = depth[copy.parent] + 1 if copy.parent is not None else 0
        yield from _copy_lines(copy, depth[own], changes.get(own), len(claims.get(own, ())))


def _copy_lines(copy: Copy, depth: int, change: Change | None, n_claims: int) -> Iterator[str]:
    from whosays.faces.cli import render
    from whosays.faces.copying import KINDS

    head = copy.article
    margin = render.MARGIN + 2 * min(depth, 8)
    kept = f": {copy.kept:.0%} of it kept" if copy.kind in (CopyKind.CUT, CopyKind.REWRITTEN, CopyKind.UPDATE) else ""
    own = f", {1 - copy.share:.0%} of its own" if copy.parent is not None and copy.share < 0.995 else ""
    label = f"{head.published or 'undated'!s:<12}" + "  " * min(depth, 8)
    yield layout(f"{safe(render.outlet(head))}: {KINDS[copy.kind]}{kept}{own}", label=label, indent=margin)
    yield layout(f"“{safe(head.headline or 'no headline')}”", indent=margin, colour="cyan")
    yield layout(f"{render.plural(n_claims, 'claim')}, article {head.id}", indent=margin, dim=True)
    if change is None:
        return
    for one in change.dropped:
        if one.claim.polarity is Polarity.DENIED:
            told = f"left out a denial by {render.inside(render.voice(one))}: {render.quoted(one.claim)}"
            yield layout(told, indent=margin, colour="red")
    yield from _stretches("left out", change.left_out, margin)
    yield from _stretches("added", change.added, margin)


def _stretches(what: str, words: Sequence[str], margin: int) -> Iterator[str]:
    for told in words[:SHOWN]:
        yield layout(f"{what}: “{told}”", indent=margin)
    if len(words) > SHOWN:
        yield layout(f"{what}: … and {len(words) - SHOWN} more", indent=margin, dim=True)
