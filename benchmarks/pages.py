"""The text of articles: 4-gram shingle F1 on the article extraction benchmark, ours beside the best library's.

Metric (BENCHMARKS.md section 1, after scrapinghub's evaluate.py): tokens are `\\w+`; multisets of token 4-grams of gold
and prediction; TP, FP and FN of a page divided by their sum; P and R are means over pages, F1 that of the two means.
Predicted is what an `articleBody` holds: paragraphs (list items and quotes among them), sub-headings, corrections and
live-blog heads, and the credit lines below them; no headline, standfirst, byline, date, caption, picture credit or
comment. Speed is pages per second of CPU time.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trafilatura import extract

from benchmarks.figures import Figure, measure
from whosays.nouns import Article, Meta, PartKind
from whosays.pages import read

GRAM = 4
BODY = frozenset({PartKind.PARAGRAPH, PartKind.SUBHEADING, PartKind.CORRECTION, PartKind.ENTRY})


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    html: bytes
    gold: str


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of a page's shingles, and the seconds that the page took."""

    right: float
    wrong: float
    missed: float
    seconds: float


def run(data: Path, split: str) -> dict[str, Figure]:
    pages = list(_pages(data / "webextract_aeb" / "pages.jsonl.gz", split))
    ours = [_score(page, own_text) for page in pages]
    library = [_score(page, library_text) for page in pages]
    pairs = list(zip(ours, library, strict=True))
    return {
        "f1": measure(ours, f1),
        "precision": measure(ours, _precision),
        "recall": measure(ours, _recall),
        "pages_per_s": measure(ours, _speed),
        "library_f1": measure(library, f1),
        "library_pages_per_s": measure(library, _speed),
        "f1_minus_library": measure(pairs, lambda rows: f1([one for one, _ in rows]) - f1([two for _, two in rows])),
    }


def own_text(page: Page) -> str:
    """The body of the article that `pages.read` finds; nothing where it refuses the page."""
    article = read(page.html, Meta(url=page.url, content_type="text/html; charset=utf-8"), languages=None)
    if not isinstance(article, Article):
        print(f"refused: {page.url}: {article.reason}: {article.detail}")
        return ""
    body = article.spans(*BODY)
    closing = [span for span in article.spans(PartKind.CREDIT) if body and span.start > body[-1].start]
    return "\n".join(span.of(article.text) for span in (*body, *closing))


def library_text(page: Page) -> str:
    """trafilatura in its fast mode: the best extractor measured (STACK.md)."""
    return extract(page.html, url=page.url, fast=True, include_comments=False) or ""


def f1(rows: Sequence[Score]) -> float:
    precision, recall = _precision(rows), _recall(rows)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pages(path: Path, split: str) -> Iterator[Page]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["split"] == split:
                yield Page(row["url"], row["html"].encode("utf-8", "surrogatepass"), row["article"])


def _score(page: Page, extractor: Callable[[Page], str]) -> Score:
    started = time.process_time()
    predicted = extractor(page)
    seconds = time.process_time() - started
    gold, found = _shingles(page.gold), _shingles(predicted)
    right = sum((gold & found).values())
    wrong, missed = found.total() - right, gold.total() - right
    total = right + wrong + missed or 1
    return Score(right / total, wrong / total, missed / total, seconds)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return (
        Counter(zip(*(tokens[start:] for start in range(GRAM)), strict=False))
        if len(tokens) >= GRAM
        else Counter([tuple(tokens)])
    )


def _precision(rows: Sequence[Score]) -> float:
    return _mean(1.0 if row.right + row.wrong == 0 else row.right / (row.right + row.wrong) for row in rows)


def _recall(rows: Sequence[Score]) -> float:
    return _mean(1.0 if row.right + row.missed == 0 else row.right / (row.right + row.missed) for row in rows)


def _speed(rows: Sequence[Score]) -> float:
    return len(rows) / (sum(row.seconds for row in rows) or 1e-9)


def _mean(values: Iterator[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
