"""The user's own roster file: entries and merges are written into it, and taken out, by the line.

What is there stays as it was written, comments too. The file as it would be is checked whole, over our roster, before anything is
written; then it is written beside and renamed, so that it is never half there. Raises Misuse with file and line where it would be wrong.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from whosays.actors.entries import Row, rows
from whosays.actors.roster import Roster, local_key, roster
from whosays.errors import Misuse
from whosays.nouns import LOCAL
from whosays.text import fold


def add(path: Path, name: str, entry: Mapping[str, object]) -> str:
    """Adds an actor, or adds to the one who has this name; its key. `entry`: the fields given, `key` among them or not."""
    before = _known(path)
    same = before.by_name(name)
    given = {field: value for field, value in entry.items() if value}
    key = str(given.pop("key", None) or (same.key if same is not None else fold(name).replace(" ", "-")))
    named = {} if key in before.by_key else {"name": name}
    if not named and not given:
        raise Misuse(f"{name} is known as {key}. Give what is to be added, such as --alias.")
    _write(path, _with(path, {"key": key, **named, **given}))
    return key


def merge(path: Path, name: str, into: str, *, by: str, day: date) -> tuple[str, str]:
    """Says that two actors are one; the keys of both. Keys or names; a name that no roster lists is one that texts use."""
    known = _known(path)
    key, other = key_of(known, name), key_of(known, into)
    if other.startswith(LOCAL) and other != into:
        raise Misuse(f"{into}: no actor of the roster is called so. Give a key; {other} for one that only texts name.")
    if key == other:
        raise Misuse(f"{name} and {into} are one already: {key}.")
    _write(path, _with(path, {"key": key, "same_as": other, "by": by, "day": day.isoformat()}))
    return key, other


def undo(path: Path, name: str) -> str:
    """Takes a merge back; the key of the actor who stands for himself again."""
    keys = (name, local_key(name), fold(name).replace(" ", "-"))
    row = next((row for row in rows(path)[0] if row.fields.same_as and row.key in keys), None)
    if row is None:
        raise Misuse(f"{path}: no merge of {name!r} in it. `whosays roster show NAME` tells the key of an actor.")
    _write(path, _without(path, row))
    return row.key


def _known(path: Path) -> Roster:
    return roster(path if path.exists() else None)


def key_of(known: Roster, name: str) -> str:
    """The key that is meant by a key or a name; that of an unlisted actor where no roster has the name. Misuse: several have it."""
    if name in known.by_key or name.startswith(LOCAL):
        return name
    actor = known.by_name(name)
    if actor is not None:
        return actor.key
    if several := known.called(name):
        raise Misuse(f"{name} is the name of {', '.join(several)}. Say which, by its key.")
    return local_key(name)


def _with(path: Path, entry: Mapping[str, object]) -> str:
    """What the file would hold with one more entry."""
    text = path.read_text("utf-8") if path.exists() else "# My own actors, laid over those of whosays.\n\n"
    line = yaml.safe_dump(dict(entry), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}- {line}"


def _without(path: Path, row: Row) -> str:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return "".join(lines[: row.first - 1] + lines[row.last :])


def _write(path: Path, text: str) -> None:
    """Checks what the file would hold, then puts it there at once."""
    roster(path, text=text)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Misuse(f"{path}: cannot be written: {error.strerror}. Name another file in WHOSAYS_ROSTER.") from error
