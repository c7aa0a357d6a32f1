"""Questions: which claims speak of the same thing. `Who held Albu Kamal on 8–9 Nov 2017?` `How many were killed in Azaz on 7 Jan 2017?`

    questions(claims) → Questions, each with its claims, a score and the named reasons that make it

Theory. Claims of one group (capture, control and withdrawal are one, `holding`; every other type is its own) are taken in the order
of the days they speak of, and each joins the question that it is likest to, if it is like enough; else it opens one. How like is a
sum of weighted reasons (`likeness.py`), pressed into 0 to 1; the score of a question is that of the claim that belongs there least.
*Days.* An event happened at some time within its interval: so all claims of one question must have a day in common, and that day is
what each new claim is held against. `40 died on Friday` and `112 have died`, printed two days later, meet; Friday's and Sunday's dead
do not. Who holds a place is asked of runs of days on which somebody speaks of it: a run is broken where a day passes in silence, and
one longer than a week is cut at weeks of the calendar, so that what is asked never depends on what was said a month before.
*Places.* One place, or one within the other: the attack `in Aleppo province` may be the one in Azaz. A region alone is never enough. Who
holds a region is another question than who holds a town in it.
*Actors.* Who holds a place and who struck it is what the voices differ about; who entered is what is asked.
Undated claims are compared with those of their own page. Plans and demands are no answers: they are in no question.
A question is named by the id of its first claim, so that the id of any claim leads to its question. Cost grows with the questions
that are open on one day around one place, not with the ledger. Source of the rules: CLAIMS.md section 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from whosays.nouns import STATES, Claim, Extraction, Modality, Place, Question, pair
from whosays.weigh import sameness
from whosays.weigh.asked import asked
from whosays.weigh.likeness import Open, liken

HOLDING = "holding"
GROUPS = {"capture": HOLDING, "control": HOLDING, "withdraw": HOLDING}
"""Types that answer one question; every other type is a group of its own."""

ENOUGH = 0.5
"""Of the score, to be of one question."""

WEEK = 7
"""Days: a longer run of claims about who holds a place is cut at weeks."""

_ASSERTED = frozenset({Modality.ACTUAL, Modality.PROBABLE, Modality.POSSIBLE})


def group(claim: Claim) -> str:
    """The group of types that a claim belongs to."""
    return GROUPS.get(claim.type, claim.type)


def questions(claims: Sequence[Extraction], apart: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions that some claims answer, by place, days and group. Every claim that asserts something of a place is in one. `apart`:
    pairs (`nouns.pair`) that are known to speak of different things: no question joins them."""
    spoken = sorted(filter(_asks, claims), key=said)
    runs = _runs(spoken)
    groups: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
    for one in spoken:
        asks = _Asked(one, _days(one, runs), group(one.claim))
        groups[asks.group, _realm(one) if asks.days else one.article.id].append(asks)
    found = [_question(open_) for of_group in groups.values() for open_ in _sorted_out(of_group, apart)]
    return tuple(sorted(found, key=lambda one: (one.first or date.max, one.place or "", one.group, one.id)))


def said(one: Extraction) -> tuple[date, str, int, int, str]:
    """The order in which things were said; ties do not depend on how they were read in."""
    return one.article.published or date.max, *sameness.order(one.claim)


@dataclass(frozen=True, slots=True)
class _Asked:
    one: Extraction
    days: tuple[date, date] | None
    group: str


def _asks(one: Extraction) -> bool:
    claim = one.claim
    return claim.modality in _ASSERTED and not claim.derived_from and sameness.place_key(claim.place) is not None


def _realm(one: Extraction) -> str:
    """Within what a claim may have company: a country, where its place is known, else the name of the place."""
    place = _place(one)
    return place.country or place.key if place is not None else f"? {sameness.place_key(one.claim.place)}"


def _place(one: Extraction) -> Place | None:
    return one.claim.place.place if one.claim.place is not None else None


# --------------------------------------------------------------------------------------------------------------- days


def _days(one: Extraction, runs: dict[tuple[str, date], tuple[date, date]]) -> tuple[date, date] | None:
    """The days within which a claim of its question must lie."""
    span = sameness.days(one, state=one.claim.type in STATES)
    if span is None or group(one.claim) != HOLDING:
        return span
    return runs[_spot(one), _speaks(span)]


