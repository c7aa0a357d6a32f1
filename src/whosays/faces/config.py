"""One file for all settings: `whosays.toml`. The table SETTINGS is all that can be set; docs/operations.md shows it, and a test holds it.

    find(given, environ, …) -> Path | None        which file is in force
    read(path, environ) -> Config                 what it says; raises Misuse, with file, key and what was meant
    config.settled(PORT, given) -> Settled        a value and where it comes from

A setting comes from the option of the command, else from the environment, else from the file, else it has its default. The file is what
`--config` names, else WHOSAYS_CONFIG, else ./whosays.toml, else ~/.config/whosays/whosays.toml. Paths in it are meant from its own folder.
The tables of `whosays watch` (WATCHED) may stand in the same file; they are read there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Generic, TypeVar, cast

import msgspec
from msgspec import Meta

from whosays import settings
from whosays.errors import Misuse
from whosays.logs import Format, Level

FILE = "whosays.toml"
VARIABLE = "WHOSAYS_CONFIG"
HOME = Path("~/.config/whosays") / FILE

WATCHED = ("watch", "feed", "sitemap", "list", "folder")
"""Tables of `whosays watch`."""

T = TypeVar("T")
C = TypeVar("C", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[C]):
    """One thing that can be set."""

    key: str
    """`table.name`, as it stands in the file."""
    type: object
    """What msgspec takes for it."""
    form: str
    """The same in words."""
    default: C
    words: str
    path: bool = False
    """Is it a path on this machine?"""
    named: str | None = None
    """Its variable, where that has an older name."""

    @property
    def variable(self) -> str:
        """In the environment."""
        return self.named or f"WHOSAYS_{self.key.upper().replace('.', '_')}"

    @property
    def table(self) -> str:
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        return self.key.partition(".")[2]


_WORDS = Annotated[str, Meta(min_length=1)]


class Shown(StrEnum):
    """To whom /metrics is shown."""

    OFF = "off"
    LOOPBACK = "loopback"
    ALL = "all"


LEDGER: Setting[str] = Setting(
    key="ledger.url",
    type=_WORDS,
    form="path or URL",
    default=settings.DEFAULT_LEDGER,
    words="The ledger: a file, or `postgresql://…`.",
    path=True,
    named=settings.LEDGER_VARIABLE,
)
ROSTER: Setting[str] = Setting(
    key="roster.path",
    type=_WORDS,
    form="path",
    default=settings.DEFAULT_ROSTER,
    words="Your own actors, laid over ours.",
    path=True,
    named=settings.ROSTER_VARIABLE,
)
GAZETTEER: Setting[str] = Setting(
    key="gazetteer.folder",
    type=str,
    form="path",
    default="",
    words="A folder that `whosays gazetteer build` wrote; empty: the gazetteer that is shipped.",
    path=True,
    named=settings.GAZETTEER_VARIABLE,
)
HOST: Setting[str] = Setting(
    key="serve.host", type=_WORDS, form="address", default="127.0.0.1", words="Address that the server listens on."
)
PORT: Setting[int] = Setting(
    key="serve.port",
    type=Annotated[int, Meta(ge=0, le=65535)],
    form="0 to 65535",
    default=8765,
    words="Its port; 0: any that is free.",
)
PUBLIC: Setting[bool] = Setting(
    key="serve.public",
    type=bool,
    form="true or false",
    default=False,
    words="Show no whole texts and no names of private persons; coarsen places.",
)
ORIGIN: Setting[str] = Setting(
    key="serve.origin",
    type=str,
    form="`https://NAME`",
    default="",
    words="What people type, behind a proxy; empty: the address itself.",
)
TILES: Setting[str] = Setting(
    key="serve.tiles", type=str, form="URL", default="", words="Tiles of your own for the map; empty: none."
)
METRICS: Setting[Shown] = Setting(
    key="serve.metrics",
    type=Shown,
    form=", ".join(f"`{one}`" for one in Shown),
    default=Shown.LOOPBACK,
    words="Who may read `/metrics`, and what `/health` tells beside its status. A public server shows neither.",
)
LEVEL: Setting[Level] = Setting(
    key="log.level",
    type=Level,
    form=", ".join(f"`{one}`" for one in Level),
    default=Level.WARNING,
    words="The least that is logged. `info` has a line for every request and page.",
)
FORMAT: Setting[Format] = Setting(
    key="log.format",
    type=Format,
    form=", ".join(f"`{one}`" for one in Format),
    default=Format.AUTO,
    words="`auto`: text on a terminal, JSON lines elsewhere.",
)
WORKERS: Setting[int] = Setting(
    key="ingest.workers",
    type=Annotated[int, Meta(ge=0, le=1024)],
    form="0 to 1024",
    default=0,
    words="Processes that read; 0: one for each processor.",
)

SETTINGS: tuple[Setting[object], ...] = (
    LEDGER,
    ROSTER,
    GAZETTEER,
    HOST,
    PORT,
    PUBLIC,
    ORIGIN,
    TILES,
    METRICS,
    LEVEL,
    FORMAT,
    WORKERS,
)


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """A value, and where it comes from."""

    value: T
    origin: str
    """`option`, the variable, the file, or `default`."""

    @property
    def chosen(self) -> bool:
        """Did somebody choose it?"""
        return self.origin != "default"


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says, and the environment."""

    path: Path | None = None
    """The file in force; None: there is none."""
    said: Mapping[str, object] = field(default_factory=dict)
    """Key → value, checked."""
    environ: Mapping[str, str] = field(default_factory=dict)

    def settled(self, setting: Setting[T], given: T | None = None) -> Settled[T]:
        """What holds. `given`: by an option. Raises Misuse where the environment says what cannot be meant."""
        if given is not None:
            return Settled(given, "option")
        if words := self.environ.get(setting.variable):
            try:
                return Settled(cast(T, msgspec.convert(words, setting.type, strict=False)), setting.variable)
            except msgspec.ValidationError:
                raise Misuse(f"{setting.variable}={words} cannot be: write {setting.form}.") from None
        if setting.key in self.said:
            return Settled(cast(T, self.said[setting.key]), str(self.path))
        return Settled(setting.default, "default")

    def value(self, setting: Setting[T], given: T | None = None) -> T:
        """The value alone."""
        return self.settled(setting, given).value


