"""How far a voice, an outlet or a side has been borne out by others: never a score, always with the number it rests on.

    words(claims, of="source")  -> Words: each proposition once, with what became of it and by which claims
    record(claims, of="source") -> Records: the same, counted (`counted` does it to words)

Theory. A *word* is what somebody says in answer to one question (`questions.py`), told once: a reprint is nobody's second word, and
saying it again makes it no truer. Its fate is what others went on to say (`bearing.py`). Not everybody can bear out or refute it: a
*witness* is another voice in another story, not of the speaker's side, who spoke on the same day or later, and who is known either to
take no side in it or to speak against the interest of his own (`interest.py`). Whose side is unknown is no witness.
  withdrawn   the voice itself said the opposite later
  borne out   more witnesses say the same than speak against it
  refuted     more witnesses speak against it
  open        no witness, or as many on either side
It is heard in its own question. Of who took or left a place it is heard on, where no witness spoke there: in the next questions about
the place, for a month, until somebody tells of a change. So an announcement may be borne out late; `lead_days` shows it.
What is borne out was not proved, nor is refuted what is false: witnesses err. So the share borne out of those resolved comes with an
interval: Beta-Binomial with a uniform prior, of which `rate` is the mean, `low` and `high` the middle 95 %. Voices about which
nobody else speaks stay at 0.5 and 0.03 to 0.97, which says that nothing is known.
Records of voices differ in what they speak about: who only repeats what all say is seldom refuted. `first` and `lead_days` tell who
said it before others; `against_interest` who also tells what hurts his own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from statistics import median
from typing import Literal

import numpy as np

from whosays.nouns import NOT_ALIGNED, Extraction, Fate, Interest, Modality, Outcomes, Record
from whosays.weigh import sameness
from whosays.weigh.bearing import Bearing, bears, moves
from whosays.weigh.case import stakes
from whosays.weigh.interest import Gain, interest
from whosays.weigh.questions import HOLDING, questions

Kind = Literal["source", "outlet", "side"]

NO_SIDE = "not aligned"
"""Name of those who are known to take no side."""

MONTH = timedelta(days=31)
"""For so long others may bear out or refute who took a place; later, much may have happened."""

_WITNESSES = frozenset({Interest.NOT_ALIGNED, Interest.AGAINST})
_ASSERTED = frozenset({Modality.ACTUAL, Modality.PROBABLE})


@dataclass(frozen=True, slots=True)
class Word:
    """What a voice, outlet or side said in answer to one question, and what became of it."""

    who: str
    said: Extraction
    """Where it was said first."""
    fate: Fate
    by: tuple[str, ...]
    """Ids of the claims that made it so: witnesses', or its own voice's later one."""
    lead: int | None
    """Days from it to the first other origin that says the same; negative: that was first. None: no other says it."""
    interest: Interest
    key: str = ""
    """What whose word it is is known by."""


def words(claims: Sequence[Extraction], *, of: Kind = "source") -> tuple[Word, ...]:
    """The words of all voices, outlets or sides, in the order in which they were said. Sides: those that are known."""
    return words_of(hearings(claims), of=of)


def hearings(claims: Sequence[Extraction]) -> Hearings:
    """The questions that some claims answer, those about who holds one place together: what `words_of` makes words of."""
    known = {one.claim.id: one for one in _once(claims)}
    threads: dict[str | None, list[_Hearing]] = defaultdict(list)
    for question in questions(tuple(known.values())):
        thread = question.place if question.group == HOLDING else question.id
        threads[thread].append(_Hearing(question.first, _origins([known[one] for one in question.claims])))
    return tuple(map(tuple, threads.values()))


def words_of(heard: Hearings, *, of: Kind = "source") -> tuple[Word, ...]:
    """`words`, of claims that were put to their questions before."""
    found = [word for thread in heard for word in _of_thread(thread, of)]
    return tuple(sorted(found, key=lambda word: (_told(word.said), word.who)))


def _once(claims: Iterable[Extraction]) -> list[Extraction]:
    """Without what reprints repeat word for word, which in another outlet may read as of another day."""
    first: dict[tuple[object, ...], Extraction] = {}
    for one in sorted(claims, key=_told):
        claim = one.claim
        if claim.modality in _ASSERTED:
            parties = sameness.party_key(claim.actor), sameness.party_key(claim.target)
            same = claim.type, claim.polarity, sameness.place_key(claim.place), *parties, claim.evidence.exact
            first.setdefault((*sameness.origin(one), *same), one)
    return list(first.values())


def _told(one: Extraction) -> tuple[date, bool, tuple[str, int, int, str]]:
    """The order in which things were told; on one day, the root of a story before its copies."""
    return one.article.published or date.max, one.story != one.article.id, sameness.order(one.claim)


def record(claims: Sequence[Extraction], *, of: Kind = "source") -> tuple[Record, ...]:
    """Records of all voices, outlets or sides, those with the most words first."""
    return counted(words(claims, of=of), of=of)


def counted(told: Sequence[Word], *, of: Kind = "source") -> tuple[Record, ...]:
    """The records that some words make, all of one kind."""
    return tuple(sorted((recorded([one]) for one in outcomes(told, of=of)), key=lambda one: (-one.said, one.who)))


def outcomes(told: Sequence[Word], *, of: Kind = "source") -> tuple[Outcomes, ...]:
    """What became of some words, all of one kind, by whose they are."""
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in told:
        groups[word.key].append(word)
    return tuple(_outcomes(of, key, group) for key, group in groups.items())


def _outcomes(kind: Kind, key: str, group: Sequence[Word]) -> Outcomes:
    interests = Counter(word.interest for word in group)
    return Outcomes(
        kind=kind,
        key=key,
        who=group[0].who,
        fates=Counter(word.fate for word in group),
        leads=Counter(word.lead for word in group if word.lead is not None),
        against_interest=interests[Interest.AGAINST],
        with_interest=interests[Interest.AGAINST] + interests[Interest.ALIGNED],
    )


def recorded(parts: Sequence[Outcomes]) -> Record:
    """The record that the outcomes of one voice, outlet or side come to; of several names the one with most words."""
    fates: Counter[Fate] = Counter()
    leads: Counter[int] = Counter()
    names: Counter[str] = Counter()
    for part in parts:
        fates.update(part.fates)
        leads.update(part.leads)
        names[part.who] += sum(part.fates.values())
    borne, refuted = fates[Fate.BORNE_OUT], fates[Fate.REFUTED]
    low, high = interval(borne, refuted)
    days = sorted(leads.elements())
    return Record(
        who=max(sorted(names), key=names.__getitem__),
        kind=parts[0].kind,
        said=fates.total(),
        fates={fate: fates[fate] for fate in Fate},
        rate=(borne + 1) / (borne + refuted + 2),
        low=low,
        high=high,
        first=sum(day > 0 for day in days),
        shared=len(days),
        lead_days=float(median(days)) if days else None,
        against_interest=sum(part.against_interest for part in parts),
        with_interest=sum(part.with_interest for part in parts),
        key=parts[0].key,
    )


_GRID = (np.arange(20_000) + 0.5) / 20_000


@cache
def interval(hits: int, misses: int, mass: float = 0.95) -> tuple[float, float]:
    """The middle of a Beta posterior with a uniform prior: its quantiles on a grid of 20,000 steps.

    >>> interval(0, 0)
    (0.025, 0.975)
    """
    log = hits * np.log(_GRID) + misses * np.log1p(-_GRID)
    sums = np.cumsum(np.exp(log - log.max()))
    tail = (1 - mass) / 2
    low, high = np.searchsorted(sums, [tail * sums[-1], (1 - tail) * sums[-1]])
    return round(float(_GRID[low]), 4), round(float(_GRID[high]), 4)


# ----------------------------------------------------------------------------------------------------------- a question


@dataclass(frozen=True, slots=True)
class _Origin:
    """What one voice says in one story in answer to one question: its first claim."""

    one: Extraction
    voice: str
    story: str

    @property
    def side(self) -> str | None:
        return self.one.claim.source.side

    @property
    def printed(self) -> date:
        return self.one.article.published or date.max


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A question: its first day, and what was said in answer to it."""

    first: date | None
    origins: list[_Origin]


