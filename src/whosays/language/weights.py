"""Weights of a pack: the ONNX graph with its checksum, and the small tables that are used after it.

Nothing is downloaded. A graph whose bytes are not those that were exported is refused: an AssetError says what to do.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources.abc import Traversable

import msgspec
import numpy as np
from numpy.typing import NDArray

from whosays.errors import AssetError

Floats = NDArray[np.float32]


class Weights(msgspec.Struct, frozen=True):
    """`reader.json`: what `training.export` writes beside the graph."""

    sha256: str
    labels: dict[str, list[str]]
    """Per head, what its outputs mean."""
    steps: dict[str, str]
    """Transitions of the chained heads, packed: (labels + 1, labels), the last row is the start."""
    relation_weight: str
    relation_bias: str
    coreference: dict[str, str]
    """Weights of its signals, packed (coreference.py); empty before they are learned."""
    lemmas: dict[str, str]
    """Exceptions of the lemmatizer: form/tag → lemma."""
    verbs: list[str]
    vocabulary: list[str]

    def array(self, packed: str, *shape: int) -> Floats:
        """A packed table; -1 for the side that follows from the other."""
        return np.frombuffer(base64.b64decode(packed), dtype="<f4").reshape(*shape)


def load(folder: Traversable) -> tuple[Weights, bytes]:
    """The tables and the graph that a folder holds. AssetError where they are missing or the checksum is another."""
    try:
        weights = msgspec.json.decode(folder.joinpath("reader.json").read_bytes(), type=Weights)
        graph = folder.joinpath("reader.onnx").read_bytes()
    except (OSError, msgspec.MsgspecError) as error:
        raise AssetError(f"the weights in {folder} cannot be read ({error}); install whosays again") from error
    if hashlib.sha256(graph).hexdigest() != weights.sha256:
        raise AssetError(f"{folder}/reader.onnx is not the file that was exported; install whosays again")
    return weights, graph
