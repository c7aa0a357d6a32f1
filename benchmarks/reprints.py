"""Who copied from whom: ours, by bands and alignment, beside MinHash over whole texts and plain containment of ten words running.

Three parts. *Pairs*: ../shared/data/reprints, whose labels are mechanical (`reprint` against `not`; `partial` left out), and the stories
that its texts form. *Planted*: copies made from its texts (copies_planted.py), independent reports of one event between them, and real
pairs judged by reading (cases/reprint_pairs.jsonl). *FA-KES*: the visible articles of 15 outlets on the war in Syria.

Ours finds its candidates by bands, as the ledger does, so what these miss is missed. The two others look at all pairs, and their
thresholds are the best there are on train, for each figure its own; where they make stories of pairs, the better of two ways counts.
Planted, a pair is found if anything is said to be copied: a reprint or a lifted passage; the judged pairs likewise. A false find is a
judged or labelled pair without copying, and any pair of planted texts that have no source in common.
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

import numpy as np
from rensa import RMinHash

from benchmarks import copies_planted
from benchmarks.copies_planted import Planted
from benchmarks.figures import Figure
from tests.making import make_article
from whosays.copies import bands, compare, wording
from whosays.ledger.ledger import NEAR
from whosays.nouns import Article, Copied
from whosays.text import fold, words

SOURCES = 40
"""Texts from which copies are made; no two of them hang together by passages that the data knows of."""

RUN = "longest_run_words"
"""What a pair of the data has if a passage is common to its texts, were it short: `not` says less than a fifth, or nothing."""

JUDGED = Path(__file__).parent / "cases" / "reprint_pairs.jsonl"
THRESHOLDS = tuple(n / 100 for n in range(1, 100))
Pair = tuple[str, str]
Scores = Mapping[Pair, float]


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts of which it is known who copied from whom."""

    texts: Mapping[str, str]
    """In the order in which they appeared."""
    copies: Mapping[Pair, str]
    """Pairs with copying, and the cell that each belongs to."""
    apart: Mapping[Pair, str]
    """Pairs without."""
    made_of: Mapping[str, frozenset[str]]
    """Planted texts and their sources: the sources that each is made of."""
    stories: Mapping[str, str]
    """Text → story, for those that count when stories are scored."""

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


# ------------------------------------------------------------------------------------------------------------ systems


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def article(name: str, text: str) -> Article:
    return replace(make_article(*[line for line in text.split("\n") if line.strip()]), id=name)


def ours(texts: Mapping[str, str]) -> dict[Pair, Copied]:
    """What is found when the texts come one after the other, as the ledger does it."""
    read = {name: wording(article(name, text)) for name, text in texts.items()}
    index: dict[int, list[str]] = defaultdict(list)
    found = {}
    for name, own in read.items():
        shared: Counter[str] = Counter()
        for band in bands(own):
            shared.update(index[band])
            index[band].append(name)
        for other in sorted(shared, key=lambda one: (-shared[one], one))[:NEAR]:
            copied = compare(own, read[other])
            if copied is not None:
                found[copied.articles] = copied
    return found


def minhash(texts: Mapping[str, str]) -> Scores:
    """Estimated Jaccard similarity of the five-word runs of whole texts, of all pairs that have any."""
    names = list(texts)
    sets = [sorted(grams(texts[name], 5)) for name in names]
    signatures = np.array(RMinHash.digests_from_token_sets(sets, 128, 1), dtype=np.uint32)
    scores = {}
    for n, own in enumerate(signatures):
        alike = (signatures[n + 1 :] == own).mean(axis=1)
        for m in np.flatnonzero(alike):
            scores[pair(names[n], names[n + 1 + m])] = float(alike[m])
    return scores


def containment(texts: Mapping[str, str]) -> Scores:
    """Of the ten-word runs of the shorter text, the share that the other has, of all pairs that have any."""
    own = {name: grams(text, 10) for name, text in texts.items()}
    having: dict[str, list[str]] = defaultdict(list)
    common: Counter[Pair] = Counter()
    for name, runs in own.items():
        for run_ in runs:
            common.update(pair(name, other) for other in having[run_])
            having[run_].append(name)
    return {(a, b): n / min(len(own[a]), len(own[b])) for (a, b), n in common.items()}


def grams(text: str, size: int) -> set[str]:
    said = words(fold(text))
    return {" ".join(said[n : n + size]) for n in range(max(1, len(said) - size + 1))}


RIVALS: Mapping[str, Callable[[Mapping[str, str]], Scores]] = {"minhash": minhash, "containment": containment}


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
        early, late = sorted((a, b), key=order.__getitem__)
        best[late] = max(best.get(late, (0.0, 0, "")), (score, -order[early], early))
    return joined(names, [(late, early) for late, (_, _, early) in best.items()])