def find(given: Path | None, environ: Mapping[str, str], *, here: Path | None = None) -> Path | None:
    """The file in force; None: there is none. Raises Misuse where the one that was named is not there."""
    named = given or (Path(environ[VARIABLE]) if environ.get(VARIABLE) else None)
    if named is not None:
        if not named.expanduser().is_file():
            who = "--config" if given else VARIABLE
            raise Misuse(f"{named}, which {who} names, is no file. docs/operations.md shows what stands in one.")
        return named.expanduser()
    return next((path for path in ((here or Path()) / FILE, _at_home(environ)) if path.is_file()), None)


def _at_home(environ: Mapping[str, str]) -> Path:
    home = environ.get("HOME")
    return Path(home, *HOME.parts[1:]) if home else HOME.expanduser()


def read(path: Path | None, environ: Mapping[str, str] = os.environ) -> Config:
    """What a file says. Raises Misuse, with all of its faults."""
    if path is None:
        return Config(None, {}, environ)
    import tomllib  # here, since most have no file, and every command would wait for it

    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Misuse(f"{path} cannot be read: {error.strerror}. Can this user read it?") from None
    except UnicodeDecodeError:
        raise Misuse(f"{path} is not UTF-8. Save it so.") from None
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"{path}: {error}. docs/operations.md shows what stands in the file.") from None
    faults = list(_unknown(tree))
    said: dict[str, object] = {}
    for one in SETTINGS:
        table = tree.get(one.table)
        if isinstance(table, dict) and one.name in table:
            try:
                said[one.key] = _meant(one, msgspec.convert(table[one.name], one.type), path)
            except msgspec.ValidationError:
                faults.append(f"[{one.table}] {one.name} = {table[one.name]!r} cannot be: write {one.form}")
    if faults:
        raise Misuse(f"{path}: {'; '.join(faults)}. docs/operations.md has the table of all settings.")
    return Config(path, said, environ)


def _unknown(tree: Mapping[str, object]) -> Iterator[str]:
    """Tables and keys that are none, each with the one that was perhaps meant."""
    tables: dict[str, list[str]] = {}
    for one in SETTINGS:
        tables.setdefault(one.table, []).append(one.name)
    for table, within in tree.items():
        if table in WATCHED:
            continue
        if table not in tables:
            kind = f"table [{table}]" if isinstance(within, dict) else f"key {table!r} outside of a table"
            yield f"there is no {kind}{_perhaps(table, [*tables, *WATCHED])}"
        elif not isinstance(within, dict):
            yield f"{table} is a table: write [{table}] and, below it, {tables[table][0]} = …"
        else:
            for key in within:
                if key not in tables[table]:
                    yield f"there is no {key!r} in [{table}]{_perhaps(key, tables[table])}"


def _perhaps(word: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, 1)
    return f" (did you mean {near[0]!r}?)" if near else f" (there is {', '.join(known)})"


def _meant(setting: object, value: object, path: Path) -> object:
    """Paths are meant from the folder of the file."""
    assert isinstance(setting, Setting)
    if not setting.path or not isinstance(value, str) or not value or "://" in value or value.startswith((":", "~")):
        return value
    return str(path.parent / value)
