"""`whosays read`: one page in, its claims out, no ledger touched. And `whosays schema`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import ALL_REFUSED, Day, Shell, examples, pass_shell
from whosays.faces.cli.terminal import layout, safe, safe_json
from whosays.settings import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from whosays.nouns import Extraction
    from whosays.pipeline import Page


@click.command(
    epilog=examples(
        "whosays read page.html",
        "whosays read story.txt --published 2017-11-08 --format json",
        "cat page.html | whosays read - --url https://example.org/story",
    )
)
@click.argument("file", metavar="FILE|-")
@click.option("--published", type=Day(), metavar="YYYY-MM-DD", help="Day of publication, whatever the page says.")
@click.option("--url", help="Where the page came from.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@pass_shell
@click.pass_context
def read(context: click.Context, shell: Shell, file: str, published: date | None, url: str | None, form: str) -> None:
    """Read one page and print its claims.

    FILE is HTML or plain text; - is standard input.

    json is one object for the page, jsonl one line per claim; `whosays schema` describes both.
    """
    from whosays import pipeline, wire
    from whosays.nouns import Meta, Refusal

    data = _bytes(file)
    name = None if file == "-" else Path(file).name
    meta = Meta(url=url, name=name, published=published, fetched_at=shell.clock())
    page = pipeline.read_page(data, meta, known=shell.roster())
    if isinstance(page, Refusal):
        click.echo(f"whosays: {safe(file)}: refused ({page.reason}): {safe(page.detail)}", err=True)
        context.exit(ALL_REFUSED)
    if form == "json":
        click.echo(safe_json(wire.page_json(wire.page(page.article, page.claims, page.disputes, page.implied))))
    elif form == "jsonl":
        for one in _extractions(page, shell):
            click.echo(safe_json(wire.claim_line(one)))
    else:
        for line in _text(page, shell):
            click.echo(line)


def _bytes(file: str) -> bytes:
    """What is in the file, up to a byte more than the cap, so that `pages` sees that there was more."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
        with Path(file).open("rb") as stream:
            return stream.read(MAX_PAGE_BYTES + 1)
    except IsADirectoryError as error:
        raise Misuse(f"{file}: a folder. `whosays ingest {file}` reads all pages in it into a ledger.") from error
    except OSError as error:
        raise Misuse(f"{file}: {error.strerror}. Give the path of a page, or - for standard input.") from error


def _extractions(page: Page, shell: Shell) -> list[Extraction]:
    """The claims of a page that no ledger has seen, as a ledger would hand them out."""
    from whosays import pipeline
    from whosays.nouns import Extraction

    head, now = pipeline.head(page.article), shell.clock()
    return [Extraction(claim, head, pipeline.READER, now) for claim in page.claims]


def _text(page: Page, shell: Shell) -> Iterator[str]:
    """Particulars, claims, disputes, counts."""
    from whosays.faces import findings
    from whosays.faces.cli import article, judgements, render

    found = _extractions(page, shell)
    yield layout(safe(page.article.headline or "(none)"), label="headline", indent=render.MARGIN)
    yield from article.particulars(page.article)
    for number, one in enumerate(found, start=1):
        yield ""
        yield from list(render.claim_lines(one, label=f"claim {number}"))[:-1]  # all lie in this article
    for disagreement in findings.disagreements(page.disputes, found):
        yield ""
        yield from judgements.disagreement_lines(disagreement, shell.sides())
    yield ""
    told = [render.plural(len(found), "claim"), f"{render.plural(len(page.disputes), 'pair')} of them in dispute"]
    if page.article.comments:
        told.append(f"{render.plural(len(page.article.comments), 'comment')} by readers, which are no evidence")
    yield layout("; ".join(told) + ".")


@click.command(epilog=examples("whosays schema > whosays.schema.json"))
def schema() -> None:
    """Print the JSON Schema.

    It describes what --format json (a page, or an array of claims) and jsonl (a claim a line) print.
    """
    import json

    from whosays import wire

    click.echo(json.dumps(wire.schema(), indent=2, ensure_ascii=False))
