"""Fit the weights of `claims/confidence.yml` on annotated pages: `python -m training.confidence [GOLD FOLDER]`.

A claim is right if it is matched to a gold claim as the scorer matches them, with gold's source and polarity. Logistic regression over the
reasons that hold of it, with a prior that keeps weights small (a page has few claims): Newton's method, a handful of steps.
`benchmarks/confidence.py` uses the same rows and the same fit, leaving out one page at a time.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whosays import pipeline, wire
from whosays.claims.confidence import REASONS, name
from whosays.nouns import Meta, Refusal

OUT = Path(__file__).parent.parent / "src/whosays/claims/confidence.yml"
PRIOR = 1.0
"""Precision of the prior on each weight; the base has none. Chosen by the held-out Brier score among 0.3, 1, 3, 10 and 30."""
NAMES = tuple(map(name, REASONS))
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    page: str
    reasons: tuple[str, ...]
    right: bool


def rows(gold: Path, scorer: Path) -> list[Row]:
    """One per claim that is read from the pages of a gold folder."""
    judge = _module(scorer)
    return [row for page in sorted(gold.glob("*.json")) for row in _of_page(page, judge)]


def _of_page(gold: Path, judge: Any) -> list[Row]:
    annotated = json.loads(gold.read_text("utf-8"))
    published = annotated["published"] and date.fromisoformat(annotated["published"])
    page = pipeline.read_page(gold.with_suffix(".txt").read_bytes(), Meta(name=f"{gold.stem}.txt", published=published))
    if isinstance(page, Refusal):
        return []
    found = json.loads(wire.page_json(wire.page(page.article, page.claims, ())))["claims"]
    right = matched(annotated["claims"], found, judge)
    return [Row(gold.stem, tuple(one["reasons"]), n in right) for n, one in enumerate(found)]


def matched(gold: list[dict[str, Any]], found: list[dict[str, Any]], judge: Any) -> set[int]:
    """Numbers of the found claims that are right."""
    pairs = [
        (sum(value is True for value in judge.agree(g, f).values()), judge.overlap(g, f), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g["type"] == f["type"] and judge.overlap(g, f) >= 0.4
    ]
    taken: set[int] = set()
    right: dict[int, bool] = {}
    for _, _, i, j in sorted(pairs, reverse=True):
        if i not in taken and j not in right:
            taken.add(i)
            agree = judge.agree(gold[i], found[j])
            right[j] = agree["source"] and agree["polarity"]
    return {j for j, good in right.items() if good}


def fit(examples: Sequence[Row], prior: float = PRIOR) -> Weights:
    """Base and weights, in the order of NAMES."""
    x, y = _matrix(examples)
    weights = np.zeros(x.shape[1])
    penalty = np.diag([1e-6, *([prior] * len(NAMES))])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - penalty @ weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, slope)
    return weights


def predict(weights: Weights, examples: Sequence[Row]) -> npt.NDArray[np.float64]:
    x, _ = _matrix(examples)
    return np.asarray(1 / (1 + np.exp(-x @ weights)))


def _matrix(examples: Sequence[Row]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    x = np.array([[1.0, *(float(one in row.reasons) for one in NAMES)] for row in examples])
    return x, np.array([float(row.right) for row in examples])


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_claims", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    from benchmarks.__main__ import SHARED

    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "gold/dev"
    examples = rows(gold, SHARED / "tools/score_claims.py")
    weights = fit(examples)
    told = ["# Log-odds of reasons (claims/confidence.py); fitted by `python -m training.confidence`, never by hand."]
    told += [f"{key}: {weight:.2f}" for key, weight in zip(("base", *NAMES), weights, strict=True)]
    OUT.write_text("\n".join(told) + "\n", "utf-8")
    print(f"{len(examples)} claims, {sum(row.right for row in examples)} right\n" + "\n".join(told[1:]))


if __name__ == "__main__":
    main()
