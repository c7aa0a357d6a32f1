"""Who copied from whom: ours, by bands and alignment, beside MinHash over whole texts and plain containment of ten words running.

Three parts. *Pairs*: ../shared/data/reprints, whose labels are mechanical (`reprint`, half of the shorter text outside quotation
marks, against `not`; `partial` left out), and the stories that its texts form by the same rule. *Planted*: copies made from its texts
(copies_planted.py), independent reports of one event between them, and real pairs judged by reading (cases/reprint_pairs.jsonl).
*FA-KES*: the visible articles of 15 outlets on the war in Syria, with the share of what is found there that a reader found too.

Ours finds its candidates by bands, as the ledger does, so what these miss is missed. The two others look at all pairs, and their
thresholds are the best there are on train, for each figure its own; where they make stories of pairs, the better of two ways counts.
Planted, a pair is found if enough is said to be copied (`LEAST`), be it a reprint or a lifted passage; the judged pairs likewise. A
false find is a judged or labelled pair without copying, and any pair of planted texts that have no source in common.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from pathlib import Path

from benchmarks import copies_planted
from benchmarks.copies_planted import Planted
from benchmarks.copy_finders import RIVALS, Pair, Scores, article, ours, pair
from benchmarks.figures import Figure
from whosays.copies import wording
from whosays.nouns import Copied

SOURCES = 40
"""Texts from which copies are made; no two of them hang together by passages that the data knows of."""

RUN = "longest_run_words"
"""What a pair of the data has if a passage is common to its texts, were it short: `not` says less than a fifth, or nothing."""

HALF = 0.5
"""What `reprint` means in the data."""

LEAST = 0.12
"""Share of either text that ours must call common for a pair to count as found: the best on train, as for the two others."""

JUDGED = Path(__file__).parent / "cases" / "reprint_pairs.jsonl"
"""200 real pairs that share a tenth to six tenths, read by one reader: `copy` (one story), `lift` (two stories, one passage), `none`;
`second`: the same reader again, not blind to the first."""
JUDGED_FAKES = JUDGED.with_name("fakes_pairs.jsonl")
"""Pairs that ours found in FA-KES, read in the same way: all that are said to be one story, some that are said to be lifts."""
THRESHOLDS = tuple(n / 100 for n in range(1, 100))
Cell = tuple[str, int]
JUDGED_CELL: Cell = ("judged", 0)
ONE_EVENT: Cell = ("one event", 0)


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts of which it is known who copied from whom."""

    texts: Mapping[str, str]
    """In the order in which they appeared."""
    copies: Mapping[Pair, Cell]
    """Pairs with copying, and the cell that each belongs to."""
    apart: Mapping[Pair, Cell]
    """Pairs without."""
    made_of: Mapping[str, frozenset[str]]
    """Planted texts and their sources: the sources that each is made of."""
    stories: Mapping[str, str]
    """Text → story, for those that count when stories are scored."""

    plain: frozenset[str]
    """Those of the planted texts to which one thing only was done."""

    @property
    def names(self) -> list[str]:
        return list(self.texts)

    def within(self, pairs: Iterable[Pair]) -> set[Pair]:
        return {(a, b) for a, b in pairs if a in self.texts and b in self.texts}

    def plainly(self) -> Collection:
        """The same without planted texts to which more was done."""
        texts = {name: text for name, text in self.texts.items() if "/" not in name or name in self.plain}
        copies = {(a, b): cell for (a, b), cell in self.copies.items() if a in texts and b in texts}
        stories = {name: story for name, story in self.stories.items() if name in texts}
        return replace(self, texts=texts, copies=copies, stories=stories)

    def wrong(self, pair: Pair) -> bool:
        """Is it no copy, if it is found?"""
        a, b = (self.made_of.get(one) for one in pair)
        return pair in self.apart or (a is not None and b is not None and not a & b)


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    texts = {one["id"]: one for one in lines(data / "reprints" / "docs.jsonl.gz")}
    every = [one for one in lines(data / "reprints" / "pairs.jsonl") if one["a"] in texts and one["b"] in texts]
    return real(texts, every, split) | planted(texts, every, split) | fakes(data)


