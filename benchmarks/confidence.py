"""confidence: is it as often right as it says? On the gold pages, each judged by weights fitted on the others.

`ece` (percent): expected calibration error over ten bins of equally many claims: how far, on average, the share of right claims in a
bin lies from its mean confidence. `brier` (x 100, lower is better) and `brier_gain`, how much lower it is than that of one number for
all. `auc`: how often a right claim is surer than a wrong one. Right: matched as the scorer does, with gold's source and polarity.
The reliability plot is printed, and drawn into benchmarks/results/confidence.svg.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.claims import scorer_of
from benchmarks.figures import Figure, measure
from training.confidence import fit, predict, rows

BINS = 10
PLOT = Path(__file__).parent / "results/confidence.svg"
Points = list[tuple[str, float, float]]
"""(page, confidence, 1 if right else 0)"""


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    found = rows(data, scorer_of(data))
    points: Points = []
    for page in sorted({row.page for row in found}):
        weights = fit([row for row in found if row.page != page])
        own = [row for row in found if row.page == page]
        points += [(page, float(p), float(row.right)) for p, row in zip(predict(weights, own), own, strict=True)]
    table = bins(points)
    for sure, right, n in table:
        print(f"  {sure:4.2f} {'#' * round(40 * right):40s} {right:4.2f}  n = {n}")
    PLOT.parent.mkdir(exist_ok=True)
    PLOT.write_text(drawn(table), "utf-8")
    pages = [[point for point in points if point[0] == page] for page in sorted({page for page, _, _ in points})]

    def over(statistic: str) -> Figure:
        figure = measure(pages, lambda some: _STATISTICS[statistic]([point for page in some for point in page]))
        return Figure(_STATISTICS[statistic](points), len(points), figure.low, figure.high, of="claims")

    return {name: over(name) for name in _STATISTICS}


def bins(points: Points) -> list[tuple[float, float, int]]:
    """(mean confidence, share of right ones, how many) of ten bins of equally many claims."""
    values = np.array(sorted((sure, right) for _, sure, right in points))
    return [(float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)) for part in np.array_split(values, BINS)]


def ece(points: Points) -> float:
    return 100 * sum(n * abs(sure - right) for sure, right, n in bins(points)) / len(points)


def brier(points: Points) -> float:
    sure, right = _columns(points)
    return float(100 * ((sure - right) ** 2).mean())


def brier_gain(points: Points) -> float:
    _, right = _columns(points)
    return float(100 * right.var()) - brier(points)


def auc(points: Points) -> float:
    sure, right = _columns(points)
    good, bad = sure[right == 1], sure[right == 0]
    return (
        float(100 * np.mean((good[:, None] > bad) + 0.5 * (good[:, None] == bad))) if len(good) and len(bad) else 50.0
    )


_STATISTICS = {"ece": ece, "brier": brier, "brier_gain": brier_gain, "auc": auc}


def _columns(points: Points) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return np.array([sure for _, sure, _ in points]), np.array([right for _, _, right in points])


def drawn(table: list[tuple[float, float, int]]) -> str:
    """The reliability plot: confidence to the right, share of right claims upwards, the diagonal is perfect."""
    dots = "".join(
        f'<circle cx="{40 + 300 * sure:.0f}" cy="{320 - 300 * right:.0f}" r="5"><title>{n} claims</title></circle>'
        for sure, right, n in table
    )
    marks = "".join(
        f'<text x="{40 + 300 * tick:.0f}" y="338" text-anchor="middle">{tick:.1f}</text>'
        f'<text x="32" y="{324 - 300 * tick:.0f}" text-anchor="end">{tick:.1f}</text>'
        for tick in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 370" font-family="sans-serif" font-size="12">'
        '<rect width="360" height="370" fill="white"/>'
        '<path d="M40 20V320H340M40 320L340 20" fill="none" stroke="grey"/>'
        f'{marks}<text x="190" y="360" text-anchor="middle">confidence</text>'
        '<text x="12" y="170" text-anchor="middle" transform="rotate(-90 12 170)">share that is right</text>'
        f'<g fill="steelblue">{dots}</g></svg>\n'
    )
