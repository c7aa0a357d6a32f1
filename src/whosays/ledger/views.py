"""Questions to the ledger, as queries: which reading speaks for an article, and which claims answer a filter.

**What is current.** Nothing is overwritten, so an article may have been captured and read several times. Of the
readings of the same bytes those of the latest reader stand; among an article's standing readings the one of highest
rank speaks for it (`keys.rank`). All claims of an article that are read back come from that one reading: their spans
point into one text, and a claim that a later reader no longer finds is gone from view, though not from the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from whosays.ledger import sql
from whosays.ledger.judged import overlay
from whosays.ledger.tables import articles, captures, claims, compared, copied, extractions, names, readings, refusals
from whosays.ledger.told import NONE, Merges
from whosays.nouns import BUG, Place

Query = Select[*tuple[object, ...]]
"""A query whose columns are read by name."""


Division = tuple[str, str] | tuple[None, None]
"""A first-level division of a country: (country, name). (None, None): all places that lie in no known one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which claims are wanted; None = all. What each field means: `Ledger.claims`."""

    place: str | None = None
    actor: str | None = None
    source: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None
    article: str | None = None
    text: Select[int] | None = None
    """`sql.Dialect.evidence_matches`"""
    around: Place | None = None
    division: Division | None = None
    features: tuple[str, ...] | None = None
    unlisted: tuple[str, ...] | None = None
    claim: str | None = None
    rejected: bool = False
    merges: Merges = NONE


@cache
def current(of: FromClause = readings) -> ColumnElement[bool]:
    """Does this reading speak for its article? One of an analyst's, which has no rank, never does. (Made once: to put such a query
    together takes longer than to run it.)"""
    rival = readings.alias("rival")
    better = and_(rival.c.article == of.c.article, rival.c.rank > of.c.rank)
    return and_(of.c.rank != "", _stands(of), ~exists().where(better, _stands(rival)))


def _stands(of: FromClause) -> ColumnElement[bool]:
    """Has no later reader read the same bytes?"""
    later = readings.alias()
    return ~exists().where(later.c.raw == of.c.raw, later.c.version > of.c.version)


def heads(ids: Sequence[str] | None) -> Query:
    """Particulars of articles, all or some, by day of publication (undated last) and id."""
    query = select(*HEAD).select_from(CAPTURED).where(current()).order_by(*_BY_DAY)
    return query if ids is None else query.where(readings.c.article.in_(select(sql.each(ids))))


HEAD = (
    readings.c.article,
    captures.c.headline,
    captures.c.published,
    captures.c.agency,
    captures.c.publisher,
    captures.c.url,
    articles.c.body,
)
CAPTURED: FromClause = readings.join(captures, captures.c.id == readings.c.capture).join(
    articles, articles.c.id == readings.c.article
)
_BY_DAY = (captures.c.published.is_(None), captures.c.published, readings.c.article)


def copied_with(ids: Sequence[str] | None) -> Query:
    """Pairs of current articles with passages in common, by their ids: all of them, or those of the stories that the
    given articles belong to, and what was lifted from these or into them."""
    pairs = _pairs()
    if ids is None:
        return pairs
    story = select(sql.each(ids).label("id")).cte("story", recursive=True)
    other = case((copied.c.a == story.c.id, copied.c.b), else_=copied.c.a)
    either = or_(copied.c.a == story.c.id, copied.c.b == story.c.id)
    story = story.union(select(other).join(story, either).where(copied.c.whole))
    own = select(story.c.id)
    return pairs.where(or_(copied.c.a.in_(own), copied.c.b.in_(own)))


@cache
def _pairs() -> Query:
    return select(copied).where(_read(copied.c.a), _read(copied.c.b)).order_by(copied.c.a, copied.c.b)


@cache
def _read(article: ColumnElement[str]) -> ColumnElement[bool]:
    """Does a reading speak for this article?"""
    own = readings.alias("own")
    return exists().where(own.c.article == article, current(own))


def not_compared(method: str) -> Select[str]:
    """Current articles that have not been held against the others in this way."""
    done = exists().where(compared.c.article == articles.c.id, compared.c.method == method)
    return select(articles.c.id).where(~done, _read(articles.c.id)).order_by(articles.c.id)


def claims_where(wanted: Filter) -> Query:
    """Claims by day of publication, article and place in the text: whole rows of extractions, with their identity."""
    return _claims(wanted.rejected).where(*_conditions(wanted))


@cache
def read_claims() -> Query:
    """Claims by any reading: whole rows of extractions, with their identity. `claim` is the id under which the claim is shown, `words`
    that of the proposition: another, where an analyst corrected what names it."""
    read = extractions.join(readings, readings.c.id == extractions.c.reading).join(
        claims, claims.c.id == extractions.c.claim
    )
    read = read.join(captures, captures.c.id == readings.c.capture).join(articles, articles.c.id == readings.c.article)
    read = read.outerjoin(overlay, OVER)
    identity = (claims.c.type, claims.c.exact, claims.c.actor, claims.c.target, claims.c.place)
    values = [column for column in extractions.c if column is not extractions.c.claim]
    shown = (SHOWN.label("claim"), extractions.c.claim.label("words"))
    return select(*values, *shown, *identity, readings.c.reader, readings.c.read_at, *HEAD).select_from(read)


@cache
def _claims(rejected: bool) -> Query:
    query = read_claims().where(in_force(rejected))
    return query.order_by(*_BY_DAY, extractions.c.start, extractions.c.end, SHOWN)


OVER = and_(overlay.c.reading == extractions.c.reading, overlay.c.claim == extractions.c.claim)
SHOWN: ColumnElement[str] = func.coalesce(overlay.c.root, extractions.c.claim)
"""The id under which a claim is shown, of extractions joined with the overlay by `OVER`."""


@cache
def in_force(rejected: bool = False) -> ColumnElement[bool]:
    """Is this row shown: by what was judged, or else because its reading speaks for the article?"""
    judged = overlay.c.shown != 0 if rejected else overlay.c.shown == 1
    return func.coalesce(judged, current())


def _shown_as(claim: str) -> ColumnElement[bool]:
    """Is it the claim that is shown under this id, or in whose place it is shown?"""
    over, own = overlay.alias(), overlay.alias()
    roots = select(literal(claim)).union(select(own.c.root).where(own.c.claim == claim))
    ids = select(literal(claim)).union(select(over.c.claim).where(over.c.root.in_(roots)))
    return and_(extractions.c.claim.in_(ids), SHOWN.in_(roots))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """SQLite does not know that few claims name a place, and very many an actor. So we say where to start: from the
    place; else from the days; else from the source; else from the actor. Other names are looked up claim by claim."""
    e = extractions.c
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(e.day_last >= wanted.since)
    if wanted.until is not None:
        found.append(e.day_first <= wanted.until)
    found += _where(wanted)
    if wanted.claim is not None:
        found.append(_shown_as(wanted.claim))
    started = wanted.place is None and len(found) == 2
    for role, name in (("place", wanted.place), ("source", wanted.source), ("actor", wanted.actor)):
        if name is not None:
            found.append(_named(role, wanted.merges.asked(role, name), start=not started))
            started = True
    if wanted.type is not None:
        found.append(claims.c.type == wanted.type)
    if wanted.article is not None:
        found.append(readings.c.article == wanted.article)
    if wanted.text is not None:
        found.append(claims.c.seq.in_(wanted.text))
    return found


def _where(wanted: Filter) -> list[ColumnElement[bool]]:
    """In which part of the world a claim's place is to lie, and what kind of place it is to be."""
    e = extractions.c
    found: list[ColumnElement[bool]] = []
    merges, in_none = wanted.merges, or_(e.country.is_(None), e.admin1.is_(None))
    if wanted.around is not None:
        found.append(_around(merges.place(wanted.around), merges))
    if wanted.division == (None, None):
        found.append(_told(in_none, merges, lambda place: place.country is None or place.admin1 is None))
    elif wanted.division is not None:
        found.append(_in_division(wanted.division, merges))
    if wanted.features is not None:
        features = wanted.features
        found.append(_told(e.feature.in_(features), merges, lambda place: place.feature in features))
    if wanted.unlisted is not None:
        called = select(names.c.reading, names.c.claim).where(
            names.c.role == "place", names.c.name.in_(select(sql.each(wanted.unlisted)))
        )
        found += [tuple_(e.reading, e.claim).in_(called), e.place_key.is_(None)]
    return found


