"""nested: voices within voices, on sentences written for this project (`benchmarks/cases/nested.yml`). All figures in percent.

A voice is found if its cue shares a word with gold's and sources and contents each have Jaccard >= 0.5; one to one, the best first.
`voices_f1` counts voices; `chains_f1` pairs of voices of which one passes on the other: right if both are found and linked so;
`to_recall`: of gold's hearers, how many share a word with the one found. `left_alone`: of the sentences where nothing is
nested, how many have no link. Rules may be tuned on `--split dev` only; `test` is there to see whether they hold elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figures import Figure
from benchmarks.spans import Counts, f1, over
from whosays.language import pack, parse
from whosays.nouns import Article, Attribution, Part, PartKind, Reading, Span

CASES = Path(__file__).parent / "cases/nested.yml"
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Voice:
    """Words (starts of them, in code points) of one attribution."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    to: frozenset[int]
    outer: int | None


def run(data: Path | None, split: str) -> dict[str, Figure]:
    voices, chains, alone, hearers = [], [], [], Counts()
    shapes: dict[str, Counts] = {}
    for case in yaml.safe_load(CASES.read_text("utf-8")):
        if case["split"] != split:
            continue
        gold = list(wanted(case))
        found = [given(one, case["text"]) for one in read(case).attributions]
        match = matched(gold, found)
        voices.append(Counts(len(match), len(found), len(gold)))
        linked = {(n, one.outer) for n, one in enumerate(gold) if one.outer is not None}
        made = {(n, one.outer) for n, one in enumerate(found) if one.outer is not None}
        right = sum((match.get(inner), match.get(outer)) in made for inner, outer in linked)
        chains.append(Counts(right, len(made), len(linked)))
        shapes[case["shape"]] = shapes.get(case["shape"], Counts()) + chains[-1]
        hearers += Counts(
            sum(bool(one.to & found[match[n]].to) for n, one in enumerate(gold) if one.to and n in match),
            0,
            sum(bool(g.to) for g in gold),
        )
        if not linked:
            alone.append(not made)
    print(
        "chains by shape  "
        + "  ".join(f"{shape} {f1([counts]):.0f} ({counts.gold})" for shape, counts in shapes.items() if counts.gold)
    )
    return {
        "voices_f1": over(voices, f1, of="sentences"),
        "chains_f1": over(chains, f1, of="sentences"),
        "to_recall": Figure(100 * hearers.right / max(1, hearers.gold), hearers.gold, of="hearers"),
        "left_alone": Figure(100 * sum(alone) / max(1, len(alone)), len(alone), of="sentences"),
    }


def read(case: dict[str, Any]) -> Reading:
    kind = PartKind.HEADLINE if case.get("part") == "headline" else PartKind.PARAGRAPH
    text = case["text"]
    return parse(Article(id="case", text=text, parts=(Part(kind, Span(0, len(text))),)), pack("en"))


def wanted(case: dict[str, Any]) -> Iterator[Voice]:
    """Gold's voices. The same words may stand twice in a sentence: cues are looked for from left to right, the rest near them."""
    text, at = case["text"], 0
    for voice in case["voices"]:
        cue = text.find(voice["cue"], at)
        at = cue + 1
        contents = voice["content"] if isinstance(voice["content"], list) else [voice["content"]]
        yield Voice(
            near(text, voice.get("source"), cue),
            near(text, voice["cue"], cue),
            frozenset().union(*(near(text, content, cue) for content in contents)),
            near(text, voice.get("to"), cue),
            voice.get("outer"),
        )


def near(text: str, words: str | None, at: int) -> frozenset[int]:
    """The words' starts where they stand closest to a place."""
    if not words:
        return frozenset()
    places = [n for n in range(len(text)) if text.startswith(words, n)]
    start = min(places, key=lambda n: abs(n - at))
    return word_starts(text, Span(start, start + len(words)))


def word_starts(text: str, span: Span | None) -> frozenset[int]:
    if span is None:
        return frozenset()
    return frozenset(
        n for n in range(span.start, span.end) if text[n].isalnum() and (n == 0 or not text[n - 1].isalnum())
    )


def given(one: Attribution, text: str) -> Voice:
    contents = frozenset().union(*(word_starts(text, span) for span in one.content))
    return Voice(
        word_starts(text, one.source), word_starts(text, one.cue), contents, word_starts(text, one.to), one.outer
    )


def matched(gold: list[Voice], found: list[Voice]) -> dict[int, int]:
    """Number of a gold voice → number of the found one."""
    scores = sorted(
        (
            (jaccard(a.source, b.source) + jaccard(a.content, b.content), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(found)
            if same(a, b)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: Counter[int] = Counter()
    match: dict[int, int] = {}
    for _, i, j in scores:
        if i not in match and not taken[j]:
            match[i] = j
            taken[j] += 1
    return match


def same(a: Voice, b: Voice) -> bool:
    punctuation = not a.cue and not b.cue  # a headline's colon has no word
    return (
        (punctuation or bool(a.cue & b.cue))
        and jaccard(a.source, b.source) >= ENOUGH
        and jaccard(a.content, b.content) >= ENOUGH
    )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0
