"""Claims against gold pages: `python -m benchmarks claims [--data FOLDER OF GOLD PAGES]`.

Runs the whole pipeline over NAME.txt beside each NAME.json of the folder, and scores what comes out with the scorer of
../shared/tools (score_claims.py: what detect, usable, filed and the fields mean stands there). `published` of the gold file is
handed to the reader. The figures are the scorer's own; the intervals are bootstrapped over documents from its per-document runs.
`share_of_parse`: time of the claims stage over that of `language.parse` on the same pages, percent, in this run.
For scale: regular expressions over whole sentences reach detect 33.8 and usable 0.7, a second annotator 94.3 and 82.3.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, measure
from whosays import claims, language, pipeline, wire
from whosays.nouns import Meta, Refusal
from whosays.pages import read as read_article

Score = dict[str, Any]
"""What score_claims.py --json prints."""

FIELDS = ("source", "polarity", "modality", "actor", "target", "place", "geo", "time", "count", "means")


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    scorer = scorer_of(data)
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder)
        names = [read(gold, predicted) for gold in sorted(data.glob("*.json"))]
        whole = score(scorer, data, predicted)
        rows = [_alone(scorer, data, predicted, name) for name in names]
    figures = {name: _interval(rows, name, whole[name]["f1"]) for name in ("detect", "usable", "filed", "disputes")}
    figures["predicted"] = Figure(whole["predicted"], whole["gold"], of="gold claims")
    for name in FIELDS:
        right, n = whole["fields"][name]
        figures[name] = Figure(right or 0.0, n, of="matched claims")
    figures["share_of_parse"] = share_of_parse(sorted(data.glob("*.txt")))
    print("by type   ", "  ".join(f"{name} {row['f1']} ({row['gold']})" for name, row in whole["types"].items()))
    return figures


def share_of_parse(pages: Sequence[Path]) -> Figure:
    """Time of `claims.claim` over that of `language.parse`, percent; of each page the faster of two runs of both."""
    timed = []
    for page in pages:
        article = read_article(page.read_bytes(), Meta(name=page.name), languages=tuple(language.PACKS))
        if not isinstance(article, Refusal):
            english = language.pack(article.language)
            reading = language.parse(article, english)
            found = pipeline.candidates(reading)
            parse = min(_seconds(language.parse, article, english) for _ in range(2))
            own = min(_seconds(claims.claim, reading, found) for _ in range(2))
            timed.append((parse, own))
    return measure(timed, lambda rows: 100 * sum(own for _, own in rows) / sum(parse for parse, _ in rows))


def _seconds(work: Callable[..., object], *given: object) -> float:
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def read(gold: Path, out: Path) -> str:
    """Read the page beside a gold file; write what `whosays read --format json` prints."""
    published = json.loads(gold.read_text("utf-8"))["published"]
    meta = Meta(name=gold.stem + ".txt", published=None if published is None else date.fromisoformat(published))
    page = pipeline.read_page(gold.with_suffix(".txt").read_bytes(), meta)
    if isinstance(page, Refusal):
        print(f"{gold.stem}: refused: {page.reason}: {page.detail}", file=sys.stderr)
        return gold.stem
    (out / gold.name).write_bytes(wire.page_json(wire.page(page.article, page.claims, page.disputes, page.implied)))
    return gold.stem


def score(scorer: Path, gold: Path, predicted: Path) -> Score:
    done = subprocess.run(
        [sys.executable, scorer, gold, predicted, "--json"], capture_output=True, text=True, check=True
    )
    result: Score = json.loads(done.stdout)
    return result


def scorer_of(data: Path) -> Path:
    """The scorer lies in tools/, beside the folder that holds the gold pages; ../shared's is the fallback."""
    from benchmarks.__main__ import SHARED

    places = [data.resolve().parent / "tools", data.resolve().parent.parent / "tools", SHARED / "tools"]
    return next(place / "score_claims.py" for place in places if (place / "score_claims.py").is_file())


def _alone(scorer: Path, data: Path, predicted: Path, name: str) -> Score:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(data / f"{name}.json", folder)
        return score(scorer, Path(folder), predicted)


def _interval(rows: Sequence[Score], name: str, value: float) -> Figure:
    """F1 over drawn documents from each document's own precision and recall, turned back into counts."""
    found = measure(rows, _f1(name))
    return Figure(value, len(rows), found.low, found.high)


def _f1(name: str) -> Callable[[Sequence[Score]], float]:
    def f1(rows: Sequence[Score]) -> float:
        hits = predicted = gold = 0.0
        for row in rows:
            n_gold, n_predicted = (
                (row[name]["gold"], row[name]["predicted"]) if name == "disputes" else (row["gold"], row["predicted"])
            )
            hits += round(row[name]["r"] * n_gold / 100)
            predicted, gold = predicted + n_predicted, gold + n_gold
        return 200 * hits / (predicted + gold) if predicted + gold else 0.0

    return f1
