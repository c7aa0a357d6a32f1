"""Dates as pages print them: `November 8, 2017`, `Updated 8 Nov 2017 14:30 GMT`, `2017-11-08T12:00:00+02:00`.

Day and month names are English; numbers alone are read year first, or with dots as day.month.year. `11/8/2017` is
not read unless only one order is possible. An hour counts only with its zone: without one it is nobody's hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

MONTH = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?"
    r"|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "wet": 0, "bst": 1, "cet": 1, "wat": 1, "cest": 2, "cat": 2, "eet": 2, "sast": 2,
    "eest": 3, "msk": 3, "eat": 3, "trt": 3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "pkt": 5, "jst": 9, "kst": 9,
}  # fmt: skip
"""Hours ahead of UTC. `ET` is taken for winter time; `IST` and `AST` are left out, as each names several zones."""

YEARS = range(1900, 2101)
"""In which a page can have been published. Arithmetic with dates further out may overflow."""
_DAY = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})\b"
    rf"|\b(?P<dotday>\d{{1,2}})\.(?P<dotmonth>\d{{1,2}})\.(?P<dotyear>(?:19|20)\d\d)\b"
    rf"|\b(?P<one>\d{{1,2}})[-/](?P<two>\d{{1,2}})[-/](?P<slashyear>(?:19|20)\d\d)\b"
    rf"|\b(?P<name>{MONTH})\.?\s+(?P<nday>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<nyear>(?:19|20)\d\d)\b"
    rf"|\b(?P<dday>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<dname>{MONTH})\.?,?[\s-]+(?P<dyear>(?:19|20)\d\d)\b"
)
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?"
    r"|\s*(?P<bare>[ap]\.?m\.?))(?![\w])"
    r"\s*\(?(?P<zone>[A-Za-z]{1,4}\b)?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?\)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:first|last|originally|published|posted|created|released|issued|filed|updated?|modified|edited|date|on|at|the|and|by"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|local|time|hrs?|hours)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<name>(?:[A-Z][\w'’.-]*)(?: (?:of|the|and|[A-Z][\w'’.-]*)){0,5}) ?(?:,|[|—–·-])\s+(?P<date>[^.?!]{6,60})$"
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
_CHANGED = re.compile(r"updat|modif|edited", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as the page's own clock counts it and, where hour and zone are given, the moment."""

    day: date
    at: datetime | None = None
    changed: bool = False
    """The words around it say that this is when the page was changed."""


def of_url(url: str | None) -> date | None:
    """The day in an address such as `/2017/11/08/` or `/2017-11-08-`."""
    found = _URL_DAY.search(url or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def line(text: str) -> Moment | None:
    """The date that a line consists of, with or without weekday, hour and words such as `Updated:`; else None."""
    text = text.strip()
    if not 6 <= len(text) <= 120:
        return None
    found = _DAY.search(text)
    if not found:
        return None
    rest = _CLOCK.sub(" ", _DAY.sub(" ", text))
    rest = _LABEL.sub(" ", rest)
    if re.search(r"\w", rest):
        return None
    return _moment(text, found)


def beside_a_name(text: str) -> Moment | None:
    """The date of a line that names an outlet before it: `Great Lakes Monitor, 16 February 2025`."""
    named = _NAMED.match(text.strip())
    return line(named["date"]) if named and not _CHANGED.search(named["name"]) else None


def field(text: str | None) -> Moment | None:
    """The date in a metadata field: ISO 8601 first, then RFC 2822, then any form that a line may have."""
    moment = _field(text)
    return moment if moment and moment.day.year in YEARS else None


def is_beyond(text: str | None) -> bool:
    """Is a metadata field a date on which no page can have been published: `0001-01-01T00:00:00`, a default of software?"""
    moment = _field(text)
    return moment is not None and moment.day.year not in YEARS


def clock(text: str) -> tuple[time, tzinfo | None, int] | None:
    """The hour that opens a text, its zone if given, and the length of what was read: `14:32 GMT – …`."""
    found = _CLOCK.match(text)
    if not found:
        return None
    hour, zone = _hour(found)
    zone_is_word = found["zone"] and zone is None
    end = found.start("zone") if zone_is_word else found.end()
    return None if hour is None else (hour, zone, len(text[:end].rstrip()))


def _field(text: str | None) -> Moment | None:
    text = (text or "").strip()[:80]
    if len(text) < 8:
        return None
    return _iso(text) or _rfc(text) or _anywhere(text)


def _moment(text: str, found: re.Match[str]) -> Moment | None:
    day = _day(found)
    if day is None:
        return None
    others = text[: found.start()] + " " + text[found.end() :]
    hour, zone = _hour(_CLOCK.search(others))
    at = datetime.combine(day, hour, zone) if hour is not None and zone is not None else None
    return Moment(day, at, bool(_CHANGED.search(text[: found.start()])))


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["year"]:
        year, month, day = int(part["year"]), int(part["month"]), int(part["day"])
    elif part["dotyear"]:
        year, month, day = int(part["dotyear"]), int(part["dotmonth"]), int(part["dotday"])
    elif part["slashyear"]:
        one, two = int(part["one"]), int(part["two"])
        if max(one, two) <= 12 and one != two:
            return None
        year, month, day = int(part["slashyear"]), min(one, two), max(one, two)
    else:
        name = part["name"] or part["dname"]
        month = _MONTHS.index(name[:3].lower()) + 1
        year, day = int(part["nyear"] or part["dyear"]), int(part["nday"] or part["dday"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hour(found: re.Match[str] | None) -> tuple[time | None, tzinfo | None]:
    if found is None:
        return None, None
    hour, half = int(found["hour"]), (found["half"] or found["bare"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None, None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found["minute"] or 0)), _zone(found["zone"], found["offset"])


def _zone(name: str | None, offset: str | None) -> tzinfo | None:
    hours = _ZONES.get((name or "").lower())
    if hours is None and not offset:
        return None
    minutes = 0
    if offset:
        digits = offset[1:].replace(":", "")
        clock = (int(digits[:-2] or 0) * 60 + int(digits[-2:])) if len(digits) > 2 else int(digits) * 60
        minutes = -clock if offset[0] == "-" else clock
    shift = timedelta(hours=hours or 0, minutes=minutes)
    return timezone(shift) if abs(shift) < timedelta(hours=24) else None


def _iso(text: str) -> Moment | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(at.date(), at if at.tzinfo else None)


def _rfc(text: str) -> Moment | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return Moment(at.date(), at if at.tzinfo else None)


def _anywhere(text: str) -> Moment | None:
    found = _DAY.search(text)
    return _moment(text, found) if found else None
