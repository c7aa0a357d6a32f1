"""speed_language: how fast and in how much memory `whosays.language.parse` reads news (texts of `data/attribution_polnear`).

`words_per_s`, `words_per_s_1`: words (what stands between white space) a second of wall time with two threads on two cores and with one on
one, each document of the split once, in a process of its own that has read one document before. `memory_mb`: the most resident memory
(VmHWM) that the process with two threads ever had, after 1,000 articles, the documents as often as needed; Linux only.

`of_matrix_rate`: our speed over that of the int8 matrices of the encoder's layers alone, on the same windows, two threads.
`times_torch`: our speed over that of the same network in float under PyTorch (its windows padded into one batch, nothing decoded).

`python -m benchmarks.speed_language DATA SPLIT THREADS ARTICLES` is that process; it prints one line of JSON.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

import msgspec
import numpy as np
import onnx
import onnxruntime

from benchmarks.figures import Figure, measure
from training.corpora import rows
from whosays.language import pack, parse, weights
from whosays.language.pieces import Pieces
from whosays.language.windows import Window, cut
from whosays.nouns import Article, Part, PartKind, Reading, Span
from whosays.text import trim

ARTICLES = 1_000
SIDE_BY_SIDE = 24
"""Articles on which our speed is held against the matrices alone and against PyTorch."""
LAYERS, HIDDEN, INNER = 6, 384, 1536
HERE = Path(__file__).parent.parent
Timed = tuple[int, float]
"""Words of an article, seconds that it took."""


class Report(msgspec.Struct):
    """What the process measured: each article in order, and its memory in MB (0 where the system does not say)."""

    timed: list[Timed]
    memory_mb: float


def run(data: Path, split: str) -> dict[str, Figure]:
    return side_by_side(data, split, count=SIDE_BY_SIDE)


def run_long(data: Path, split: str) -> dict[str, Figure]:
    """The same, and the memory after 1,000 articles."""
    return side_by_side(data, split, count=ARTICLES)


def side_by_side(data: Path, split: str, *, count: int) -> dict[str, Figure]:
    two = apart(data, split, threads=2, count=count)
    one = apart(data, split, threads=1, count=SIDE_BY_SIDE)
    figures = {
        "words_per_s": measure(
            two.timed[:SIDE_BY_SIDE], rate
        ),  # later ones may have been read before: caches know their words
        "words_per_s_1": measure(one.timed, rate),
    }
    if two.memory_mb:
        figures["memory_mb"] = Figure(two.memory_mb, count, of="articles")
    own = windows_of(articles(data, split)[:SIDE_BY_SIDE])
    timed = two.timed[:SIDE_BY_SIDE]
    figures["of_matrix_rate"] = ratio(matrix_rate(own, threads=2), timed)
    if find_spec("torch") is None:
        print(
            "times_torch: NOT MEASURED, PyTorch is not installed here: .train/venv/bin/python -m benchmarks speed_language"
        )
    else:
        figures["times_torch"] = ratio(torch_rate(own, threads=2), timed)
    return figures


def ratio(other: Sequence[float], timed: Sequence[Timed]) -> Figure:
    """How many times as fast we are as something that took so long for each of the same articles."""
    pairs = [(theirs, ours) for theirs, (_, ours) in zip(other, timed, strict=True)]
    return measure(pairs, lambda rows: sum(theirs for theirs, _ in rows) / sum(ours for _, ours in rows))


def matrix_rate(windows: Sequence[Sequence[Window]], *, threads: int) -> list[float]:
    """Seconds for each article if the int8 matrices of the encoder's layers were all there is to do (MatMulInteger on ready-made
    bytes, one window a call): the bound that `words_per_s` is held against."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(matrices().SerializeToString(), options, providers=["CPUExecutionProvider"])

    def one(window: Window) -> None:
        size = len(window.pieces)
        session.run(None, {"narrow": np.full((size, HIDDEN), 7, np.uint8), "wide": np.full((size, INNER), 7, np.uint8)})

    with ThreadPoolExecutor(threads) as pool:
        return [seconds(lambda own=own: list(pool.map(one, own))) for own in [windows[0], *windows]][1:]


