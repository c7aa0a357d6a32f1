"""The grammar of times: which strings of word classes (words.py) are times, and which function says what days they mean.

`RULES` are tried in order at each word, the longer forms first; a rule whose meaning is None gives way to the next. Rules do not
nest deeper than a phrase within `since` or `until`, and repeat only a handful of words, so reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from whosays.times import counted, lengths, spans
from whosays.times.bare import ANY, DAY, STRONG, Rule, bare, days_of_month
from whosays.times.words import TRIGGERS, Words


class Match(NamedTuple):
    """A rule that fits a half-open range of words."""

    rule: Rule
    start: int
    end: int


def search(words: Words, start: int) -> re.Match[str] | None:
    """Where from a word on the next rule fits; None: no more times."""
    return _PHRASE.search(words.letters, start)


def matches(found: re.Match[str]) -> Iterator[Match]:
    """The rules that fit at a place that `search` found, best first: each rule is a group of `_PHRASE`."""
    best = found.lastindex or 1
    yield Match(_RULES[best - 1][1], found.start(), found.end())
    for pattern, rule in _RULES[best:]:
        if fit := pattern.match(found.string, found.start()):
            yield Match(rule, found.start(), fit.end())


_COUNT = "(?:a?[NX]f|a[NX]|[DNYX](?:-?[DN]){0,2}|[DN][t/][DN])"
_N = f"[hI]{{0,3}}(?:{_COUNT}|a)I?"
"""A number of units: two, a few, about 12, more than twenty-four, two more."""
_HALF = "(?:½|&a½)"
_U = "[Uü](?!-?~)"
"""A unit, but for that of an age: `six years old`."""
_YEAR = "(?:y?Y|[LHx]y?U|z[HLx]?y?U)"
"""A year that a quarter is of."""
_AT = "@Z?"

RULES: dict[str, Rule] = {
    "days between": Rule("B(?:[Mm][DO]&[DO](?:,?Y)?|[DO]&[DO]f?[Mm](?:,?Y)?)", days_of_month, "days of one month"),
    "from to": Rule(f"[FB]z?{ANY}[tu&-]z?{ANY}|o?{DAY}[t-]{DAY}", spans.from_to, "from one time to another"),
    "since": Rule(
        f"[Sq]z?(?:{spans.EDGE_OF_UNIT}|{spans.EDGE}|Efz?U|[LHx]U|{spans.STEPPED}|[LHx]P|{ANY}|[^|,]{{0,12}}?{_N}[Uü]G)",
        spans.since,
        "from then on",
    ),
    "until": Rule(
        f"[ub]z?(?:{spans.EDGE_OF_UNIT}|{spans.EDGE}|Efz?U|[LHx]U|{spans.STEPPED}|{ANY})", spans.until, "up to then"
    ),
    "week of days": Rule(
        "[iov]?zUf(?:[Mm][DO][t-][DO]|[DO][t-][DO]f?[Mm])(?:,?Y)?", days_of_month, "days of one month"
    ),
    "in month": Rule("[iov]?z?[1L]Uf[Mm](?:,?Y)?", counted.in_month, "counted within that month"),
    "before": Rule(f"pz?(?:[LHx]U|{spans.EDGE}|{ANY})", spans.before, "before then"),
    "day before": Rule("z?U[pq][TW]", counted.day_before, "the day beside it"),
    "edge": Rule(spans.EDGE, spans.edge, "a part of it, in thirds"),
    "edge of unit": Rule(spans.EDGE_OF_UNIT, spans.edge_of_unit, "a part of it"),
    "overnight": Rule("V(?:o?[WT])?", counted.overnight, "a night and its two days"),
    "night": Rule(spans.NIGHT, counted.night, "a part of a day"),
    "part": Rule(f"[iodhb]{{0,2}}z?E?-?(?:P|{_AT})[fo,]?{DAY}|[o]?{DAY},?[db]?h?{_AT}", bare, "a part of that day"),
    "within unit": Rule("[io]?(?:[WMms]f?[LHx]U)", counted.within_unit, "in a unit beside the publication day"),
    "stepped": Rule(spans.STEPPED, counted.stepped, "beside the publication day"),
    "ago": Rule(f"{_N}[Uü]G", counted.ago, "counted back", beside=True),
    "long ago": Rule("üG", counted.long_ago, "counted back"),
    "quarter": Rule(
        f"[io]?z?(?:y?Y|[LHx]U'|zU')?y?1(?:-?U|-%)(?:[fi]?{_YEAR})?|[i]?z?[1L]½f{_YEAR}",
        counted.quarter,
        "counted in quarters",
    ),
    "century": Rule("[io]?z?[O1]-?U", counted.century, "a century"),
    "year ago": Rule("[io]?[za]?U-[GE](?:[U%]|1-?U)?", counted.year_ago, "a year before that quarter", beside=True),
    "that day": Rule("o?(?:zJ|E?o?j|jJ)U|EizU", counted.that, "the last day named before"),
    "day beside": Rule(
        f"o?z[xA](?:U|P)|zU[pq](?![.zaTW])|{_N}[Uü]E",
        counted.beside_that,
        "beside the last day named before",
        beside=True,
    ),
    "rolling": Rule(
        f"[iv]?h{{0,2}}(?:z[LAx](?:{_N})?[Uü]|[LAxH]{_N}[Uü])|[iv]AU",
        counted.rolling,
        "so long up to the publication day",
    ),
    "recent": Rule("[iv]?z?R[Uü]|[i]?zR%", counted.recent, "a rule of thumb"),
    "year ended": Rule("[iv]?zy?Uė", lengths.lasting, "a length"),
    "fiscal": Rule("[iv]?yY|[iv]?z?[HLxR]?yU", counted.fiscal, "a year"),
    "unit": Rule(spans.UNIT, counted.unit, "counted in whole units"),
    "unit of day": Rule(f"[iov]?zUf{DAY}", counted.unit_of_day, "the unit of the calendar that holds it"),
    "weekend": Rule("[ivod]?(?:z|[HLx])?e", counted.weekend, "a weekend"),
    "quarter of year": Rule("[iv]?zY[U%](?![.])|[iv]?zY%", counted.the_quarter, "a quarter", beside=True),
    "day": Rule(f"(?:[iodvBF](?!T)z?|z)?{STRONG}", bare, "the time itself"),
    "weak": Rule(
        "iz?(?:m(?![DO])|s|Y)|ow|[(]Y(?=[)])|[za]Y(?=[.])|f(?:m(?![DO])|Y)(?!-?[Uü])|Y(?!-?[Uü½])|(?:[iodv]z?|[xf]|z)c|(?<![.'])c",
        bare,
        "the time itself",
    ),
    "length": Rule(f"z?1?{_N}{_HALF}?-?I?{_U}(?:/[N]|&a½)?|½a{_U}|z1ü|U-l", lengths.lasting, "a length"),
    "every": Rule("g(?:[1N]?[UüWMmsP])|!", lengths.every, "a repetition"),
    "year end": Rule("[di]?h?z?U[-']E", counted.year_end, "the last day of the year"),
    "the unit": Rule("[i]zU|zU(?!-)", counted.the_unit, "counted in whole units"),
    "clock": Rule(f"[bd]?h?{_AT}|[id]zP|dP", counted.hour, "a time of the last day named, or of publication"),
    "adverb": Rule("(?<!ä)n(?!ä|q)", lengths.adverb, "counted from the publication day"),
    "vague": Rule("[ix]x?ü|i?zA(?![.])|izA|H|i?z>", lengths.vague, "a vague reference"),
    "uncounted": Rule("ü(?!-?~)", lengths.lasting, "a length"),
}
_RULES = tuple((re.compile(rule.letters), rule) for rule in RULES.values())
_PHRASE = re.compile(
    rf"(?=[Sq]|[^.|]{{0,8}}?[{TRIGGERS}])(?:" + "|".join(f"({rule.letters})" for rule in RULES.values()) + ")"
)
"""Every phrase but those of `since` and `after` has one of these letters before the first other word: most words are passed over at
once."""
