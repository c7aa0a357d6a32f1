r"""Readers' comments: are they found, and do they stay out of the article? Ours beside trafilatura's, in one run.

Dragnet pages (gold: one block of comments and one of article per page; tokens are `\w+`, lower case):
- `token_f1`: F1 of the bags of tokens of gold and found comments (authors and texts; the gold block has dates and
  buttons too, so 1 is out of reach), mean over pages with comments; `token_f1_trafilatura`: of its `comments` field.
- `leak`: of the 4-gram shingles (a multiset) of a page's gold comments that the gold article does not have, the share
  that stands in the article as read; pooled over all pages with comments. The article as read is everything but
  comments and what is `other` (so headline, paragraphs, captions, bylines …); a refused page leaks nothing.
  `leak_trafilatura`: the same of the text of trafilatura (fast, no comments). `leak_ratio`: ours by theirs.
- `page_leak`, `page_leak_trafilatura`: the same shares, as means over pages.
- `silent_pages`: of the pages without gold comments, the share on which none is found. Some have comments that gold
  overlooks, and some have them in gold's article.
- `article_kept`: share of the gold article's shingles, on all pages, that are not in one of our comments.

trafilatura's pages (gold: up to three segments of comments per page; most pages are German, so they are read whatever
their language): `segment_recall` and `segment_recall_trafilatura`, the share of segments found in the comments;
`segment_leak` and `segment_leak_trafilatura`, the share found in the article. Of many segments the page as stored has
no word: they were loaded by scripts.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from trafilatura import bare_extraction, extract

from benchmarks.figures import Figure, measure
from whosays.nouns import Article, Meta, PartKind
from whosays.pages import read
from whosays.text import squeeze, words

GRAM = 4
ARTICLE = frozenset(PartKind) - {PartKind.COMMENT, PartKind.OTHER}


@dataclass(frozen=True, slots=True)
class Texts:
    """What a reader takes for the article and for the comments of a page."""

    article: str
    comments: str


@dataclass(frozen=True, slots=True)
class Score:
    """Of one reader on one Dragnet page. Shingles are those of gold comments that gold's article does not have."""

    f1: float
    leaked: int
    shingles: int
    found_any: bool
    swallowed: int
    """Shingles of gold's article that stand in a comment and in no gold comment."""
    article: int
    """Shingles of gold's article."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Of one reader on one of trafilatura's pages: how many segments of comments stand where."""

    segments: int
    in_comments: int
    in_article: int


Pair = tuple[Score, Score]


def run(data: Path, split: str) -> dict[str, Figure]:
    pages = _rows(data / "webextract_dragnet", split)
    scores = [(_score(page, own(page)), _score(page, library(page))) for page in pages]
    talked = [pair for pair, page in zip(scores, pages, strict=True) if words(_words(page, "comments"))]
    silent = [pair for pair, page in zip(scores, pages, strict=True) if not words(_words(page, "comments"))]
    segmented = [page for page in _rows(data / "webextract_trafilatura", split) if page["comment_segments"]]
    hits = [(_hits(page, own(page)), _hits(page, library(page))) for page in segmented]
    figures = {
        "token_f1": measure(talked, lambda rows: _mean([ours.f1 for ours, _ in rows])),
        "token_f1_trafilatura": measure(talked, lambda rows: _mean([theirs.f1 for _, theirs in rows])),
        "leak": measure(talked, lambda rows: _leak([ours for ours, _ in rows])),
        "leak_trafilatura": measure(talked, lambda rows: _leak([theirs for _, theirs in rows])),
        "leak_ratio": measure(talked, _ratio),
        "page_leak": measure(talked, lambda rows: _mean([_leak([ours]) for ours, _ in rows])),
        "page_leak_trafilatura": measure(talked, lambda rows: _mean([_leak([theirs]) for _, theirs in rows])),
        "silent_pages": measure(silent, lambda rows: _mean([not ours.found_any for ours, _ in rows])),
        "article_kept": measure(scores, _kept),
    }
    for place, name in ((lambda hit: hit.in_comments, "recall"), (lambda hit: hit.in_article, "leak")):
        for reader, suffix in ((0, ""), (1, "_trafilatura")):
            figures[f"segment_{name}{suffix}"] = measure(hits, _share(reader, place))
    return figures


