"""Nouns ↔ JSON, and the JSON Schema. The contract is docs/claims.md ("The JSON contract"); here it is kept.

Every key is always written; what is not known is null. Keys keep name, order and meaning; a reader ignores new ones. Offsets are
code points into `article.text`, end exclusive: JavaScript and Java count UTF-16, so cut from code points there (`[...text]`).

    page, page_json   one page: article, claims, disputes                     `whosays read FILE --format json`
    claim_line     one claim with the head of its article, on one line        `--format jsonl`, `whosays claims`
    read_page_json, read_claim_line      and back, validated
    schema         of both and of an array of claims, as JSON Schema 2020-12  `whosays schema`
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta, Struct

from whosays import nouns
from whosays.nouns import Modality, PartKind, Polarity, QuoteKind, SourceKind

SCHEMA_ID = "urn:whosays:schema:1"
"""Names the contract, leads nowhere. The number changes when a key changes its meaning, which none has."""

Offset = Annotated[int, Meta(ge=0, description="Code points into `article.text`.")]
Range = tuple[Offset, Offset]
Bounds = tuple[int | None, int | None]
Day = date | None
Claims = Iterable[nouns.Claim]

# ----------------------------------------------------------------------------------------------------------- article


class Part(Struct, frozen=True):
    """A piece of the page: `article.text[start:end]`."""

    kind: Annotated[PartKind, Meta(description="What it is.")]
    start: Offset
    end: Offset
    at: Annotated[datetime | None, Meta(description="When a live-blog `entry` was written.")]


class Comment(Struct, frozen=True):
    """A reader's comment. Never evidence."""

    id: Annotated[str, Meta(description="`k1`, `k2` … in page order.")]
    author: Annotated[str | None, Meta(description="As printed, or a pseudonym.")]
    text: Annotated[str, Meta(description="Its words.")]
    parent: Annotated[str | None, Meta(description="Id of the comment that this one answers.")]
    depth: Annotated[int, Meta(ge=0, description="0 for a comment on the article itself.")]
    start: Offset
    end: Offset
    at: Annotated[datetime | None, Meta(description="When it was written.")]


class Dateline(Struct, frozen=True):
    """`BEIRUT (Reuters) –`: where the report was written, and by which agency."""

    place: Annotated[str | None, Meta(description="Where the report was written.")]
    agency: Annotated[str | None, Meta(description="By which agency.")]
    start: Offset
    end: Offset


class Credit(Struct, frozen=True):
    """One person of a credit line, with role and place as printed."""

    role: Annotated[str, Meta(description="As printed, lower case.")]
    person: Annotated[str, Meta(description="As printed.")]
    place: Annotated[str | None, Meta(description="As printed.")]


class Article(Struct, frozen=True):
    """The page as it was read."""

    text: Annotated[str, Meta(description="Plain text: the decoded file. HTML: the parts, joined by blank lines.")]
    headline: Annotated[str | None, Meta(description="As printed.")]
    byline: Annotated[list[str], Meta(description="As printed.")]
    dateline: Annotated[Dateline | None, Meta(description="Null where it has none.")]
    published: Annotated[Day, Meta(description="The day in force: the caller's if he gave one, else the page's.")]
    agency: Annotated[str | None, Meta(description="Which agency wrote it.")]
    publisher: Annotated[str | None, Meta(description="Who printed it.")]
    url: Annotated[str | None, Meta(description="Its address.")]
    language: Annotated[str, Meta(description="ISO 639-1.")]
    parts: Annotated[list[Part], Meta(description="In page order.")]
    comments: Annotated[list[Comment], Meta(description="Never evidence.")]
    id: Annotated[str, Meta(description="Digest of address or publisher, titles, paragraphs and captions.")]
    credits: Annotated[list[Credit], Meta(description="In page order.")]
    published_on_page: Annotated[Day, Meta(description="What the page itself says.")]
    published_at: Annotated[datetime | None, Meta(description="With hour and zone, where the page gives them.")]
    modified: Annotated[datetime | None, Meta(description="When the page says it was changed.")]
    notes: Annotated[list[str], Meta(description="Why this reading is partial or doubtful.")]


# ------------------------------------------------------------------------------------------------------------- claim


