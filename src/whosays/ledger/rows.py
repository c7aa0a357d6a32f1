"""Nouns ↔ rows: the only place that knows which column holds which field. Pure; what goes in comes out equal.

A capture is named by the digest of all it holds, a reading by its capture and its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from whosays.ledger.fetched import Row
from whosays.ledger.keys import days, folded, rank, stamp, storable, version
from whosays.nouns import (
    Article,
    ArticleHead,
    Capture,
    Claim,
    Comment,
    Count,
    Credit,
    Dateline,
    Evidence,
    Extraction,
    Modality,
    Part,
    PartKind,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Refusal,
    Source,
    SourceKind,
    Span,
    When,
    Where,
)
from whosays.text import digest

Values = dict[str, object]
"""One row on its way in: column → value."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The rows of one capture, ready to be inserted."""

    key: str
    capture: Values
    parts: tuple[Values, ...]
    comments: tuple[Values, ...]
    credit_lines: tuple[Values, ...]


# ------------------------------------------------------------------------------------------------------------ inward


def bundle(capture: Capture) -> Bundle:
    """Rows of a capture. Its key is the digest of all that they hold."""
    article = capture.article
    own, inner = _capture(capture), (_parts(article), _comments(article), _credits(article))
    key = digest(*map(_field, _flat((own, *inner[0], _END, *inner[1], _END, *inner[2]))))
    keyed = [tuple({"capture": key, "n": n, **row} for n, row in enumerate(rows)) for rows in inner]
    return Bundle(key, {"id": key, **own}, *keyed)


def reading(capture: Capture, key: str, *, reader: str, name: str, given: date | None) -> Values:
    """Row that says: this reader has been over this capture, whose day of publication may be `given` by the user.

    A user may change his mind, and back: each time is a reading of its own, told apart by when it was."""
    word = () if given is None else (given.isoformat(), stamp(capture.read_at))
    return {
        "id": digest(key, reader, *word),
        "article": capture.article.id,
        "capture": key,
        "raw": capture.raw,
        "reader": reader,
        "version": version(reader),
        "rank": rank(capture, key, reader=reader, given=given is not None),
        "name": storable(name),
        "given": given,
        "read_at": capture.read_at,
    }


def claim(claim: Claim) -> Values:
    """Identity of a claim."""
    return {
        "id": claim.id,
        "article": claim.article,
        "type": claim.type,
        "exact": claim.evidence.exact,
        "actor": claim.actor and claim.actor.words,
        "target": claim.target and claim.target.words,
        "place": claim.place and claim.place.words,
    }


def extraction(claim: Claim, key: str, published: date | None) -> Values:
    """What the reading `key` made of a claim in an article of that day."""
    first, last = days(claim, published)
    place = claim.place and claim.place.place
    return {
        "reading": key,
        "claim": claim.id,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "prefix": claim.evidence.prefix,
        "suffix": claim.evidence.suffix,
        "polarity": claim.polarity,
        "modality": claim.modality,
        **_party("actor", claim.actor),
        **_party("target", claim.target),
        **_where(claim.place),
        **_ends("time", claim.time_span),
        "time_words": claim.time_words,
        "time_first": claim.time and claim.time.first,
        "time_last": claim.time and claim.time.last,
        "time_precision": claim.time and claim.time.precision,
        "counted": claim.count is not None,
        "count_low": claim.count and claim.count.low,
        "count_high": claim.count and claim.count.high,
        "who": claim.who,
        "harm": claim.harm,
        "means": claim.means,
        "cumulative": claim.cumulative,
        "source_kind": claim.source.kind,
        **_ends("source", claim.source.span),
        "source_words": claim.source.mention,
        "source_name": claim.source.name,
        "source_key": claim.source.actor,
        "source_side": claim.source.side,
        "via": claim.via,
        **_ends("cue", claim.cue_span),
        "cue": claim.cue,
        "quote": claim.quote,
        "confidence": claim.confidence,
        "denies": claim.denies,
        "derived_from": claim.derived_from,
        "day_first": first,
        "day_last": last,
        "reasons": claim.reasons,
        "place_relation": place and place.relation,
        "place_radius": place and place.radius,
    }


def names(claim: Claim, key: str) -> Iterator[Values]:
    """All ways to ask for a claim by its place, its actor or its source."""
    where, actor, source = claim.place, claim.actor, claim.source
    place = where.place if where else None
    asked = (
        ("place", place and place.key, (place and place.name, where and where.name, where and where.words)),
        ("actor", actor and actor.actor, (actor and actor.name, actor and actor.words)),
        ("source", source.actor, (source.name, source.mention)),
    )
    for role, own, words in asked:
        for name in sorted({own or "", *(folded(word or "") for word in words)} - {""}):
            yield {"role": role, "name": name, "reading": key, "claim": claim.id}


def refusal(refusal: Refusal, *, raw: str | None, name: str, reader: str, read_at: datetime) -> Values:
    """Row of a refusal. The same refusal of the same bytes by the same reader has the same key."""
    detail, name = storable(refusal.detail), storable(name)
    return {
        "id": digest(raw or name, reader, refusal.stage, refusal.reason, detail),
        "raw": raw,
        "reader": reader,
        "version": version(reader),
        "name": name,
        "stage": refusal.stage,
        "reason": refusal.reason,
        "detail": detail,
        "read_at": read_at,
    }


def _capture(capture: Capture) -> Values:
    article = capture.article
    return {
        "article": article.id,
        "raw": capture.raw,
        "text": article.text,
        "comments_at": min((comment.span.start for comment in article.comments), default=None),
        "headline": article.headline,
        "byline": article.byline,
        "dateline_place": article.dateline and article.dateline.place,
        "dateline_agency": article.dateline and article.dateline.agency,
        **_ends("dateline", article.dateline.span if article.dateline else None),
        "published": article.published,
        "published_on_page": article.published_on_page,
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "agency": article.agency,
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
        "notes": article.notes,
    }


