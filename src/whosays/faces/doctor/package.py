"""What is shipped, and what may be installed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from whosays.errors import WhosaysError
from whosays.faces import web
from whosays.faces.doctor.finding import Finding, Patient, bad, note, ok

EXTRAS = {
    "pyarrow": "parquet",
    "distributed": "dask",
    "psycopg": "postgresql",
    "fsspec": "s3",
    "s3fs": "s3",
}
"""Library → the extra that brings it."""
SHAPES = ("shapes.json", "maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")


def gazetteer(_: Patient) -> Iterator[Finding]:
    """The one in use, read through."""
    from whosays.places import gazetteer as places

    try:
        opened = places.in_use()
        places.check(opened.path)
    except WhosaysError as error:
        yield bad("gazetteer", str(error), "See above.")
        return
    yield ok("gazetteer", f"{opened.manifest.version}: {opened.rows:,} places, checksum right")


def packs(_: Patient) -> Iterator[Finding]:
    """The weights of each language, read through."""
    from whosays import language
    from whosays.language import weights

    for code in language.PACKS:
        try:
            weights.load(language.pack(code).weights)
        except WhosaysError as error:
            yield bad(f"language {code}", str(error), "pip install --force-reinstall whosays")
        else:
            yield ok(f"language {code}", f"{language.pack(code).name}, checksum right")


def shapes(_: Patient, *, folder: Path = web.HERE / "vendor") -> Iterator[Finding]:
    """What the map is drawn with."""
    missing = [name for name in SHAPES if not (folder / name).is_file()]
    if missing:
        how = "in a checkout: make setup; else install the wheel. All but the map of `serve` works without"
        yield note("map", f"not there: {', '.join(missing)}; {how}")
    else:
        yield ok("map", "its libraries and shapes are there")


def extras(_: Patient) -> Iterator[Finding]:
    """What somebody may want, and has or has not."""
    for library, extra in EXTRAS.items():
        try:
            yield ok(library, version(library))
        except PackageNotFoundError:
            yield note(library, f"not installed; to use it: pip install 'whosays[{extra}]'")
