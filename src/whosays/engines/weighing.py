"""A ledger's claims as weighing sees them: each with the story in which its words first stood.

view(ledger, …) -> claims                what a ledger answers, traced
around(ledger, claim) -> claims          those that could be of one question with it
touched(ledger, article) -> claims       those that could be of one question with any of its claims
stories(ledger, articles) -> Stories     with all that is common to them and to others
divided(ledger) -> claims, claims …      the whole ledger, in parts where it is large
weigh_all(where, then) -> …              all of it weighed, part by part, on several processes
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from whosays import ledger as ledgers
from whosays import weigh
from whosays.ledger import Division, Ledger
from whosays.nouns import Answer, Copied, Dispute, Extraction, Lane, LaneKind, Place, Question

T = TypeVar("T")

REACH = timedelta(days=31)
"""Claims about events farther apart are never of one question."""


def view(
    ledger: Ledger,
    *,
    place: str | None = None,
    since: date | None = None,
    until: date | None = None,
    around: Place | None = None,
    division: Division | None = None,
) -> tuple[Extraction, ...]:
    """The claims that a ledger answers with (`Ledger.claims`), traced."""
    return traced(ledger, ledger.claims(place=place, since=since, until=until, around=around, division=division))


def traced(ledger: Ledger, claims: Iterable[Extraction], *, known_on: date | None = None) -> tuple[Extraction, ...]:
    """Claims of a ledger, each with the story in which its words first stood; with `known_on`, as far as was known by then."""
    found = tuple(claims)
    return weigh.traced(found, stories(ledger, list({one.article.id for one in found}), known_on=known_on))


def stories(ledger: Ledger, articles: Sequence[str], *, known_on: date | None = None) -> weigh.Stories:
    """The stories of some articles, whole, and of all from which a passage leads to them; with `known_on`, of those published by
    then."""
    links: dict[tuple[str, str], Copied] = {}
    known, fresh = set(articles), set(articles)
    while fresh:
        found = {one.articles: one for one in ledger.copied(sorted(fresh)) if one.articles not in links}
        links |= found
        fresh = {article for pair in found for article in pair} - known
        known |= fresh
    heads = ledger.heads(sorted(known))
    return weigh.stories(
        (head for head in heads if known_on is None or (head.published or date.max) <= known_on), links.values()
    )


def around(ledger: Ledger, one: Extraction) -> tuple[Extraction, ...]:
    """The claims that could be of one question with this one, itself among them."""
    return traced(ledger, _around(ledger, one))


def touched(ledger: Ledger, article: str) -> tuple[Extraction, ...]:
    """The claims that could be of one question with any of an article's: what has to be weighed again when it is new."""
    asked = {_what(one): one for one in ledger.claims(article=article)}
    return traced(ledger, {near.claim.id: near for one in asked.values() for near in _around(ledger, one)}.values())


def _around(ledger: Ledger, one: Extraction) -> Iterator[Extraction]:
    where, days = one.claim.place, _days(one)
    since, until = (min(days) - REACH, max(days) + REACH) if days else (None, None)
    if where is not None and where.place is not None:
        return ledger.claims(around=where.place, since=since, until=until)
    return ledger.claims(place=(where.name or where.words) if where else None, since=since, until=until)


def _what(one: Extraction) -> tuple[str | None, tuple[date, ...]]:
    """Claims with one such key have the same claims around them."""
    return weigh.place_key(one.claim.place), tuple(_days(one))


def _days(one: Extraction) -> list[date]:
    """The days that a claim may speak of."""
    time = one.claim.time
    days = [day for day in (time.first, time.last) if day] if time else []
    return days + ([one.article.published] if one.article.published else [])


AT_ONCE = 200_000
"""Claims: a ledger of no more is weighed as one part."""


def divided(ledger: Ledger, *, at_once: int = AT_ONCE) -> Iterator[tuple[Extraction, ...]]:
    """All claims, together where they are no more than `at_once`. Else division of a country by division; those of places in none
    (countries, seas, names that no gazetteer has) last: what is said of a country then meets nothing said of its towns."""
    if ledger.counts().claims <= at_once:
        yield view(ledger)
        return
    for division in ledger.divisions():
        yield view(ledger, division=division)


# ------------------------------------------------------------------------------------------------------ a whole ledger


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the claims of some places come to."""

    claims: tuple[Extraction, ...]
    questions: tuple[tuple[Question, tuple[Answer, ...]], ...]
    disputes: tuple[Dispute, ...]
    lanes: tuple[Lane, ...]
    """All voices weighed, one for each place that the gazetteer has."""
    words: tuple[weigh.Word, ...]
    """What became of each thing that somebody said: records are made of them."""


def weighed(claims: tuple[Extraction, ...]) -> Weighed:
    """Weigh some claims."""
    known = {one.claim.id: one for one in claims}
    return Weighed(
        claims,
        tuple((asked, weigh.answers([known[one] for one in asked.claims])) for asked in weigh.questions(claims)),
        weigh.disputes(claims),
        tuple(_lanes(claims)),
        weigh.words(claims),
    )


def _lanes(claims: tuple[Extraction, ...]) -> Iterator[Lane]:
    at: dict[Place, list[Extraction]] = defaultdict(list)
    for one in claims:
        place = one.claim.place.place if one.claim.place else None
        if place is not None and place.relation is None:
            at[place].append(one)
    for place, own in at.items():
        yield from weigh.lanes(place, place.name, own, by=LaneKind.WEIGHED)


def weigh_all(where: str, then: Callable[[Weighed], T], *, workers: int = 1) -> Iterator[T]:
    """Weigh a whole ledger, division by division, the largest first, on so many processes; what `then` makes of each. `then` must be
    a function of a module, and what it returns small: it crosses from process to process."""
    with ledgers.open(where) as opened:
        divisions = opened.divisions()
    if workers == 1:
        yield from (_weigh(where, division, then) for division in divisions)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=8) as pool:
        yield from pool.map(partial(_weigh, where, then=then), divisions)


def _weigh(where: str, division: Division, then: Callable[[Weighed], T]) -> T:
    with ledgers.open(where) as opened:
        return then(weighed(view(opened, division=division)))
