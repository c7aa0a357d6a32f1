"""Archives into Parquet, one part a shard: what many machines can do at once. `load` brings the parts into a ledger, exactly once.

    shards(sources) -> Shard …          what is read as one, and tried again as one
    ingest(shards, folder) -> Part …    reads them on this machine (dask.py: on many)
    read(shard, folder, …) -> Part      reads one, writes `folder/<key>.parquet`; a part that is there is not made again
    load(folder, ledger, …) -> Report   all parts of a folder into a ledger

A shard decides nothing that concerns others: what is a copy of what is told when parts are loaded. A part is written beside its name and
then renamed, so that one that is there is whole, whoever was killed meanwhile; and it holds no times of reading, no paths of the machine
and nothing in the order of processes, so that the same shard gives the same bytes on any engine. A row is a page, read or refused:

    name url raw            file, archive and offset, or address; SHA-256 of the bytes
    given published headline agency publisher          as in the ledger; `given`: the day that the user gave
    stage reason detail     why it was refused; null where it was read
    claims                  how many
    page                    MessagePack of the article and its claims (`nouns.py`): what `load` reads

A shard that broke is *quarantined*: `folder/quarantine/<key>.json` says which and why, and it is left alone until that file is deleted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from errno import EDQUOT, ENOSPC, EROFS
from hashlib import blake2b, sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType, TracebackType

import msgspec

from whosays import inputs, pipeline
from whosays.engines.filing import Filing, Put
from whosays.engines.local import Progress, Report, reported
from whosays.engines.pool import Ask, Pool, pool
from whosays.engines.reader_process import read_bulk, read_single
from whosays.errors import Misuse
from whosays.inputs import Item
from whosays.ledger import Ledger
from whosays.nouns import Article, Claim, Refusal, Stage
from whosays.pipeline import Page

LOOSE = 500
"""Single pages in a shard."""
ROWS = 500
"""In a row group: what is held in memory at once."""
TRIES = 2
"""How often a shard may break before it is set aside."""
SUFFIX, QUARANTINE = ".parquet", "quarantine"

Read = Callable[[Iterable[Ask[Item]]], Iterator[tuple[Item, Page | Refusal | None]]]
"""Reads what is asked, in order: a pool's `read`."""


@dataclass(frozen=True, slots=True)
class Shard:
    """An archive, or some single pages."""

    sources: tuple[str, ...]
    sizes: tuple[int | None, ...]
    """Bytes of each; None where it is not on this machine."""
    published: date | None = None
    """Day of publication of all, in the user's word."""
    fields: str = ""
    """Which column of a row has what (`inputs.Columns.of`)."""
    everything: bool = False
    """Are pages read, too, that have no word of conflict?"""
    reader: str = pipeline.READER

    @property
    def key(self) -> str:
        """Names the shard and its part: by what is read and by whom. A file that grew is another shard."""
        told = json.dumps([self.sources, self.sizes, str(self.published), self.fields, self.everything, self.reader])
        return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """What reading a shard came to."""

    key: str
    pages: int
    claims: int
    refused: int
    there: bool = False
    """It was read before."""


class _Row(msgspec.Struct):
    """A page as it stands in a part."""

    name: str
    url: str | None
    raw: str | None
    given: date | None
    published: date | None = None
    headline: str | None = None
    agency: str | None = None
    publisher: str | None = None
    stage: str | None = None
    reason: str | None = None
    detail: str | None = None
    claims: int = 0
    page: bytes | None = None


class _Page(msgspec.Struct, array_like=True):
    article: Article
    claims: tuple[Claim, ...]


def shards(
    sources: Sequence[str], *, published: date | None = None, fields: str = "", everything: bool = False
) -> Iterator[Shard]:
    """Each archive a shard; single pages, those of folders too, LOOSE in one: these are read whatever is in them."""
    loose = []
    for source in inputs.sources(sources):
        if inputs.is_archive(source):
            yield Shard((source,), _sizes((source,)), published, fields, everything)
        else:
            loose.append(source)
    rest = iter(loose)
    while some := tuple(islice(rest, LOOSE)):
        yield Shard(some, _sizes(some), published, fields, everything=True)