def parents(names: Sequence[str], found: Mapping[Pair, Copied]) -> Scores:
    """Of whole copies, the share of the later text that the earlier has."""
    order = {name: n for n, name in enumerate(names)}
    return {(a, b): one.shares[order[b] > order[a]] for (a, b), one in found.items() if one.whole}


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
    whole = [one for one, copied in found.items() if copied.whole]
    n = sum(one["split"] == split and one["label"] != "partial" for one in every)
    figures = {"pair_f1": Figure(score(whole, split), n, of="pairs")}
    for name, system in RIVALS.items():
        known = system(train)
        threshold = best(lambda value, known=known: score(above(known, value), "train"))  # type: ignore[misc]
        figures[f"{name}_pair_f1"] = Figure(score(above(system(own), threshold), split), n, of="pairs")
    copies = [(one["a"], one["b"]) for one in every if one["label"] == "reprint"]
    figures["ari"] = Figure(adjusted_rand(joined(own, copies), joined(own, whole)), len(own))
    return figures


# ------------------------------------------------------------------------------------------------------------ planted


def planted(texts: Mapping[str, dict[str, str]], every: Sequence[dict[str, str]], split: str) -> dict[str, Figure]:
    """Planted and judged pairs: one table, a line for each cell."""
    vocabulary = copies_planted.vocabulary(one["text"] for one in texts.values())
    train = collection(texts, every, "train", vocabulary, judged=False)
    own = collection(texts, every, split, vocabulary, judged=True)
    found = ours(own.texts)
    pairs: dict[str, set[Pair]] = {"ours": set(found)}
    stories = {"ours": adjusted_rand(own.stories, followed(list(own.texts), parents(list(own.texts), found)))}
    for name, system in RIVALS.items():
        known, scores = system(train.texts), system(own.texts)
        threshold = best(lambda value, known=known: sum_f1(train, above(known, value)))  # type: ignore[misc]
        pairs[name] = set(above(scores, threshold))
        ways = []
        for way in (joined, followed):
            threshold = best(lambda v, w=way, k=known: adjusted_rand(train.stories, w(list(train.texts), above(k, v))))  # type: ignore[misc]
            ways.append(adjusted_rand(own.stories, way(list(own.texts), above(scores, threshold))))
        stories[name] = max(ways)
    table(own, pairs)
    n, m = len(own.copies) + len(own.apart), len(own.stories)
    figures = {f"planted_pair_f1{_of(name)}": Figure(sum_f1(own, pairs[name]), n, of="pairs") for name in pairs}
    return figures | {f"planted_ari{_of(name)}": Figure(stories[name], m) for name in stories}


def _of(name: str) -> str:
    return "" if name == "ours" else f"_{name}"


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
    copies = {pair(one.id, source): one.cell for one in made for source in one.sources}
    copies |= {pair(one["a"], one["b"]): "judged" for one in verdicts if one["verdict"] != "none"}
    apart = {pair(one["a"], one["b"]): "one event" for one in alone}
    apart |= {pair(one["a"], one["b"]): "judged" for one in verdicts if one["verdict"] == "none"}
    shown = {name for one in (*alone, *verdicts) for name in (one["a"], one["b"])}
    every_text = {name: texts[name]["text"] for name in sorted({*sources, *shown})} | {one.id: one.text for one in made}
    one_story = [pair(one["a"], one["b"]) for one in verdicts if one["verdict"] == "copy"]
    one_story += [(one["a"], one["b"]) for one in every if one["label"] == "reprint"]
    counted = {*sources, *(name for one in verdicts for name in (one["a"], one["b"]))}
    return Collection(every_text, copies, apart, _made_of(sources, made), _stories(counted, one_story, made))


def _made_of(sources: Sequence[str], made: Sequence[Planted]) -> dict[str, frozenset[str]]:
    return {name: frozenset([name]) for name in sources} | {one.id: frozenset(one.sources) for one in made}


def _stories(names: set[str], links: Sequence[Pair], made: Sequence[Planted]) -> dict[str, str]:
    """A planted text belongs to the story that gave most of it."""
    stories = joined(names, links)
    return stories | {one.id: stories[one.sources[0]] for one in made}


def sum_f1(of: Collection, found: Iterable[Pair]) -> float:
    found = set(found)
    right = len(found & of.copies.keys())
    return f1(right, sum(map(of.wrong, found)), len(of.copies) - right)


def table(of: Collection, found: Mapping[str, set[Pair]]) -> None:
    """For each cell and system: copies found, and false finds with a text of that cell."""
    cell_of = {**of.copies, **of.apart}
    of_text = {name: name.partition("/")[2] for name in of.made_of}
    print(f"\n  {'F1 (found of copies, false)':28s}" + "".join(f"{name:>24s}" for name in found))
    for cell in (*copies_planted.CELLS, "one event", "judged"):
        copies = {one for one, own in of.copies.items() if own == cell}
        line = f"  {cell:28s}"
        for pairs in found.values():
            right = len(copies & pairs)
            wrong = sum(of.wrong(one) and (cell_of.get(one) == cell or cell in map(of_text.get, one)) for one in pairs)
            line += f"{f1(right, wrong, len(copies) - right):10.1f} ({right:3d}/{len(copies):3d}, {wrong:3d})"
        print(line)


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
    n = len(articles)
    return {
        "fakes_articles": Figure(n, n),
        "fakes_outlets": Figure(len(outlets), n),
        "fakes_stories": Figure(len(set(stories.values())), n),
        "fakes_copies": Figure(len(whole), len(found), of="pairs found"),
    }