Hearings = Sequence[Sequence[_Hearing]]


def _of_thread(thread: Sequence[_Hearing], of: Kind) -> Iterator[Word]:
    """The words of one question, or of all questions of who holds one place, which `questions` gives in the order of days."""
    told: dict[str, list[Extraction]] = defaultdict(list)
    for n, hearing in enumerate(thread):
        for origin in hearing.origins:
            key = _key(origin.one, of)
            if key is not None and not _repeats(origin.one, _recent(told[key], origin)):
                told[key].append(origin.one)
                yield _word(origin, [hearing, *_later(origin, thread[n + 1 :])], of)


def _recent(said: Sequence[Extraction], origin: _Origin) -> Iterator[Extraction]:
    return takewhile(lambda one: origin.printed - (one.article.published or date.max) <= MONTH, reversed(said))


def _later(origin: _Origin, hearings: Sequence[_Hearing]) -> Iterator[_Hearing]:
    """The questions in which others may still speak of the result of what it tells: within a month, until somebody tells of a change."""
    if not moves(origin.one.claim):
        return
    for hearing in hearings:
        late = hearing.first is None or hearing.first - origin.printed > MONTH
        if late or any(bears(origin.one, other.one) is Bearing.CHANGED for other in hearing.origins):
            return
        yield hearing


