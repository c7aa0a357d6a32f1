"""Learn the weights of coreference's signals on GUM: `python -m training.coreference` (two minutes; after `training.export`).

The encoder is not touched: its projections are read from the exported graph over whole documents, so that links reach as far as
at run time, and trees are the predicted ones. Writes the weights into `packs/en/reader.json`.
"""

from __future__ import annotations

import msgspec
import numpy as np
import torch
from torch import Tensor

from training.corpora import DATA, gum
from training.export import PACK, packed
from whosays.language import coreference
from whosays.language.coreference import KINDS, MATCHES, Pairs
from whosays.language.model import load
from whosays.language.packs import pack
from whosays.language.weights import Weights

ROUNDS, RATE, DECAY, SEED = 20, 0.03, 1e-4, 20261123
DISTANCES = 7

Example = tuple[Tensor, Tensor, Pairs, Tensor, Tensor]


def examples() -> list[Example]:
    """Per document: raw scores of the pairs, which are real, the signals, each nominal's kind, which pairs are right."""
    model = load(pack("en"))
    found: list[Example] = []
    for document in gum(DATA, "train"):
        if not document.chains:
            continue
        read, projected = model.projected(document.words, document.sentences, document.lines)
        nominals = coreference.nominals(document.words, read.upos, read.heads, read.relations)
        signals = coreference.pairs(nominals)
        chain = {n: number for number, group in enumerate(document.chains) for n in group}
        number = np.array([chain.get(n, -1 - n) for n in nominals.at])
        right = (number[:, None] == number[signals.other]) & signals.real
        rows = coreference.repeats(nominals, signals, projected)
        found.append(
            (torch.tensor(rows), torch.tensor(signals.real), signals, torch.tensor(nominals.kind), torch.tensor(right))
        )
    return found


def learn(documents: list[Example]) -> dict[str, Tensor]:
    torch.manual_seed(SEED)
    weights = {
        "scale": torch.ones(1),
        "distance": torch.zeros(len(KINDS), DISTANCES),
        "kinds": torch.zeros(len(KINDS) ** 2),
        "match": torch.zeros(len(KINDS), len(MATCHES)),
    }
    for weight in weights.values():
        weight.requires_grad_()
    steering = torch.optim.AdamW(weights.values(), RATE, weight_decay=DECAY)
    for number in range(ROUNDS):
        lost = 0.0
        for rows, real, signals, kind, right in documents:
            table = (
                weights["scale"] * rows
                + weights["distance"][kind[:, None], torch.tensor(signals.distance)]
                + weights["kinds"][torch.tensor(signals.kinds)]
                + weights["match"][kind[:, None], torch.tensor(signals.match)]
            ).masked_fill(~real, -1e6)
            none = torch.zeros(len(table), 1)
            wanted = torch.where(right.any(1), torch.logsumexp(table.masked_fill(~right, -1e6), 1), none[:, 0])
            loss = (torch.logsumexp(torch.cat((none, table), 1), 1) - wanted).mean()
            loss.backward()
            steering.step()
            steering.zero_grad()
            lost += float(loss.detach())
        print(f"round {number + 1}: {lost / len(documents):.4f}", flush=True)
    return {name: weight.detach() for name, weight in weights.items()}


def main() -> None:
    weights = learn(examples())
    path = PACK / "reader.json"
    kept = msgspec.json.decode(path.read_bytes(), type=Weights)
    kept = msgspec.structs.replace(kept, coreference={name: packed(value.numpy()) for name, value in weights.items()})
    path.write_bytes(msgspec.json.encode(kept))


if __name__ == "__main__":
    main()
