"""What each head is trained for. Every loss is a sum over labelled items; `total` divides by the words of the batch, so that an item
counts about the same in whatever batch it comes. `lemma` is an auxiliary head, not shipped (scripts.py)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.network import COREFERENCE, EVENT, LINK, Reader
from training.windows import NONE

WEIGHTS = {
    "attribution": 1.0, "mention": 1.0, "name": 1.5, "upos": 0.4, "tag": 0.4, "lemma": 0.4, "arc": 1.0, "relation": 0.6,
    "link": 1.0, "event": 0.7, "factuality": 0.4, "coreference": 0.5,
}  # fmt: skip
CHAINED = ("attribution", "mention", "name")
"""Heads whose labels depend on their neighbours: decoded as a linear chain (CRF)."""


def chain(scores: Tensor, steps: Tensor, gold: Tensor, real: Tensor) -> Tensor:
    """Negative log-likelihood of label lines under a linear-chain CRF. scores (B, W, L), steps (L + 1, L): the last row is the
    start; gold (B, W); real (B, W), true words first in each line."""
    begin, move = steps[-1], steps[:-1]
    safe = gold.clamp(min=0)
    own = scores.gather(2, safe[..., None]).squeeze(-1) * real
    moved = (move[safe[:, :-1], safe[:, 1:]] * real[:, 1:]).sum()
    best = begin + scores[:, 0]
    for n in range(1, scores.shape[1]):
        new = torch.logsumexp(best[:, :, None] + move, dim=1) + scores[:, n]
        best = torch.where(real[:, n, None], new, best)
    return torch.logsumexp(best, dim=1).sum() - own.sum() - moved - begin[safe[:, 0]].sum()


def losses(model: Reader, batch: Batch, out: dict[str, Tensor]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for name in CHAINED:
        if name in batch.labels:
            gold = batch.labels[name]
            rows = (gold[:, 0] != NONE).nonzero().squeeze(1)
            found[name] = chain(out[name][rows], getattr(model, f"{name}_steps"), gold[rows], batch.word[rows])
    for name in ("upos", "tag", "lemma"):
        if name in batch.labels:
            found[name] = functional.cross_entropy(
                out[name].flatten(0, 1), batch.labels[name].flatten(), ignore_index=NONE, reduction="sum"
            )
    if "arc" in batch.labels:
        heads = batch.labels["arc"]
        scores = within(out["arc"], batch.sentence)
        found["arc"] = functional.cross_entropy(
            scores.flatten(0, 1), heads.flatten(), ignore_index=NONE, reduction="sum"
        )
        named = model.relations(out["relation_in"], heads.clamp(min=0))
        gold = torch.where(heads == NONE, NONE, batch.labels["relation"])
        found["relation"] = functional.cross_entropy(
            named.flatten(0, 1), gold.flatten(), ignore_index=NONE, reduction="sum"
        )
    links = [(n, i, j) for n, window in enumerate(batch.windows) for i, j in window.links]
    if links:
        n, i, j = torch.tensor(links).T
        q, k = out["link"].split(LINK, dim=-1)
        scores = torch.einsum("xd,xwd->xw", q[n, i], k[n]) / LINK**0.5
        found["link"] = functional.cross_entropy(scores.masked_fill(~batch.word[n], -1e4), j, reduction="sum")
    found |= _events(batch, out["event"]) | _coreference(batch, out["coreference"])
    judged = [(n, i, value) for n, window in enumerate(batch.windows) for i, value in window.factuality]
    if judged:
        n, i = torch.tensor([(n, i) for n, i, _ in judged]).T
        values = torch.tensor([value for _, _, value in judged])
        found["factuality"] = functional.smooth_l1_loss(out["factuality"][n, i], values, reduction="sum")
    return found


def within(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Scores of heads outside a word's own sentence, made impossible."""
    return arcs.masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)


def _events(batch: Batch, projected: Tensor) -> dict[str, Tensor]:
    items = [(n, verb) for n, window in enumerate(batch.windows) for verb, _ in window.events]
    if not items:
        return {}
    width = projected.shape[1]
    gold = torch.tensor(
        [marks + [NONE] * (width - len(marks)) for window in batch.windows for _, marks in window.events]
    )
    n, verb = torch.tensor(items).T
    q, begin, inside = projected.split(EVENT, dim=-1)
    asked = q[n, verb] / EVENT**0.5
    two = torch.stack([torch.einsum("xd,xwd->xw", asked, k[n]) for k in (begin, inside)], dim=-1)
    scores = torch.cat((torch.zeros_like(two[..., :1]), two), dim=-1)
    return {"event": functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=NONE, reduction="sum")}


def _coreference(batch: Batch, projected: Tensor) -> dict[str, Tensor]:
    """Each mention picks the words before it that are of its chain, or nothing (score 0)."""
    parts = []
    for n, window in enumerate(batch.windows):
        if window.chains is None or len(window.chains) < 2:
            continue
        at, number = torch.tensor(window.chains).T
        q, k = projected[n, at].split(COREFERENCE, dim=-1)
        scores = functional.pad(q @ k.T / COREFERENCE**0.5, (1, 0))
        earlier = torch.ones_like(scores, dtype=torch.bool).tril(0)
        earlier[:, 0] = True
        same = functional.pad((number[:, None] == number[None, :]) & (number[:, None] >= 0), (1, 0)) & earlier
        same[:, 0] = ~same[:, 1:].any(1)
        all_ = torch.logsumexp(scores.masked_fill(~earlier, -1e4), dim=1)
        parts.append((all_ - torch.logsumexp(scores.masked_fill(~same, -1e4), dim=1)).sum())
    return {"coreference": torch.stack(parts).sum()} if parts else {}


def total(found: dict[str, Tensor], words: int) -> Tensor:
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum() / words
