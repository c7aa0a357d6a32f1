"""How far a voice, an outlet or a side has been borne out by others: never a score, always with the number it rests on.

    words(claims, of="source")  -> Words: each proposition once, with what became of it and by which claims
    record(claims, of="source") -> Records: the same, counted

Theory. A *word* is what somebody says in answer to one question (`questions.py`), told once: a reprint is nobody's second word, and
saying it again makes it no truer. Its fate is what others went on to say (`bearing.py`). Not everybody can bear out or refute it: a
*witness* is another voice in another story, not of the speaker's side, who spoke on the same day or later, and who is known either to
take no side in it or to speak against the interest of his own (`interest.py`). Whose side is unknown is no witness.
  withdrawn   the voice itself said the opposite later
  borne out   more witnesses say the same than speak against it
  refuted     more witnesses speak against it
  open        no witness, or as many on either side
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
from datetime import date
from statistics import median
from typing import Literal

import numpy as np

from whosays.nouns import NOT_ALIGNED, Extraction, Fate, Interest, Modality, Record
from whosays.weigh import sameness
from whosays.weigh.bearing import Bearing, bears
from whosays.weigh.interest import interest
from whosays.weigh.questions import questions

Kind = Literal["source", "outlet", "side"]

NO_SIDE = "not aligned"
"""Name of those who are known to take no side."""

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


def words(claims: Sequence[Extraction], *, of: Kind = "source") -> tuple[Word, ...]:
    """The words of all voices, outlets or sides, in the order in which they were said. Sides: those that are known."""
    known = {one.claim.id: one for one in _once(claims)}
    found = [
        word
        for question in questions(tuple(known.values()))
        for word in _of_question([known[one] for one in question.claims], of)
    ]
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
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in words(claims, of=of):
        groups[_key(word.said, of) or ""].append(word)
    found = [_counted(of, group) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (-one.said, one.who)))


def _counted(kind: Kind, group: Sequence[Word]) -> Record:
    fates = Counter(word.fate for word in group)
    borne, refuted = fates[Fate.BORNE_OUT], fates[Fate.REFUTED]
    low, high = interval(borne, refuted)
    leads = [word.lead for word in group if word.lead is not None]
    interests = Counter(word.interest for word in group)
    return Record(
        who=group[0].who,
        kind=kind,
        said=len(group),
        fates={fate: fates[fate] for fate in Fate},
        rate=(borne + 1) / (borne + refuted + 2),
        low=low,
        high=high,
        first=sum(lead > 0 for lead in leads),
        shared=len(leads),
        lead_days=float(median(leads)) if leads else None,
        against_interest=interests[Interest.AGAINST],
        with_interest=interests[Interest.AGAINST] + interests[Interest.ALIGNED],
    )


_GRID = (np.arange(20_000) + 0.5) / 20_000


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


@dataclass(slots=True)
class _Origin:
    """What one voice says in one story in answer to one question: its first claim, and who it is."""

    one: Extraction
    voice: str
    story: str
    interest: Interest

    @property
    def side(self) -> str | None:
        return self.one.claim.source.side

    @property
    def printed(self) -> date:
        return self.one.article.published or date.max


def _of_question(claims: Sequence[Extraction], of: Kind) -> Iterator[Word]:
    """Its words: what each said in answer to it, once."""
    origins = _origins(claims)
    told: dict[str, list[_Origin]] = defaultdict(list)
    for origin in origins:
        key = _key(origin.one, of)
        if key is not None and not _repeats(origin.one, (earlier.one for earlier in told[key])):
            told[key].append(origin)
            yield _word(origin, origins, of)


def _origins(claims: Sequence[Extraction]) -> list[_Origin]:
    """In the order in which they were said; of what a story says by one voice, and its reprints repeat, the first."""
    found: dict[tuple[str, str], list[_Origin]] = defaultdict(list)
    for one in sorted(claims, key=_told):
        own = found[sameness.origin(one)]
        if not _repeats(one, (earlier.one for earlier in own)):
            own.append(_Origin(one, sameness.voice_key(one), sameness.story(one), interest(one)))
    return sorted((origin for own in found.values() for origin in own), key=lambda origin: _told(origin.one))


def _repeats(one: Extraction, earlier: Iterable[Extraction]) -> bool:
    return any(bears(before, one) is Bearing.SAME for before in earlier)


def _word(origin: _Origin, origins: Sequence[_Origin], of: Kind) -> Word:
    others = [(other, bears(origin.one, other.one)) for other in origins if other is not origin]
    fate, by = _fate(origin, [(other, bearing) for other, bearing in others if bearing is not None])
    same = [other.printed for other, bearing in others if bearing is Bearing.SAME and _independent(origin, other)]
    return Word(
        who=_name(origin.one, of),
        said=origin.one,
        fate=fate,
        by=tuple(other.one.claim.id for other in by),
        lead=(min(same) - origin.printed).days if same else None,
        interest=origin.interest,
    )


def _fate(origin: _Origin, others: Sequence[tuple[_Origin, Bearing]]) -> tuple[Fate, Sequence[_Origin]]:
    back = [
        other
        for other, bearing in others
        if bearing is Bearing.AGAINST and other.voice == origin.voice and other.printed > origin.printed
    ]
    if back:
        return Fate.WITHDRAWN, back
    heard = [(other, bearing) for other, bearing in others if _witness(origin, other)]
    same = [other for other, bearing in heard if bearing is Bearing.SAME]
    against = [other for other, bearing in heard if bearing is Bearing.AGAINST]
    weight = len({other.voice for other in same}) - len({other.voice for other in against})
    if weight == 0:
        return Fate.OPEN, ()
    return (Fate.BORNE_OUT, same) if weight > 0 else (Fate.REFUTED, against)


def _witness(origin: _Origin, other: _Origin) -> bool:
    ally = origin.side == other.side and other.side not in (None, NOT_ALIGNED)
    later = other.printed >= origin.printed
    return later and not ally and other.interest in _WITNESSES and _independent(origin, other)


def _independent(origin: _Origin, other: _Origin) -> bool:
    return origin.voice != other.voice and origin.story != other.story


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
