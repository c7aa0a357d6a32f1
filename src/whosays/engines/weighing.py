"""A ledger's claims as weighing sees them: each with the story in which its words first stood.

view(ledger, …) -> claims                what a ledger answers, traced
around(ledger, claim) -> claims          those that could be of one question with it
touched(ledger, article) -> claims       those that could be of one question with any of its claims
stories(ledger, articles) -> Stories     with all that is common to them and to others
apart(ledger) -> pairs                  that analysts judged to speak of different things
divided(ledger) -> claims, claims …      the whole ledger, in parts where it is large
weigh_all(where, then) -> …              all of it weighed, part by part, on several processes
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from whosays import ledger as ledgers
from whosays import weigh
from whosays.ledger import Division, Ledger
from whosays.nouns import Answer, Copied, Dispute, Extraction, Lane, LaneKind, Place, Question, Subject, Verdict
from whosays.text import fold

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
    known, links = _linked(ledger, articles)
    heads = ledger.heads(sorted(known))
    return weigh.stories(
        (head for head in heads if known_on is None or (head.published or date.max) <= known_on), links
    )


def linked(ledger: Ledger, articles: Sequence[str]) -> set[str]:
    """These articles, those that share words with them, those that share words with those, and so on."""
    return _linked(ledger, articles)[0]


def _linked(ledger: Ledger, articles: Sequence[str]) -> tuple[set[str], Collection[Copied]]:
    links: dict[tuple[str, str], Copied] = {}
    known, fresh = set(articles), set(articles)
    while fresh:
        found = {one.articles: one for one in ledger.copied(sorted(fresh)) if one.articles not in links}
        links |= found
        fresh = {article for pair in found for article in pair} - known
        known |= fresh
    return known, links.values()


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


# ------------------------------------------------------------------------------------------------- what speaks of a place

AROUND = ("admin1", "admin2", "district")
"""Features of places of which something may be said that says something of a town: that all of its province was taken, or a district
of its own."""


class Near:
    """Claims about who holds what, by the places of which they may say so: the one answer to what speaks of a place. `moves` then
    hears what each says of it, if anything."""

    def __init__(self, claims: Iterable[Extraction]) -> None:
        self._own: dict[str, list[Extraction]] = defaultdict(list)
        self._within: dict[tuple[str | None, str | None], list[Extraction]] = defaultdict(list)
        self._unlisted: dict[str, list[Extraction]] = defaultdict(list)
        self.places: dict[str, Place] = {}
        """The places that claims name, by key."""
        for one in claims:
            where = one.claim.place
            if where is None or one.claim.type not in weigh.TERRITORY:
                continue
            place = where.place
            if place is None:
                for name in {fold(words) for words in (where.name, where.words) if words}:
                    self._unlisted[name].append(one)
                continue
            self._own[place.key].append(one)
            self._within[place.country, place.admin1].append(one)
            if place.relation is None:
                self.places.setdefault(place.key, place)

    def of(self, place: Place | None, name: str) -> list[Extraction]:
        """What may speak of a place: claims on it, also where its name was not resolved; on the division around it and on its
        districts; of a division, on what lies in it. Of a name that no gazetteer has, the claims by that name."""
        unlisted = self._unlisted.get(fold(name), [])
        if place is None:
            return unlisted
        around: Iterable[Extraction] = ()
        if place.country is not None and place.admin1 is not None:
            around = self._within.get((place.country, place.admin1), ())
            if place.feature not in ("admin1", "admin2"):
                around = (one for one in around if _feature(one) in AROUND)
        return list({one.claim.id: one for one in (*self._own.get(place.key, ()), *unlisted, *around)}.values())


def _feature(one: Extraction) -> str | None:
    where = one.claim.place
    return where.place.feature if where is not None and where.place is not None else None


def about(ledger: Ledger, place: Place | None, name: str) -> tuple[Extraction, ...]:
    """What a ledger has that may speak of a place, as `Near` tells it. Nothing where nothing is said of the place itself."""
    asked = (name,) if place is None else (place.key, name)
    own = [one for word in asked for one in ledger.claims(place=word)]
    if place is None:
        return tuple({one.claim.id: one for one in own}.values())
    if own and place.country is not None and place.admin1 is not None:
        wide = place.feature in ("admin1", "admin2")
        features = None if wide else AROUND
        for kind in weigh.TERRITORY:
            own += ledger.claims(division=(place.country, place.admin1), type=kind, features=features)
    return tuple(Near(own).of(place, name))


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


def apart(ledger: Ledger) -> frozenset[str]:
    """Pairs of claims (`nouns.pair`) that analysts judged to speak of different things."""
    said = ledger.in_force(about=Subject.DISPUTE)
    return frozenset(pair for pair, one in said.items() if one.verdict is Verdict.DIFFERENT)


def weighed(claims: tuple[Extraction, ...], apart: Collection[str] = ()) -> Weighed:
    """Weigh some claims; `apart`: pairs that speak of different things."""
    known = {one.claim.id: one for one in claims}
    return Weighed(
        claims,
        tuple((asked, weigh.answers([known[one] for one in asked.claims])) for asked in weigh.questions(claims, apart)),
        weigh.disputes(claims, apart),
        tuple(_lanes(claims)),
        weigh.words(claims),
    )


def _lanes(claims: tuple[Extraction, ...]) -> Iterator[Lane]:
    near = Near(claims)
    for place in near.places.values():
        yield from weigh.lanes(place, place.name, near.of(place, place.name), by=LaneKind.WEIGHED)


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
        return then(weighed(view(opened, division=division), apart(opened)))
