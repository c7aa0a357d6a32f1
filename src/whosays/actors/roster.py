"""The roster: who the actors are, what they are called, and whose cause they share.

Every file of `roster/` is a list of entries:

    key      its name in the ledger, never changed once published
    name     as whosays prints it; an alias too
    kind     one of KINDS
    country  ISO 3166-1 alpha-2, where it belongs to one
    side     key of the actor or bloc whose cause it shares; `none`: known to share none; left out: unknown
    role     with country: it is that state's organ (`forces`, `government` …) and stands for the one made by rule
    aliases  other names, with the capitals that they need (`trie.py` says how capitals count)

One alias may stand in two files (RSF, AA): then the text decides, or nobody. The states and their organs come from
`nations.yml`. A damaged file raises AssetError with the file and the entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whosays.actors import nations
from whosays.actors.match import Matcher, starts, whole
from whosays.actors.nations import Nations
from whosays.actors.trie import Trie, tokens
from whosays.errors import AssetError
from whosays.nouns import NOT_ALIGNED, Actor
from whosays.text import fold

KINDS = frozenset(
    ["state", "government", "military", "armed-group", "monitor", "media", "agency", "organisation", "person", "bloc"],
)
_FIELDS = frozenset(["key", "name", "kind", "country", "side", "role", "aliases"])


@dataclass(frozen=True, slots=True)
class Roster:
    by_key: Mapping[str, Actor]
    names: Trie[str]
    """Name or alias → keys."""
    nations: Nations
    starts: frozenset[str]
    """Folded words at which a name may begin."""

    def matcher(self, local: Mapping[str, str]) -> Matcher:
        """Finds names in texts; `local`: what acronyms mean in one document."""
        first = frozenset(fold(acronym) for acronym in local)
        return Matcher(self.names, self.nations, local, self.starts | first if local else self.starts)

    def by_name(self, name: str) -> Actor | None:
        """The one actor of a name as news spells it: `SOHR`, `the Syrian army`, `Iraq`. None: none, or several."""
        key = whole(name, self.matcher({}))
        return self.by_key[key] if key else None


@dataclass(frozen=True, slots=True)
class _Entry:
    actor: Actor
    role: str | None
    names: tuple[str, ...]


@cache
def roster() -> Roster:
    """The roster of the package, read once."""
    here = Path(__file__).parent
    return load(here / "roster", here / "nations.yml")


def load(folder: Path, table: Path) -> Roster:
    """The roster of a folder of lists, with a table of nations."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise AssetError(f"{folder}: no roster file (*.yml). Install whosays anew.")
    entries = [(path, entry) for path in files for entry in _entries(path)]
    organs = {(e.actor.country, e.role): e.actor for _, e in entries if e.role and e.actor.country}
    known = nations.load(table, organs)
    by_key = {nation.state.key: nation.state for nation in known.by_iso.values()}
    by_key |= {actor.key: actor for nation in known.by_iso.values() for actor in nation.organs.values()}
    names: Trie[str] = Trie()
    seen: set[str] = set()
    for path, entry in entries:
        key = entry.actor.key
        if key in seen or (key in by_key and by_key[key] != entry.actor):
            raise AssetError(f"{path}, {key}: the key is taken. Give it one of its own.")
        seen.add(key)
        by_key[key] = entry.actor
        for name in entry.names:
            names.add(name, key)
    for path, entry in entries:
        if entry.actor.side not in (None, NOT_ALIGNED, *by_key):
            raise AssetError(
                f"{path}, {entry.actor.key}: unknown side {entry.actor.side!r}. Name an actor's key or none."
            )
    return Roster(by_key, names, known, starts(names, known))


def _entries(path: Path) -> Iterator[_Entry]:
    rows = nations.read(path)
    if not isinstance(rows, list):
        raise AssetError(f"{path}: is not a list of entries. Begin each with `- key:`.")
    taken: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        entry = _entry(path, number, row)
        for name in dict.fromkeys(fold(name) for name in entry.names):
            if taken.setdefault(name, entry.actor.key) != entry.actor.key:
                raise AssetError(
                    f"{path}, {entry.actor.key}: duplicate alias {name!r}, also of {taken[name]}. Drop one."
                )
        yield entry


def _entry(path: Path, number: int, row: object) -> _Entry:
    """One entry, checked field by field."""
    if not isinstance(row, dict):
        raise AssetError(f"{path}, entry {number}: is not a mapping. Write `key: …`, `name: …`, `kind: …`.")
    where = f"{path}, {row.get('key') or f'entry {number}'}"
    if unknown := sorted(str(field) for field in row.keys() - _FIELDS):
        raise AssetError(f"{where}: unknown field {unknown[0]!r}. Known: {', '.join(sorted(_FIELDS))}.")
    for field in ("key", "name", "kind"):
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise AssetError(
                f"{where}: {field} is missing or no word. Give it one (in quotes where YAML reads another thing)."
            )
    for field in ("country", "side", "role"):
        if not isinstance(row.get(field), str | None):
            raise AssetError(f"{where}: {field} is no word. Put it in quotes.")
    if row["kind"] not in KINDS:
        raise AssetError(f"{where}: bad kind {row['kind']!r}. Known: {', '.join(sorted(KINDS))}.")
    if row.get("role") and not row.get("country"):
        raise AssetError(f"{where}: a role needs the country whose organ it is. Add `country`.")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and tokens(alias).keys for alias in aliases):
        raise AssetError(f"{where}: aliases are not a list of words. Put in quotes what YAML reads as something else.")
    if twice := sorted({alias for alias in aliases if [row["name"], *aliases].count(alias) > 1}):
        raise AssetError(f"{where}: duplicate alias {twice[0]!r}. Drop one.")
    actor = Actor(row["key"], row["name"], row["kind"], row.get("country"), row.get("side"))
    return _Entry(actor, row.get("role"), (row["name"], *aliases))
