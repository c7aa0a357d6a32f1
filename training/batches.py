"""Windows made into batches of tensors."""

from __future__ import annotations

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from training.windows import NONE, Window


@dataclass
class Batch:
    """Tensors of some windows: pieces, cases (B, P), real (B, P), first, sentence, word (B, W) and labels (B, W)."""

    pieces: Tensor
    cases: Tensor
    real: Tensor
    first: Tensor
    sentence: Tensor
    word: Tensor
    labels: dict[str, Tensor]
    windows: list[Window]


def stack(windows: list[Window]) -> Batch:
    def padded(lines: list[list[int]], width: int, filling: int) -> Tensor:
        return torch.tensor([line + [filling] * (width - len(line)) for line in lines])

    p, w = max(len(x.pieces) for x in windows), max(len(x.first) for x in windows)
    names = {name for window in windows for name in window.labels}
    empty: list[int] = []
    return Batch(
        padded([x.pieces for x in windows], p, 0),
        padded([x.cases for x in windows], p, 0),
        padded([[1] * len(x.pieces) for x in windows], p, 0).bool(),
        padded([x.first for x in windows], w, 0),
        padded([x.sentence for x in windows], w, -1),
        padded([[1] * len(x.first) for x in windows], w, 0).bool(),
        {name: padded([x.labels.get(name, empty) for x in windows], w, NONE) for name in sorted(names)},
        windows,
    )


def batches(windows: list[Window], draw: random.Random, *, pieces: int = 3072) -> list[list[Window]]:
    """Windows grouped by length, about so many pieces to a group, in random order."""
    ordered = sorted(windows, key=lambda window: len(window.pieces) + 8 * draw.random())
    groups: list[list[Window]] = [[]]
    for window in ordered:
        if groups[-1] and len(window.pieces) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(window)
    draw.shuffle(groups)
    return [group for group in groups if group]