def matrices() -> onnx.ModelProto:
    """The four matrices of each of the six layers, with random weights and nothing between them."""
    draw = np.random.default_rng(1)
    nodes, weights, outputs = [], [], []
    for layer in range(LAYERS):
        for name, given, shape in (
            ("qkv", "narrow", (HIDDEN, 3 * HIDDEN)),
            ("out", "narrow", (HIDDEN, HIDDEN)),
            ("up", "narrow", (HIDDEN, INNER)),
            ("down", "wide", (INNER, HIDDEN)),
        ):
            weight, output = f"{name}{layer}", f"{name}{layer}_out"
            weights.append(onnx.numpy_helper.from_array(draw.integers(-127, 128, shape, np.int8), weight))
            nodes.append(onnx.helper.make_node("MatMulInteger", [given, weight], [output]))
            outputs.append(onnx.helper.make_tensor_value_info(output, onnx.TensorProto.INT32, ["P", shape[1]]))
    inputs = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.UINT8, ["P", width])
        for name, width in (("narrow", HIDDEN), ("wide", INNER))
    ]
    graph = onnx.helper.make_graph(nodes, "matrices", inputs, outputs, weights)
    return onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)


def torch_rate(windows: Sequence[Sequence[Window]], *, threads: int) -> list[float]:
    """Seconds for each article of the same network in float under PyTorch, its windows padded into one batch; no decoding."""
    import torch

    from training.network import Reader, Sizes

    torch.set_num_threads(threads)
    model = Reader(Sizes(7, 21, 7, 17, 49, 178, 50)).eval()

    def padded(lines: Sequence[Sequence[int]]) -> torch.Tensor:
        longest = max(map(len, lines))
        return torch.tensor([[*line, *[0] * (longest - len(line))] for line in lines])

    def one(own: Sequence[Window]) -> None:
        pieces, cases, first = (padded([getattr(w, name) for w in own]) for name in ("pieces", "cases", "first"))
        model(model.words(pieces, cases, pieces > 0, first))

    with torch.inference_mode():
        return [seconds(lambda own=own: one(own)) for own in [windows[0], *windows]][1:]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def windows_of(found: Sequence[Article]) -> list[list[Window]]:
    """What the encoder is given for each article."""
    english = pack("en")
    pieces = Pieces(weights.load(english.weights)[0].vocabulary)
    cut_ = []
    for one in found:
        reading = parse(one, english)
        words = pieces.of([token.span.of(one.text) for token in reading.tokens])
        lines = set(line_starts(reading))
        cut_.append(cut(words, [sentence.tokens[0] for sentence in reading.sentences], lines))
    return [own for own in cut_ if own]


def line_starts(reading: Reading) -> Iterator[int]:
    """The first word of each part."""
    starts = {part.span.start for part in reading.article.parts}
    return (sentence.tokens[0] for sentence in reading.sentences if sentence.span.start in starts)


def articles(data: Path, split: str) -> list[Article]:
    """The texts as articles with one paragraph to a line."""
    return [article(row["id"], row["text"]) for row in rows(data / f"attribution_polnear/{split}.jsonl.gz")]


def article(name: str, text: str) -> Article:
    parts, at = [], 0
    for line in text.splitlines(keepends=True):
        start, end = trim(text, at, at + len(line))
        if start < end:
            parts.append(Part(PartKind.PARAGRAPH, Span(start, end)))
        at += len(line)
    return Article(id=name, text=text, parts=tuple(parts))


def rate(timed: Sequence[Timed]) -> float:
    return sum(words for words, _ in timed) / (sum(seconds for _, seconds in timed) or 1e-9)


def apart(data: Path, split: str, *, threads: int, count: int) -> Report:
    """`timing` in a fresh process: its memory is its own, and so is its share of the machine."""
    command = [sys.executable, "-m", "benchmarks.speed_language", str(data.resolve()), split, str(threads), str(count)]
    done = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Report)


def timing(data: Path, split: str, *, threads: int, count: int) -> Report:
    """Read so many articles, one after the other, after one that is not counted."""
    found = articles(data, split)
    english = pack("en")
    parse(found[-1], english, threads=threads)
    timed = []
    for one in islice(cycle(found), count):
        started = time.perf_counter()
        parse(one, english, threads=threads)
        timed.append((len(one.text.split()), time.perf_counter() - started))
    return Report(timed, memory())


def memory() -> float:
    """The most resident memory that this process ever had, in MB."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:")), 0.0)


def keep_to(cores: int) -> None:
    """Leave this process so many processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


if __name__ == "__main__":
    folder, chosen, threads, count = sys.argv[1:]
    keep_to(int(threads))
    report = timing(Path(folder), chosen, threads=int(threads), count=int(count))
    print(msgspec.json.encode(report).decode())
