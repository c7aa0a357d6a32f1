"""The roster: who the actors are, what they were called and when, and whose cause they shared and when.

Every file of `roster/` is a list of entries, and so is the user's own file, which is laid over them:

    key       its name in the ledger, never changed once published
    name      as whosays prints it; an alias too
    kind      one of KINDS
    country   ISO 3166-1 alpha-2, where it belongs to one
    parent    key of the actor that it is part of or answers to
    side      key of the actor or bloc whose cause it shares; `none`: known to share none; left out: unknown.
              With dates: [{of: pmf, to: 2017-12-02}, {of: iraq}]
    role      with country: it is that state's organ (`state`, `forces`, `government` …) and stands for the one made by rule
    wikidata  Q and digits, where that is sure
    aliases   other names, with the capitals that they need (`trie.py` says how capitals count).
              With dates of use: {name: Nusra Front, to: 2016-07-28}

Dates are days, months or years (2016-07-28, 2016-07, 2016); both ends belong to the period. One alias may stand in two files (RSF,
AA): then the day and the text decide, or nobody. The states and their organs come from `nations.yml`.

In the user's file an entry whose key is known adds its aliases and overrides the fields that it gives, and

    - {key: local:sham-hawks, same_as: ahrar-al-sham, by: ana, day: 2026-11-23}

says that two are one: all that names the first means the second. Taking the line out undoes it (`own.py` writes both).

Any fault raises, with file and line, and nothing is loaded: AssetError in our files, Misuse in the user's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from whosays.actors import nations, words
from whosays.actors.entries import ALWAYS, KINDS, Fields, Period, Row, rows
from whosays.actors.match import Matcher, Name, Start, starts, whole
from whosays.actors.nations import STATE, Nations
from whosays.actors.trie import Case, Trie, folded
from whosays.actors.words import Words
from whosays.errors import AssetError, Misuse
from whosays.nouns import LOCAL, NOT_ALIGNED, Actor
from whosays.text import fold

__all__ = ["KINDS", "Roster", "load", "local_key", "roster"]


@dataclass(frozen=True, slots=True)
class Roster:
    by_key: Mapping[str, Actor]
    """With the side that an actor shares at all times; None where that changed. A merged key gives whom it was merged into."""
    dated: Mapping[str, Sequence[tuple[Period, Actor]]]
    """Those whose side changed, as they were."""
    listed: Mapping[str, Listed]
    names: Trie[Name]
    nations: Nations
    words: Words
    same: Mapping[str, str]
    """Key → the key that it was merged into."""
    starts: Mapping[str, Start]
    """Folded words at which a name may begin."""

    def matcher(self, local: Mapping[str, str]) -> Matcher:
        """Finds names in texts; `local`: what acronyms mean in one document."""
        first = {fold(acronym): Start(Case.ANY, frozenset()) for acronym in local}
        return Matcher(
            self.names, self.nations, self.words.trie, local, {**self.starts, **first} if local else self.starts
        )

    def by_name(self, name: str) -> Actor | None:
        """The one actor of a name as news spells it: `SOHR`, `the Syrian army`, `Iraq`. None: none, or several."""
        key = whole(name, self.matcher({}))
        return self.by_key[key] if key else None

    def called(self, name: str) -> tuple[str, ...]:
        """Keys of all actors that are listed under a name, at whatever time."""
        wanted = fold(name)
        return tuple(key for key, one in self.listed.items() if any(fold(other) == wanted for other, _ in one.names))

    def on(self, key: str, day: date | None) -> Actor:
        """An actor with the side that it shared on a day. No side: not known, or the day is not and sides changed."""
        if day is not None:
            for period, actor in self.dated.get(key, ()):
                if period.holds(day):
                    return actor
        return self.by_key[key]

    def unlisted(self, name: str, kind: str, country: str | None = None) -> Actor:
        """An actor that only a text names."""
        key = local_key(name)
        key = self.same.get(key, key)
        return self.by_key.get(key) or Actor(key, name, kind, country)


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor with all its names and sides, and the file and line where it stands; made ones stand in none."""

    actor: Actor
    names: tuple[tuple[str, Period], ...] = ()
    sides: tuple[tuple[str, Period], ...] = ()
    where: str | None = None


