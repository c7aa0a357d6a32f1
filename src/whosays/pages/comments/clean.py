"""From the printed words of a comment to its author, its time and its text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from whosays.pages.dates import YEARS
from whosays.text import squeeze

_MONTHS = {name: number for number, names in enumerate(
    ("jan january januar jänner", "feb february februar", "mar march märz mär", "apr april", "may mai", "jun june juni",
     "jul july juli", "aug august", "sep sept september", "oct october okt oktober", "nov november",
     "dec december dez dezember"), start=1) for name in names.split()}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?{_MONTH},?\s(?P<year>\d{{4}})\b",
        rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b",
    )
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})(?![\w:]))?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"1[0-9]{9}(?:\d{3})?")

LONGEST_SIGNATURE = 400
"""Code points among which a name is looked for, with what stands before and after it."""
_NO_NAMES = frozenset({"re", "am", "pm", "at", "on", "says", "said", *_MONTHS})
_BESIDE_DATE = re.compile(
    r"\b(?:on|at|am|um|uhr|posted|permalink|reply|link|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\W", re.IGNORECASE
)
_SAYS = r"(?:says|said|wrote|writes|commented|comments|posted|replied|sagt|sagte|schrieb|schreibt|meint|kommentiert)"
_AFTER_NAME = re.compile(
    rf"\s*(?:(?:[,|·•—–]\s*|\s-\s*|(?<!-)\b){_SAYS}\b.*|[:|·•,]\s*$|\s(?:on|at|am|um|@)\s+(?=.*\d).*|\s+[,|·•(@—–-]?\s*\d.*\d{4}.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_NAME = re.compile(
    r"^(?:(?:posted|comment(?:ed)?|pingback|trackback|written|submitted|left|kommentar|geschrieben)\s+)?(?:by|von)[:\s]+|^#?\d+[.):]?\s+(?=\D)",
    re.IGNORECASE,
)
_NAMED_LINE = re.compile(
    rf"^(?:(?:posted|comment|submitted)\s+by:?\s+(?P<by>[^|\n]{{1,60}}?)(?:\s*\||\s+(?:on|at)\s.*|,.*)?"
    rf"|(?P<says>[^\n]{{1,60}}?)\s+{_SAYS}(?:\s+(?:on|at|am)\b[^\n]*|\s*\.\.\.|\s*…)?\s*:?)$",
    re.IGNORECASE,
)
_CHROME_LINE = re.compile(
    r"(?:(?:reply|like|dislike|likes|share|report|report (?:abuse|comment|this|this comment)|flag|edit|delete|permalink"
    r"|quote|recommend|respond|log in to reply|vote|up|down|hide|show|translate|follow|like reply|likes? · reply"
    r"|antworten|zitieren|melden|kommentar melden|gefällt mir|link|says|said|wrote|sagt|click to (?:reply|flag)[^\n]*"
    r"|reply to (?:this )?(?:comment|post)|(?:likes?|recommend)\s*\(?\d*\)?|\d+ (?:likes?|votes?|points?|replies|reply)"
    r"|(?:your|this|dein|ihr) (?:comment|kommentar) (?:is|wird|ist) [^\n]{0,60}|in reply to [^\n]{1,60}"
    r"|\(?(?:edit|reply|antworten|bearbeiten)\)?)[\s:.·|↓↑>»…#-]*|[\W\d_]*)",
    re.IGNORECASE,
)


def lines(pieces: list[str]) -> list[str]:
    """Text runs with newlines at block boundaries as lines without superfluous space; no empty ones."""
    return [line for line in map(squeeze, "".join(pieces).split("\n")) if line]


def author(words: str) -> str | None:
    """A name without `Posted by`, `says:` and what follows. None when nothing like a name is left."""
    name = _BEFORE_NAME.sub("", squeeze(words[: 2 * LONGEST_SIGNATURE])[:LONGEST_SIGNATURE])
    for pattern in _DATES:
        name = pattern.split(name, maxsplit=1)[0] if pattern.search(name) else name
    name = _AFTER_NAME.sub("", name).strip(" :|·•,–—+-")
    if " " in name and name.startswith(("http://", "https://")):
        name = name.partition(" ")[2]
    name = re.sub(r"\s(?:on|at|am|um)$", "", name)
    if name.lower() in _NO_NAMES or name.lower().endswith(" ago"):
        return None
    return name if 0 < len(name) <= 80 and any(c.isalnum() for c in name) else None


def named_line(line: str) -> str | None:
    """`Posted by: Alice | 3 May` or `Alice says:` as `Alice`; None for any other line."""
    match = _NAMED_LINE.match(line)
    return author(match["by"] or match["says"]) if match else None


def signature(meta: list[str]) -> str | None:
    """The author in the lines about a comment, where nothing marks it: `Posted by: Al | 3 May`, `Al 3 May 2012`."""
    told = [line for line in lines(meta) if line]
    for line in (*told, squeeze(" ".join(told))):
        if name := named_line(line):
            return name
    for line in told:
        name = author(line) or author(_undated(line))
        if (
            name
            and len(name) <= 40
            and len(name.split()) <= 4
            and not _is_chrome(name)
            and not any(map(str.isdigit, name[:1]))
        ):
            return name
    return None


def opening(given: list[str], *, leads: list[str]) -> tuple[str | None, list[str]]:
    """The author where nothing marks one: `Alice says:` as first or last line, or what one of `leads`, words set apart
    (a link, bold), names before a line break or a colon. With it the lines that remain."""
    if not given:
        return None, given
    if len(given) > 1 and (name := named_line(given[0])):
        return name, given[1:]
    if len(given) > 1 and (name := named_line(given[-1])):
        return name, given[:-1]
    lead = next((lead for lead in leads if given[0].startswith(lead)), None)
    if lead is None:
        return None, given
    rest = given[0][len(lead) :].strip()
    if len(given) > 1 and author(given[0]) == author(lead):
        return author(lead), given[1:]
    if rest.startswith(":") and len(rest) > 1:
        return author(lead), [rest[1:].strip(), *given[1:]]
    return None, given


def text(given: list[str], *, name: str | None) -> str:
    """The lines without buttons and counts at either end, and without the author's name or the date at the head."""
    head, tail = 0, len(given)
    while head < tail and (_is_chrome(given[head]) or given[head].rstrip(" :") == name or named_line(given[head])):
        head += 1
    while tail > head and _is_chrome(given[tail - 1]):
        tail -= 1
    return "\n".join(given[head:tail])


