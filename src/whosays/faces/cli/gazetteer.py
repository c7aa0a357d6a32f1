"""`whosays gazetteer`: build a gazetteer from a GeoNames dump; what one is; whether it is whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.errors import Misuse
from whosays.faces.cli.shell import examples
from whosays.faces.cli.terminal import safe
from whosays.settings import GAZETTEER_VARIABLE

if TYPE_CHECKING:
    from whosays.places.compile import Progress

CREDITS = """\
The places in this folder are taken from **GeoNames** (https://www.geonames.org), licensed under **Creative Commons
Attribution 4.0** (https://creativecommons.org/licenses/by/4.0/). Changes: a selection of places and names, folded
spellings, and places and spellings written for whosays. Built by `whosays gazetteer build`.
"""
COUNTRIES = re.compile(r"[A-Z]{2}(,[A-Z]{2})*")


@click.group(epilog=examples("whosays gazetteer info", "whosays gazetteer check"))
def gazetteer() -> None:
    """The places that are known, and how to know more."""


@gazetteer.command(epilog=examples("whosays gazetteer build ~/geonames --out places --countries SY,IQ"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write it into.")
@click.option("--countries", metavar="SY,IQ", help="Only these, by their ISO codes.")
def build(path: Path, out: Path, countries: str | None) -> None:
    """Build a gazetteer from the GeoNames dump at PATH.

    PATH is allCountries.zip, a country such as SY.zip, or a folder with one of them and, better, alternateNamesV2.zip
    from download.geonames.org/export/dump. What was built before in DIR is replaced once all is done.
    """
    from whosays.places.compile import write
    from whosays.places.extra import laid_over, read
    from whosays.places.gazetteer import shipped
    from whosays.places.geonames import Damage, entries

    if countries and not COUNTRIES.fullmatch(countries):
        raise Misuse(f"--countries {countries}: write ISO codes with commas between, such as SY,IQ.")
    only = frozenset(countries.split(",")) if countries else frozenset()
    damage, capitals = Damage(), set[str]()
    with _progress() as progress:
        try:
            made = write(
                out,
                laid_over(
                    entries(path, countries=only, damage=damage, capitals=capitals),
                    read(),
                    called=shipped().country_names(),
                ),
                capitals=capitals,
                version=f"GeoNames, {countries or 'all countries'}",
                sources=(path.name,),
                credit=CREDITS,
                progress=progress,
            )
        except ValueError as fault:
            raise Misuse(f"{path}: {fault}. Nothing was written.") from fault
    for line in damage.shown:
        click.echo(f"left out: {safe(line)}", err=True)
    if damage.count:
        click.echo(f"{damage.count:,} damaged lines were left out.", err=True)
    click.echo(f"Written to {safe(str(out))}: {made.size / 1e6:,.1f} MB, {len(made.countries):,} countries.")
    click.echo(f"To use it: {GAZETTEER_VARIABLE}={safe(str(out))}")


@gazetteer.command(epilog=examples("whosays gazetteer info"))
def info() -> None:
    """Say which gazetteer is in use and what it holds."""
    from whosays.places.gazetteer import in_use

    opened = in_use()
    for left, words in (
        ("file", str(opened.path)),
        ("version", opened.manifest.version),
        ("sources", ", ".join(opened.manifest.sources)),
        ("places", f"{opened.rows:,}"),
        ("countries", f"{len(opened.manifest.countries):,}"),
        ("size", f"{opened.path.stat().st_size / 1e6:,.1f} MB"),
    ):
        click.echo(f"{left:<11}{safe(words)}")


@gazetteer.command(epilog=examples("whosays gazetteer check"))
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    """Read a gazetteer through: the one at PATH, or the one in use. A damaged one is named."""
    from whosays.places import gazetteer as places

    where = path or places.in_use().path
    found = places.check(where)
    click.echo(f"{safe(str(where))} is whole (SHA-256 {found.sha256}).")


@contextmanager
def _progress() -> Iterator[Progress]:
    """A line on standard error that tells a person what is being done; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda what, done: None
        return
    try:
        yield lambda what, done: click.echo(f"\r{what}: {done:<20,}", nl=False, err=True)
    finally:
        click.echo(err=True)