def lines(path: Path) -> list[dict[str, str]]:
    """The records of a file of JSON lines, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


# ------------------------------------------------------------------------------------------------------------ figures


def f1(right: int, wrong: int, missed: int) -> float:
    return 200 * right / (2 * right + wrong + missed) if right else 0.0


def adjusted_rand(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Agreement of two partitions of the same things, 0 by chance and 100 in full (Hubert and Arabie 1985)."""

    def together(sizes: Iterable[int]) -> int:
        return sum(comb(size, 2) for size in sizes)

    both = together(Counter((one[name], other[name]) for name in one).values())
    first, second = (together(Counter(parts[name] for name in one).values()) for parts in (one, other))
    chance = first * second / max(1, comb(len(one), 2))
    most = (first + second) / 2
    return 100 * (both - chance) / (most - chance) if most > chance else 100.0


def joined(names: Iterable[str], links: Iterable[Pair]) -> dict[str, str]:
    """Text → story, where all that hangs together by links is one."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in links:
        if a in parent and b in parent:
            parent[root(a)] = root(b)
    return {name: root(name) for name in parent}


def followed(names: Sequence[str], scores: Scores) -> dict[str, str]:
    """Text → story, where each follows the one before it that it is most like. Scores of the later of two count."""
    order = {name: n for n, name in enumerate(names)}
    best: dict[str, tuple[float, int, str]] = {}
    for (a, b), score in scores.items():
        if a not in order or b not in order:
            continue
        early, late = sorted((a, b), key=order.__getitem__)
        best[late] = max(best.get(late, (0.0, 0, "")), (score, -order[early], early))
    return joined(names, [(late, early) for late, (_, _, early) in best.items()])


def parents(names: Sequence[str], found: Mapping[Pair, Copied]) -> Scores:
    """Of whole copies, the share of the later text that the earlier has."""
    order = {name: n for n, name in enumerate(names)}
    return {
        (a, b): one.shares[order[b] > order[a]]
        for (a, b), one in found.items()
        if one.whole and a in order and b in order
    }


def above(scores: Scores, threshold: float) -> dict[Pair, float]:
    return {one: score for one, score in scores.items() if score >= threshold}


def best(measure: Callable[[float], float]) -> float:
    """The threshold with which a measure is highest."""
    return max(THRESHOLDS, key=measure)


# --------------------------------------------------------------------------------------------------------- real pairs


def real(texts: Mapping[str, dict[str, str]], every: Sequence[dict[str, str]], split: str) -> dict[str, Figure]:
    """Pairs with mechanical labels, and the stories that they form."""
    own = {name: one["text"] for name, one in texts.items() if one["split"] == split}
    train = {name: one["text"] for name, one in texts.items() if one["split"] == "train"}

    def score(found: Iterable[Pair], part: str) -> float:
        of = [one for one in every if one["split"] == part and one["label"] != "partial"]
        copies = {pair(one["a"], one["b"]) for one in of if one["label"] == "reprint"}
        apart = {pair(one["a"], one["b"]) for one in of} - copies
        right = len(copies & set(found))
        return f1(right, len(apart & set(found)), len(copies) - right)

    found = ours(own)
    half = [one for one, copied in found.items() if told(copied, own) >= HALF]
    n = sum(one["split"] == split and one["label"] != "partial" for one in every)
    figures = {"pair_f1": Figure(score(half, split), n, of="pairs")}
    for name, system in RIVALS.items():
        known = system(train)
        threshold = best(lambda value, known=known: score(above(known, value), "train"))  # type: ignore[misc]
        figures[f"{name}_pair_f1"] = Figure(score(above(system(own), threshold), split), n, of="pairs")
    copies = [(one["a"], one["b"]) for one in every if one["label"] == "reprint"]
    figures["ari"] = Figure(adjusted_rand(joined(own, copies), joined(own, half)), len(own))
    return figures


def told(copied: Copied, texts: Mapping[str, str]) -> float:
    """Of the words outside quotation marks, the share that is common: of the text that has the greater one."""
    shares = []
    for side, name in enumerate(copied.articles):
        own = wording(article(name, texts[name]))
        outside = [start for (start, _), quoted in zip(own.spans, own.quoted, strict=True) if not quoted]
        common = [passage[side] for passage in copied.passages]
        held = sum(any(span.start <= start < span.end for span in common) for start in outside)
        shares.append(held / max(1, len(outside)))
    return max(shares)


# ------------------------------------------------------------------------------------------------------------ planted


def planted(texts: Mapping[str, dict[str, str]], every: Sequence[dict[str, str]], split: str) -> dict[str, Figure]:
    """Planted and judged pairs: all cells, and those in which one thing only was done to the text."""
    vocabulary = copies_planted.vocabulary(one["text"] for one in texts.values())
    train = collection(texts, every, "train", vocabulary, judged=False)
    own = collection(texts, every, split, vocabulary, judged=True)
    found = ours(own.texts)
    known = {name: system(train.texts) for name, system in RIVALS.items()}
    scores = {name: system(own.texts) for name, system in RIVALS.items()}
    figures: dict[str, Figure] = {}
    for kind in ("planted", "plain"):
        learnt, asked = (of if kind == "planted" else of.plainly() for of in (train, own))
        pairs: dict[str, set[Pair]] = {
            "": asked.within(one for one, copied in found.items() if max(copied.shares) >= LEAST)
        }
        stories = {"": adjusted_rand(asked.stories, followed(asked.names, parents(asked.names, found)))}
        for name in RIVALS:
            threshold = best(lambda v, n=name, of=learnt: sum_f1(of, above(known[n], v)))  # type: ignore[misc]
            pairs[f"_{name}"] = asked.within(above(scores[name], threshold))
            stories[f"_{name}"] = max(
                _stories_of(way, learnt, known[name], asked, scores[name]) for way in (joined, followed)
            )
        if kind == "planted":
            table(asked, pairs)
        n, m = len(asked.copies) + len(asked.apart), len(asked.stories)
        figures |= {f"{kind}_pair_f1{name}": Figure(sum_f1(asked, pairs[name]), n, of="pairs") for name in pairs}
        figures |= {f"{kind}_ari{name}": Figure(stories[name], m) for name in stories}
    return figures


def _stories_of(
    way: Callable[[Sequence[str], Scores], dict[str, str]],
    learnt: Collection,
    known: Scores,
    asked: Collection,
    scores: Scores,
) -> float:
    """Agreement of the stories that a way makes of pairs, at the threshold that is best for it on train."""
    threshold = best(lambda value: adjusted_rand(learnt.stories, way(learnt.names, above(known, value))))
    return adjusted_rand(asked.stories, way(asked.names, above(scores, threshold)))


def collection(
    texts: Mapping[str, dict[str, str]],
    every: Sequence[dict[str, str]],
    split: str,
    vocabulary: Sequence[str],
    *,
    judged: bool,
) -> Collection:
    """Sources of one split, their planted copies, pairs of independent reports, and the judged pairs."""
    related = joined(texts, [(one["a"], one["b"]) for one in every if RUN in one])
    families: dict[str, list[str]] = defaultdict(list)
    for name in sorted(texts):
        if texts[name]["split"] == split:
            families[related[name]].append(name)
    draw = random.Random(copies_planted.SEED)
    drawn = [draw.choice(own) for own in draw.sample(sorted(families.values()), 2 * SOURCES)]
    sources, aside = sorted(drawn[:SOURCES]), [texts[name]["text"] for name in drawn[SOURCES:]]
    made = copies_planted.plant({name: texts[name]["text"] for name in sources}, aside, vocabulary)
    verdicts = lines(JUDGED) if judged and JUDGED.exists() else []
    alone = [one for one in every if one["split"] == split and one["label"] == "not" and RUN not in one]
    copies: dict[Pair, Cell] = {pair(one.id, source): one.cell for one in made for source in one.sources}
    copies |= {pair(one["a"], one["b"]): JUDGED_CELL for one in verdicts if one["verdict"] != "none"}
    apart = {pair(one["a"], one["b"]): ONE_EVENT for one in alone}
    apart |= {pair(one["a"], one["b"]): JUDGED_CELL for one in verdicts if one["verdict"] == "none"}
    shown = {name for one in (*alone, *verdicts) for name in (one["a"], one["b"])}
    every_text = {name: texts[name]["text"] for name in sorted({*sources, *shown})} | {one.id: one.text for one in made}
    one_story = [pair(one["a"], one["b"]) for one in verdicts if one["verdict"] == "copy"]
    one_story += [(one["a"], one["b"]) for one in every if one["label"] == "reprint"]
    counted = {*sources, *(name for one in verdicts for name in (one["a"], one["b"]))}
    plain = frozenset(one.id for one in made if one.plain)
    return Collection(every_text, copies, apart, _made_of(sources, made), _stories(counted, one_story, made), plain)


def _made_of(sources: Sequence[str], made: Sequence[Planted]) -> dict[str, frozenset[str]]:
    return {name: frozenset([name]) for name in sources} | {one.id: frozenset(one.sources) for one in made}


def _stories(names: set[str], links: Sequence[Pair], made: Sequence[Planted]) -> dict[str, str]:
    """A planted text belongs to the story that gave most of it."""
    stories = joined(names, links)
    return stories | {one.id: stories[one.sources[0]] for one in made}


def sum_f1(of: Collection, found: Iterable[Pair]) -> float:
    found = of.within(found)
    right = len(found & of.copies.keys())
    return f1(right, sum(map(of.wrong, found)), len(of.copies) - right)


def table(of: Collection, found: Mapping[str, set[Pair]]) -> None:
    """For each cell the F1 of ours, MinHash, containment, with the number of copies: false finds are those with a text of the cell."""
    print(
        f"\n  {'F1: ours MinHash containment':29s}"
        + "".join(f"{n:3d} % of words".rjust(18) for n in copies_planted.CHANGES)
    )
    for edit in copies_planted.EDITS:
        cells = [_cell(of, found, (edit, change)) for change in copies_planted.CHANGES]
        print(f"  {edit:29s}" + "".join(cell.rjust(18) for cell in cells))
    for cell in (JUDGED_CELL, ONE_EVENT):
        print(f"  {cell[0]:29s}{_cell(of, found, cell):>18s}")
        copies, apart = ({one for one, own in pairs.items() if own == cell} for pairs in (of.copies, of.apart))
        for name, pairs in found.items():
            right, wrong = len(copies & pairs), len(apart & pairs)
            print(f"    {name[1:] or 'ours':27s}found {right} of {len(copies)} copies, {wrong} of {len(apart)} others")


def _cell(of: Collection, found: Mapping[str, set[Pair]], cell: Cell) -> str:
    copies = {one for one, own in of.copies.items() if own == cell}
    end = f"/{cell[0]}/{cell[1]}"
    values = []
    for pairs in found.values():
        right = len(copies & pairs)
        wrong = sum(
            of.wrong(one) and (of.apart.get(one) == cell or any(name.endswith(end) for name in one)) for one in pairs
        )
        values.append(f1(right, wrong, len(copies) - right))
    return " ".join(f"{value:3.0f}" for value in values) + f" ({len(copies)})" if copies else ""


# ------------------------------------------------------------------------------------------------------------- FA-KES


def fakes(data: Path) -> dict[str, Figure]:
    """How many of the visible articles are copies, and how many stories are left."""
    articles = {one["id"]: one for one in lines(data / "fakes" / "articles.jsonl.gz")}
    outlets = {one["source"] for one in articles.values()}
    found = ours({name: one["text"] for name, one in articles.items()})
    whole = [one for one, copied in found.items() if copied.whole]
    stories = joined(articles, whole)
    across = sum(articles[a]["source"] != articles[b]["source"] for a, b in whole)
    print(f"\n  FA-KES: {len(articles)} articles of {len(outlets)} outlets are {len(set(stories.values()))} stories.")
    print(
        f"  {len(whole)} pairs are one story, {across} of them of two outlets; in {len(found) - len(whole)} more a passage was lifted."
    )
    judged = {pair(one["a"], one["b"]): one["verdict"] for one in lines(JUDGED_FAKES)}
    right = [judged[one] == "copy" for one in whole if one in judged]
    lifted = [judged[one] != "none" for one, copied in found.items() if one in judged and not copied.whole]
    print(
        f"  Judged by reading: {sum(right)} of {len(right)} are one story, {sum(lifted)} of {len(lifted)} lifted a passage."
    )
    n = len(articles)
    return {
        "fakes_precision": Figure(100 * sum(right) / max(1, len(right)), len(right), of="pairs found to be one story"),
        "fakes_lift_precision": Figure(
            100 * sum(lifted) / max(1, len(lifted)), len(lifted), of="pairs found to be lifts"
        ),
        "fakes_articles": Figure(n, n),
        "fakes_outlets": Figure(len(outlets), n),
        "fakes_stories": Figure(len(set(stories.values())), n),
        "fakes_copies": Figure(len(whole), len(found), of="pairs found"),
    }