def _is_chrome(line: str) -> bool:
    if len(line) > 100:
        return False
    if _CHROME_LINE.fullmatch(line):
        return not _loud(line)
    moment = when(line)
    return moment is not None and len(_bare(line)) <= 2


def _loud(line: str) -> bool:
    """`!!!`, `???`, `:)` and `100` are words of the reader's, if few."""
    return bool(re.fullmatch(r"[!?:;()<>\s0-9DP+-]+", line)) and bool(re.search(r"[!?+]|[:;][-)(DP]|<3", line))


def _undated(line: str) -> str:
    """A line without its date and clock."""
    for pattern in (*_DATES, _CLOCK):
        line = pattern.sub("", line, count=1)
    return line


def _bare(line: str) -> str:
    """What else than a date a line says."""
    line = _undated(line)
    return _BESIDE_DATE.sub("", line)


def when(words: str) -> datetime | None:
    """The first date in some words, with its clock. Naive without a printed zone, midnight without a clock.
    `7/10/2012` is no date: which is the month is unknown."""
    words = squeeze(words[:200])
    if _EPOCH.fullmatch(words):
        return datetime.fromtimestamp(int(words[:10]), UTC)
    for pattern in _DATES:
        if match := pattern.search(words):
            clock = _CLOCK.search(words, match.end()) or _CLOCK.search(words[: match.start()])
            return _moment(match, clock)
    return None


def _moment(day: re.Match[str], clock: re.Match[str] | None) -> datetime | None:
    month = _MONTHS.get(day["month"].lower()) or int(day["month"])
    hour, minute, second, zone = 0, 0, 0, None
    if clock:
        hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
        if clock["half"]:
            hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
        zone = _zone(clock["zone"])
    if int(day["year"]) not in YEARS:
        return None
    try:
        return datetime(int(day["year"]), month, int(day["day"]), hour, minute, second, tzinfo=zone)
    except ValueError:  # 31 February, 25 o'clock
        return None


def _zone(words: str | None) -> timezone | None:
    if not words:
        return None
    if words[0] not in "+-":
        return UTC
    sign = -1 if words[0] == "-" else 1
    offset = timedelta(hours=int(words[1:3]), minutes=int(words[-2:]))
    return timezone(sign * offset) if offset < timedelta(hours=24) else None
