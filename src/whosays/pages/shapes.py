"""The shapes in which pages print readers' comments without mark-up: headings above them, and lines that open one.

    Comments (4)                    a heading
    * tesfa: all lies               a label: weak, as lists and interviews look alike
    > abebe wrote: I was there      a verb, after a mark, a number or by itself
    hana / 2 hours ago              a name with a time; the words follow on the next line

A weak shape is believed below a heading, or in a run that speaks as readers do (`is_chorus`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from whosays.pages import dates

SHORT = 20
"""A line of so many words may be a comment whatever its shape."""
SHORT_SHARE = 0.6
NEAR = 3
"""So many lines after a heading are searched for a shape."""
LONGEST_NAME = 40
MOST_NAMES = 4
"""Words of a name."""
LONGEST_LINE = 4000

_FRAME = "#*_=-–—[]|:>• \t"
_COUNT = r"(?:\s*\(\s*\d[\d,]*\s*\)|\s*:?\s*\d[\d,]*)?"
_BARE = re.compile(
    rf"(?:\d[\d,]*\s+)?(?:(?:readers?[’']?s?[’']?|users?|your|latest|top|all)\s+)?comments{_COUNT}|1 comment|comment\s*\(1\)"
    rf"|what (?:our |the )?readers (?:say|said|think|are saying)|(?:\d[\d,]*\s+)?comments? from (?:our )?readers",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    rf"comment|comments? section|(?:leave|post|add|write|submit) (?:a |your )?(?:comment|reply|response)s?"
    rf"|(?:\d[\d,]*\s+)?(?:reader )?(?:responses?|replies|reactions|discussion){_COUNT}"
    rf"|\d[\d,]*\s+(?:comments?|thoughts?|responses?|replies) (?:on|to) .{{1,120}}|join the (?:conversation|discussion|debate)"
    rf"|have your say|(?:view|show|see|read|load) (?:all )?(?:the )?(?:\d+ )?comments{_COUNT}",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?P<marks>(?:[>↳»]\s*)*)(?P<bullet>[*•·‣▪◦○●–—-]\s+)?(?P<number>(?:#\d{1,4}|\d{1,4}[.)])[.):]?\s+)?"
)
_NAME = rf"(?P<name>[^\s:|/·•\"“”<>()][^:|/·•\"“”<>()\n]{{0,{LONGEST_NAME - 1}}}?)"
_SAYS = re.compile(
    rf"{_NAME}\s+(?P<verb>says|said|wrote|writes|commented|replied)\b"
    r"(?:\s+(?:on|at)\s[^\n:]{1,40}(?::\d\d[^\n:]{0,12})?|\s+[^\n:]{1,20}\sago)?\s*(?::|\.\.\.|…|$)\s*"
)
_AGO = (
    r"(?:about |over )?(?:\d{1,3}|an?) ?(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago|\d{1,3} ?(?:s|m|h|d|w|mo|y|min|hrs?)"
    r"(?: ago)?|yesterday|just now|today"
)
_TIMED = re.compile(rf"{_NAME}(?:\s+[/|·•–—-]\s+|\s*[|·•]\s*|,\s+|\s*\(|\s+(?:on|at)\s+)(?P<when>[^\n]{{2,60}})")
_PLAINLY_TIMED = re.compile(rf"{_NAME}\s+(?P<when>\d[^\n]{{1,20}} ago)")
_LABEL = re.compile(rf"{_NAME}\s*:\s+(?=\S)")
_NO_NAME = re.compile(
    r"(?:the|he|she|they|it|a|an|we|i|this|that|his|her|their|in|on|at|as|and|but|who|published|posted|updated|by|photo)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:q|a|question|answer|reporter|interviewer|host|moderator|journalist|(?:prime |foreign |defen[cs]e )?minister"
    r"|president|general|spokes(?:man|woman|person)|correction|note|read more|related|see also|source|update)",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"\b(?:I|I'm|my|me|you|your|we|our|us|lol|(?:this|that|these|those) (?:is|are|was)|why|who|god|shame|lies|agreed?)\b|[!?@]|…"
)
_HANDLE = re.compile(r"[a-z][\w-]{1,30}(?::\s|$)")
_QUOTES = "\"“'‘«„"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line that opens a comment tells."""

    author: str
    at: datetime | None
    start: int
    """Where in the line the comment's own words begin; its length if they follow on the next line."""
    marks: int
    """How many `>` or `↳` stand before it."""
    weak: bool


def is_heading(text: str) -> bool:
    """Is a line nothing but the title of a comment area, or a button that often is one?"""
    words = text.strip(_FRAME)
    return len(text) <= 160 and bool(_BARE.fullmatch(words) or _BUTTON.fullmatch(words))


def heads_comments(heading: str, after: Sequence[str], shaped: Sequence[bool]) -> bool:
    """Do comments stand below a heading? Yes if one of the next lines opens one. Else most lines must be short; below
    a button, or a word that may head a chapter, a third of them must also speak as readers do."""
    if any(shaped[:NEAR]):
        return True
    short = sum(is_shaped or len(line.split()) <= SHORT for line, is_shaped in zip(after, shaped, strict=True))
    if not after or short < SHORT_SHARE * len(after):
        return False
    voices = sum(_speaks(line) or bool(_HANDLE.match(line)) for line in after)
    return bool(_BARE.fullmatch(heading.strip(_FRAME))) or 3 * voices >= len(after)


def opening(text: str, *, bullet: bool = False, headed: bool = False) -> Opening | None:
    """What a line tells if it opens a comment. `bullet`: one stood before the line. `headed`: a heading stands above,
    so that a label needs no bullet."""
    text = text[:LONGEST_LINE]
    lead = _LEAD.match(text)
    assert lead is not None  # all of it may be empty
    at, marks = lead.end(), len(re.findall(r"[>↳»]", lead["marks"]))
    marked = bool(bullet or marks or lead["bullet"])
    if (said := _SAYS.match(text, at)) and _is_name(said["name"]):
        sure = marked or headed or bool(lead["number"])
        quoted = text[said.end() : said.end() + 1] in tuple(_QUOTES)
        if sure or (said["verb"] != "said" and not quoted):
            return Opening(said["name"], None, said.end(), marks, weak=False)
    for pattern in (_TIMED, _PLAINLY_TIMED):
        timed = pattern.fullmatch(text, at)
        if timed and _is_name(timed["name"]):
            when = timed["when"].rstrip("): ")
            moment = dates.line(when)
            if moment or re.fullmatch(_AGO, when, re.IGNORECASE):
                return Opening(timed["name"], moment.at if moment else None, len(text), marks, weak=False)
    label = _LABEL.match(text, at)
    if label and (marked or headed) and _is_name(label["name"]):
        return Opening(label["name"], None, label.end(), marks, weak=True)
    return None


def is_chorus(names: Sequence[str], said: Sequence[str]) -> bool:
    """Do labelled lines speak as readers do: a handle for a name, or words to others; and not by turns, as two people
    in an interview?"""
    if len(names) > 2 and len(set(names)) <= 2:
        return False
    handles = any(name[0].islower() or re.search(r"\d|_", name) for name in names)
    return handles or any(map(_speaks, said))


def _speaks(said: str) -> bool:
    return said[:1] not in tuple(_QUOTES) and bool(_VOICE.search(said))


def _is_name(words: str) -> bool:
    if len(words.split()) > MOST_NAMES or not re.search(r"[^\W\d]", words):
        return False
    return not (_NO_NAME.match(words) or _ROLE.fullmatch(words) or re.search(r"[.!?;,] ", words + " "))