def _around(place: Place, merges: Merges) -> ColumnElement[bool]:
    """Of the place itself, of the division of the country that it lies in, or, of a division, of places within."""
    e = extractions.c
    own = _told(e.place_key == place.key, merges, lambda into: into.key == place.key)
    if place.country is None or place.admin1 is None:
        return own
    division = (place.country, place.admin1)
    if place.feature == "admin1":
        return _in_division(division, merges)
    whole = and_(e.country == place.country, e.admin1 == place.admin1, e.feature == "admin1")
    return or_(
        own, _told(whole, merges, lambda into: (into.country, into.admin1, into.feature) == (*division, "admin1"))
    )


def _in_division(division: tuple[str | None, str | None], merges: Merges) -> ColumnElement[bool]:
    e = extractions.c
    own = and_(e.country == division[0], e.admin1 == division[1])
    return _told(own, merges, lambda place: (place.country, place.admin1) == division)


def _told(own: ColumnElement[bool], merges: Merges, holds: Callable[[Place], bool]) -> ColumnElement[bool]:
    """What is asked of places as rows have them, and of those merged into others as these are."""
    if not merges.places:
        return own
    key = extractions.c.place_key
    into = [merged for merged, place in merges.places.items() if holds(place)]
    return or_(and_(own, or_(key.is_(None), key.not_in(list(merges.places)))), key.in_(into))


