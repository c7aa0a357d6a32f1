"""Wars as dates: `since the war began`, `the 2006 Lebanon war` (wars.yml).

`The war` is the one under way on the day of publication of whose lands, peoples and sides the text speaks most; among equals the
one that began last. A text that speaks of no war has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import yaml

from whosays.nouns import Candidate, Span, When

_WAR = r"(?:war|conflict|uprising|revolt|revolution|rebellion|insurgency|invasion|hostilities)"
_SPOKEN = re.compile(rf"\b{_WAR}\b", re.I)
_SINCE = re.compile(
    rf"\bsince (?:(?:the )?(?P<start>start|beginning|outbreak|onset) of )?(?:(?:the|an?|its|their) )?(?:[\w’'-]+ ){{0,4}}?{_WAR}\b"
    r"(?:(?: [\w’'-]+){0,8}? (?P<began>began|begun|started|erupted|broke out)\b(?: in \d{4}|(?: \w+){1,3} ago)?)?",
    re.I,
)
_YEARLY = re.compile(rf" (?:[\w’'-]+ ){{0,2}}{_WAR}\b", re.I)
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class War:
    name: str
    began: date
    ended: date | None
    about: frozenset[str]
    """Lower-case words of a text that speaks of it."""


@cache
def wars() -> tuple[War, ...]:
    rows = yaml.load(Path(__file__).with_name("wars.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return tuple(War(row["war"], row["began"], row.get("ended"), frozenset(row["about"].split())) for row in rows)


@lru_cache(maxsize=2)  # asked for the times of a page, then for its war
def war(text: str, published: date | None) -> War | None:
    """The one that `the war` means in a text of that day; None: it speaks of none that is known."""
    if published is None or not _SPOKEN.search(text):
        return None
    return _most(
        text, [one for one in wars() if one.began <= published and (one.ended is None or published <= one.ended)]
    )


def _most(text: str, some: Sequence[War]) -> War | None:
    words = Counter(_WORD.findall(text.lower()))
    said = {one: sum(words[word] for word in one.about) for one in some}
    best = max(said, key=lambda one: (said[one], one.began), default=None)
    return best if best and said[best] else None


_WORD = re.compile(r"\w+(?:-\w+)*")


def counted(text: str, times: Sequence[Candidate[When]], published: date | None) -> tuple[Candidate[When], ...]:
    """The times of a text, those that name a war by its days, and `since the war began` added."""
    if not _SPOKEN.search(text):
        return tuple(times)
    this = war(text, published)
    since = [] if this is None or published is None else list(_since(text, times, this, published))
    rest = [_named(text, one, published) for one in times if not any(one.span.meets(other.span) for other in since)]
    return tuple(sorted((*rest, *since), key=lambda one: one.span))


def _since(text: str, times: Sequence[Candidate[When]], this: War, published: date) -> Iterator[Candidate[When]]:
    """`since the war began in 2011`: from its first day on, unless the words say another day."""
    for match in _SINCE.finditer(text):
        span = Span(match.start(), match.end())
        inside = [one for one in times if span.meets(one.span)]
        if all(_near(this.began, one.value) for one in inside) and (match["start"] or match["began"]):
            value = next((one.value.value for one in inside if one.value), this.began.isoformat())
            yield Candidate(span, (When(this.began, published, 3, value),), True, (f"the {this.name}",))


def _near(day: date, when: When | None) -> bool:
    return when is not None and when.first is not None and when.precision > 1 and abs(when.first - day) < _YEAR


def _named(text: str, one: Candidate[When], published: date | None) -> Candidate[When]:
    """`the 2006 Lebanon war`: not the whole year."""
    when, named = one.value, _YEARLY.match(text, one.span.end)
    if named is None or when is None or when.first is None or when.value != str(when.first.year):
        return one
    that = _most(text, [war for war in wars() if war.began.year == when.first.year])
    if that is None:
        return one
    last = min((day for day in (that.ended, published) if day), default=None)
    when = replace(when, first=that.began, last=last)
    return replace(
        one, span=Span(one.span.start, named.end()), options=(when,), reasons=(*one.reasons, f"the {that.name}")
    )
