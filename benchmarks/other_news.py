"""other_news: claims read from news that holds none (`benchmarks/cases/other_news.yml`, ids into ../shared/data): all of them are false.

`per_document`: claims per document; `with_claims`: documents that give any, percent. Documents are read whole, as plain text. The types
that are read most are printed. `--split test` holds 200 documents at which no rule was looked at.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.figures import Figure, measure
from whosays import pipeline
from whosays.nouns import Claim, Meta, Refusal

CASES = Path(__file__).parent / "cases/other_news.yml"
FILES = {
    "lgl": ("toponyms/lgl.jsonl.gz", "text"),
    "geowebnews": ("toponyms/geowebnews.jsonl.gz", "text"),
    "timebank": ("timex_timeml/timebank.jsonl.gz", "text"),
    "dragnet": ("webextract_dragnet/pages.jsonl.gz", "article"),
}
"""Corpus → its file and the field that holds the text."""


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    found = {name: claims(text) for name, text in texts(data, split)}
    types = Counter(claim.type for read in found.values() for claim in read)
    print("by type  " + "  ".join(f"{type_} {n}" for type_, n in types.most_common()))
    counts = [len(read) for read in found.values()]
    some = measure(counts, lambda rows: 100 * sum(map(bool, rows)) / len(rows))
    return {"per_document": measure(counts, lambda rows: sum(rows) / len(rows)), "with_claims": some}


def texts(data: Path, split: str) -> Iterator[tuple[str, str]]:
    """(corpus:id, text) of every document of the list."""
    for corpus, ids in yaml.safe_load(CASES.read_text("utf-8"))[split].items():
        file, field = FILES[corpus]
        wanted = set(ids)
        with gzip.open(data / file, "rt", encoding="utf-8") as lines:
            rows = map(json.loads, lines)
            yield from ((f"{corpus}:{row['id']}", row[field]) for row in rows if row["id"] in wanted)


def claims(text: str) -> tuple[Claim, ...]:
    page = pipeline.read_page(text.encode(), Meta(name="document.txt"))
    return () if isinstance(page, Refusal) else page.claims
