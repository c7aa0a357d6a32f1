"""times: expressions of time against TimeBank and AQUAINT (`data/timex_timeml`, TimeML), as TempEval-3 task A defines it.

`relaxed_f1`: found where spans overlap, one for one; the tag of the publication date is no part of gold. `strict_f1`: spans are
the same. `value_f1`: found, and the TIMEX3 value is letter for letter gold's: relaxed F1 times `value_of_found`, the share right
of those that overlap. `interval_f1`: found, and first and last day are those that gold's value means, or for a value that means
no days the value is gold's; where whosays ends at the publication day or leaves an end open (`this week`, `since March`), the
other end decides. `recall_dates`: over DATE and TIME alone, what a claim can take its time from.
`ms_per_600_words`: of each text the faster of two runs, what is imported when first met being there.

TimeML tags the two ends of a range (`from 2012 to 2014`) apart; whosays finds one time, with the value `2012/2014`. It is handed in as
two, cut at the word between; `value_f1_unsplit` is the figure without that.

Source: UzZaman and others, SemEval-2013 task 1. HeidelTime on its sealed set: 90.3 relaxed, 77.6 value.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.figures import Figure, measure
from whosays.nouns import Article, Candidate, Part, PartKind, Reading, Span, When
from whosays.times import resolve


@dataclass(frozen=True, slots=True)
class Timex:
    span: Span
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one document. `hit`: gold expressions that one found overlaps; of them `same` spans, right `values`, `days`."""

    found: int
    gold: int
    hit: int
    same: int
    values: int
    days: int
    dates: int
    dates_hit: int


def run(data: Path, split: str) -> dict[str, Figure]:
    rows, whole, words, seconds = [], [], 0, 0.0
    for text, published, gold in documents(data / "timex_timeml", split):
        reading = read(text)
        candidates = resolve(reading, published)
        seconds += min(_seconds(reading, published) for _ in range(2))
        words += len(text.split())
        rows.append(_compare(gold, [tag for candidate in candidates for tag in tags(candidate, text)], published))
        whole.append(_compare(gold, [(c.span, c.options[0] if c.options else None) for c in candidates], published))
    return {
        "relaxed_f1": measure(rows, lambda some: _f1(some, lambda row: row.hit)),
        "value_f1": measure(rows, lambda some: _f1(some, lambda row: row.values)),
        "value_f1_unsplit": measure(whole, lambda some: _f1(some, lambda row: row.values)),
        "strict_f1": measure(rows, lambda some: _f1(some, lambda row: row.same)),
        "interval_f1": measure(rows, lambda some: _f1(some, lambda row: row.days)),
        "value_of_found": measure(rows, lambda some: _share(some, lambda row: row.values, lambda row: row.hit)),
        "precision": measure(rows, lambda some: _share(some, lambda row: row.hit, lambda row: row.found)),
        "recall": measure(rows, lambda some: _share(some, lambda row: row.hit, lambda row: row.gold)),
        "recall_dates": measure(rows, lambda some: _share(some, lambda row: row.dates_hit, lambda row: row.dates)),
        "ms_per_600_words": Figure(seconds * 600_000 / max(1, words), words, of="words"),
    }


def _seconds(reading: Reading, published: date) -> float:
    started = time.process_time()
    resolve(reading, published)
    return time.process_time() - started


def documents(folder: Path, split: str) -> Iterator[tuple[str, date, list[Timex]]]:
    """Text, publication day and gold of each document of a split."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                if document["split"] == split:
                    gold = [Timex(Span(t["start"], t["end"]), t["type"], t["value"]) for t in document["timex"]]
                    yield document["text"], date.fromisoformat(document["dct"][:10]), gold


def read(text: str) -> Reading:
    """A text as one paragraph that no language stage has read."""
    part = Part(PartKind.PARAGRAPH, Span(0, len(text)))
    return Reading(Article(id="", text=text, parts=(part,)), (), (), (), (), "en/1")


_BETWEEN = re.compile(r"\s+(?:to|and|through|until|till)\s+|\s*[-‐‑‒–—]\s*")


def tags(candidate: Candidate[When], text: str) -> list[tuple[Span, When | None]]:
    """What was found, with its best reading, as TimeML tags it: a range as two expressions, cut where one word stands between."""
    when, span = (candidate.options[0] if candidate.options else None), candidate.span
    values = when.value.split("/") if when else []
    cuts = list(_BETWEEN.finditer(span.of(text)))
    if when is None or len(values) != 2 or len(cuts) != 1:
        return [(span, when)]
    first = Span(span.start, span.start + cuts[0].start())
    last = Span(span.start + cuts[0].end(), span.end)
    return [(first, replace(when, value=values[0])), (last, replace(when, value=values[1]))]


Pair = tuple[Timex, Span, When | None]


def pairs(gold: Sequence[Timex], found: Sequence[tuple[Span, When | None]]) -> Iterator[Pair]:
    """Each gold expression with the first free found one that overlaps it."""
    free = list(found)
    for timex in gold:
        taken = next((pair for pair in free if pair[0].meets(timex.span)), None)
        if taken is not None:
            free.remove(taken)
            yield timex, *taken


def _compare(gold: Sequence[Timex], found: Sequence[tuple[Span, When | None]], published: date) -> Row:
    met = list(pairs(gold, found))
    return Row(
        found=len(found),
        gold=len(gold),
        hit=len(met),
        same=sum(span == timex.span for timex, span, _ in met),
        values=sum(when is not None and when.value == timex.value for timex, _, when in met),
        days=sum(when is not None and _agree(when, timex.value, published) for timex, _, when in met),
        dates=sum(timex.kind in ("DATE", "TIME") for timex in gold),
        dates_hit=sum(timex.kind in ("DATE", "TIME") for timex, _, _ in met),
    )


def _agree(when: When, value: str, published: date) -> bool:
    days = _days(value)
    if days is None:
        return when.value == value
    first, last = when.first == days[0], when.last == days[1]
    return (first and last) or (first and when.last in (None, published)) or (last and when.first in (None, published))


def _days(value: str) -> tuple[date, date] | None:
    """First and last day of a TimeML value; None for what is no interval of the calendar (PRESENT_REF, P3D, WXX)."""
    value = value.split("T")[0]
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, match.groups()))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return (monday + timedelta(5) if match[3] else monday), monday + timedelta(6)
    if match := re.fullmatch(r"(\d{4})-(\d\d|Q\d|SP|SU|FA|WI)", value):
        months = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
        return _months(int(match[1]), match[2], months)
    if match := re.fullmatch(r"\d{3,4}", value):
        first = int(value) * 10 ** (4 - len(value))
        return date(first, 1, 1), date(first + 10 ** (4 - len(value)) - 1, 12, 31)
    return None


def _months(year: int, part: str, months: Mapping[str, tuple[int, int]]) -> tuple[date, date] | None:
    if part not in months and not part.isdecimal():
        return None
    first, last = months.get(part) or (int(part), int(part))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _f1(rows: Sequence[Row], right: Callable[[Row], int]) -> float:
    return 200 * sum(map(right, rows)) / max(1, sum(row.found + row.gold for row in rows))


def _share(rows: Sequence[Row], part: Callable[[Row], int], whole: Callable[[Row], int]) -> float:
    return 100 * sum(map(part, rows)) / max(1, sum(map(whole, rows)))