def divisions() -> Select[str | None, str | None, int]:
    """Countries and first-level divisions that claims are about, with how many extractions, most first."""
    e = extractions.c
    n = func.count().label("n")
    return (
        select(e.country, e.admin1, n)
        .group_by(e.country, e.admin1)
        .order_by(n.desc(), e.country.nulls_first(), e.admin1.nulls_first())
    )


def _named(role: str, called: Sequence[str], *, start: bool) -> ColumnElement[bool]:
    """Is the claim asked for by one of these names?"""
    own = and_(names.c.role == role, names.c.name.in_(called))
    e = extractions.c
    if start:
        return tuple_(e.reading, e.claim).in_(select(names.c.reading, names.c.claim).where(own))
    return exists().where(own, names.c.reading == e.reading, names.c.claim == e.claim)


def capture_of(article: str) -> Query:
    """The capture that speaks for an article; for one that a later reader reads as another article, its last."""
    query = select(captures, articles.c.body).select_from(CAPTURED).where(readings.c.article == article)
    return query.order_by(current().desc(), readings.c.rank.desc()).limit(1)


def rows_of(which: Select[str, str]) -> Query:
    """The claims of some rows of extractions, told by reading and claim."""
    return read_claims().where(tuple_(extractions.c.reading, extractions.c.claim).in_(which))


def all_rows(ids: Sequence[str]) -> Query:
    """All that was ever read in some articles, whatever is in force, with what reading it is of."""
    query = read_claims().add_columns(readings.c.capture, readings.c.rank).where(readings.c.article.in_(ids))
    return query.order_by(readings.c.rank, extractions.c.reading, extractions.c.claim)


def speaking(ids: Sequence[str]) -> Select[str, str, str, str]:
    """Of some articles the readings that speak: article, reading, capture and rank."""
    r = readings.c
    return select(r.article, r.id, r.capture, r.rank).where(r.article.in_(ids), current()).order_by(r.article)


def text_of(reading: str) -> Query:
    """The capture, with its text, that a reading read."""
    query = select(captures.c.id, captures.c.text).join(readings, readings.c.capture == captures.c.id)
    return query.where(readings.c.id == reading)