def _origins(claims: Sequence[Extraction]) -> list[_Origin]:
    """In the order in which they were said; of what a story says by one voice, and its reprints repeat, the first."""
    found: dict[tuple[str, str], list[_Origin]] = defaultdict(list)
    for one in sorted(claims, key=_told):
        own = found[sameness.origin(one)]
        if not _repeats(one, (earlier.one for earlier in own)):
            own.append(_Origin(one, sameness.voice_key(one), sameness.story(one)))
    return sorted((origin for own in found.values() for origin in own), key=lambda origin: _told(origin.one))


def _repeats(one: Extraction, earlier: Iterable[Extraction]) -> bool:
    return any(bears(before, one) is Bearing.SAME for before in earlier)


def _word(origin: _Origin, hearings: Sequence[_Hearing], of: Kind) -> Word:
    """The first question in which witnesses speak decides; the days to the next origin are counted over all."""
    fate, by = Fate.OPEN, list[_Origin]()
    same: list[date] = []
    heard = [_heard(origin, hearing) for hearing in hearings]
    for n, hearing in enumerate(heard):
        same += [other.printed for other in hearing.same if _independent(origin, other)]
        if fate is Fate.OPEN:
            fate, by = _fate(origin, hearing, own=n == 0)
    return Word(
        who=_name(origin.one, of),
        said=origin.one,
        fate=fate,
        by=tuple(other.one.claim.id for other in by),
        lead=(min(same) - origin.printed).days if same else None,
        interest=interest(origin.one, heard[0].about),
        key=_key(origin.one, of) or "",
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said for it and against it in one question, and who gains and loses by it, as they tell."""

    same: list[_Origin]
    against: list[_Origin]
    about: Gain


def _heard(origin: _Origin, hearing: _Hearing) -> _Heard:
    others = [(other, bears(origin.one, other.one)) for other in hearing.origins if other is not origin]
    same = [other for other, bearing in others if bearing is Bearing.SAME]
    against = [other for other, bearing in others if bearing is Bearing.AGAINST]
    return _Heard(same, against, stakes([origin.one, *(one.one for one in same)], [one.one for one in against]))


def _fate(origin: _Origin, heard: _Heard, *, own: bool) -> tuple[Fate, list[_Origin]]:
    back = [other for other in heard.against if other.voice == origin.voice and other.printed > origin.printed]
    if own and back:
        return Fate.WITHDRAWN, back
    same = [other for other in heard.same if _witness(origin, other, heard.about)]
    contrary = Gain(heard.about.loses, heard.about.gains)
    against = [other for other in heard.against if _witness(origin, other, contrary)]
    weight = len({other.voice for other in same}) - len({other.voice for other in against})
    if weight == 0:
        return Fate.OPEN, []
    return (Fate.BORNE_OUT, same) if weight > 0 else (Fate.REFUTED, against)


def _witness(origin: _Origin, other: _Origin, about: Gain) -> bool:
    ally = origin.side == other.side and other.side not in (None, NOT_ALIGNED)
    later = other.printed >= origin.printed
    return later and not ally and _independent(origin, other) and interest(other.one, about) in _WITNESSES


def _independent(origin: _Origin, other: _Origin) -> bool:
    """Another voice in another story; of a page without a date nobody knows who was first."""
    dated = date.max not in (origin.printed, other.printed)
    return dated and origin.voice != other.voice and origin.story != other.story


# -------------------------------------------------------------------------------------------------------------- whose


def _key(one: Extraction, of: Kind) -> str | None:
    """What whose word it is is known by; None: of no known side."""
    if of == "source":
        return sameness.voice_key(one)
    return one.claim.source.side if of == "side" else _name(one, of)


def _name(one: Extraction, of: Kind) -> str:
    """The same, for people."""
    if of == "source":
        return sameness.voice(one)
    if of == "outlet":
        return sameness.outlet(one.article) or "unnamed outlet"
    return NO_SIDE if one.claim.source.side == NOT_ALIGNED else one.claim.source.side or ""
