"""coreference: mentions of the same thing within a document of GUM (`data/gum_entities_coref`), all genres, gold words. Percent.

`conll_f1` is the mean of `muc_f1`, `b3_f1` and `ceafe_f1` (clusters.py). Mentions are represented by their head words: that of a
gold mention by the gold tree, so that a found mention matches where its head is the gold one's (CRAC's head match). Chains of one
mention are left out on both sides. Of gold mentions with the same head only one counts (`A and B` and `A`: 1 % of the heads are in two
chains; the longer keeps it), so that figures are near those of corefud-scorer, not equal to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.clusters import METRICS, Shares, compare, disjoint, f1, precision, recall
from benchmarks.figures import Figure, measure
from benchmarks.reading import read
from training.corpora import gum

Row = dict[str, Shares]


def run(data: Path, split: str) -> dict[str, Figure]:
    rows = [
        compare(disjoint(document.chains), disjoint(read(document).chains))
        for document in gum(data, split, free=False)
        if document.chains is not None
    ]
    figures = {"conll_f1": measure(rows, conll)}
    for name in METRICS:
        shares = [row[name] for row in rows]
        figures[f"{name}_f1"] = measure(shares, f1)
        figures[f"{name}_precision"] = measure(shares, precision)
        figures[f"{name}_recall"] = measure(shares, recall)
    return figures


def conll(rows: Sequence[Row]) -> float:
    return sum(f1([row[name] for row in rows]) for name in METRICS) / len(METRICS)
