"""Several rows of the derived tables at once, by their keys: what a page shows beside a listing, in one query each.

places_of(keys)     sources_of(keys)     claims_of(ids)     first_read(ids)     disputes_in(article)
standings_on(day, …)     lanes(place, …)
articles(…)         quoting(source)    relating(actor, types)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, literal, or_, select, tuple_

from whosays.ledger import merges, rows, sql, views, weighed_rows
from whosays.ledger import overlay as overlays
from whosays.ledger import tables_weighed as tables
from whosays.ledger.fetched import Row, read
from whosays.ledger.judged import judgements, overlay
from whosays.ledger.tables import Day, articles, captures, readings
from whosays.ledger.tables import claims as kept_claims
from whosays.ledger.tables import extractions as kept_extractions
from whosays.nouns import ArticleHead, Disputed, Extraction, LaneKind, PlaceHead, Standing, VoiceHead


class Lookups:
    """What `Weighings` can look up by keys."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    def places_of(self, keys: Sequence[str]) -> dict[str, PlaceHead]:
        """Places by their keys; without those that no claim in force is about."""
        query = select(tables.places).where(tables.places.c.key.in_(select(sql.each(keys))))
        with self._reading() as connection:
            return {one.key: one for one in map(weighed_rows.as_place, read(connection, query))}

    def sources_of(self, keys: Sequence[str]) -> dict[str, VoiceHead]:
        """Sources by their keys."""
        c = tables.heads.c
        query = select(tables.heads).where(c.role == "source", c.key.in_(select(sql.each(keys))))
        with self._reading() as connection:
            return {one.key: one for one in map(weighed_rows.as_voice, read(connection, query))}

    def claims_of(self, ids: Sequence[str]) -> dict[str, Extraction]:
        """Claims in force by their ids, traced; without those that are not in force, or not weighed yet."""
        w = tables.claims.c
        query = select(w.seq).join(kept_claims, kept_claims.c.seq == w.seq)
        wanted = select(sql.each(ids))
        shown = select(overlay.c.claim).where(overlay.c.root.in_(wanted))  # under another id
        judged = select(judgements.c.claim).where(judgements.c.subject.in_(wanted))  # or were when they were weighed
        query = query.where(kept_claims.c.id.in_(wanted.union(shown, judged)))
        with self._reading() as connection:
            found = extractions(connection, connection.execute(query).all())
        return {one.claim.id: one for one in found}

    def first_read(self, ids: Sequence[str]) -> dict[str, datetime]:
        """When some claims were read for the first time, in force or not: no later reading changes it."""
        e = kept_extractions.c
        query = select(e.claim, func.min(readings.c.read_at).label("at")).join(readings, readings.c.id == e.reading)
        with self._reading() as connection:
            rows = connection.execute(query.where(e.claim.in_(select(sql.each(ids)))).group_by(e.claim)).all()
        return {one.claim: one.at for one in rows}

    def disputes_in(self, article: str) -> tuple[Disputed, ...]:
        """Disputes of the claims of an article, with each other and with those of others, the heaviest first."""
        w, c = tables.claims.c, tables.disputes.c
        written = select(kept_claims.c.id).join(tables.claims, w.seq == kept_claims.c.seq).where(w.article == article)
        own = written.union(select(overlay.c.root).where(overlay.c.claim.in_(written)))
        ids = select(c.id).where(c.a.in_(own)).union(select(c.id).where(c.b.in_(own)))
        query = select(tables.disputes).where(c.id.in_(ids)).order_by(c.lighter, c.id)
        with self._reading() as connection:
            return tuple(map(weighed_rows.as_dispute, read(connection, query)))

    def standings_on(
        self,
        day: date,
        *,
        kind: LaneKind,
        known_on: date | None = None,
        place: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[tuple[Standing, ...], str | None]:
        """Who holds what on a day, by place and whose lane, and a word to go on with. `known_on` as in `Weighings.standings`."""
        c = tables.standings.c
        wanted = [c.lane == kind, or_(c.since.is_(None), c.since <= day), or_(c.until.is_(None), c.until >= day)]
        if known_on is None:
            wanted.append(c.known_until.is_(None))
        else:
            wanted += [c.known_since <= known_on, or_(c.known_until.is_(None), c.known_until >= known_on)]
        if place is not None:
            wanted.append(c.place == place)
        if after is not None:
            wanted.append(tuple_(c.place, c.who) > tuple_(*map(str, json.loads(after))))
        query = select(tables.standings).where(*wanted).order_by(c.place, c.who, c.since.nulls_first()).limit(limit + 1)
        with self._reading() as connection:
            found = tuple(map(weighed_rows.as_standing, read(connection, query)))
        last = found[limit - 1] if len(found) > limit else None
        return found[:limit], None if last is None else json.dumps([last.place, last.who])

    def lanes(
        self, place: str, *, known_on: date | None = None, around: date | None = None, most: int
    ) -> tuple[Standing, ...]:
        """Standings of a place by lane, whose, and time: of each lane the last `most` that began by a day (`around`; without it the last
        of all), and the first `most` after it. `known_on` as in `Weighings.standings`. Of thousands only these are read whole."""
        c = tables.standings.c
        wanted = [c.place == place]
        if known_on is None:
            wanted.append(c.known_until.is_(None))
        else:
            wanted += [c.known_since <= known_on, or_(c.known_until.is_(None), c.known_until >= known_on)]
        day = around or date.max
        began, after = func.coalesce(c.since, literal(date.min, Day)), func.coalesce(c.since > day, false())
        gap = sql.days_apart(began, literal(day, Day))
        rank = func.row_number().over(partition_by=(c.lane, c.who, after), order_by=gap)
        row = sql.row_of(tables.standings)
        ranked = select(row.label("row"), rank.label("rank")).where(*wanted).subquery()
        near = select(ranked.c.row).where(ranked.c.rank <= most)
        query = (
            select(tables.standings).where(row.in_(near)).order_by(c.lane, c.who, c.since.nulls_first(), c.last_known)
        )
        with self._reading() as connection:
            return tuple(map(weighed_rows.as_standing, read(connection, query)))

    def articles(
        self,
        *,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[tuple[ArticleHead, ...], str | None]:
        """Heads of articles, those read last first, and a word to go on with. `outlet`: who printed it, as printed; `since`, `until`:
        days of publication."""
        c = captures.c
        wanted: list[ColumnElement[bool]] = []
        if outlet is not None:
            wanted.append(or_(c.publisher == outlet, and_(c.publisher.is_(None), c.agency == outlet)))
        if since is not None:
            wanted.append(c.published >= since)
        if until is not None:
            wanted.append(c.published <= until)
        later = captures.alias("later")
        wanted.append(~exists().where(later.c.article == c.article, later.c.seq > c.seq))
        if after is not None:
            wanted.append(c.seq < int(after))
        query = select(c.seq, c.article).where(*wanted).order_by(c.seq.desc()).limit(limit + 1)
        with self._reading() as connection:
            listed = connection.execute(query).all()
            ids = [row.article for row in listed[:limit]]
            known = {one.id: one for one in map(rows.head, read(connection, views.heads(ids)))}
        rest = str(listed[limit - 1].seq) if len(listed) > limit else None
        return tuple(known[id_] for id_ in ids if id_ in known), rest

    def totals(self) -> tuple[int, int, int]:
        """Articles, distinct bodies, and claims in force: quickly, so with articles that a later reader reads as others."""
        query = select(
            select(func.count()).select_from(articles).scalar_subquery(),
            select(func.count(articles.c.body.distinct())).scalar_subquery(),
            select(func.count()).select_from(tables.claims).scalar_subquery(),
        )
        with self._reading() as connection:
            n_articles, bodies, n_claims = connection.execute(query).one()
        return n_articles, bodies, n_claims

    def quoting(self, source: str, *, among: int = 500) -> tuple[tuple[str | None, int, int], ...]:
        """Outlets that print what a source says, with how many of its claims and in how many articles, those that do most first;
        of its last claims, so many."""
        w, c = tables.claims.c, captures.c
        last = select(w.seq, w.reading, w.article).where(w.source == source).order_by(w.age).limit(among).subquery()
        outlet = func.coalesce(c.publisher, c.agency).label("outlet")
        n, articles = func.count().label("n"), func.count(last.c.article.distinct())
        query = select(outlet, n, articles).select_from(
            last.join(readings, readings.c.id == last.c.reading).join(captures, c.id == readings.c.capture)
        )
        with self._reading() as connection:
            found = connection.execute(query.group_by(outlet).order_by(n.desc(), outlet.nulls_first())).all()
        return tuple((row[0], row[1], row[2]) for row in found)

    def relating(self, actor: str, types: Sequence[str], *, limit: int = 300) -> tuple[Extraction, ...]:
        """Claims of some types in which an actor has either role, those published last first."""
        w = tables.claims.c
        query = select(w.seq).where(w.type.in_(types), or_(w.actor == actor, w.target == actor))
        with self._reading() as connection:
            return extractions(connection, connection.execute(query.order_by(w.age, w.seq).limit(limit)).all())


def extractions(connection: Connection, listed: Sequence[Row]) -> tuple[Extraction, ...]:
    """The claims of some rows of a listing (`seq`), in its order: as they were judged since, without those that were rejected since."""
    w, kept = tables.claims.c, kept_claims.c
    seqs = [row.seq for row in listed]
    query = views.read_claims().add_columns(w.seq, w.story, w.printed, overlay.c.shown, readings.c.rank)
    query = query.join(tables.claims, and_(w.seq == kept.seq, w.reading == readings.c.id)).where(w.seq.in_(seqs))
    told = merges.merges(connection).told
    found: dict[int, Extraction] = {}
    for row in read(connection, query):
        now = row if _still(row) else _instead(connection, row)
        if now is not None:
            found[row.seq] = replace(told(rows.extracted(now)), story=row.story, printed=row.printed)
    return tuple(found[seq] for seq in seqs if seq in found)


def _still(row: Row) -> bool:
    """Is it what is shown, as far as judgements tell? One of an analyst's (without rank) is where the overlay says so and nowhere else."""
    return bool(row.shown == overlays.SHOWN or (row.shown is None and row.rank))


def _instead(connection: Connection, row: Row) -> Row | None:
    """What is shown in place of a row since something of it was judged or undone; None: it was rejected."""
    of = select(judgements.c.subject).where(judgements.c.reading == row.reading, judgements.c.claim == row.words)
    root = row.claim if row.shown is not None else connection.execute(of.limit(1)).scalar()
    if root is None:
        return None
    return connection.execute(views.claims_where(views.Filter(claim=str(root)))).first()
