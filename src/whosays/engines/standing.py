"""What weighing comes to, kept up to date: so that no page has to weigh.

    refresh(where, clock=…, workers=…) -> Report

A ledger is weighed in *parts*: as one where it has no more than AT_ONCE claims, else division by division of countries, those of places
in none (countries, seas, names that no gazetteer has) as one part. What is said of a country then meets nothing said of its towns; of
a town speaks what names its province, or a name that no gazetteer has and the town goes by. Only parts in which something was read or
judged are weighed anew (`ledger/derived.py` says when), each in a process of its own if there are several, and written in one
transaction: a page never sees half of one. Memory is that of the largest part.
The rows do not depend on what was weighed when: after any pages and refreshes they are those of a ledger weighed at once. Only the news
(`Change`) do, since what was told once is not told again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from typing import get_args

from whosays import ledger as ledgers
from whosays import weigh
from whosays.engines import weighing
from whosays.engines.weighing import Near
from whosays.ledger import Found, Ledger, Part, Voiced
from whosays.nouns import (
    STATES,
    Answer,
    Change,
    Disputed,
    Extraction,
    LaneKind,
    Outcomes,
    Place,
    PlaceHead,
    Question,
    Record,
    Standing,
)
from whosays.text import digest, fold
from whosays.weigh import Kind

AT_ONCE = 20_000
"""Claims: a ledger of no more is one part."""

SECONDS = 4_000
"""Claims: a ledger of no more is weighed within seconds, so that whoever fills it need not think of it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh came to."""

    parts: int
    """Weighed anew; 0: all was up to date."""
    claims: int
    news: int
    """Places that changed hands or became disputed, told for the first time."""
    version: int
    seconds: float


def refresh(
    where: str, *, clock: Callable[[], datetime], workers: int = 1, anew: bool = False, at_once: int = AT_ONCE
) -> Report:
    """Weigh anew what changed in a ledger since it was weighed; all of it with `anew`. `where`: its path or URL, which several
    processes open. Raises LedgerError as `ledger.open` does."""
    start = clock()
    with ledgers.open(where) as opened:
        parts = opened.derived.outdated(partial(weighing.linked, opened), opened.divisions, at_once=at_once, anew=anew)
        done = list(_weighed(where, parts, workers))
        version = opened.weighings.version()
        if opened.derived.unsummed():
            version = opened.derived.sum_up(_records, start)
    claims, news = (sum(numbers) for numbers in zip(*done, strict=True)) if done else (0, 0)
    return Report(len(parts), claims, news, version, (clock() - start).total_seconds())


def _weighed(where: str, parts: Sequence[Part], workers: int) -> Iterator[tuple[int, int]]:
    if workers == 1 or len(parts) < 2:
        yield from (_weigh(where, part) for part in parts)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=8) as pool:
        yield from pool.map(partial(_weigh, where), parts)


def _weigh(where: str, part: Part) -> tuple[int, int]:
    """One part, read, weighed and written: claims and news."""
    with ledgers.open(where) as opened:
        claims = weighing.view(opened, division=part.division)
        found = weighed(claims, elsewhere(opened, part, claims), weighing.apart(opened))
        return len(claims), opened.derived.replace(part, found)


def elsewhere(opened: Ledger, part: Part, claims: Sequence[Extraction]) -> tuple[Extraction, ...]:
    """Claims outside a division that may speak of its places: their place has one of these names, and was not resolved."""
    if part.division in (None, (None, None)):
        return ()
    names = tuple(sorted({fold(place.name) for place in Near(claims).places.values()}))
    return weighing.traced(opened, opened.claims(unlisted=names))


def weighed(claims: tuple[Extraction, ...], others: tuple[Extraction, ...] = (), apart: Collection[str] = ()) -> Found:
    """What the claims of a part come to. `others` say something of its places too, and are of another part; `apart`: pairs of claims that
    were judged to speak of different things."""
    known = {one.claim.id: one for one in claims}
    asked = tuple(
        (one, weigh.answers([known[claim] for claim in one.claims])) for one in weigh.questions(claims, apart)
    )
    heads = tuple(_places(claims))
    standings, changes = _control(heads, Near((*claims, *others)))
    return Found(
        claims=tuple(map(_voiced, claims)),
        places=heads,
        standings=standings,
        changes=changes,
        disputes=tuple(_disputes(claims, known, asked, apart)),
        questions=asked,
        outcomes=tuple(_outcomes(claims)),
    )


def _voiced(one: Extraction) -> Voiced:
    claim = one.claim
    place, actor, target = weigh.place_key(claim.place), weigh.party_key(claim.actor), weigh.party_key(claim.target)
    return Voiced(one, place, weigh.voice_key(one), weigh.voice(one), actor, target)


def _places(claims: Iterable[Extraction]) -> Iterator[PlaceHead]:
    """The places that claims are about. One that is only told by how it lies to a named place (`near Hama`) counts to that."""
    at: dict[str, list[Extraction]] = defaultdict(list)
    for one in claims:
        key = weigh.place_key(one.claim.place)
        if key is not None:
            at[key].append(one)
    for key, own in at.items():
        named = [
            one.claim.place.place for one in own if one.claim.place is not None and one.claim.place.place is not None
        ]
        place = min(named, key=lambda place: (place.relation is not None, str(place.relation)), default=None)
        words = [one.claim.place.name or one.claim.place.words or key for one in own if one.claim.place is not None]
        days = [span for one in own if (span := weigh.days(one, state=True)) is not None]  # an open end is no day
        first, last = min((day for day, _ in days), default=None), max((day for _, day in days), default=None)
        yield PlaceHead(_itself(place), key, place.name if place is not None else min(words), len(own), first, last)


def _itself(place: Place | None) -> Place | None:
    """The place without how something lies to it."""
    if place is None:
        return None
    where = place.lat, place.lon, place.country, place.feature, place.population, place.geonameid
    return Place(place.key, place.name, *where, place.admin1, place.admin2)


def _control(heads: Iterable[PlaceHead], near: Near) -> tuple[tuple[Standing, ...], tuple[tuple[Change, str], ...]]:
    """Who holds each place, through both times, and what is news in that."""
    standings: list[Standing] = []
    changes: list[tuple[Change, str]] = []
    for head in heads:
        said = near.of(head.place, head.name if head.place is not None else head.key)
        for kind in LaneKind if said else ():
            found = weigh.standings(head.key, head.place, head.name, said, by=kind)
            standings += found
            if kind is LaneKind.WEIGHED:
                changes += weigh.turns(head.name, found)
    return tuple(standings), tuple(changes)


def _disputes(
    claims: tuple[Extraction, ...],
    known: Mapping[str, Extraction],
    asked: Iterable[tuple[Question, tuple[Answer, ...]]],
    apart: Collection[str],
) -> Iterator[tuple[Disputed, date | None]]:
    """Disputes, each with its weight, and when it came up in print."""
    origins = {claim: one.support.origins for _, answers in asked for one in answers for claim in one.claims}
    for dispute in weigh.disputes(claims, apart):
        a, b = (known[claim] for claim in dispute.claims)
        days = [span for one in (a, b) if (span := weigh.days(one, state=one.claim.type in STATES)) is not None]
        heavy = weigh.weight(dispute.kind, a, b, (origins.get(a.claim.id, 1), origins.get(b.claim.id, 1)))
        first, last = min((day for day, _ in days), default=None), max((day for _, day in days), default=None)
        place = weigh.place_key(a.claim.place) or weigh.place_key(b.claim.place)
        printed = [one.article.published for one in (a, b) if one.article.published is not None]
        yield Disputed(digest(*dispute.claims), dispute, place, first, last, heavy), max(printed, default=None)


def _outcomes(claims: tuple[Extraction, ...]) -> Iterator[Outcomes]:
    heard = weigh.hearings(claims)
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        yield from weigh.outcomes(weigh.words_of(heard, of=kind), of=kind)


def _records(found: Iterable[Outcomes]) -> Iterator[Record]:
    for _, parts in groupby(found, key=lambda one: (one.kind, one.key)):
        yield weigh.recorded(list(parts))
