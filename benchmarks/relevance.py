"""relevance: what the filter before everything else lets pass (whosays.relevance), on pages that its weights were not learned from.

`gold_recall`: of the gold pages with claims, percent that are kept. `conflict_recall`: of other pages on conflict (The Guardian on the
SDF, FA-KES, Wikipedia's war articles, re3d). `other_skipped`: of other news (Dragnet, Zyte), percent that are skipped, and of those in
which our reader finds no claim, `no_claims_skipped`; `claims_lost`: of the claims that it finds in other news, percent that stand on
skipped pages (they are nearly all false: see other_news). `ms_per_page`: processor time for a page of other news.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, measure
from training.corpora import rows
from training.relevance import SETS, Set, content, texts
from whosays import pages, pipeline, relevance
from whosays.nouns import Article, Meta, Refusal

NEVER = 10**9
"""No document of the set was learned from."""
CONFLICT = (
    *(one for one in SETS if one.conflict and one.every > 1 and "muc4" not in one.file),
    Set("fakes/articles.jsonl.gz", conflict=True, splits=("dev",), every=NEVER),
    Set("re3d/dev.jsonl", conflict=True, every=NEVER),
)
OTHER = ("webextract_dragnet/pages.jsonl.gz", "webextract_aeb/pages.jsonl.gz")


@dataclass(frozen=True, slots=True)
class Tried:
    """A page of other news: whether it is skipped, after how many milliseconds, and the claims that our reader finds in it."""

    skipped: bool
    ms: float
    claims: int


def run(data: Path, split: str) -> dict[str, Figure]:
    gold = [not skipped(page) for page in gold_pages(data.parent / "gold" / split)]
    conflict = [not skipped(page) for one in CONFLICT for _, page in texts(one, others=True)]
    other = [one for file in OTHER for one in tried(data / file, split)]
    without = [one for one in other if not one.claims]
    return {
        "gold_recall": measure(gold, percent),
        "conflict_recall": measure(conflict, percent),
        "other_skipped": measure([one.skipped for one in other], percent),
        "no_claims_skipped": measure([one.skipped for one in without], percent),
        "claims_lost": measure(other, lost),
        "ms_per_page": measure([one.ms for one in other], lambda values: sum(values) / len(values)),
    }


def gold_pages(folder: Path) -> Iterator[bytes]:
    """The gold pages with claims."""
    for page in sorted(folder.glob("*.json")):
        if json.loads(page.read_text("utf-8"))["claims"]:
            yield page.with_suffix(".txt").read_bytes()


def tried(file: Path, split: str) -> Iterator[Tried]:
    """The pages of a split that the pages stage does not refuse."""
    for row in rows(file):
        if row["split"] != split:
            continue
        page = content(row)
        begun = time.process_time()
        relevance.skip(page)
        ms = 1_000 * (time.process_time() - begun)
        found = pipeline.read_page(page, Meta(name="page.html"))
        if not isinstance(found, Refusal):
            yield Tried(skipped(page), ms, len(found.claims))


def skipped(page: bytes) -> bool:
    """By its bytes, or then by its article."""
    if relevance.skip(page) is not None:
        return True
    article = pages.read(page, Meta())
    return isinstance(article, Article) and relevance.skip_article(article) is not None


def percent(kept: Sequence[bool]) -> float:
    """Of some yeses and noes, how many are yeses."""
    return 100 * sum(kept) / len(kept)


def lost(read: Sequence[Tried]) -> float:
    """Of all claims, percent on skipped pages."""
    return 100 * sum(one.claims for one in read if one.skipped) / max(1, sum(one.claims for one in read))
