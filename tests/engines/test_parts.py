"""Shards become parts once, whole or not at all; parts become a ledger that is the one that the pages give at once."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.engines.fake import READER, Clock, read_page, write
from whosays import ledger
from whosays.engines import local, parts
from whosays.engines.filing import guarded
from whosays.engines.parts import Part, Shard
from whosays.engines.pool import Ask
from whosays.errors import Misuse
from whosays.inputs import Item
from whosays.nouns import Refusal
from whosays.pipeline import Page

pytest.importorskip("pyarrow")
FILES = {"a/1.txt": "1", "a/1-again.txt": "1 Lies!", "a/copy.txt": "1", "b/2.txt": "2", "none": "", "odd.txt": "odd"}


def reading(asked: Iterable[Ask[Item]]) -> Iterator[tuple[Item, Page | Refusal | None]]:
    for ask in asked:
        yield ask.ticket, None if ask.data is None else guarded(read_page, ask.data, ask.meta)


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    folder = write(tmp_path / "pages", FILES)
    (found,) = parts.shards([str(folder)])
    return replace(found, reader=READER)


def test_single_pages_are_put_together_and_archives_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LOOSE", 4)
    folder = write(tmp_path / "pages", FILES | {"news.warc.gz": ""})
    found = list(parts.shards([str(folder)]))
    assert [len(one.sources) for one in found] == [1, 4, 2]
    assert found[0].sources[0].endswith("news.warc.gz")
    assert len({one.key for one in found}) == 3


def test_a_shard_is_another_one_when_its_file_its_day_or_its_reader_changes(shard: Shard) -> None:
    Path(shard.sources[0]).write_text("1 and something more")
    (grown,) = parts.shards([str(Path(shard.sources[0]).parent)])
    other = [replace(grown, reader=READER), replace(shard, reader="fake/2"), replace(shard, published=date(2023, 1, 1))]
    assert len({one.key for one in (shard, *other)}) == 4


def test_a_part_holds_every_page(shard: Shard, tmp_path: Path) -> None:
    part = parts.read(shard, tmp_path / "parts", reading)
    assert part == Part(shard.key, pages=6, claims=12, refused=2)
    assert [path.name for path in (tmp_path / "parts").iterdir()] == [f"{shard.key}.parquet"]


def test_a_part_that_is_there_is_not_made_again(shard: Shard, tmp_path: Path) -> None:
    first = parts.read(shard, tmp_path, reading)
    assert parts.read(shard, tmp_path, lambda _: pytest.fail("it was read again")) == replace(first, there=True)


def test_the_same_shard_gives_the_same_bytes(shard: Shard, tmp_path: Path) -> None:
    for name in ("a", "b"):
        parts.read(shard, tmp_path / name, reading)
    name = f"{shard.key}.parquet"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_what_breaks_leaves_nothing(shard: Shard, tmp_path: Path) -> None:
    def breaks(asked: Iterable[Ask[Item]]) -> Iterator[tuple[Item, Page | Refusal | None]]:
        yield from list(reading(asked))[:3]
        raise OSError("the machine is at its end")

    with pytest.raises(OSError, match="at its end"):
        parts.read(shard, tmp_path / "parts", breaks)
    assert list((tmp_path / "parts").iterdir()) == []


def rows(path: Path) -> list[object]:
    with ledger.open(str(path)) as store:
        return [sorted(map(repr, store.claims())), store.counts()]


def test_parts_loaded_are_the_ledger_that_the_pages_give(shard: Shard, tmp_path: Path) -> None:
    parts.read(shard, tmp_path / "parts", reading)
    with ledger.open(str(tmp_path / "loaded.db"), create=True) as store:
        first, second = (parts.load(tmp_path / "parts", store, clock=Clock()) for _ in range(2))
    pages = (Item(source, Path(source).read_bytes(), meta) for source, meta in metas(shard))
    with ledger.open(str(tmp_path / "straight.db"), create=True) as store:
        straight = local.ingest(pages, store, read=local.one_by_one(read_page), reader=READER, clock=Clock())
    assert replace(first, seconds=0) == replace(straight, seconds=0)
    assert (second.known, second.new, second.claims, second.refused) == (6, 0, 0, {})
    assert rows(tmp_path / "loaded.db")[1] == rows(tmp_path / "straight.db")[1]


def metas(shard: Shard) -> Iterator[tuple[str, object]]:
    from whosays.nouns import Meta

    for source in shard.sources:
        yield source, Meta(name=Path(source).name)


def test_a_shard_set_aside_says_why(shard: Shard, tmp_path: Path) -> None:
    assert not parts.quarantined(shard, tmp_path)
    assert "OverflowError" in parts.quarantine(shard, tmp_path, OverflowError("too much of it"))
    assert parts.quarantined(shard, tmp_path)
    (told,) = (tmp_path / "quarantine").iterdir()
    assert json.loads(told.read_text()) == {"sources": list(shard.sources), "why": "OverflowError: too much of it"}


def test_a_full_disk_is_not_the_shard_s_fault(shard: Shard, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        parts.quarantine(shard, tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert not parts.quarantined(shard, tmp_path)


@pytest.mark.parametrize("fault", ["none", "no parquet", "another's parquet", "cut"])
def test_what_is_no_part_is_named(shard: Shard, tmp_path: Path, fault: str) -> None:
    import pyarrow
    from pyarrow import parquet

    folder = tmp_path / "parts"
    folder.mkdir()
    if fault == "no parquet":
        (folder / "x.parquet").write_bytes(b"PAR1 and nothing")
    elif fault == "another's parquet":
        parquet.write_table(pyarrow.table({"a": [1]}), folder / "x.parquet")
    elif fault == "cut":
        parts.read(shard, folder, reading)
        (made,) = folder.iterdir()
        made.write_bytes(made.read_bytes()[:-40])
    with ledger.open(":memory:") as store, pytest.raises(Misuse, match="parts" if fault == "none" else "parquet"):
        parts.load(folder, store, clock=Clock())
