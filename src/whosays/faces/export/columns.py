"""A claim as one flat row: the columns of CSV, Parquet and GeoJSON, each with its kind and what it means.

    COLUMNS, row(extraction) -> values in their order

Values are plain: text, numbers, truth, days, instants, and lists of text; None is not known. docs/exports.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from whosays.faces.export import told
from whosays.faces.privacy import is_coarse
from whosays.nouns import Extraction, Party, Place, Span, Where

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None


class Kind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    INSTANT = "instant"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what kind of value it holds, what it means, and how it is told from a claim."""

    name: str
    kind: Kind
    gloss: str
    of: Callable[[Extraction], Value]


_NOBODY, _NOWHERE = Party("", None), Where(None, None)


_HALVES = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """Half surrogate pairs, which no UTF-8 holds, as U+FFFD; no offset moves."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def row(one: Extraction) -> list[Value]:
    """The values of a claim, in the order of COLUMNS."""
    return [column.of(one) for column in COLUMNS]


def _party(role: str, gloss: str, get: Callable[[Extraction], Party | None]) -> tuple[Column, ...]:
    def of(one: Extraction) -> Party:
        return get(one) or _NOBODY

    return (
        Column(role, Kind.TEXT, f"words for {gloss}", lambda one: of(one).words or None),
        Column(f"{role}_name", Kind.TEXT, "whom the words mean", lambda one: of(one).name),
        Column(f"{role}_key", Kind.TEXT, "key in the roster of actors", lambda one: of(one).actor),
        Column(f"{role}_side", Kind.TEXT, "key of whose cause it shares; empty is unknown", lambda one: of(one).side),
        *_span(role, lambda one: of(one).span),
    )


def _span(role: str, get: Callable[[Extraction], Span | None]) -> tuple[Column, Column]:
    def start(one: Extraction) -> int | None:
        span = get(one)
        return None if span is None else span.start

    def end(one: Extraction) -> int | None:
        span = get(one)
        return None if span is None else span.end

    told = f"of the words for {role}, code points into the article's text"
    return (
        Column(f"{role}_start", Kind.INTEGER, f"first {told}", start),
        Column(f"{role}_end", Kind.INTEGER, f"end, exclusive, {told}", end),
    )


def _where(one: Extraction) -> Where:
    return one.claim.place or _NOWHERE


def _of_place(get: Callable[[Place], Value]) -> Callable[[Extraction], Value]:
    def of(one: Extraction) -> Value:
        place = one.claim.place.place if one.claim.place else None
        return None if place is None else get(place)

    return of


_PLACE = (
    Column(
        "place", Kind.TEXT, "words for where; empty when the sentence names no place", lambda one: _where(one).words
    ),
    Column("place_name", Kind.TEXT, "which place the words mean", lambda one: _where(one).name),
    Column("place_key", Kind.TEXT, "key in the gazetteer", _of_place(lambda place: place.key)),
    Column("gazetteer_name", Kind.TEXT, "its name in the gazetteer", _of_place(lambda place: place.name)),
    Column("geonameid", Kind.INTEGER, "GeoNames id", _of_place(lambda place: place.geonameid)),
    Column("lat", Kind.NUMBER, "latitude, WGS 84", _of_place(lambda place: place.lat)),
    Column("lon", Kind.NUMBER, "longitude, WGS 84", _of_place(lambda place: place.lon)),
    Column("country", Kind.TEXT, "ISO 3166-1 alpha-2", _of_place(lambda place: place.country)),
    Column("admin1", Kind.TEXT, "first-level division", _of_place(lambda place: place.admin1)),
    Column("admin2", Kind.TEXT, "second-level division", _of_place(lambda place: place.admin2)),
    Column("feature", Kind.TEXT, "town, camp, river, admin1 …", _of_place(lambda place: place.feature)),
    Column("population", Kind.INTEGER, "inhabitants; 0 is unknown", _of_place(lambda place: place.population)),
    Column(
        "geo_precision",
        Kind.INTEGER,
        "as in ACLED: 1 town, 2 part of a region or near, 3 region",
        lambda one: _where(one).precision,
    ),
    Column("place_inherited", Kind.FLAG, "taken from the text before", lambda one: _where(one).inherited),
    Column(
        "place_relation",
        Kind.TEXT,
        "how it lies to the named place: near, 30 km north of",
        _of_place(lambda place: place.relation),
    ),
    Column(
        "place_radius_km", Kind.NUMBER, "how far around the point it may lie", _of_place(lambda place: place.radius)
    ),
    Column("coarse", Kind.FLAG, "the point was coarsened to 0.1° so that nobody is hurt", _of_place(is_coarse)),
    *_span("place", lambda one: _where(one).span),
)

_TIME = (
    Column(
        "first_day",
        Kind.DAY,
        "from when; empty is open or unknown",
        lambda one: one.claim.time.first if one.claim.time else None,
    ),
    Column(
        "last_day",
        Kind.DAY,
        "until when; states hold throughout, events happened within",
        lambda one: one.claim.time.last if one.claim.time else None,
    ),
    Column(
        "time_text",
        Kind.TEXT,
        "words for the time; empty where the days are inferred",
        lambda one: one.claim.time_words,
    ),
    Column(
        "time_precision",
        Kind.INTEGER,
        "as in ACLED: 1 day, 2 week, 3 month or worse",
        lambda one: one.claim.time.precision if one.claim.time else None,
    ),
    *_span("time", lambda one: one.claim.time_span),
)

_VALUES = (
    Column(
        "count_low",
        Kind.INTEGER,
        "people at least, of an attack strikes",
        lambda one: one.claim.count.low if one.claim.count else None,
    ),
    Column("count_high", Kind.INTEGER, "at most", lambda one: one.claim.count.high if one.claim.count else None),
    Column("who", Kind.TEXT, "who is counted: civilians, combatants, children, people", lambda one: one.claim.who),
    Column("harm", Kind.TEXT, "killed, injured, both", lambda one: one.claim.harm),
    Column("means", Kind.TEXT, "airstrike, shelling, missile …", lambda one: one.claim.means),
    Column("cumulative", Kind.FLAG, "a running total, not the toll of one event", lambda one: one.claim.cumulative),
)

_SOURCE = (
    Column(
        "source",
        Kind.TEXT,
        "words for who vouches for it; empty is the article's own voice",
        lambda one: one.claim.source.mention,
    ),
    Column("source_name", Kind.TEXT, "whom the words mean", lambda one: one.claim.source.name),
    Column("source_key", Kind.TEXT, "key in the roster of actors", lambda one: one.claim.source.actor),
    Column(
        "source_kind",
        Kind.TEXT,
        "person, official, party, monitor, media, organisation, unnamed, narration",
        lambda one: one.claim.source.kind.value,
    ),
    Column(
        "source_side", Kind.TEXT, "key of whose cause it shares; empty is unknown", lambda one: one.claim.source.side
    ),
    *_span("source", lambda one: one.claim.source.span),
    Column("via", Kind.TEXTS, "who passed it on, outermost first", lambda one: one.claim.via),
    Column("cue", Kind.TEXT, "words that attribute: said, denied, according to", lambda one: one.claim.cue),
    *_span("cue", lambda one: one.claim.cue_span),
    Column("quote_kind", Kind.TEXT, "direct, indirect, mixed, none", lambda one: one.claim.quote.value),
)

_EVIDENCE = (
    Column(
        "quote",
        Kind.TEXT,
        "the words that state it, at most 300 code points without --text",
        lambda one: one.claim.evidence.exact,
    ),
    Column(
        "start",
        Kind.INTEGER,
        "where the quote stands in the article's text, in code points",
        lambda one: one.claim.evidence.start,
    ),
    Column(
        "end",
        Kind.INTEGER,
        "its end, exclusive, of the whole evidence where the quote is cut",
        lambda one: one.claim.evidence.end,
    ),
    Column("prefix", Kind.TEXT, "words before it", lambda one: one.claim.evidence.prefix),
    Column("suffix", Kind.TEXT, "words after it", lambda one: one.claim.evidence.suffix),
    Column(
        "confidence",
        Kind.NUMBER,
        "how often claims read like this one are right, 0 to 1",
        lambda one: one.claim.confidence,
    ),
    Column("reasons", Kind.TEXTS, "what the confidence is made of", lambda one: one.claim.reasons),
    Column("denies", Kind.TEXT, "id of the claim in this article that it denies", lambda one: one.claim.denies),
    Column(
        "derived_from",
        Kind.TEXTS,
        "ids; on implied claims only, which are no evidence",
        lambda one: one.claim.derived_from,
    ),
)

_ARTICLE = (
    Column("article_id", Kind.TEXT, "id of the article", lambda one: one.article.id),
    Column("headline", Kind.TEXT, "its headline", lambda one: one.article.headline),
    Column("published", Kind.DAY, "when it was published", lambda one: one.article.published),
    Column("agency", Kind.TEXT, "news agency", lambda one: one.article.agency),
    Column("publisher", Kind.TEXT, "outlet", lambda one: one.article.publisher),
    Column("url", Kind.TEXT, "address, if it is one of the web", lambda one: told.address(one.article)),
    Column("body", Kind.TEXT, "digest of its body: articles that share it are reprints", lambda one: one.article.body),
    Column("reader", Kind.TEXT, "which version of the reader found the claim", lambda one: one.reader),
    Column("read_at", Kind.INSTANT, "and when", lambda one: one.read_at),
)

COLUMNS: tuple[Column, ...] = (
    Column(
        "claim_id",
        Kind.TEXT,
        "id of the claim: names the proposition at its place in the text",
        lambda one: one.claim.id,
    ),
    Column("type", Kind.TEXT, "capture, control, attack … (docs/claims.md)", lambda one: one.claim.type),
    Column("polarity", Kind.TEXT, "affirmed or denied, by the source", lambda one: one.claim.polarity.value),
    Column(
        "modality", Kind.TEXT, "actual, probable, possible, planned, demanded", lambda one: one.claim.modality.value
    ),
    *_party("actor", "who does it", lambda one: one.claim.actor),
    *_party("target", "to, from or with whom, or the victims", lambda one: one.claim.target),
    *_PLACE,
    *_TIME,
    *_VALUES,
    *_SOURCE,
    *_EVIDENCE,
    *_ARTICLE,
)
