"""Places of gold spans: accuracy within 161 km (100 miles) and the share with exactly the GeoNames id that gold gives.

Data: `toponyms/{lgl,geowebnews,trnews,geovirus}.jsonl.gz` (its README). `split` is a value of the rows' field
`split`; of LGL the visible half is `train`, which `dev` takes too. A gold place that the resolver does not answer
counts as wrong. `acc161_known` leaves out gold places for which the gazetteer has no place of that name within 161 km:
what no ranking can get right.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, measure
from whosays import pages
from whosays.nouns import Article, Mention, Meta, Part, PartKind, Reading, Refusal, Sentence, Span
from whosays.places import lookup, resolve
from whosays.places.relative import kilometres

CORPORA = ("lgl", "geowebnews", "trnews", "geovirus")
PLACES = {"Literal", "Mixed", "Embedded_Literal", "Coercion", "Literal_Modifier"}
"""GeoWebNews: the types that are geocoded toponyms."""

NEAR = 161.0
SENTENCE = re.compile(r"\S.*?(?:(?<!\bSt)(?<!\bMt)(?<!\bFt)(?<!\bSte)[.!?][\"”’']?(?=\s+[A-Z“\"‘])|(?=\n)|$)", re.S)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold place."""

    span: Span
    position: tuple[float, float]
    geonameid: int | None


@dataclass(frozen=True, slots=True)
class Document:
    corpus: str
    text: str
    url: str | None
    gold: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One document: of its gold places how many …"""

    places: int
    near: int
    exact: int
    with_id: int
    known: int
    near_known: int


def run(data: Path, split: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    together: list[Score] = []
    for corpus in CORPORA:
        rows = [score(document) for document in documents(data, corpus, split)]
        together += rows
        figures |= summed(corpus, rows)
    return figures | summed("all", together)


def summed(name: str, rows: Sequence[Score]) -> dict[str, Figure]:
    if not rows:
        return {}
    return {
        f"{name}.acc161": measure(rows, lambda held: share([row.near for row in held], [row.places for row in held])),
        f"{name}.acc161_known": measure(
            rows, lambda held: share([r.near_known for r in held], [r.known for r in held])
        ),
        f"{name}.exact": measure(rows, lambda held: share([row.exact for row in held], [row.with_id for row in held])),
        f"{name}.n": Figure(float(sum(row.places for row in rows)), len(rows)),
    }


def share(part: Sequence[int], whole: Sequence[int]) -> float:
    return sum(part) / max(1, sum(whole))


def documents(data: Path, corpus: str, split: str) -> Iterator[Document]:
    path = data / "toponyms" / f"{corpus}.jsonl.gz"
    if not path.is_file():
        return
    wanted = {split, "train"} if corpus == "lgl" and split == "dev" else {split}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            gold = [
                Toponym(Span(t["start"], t["end"]), (t["lat"], t["lon"]), t.get("geonamesid"))
                for t in row["toponyms"]
                if t.get("lat") is not None and t.get("type", "Literal") in PLACES and t.get("offset_ok", True)
            ]
            if row["split"] in wanted and gold:
                yield Document(corpus, row["text"], row.get("url"), tuple(gold))


def score(document: Document) -> Score:
    """The resolver is told where the places are, and must say which they are."""
    text, gold = document.text, document.gold
    found = {candidate.span.start: candidate for candidate in resolve(reading(document))}
    near = exact = known = near_known = 0
    for place in gold:
        candidate = found.get(place.span.start)
        first = candidate.options[0] if candidate and candidate.options else None
        hit = first is not None and kilometres((first.lat, first.lon), place.position) <= NEAR
        near += hit
        exact += first is not None and place.geonameid is not None and first.geonameid == place.geonameid
        held = lookup(place.span.of(text))
        if any(kilometres((one.lat, one.lon), place.position) <= NEAR for one in held):
            known, near_known = known + 1, near_known + hit
    return Score(len(gold), near, exact, sum(place.geonameid is not None for place in gold), known, near_known)


def reading(document: Document) -> Reading:
    """The text as the pages stage sees it (dateline, outlet), with the gold spans as the mentions of places that the
    language stage found."""
    text = document.text
    article = pages.read(text.encode(), Meta(url=document.url))
    if isinstance(article, Refusal) or article.text != text:
        part = Part(PartKind.PARAGRAPH, Span(0, len(text)))
        article = Article(id="toponyms", text=text, parts=(part,), url=document.url)
    spans = [Span(*found.span()) for found in SENTENCE.finditer(text)]
    return Reading(
        article,
        tuple(Sentence(span, PartKind.PARAGRAPH, (0, 0)) for span in spans),
        tokens=(),
        mentions=tuple(Mention(place.span, "Location", name=True) for place in document.gold),
        attributions=(),
        pack="gold",
    )
