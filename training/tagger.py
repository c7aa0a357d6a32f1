"""Train the baseline tagger: `python -m training.tagger` (about 6 minutes on one core, 1 GB). Seeded: same data, same bytes.

Reads ../shared/data/ud_ewt (CC BY-SA 4.0) and, of ud_gum, the documents whose texts are not NC. Writes
src/whosays/language/packs/en/tagger.bin and prints accuracy on EWT dev, to be copied into CARD.md.
"""

from __future__ import annotations

import gzip
import os
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from whosays.language.tagger import END, START, Lemmatizer, Tagger, Weights, features, normalize, upos

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("WHOSAYS_SHARED") or ROOT.parent / "shared") / "data"
OUT = ROOT / "src/whosays/language/packs/en/tagger.bin"
FREE = ("news", "interview", "academic", "bio", "voyage", "court", "textbook", "speech", "vlog", "conversation")
ROUNDS = 6
SMALLEST = 0.8
"""Weights below this are dropped: a third of the size, no measurable loss on dev."""

Sentence = list[tuple[str, str, str]]
"""(form, Penn tag, lemma)"""


def conllu(path: Path, *, genres: tuple[str, ...] | None = None) -> Iterator[Sentence]:
    sentence: Sentence = []
    wanted = True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = GUM_") and genres is not None:
                wanted = line.split("GUM_")[1].split("_")[0] in genres
            if not line.strip():
                if sentence and wanted:
                    yield sentence
                sentence = []
            elif line[0] != "#" and (columns := line.rstrip("\n").split("\t"))[0].isdigit():
                sentence.append((columns[1], columns[4], columns[2]))


def headline(sentence: Sentence) -> Sentence:
    """The sentence as a headline writer would cut it: no determiners, no auxiliaries before participles."""
    kept = []
    for i, (word, tag, lemma) in enumerate(sentence):
        following = sentence[i + 1][1] if i + 1 < len(sentence) else ""
        if tag != "DT" and not (lemma in ("be", "have") and following in ("VBN", "VBG")) and word != ".":
            kept.append((word, tag, lemma))
    return kept


def varied(sentences: list[Sentence], draw: random.Random) -> list[Sentence]:
    """The sentences, and copies of some as headlines are set: cut short, in Title Case, in CAPITALS."""
    cut = [headline(s) for s in draw.sample(sentences, len(sentences) // 5) if len(s) < 25]
    sentences = sentences + [s for s in cut if s]
    title = [[(w[:1].upper() + w[1:], t, x) for w, t, x in s] for s in draw.sample(sentences, len(sentences) // 8)]
    capitals = [[(w.upper(), t, x) for w, t, x in s] for s in draw.sample(sentences, len(sentences) // 30)]
    return sentences + title + capitals


def certain_words(sentences: list[Sentence], index: dict[str, int]) -> dict[str, int]:
    """Frequent words with one tag in 99.5 % of their uses."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, tag, _ in sentence:
            uses[word.lower()][tag] += 1
    certain = {}
    for word, counts in sorted(uses.items()):
        tag, n = counts.most_common(1)[0]
        if n >= 40 and n / counts.total() >= 0.995:
            certain[word] = index[tag]
    return certain


def perceptron(
    sentences: list[Sentence], index: dict[str, int], certain: dict[str, int], draw: random.Random
) -> dict[str, dict[int, float]]:
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    totals: dict[tuple[str, int], float] = defaultdict(float)
    stamps: dict[tuple[str, int], int] = defaultdict(int)
    names = list(index)
    step = 0

    def update(feature: str, tag: int, by: float) -> None:
        key, old = (feature, tag), weights[feature].get(tag, 0.0)
        totals[key] += (step - stamps[key]) * old
        stamps[key] = step
        weights[feature][tag] = old + by

    for round_ in range(ROUNDS):
        draw.shuffle(sentences)
        right = 0
        for sentence in sentences:
            context = [*START, *(normalize(word) for word, _, _ in sentence), *END]
            before, before2 = START
            for i, (word, gold, _) in enumerate(sentence):
                guess = certain.get(word.lower())
                if guess is None:
                    step += 1
                    seen = features(i, word, context, before, before2)
                    scores = [0.0] * len(names)
                    for feature in seen:
                        for tag, weight in weights.get(feature, {}).items():
                            scores[tag] += weight
                    guess = max(range(len(scores)), key=scores.__getitem__)
                    if guess != index[gold]:
                        for feature in seen:
                            update(feature, index[gold], 1.0)
                            update(feature, guess, -1.0)
                    right += guess == index[gold]
                before2, before = before, names[guess]
        print(f"round {round_ + 1}: {right} right", flush=True)
    averaged: dict[str, dict[int, float]] = {}
    for feature, tags in weights.items():
        kept = {}
        for tag, weight in tags.items():
            key = (feature, tag)
            mean = (totals[key] + (step - stamps[key]) * weight) / step
            if abs(mean) >= SMALLEST * ROUNDS / 100:
                kept[tag] = round(mean, 2)
        if kept:
            averaged[feature] = kept
    return averaged


def lemma_tables(sentences: list[Sentence]) -> tuple[dict[str, str], list[str]]:
    verbs = sorted(
        {lemma for s in sentences for _, tag, lemma in s if tag.startswith("V") and lemma.isalpha() and lemma.islower()}
    )
    rules = Lemmatizer({}, frozenset(verbs))
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, tag, lemma in sentence:
            if word.isalpha() and tag[0] in "VNMJP":
                seen[f"{word.lower()}/{tag[0]}\t{tag}"][lemma.lower()] += 1
    exceptions: dict[str, str] = {}
    for key, counts in sorted(seen.items()):
        form, tag = key.split("\t")
        lemma, n = counts.most_common(1)[0]
        if rules.rule(form.split("/")[0], tag) != lemma and (n > 1 or tag.startswith("V")):
            exceptions.setdefault(form, lemma)
    return exceptions, verbs


def main() -> None:
    draw = random.Random(20261122)
    sentences = [
        *conllu(DATA / "ud_ewt/en_ewt-ud-train.conllu.gz"),
        *conllu(DATA / "ud_gum/en_gum-ud-train.conllu.gz", genres=FREE),
    ]
    exceptions, verbs = lemma_tables(sentences)
    sentences = varied(sentences, draw)
    index = {tag: i for i, tag in enumerate(sorted({tag for s in sentences for _, tag, _ in s}))}
    certain = certain_words(sentences, index)
    learned = perceptron(sentences, index, certain, draw)
    weights = Weights(
        tags=list(index), features=dict(sorted(learned.items())), certain=certain, lemmas=exceptions, verbs=verbs
    )
    OUT.write_bytes(zlib.compress(msgspec.msgpack.encode(weights), 9))
    tagger, dev = Tagger(weights), list(conllu(DATA / "ud_ewt/en_ewt-ud-dev.conllu.gz"))
    guessed = [(g, w) for s in dev for g, w in zip(tagger.tag([w for w, _, _ in s]), s, strict=True)]
    fine = sum(g[0] == w[1] for g, w in guessed) / len(guessed)
    coarse = sum(upos(g[0]) == upos(w[1]) for g, w in guessed) / len(guessed)
    lemma = sum(g[1] == w[2].lower() for g, w in guessed) / len(guessed)
    print(
        f"EWT dev, gold words, n = {len(guessed)}: Penn tag {fine:.4f}, class {coarse:.4f}, lemma {lemma:.4f}; {OUT.stat().st_size:,} bytes"
    )


if __name__ == "__main__":
    main()
