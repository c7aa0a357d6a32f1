"""One roster file as rows: what an entry may hold, and every fault with its file and line.

Comes in: the path of a YAML list (the head of roster.py says what stands in it). Goes out: its rows, and its faults as
sentences that begin `FILE:LINE`. What rows say of each other (parents, sides, keys taken) is roster.py's to check.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
import yaml

from whosays.actors.trie import tokens
from whosays.text import fold

Kind = Literal[
    "state",
    "government",
    "military",
    "armed-group",
    "monitor",
    "media",
    "agency",
    "organisation",
    "person",
    "bloc",
    "unknown",
]
KINDS: tuple[str, ...] = get_args(Kind)

LONGEST = 200
"""Characters of a name."""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's where the wheel has it: ten times as fast. Dates stay words: a bad one is then ours to name."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date = date.min
    last: date = date.max

    def after(self, day: date) -> int:
        """Days until it begins; 0 once it has."""
        return max(0, (self.first - day).days)

    def before(self, day: date) -> int:
        """Days since it ended; 0 until then."""
        return max(0, (day - self.last).days)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def meets(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last


ALWAYS = Period()


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Spanned(_Struct, frozen=True, kw_only=True):
    """What has a first and a last day: `from`, `to`."""

    from_: str | int | None = msgspec.field(default=None, name="from")
    to: str | int | None = None

    @property
    def period(self) -> Period:
        return Period(_day(self.from_, last=False), _day(self.to, last=True))


class _Dated(Spanned, frozen=True, kw_only=True):
    name: str


class _Sided(Spanned, frozen=True, kw_only=True):
    of: str


class Fields(_Struct, frozen=True, kw_only=True):
    """What an entry may hold; the types are checked."""

    key: str
    name: str | None = None
    kind: Kind | None = None
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")] | None = None
    parent: str | None = None
    side: str | list[_Sided] | None = None
    role: str | None = None
    wikidata: Annotated[str, msgspec.Meta(pattern=r"^Q[1-9]\d*$")] | None = None
    aliases: list[str | _Dated] = []
    same_as: str | None = None
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as written, with the lines that it takes in its file (counted from 1, the last included)."""

    path: Path
    first: int
    last: int
    fields: Fields
    aliases: tuple[tuple[str, Period], ...]
    sides: tuple[tuple[str, Period], ...]

    @property
    def key(self) -> str:
        return self.fields.key

    def fault(self, says: str) -> str:
        return f"{self.path}:{self.first}, {self.key}: {says}"


def rows(path: Path, text: str | None = None) -> tuple[list[Row], list[str]]:
    """The rows of a file and its faults. `text`: what it would hold, instead of what it holds."""
    try:
        loader = Loader(path.read_text("utf-8") if text is None else text)
        node = loader.get_single_node()
    except OSError as error:
        return [], [f"{path}: cannot be read: {error.strerror}."]
    except UnicodeDecodeError as error:
        return [], [f"{path}: cannot be read: it is not UTF-8 (byte {error.start})."]
    except yaml.YAMLError as error:
        return [], [_unreadable(path, error)]
    if node is None:
        return [], []
    if not isinstance(node, yaml.SequenceNode):
        return [], [f"{path}:{node.start_mark.line + 1}: is not a list of entries. Begin each with `- key:`."]
    found: list[Row] = []
    faults: list[str] = []
    for entry in node.value:
        row = _row(path, loader, entry)
        if isinstance(row, Row):
            found.append(row)
            faults += map(row.fault, _faults(row))
        else:
            faults.append(row)
    return found, [*faults, *_shared(found)]


