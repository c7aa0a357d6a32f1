"""A page that breaks its reader costs one refusal and one process, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import readers
from whosays import pipeline
from whosays.engines.reader_process import Limits, Reader
from whosays.nouns import BUG, Meta, Refusal

LIMITS = Limits(seconds=1.5, memory=400_000_000, answer=1_000_000)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(limits=LIMITS, read_page=readers.obeys) as built:
        yield built


def ask(reader: Reader, words: str) -> Refusal:
    answer = reader.read(words.encode(), Meta(name="n.html"))
    assert isinstance(answer, Refusal)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("loop", "time"),
        ("sleep", "time"),
        ("die", "crash"),
        ("exit", "crash"),
        ("shout", "output"),
        ("raise", BUG),
        pytest.param("eat", "memory", marks=pytest.mark.skipif(sys.platform != "linux", reason="no RLIMIT_AS here")),
    ],
)
def test_what_breaks_the_reader_is_refused_and_the_next_page_is_read(reader: Reader, does: str, reason: str) -> None:
    assert ask(reader, does).reason == reason
    after = ask(reader, "well")
    assert after.reason == "obeyed"
    assert after.detail.startswith("well n.html")


def test_one_process_reads_many_pages(reader: Reader) -> None:
    assert ask(reader, "well").detail == ask(reader, "well").detail


def test_it_writes_no_files(reader: Reader, tmp_path: Path) -> None:
    assert ask(reader, f"write {tmp_path / 'file'}").reason == BUG
    assert not (tmp_path / "file").exists() or (tmp_path / "file").read_bytes() == b""


@pytest.mark.slow
def test_a_crash_is_tried_once_more(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "flag").touch()
    assert ask(reader, f"once {tmp_path / 'flag'}").reason == "obeyed"


@pytest.mark.slow
def test_the_pipeline_reads_the_same_there_as_here() -> None:
    from tests.faces.cli.test_read import STORY

    data, meta = STORY.encode(), Meta(name="story.txt")
    here = pipeline.read_page(data, meta)
    assert isinstance(here, pipeline.Page)
    assert here.claims
    with Reader() as reader:
        assert reader.read(data, meta) == here
        assert reader.read(b"\x1f\x8b\x08", meta) == pipeline.read_page(b"\x1f\x8b\x08", meta)
