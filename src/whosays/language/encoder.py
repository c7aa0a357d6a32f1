"""The network at run time: an ONNX session that reads one window per call.

Activations are scaled to int8 over the whole of a call, so a window is never padded or put together with others: its outputs
are the same bytes alone, in any company, on one thread or several (each call runs on one thread).

onnxruntime reports to its maker unless it is told not to before it is loaded: it writes a number for this machine into the user's
folder and sends what it ran. What analysts read is nobody's business, so it is told here, where it is first loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whosays.language.windows import Window

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Output:
    """What the graph gives for the W words of a window; see training/export.py for the meaning of each."""

    attribution: Floats
    mention: Floats
    name: Floats
    arc: Floats
    relation_in: Floats
    link: Floats
    event: Floats
    coreference: Floats
    factuality: Floats
    upos: Ints
    tag: Ints


class Encoder:
    """Reads windows, `threads` of them at once."""

    def __init__(self, graph: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = True
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def read(self, windows: Sequence[Window], *, threads: int = 1) -> Iterator[Output]:
        """What is given for each, in order; while one is decoded, the next are read."""
        if threads == 1 or len(windows) < 2:
            yield from map(self._one, windows)
        else:
            with ThreadPoolExecutor(threads) as pool:
                yield from pool.map(self._one, windows)

    def _one(self, window: Window) -> Output:
        given = {
            "pieces": np.array([window.pieces], np.int64),
            "cases": np.array([window.cases], np.int64),
            "first": np.array(window.first, np.int64),
        }
        return Output(*self._session.run(list(Output.__slots__), given))
