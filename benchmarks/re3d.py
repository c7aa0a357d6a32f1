"""re3d: mentions in reports on Syria and Iraq (`data/re3d`), own document split, words cut as at run time, percent.

`f1`, `precision`, `recall`: exact span and type, micro over ten types (training.corpora.KINDS); `overlap_f1`: a word shared with
a gold mention of the type, one to one. `organisation_f1`, `location_f1`, `person_f1`: exact, one type; `three_f1`: the three
together. `names_only_f1`: what the head for proper names, trained on web text, has by itself on all ten types, and
`names_only_three_f1` on its own three. Gold has no overlapping mentions: of two the longer is kept.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.reading import read
from benchmarks.spans import exact, figures, of_kinds, overlapping
from training.corpora import re3d

THREE = ("Organisation", "Location", "Person")


def run(data: Path, split: str) -> dict[str, Figure]:
    read_all = [(document.mentions or [], read(document)) for document in re3d(data, split, free=False)]
    pairs = [(gold, analysis.mentions) for gold, analysis in read_all]
    named = [(gold, analysis.names) for gold, analysis in read_all]
    found = figures([exact(gold, mentions) for gold, mentions in pairs])
    found |= figures([overlapping(gold, mentions) for gold, mentions in pairs], prefix="overlap_")
    for kind in THREE:
        rows = [exact(of_kinds(gold, [kind]), of_kinds(mentions, [kind])) for gold, mentions in pairs]
        found |= figures(rows, prefix=f"{kind.lower()}_", names=("f1",))
    three = [exact(of_kinds(gold, THREE), of_kinds(mentions, THREE)) for gold, mentions in pairs]
    own_three = [exact(of_kinds(gold, THREE), of_kinds(names, THREE)) for gold, names in named]
    return (
        found
        | figures(three, prefix="three_", names=("f1",))
        | figures([exact(gold, names) for gold, names in named], prefix="names_only_", names=("f1",))
        | figures(own_three, prefix="names_only_three_", names=("f1",))
    )
