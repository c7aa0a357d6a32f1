"""A figure with its count and its interval; how figures are shown and held against floors."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Figure:
    """`n` counts what the value rests on (documents unless `of` says otherwise); low and high: 95 % bootstrap interval."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None
    of: str = "documents"


def measure(
    rows: Sequence[Row], statistic: Callable[[Sequence[Row]], float], *, rounds: int = 1000, seed: int = 1
) -> Figure:
    """A statistic over per-document rows, with a percentile bootstrap over documents."""
    draw = random.Random(seed)
    values = sorted(statistic(draw.choices(rows, k=len(rows))) for _ in range(rounds)) if len(rows) > 1 else []
    low, high = (values[int(rounds * 0.025)], values[int(rounds * 0.975)]) if values else (None, None)
    return Figure(statistic(rows) if rows else 0.0, len(rows), low, high)


def plain(figures: Mapping[str, Figure]) -> dict[str, float]:
    """Figures as flat numbers: NAME, NAME_n, NAME_low, NAME_high."""
    flat: dict[str, float] = {}
    for name, figure in figures.items():
        flat |= {name: figure.value, f"{name}_n": figure.n}
        if figure.low is not None and figure.high is not None:
            flat |= {f"{name}_low": figure.low, f"{name}_high": figure.high}
    return flat


def show(name: str, figures: Mapping[str, Figure], *, seconds: float) -> None:
    print(f"\n{name}  ({seconds:.1f} s)")
    for key, figure in figures.items():
        interval = "" if figure.low is None else f"  [{figure.low:.4g}, {figure.high:.4g}]"
        print(f"  {key:28s} {figure.value:10.4g}{interval}  n = {figure.n} {figure.of}")


def hold(figures: Mapping[str, Mapping[str, Figure]], floors: Path) -> list[str]:
    """Each floor is `benchmark.figure`: a number that the figure must reach, or {"max": number}. Says which are broken."""
    broken = []
    for key, floor in json.loads(floors.read_text()).items():
        benchmark, _, name = key.partition(".")
        if benchmark not in figures:
            print(f"NOT HELD  {key}: no data, not measured")
            continue
        value = figures[benchmark][name].value
        kept = value <= floor["max"] if isinstance(floor, dict) else value >= floor
        print(f"{'held  ' if kept else 'BROKEN'}  {key}: {value:.4g} against {floor}")
        broken += [] if kept else [key]
    return broken
