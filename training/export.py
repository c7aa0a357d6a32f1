"""Write the trained reader into the language pack: `python -m training.export [--from .train/reader/best.pt]`.

The ONNX graph is built here by hand, node by node: int8 weights with one scale per output (per row for embeddings), int8
activations with one scale per window and matrix (`DynamicQuantizeMatMul`), everything between the matrices in float. One window
per call, without padding: the same words give the same bytes in whatever company they come (DESIGN.md, Performance by design).

Inputs  pieces, cases (1, P) int64; first (W) int64, the piece at which each word begins.
Outputs attribution, mention, name (W, labels) float; upos, tag (W) int64; arc (W, W); relation_in, link, event,
        coreference (W, projections); factuality (W).
Writes `packs/en/reader.onnx` and `packs/en/reader.json` (labels, the chains' transitions, the scorers that run after the graph,
the vocabulary, sha256 of the graph).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.lemmas import tables
from training.network import ARC, COREFERENCE, EVENT, FACTUALITY, HEADS, HIDDEN, LAYERS, LINK, RELATION
from training.prepare import WORK, Labels, load, vocabulary
from whosays.language.weights import Weights

PACK = Path(__file__).parent.parent / "src/whosays/language/packs/en"
MICROSOFT = "com.microsoft"
LONGEST = 200
"""Positions kept: a window never has more pieces."""
LEVELS = 63
"""Of an int8 weight, to either side of zero. With 127 the sums of two products overflow 16 bits on processors without VNNI; with 63
they never do, and the figures on dev are the same."""

Array = np.ndarray


class Graph:
    """Nodes and weights, added one by one; every method gives the name of its output."""

    def __init__(self, state: dict[str, Array]) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Array) -> str:
        if all(name != known.name for known in self.weights):
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], *, out: str | None = None, domain: str = "", **attributes: object
    ) -> str:
        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def matrix(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x @ weight.T + bias in int8; weight (out, in)."""
        scale = np.abs(weight).max(axis=1) / LEVELS
        whole = np.clip(np.round(weight / scale[:, None]), -LEVELS, LEVELS).astype(np.int8)
        inputs = [
            x,
            self.weight(f"{name}.w", whole.T),
            self.weight(f"{name}.s", scale.astype(np.float32)),
            "",
            self.weight(f"{name}.b", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, domain=MICROSOFT)

    def linear(self, x: str, name: str) -> str:
        return self.matrix(x, name, self.state[f"{name}.weight"], self.state[f"{name}.bias"])

    def float_linear(self, x: str, name: str) -> str:
        product = self.node("MatMul", [x, self.weight(f"{name}.w", self.state[f"{name}.weight"].T)])
        return self.node("Add", [product, self.weight(f"{name}.b", self.state[f"{name}.bias"])])

    def rows(self, name: str, at: str) -> str:
        """Rows of an embedding kept in int8 with one scale each."""
        table = self.state[f"{name}.weight"]
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
        whole = np.round(table / scale).astype(np.int8)
        taken = self.node("Gather", [self.weight(f"{name}.w", whole), at])
        scales = self.node("Gather", [self.weight(f"{name}.s", scale.astype(np.float32)), at])
        return self.node("Mul", [self.node("Cast", [taken], to=TensorProto.FLOAT), scales])

    def norm(self, name: str, x: str, also: str) -> str:
        """Of the sum, in plain steps: onnxruntime's own LayerNormalization is not vectorised."""
        mean = self.weight("mean", np.full((HIDDEN, 1), 1 / HIDDEN, np.float32))
        total = self.node("Add", [x, also])
        middle = self.node("Sub", [total, self.node("MatMul", [total, mean])])
        variance = self.node("MatMul", [self.node("Mul", [middle, middle]), mean])
        spread = self.node("Sqrt", [self.node("Add", [variance, self.weight("tiny", np.array([1e-12], np.float32))])])
        even = self.node("Div", [middle, spread])
        scaled = self.node("Mul", [even, self.weight(f"{name}.g", self.state[f"{name}.weight"])])
        return self.node("Add", [scaled, self.weight(f"{name}.c", self.state[f"{name}.bias"])])

    def parts(self, x: str, sizes: dict[str, int]) -> dict[str, str]:
        """Split along the last axis."""
        key = "sizes_" + "_".join(map(str, sizes.values()))
        names = [f"{x}_{name}" for name in sizes]
        widths = self.weight(key, np.array(list(sizes.values()), np.int64))
        self.nodes.append(helper.make_node("Split", [x, widths], names, axis=-1))
        return dict(zip(sizes, names, strict=True))


def encoder(graph: Graph) -> str:
    """(1, P, H) from pieces and cases."""
    shape = graph.node("Shape", ["pieces"])
    length = graph.node("Gather", [shape, graph.weight("one", np.array([1], np.int64))])
    start, axes = graph.weight("zero", np.array([0], np.int64)), graph.weight("axis", np.array([0], np.int64))
    table = graph.weight("positions", graph.state["encoder.position.weight"][:LONGEST])
    places = graph.node("Slice", [table, start, length, axes])
    case = graph.node("Gather", [graph.weight("cases_table", graph.state["encoder.case.weight"]), "cases"])
    x = graph.norm("encoder.norm", graph.rows("encoder.word", "pieces"), graph.node("Add", [case, places]))
    for n in range(LAYERS):
        name = f"encoder.layers.{n}"
        qkv = graph.parts(graph.linear(x, f"{name}.qkv"), {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN})
        seen = graph.node("MultiHeadAttention", list(qkv.values()), domain=MICROSOFT, num_heads=HEADS)
        x = graph.norm(f"{name}.norm1", graph.linear(seen, f"{name}.out"), x)
        inner = graph.node("Gelu", [graph.linear(x, f"{name}.up")], domain=MICROSOFT)
        x = graph.norm(f"{name}.norm2", graph.linear(inner, f"{name}.down"), x)
    return x


def heads(graph: Graph, x: str, labels: Labels) -> None:
    """All heads as one matrix over the words' first pieces, then what each needs beyond it."""
    words = graph.node("Gather", [graph.node("Squeeze", [x, "zero"]), "first"])
    sizes = {
        "attribution": len(labels.attribution), "mention": len(labels.mention), "name": len(labels.name),
        "upos": len(labels.upos), "tag": len(labels.tag),
        "arc": 2 * ARC, "relation_in": 2 * RELATION, "link": 2 * LINK, "event": 3 * EVENT, "coreference": 2 * COREFERENCE,
        "factuality_in": FACTUALITY,
    }  # fmt: skip
    weight = np.concatenate([graph.state[f"{name}.weight"] for name in sizes])
    bias = np.concatenate([graph.state[f"{name}.bias"] for name in sizes])
    found = graph.parts(graph.matrix(words, "heads", weight, bias), sizes)
    for name in ("attribution", "mention", "name", "relation_in", "link", "event", "coreference"):
        graph.node("Identity", [found[name]], out=name)
    for name in ("upos", "tag"):
        graph.node("ArgMax", [found[name]], out=name, axis=-1, keepdims=0)
    two = graph.parts(graph.node("Gelu", [found["arc"]], domain=MICROSOFT), {"dependent": ARC, "head": ARC})
    bilinear = graph.state["arc_weight"]
    asked = graph.node("MatMul", [two["dependent"], graph.weight("arc.w", bilinear[:-1])])
    asked = graph.node("Add", [asked, graph.weight("arc.c", bilinear[-1])])
    graph.node("MatMul", [asked, graph.node("Transpose", [two["head"]], perm=[1, 0])], out="arc")
    inner = graph.node("Gelu", [found["factuality_in"]], domain=MICROSOFT)
    graph.node(
        "Squeeze",
        [graph.float_linear(inner, "factuality"), graph.weight("last", np.array([-1], np.int64))],
        out="factuality",
    )


def build(state: dict[str, Array], labels: Labels) -> onnx.ModelProto:
    graph = Graph(state)
    heads(graph, encoder(graph), labels)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "P"]) for name in ("pieces", "cases")]
    inputs.append(helper.make_tensor_value_info("first", TensorProto.INT64, ["W"]))
    floats = {
        "attribution": len(labels.attribution), "mention": len(labels.mention), "name": len(labels.name), "arc": "W",
        "relation_in": 2 * RELATION, "link": 2 * LINK, "event": 3 * EVENT, "coreference": 2 * COREFERENCE,
    }  # fmt: skip
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["W", size]) for name, size in floats.items()]
    outputs.append(helper.make_tensor_value_info("factuality", TensorProto.FLOAT, ["W"]))
    outputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ["W"]) for name in ("upos", "tag")]
    made = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def packed(value: Array) -> str:
    """A float array as base64 of its little-endian float32 bytes."""
    return base64.b64encode(np.ascontiguousarray(value, "<f4").tobytes()).decode()


