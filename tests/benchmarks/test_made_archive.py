"""The archive that speed is measured on: its mix is what it says, the same each time, and a copy is a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import made_archive
from whosays import inputs, pages
from whosays.copies import compare, wording
from whosays.inputs import Item
from whosays.nouns import Article

PAGES = 60


def written(path: Path, shared: Path, mix: tuple[int, int, int], seed: int) -> list[Item]:
    made_archive.write(path, shared / "data", mix, pages=PAGES, seed=seed)
    return list(inputs.open(str(path)))


@pytest.mark.slow
@pytest.mark.shared
def test_the_same_seed_gives_the_same_pages_and_no_two_are_alike(shared: Path, tmp_path: Path) -> None:
    one, same, other = (written(tmp_path / f"{n}.warc.gz", shared, made_archive.GENERAL, n // 2) for n in range(3))
    assert [item.data for item in one] == [item.data for item in same] != [item.data for item in other]
    assert len({item.data for item in one}) == len({item.meta.url for item in one}) == PAGES


@pytest.mark.slow
@pytest.mark.shared
def test_copies_are_copies_of_what_came_before(shared: Path, tmp_path: Path) -> None:
    found = written(tmp_path / "a.warc.gz", shared, (30, 70, 0), 1)
    articles = [pages.read(item.data, item.meta) for item in found if isinstance(item.data, bytes)]
    words = [wording(article) for article in articles if isinstance(article, Article)]
    copied = sum(
        any((pair := compare(own, former)) is not None and pair.whole for former in words[:n])
        for n, own in enumerate(words)
    )
    assert len(words) == PAGES
    assert 0.55 * PAGES < copied < 0.85 * PAGES