def roster(own: Path | None = None, *, text: str | None = None) -> Roster:
    """The roster of the package, read once; with a user's own file laid over it. `text`: what that would hold."""
    return _ours() if own is None else load(_HERE / "roster", _HERE / "nations.yml", own, text=text)


_HERE = Path(__file__).parent


@cache
def _ours() -> Roster:
    return load(_HERE / "roster", _HERE / "nations.yml")


def local_key(name: str) -> str:
    """Key of an actor that no roster lists."""
    return LOCAL + folded(name).removeprefix("the ").replace(" ", "-")


def load(folder: Path, table: Path, own: Path | None = None, *, text: str | None = None) -> Roster:
    """The roster of a folder of lists and a table of nations, under a user's own file. `text`: what that would hold."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise AssetError(f"{folder}: no roster file (*.yml). Install whosays anew.")
    read = [rows(path) for path in files]
    ours = [row for found, _ in read for row in found]
    theirs, theirs_faults = rows(own, text) if own is not None else ([], [])
    organs = {(row.fields.country, row.fields.role): row.key for row in (*ours, *theirs) if row.fields.role}
    known = nations.load(table, {(iso, role): key for (iso, role), key in organs.items() if iso})
    listed = {key: Listed(actor, sides=_always(actor.side)) for key, actor in known.made.items()}
    faults = [fault for _, found in read for fault in found] + _laid(listed, ours)
    _refuse(faults + _unknown(listed, ours, known), AssetError)
    same, circles = _merges(theirs)
    faults = theirs_faults + circles + _laid(listed, [row for row in theirs if not row.fields.same_as], over=True)
    _refuse(faults + _unknown(listed, theirs, known), Misuse)
    return _built(listed, known, same)


def _refuse(faults: Sequence[str], error: type[AssetError | Misuse]) -> None:
    """Raises the first fault; all of them are its notes."""
    if faults:
        more = f" And {len(faults) - 1} more: `whosays roster check` lists them." if len(faults) > 1 else ""
        raised = error(faults[0] + more)
        for fault in faults:
            raised.add_note(fault)
        raise raised


# ------------------------------------------------------------------------------------------------ entries together


def _laid(listed: dict[str, Listed], given: Iterable[Row], *, over: bool = False) -> list[str]:
    """Puts rows into the list; the faults. `over`: a key that is known before is added to, else it is taken."""
    faults, seen = [], set()
    for row in given:
        before = listed.get(row.key)
        if row.key in seen or (before is not None and not over):
            faults.append(row.fault("the key is taken. Give it one of its own."))
        elif before is None and not (row.fields.name and row.fields.kind):
            faults.append(row.fault(f"{'kind' if row.fields.name else 'name'} is missing. Add it."))
        else:
            listed[row.key] = _over(before, row)
        seen.add(row.key)
    return faults


def _over(before: Listed | None, row: Row) -> Listed:
    fields, where = row.fields, f"{row.path}:{row.first}"
    own = ((fields.name, ALWAYS),) if fields.name and fields.role != STATE else ()  # a state's name may be a place
    if before is None:
        assert fields.name is not None
        assert fields.kind is not None
        actor = Actor(row.key, fields.name, fields.kind, fields.country, None, fields.parent, fields.wikidata)
        return Listed(actor, (*own, *row.aliases), row.sides, where)
    actor = replace(before.actor, **_given(fields))
    return Listed(actor, (*before.names, *own, *row.aliases), row.sides or before.sides, where)


def _given(fields: Fields) -> dict[str, str]:
    """The plain fields that an entry gives."""
    names = ("name", "kind", "country", "parent", "wikidata")
    return {name: value for name in names if (value := getattr(fields, name)) is not None}


def _unknown(listed: Mapping[str, Listed], given: Iterable[Row], known: Nations) -> list[str]:
    """Sides, parents, roles and countries that are not there; parents that lead back to where they came from."""
    faults = []
    for row in given:
        fields = row.fields
        for side, _ in row.sides:
            if side != NOT_ALIGNED and side not in listed:
                faults.append(row.fault(f"unknown side {side!r}. Name an actor's key or none."))
        if fields.parent and fields.parent not in listed:
            faults.append(row.fault(f"unknown parent {fields.parent!r}. Name an actor's key."))
        elif row.key in _parents(listed, row.key):
            faults.append(row.fault(f"its parents lead back to it, by {fields.parent!r}."))
        if fields.role and fields.role not in known.roles:
            faults.append(row.fault(f"unknown role {fields.role!r}. Known: {', '.join(sorted(known.roles))}."))
        if fields.same_as and not fields.same_as.startswith(LOCAL) and fields.same_as not in listed:
            faults.append(row.fault(f"same as {fields.same_as!r}, which is no actor's key."))
        if fields.same_as and not row.key.startswith(LOCAL) and row.key not in listed:
            faults.append(
                row.fault(f"no actor has this key; one that no roster lists has `{LOCAL}` and its folded name.")
            )
    return faults


def _parents(listed: Mapping[str, Listed], key: str) -> list[str]:
    """The keys above one, nearest first; each once."""
    above: list[str] = []
    at = listed[key].actor.parent if key in listed else None
    while at is not None and at not in above and at in listed:
        above.append(at)
        at = listed[at].actor.parent
    return above


def _merges(given: Iterable[Row]) -> tuple[dict[str, str], list[str]]:
    """Key → the last key that merges lead to; merges that say more, say it twice, or lead in a circle are faults."""
    said = {row.key: row for row in given if row.fields.same_as}
    faults, same = [], {}
    allowed = {"key", "same_as", "by", "day"}
    for row in (row for row in given if row.fields.same_as):
        if said[row.key] is not row:
            faults.append(row.fault("is merged twice. Drop one."))
        if row.aliases or row.sides or _given(row.fields) or row.fields.role:
            faults.append(row.fault(f"a merge holds nothing but {', '.join(sorted(allowed))}."))
        at, passed = row.key, [row.key]
        while at in said and at is not None:
            at = said[at].fields.same_as or ""
            if at in passed:
                faults.append(row.fault(f"merges lead in a circle: {' → '.join([*passed, at])}."))
                break
            passed.append(at)
        same[row.key] = at
    return same, faults


# ------------------------------------------------------------------------------------------------ the finished roster


def _built(listed: Mapping[str, Listed], known: Nations, same: Mapping[str, str]) -> Roster:
    by_key: dict[str, Actor] = {}
    dated: dict[str, list[tuple[Period, Actor]]] = {}
    names: Trie[Name] = Trie()
    for key, one in listed.items():
        if key in same:
            continue
        by_rule = known.made.get(key)
        state = by_rule.parent if by_rule is not None and not one.sides else None
        sides = [(same.get(side, side), period) for side, period in (listed[state] if state else one).sides]
        by_key[key] = replace(one.actor, side=sides[0][0] if sides and sides[0][1] == ALWAYS else None)
        if sides and sides[0][1] != ALWAYS:
            dated[key] = [(period, replace(one.actor, side=side)) for side, period in sides]
    for key, one in listed.items():
        for name, period in one.names:
            bare = name[4:] if name.lower().startswith("the ") else name
            names.add(bare, Name(same.get(key, key), period))
    for key, into in same.items():
        if into in by_key:
            by_key[key] = by_key[into]
            dated[key] = dated.get(into, [])
    said = words.load(Path(words.__file__).with_suffix(".yml"))
    return Roster(by_key, dated, listed, names, known, said, same, starts(names, known, said.trie))


def _always(side: str | None) -> tuple[tuple[str, Period], ...]:
    return () if side is None else ((side, ALWAYS),)