def export(checkpoint: Path, folder: Path) -> None:
    average = torch.load(checkpoint, map_location="cpu")["average"]
    state = {name: value.numpy().astype(np.float32) for name, value in average.items()}
    labels = msgspec.json.decode((checkpoint.parent / "labels.json").read_bytes(), type=Labels)
    model = build(state, labels)
    onnx.checker.check_model(model)
    graph = model.SerializeToString()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reader.onnx").write_bytes(graph)
    exceptions, verbs = tables([*load("ewt", "train"), *load("gum", "train")])
    weights = Weights(
        sha256=hashlib.sha256(graph).hexdigest(),
        labels={name: getattr(labels, name) for name in labels.__struct_fields__ if name != "lemma"},
        steps={name: packed(state[f"{name}_steps"]) for name in ("attribution", "mention", "name")},
        relation_weight=packed(state["relation.weight"]),
        relation_bias=packed(state["relation.bias"]),
        coreference={},
        lemmas=exceptions,
        verbs=verbs,
        vocabulary=vocabulary(),
    )
    (folder / "reader.json").write_bytes(msgspec.json.encode(weights))
    print(f"{folder / 'reader.onnx'}: {len(graph):,} bytes")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--from", dest="checkpoint", type=Path, default=WORK / "reader/best.pt")
    options.add_argument("--to", type=Path, default=PACK)
    given = options.parse_args()
    export(given.checkpoint, given.to)


if __name__ == "__main__":
    main()