# ---------------------------------------------------------------------------------------------------------- readers


def own(page: dict[str, object]) -> Texts:
    """What `pages.read` makes of a page in whatever language."""
    article = read(_html(page), Meta(content_type="text/html; charset=utf-8"), languages=None)
    if not isinstance(article, Article):
        print(f"refused: {page['id']}: {article.reason}: {article.detail}")
        return Texts("", "")
    told = "\n".join(f"{comment.author or ''}\n{comment.text}" for comment in article.comments)
    return Texts("\n".join(span.of(article.text) for span in article.spans(*ARTICLE)), told)


def library(page: dict[str, object]) -> Texts:
    """trafilatura: its article without comments, as `benchmarks.pages` has it, and its comments when asked for them."""
    html = _words(page, "html")
    told = bare_extraction(html, fast=True, include_comments=True, with_metadata=False)
    return Texts(extract(html, fast=True, include_comments=False) or "", told.comments or "" if told else "")


# ----------------------------------------------------------------------------------------------------------- scores


def _score(page: dict[str, object], texts: Texts) -> Score:
    gold, told = words(_words(page, "comments")), words(texts.comments)
    article = _shingles(words(_words(page, "article")))
    shingles = _shingles(gold)
    own_to_comments = Counter({shingle: count for shingle, count in shingles.items() if shingle not in article})
    in_article = _shingles(words(texts.article))
    in_comments = _shingles(told)
    return Score(
        f1=_f1(Counter(gold), Counter(told)),
        leaked=(own_to_comments & in_article).total(),
        shingles=own_to_comments.total(),
        found_any=bool(told),
        swallowed=sum(min(n, in_comments[s]) for s, n in article.items() if s in in_comments and s not in shingles),
        article=article.total(),
    )


def _hits(page: dict[str, object], texts: Texts) -> Hits:
    segments = page["comment_segments"]
    told, article = squeeze(texts.comments), squeeze(texts.article)
    wanted = [squeeze(str(segment)) for segment in segments] if isinstance(segments, list) else []
    return Hits(len(wanted), sum(s in told for s in wanted), sum(s in article for s in wanted))


def _shingles(tokens: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(tokens[i:] for i in range(GRAM)), strict=False))


def _f1(gold: Counter[str], found: Counter[str]) -> float:
    both = gold.total() + found.total()
    return 2 * (gold & found).total() / both if both else 0.0


# ---------------------------------------------------------------------------------------------------------- figures


def _leak(scores: Sequence[Score]) -> float:
    return sum(score.leaked for score in scores) / (sum(score.shingles for score in scores) or 1)


def _ratio(rows: Sequence[Pair]) -> float:
    return _leak([ours for ours, _ in rows]) / (_leak([theirs for _, theirs in rows]) or 1e-9)


def _kept(rows: Sequence[Pair]) -> float:
    return 1 - sum(ours.swallowed for ours, _ in rows) / (sum(ours.article for ours, _ in rows) or 1)


def _share(reader: int, place: Callable[[Hits], int]) -> Callable[[Sequence[tuple[Hits, Hits]]], float]:
    return lambda rows: sum(place(row[reader]) for row in rows) / (sum(row[reader].segments for row in rows) or 1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / (len(values) or 1)


# ------------------------------------------------------------------------------------------------------------- data


def _rows(folder: Path, split: str) -> list[dict[str, object]]:
    with gzip.open(folder / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["split"] == split]


def _html(page: dict[str, object]) -> bytes:
    return _words(page, "html").encode("utf-8", "replace")


def _words(page: dict[str, object], name: str) -> str:
    return str(page.get(name) or "")