def _speaks(span: tuple[date, date]) -> date:
    """The day that a claim about who holds a place speaks of: the last; that it was so before is another question."""
    return span[1]


def _spot(one: Extraction) -> str:
    return sameness.place_key(one.claim.place) or ""


def _runs(claims: Sequence[Extraction]) -> dict[tuple[str, date], tuple[date, date]]:
    """(place, day on which somebody says who holds it) → first and last day of the run of such days that it lies in."""
    spoken: dict[str, set[date]] = defaultdict(set)
    for one in claims:
        span = sameness.days(one, state=one.claim.type in STATES)
        if span is not None and group(one.claim) == HOLDING:
            spoken[_spot(one)].add(_speaks(span))
    runs = {}
    for place, days in spoken.items():
        for run in _unbroken(sorted(days)):
            for day in run:
                runs[place, day] = _cut(run[0], run[-1], day)
    return runs


def _unbroken(days: Sequence[date]) -> Iterator[list[date]]:
    run: list[date] = []
    for day in days:
        if run and day - run[-1] > timedelta(days=1):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _cut(first: date, last: date, day: date) -> tuple[date, date]:
    """The run, or of a long one the week that the day lies in."""
    if (last - first).days < WEEK:
        return first, last
    monday = day - timedelta(days=day.weekday())
    return max(first, monday), min(last, monday + timedelta(days=WEEK - 1))


# ------------------------------------------------------------------------------------------------------------ joining


@dataclass(slots=True)
class _Around:
    """Questions still open, found by place and by the regions around it."""

    at: dict[str, list[Open]] = field(default_factory=lambda: defaultdict(list))

    def near(self, place: Place | None, key: str, since: date | None) -> list[Open]:
        """Those that a claim may join: of its place, of a region around it or, for a region, of a place within."""
        found = {id(one): one for at in (key, *_regions(place)) for one in self._open(at, since)}
        return list(found.values())

    def _open(self, at: str, since: date | None) -> list[Open]:
        if at in self.at and since is not None:
            self.at[at] = [one for one in self.at[at] if one.last is None or one.last >= since]
        return self.at.get(at, [])

    def add(self, one: Open) -> None:
        for at in (one.key, *_regions(one.place)):
            self.at[at].append(one)


def _regions(place: Place | None) -> tuple[str, ...]:
    """Names of the first-level division that a place lies in, or is."""
    if place is None or place.country is None:
        return ()
    division = place.name if place.feature == "admin1" else place.admin1
    return (f"{place.country}/{division}",) if division else ()


def _sorted_out(asked: Sequence[_Asked], apart: Collection[str]) -> list[Open]:
    """Claims of one group and one country, put to their questions."""
    around, made = _Around(), []
    dated = sorted(asked, key=lambda one: (one.days or (date.max, date.max), said(one.one)))
    for asks in dated:
        key = sameness.place_key(asks.one.claim.place) or ""
        place = _place(asks.one)
        open_ = around.near(place, key, asks.days[0] if asks.days else None)
        if apart:
            open_ = [one for one in open_ if not _parted(one, asks.one, apart)]
        likest = max(
            ((*liken(one, asks.one, asks.days), one) for one in open_),
            key=lambda found: (found[0], found[2].claims[0].claim.id),
            default=None,
        )
        if likest is not None and likest[0] >= ENOUGH:
            score, reasons, joined = likest
            joined.join(asks.one, asks.days, score, reasons)
        else:
            made.append(Open(asks.one, asks.days, key, place, asks.group))
            around.add(made[-1])
    return made


def _parted(open_: Open, one: Extraction, apart: Collection[str]) -> bool:
    return any(pair(one.claim.id, other.claim.id) in apart for other in open_.claims)


def _question(open_: Open) -> Question:
    claims = sorted(open_.claims, key=said)
    return Question(
        id=claims[0].claim.id,
        group=open_.group,
        words=asked(open_.group, claims, open_.first, open_.last),
        place=open_.key,
        first=open_.first,
        last=open_.last,
        claims=tuple(one.claim.id for one in claims),
        score=open_.score,
        reasons=open_.reasons,
    )
