"""The toponym corpora of ../shared/data as documents, and as readings whose mentions of places are gold's.

LGL, GeoWebNews, TR-News, GeoVirus (the folder's README says what each is). `split` is a value of the rows' field `split`; of LGL
the visible half is `train`, which `dev` takes too.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from whosays import pages
from whosays.language import sentences
from whosays.language.packs import pack
from whosays.nouns import Article, Mention, Meta, Part, PartKind, Reading, Refusal, Sentence, Span

PACK = pack("en")
PLACES = {"Literal", "Mixed", "Embedded_Literal", "Coercion", "Literal_Modifier"}
"""GeoWebNews: the types that are geocoded toponyms."""


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
    aside: tuple[Span, ...] = ()
    """Annotated words that are no gold places: without coordinates, or of a type that names none."""


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
                taken = {place.span for place in gold}
                aside = {Span(t["start"], t["end"]) for t in row["toponyms"] if t.get("offset_ok", True)} - taken
                yield Document(corpus, row["text"], row.get("url"), tuple(gold), tuple(sorted(aside)))


def reading(document: Document) -> Reading:
    """The text as the pages stage sees it (dateline, outlet), with the gold spans as the mentions of places that the
    language stage found."""
    text, article = document.text, page(document)
    spans = list(sentences.split(text, Span(0, len(text)), abbreviations=PACK.abbreviations))
    return Reading(
        article,
        tuple(Sentence(span, PartKind.PARAGRAPH, (0, 0)) for span in spans),
        tokens=(),
        mentions=tuple(Mention(place.span, "Location", name=True) for place in document.gold),
        attributions=(),
        pack="gold",
    )


def page(document: Document) -> Article:
    """The text as one paragraph, with the dateline and the outlet that the pages stage sees."""
    text = document.text
    whole = (Part(PartKind.PARAGRAPH, Span(0, len(text))),)
    article = pages.read(text.encode(), Meta(url=document.url))
    if isinstance(article, Refusal) or article.text != text:
        return Article(id="toponyms", text=text, parts=whole, url=document.url)
    return replace(article, parts=whole)
