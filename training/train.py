"""Train the reader: `python -m training.train` (CPU by default, a GPU if there is one; seeded; goes on where it was stopped).

Needs `python -m training.prepare` first. Writes `.train/<name>/last.pt` (all that is needed to go on) and `best.pt` (averaged
weights). Two CPU cores read 1,300 to 1,900 pieces a second here, in 3 GB; CARD.md says how long the shipped run took.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from pathlib import Path

import msgspec
import torch

from training.batches import batches, stack
from training.documents import Document
from training.losses import losses, total
from training.network import Reader, Sizes, pretrained
from training.prepare import WORK, Labels, load, vocabulary
from training.variants import curled, headlines, straightened
from training.windows import Cutter, Window
from whosays.language.pieces import Pieces

SEED = 20261123
SHARES = {
    "polnear": 1.0,
    "ewt": 1.5,
    "gum": 1.5,
    "re3d": 3.0,
    "events": 0.7,
    "meantime": 1.0,
    "wikigold": 1.5,
}
"""How often a corpus is read in one epoch."""
ASIDE = {"gum_attributed": 1.5, "uner": 1.5, "wnut17": 0.5}
"""Only when asked for by name."""
SILENT = 0.35
"""Share of PolNeAR windows without an attribution that is kept."""
ENCODER, HEADS, WARM, DECAY, AVERAGED = 1.4e-4, 1e-3, 0.06, 0.01, 0.998


def epoch(
    cutter: Cutter, corpora: dict[str, list[Document]], number: int, shares: dict[str, float]
) -> list[list[Window]]:
    """The batches of one epoch: the same for the same number, so that a stopped run goes on where it was."""
    draw = random.Random(SEED + number)
    windows: list[Window] = []
    for corpus, share in shares.items():
        documents = list(corpora[corpus])
        chosen = documents * int(share) + draw.sample(documents, round(len(documents) * (share % 1)))
        for document in chosen:
            if document.syntax is not None:
                for headline in headlines(document, draw, share=0.07):
                    windows += cutter.cut(headline, draw)
                document = curled(document) if draw.random() < 0.4 else document
            elif draw.random() < 0.3:
                document = straightened(document)
            cut = cutter.cut(document, draw)
            windows += (w for w in cut if corpus != "polnear" or any(w.labels["attribution"]) or draw.random() < SILENT)
    return batches(windows, draw)


def optimizer(model: Reader, rate: float) -> torch.optim.Optimizer:
    inner = list(model.encoder.parameters())
    known = {id(p) for p in inner}
    outer = [p for p in model.parameters() if id(p) not in known]
    return torch.optim.AdamW(
        [{"params": inner, "peak": rate * ENCODER}, {"params": outer, "peak": rate * HEADS}],
        weight_decay=DECAY,
        fused=True,
    )


def pace(step: int, steps: int) -> float:
    """Linear warm-up, linear decay."""
    warm = WARM * steps
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


class Average:
    """Exponentially averaged weights: what is kept at the end."""

    def __init__(self, model: Reader) -> None:
        self.values = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def take(self, model: Reader, step: int) -> None:
        keep = min(AVERAGED, (1 + step) / (10 + step))
        for name, value in model.state_dict().items():
            self.values[name].lerp_(value, 1 - keep)


class Run:
    """One training, with all that is needed to go on where it was stopped."""

    def __init__(self, name: str, shares: dict[str, float], *, start: Path | None, rate: float) -> None:
        torch.manual_seed(SEED)
        torch.set_default_device("cuda" if torch.cuda.is_available() else "cpu")
        self.folder = WORK / name
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (
            self.folder / "labels.json"
        ).exists():  # they belong to the weights: a later `prepare` must not change them
            (self.folder / "labels.json").write_bytes((WORK / "labels.json").read_bytes())
        labels = msgspec.json.decode((self.folder / "labels.json").read_bytes(), type=Labels)
        self.cutter = Cutter(Pieces(vocabulary()), labels)
        self.corpora, self.shares = {corpus: load(corpus, "train") for corpus in shares}, shares
        self.model = Reader(Sizes(**{field: len(getattr(labels, field)) for field in labels.__struct_fields__}))
        pretrained(self.model.encoder)
        if start is not None:
            self.model.load_state_dict(torch.load(start)["average"])
        self.optimizer = optimizer(self.model, rate)
        self.average = Average(self.model)
        self.epoch = self.batch = 0
        if (self.folder / "last.pt").exists():
            self._resume()

    def _resume(self) -> None:
        state = torch.load(self.folder / "last.pt")
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.values, self.epoch, self.batch = state["average"], state["epoch"], state["step"]
        torch.set_rng_state(state["random"].cpu() if "random" in state else torch.get_rng_state())

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": self.average.values,
            "epoch": self.epoch,
            "step": self.batch,
            "random": torch.get_rng_state(),
        }
        torch.save(state, self.folder / "new.pt")
        (self.folder / "new.pt").replace(self.folder / "last.pt")

    def learn(self, group: list[Window], share: float) -> tuple[dict[str, float], int, int]:
        """One step; the losses of the heads, the words and the pieces that it read."""
        for one in self.optimizer.param_groups:
            one["lr"] = one["peak"] * share
        batch = stack(group)
        out = self.model(self.model.words(batch.pieces, batch.cases, batch.real, batch.first))
        found, words = losses(self.model, batch, out), int(batch.word.sum())
        total(found, words).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return {head: float(loss.detach()) for head, loss in found.items()}, words, int(batch.real.sum())

    def go(self, epochs: int) -> None:
        """To the end of so many epochs."""
        if self.epoch >= epochs:
            print(f"{self.folder} is trained; remove it to train anew")
        per_epoch = len(epoch(self.cutter, self.corpora, 0, self.shares))
        self.model.train()
        while self.epoch < epochs:
            groups = epoch(self.cutter, self.corpora, self.epoch, self.shares)
            shown = Shown(f"epoch {self.epoch + 1}", len(groups))
            for number, group in list(enumerate(groups))[self.batch :]:
                step = self.epoch * per_epoch + number
                shown.add(number, *self.learn(group, pace(step, per_epoch * epochs)))
                self.average.take(self.model, step)
                self.batch = number + 1
                if self.batch % 300 == 0:
                    self.save()
            self.epoch, self.batch = self.epoch + 1, 0
            self.save()
        torch.save({"average": self.average.values}, self.folder / "best.pt")


class Shown:
    """Progress, every fifty batches."""

    def __init__(self, title: str, batches: int) -> None:
        self.title, self.batches, self.began = title, batches, time.monotonic()
        self.sums: dict[str, float] = defaultdict(float)
        self.words = self.pieces = 0

    def add(self, number: int, found: dict[str, float], words: int, pieces: int) -> None:
        self.words, self.pieces = self.words + words, self.pieces + pieces
        for head, loss in found.items():
            self.sums[head] += loss
        if number % 50 == 49:
            spent = time.monotonic() - self.began
            heads = " ".join(f"{head} {value / self.words:.3f}" for head, value in sorted(self.sums.items()))
            print(f"{self.title} {number + 1}/{self.batches} {self.pieces / spent:.0f} pieces/s  {heads}", flush=True)
            self.sums.clear()
            self.words = 0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--name", default="reader")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--only", nargs="*", help="corpora, instead of all; needs a --name of its own")
    options.add_argument("--start", type=Path, help="weights to start from, instead of the public ones")
    options.add_argument(
        "--rate", type=float, default=1.0, help="of learning, against that of a run from the public weights"
    )
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    if (given.only or given.start) and given.name == "reader":
        options.error(
            "--only and --start need a --name, so that they do not go on from the run that began with nothing"
        )
    torch.set_num_threads(given.threads)
    shares = {corpus: (SHARES | ASIDE)[corpus] for corpus in given.only} if given.only else SHARES
    Run(given.name, shares, start=given.start, rate=given.rate).go(given.epochs)


if __name__ == "__main__":
    main()