def _parts(article: Article) -> list[Values]:
    return [{"kind": p.kind, "start": p.span.start, "end": p.span.end, "at": p.at} for p in article.parts]


def _comments(article: Article) -> list[Values]:
    return [
        {
            "id": comment.id,
            "author": comment.author,
            "text": comment.text,
            "start": comment.span.start,
            "end": comment.span.end,
            "parent": comment.parent,
            "depth": comment.depth,
            "at": comment.at,
        }
        for comment in article.comments
    ]


def _credits(article: Article) -> list[Values]:
    return [{"role": c.role, "person": c.person, "place": c.place} for c in article.credits]


def _ends(role: str, span: Span | None) -> Values:
    return {f"{role}_start": span and span.start, f"{role}_end": span and span.end}


def _party(role: str, party: Party | None) -> Values:
    return {
        **_ends(role, party.span if party else None),
        f"{role}_name": party and party.name,
        f"{role}_key": party and party.actor,
        f"{role}_side": party and party.side,
    }


def _where(where: Where | None) -> Values:
    place = where and where.place
    return {
        **_ends("place", where.span if where else None),
        "place_name": where and where.name,
        "place_inherited": where and where.inherited,
        "place_precision": where and where.precision,
        "place_key": place and place.key,
        "gazetteer_name": place and place.name,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "country": place and place.country,
        "feature": place and place.feature,
        "population": place and place.population,
        "geonameid": place and place.geonameid,
        "admin1": place and place.admin1,
        "admin2": place and place.admin2,
    }


_END: Values = {"": "\x1d"}
"""Between kinds of rows, so that no row of one kind passes for one of the next."""


def _flat(rows: Iterable[Values]) -> Iterator[object]:
    for row in rows:
        for value in row.values():
            yield from (len(value), *value) if isinstance(value, tuple) else (value,)


def _field(value: object) -> str | None:
    return None if value is None else str(value)


# ----------------------------------------------------------------------------------------------------------- outward


def head(row: Row) -> ArticleHead:
    """An article's particulars."""
    return ArticleHead(row.article, row.headline, row.published, row.agency, row.publisher, row.url, row.body)


def article(row: Row, *, parts: Sequence[Row], comments: Sequence[Row], credit_lines: Sequence[Row]) -> Article:
    """An article from the rows of one capture, the inner ones in the order of `n`."""
    dateline = _span(row.dateline_start, row.dateline_end)
    return Article(
        id=row.article,
        text=row.text,
        parts=tuple(Part(PartKind(p.kind), Span(p.start, p.end), p.at) for p in parts),
        comments=tuple(
            Comment(c.id, c.author, c.text, Span(c.start, c.end), c.parent, c.depth, c.at) for c in comments
        ),
        headline=row.headline,
        byline=row.byline,
        credits=tuple(Credit(c.role, c.person, c.place) for c in credit_lines),
        dateline=Dateline(row.dateline_place, row.dateline_agency, dateline) if dateline else None,
        published=row.published,
        published_on_page=row.published_on_page,
        published_at=row.published_at,
        modified_at=row.modified_at,
        agency=row.agency,
        publisher=row.publisher,
        url=row.url,
        language=row.language,
        notes=row.notes,
    )


def extracted(row: Row) -> Extraction:
    """A claim with where it was read and by whom, from a row of `views.claims`."""
    return Extraction(_claim(row), head(row), row.reader, row.read_at)


def _claim(row: Row) -> Claim:
    return Claim(
        id=row.claim,
        article=row.article,
        type=row.type,
        polarity=Polarity(row.polarity),
        modality=Modality(row.modality),
        actor=_as_party(row.actor, row.actor_start, row.actor_end, row.actor_name, row.actor_key, row.actor_side),
        target=_as_party(
            row.target, row.target_start, row.target_end, row.target_name, row.target_key, row.target_side
        ),
        place=None if row.place_inherited is None else _as_where(row),
        time=None if row.time_precision is None else When(row.time_first, row.time_last, row.time_precision),
        time_words=row.time_words,
        time_span=_span(row.time_start, row.time_end),
        count=Count(row.count_low, row.count_high) if row.counted else None,
        who=row.who,
        harm=row.harm,
        means=row.means,
        cumulative=row.cumulative,
        source=_as_source(row),
        via=row.via,
        cue=row.cue,
        cue_span=_span(row.cue_start, row.cue_end),
        quote=QuoteKind(row.quote),
        evidence=Evidence(row.exact, row.start, row.end, row.prefix, row.suffix),
        confidence=row.confidence,
        reasons=row.reasons,
        denies=row.denies,
        derived_from=row.derived_from,
    )


def _as_party(
    words: str | None, start: int | None, end: int | None, name: str | None, key: str | None, side: str | None
) -> Party | None:
    return None if words is None else Party(words, _span(start, end), name, key, side)


def _as_where(row: Row) -> Where:
    place = None
    if row.place_key is not None:
        place = Place(
            row.place_key,
            row.gazetteer_name,
            row.lat,
            row.lon,
            row.country,
            row.feature,
            row.population,
            row.geonameid,
            row.admin1,
            row.admin2,
            row.place_radius,
            row.place_relation,
        )
    span = _span(row.place_start, row.place_end)
    return Where(row.place, span, row.place_name, place, row.place_inherited, row.place_precision)


def _as_source(row: Row) -> Source:
    return Source(
        SourceKind(row.source_kind),
        row.source_words,
        _span(row.source_start, row.source_end),
        row.source_name,
        row.source_key,
        row.source_side,
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
