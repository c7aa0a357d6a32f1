"""Which sources there are: folders become the files in them, all else stands for itself.

sources(given) -> str …        is_archive(source)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from whosays.errors import Misuse
from whosays.inputs import files, opening
from whosays.inputs.item import Item, no
from whosays.inputs.opening import Form, form
from whosays.nouns import Meta

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")
_ARCHIVES = frozenset({Form.WARC, Form.WACZ, Form.JSONL, Form.PARQUET})


def sources(given: Sequence[str]) -> Iterator[str]:
    """Each file and address once, the files of a folder in the order of their names. Raises Misuse at once where a path is not there."""
    far = [source for source in given if _ADDRESS.match(source)]
    near = files.files([Path(source) for source in given if not _ADDRESS.match(source)])
    return (str(source) for some in (dict.fromkeys(far), near) for source in some)


def listed(source: str) -> Iterator[Item]:
    """The items of one of these sources; one that is gone meanwhile is an item that says so."""
    try:
        return opening.open(source)
    except Misuse as error:
        return iter((Item(source, no("unreadable", str(error)), Meta(name=source)),))


def is_archive(source: str) -> bool:
    """Does it hold pages by the thousand? Told by its name."""
    return form(source) in _ARCHIVES