def _sizes(sources: tuple[str, ...]) -> tuple[int | None, ...]:
    return tuple(Path(source).stat().st_size if Path(source).is_file() else None for source in sources)


class Pools:
    """Processes that read shards, of each kind those that are needed. A context manager: they end with it."""

    def __init__(self, workers: int | None, roster: Path | None) -> None:
        self._workers, self._roster = workers, roster
        self._stack = ExitStack()
        self._made: dict[bool, Pool] = {}

    def __enter__(self) -> Pools:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, at)

    def of(self, shard: Shard) -> Pool:
        """Those that read such a shard."""
        if shard.everything not in self._made:
            read_page = read_single if shard.everything else read_bulk
            made = pool(self._workers, roster=self._roster, read_page=read_page)
            self._made[shard.everything] = self._stack.enter_context(made)
        return self._made[shard.everything]


def ingest(
    shards: Iterable[Shard],
    folder: Path,
    *,
    workers: int | None = None,
    roster: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Part]:
    """Have shards read by the processors of this machine, one after the other; each part as it comes. What breaks TRIES times is
    quarantined and told."""
    with Pools(workers, roster) as pools:
        for shard in shards:
            for tried in range(1, TRIES + 1):
                if quarantined(shard, folder):
                    break
                try:
                    yield read(shard, folder, pools.of(shard).read)
                    break
                except Exception as error:  # noqa: BLE001  whatever a shard does to us, the others are read
                    if tried == TRIES:
                        tell(quarantine(shard, folder, error))


def read(shard: Shard, folder: Path, reading: Read) -> Part:
    """Read a shard and write its part, unless it is there. Raises what `reading` raises, and OSError; then no part is there."""
    path = folder / f"{shard.key}{SUFFIX}"
    if path.exists():
        return _counted(path, there=True)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{shard.key}.{os.getpid()}"
    try:
        _write(beside, _rows(shard, reading), reader=shard.reader)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return _counted(path)


def quarantine(shard: Shard, folder: Path, error: BaseException) -> str:
    """Set a shard aside, with the reason, until somebody deletes the file that says so; what to tell people. Raises the error where it is
    not the shard's: where nothing can be written, and of Misuse."""
    if isinstance(error, Misuse) or (isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EROFS)):
        raise error
    path = _aside(shard, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"sources": shard.sources, "why": f"{type(error).__name__}: {error}"}
    path.write_text(json.dumps(told, indent=1) + "\n", "utf-8", "surrogateescape")
    return f"Set aside: {shard.sources[0]} ({type(error).__name__}). The reason stands in {path}."


def quarantined(shard: Shard, folder: Path) -> bool:
    """Was it set aside?"""
    return _aside(shard, folder).exists()


def load(folder: Path, ledger: Ledger, *, clock: Callable[[], datetime], progress: Progress | None = None) -> Report:
    """Bring all parts of a folder into a ledger, in the order of their names; what is there already changes nothing. Raises Misuse
    where there is no part, or one is none of ours."""
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise Misuse(f"{folder}: no parts (*{SUFFIX}). Make them with `whosays ingest ARCHIVE... --parts {folder}`.")
    return reported((put for path in paths for put in _load(path, ledger, clock)), clock, progress)


# --------------------------------------------------------------------------------------------------------------- helpers


def _aside(shard: Shard, folder: Path) -> Path:
    return folder / QUARANTINE / f"{shard.key}.json"


def _rows(shard: Shard, reading: Read) -> Iterator[_Row]:
    columns = inputs.Columns.of(shard.fields)
    items = (item for source in shard.sources for item in inputs.listed(source, columns))
    for item, page in reading(_asked(items, shard.published)):
        data = item.data if isinstance(item.data, bytes) else None
        given = shard.published or item.meta.published
        row = _Row(item.name, item.meta.url, sha256(data).hexdigest() if data is not None else None, given)
        told = item.data if isinstance(item.data, Refusal) else page
        yield _refused(row, told) if isinstance(told, Refusal) else _read(row, told)


