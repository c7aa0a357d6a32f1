"""`whosays export`: the ledger in the formats of the field."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import Day, Shell, examples, ledger_option, pass_shell
from whosays.faces.cli.terminal import layout, safe, safe_json

if TYPE_CHECKING:
    from whosays.faces.export import Export, View, Wanted
    from whosays.faces.privacy import Profile

FORMATS = (
    "csv",
    "jsonl",
    "geojson",
    "parquet",
    "acled",
    "plover",
    "viina",
    "stix",
    "ftm",
    "schemaorg",
    "webannotation",
)
"""The keys of EXPORTS, so that help need not import them; a test compares the two."""
LIST, STDOUT, GOLD = "list", "-", "gold"


@click.command(
    epilog=examples(
        "whosays export list",
        "whosays export csv -o claims.csv",
        "whosays export geojson --on 2023-01-13 -o held.geojson",
        "whosays export stix --place Soledar -o claims.json",
        "whosays export jsonl --since 2023-01-10 --names --exact-places",
    )
)
@click.argument("form", metavar="FORMAT", type=click.Choice([LIST, *FORMATS, GOLD]))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=STDOUT,
    help="Where to; - is standard output; of gold a folder.  [default: -]",
)
@click.option("--place", help="Name or key of a place.")
@click.option("--actor", help="Name, words or key of who does it.")
@click.option("--source", help="Name, words or key of who says it.")
@click.option("--type", "kind", help="capture, control, withdraw, attack …")
@click.option("--since", type=Day(), metavar="YYYY-MM-DD", help="Happened (or was printed) on or after this day.")
@click.option("--until", type=Day(), metavar="YYYY-MM-DD", help="Happened (or was printed) on or before this day.")
@click.option("--article", metavar="ID", help="Of this article.")
@click.option("--words", metavar="WORDS", help='In the words that state it: all these words and "phrases".')
@click.option("--on", type=Day(), metavar="YYYY-MM-DD", help="geojson: places, with whoever holds them on this day.")
@click.option("--text", "texts", is_flag=True, help="Give texts of articles too, and quotes in full.")
@click.option("--names", is_flag=True, help="Show the names of private persons.")
@click.option("--exact-places", is_flag=True, help="Show camps, hospitals and homes where they are.")
@ledger_option
@pass_shell
def export(
    shell: Shell,
    form: str,
    output: str,
    place: str | None,
    actor: str | None,
    source: str | None,
    kind: str | None,
    since: date | None,
    until: date | None,
    article: str | None,
    words: str | None,
    on: date | None,
    texts: bool,
    names: bool,
    exact_places: bool,
) -> None:
    """Write claims in a format of the field, `list` prints which.

    Each claim keeps its source, words, offsets and ids. By default nobody is hurt by it: private persons have pseudonyms, camps,
    hospitals and homes a coarse point, quotes at most 300 characters.
    """
    from whosays.faces.cli.ledger_commands import known_type
    from whosays.faces.export import Wanted
    from whosays.faces.privacy import Profile

    if form == LIST:
        _print_list()
        return
    if form == GOLD:
        if any((place, actor, source, kind, since, until, article, words, on)):
            raise Misuse("gold has all that was judged, article by article: it takes no filter. Leave it out.")
        _gold(shell, output, texts=texts)
        return
    if since and until and until < since:
        raise Misuse(f"--until {until} lies before --since {since}.")
    if on is not None and form != "geojson":
        raise Misuse("--on is for geojson; viina has a row for each day from --since to --until.")
    known_type(kind)
    wanted = Wanted(
        place=place, actor=actor, source=source, type=kind, since=since, until=until, article=article, text=words, on=on
    )
    profile = Profile(public=True, pseudonyms=not names, texts=texts, coarse=not exact_places)
    _export(shell, form, wanted, profile, output)


def _export(shell: Shell, form: str, wanted: Wanted, profile: Profile, output: str) -> None:
    from whosays.faces import export, privacy

    to = export.EXPORTS[form]
    if output == STDOUT and to.BINARY and sys.stdout.isatty():
        raise Misuse(f"{form} is not for a terminal. Name a file: -o claims{to.SUFFIX}")
    roster = shell.roster()
    with shell.open() as ledger:
        salt = privacy.salt(ledger.url, secrets.token_bytes(32)) if profile.pseudonyms else b""
        view = export.of_ledger(ledger, wanted, privacy.masks(profile, salt, roster), roster, shell.clock())
        if output != STDOUT:
            _to_file(to, view, Path(output))
        elif sys.stdout.isatty():
            for chunk in to.chunks(view):
                click.echo(safe_json(chunk) if "json" in to.MEDIA_TYPE else safe(chunk.decode(), lines=True), nl=False)
        else:
            to.write(view, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _to_file(to: Export, view: View, path: Path) -> None:
    """Whole or not at all: a file beside it takes its place when it is done."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            to.write(view, out)
        part.replace(path)
    except OSError as error:
        raise Misuse(f"{path}: cannot be written: {error.strerror}. Name another file with -o.") from error
    finally:
        part.unlink(missing_ok=True)


def _gold(shell: Shell, output: str, *, texts: bool) -> None:
    """A folder: of each article its text and what was judged in it."""
    from whosays.faces.export import gold

    if output == STDOUT:
        raise Misuse("gold is a folder: two files for each article. Name it: -o gold")
    folder = Path(output)
    with shell.open() as ledger:
        files = list(gold.gold(ledger, text=texts))
    if not files:
        raise Misuse("Nothing was accepted, corrected or rejected in this ledger. `whosays serve` has the desk for it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            (folder / name).write_bytes(data)
    except OSError as error:
        raise Misuse(f"{folder}: cannot be written: {error.strerror}. Name another folder with -o.") from error
    click.echo(layout(f"{len(files) // 2} articles in {safe(str(folder))}. {gold.WARNING}"))


def _print_list() -> None:
    from whosays.faces.export import EXPORTS, gold

    for name, to in EXPORTS.items():
        click.echo(layout(to.GLOSS, label=name, indent=15))
        click.echo(layout(f"Lost: {to.LOST}", indent=15, dim=True))
        click.echo(layout(f"Read by: {to.READ_BY}", indent=15, dim=True))
    click.echo(layout(gold.GLOSS, label=GOLD, indent=15))
    click.echo(layout(f"Lost: {gold.LOST}", indent=15, dim=True))
    click.echo(layout(f"Read by: {gold.READ_BY}", indent=15, dim=True))
