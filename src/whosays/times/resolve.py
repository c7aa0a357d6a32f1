"""Expressions of time in a Reading, and the days they mean.

Relative words count from the publication day, or from the last day that the text named (`the same day`). Where that is
unknown the expression is still reported, without options and with the reason. What an undated claim gets is decided
by the claims stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from whosays.nouns import CLAIM_PARTS, Candidate, PartKind, Reading, Span, When
from whosays.times import days, figures, grammar, wars
from whosays.times.bare import BARE, Clock, Rule, UnanchoredError, bare
from whosays.times.grammar import Match
from whosays.times.runs import runs
from whosays.times.tense import points_ahead
from whosays.times.words import Words, read
from whosays.times.zones import day_written


def resolve(reading: Reading, published: date | None) -> tuple[Candidate[When], ...]:
    """The times in the parts from which claims are taken, sorted, apart; `on` and `in` belong to their expression."""
    article, found = reading.article, []
    clock = Clock(day_written(article, published))
    for part in article.parts:
        if part.kind is PartKind.ENTRY and part.at is not None:  # a post of a live blog counts from its own day
            clock = Clock(part.at.date())
        if part.kind in CLAIM_PARTS:
            for candidate, after in _candidates(part.span.of(article.text), part.span.start, clock):
                found.append(candidate)
                clock = after
    return wars.counted(article.text, found, published)


def war(reading: Reading, published: date | None) -> When | None:
    """The days, up to publication, of the war that the text speaks of (`the war`, `the conflict`); None: of none that is known."""
    this = wars.war(reading.article.text, published)
    return None if this is None else When(this.began, published, 3)


def interval(words: str, anchor: date, *, ahead: bool | None = None) -> When | None:
    """What some words mean on a day: the first time in them, or they as a whole. `ahead`: said in future tense; None: not known."""
    clock, classes = Clock(anchor, ahead=ahead), read(words)
    if any(re.fullmatch(rule.letters, classes.letters) for rule in BARE.values()):
        return bare(classes, 0, len(classes.letters), clock)
    found = next((c for c, _ in _candidates(words, 0, clock) if c.options and c.options[0].dated), None)
    if found is None or len(found.span.of(words)) < len(words.strip()):
        return figures.absolute(words) or (found.options[0] if found else None)
    return found.options[0]


def _candidates(text: str, offset: int, clock: Clock) -> Iterator[tuple[Candidate[When], Clock]]:
    """The times of a text, each with the clock after it."""
    for start, end in runs(text):
        words, at = read(text, start, end), 0
        while found := grammar.search(words, at):
            at = found.start() + 1
            for match in grammar.matches(found):
                if candidate := _candidate(text, words, match, offset, clock):
                    clock = _named(candidate, match.rule, clock)
                    yield candidate, clock
                    at = match.end
                    break


_MONTHS_LONG = re.compile(r"P\d+M")


def _named(candidate: Candidate[When], rule: Rule, clock: Clock) -> Clock:
    """The clock after a time was read: `the same day` will mean the last time that was a single day, `a year earlier` a year before
    the last quarter."""
    when = candidate.value
    if when is None:
        return clock
    if when.first is None:
        return clock._replace(quarter=None) if _MONTHS_LONG.fullmatch(when.value) else clock
    if when.first == when.last:
        return clock._replace(named=when.first, period=when.first)
    if rule.beside:
        return clock
    return clock._replace(period=when.first, quarter=when.first if "-Q" in when.value else None)


_TENSED = frozenset("WwMmsλcHUe")
"""Classes whose days the tense decides."""


def _candidate(text: str, words: Words, match: Match, offset: int, clock: Clock) -> Candidate[When] | None:
    if _counts_things(text, words, match):
        return None
    first = match.start + (words.letters[match.start] in "f(" or words.letters[match.start : match.end] in ("zY", "aY"))
    start, end = words.start(first), words.end(match.end - 1)
    span = Span(offset + start, offset + end)
    tensed = not _TENSED.isdisjoint(words.letters[match.start : match.end])
    now = clock._replace(ahead=points_ahead(text, start, end)) if tensed and clock.ahead is None else clock
    try:
        when = match.rule.means(words, match.start, match.end, now)
    except UnanchoredError as missing:
        return Candidate(span, (), False, (f"{match.rule.why}: {missing} is not known",))
    if when is None:
        return None
    if "C" in words.letters[match.start : match.end] and when.first == when.last and when.first:
        return _either(span, when.first, now)
    return Candidate(span, (when,), True, (_why(words, match, now),))


_PLURAL = re.compile(
    r" (?!(?:was|is|has|as|his|its|this|us|plus|versus)\b)(?:[a-z]+s|people|men|women|children|police)\b"
)
_NUMBERED = re.compile(r"(?:\b[A-Z]\w* |[$#£€№/.:]) ?$")
_CENTURY = range(1900, 2050)


def _counts_things(text: str, words: Words, match: Match) -> bool:
    """Is it no year but a number: of things (`in 2000 villages`, `1950 people`), of a name (`Resolution 1973`), of money?"""
    last = match.end - 1
    if words.letters[last] != "Y" or words.letters[last - 1 : last] in ("M", "m", ","):
        return False
    plural = _PLURAL.match(text, words.end(last)) is not None
    if last > match.start:
        return plural and words.value(last) % 100 == 0
    before = text[max(0, words.start(last) - 30) : words.start(last)]
    return plural or words.value(last) not in _CENTURY or _NUMBERED.search(before) is not None


def _either(span: Span, day: date, clock: Clock) -> Candidate[When]:
    """03/04/2016: day first, or month first; settled where only one of them lies before publication."""
    both = (day, date(day.year, day.day, day.month))
    past = [option for option in both if clock.published is None or option <= clock.published]
    best = past if len(past) == 1 else both
    ordered = tuple(days.one_day(option) for option in (*best, *(option for option in both if option not in best)))
    reason = "the other reading lies after publication" if len(best) == 1 else "day first or month first"
    return Candidate(span, ordered, len(best) == 1, (f"a date in figures: {reason}",))


def _why(words: Words, match: Match, clock: Clock) -> str:
    letters = words.letters[match.start : match.end]
    if "named before" in match.rule.why:
        return f"{match.rule.why}, {clock.named}"
    if set(letters) & set("YQCK") or clock.published is None:
        return match.rule.why
    tense = ", the tense points ahead" if clock.ahead else ""
    return f"{match.rule.why}; publication on {clock.published}{tense}"