def captures_of(ids: Sequence[str]) -> Query:
    """The captures that speak for some articles."""
    query = select(captures, articles.c.body).select_from(CAPTURED)
    return query.where(readings.c.article.in_(select(sql.each(ids))), current()).order_by(readings.c.article)


def inner(table: Table, keys: Sequence[str]) -> Query:
    """Parts, comments or credits of some captures, in order."""
    return select(table).where(table.c.capture.in_(select(sql.each(keys)))).order_by(table.c.capture, table.c.n)


def ids_like(table: Table, prefix: str) -> Select[str]:
    """Up to nine ids of a table that begin so. `~` sorts after every hexadecimal digit."""
    return select(table.c.id).where(table.c.id >= prefix, table.c.id < prefix + "~").order_by("id").limit(9)


def search(ranked: Select[int, float], limit: int, among: Sequence[int] | None = None) -> Query:
    """Articles of these captures, best first (`sql.Dialect.text_ranked`); `among`: of these, the newest first. The column `seq` tells
    the capture."""
    by_article = readings.c.article == captures.c.article  # says nothing new, but by this SQLite finds the reading
    ordered = select(*HEAD, captures.c.seq).where(current(), by_article).limit(limit)
    if among is not None:
        return ordered.select_from(CAPTURED).where(captures.c.seq.in_(among)).order_by(captures.c.seq.desc())
    hits = ranked.subquery("hits")
    found = CAPTURED.join(hits, hits.c.seq == captures.c.seq)
    return ordered.select_from(found).order_by(hits.c.score, readings.c.article)


def totals() -> Select[int, int, int, int]:
    """Articles, captures, claims and distinct bodies."""
    own = select(func.count().label("n"), func.count(articles.c.body.distinct()).label("bodies"))
    own_articles = own.select_from(CAPTURED).where(current()).subquery()
    n_captures = select(func.count()).select_from(captures).scalar_subquery()
    read = extractions.join(readings, readings.c.id == extractions.c.reading)
    n_claims = select(func.count()).select_from(read.outerjoin(overlay, OVER)).where(in_force()).scalar_subquery()
    return select(own_articles.c.n, n_captures, n_claims, own_articles.c.bodies)


def refused() -> Select[str, int]:
    """Reasons and how often: refusals of bytes that this reader or a later one has not read since, nor a later one
    refused again."""
    later, again = readings.alias(), refusals.alias()
    overruled = or_(
        exists().where(later.c.raw == refusals.c.raw, later.c.version >= refusals.c.version),
        exists().where(again.c.raw == refusals.c.raw, again.c.version > refusals.c.version),
    )
    query = select(refusals.c.reason, func.count()).where(~overruled)
    return query.group_by(refusals.c.reason).order_by(refusals.c.reason)


def done(raw: str, reader: str, given: date | None) -> Select[bool]:
    """Has this reader refused these bytes, by no bug of ours, or read them? With `given`, a day of publication in the
    user's word: is that the last day he gave?"""
    own = and_(readings.c.raw == raw, readings.c.reader == reader)
    read = exists().where(own) if given is None else _last_given(own).scalar_subquery() == given
    refusal = exists().where(refusals.c.raw == raw, refusals.c.reader == reader, refusals.c.reason != BUG)
    return select(or_(func.coalesce(read, false()), refusal))


def read_as(raw: str, reader: str) -> Select[str]:
    """The article that this reader made of these bytes."""
    own = select(readings.c.article).where(readings.c.raw == raw, readings.c.reader == reader)
    return own.order_by(readings.c.rank.desc()).limit(1)


def given(raw: str) -> Select[date | None]:
    """The day of publication that the user gave last for these bytes."""
    return _last_given(readings.c.raw == raw)


def _last_given(own: ColumnElement[bool]) -> Select[date | None]:
    said = select(readings.c.given).where(own, readings.c.given.is_not(None))
    return said.order_by(readings.c.read_at.desc(), readings.c.rank.desc()).limit(1)
