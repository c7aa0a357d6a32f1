"""Pages with annotated claims and disputes, as extractions: the gold pages, and the planted cases (disputes.py).

Claim ids are `page:id`, article ids the page's name, so that what is predicted can be held against what is listed. The names of
actors and sources are looked up in the roster, those of places in the gazetteer; what these do not know stays a name.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from whosays import actors, pipeline, places
from whosays.nouns import (
    ArticleHead,
    Claim,
    Count,
    Evidence,
    Extraction,
    Meta,
    Modality,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Refusal,
    Source,
    SourceKind,
    When,
    Where,
)
from whosays.text import digest, fold, snippet

CASES = Path(__file__).parent / "cases"
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)
LEAST = 0.4
"""Jaccard of two evidence spans, in characters, from which they are the same clause."""
Pair = frozenset[str]
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its text, its claims as annotated, and the disputed pairs among them by question."""

    name: str
    text: str
    head: ArticleHead
    claims: tuple[Extraction, ...]
    questions: tuple[frozenset[Pair], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    pages: tuple[Page, ...]
    kind: str
    questions: tuple[frozenset[Pair], ...]


# --------------------------------------------------------------------------------------------------------------- gold pages


def gold_pages(folder: Path) -> Iterator[Page]:
    """NAME.json and NAME.txt of a folder of gold pages (../shared/CLAIMS.md)."""
    from benchmarks.disputes import components

    for path in sorted(folder.glob("*.json")):
        given, text = json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8")
        published = given["published"] and date.fromisoformat(given["published"])
        head = _head(path.stem, None, published, text)
        claims = tuple(Extraction(_gold_claim(one, head, text), head, "gold", READ_AT) for one in given["claims"])
        pairs = (frozenset(f"{path.stem}:{one}" for one in pair["claims"]) for pair in given["disputes"])
        yield Page(path.stem, text, head, claims, tuple(components(pairs)))


def _gold_claim(given: Given, head: ArticleHead, text: str) -> Claim:
    named, source = given.get("place_name") or given["place"], given["source"]
    point = (given["lat"], given["lon"]) if given.get("lat") is not None else None
    days = given["time"]
    return _claim(
        head,
        text,
        given["id"],
        (given["evidence"]["start"], given["evidence"]["end"]),
        type=given["type"],
        polarity=given["polarity"],
        modality=given["modality"],
        actor=_party(given["actor"], given.get("actor_name"), head.published),
        target=_party(given["target"], given.get("target_name"), head.published),
        place=_where(given["place"], named, given.get("country"), point, given.get("geo_precision")) if named else None,
        days=tuple(day and date.fromisoformat(day) for day in days) if days else None,
        time_words=given.get("time_text"),
        source=_source(source.get("mention"), source.get("name"), source["kind"], head.published),
        given=given,
    )


# -------------------------------------------------------------------------------------------------------------- planted cases


@functools.cache
def cases() -> tuple[Case, ...]:
    """The disputes, then what is none."""
    listed = [
        one
        for name in ("disputes", "disputes_none")
        for one in yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    ]
    return tuple(_case(number, given) for number, given in enumerate(listed))


def _case(number: int, given: Given) -> Case:
    pages = []
    for index, page in enumerate(given["pages"]):
        name, text = f"case {number}.{index}", page["text"].strip()
        head = _head(name, page["outlet"], page["day"], text)
        claims = (_planted_claim(key, one, given["place"], head, text) for key, one in page["claims"].items())
        pages.append(Page(name, text, head, tuple(Extraction(claim, head, "gold", READ_AT) for claim in claims)))
    ids = {one.claim.id.split(":")[1]: one.claim.id for page in pages for one in page.claims}
    pairs = frozenset(frozenset(ids[key] for key in pair) for pair in given.get("pairs", ()))
    return Case(tuple(pages), given.get("kind", ""), (pairs,) if pairs else ())


def _planted_claim(key: str, given: Given, place: Sequence[str], head: ArticleHead, text: str) -> Claim:
    start = text.index(given["words"])
    name, country = (
        given.get("place", place) if isinstance(given.get("place", place), list) else (given["place"], place[1])
    )
    source = given.get("source")
    days = given.get("days", (head.published, head.published))
    kind = "narration" if source is None else "unnamed" if source[0].islower() or source[:2] == "A " else "official"
    return _claim(
        head,
        text,
        key,
        (start, start + len(given["words"])),
        type=given["type"],
        polarity="denied" if given.get("denied") else "affirmed",
        modality=given.get("modality", "actual"),
        actor=_party(given.get("actor"), None, head.published),
        target=_party(given.get("target"), None, head.published),
        place=_where(_mentioned(given, name), name, country, None, 2 if given.get("part") else 1),
        days=tuple(days),
        time_words=str(days[0]) if days[0] == days[1] else None,
        source=_source(source, None, kind, head.published),
        given=given,
    )


def _mentioned(given: Given, name: str) -> str:
    """The words of the place: for a part, with what stands before its name."""
    words = given["words"]
    at = words.find(name)
    if at < 0 or not given.get("part"):
        return name
    return " ".join([*words[:at].split()[-4:], name])


# --------------------------------------------------------------------------------------------------------------------- claims


def _claim(
    head: ArticleHead,
    text: str,
    key: str,
    at: tuple[int, int],
    *,
    days: tuple[date | None, ...] | None,
    given: Given,
    **fields: Any,
) -> Claim:
    start, end = at
    count = given.get("count")
    low, high = count if isinstance(count, list) else (count, count)
    casualties = given["type"] == "casualties"
    return Claim(
        id=f"{head.id}:{key}",
        article=head.id,
        type=fields["type"],
        polarity=Polarity(fields["polarity"]),
        modality=Modality(fields["modality"]),
        actor=fields["actor"],
        target=fields["target"],
        place=fields["place"],
        time=When(days[0], days[1], 1) if days else None,
        time_words=fields["time_words"],
        time_span=None,
        count=Count(low, high) if count is not None else None,
        who=(given.get("who") or _counted(given.get("target"))) if casualties else None,
        harm=(given.get("harm") or "killed") if casualties else None,
        means=given.get("means"),
        cumulative=bool(given.get("cumulative")),
        source=fields["source"],
        via=(),
        cue=None,
        cue_span=None,
        quote=QuoteKind.INDIRECT,
        evidence=Evidence(text[start:end], start, end, *snippet(text, start, end)),
        confidence=0.8,
    )


def _counted(words: str | None) -> str:
    """Whom a toll counts, where that is not annotated: as the words of the victims have it."""
    said = fold(words or "")
    kinds = {
        "civilian": "civilians",
        "child": "children",
        "fighter": "combatants",
        "soldier": "combatants",
        "militant": "combatants",
    }
    return next((who for stem, who in kinds.items() if stem in said), "people")


def _head(name: str, outlet: str | None, published: date | None, text: str) -> ArticleHead:
    return ArticleHead(name, None, published, None, outlet, None, digest(text))


def _party(words: str | None, name: str | None, day: date | None) -> Party | None:
    if not words:
        return None
    known = actors.roster().by_name(name or words)
    if known is None:
        return Party(words, None, name)
    actor = actors.roster().on(known.key, day)
    return Party(words, None, actor.name, actor.key, actor.side)


def _source(mention: str | None, name: str | None, kind: str, day: date | None) -> Source:
    known = actors.roster().by_name(name or mention) if name or mention else None
    key, side = (known.key, actors.roster().on(known.key, day).side) if known else (None, None)
    return Source(SourceKind(kind), mention, None, name, key, side)


def _where(
    words: str | None, name: str, country: str | None, point: tuple[float, float] | None, precision: int | None
) -> Where:
    return Where(words, None, name, _place(name, country, point), words is None, precision)


@functools.cache
def _place(name: str, country: str | None, point: tuple[float, float] | None) -> Place | None:
    """The place of the gazetteer with this name in that country, the one nearest to the point where there is one."""
    found = [place for place in places.lookup(name) if country is None or place.country == country]
    if point is not None:
        found.sort(key=lambda place: (place.lat - point[0]) ** 2 + (place.lon - point[1]) ** 2)
        found = [place for place in found if abs(place.lat - point[0]) + abs(place.lon - point[1]) < 1]
    towns = [place for place in found if place.precision == 1]
    return (towns or found or [None])[0]


# ------------------------------------------------------------------------------------------------------------------ extracted


@functools.cache
def extracted(page: Page) -> tuple[Extraction, ...]:
    """What the pipeline reads from the page; a claim that is an annotated one has its id."""
    read = pipeline.read_page(page.text.encode(), Meta(name="page.txt", published=page.head.published))
    if isinstance(read, Refusal):
        return ()
    body = replace(page.head, headline=read.article.headline)
    ids = _matched([one.claim for one in page.claims], read.claims, page.name)
    return tuple(
        Extraction(replace(claim, id=ids[claim.id], article=page.name), body, pipeline.READER, READ_AT)
        for claim in read.claims
    )


def _matched(gold: Sequence[Claim], found: Sequence[Claim], name: str) -> dict[str, str]:
    """Id of each extracted claim: that of its gold claim, else its own."""
    overlaps = sorted(
        (
            (
                (g.count, g.harm, g.polarity) == (f.count, f.harm, f.polarity),
                _jaccard(g.evidence, f.evidence),
                g.id,
                f.id,
            )
            for g in gold
            for f in found
            if g.type == f.type
        ),
        reverse=True,
    )
    ids: dict[str, str] = {}
    for _, overlap, known, new in overlaps:
        if overlap >= LEAST and new not in ids and known not in ids.values():
            ids[new] = known
    return {f.id: ids.get(f.id, f"{name}:?{f.id}") for f in found}


def _jaccard(a: Evidence, b: Evidence) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / max(1, a.end - a.start + b.end - b.start - shared)
