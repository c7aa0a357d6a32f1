"""Questions to the ledger, as queries: which reading speaks for an article, and which claims answer a filter.

**What is current.** Nothing is overwritten, so an article may have been captured and read several times. Of the
readings of the same bytes those of the latest reader stand; among an article's standing readings the one of highest
rank speaks for it (`keys.rank`). All claims of an article that are read back come from that one reading: their spans
point into one text, and a claim that a later reader no longer finds is gone from view, though not from the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)

from whosays.ledger import sql
from whosays.ledger.keys import called
from whosays.ledger.tables import articles, captures, claims, compared, copied, extractions, names, readings, refusals
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
    text: str | None = None
    around: Place | None = None
    division: Division | None = None
    claim: str | None = None


@cache
def current(of: FromClause = readings) -> ColumnElement[bool]:
    """Does this reading speak for its article? (Made once: to put such a query together takes longer than to run it.)"""
    rival = readings.alias("rival")
    better = and_(rival.c.article == of.c.article, rival.c.rank > of.c.rank)
    return and_(_stands(of), ~exists().where(better, _stands(rival)))


def _stands(of: FromClause) -> ColumnElement[bool]:
    """Has no later reader read the same bytes?"""
    later = readings.alias()
    return ~exists().where(later.c.raw == of.c.raw, later.c.version > of.c.version)


def heads(ids: Sequence[str] | None) -> Query:
    """Particulars of articles, all or some, by day of publication (undated last) and id."""
    query = select(*_HEAD).select_from(_CAPTURED).where(current()).order_by(*_BY_DAY)
    return query if ids is None else query.where(readings.c.article.in_(select(sql.each(ids))))


_HEAD = (
    readings.c.article,
    captures.c.headline,
    captures.c.published,
    captures.c.agency,
    captures.c.publisher,
    captures.c.url,
    articles.c.body,
)
_CAPTURED: FromClause = readings.join(captures, captures.c.id == readings.c.capture).join(
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
    story = story.union(
        select(copied.c.b).join(story, story.c.id == copied.c.a).where(copied.c.whole),
        select(copied.c.a).join(story, story.c.id == copied.c.b).where(copied.c.whole),
    )
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
    return _claims().where(*_conditions(wanted))


@cache
def _claims() -> Query:
    read = extractions.join(readings, readings.c.id == extractions.c.reading).join(
        claims, claims.c.id == extractions.c.claim
    )
    read = read.join(captures, captures.c.id == readings.c.capture).join(articles, articles.c.id == readings.c.article)
    identity = (claims.c.type, claims.c.exact, claims.c.actor, claims.c.target, claims.c.place)
    query = select(extractions, *identity, readings.c.reader, readings.c.read_at, *_HEAD).select_from(read)
    query = query.where(current())
    return query.order_by(*_BY_DAY, extractions.c.start, extractions.c.end, extractions.c.claim)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """SQLite does not know that few claims name a place, and very many an actor. So we say where to start: from the
    place; else from the days; else from the source; else from the actor. Other names are looked up claim by claim."""
    e = extractions.c
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(e.day_last >= wanted.since)
    if wanted.until is not None:
        found.append(e.day_first <= wanted.until)
    if wanted.around is not None:
        found.append(_around(wanted.around))
    if wanted.division == (None, None):
        found.append(or_(e.country.is_(None), e.admin1.is_(None)))
    elif wanted.division is not None:
        found += [e.country == wanted.division[0], e.admin1 == wanted.division[1]]
    if wanted.claim is not None:
        found.append(e.claim == wanted.claim)
    started = wanted.place is None and len(found) == 2
    for role, name in (("place", wanted.place), ("source", wanted.source), ("actor", wanted.actor)):
        if name is not None:
            found.append(_named(role, name, start=not started))
            started = True
    if wanted.type is not None:
        found.append(claims.c.type == wanted.type)
    if wanted.article is not None:
        found.append(readings.c.article == wanted.article)
    if wanted.text is not None:
        found.append(claims.c.seq.in_(sql.evidence_matches(wanted.text)))
    return found


def _around(place: Place) -> ColumnElement[bool]:
    """Of the place itself, of the division of the country that it lies in, or, of a division, of places within."""
    e = extractions.c
    own, division = e.place_key == place.key, and_(e.country == place.country, e.admin1 == place.admin1)
    if place.country is None or place.admin1 is None:
        return own
    return division if place.feature == "admin1" else or_(own, and_(division, e.feature == "admin1"))


def divisions() -> Select[str | None, str | None, int]:
    """Countries and first-level divisions that claims are about, with how many extractions, most first."""
    e = extractions.c
    n = func.count().label("n")
    return select(e.country, e.admin1, n).group_by(e.country, e.admin1).order_by(n.desc(), e.country, e.admin1)


def _named(role: str, name: str, *, start: bool) -> ColumnElement[bool]:
    """Is the claim asked for by this name?"""
    own = and_(names.c.role == role, names.c.name.in_(called(name)))
    e = extractions.c
    if start:
        return tuple_(e.reading, e.claim).in_(select(names.c.reading, names.c.claim).where(own))
    return exists().where(own, names.c.reading == e.reading, names.c.claim == e.claim)


def capture_of(article: str) -> Query:
    """The capture that speaks for an article; for one that a later reader reads as another article, its last."""
    query = select(captures, articles.c.body).select_from(_CAPTURED).where(readings.c.article == article)
    return query.order_by(current().desc(), readings.c.rank.desc()).limit(1)


def captures_of(ids: Sequence[str]) -> Query:
    """The captures that speak for some articles."""
    query = select(captures, articles.c.body).select_from(_CAPTURED)
    return query.where(readings.c.article.in_(select(sql.each(ids))), current()).order_by(readings.c.article)


def inner(table: Table, keys: Sequence[str]) -> Query:
    """Parts, comments or credits of some captures, in order."""
    return select(table).where(table.c.capture.in_(select(sql.each(keys)))).order_by(table.c.capture, table.c.n)


def ids_like(table: Table, prefix: str) -> Select[str]:
    """Up to nine ids of a table that begin so. `~` sorts after every hexadecimal digit."""
    return select(table.c.id).where(table.c.id >= prefix, table.c.id < prefix + "~").order_by("id").limit(9)


def search(query: str, limit: int) -> Query:
    """Articles with these words, best first, and an excerpt."""
    hits = sql.text_matches(query).subquery("hits")
    found = _CAPTURED.join(hits, hits.c.seq == captures.c.seq)
    ordered = select(*_HEAD, hits.c.excerpt).select_from(found).where(current())
    return ordered.order_by(hits.c.score, readings.c.article).limit(limit)


def totals() -> Select[int, int, int, int]:
    """Articles, captures, claims and distinct bodies."""
    own = select(func.count().label("n"), func.count(articles.c.body.distinct()).label("bodies"))
    own_articles = own.select_from(_CAPTURED).where(current()).subquery()
    n_captures = select(func.count()).select_from(captures).scalar_subquery()
    read = extractions.join(readings, readings.c.id == extractions.c.reading)
    n_claims = select(func.count()).select_from(read).where(current()).scalar_subquery()
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


def given(raw: str) -> Select[date | None]:
    """The day of publication that the user gave last for these bytes."""
    return _last_given(readings.c.raw == raw)


def _last_given(own: ColumnElement[bool]) -> Select[date | None]:
    said = select(readings.c.given).where(own, readings.c.given.is_not(None))
    return said.order_by(readings.c.read_at.desc(), readings.c.rank.desc()).limit(1)