def _unreadable(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f":{mark.line + 1}" if mark is not None else ""
    return f"{path}{line}: cannot be read as YAML: {getattr(error, 'problem', None) or error}."


def _row(path: Path, loader: Any, node: yaml.Node) -> Row | str:
    """One entry, or its fault."""
    first = node.start_mark.line + 1
    last = node.end_mark.line + (1 if node.end_mark.column else 0)
    where = f"{path}:{first}"
    if not isinstance(node, yaml.MappingNode):
        return f"{where}: is not a mapping. Write `key: …`, `name: …`, `kind: …`."
    written = [key.value for key, _ in node.value]
    if twice := next((key for n, key in enumerate(written) if key in written[:n]), None):
        return f"{where}: the field {twice!r} stands twice. Drop one."
    try:
        raw = loader.construct_object(node, deep=True)
        where = f"{where}, {raw.get('key') or 'an entry without key'}"
        fields = msgspec.convert(raw, Fields)
        aliases = tuple((a, ALWAYS) if isinstance(a, str) else (a.name, a.period) for a in fields.aliases)
        sided = (
            [(fields.side, ALWAYS)] if isinstance(fields.side, str) else [(s.of, s.period) for s in fields.side or ()]
        )
    except yaml.YAMLError as error:
        return _unreadable(path, error)
    except msgspec.ValidationError as error:
        return f"{where}: {_said(str(error))}"
    except ValueError as error:
        return f"{where}: {error}"
    return Row(path, first, max(first, last), fields, aliases, tuple(sided))


def _said(error: str) -> str:
    """A checker's message in our words."""
    if unknown := re.search(r"unknown field `(.+?)`", error):
        known = ", ".join(field.encode_name for field in msgspec.structs.fields(Fields))
        return f"unknown field {unknown[1]!r}. An entry may hold {known}; a dated name or side, also `from` and `to`."
    if missing := re.search(r"missing required field `(.+?)`", error):
        return f"{missing[1]} is missing. Add it."
    if kind := re.search(r"Invalid enum value (.+?) - at `\$\.kind`", error):
        return f"bad kind {kind[1]}. Known: {', '.join(KINDS)}."
    what, _, field = error.partition(" - at `$.")
    return f"{field.rstrip('`') or 'entry'}: {what}. Put in quotes what YAML reads as something else."


def _day(written: str | int | None, *, last: bool) -> date:
    """The first or the last day that `2016`, `2016-07` or `2016-07-28` means. ValueError says what is wrong with it."""
    if written is None:
        return date.max if last else date.min
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(written)):
        raise ValueError(f"bad date {written!r}. Write 2016, 2016-07 or 2016-07-28.")
    year, month, day = (
        int(part) for part in (f"{written}-00-00" if len(str(written)) == 4 else f"{written}-00")[:10].split("-")
    )
    try:
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError as error:
        raise ValueError(f"bad date {written!r}: {error}.") from error


# ------------------------------------------------------------------------------------------------------ one row


def _faults(row: Row) -> Iterator[str]:
    """What is wrong with a row by itself."""
    fields = row.fields
    for check in (_names, _periods):
        yield from check(row)
    for name in ("key", "name", "parent", "role", "same_as"):
        value = getattr(fields, name)
        if value is not None and not value.strip():
            yield f"{name} is empty. Write a word, or leave it out."
    if fields.role and not fields.country:
        yield "a role needs the country whose organ it is. Add `country`."


def _names(row: Row) -> Iterator[str]:
    names = [name for name, _ in row.aliases]
    if row.fields.name is not None:
        names.insert(0, row.fields.name)
    for name in names:
        if len(name) > LONGEST:
            yield f"a name of {len(name):,} characters ({name[:20]}…). At most {LONGEST}."
        elif not tokens(name).keys:
            yield f"the name {name!r} has no letter. Write a word."
    if twice := next((name for n, name in enumerate(names) if name in names[:n]), None):
        yield f"duplicate alias {twice[:LONGEST]!r}. Drop one."


def _periods(row: Row) -> Iterator[str]:
    for name, period in (*row.aliases, *row.sides):
        if period.first > period.last:
            yield f"the dates of {name!r} are the wrong way round: from {period.first} to {period.last}."
    for (a, first), (b, second) in combinations(row.sides, 2):
        if first.meets(second):
            yield f"the sides {a!r} and {b!r} overlap in time. Let one end the day before the other begins."


def _shared(found: list[Row]) -> Iterator[str]:
    """Names that two entries of one file share: in one war, one name means one actor."""
    taken: dict[str, str] = {}
    for row in found:
        names = {fold(name): name for name in (*(name for name, _ in row.aliases), row.fields.name) if name}
        for key, name in names.items():
            if taken.setdefault(key, row.key) != row.key:
                yield row.fault(f"duplicate alias {name!r}, also of {taken[key]}. Drop one.")
