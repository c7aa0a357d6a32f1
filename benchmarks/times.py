"""times: expressions of time against TimeBank and AQUAINT (`data/timex_timeml`, TimeML).

`relaxed_f1`: found where spans overlap, over all gold expressions; `recall_dates`: over DATE and TIME alone (a duration
by itself is no time of a claim and is not looked for). `value_f1`: F1 of those whose days are right, again over all;
`value_of_found`: share right of the overlapping ones whose gold value is a day, week, weekend, month, quarter, season,
year or decade. Right: the same first and last day; where whosays ends at the publication day or leaves an end open
(`this week`, `since March`), the other end decides.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.figures import Figure, measure
from whosays.nouns import Article, Part, PartKind, Reading, Span, When
from whosays.times import resolve


@dataclass(frozen=True, slots=True)
class Timex:
    span: Span
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one document. `valued`: overlapping pairs whose gold value can be compared; `right`: those of them."""

    found: int
    hit: int
    gold: int
    dates: int
    dates_hit: int
    valued: int
    right: int


def run(data: Path, split: str) -> dict[str, Figure]:
    rows, words, seconds = [], 0, 0.0
    for text, published, gold in _documents(data / "timex_timeml", split):
        part = Part(PartKind.PARAGRAPH, Span(0, len(text)))
        reading = Reading(Article(id="", text=text, parts=(part,)), (), (), (), (), "en/1")
        started = time.process_time()
        candidates = resolve(reading, published)
        seconds += time.process_time() - started
        words += len(text.split())
        rows.append(_compare(gold, [(c.span, c.value) for c in candidates], published))
    return {
        "relaxed_f1": measure(rows, lambda some: _f1(some, sum(row.hit for row in some))),
        "value_f1": measure(rows, lambda some: _f1(some, sum(row.right for row in some))),
        "value_of_found": measure(rows, lambda some: _share(some, lambda row: row.right, lambda row: row.valued)),
        "precision": measure(rows, lambda some: _share(some, lambda row: row.hit, lambda row: row.found)),
        "recall": measure(rows, lambda some: _share(some, lambda row: row.hit, lambda row: row.gold)),
        "recall_dates": measure(rows, lambda some: _share(some, lambda row: row.dates_hit, lambda row: row.dates)),
        "ms_per_600_words": Figure(seconds * 600_000 / max(1, words), words, of="words"),
    }


def _documents(folder: Path, split: str) -> Iterator[tuple[str, date, list[Timex]]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                if document["split"] == split:
                    gold = [Timex(Span(t["start"], t["end"]), t["type"], t["value"]) for t in document["timex"]]
                    yield document["text"], date.fromisoformat(document["dct"][:10]), gold


def _compare(gold: Sequence[Timex], found: Sequence[tuple[Span, When | None]], published: date) -> Row:
    """Each gold expression takes the first free candidate that overlaps it."""
    free = list(found)
    hits, dates_hit, valued, right = 0, 0, 0, 0
    for timex in gold:
        taken = next((pair for pair in free if pair[0].meets(timex.span)), None)
        if taken is None:
            continue
        free.remove(taken)
        hits += 1
        dates_hit += timex.kind in ("DATE", "TIME")
        days = _days(timex.value)
        valued += days is not None
        right += days is not None and _agree(taken[1], days, published)
    dates = sum(timex.kind in ("DATE", "TIME") for timex in gold)
    return Row(len(found), hits, len(gold), dates, dates_hit, valued, right)


def _agree(when: When | None, days: tuple[date, date], published: date) -> bool:
    if when is None:
        return False
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


def _f1(rows: Sequence[Row], right: int) -> float:
    return 200 * right / max(1, sum(row.found + row.gold for row in rows))


def _share(rows: Sequence[Row], part: Callable[[Row], int], whole: Callable[[Row], int]) -> float:
    return 100 * sum(map(part, rows)) / max(1, sum(map(whole, rows)))
