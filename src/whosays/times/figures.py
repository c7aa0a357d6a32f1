"""The fallback for dates whose order our grammar does not know (`2017 Nov 3`, `Fri Nov 3 10:15 2017`): dateparser.

Only words with a four-digit year and a second number go there, whole, never a text: its search in free text invents
dates. It is slow to import, so it is imported when the first such date is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from whosays.nouns import When
from whosays.times import days

LONGEST = 40
"""Characters. No date is longer, and dateparser's time grows fast with length."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_WORTH_TRYING = re.compile(
    rf"(?=.*\b[12]\d{{3}}\b)(?=.*\b\d\d?\b)(?:{_MONTH}|{_DAY}|am|pm|st|nd|rd|th|utc|gmt|[\d\s:.,/+tz-])+",
    re.ASCII | re.IGNORECASE,
)


def absolute(words: str) -> When | None:
    """The day that the words name in full, or None."""
    if len(words) > LONGEST or not _WORTH_TRYING.fullmatch(words):
        return None
    try:
        day = _parser()(words)
    except (ValueError, OverflowError):
        return None
    return days.one_day(day) if day else None


@cache
def _parser() -> Callable[[str], date | None]:
    """Day, month and year must all be given, so the base date is never used; it is set lest the clock be asked."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    parser = DateDataParser(
        languages=["en"],
        settings={"RELATIVE_BASE": datetime(2000, 1, 1), "STRICT_PARSING": True, "PARSERS": ["absolute-time"]},
    )

    def day(words: str) -> date | None:
        found: datetime | None = parser.get_date_data(words).date_obj
        return found.date() if found else None

    return day