class Source(Struct, frozen=True):
    """The innermost voice that vouches for the claim. Narration: mention, start and end are null."""

    mention: Annotated[str | None, Meta(description="Words of the text.")]
    name: Annotated[str | None, Meta(description="Resolved name.")]
    kind: Annotated[SourceKind, Meta(description="What sort of voice.")]
    start: Annotated[Offset | None, Meta(description="Of the mention.")]
    end: Annotated[Offset | None, Meta(description="Of the mention.")]
    key: Annotated[str | None, Meta(description="Key in the roster of actors.")]
    side: Annotated[str | None, Meta(description="Whose cause it shares; null is unknown, never `not aligned`.")]


class Spans(Struct, frozen=True):
    """Where the words of the roles stand; null where the text has none."""

    actor: Annotated[Range | None, Meta(description="Of `actor`.")]
    target: Annotated[Range | None, Meta(description="Of `target`.")]
    place: Annotated[Range | None, Meta(description="Of `place`.")]
    time: Annotated[Range | None, Meta(description="Of `time`.")]
    cue: Annotated[Range | None, Meta(description="Of `cue`.")]


class Evidence(Struct, frozen=True):
    """W3C TextPositionSelector and TextQuoteSelector in one: `exact` is `article.text[start:end]`."""

    exact: Annotated[str, Meta(description="The words.")]
    start: Offset
    end: Offset
    prefix: Annotated[str, Meta(description="The words before.")]
    suffix: Annotated[str, Meta(description="The words after.")]


class Claim(Struct, frozen=True):
    """Somebody's proposition at its place in a text."""

    id: Annotated[str, Meta(description="Digest of the proposition at its place.")]
    type: Annotated[str, Meta(description="capture, control, withdraw … : docs/claims.md lists the types.")]
    polarity: Annotated[Polarity, Meta(description="Of the proposition, by its source.")]
    modality: Annotated[Modality, Meta(description="How surely, by its source.")]
    actor: Annotated[str | None, Meta(description="Words for who does it.")]
    actor_name: Annotated[str | None, Meta(description="Whom the words mean.")]
    target: Annotated[str | None, Meta(description="Words for to, from or with whom; or the victims.")]
    target_name: Annotated[str | None, Meta(description="Whom the words mean.")]
    place: Annotated[str | None, Meta(description="Words for where; null when the sentence names no place.")]
    place_name: Annotated[str | None, Meta(description="Which place the words mean.")]
    lat: Annotated[float | None, Meta(description="Degrees north.")]
    lon: Annotated[float | None, Meta(description="Degrees east.")]
    geonameid: Annotated[int | None, Meta(description="Number in GeoNames.")]
    country: Annotated[str | None, Meta(description="ISO 3166-1 alpha-2.")]
    geo_precision: Annotated[int | None, Meta(description="As in ACLED: 1 town, 2 part of a region or near, 3 region.")]
    place_inherited: Annotated[bool, Meta(description="`place_name` was taken from the text before.")]
    count: Annotated[Bounds | None, Meta(description="[low, high] people, of an attack strikes; null = unbounded.")]
    who: Annotated[str | None, Meta(description="Who is counted: civilians …")]
    harm: Annotated[str | None, Meta(description="What befell them.")]
    means: Annotated[str | None, Meta(description="By which weapon.")]
    time: Annotated[tuple[Day, Day] | None, Meta(description="[first, last] day; null = open at that end.")]
    time_text: Annotated[str | None, Meta(description="Words for when.")]
    time_precision: Annotated[int | None, Meta(description="As in ACLED: 1 day, 2 week, 3 month or worse.")]
    source: Annotated[Source, Meta(description="Who vouches for it.")]
    via: Annotated[list[str], Meta(description="Who passed it on, outermost first; the source is not among them.")]
    cue: Annotated[str | None, Meta(description="The word of saying.")]
    quote: Annotated[QuoteKind, Meta(description="Is it quoted?")]
    confidence: Annotated[float, Meta(ge=0, le=1, description="That it was read rightly: docs/claims.md.")]
    denies: Annotated[str | None, Meta(description="Id of the claim in this article that this one denies.")]
    derived_from: Annotated[list[str], Meta(description="Set on implied claims only, which are no evidence.")]
    spans: Annotated[Spans, Meta(description="Where the words of the roles stand.")]
    evidence: Annotated[Evidence, Meta(description="The words that state it.")]
    cumulative: Annotated[bool, Meta(description="A running total, not the toll of one event.")]
    actor_key: Annotated[str | None, Meta(description="Key in the roster of actors.")]
    target_key: Annotated[str | None, Meta(description="Key in the roster of actors.")]
    place_key: Annotated[str | None, Meta(description="Key in the gazetteer.")]
    reasons: Annotated[list[str], Meta(description="What the confidence is made of: docs/claims.md.")]
    place_relation: Annotated[str | None, Meta(description="How it lies to the named place: `near`, `30 km north of`.")]
    place_radius: Annotated[float | None, Meta(description="Kilometres around the point within which it lies.")]
    actor_side: Annotated[str | None, Meta(description="Whose cause it shares; null is unknown.")] = None
    target_side: Annotated[str | None, Meta(description="Key of its side.")] = None
    gazetteer_name: Annotated[str | None, Meta(description="The place's name in the gazetteer.")] = None
    feature: Annotated[str | None, Meta(description="town, camp, river, admin1 …: docs/places.md.")] = None
    population: Annotated[int | None, Meta(description="Of its place.")] = None
    admin1: Annotated[str | None, Meta(description="Name of the first-level division.")] = None
    admin2: Annotated[str | None, Meta(description="Second-level division.")] = None


