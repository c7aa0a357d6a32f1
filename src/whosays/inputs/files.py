"""Files and folders of pages.

files(paths) -> Path …        read(path) -> bytes | Refusal
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from whosays.errors import Misuse
from whosays.inputs.item import no
from whosays.nouns import Refusal
from whosays.settings import MAX_PAGE_BYTES


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file once, those of a folder in the order of their names. Hidden files in folders are left alone. Raises Misuse at once
    where a path is not there."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise Misuse(f"Not there: {', '.join(missing)}. Give files or folders that exist.")
    return _each(paths)


def _each(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        for file in below(path) if path.is_dir() else (path,):
            if file not in seen:
                seen.add(file)
                yield file


def below(folder: Path) -> Iterator[Path]:
    """All files in a folder but hidden ones. Links to folders are not followed: they may lead round in circles."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def read(file: Path) -> bytes | Refusal:
    """The bytes of a file, up to one more than a page may have: so the pages stage sees that it is too long."""
    if not file.is_file():
        return no("unreadable", f"{file.name} is no regular file.")
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        return no("unreadable", f"{file.name} cannot be read: {error.strerror}.")
