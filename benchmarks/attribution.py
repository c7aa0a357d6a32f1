"""attribution: who says what, against PolNeAR (`data/attribution_polnear`). All figures in percent.

Spans, by the metric of CofeNet (Wang et al., COLING 2022; exe/eval/evaluation.py), on its own sentences and tokens
(`cofenet_SPLIT.jsonl.gz`), each read alone. `source_f1`, `cue_f1`, `content_f1`, with precision and recall: micro over
all spans, right if both ends are. `…_begin_f1`: right if the first word is. BERT + Cofe has 83.2 / 75.3 / 72.9 on test.

Links, on whole documents (`SPLIT.jsonl.gz`), cut into words as at run time: an attribution is a cue with the words of all
its sources and of all its contents. `triple_f1`: right if the cues share a word and sources and contents each have
Jaccard >= 0.5 (what is absent on both sides is right, on one side wrong); one to one, the best overlap first.
`triple_strict_f1`: right if all three are the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.reading import read
from benchmarks.spans import Counts, Labelled, exact, figures, of_kinds, paired
from training.corpora import cofenet, polnear
from training.documents import Spans
from whosays.language.analysis import Range, Voice

ROLES = ("source", "cue", "content")
ENOUGH = 0.5
"""Jaccard index from which on two sets of words are taken for the same."""

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Triple:
    """The words of one attribution."""

    source: Words
    cue: Words
    content: Words


def run(data: Path, split: str) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    sentences: dict[str, dict[str, Counts]] = {}
    for document in cofenet(data, split):
        gold = [span for group in document.attributions or () for span in group]
        row = sentences.setdefault(document.name.split("/")[0], {})
        for name, counts in compare(gold, read(document).spans).items():
            row[name] = row.get(name, Counts()) + counts
    for role in ROLES:
        found |= figures([row[role] for row in sentences.values()], prefix=f"{role}_")
        begun = [row[f"{role}_begin"] for row in sentences.values()]
        found |= figures(begun, prefix=f"{role}_begin_", names=("f1",))
    soft, strict = [], []
    for document in polnear(data, split):
        wanted = [of_group(group) for group in document.attributions or ()]
        given = [of_voice(voice) for voice in read(document).voices]
        soft.append(Counts(paired(overlaps(wanted, given)), len(given), len(wanted)))
        strict.append(exact(wanted, given))
    return found | figures(soft, prefix="triple_") | figures(strict, prefix="triple_strict_")


def compare(gold: Sequence[Labelled], found: Sequence[Labelled]) -> dict[str, Counts]:
    """One sentence: per role, `ROLE` by both ends and `ROLE_begin` by the first word."""
    counts = {}
    for role in ROLES:
        wanted, given = of_kinds(gold, [role]), of_kinds(found, [role])
        counts[role] = exact(wanted, given)
        counts[f"{role}_begin"] = exact([span[0] for span in wanted], [span[0] for span in given])
    return counts


def of_group(group: Spans) -> Triple:
    """Gold's attribution."""
    return Triple(*(_words((a, b) for a, b, kind in group if kind == role) for role in ROLES))


def of_voice(voice: Voice) -> Triple:
    """The model's."""
    return Triple(_words(voice.sources), _words([voice.cue] if voice.cue else []), _words(voice.contents))


def overlaps(gold: Sequence[Triple], found: Sequence[Triple]) -> list[tuple[float, int, int]]:
    """(how alike, gold number, found number) of the pairs that are alike enough."""
    pairs = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            if a.cue & b.cue or not (a.cue or b.cue):
                source, content = _jaccard(a.source, b.source), _jaccard(a.content, b.content)
                if min(source, content) >= ENOUGH:
                    pairs.append((source + content + _jaccard(a.cue, b.cue), i, j))
    return pairs


def _words(ranges: Iterable[Range]) -> Words:
    return frozenset(n for a, b in ranges for n in range(a, b))


def _jaccard(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0