class Dispute(Struct, frozen=True):
    """Two claims about the same thing that cannot both be true."""

    claims: Annotated[tuple[str, str], Meta(description="Ids of the two.")]
    about: Annotated[str, Meta(description="What of.")]
    why: Annotated[str, Meta(description="Why both cannot be true.")]
    kind: Annotated[nouns.DisputeKind, Meta(description="By what they differ.")]


class Page(Struct, frozen=True):
    """What `whosays read FILE --format json` prints."""

    article: Annotated[Article, Meta(description="The page.")]
    claims: Annotated[list[Claim], Meta(description="In the order of the text.")]
    disputes: Annotated[list[Dispute], Meta(description="Between its claims.")]
    implied: Annotated[list[Claim], Meta(description="What claims imply and do not say: in no count.")] = []


class Head(Struct, frozen=True):
    """What is worth knowing of an article beside one of its claims."""

    id: Annotated[str, Meta(description="Of the article.")]
    headline: Annotated[str | None, Meta(description="As printed.")]
    published: Annotated[Day, Meta(description="The day in force.")]
    agency: Annotated[str | None, Meta(description="Which agency wrote it.")]
    publisher: Annotated[str | None, Meta(description="Who printed it.")]
    url: Annotated[str | None, Meta(description="Its address.")]
    body: Annotated[str, Meta(description="Digest of the body: articles that share it are reprints of one story.")]


class ClaimLine(Struct, frozen=True):
    """One line of `--format jsonl`, or one item of what `whosays claims --format json` prints."""

    article: Annotated[Head, Meta(description="Where it stands.")]
    claim: Annotated[Claim, Meta(description="The claim.")]
    reader: Annotated[str, Meta(description="Which version of the reader extracted it.")]
    read_at: Annotated[datetime, Meta(description="When it was read.")]


# ------------------------------------------------------------------------------------------------------------- verbs


def page_json(page: Page) -> bytes:
    """The JSON object of one page, in UTF-8 on one line. Lone surrogates become U+FFFD; no offset moves."""
    return encode(page)


def claim_line(extraction: nouns.Extraction) -> bytes:
    """One claim with its article's head: a line of JSON Lines, without the line feed."""
    of = head(extraction.article)
    return encode(ClaimLine(of, claim(extraction.claim), extraction.reader, extraction.read_at))


def read_page_json(data: bytes | str) -> Page:
    """The Structs of one page. Raises msgspec.ValidationError, which names the path, where the contract is broken."""
    return msgspec.json.decode(data, type=Page)


def read_claim_line(data: bytes | str) -> ClaimLine:
    """The Structs of one line. Raises msgspec.ValidationError like `read_page_json`."""
    return msgspec.json.decode(data, type=ClaimLine)


def schema() -> dict[str, object]:
    """JSON Schema (2020-12): a page, one line of JSON Lines, or an array of what such lines hold."""
    forms = [Page, ClaimLine, list[ClaimLine]]
    roots, components = msgspec.json.schema_components(forms, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "whosays",
        "description": "Who says what happened, where and when. Everything here is somebody's claim.",
        "anyOf": list(roots),
        "$defs": components,
    }