def _asked(items: Iterable[Item], published: date | None) -> Iterator[Ask[Item]]:
    for item in items:
        meta = item.meta if published is None else replace(item.meta, published=published)
        yield Ask(item, item.data if isinstance(item.data, bytes) else None, meta)


def _refused(row: _Row, refusal: Refusal) -> _Row:
    row.stage, row.reason, row.detail = refusal.stage, refusal.reason, refusal.detail
    return row


def _read(row: _Row, page: Page | None) -> _Row:
    if page is None:
        return _refused(row, Refusal(Stage.INPUTS, "not fetched", "it is an address, and nothing is fetched here"))
    article = page.article
    try:
        row.page = msgspec.msgpack.encode(_Page(article, page.claims))
    except UnicodeEncodeError as error:  # half a surrogate pair, which a page can spell as `&#xD83D;`
        return _refused(row, Refusal(Stage.LEDGER, "unstorable", f"A part cannot hold a value of this page: {error}."))
    row.published, row.headline, row.claims = article.published, article.headline, len(page.claims)
    row.agency, row.publisher = article.agency, article.publisher
    return row


def _write(path: Path, rows: Iterator[_Row], *, reader: str) -> None:
    """A Parquet file of these rows, some at a time."""
    pyarrow, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    counts = {"pages": 0, "claims": 0, "refused": 0}
    schema = _schema(pyarrow)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, ROWS)):
            writer.write_table(pyarrow.Table.from_pylist([msgspec.structs.asdict(row) for row in some], schema=schema))
            counts["pages"] += len(some)
            counts["claims"] += sum(row.claims for row in some)
            counts["refused"] += sum(row.reason is not None for row in some)
        told = {"whosays.reader": reader, **{f"whosays.{name}": str(number) for name, number in counts.items()}}
        writer.add_key_value_metadata(told)


def _schema(pyarrow: ModuleType) -> object:
    """Types of the columns."""
    types = {
        "given": pyarrow.date32(),
        "published": pyarrow.date32(),
        "claims": pyarrow.int32(),
        "page": pyarrow.binary(),
    }
    return pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in _Row.__struct_fields__])


def _told(path: Path) -> dict[str, str]:
    """What a part says of itself. Raises Misuse where it is none."""
    pyarrow, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    try:
        found = parquet.read_metadata(path).metadata or {}
    except (OSError, pyarrow.ArrowException) as error:
        raise Misuse(f"{path}: no Parquet file ({error}). Delete it, and make it again.") from error
    told = {key.decode(): value.decode() for key, value in found.items() if key.startswith(b"whosays.")}
    if "whosays.reader" not in told:
        raise Misuse(f"{path}: not a part that whosays wrote. Move it out of the folder.")
    return {key.removeprefix("whosays."): value for key, value in told.items()}


def _counted(path: Path, *, there: bool = False) -> Part:
    told = _told(path)
    return Part(path.stem, int(told["pages"]), int(told["claims"]), int(told["refused"]), there)


def _load(path: Path, ledger: Ledger, clock: Callable[[], datetime]) -> Iterator[tuple[str, Put]]:
    filing = Filing(ledger, reader=_told(path)["reader"], clock=clock)
    filing.catch_up()
    with closing(_library("pyarrow.parquet").ParquetFile(path)) as part:
        for batch in part.iter_batches(ROWS):
            for cells in batch.to_pylist():
                row = msgspec.convert(cells, _Row)
                yield row.name, filing.take(row.name, _page(row, path), raw=row.raw, given=row.given)


def _page(row: _Row, path: Path) -> Page | Refusal:
    if row.reason is not None:
        return Refusal(Stage(row.stage or ""), row.reason, row.detail or "")
    try:
        page = msgspec.msgpack.decode(row.page or b"", type=_Page)
    except msgspec.DecodeError as error:
        raise Misuse(f"{path}: {row.name} is not as this whosays writes it ({error}). Make the part again.") from error
    return Page(page.article, page.claims, (), ())


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise Misuse("Parts are Parquet, which needs pyarrow: pip install 'whosays[parquet]'.") from error
