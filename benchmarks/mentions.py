"""mentions: proper names on UNER's EWT (`data/ner_uner_ewt` on the words of `data/ud_ewt`), exact span and type, percent.

`f1`, `precision`, `recall` micro over Person, Organisation and Location, `person_f1` and so on apart. Words and sentences are
gold. For scale: XLM-R large fine-tuned has F1 83.9 on dev.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.reading import read
from benchmarks.spans import exact, figures, of_kinds
from training.corpora import NAMES, ewt


def run(data: Path, split: str) -> dict[str, Figure]:
    pairs = [(document.names or [], read(document).names) for document in ewt(data, split)]
    found = figures([exact(gold, names) for gold, names in pairs])
    for kind in NAMES.values():
        rows = [exact(of_kinds(gold, [kind]), of_kinds(names, [kind])) for gold, names in pairs]
        found |= figures(rows, prefix=f"{kind.lower()}_")
    return found