# ------------------------------------------------------------------------------------------------- nouns → Structs


def page(article: nouns.Article, claims: Claims, disputes: Iterable[nouns.Dispute], implied: Claims = ()) -> Page:
    """The Structs of one page, claims in the order given."""
    return Page(
        whole_article(article),
        [claim(one) for one in claims],
        [Dispute(one.claims, one.about, one.why, one.kind) for one in disputes],
        [claim(one) for one in implied],
    )


def head(article: nouns.ArticleHead) -> Head:
    return msgspec.convert(article, Head, from_attributes=True)


def whole_article(article: nouns.Article) -> Article:
    """The Struct of a page."""
    line = article.dateline
    return Article(
        text=article.text,
        headline=article.headline,
        byline=list(article.byline),
        dateline=Dateline(line.place, line.agency, line.span.start, line.span.end) if line else None,
        published=article.published,
        agency=article.agency,
        publisher=article.publisher,
        url=article.url,
        language=article.language,
        parts=[Part(part.kind, part.span.start, part.span.end, part.at) for part in article.parts],
        comments=[_comment(comment) for comment in article.comments],
        id=article.id,
        credits=[Credit(credit.role, credit.person, credit.place) for credit in article.credits],
        published_on_page=article.published_on_page,
        published_at=article.published_at,
        modified=article.modified_at,
        notes=list(article.notes),
    )


def _comment(one: nouns.Comment) -> Comment:
    return Comment(one.id, one.author, one.text, one.parent, one.depth, one.span.start, one.span.end, one.at)


def claim(claim: nouns.Claim) -> Claim:
    """The Struct of one claim."""
    actor, target = _party(claim.actor), _party(claim.target)
    where = claim.place or nouns.Where(None, None)
    place = where.place
    return Claim(
        id=claim.id,
        type=claim.type,
        polarity=claim.polarity,
        modality=claim.modality,
        actor=actor.words,
        actor_name=actor.name,
        target=target.words,
        target_name=target.name,
        place=where.words,
        place_name=where.name,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        geonameid=place.geonameid if place else None,
        country=place.country if place else None,
        geo_precision=where.precision,
        place_inherited=where.inherited,
        count=(claim.count.low, claim.count.high) if claim.count else None,
        who=claim.who,
        harm=claim.harm,
        means=claim.means,
        time=(claim.time.first, claim.time.last) if claim.time else None,
        time_text=claim.time_words,
        time_precision=claim.time.precision if claim.time else None,
        source=_source(claim.source),
        via=list(claim.via),
        cue=claim.cue,
        quote=claim.quote,
        confidence=claim.confidence,
        denies=claim.denies,
        derived_from=list(claim.derived_from),
        spans=Spans(actor.range, target.range, _range(where.span), _range(claim.time_span), _range(claim.cue_span)),
        evidence=msgspec.convert(claim.evidence, Evidence, from_attributes=True),
        cumulative=claim.cumulative,
        actor_key=actor.key,
        target_key=target.key,
        place_key=place.key if place else None,
        reasons=list(claim.reasons),
        place_relation=place.relation if place else None,
        place_radius=place.radius if place else None,
        actor_side=actor.side,
        target_side=target.side,
        gazetteer_name=place.name if place else None,
        feature=place.feature if place else None,
        population=place.population if place else None,
        admin1=place.admin1 if place else None,
        admin2=place.admin2 if place else None,
    )


class _Party(NamedTuple):
    """Actor or target as the flat keys of a claim want it."""

    words: str | None = None
    name: str | None = None
    key: str | None = None
    range: Range | None = None
    side: str | None = None


def _party(party: nouns.Party | None) -> _Party:
    return _Party(party.words, party.name, party.actor, _range(party.span), party.side) if party else _Party()


def _source(source: nouns.Source) -> Source:
    start, end = _range(source.span) or (None, None)
    return Source(source.mention, source.name, source.kind, start, end, source.actor, source.side)


def _range(span: nouns.Span | None) -> Range | None:
    return (span.start, span.end) if span else None


def encode(value: object) -> bytes:
    """A Struct, or builtins, as JSON in UTF-8. Lone surrogates become U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # half a surrogate pair, which a page can spell as `&#xD83D;`: no UTF-8 holds it
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def _whole(value: object) -> object:
    """The same builtins with U+FFFD, also one code point, for each lone surrogate."""
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    return value
