"""A claim with what the rules of disputes ask of it, worked out once; and the words by which two claims are told to mean one thing."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import yaml

from whosays.nouns import STATES, Claim, Extraction, Party, Polarity, SourceKind
from whosays.text import fold
from whosays.text import words as tokens
from whosays.weigh import sameness

Days = tuple[date, date]
_PERFECT = frozenset({"capture", "enter", "withdraw"})
"""Who denies one of these says that it had not come about when he spoke, whatever day he names."""

_PRESUPPOSED = re.compile(r"\w-(?:held|controlled|ruled|run|occupied)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as the rules see it."""

    extraction: Extraction
    voice: str
    days: Days | None
    """On which it happened or held."""
    reach: Days | None
    """On which it speaks of how things stand: who reports a capture says that it still stood when he did."""
    means: str | None
    """Of a toll, those of the attack that the same words tell."""
    parts: frozenset[str]
    """Words for the part of its place, or the spot in it, that it speaks of; none: it speaks of the whole."""
    target: frozenset[str]
    """Words that tell the target from others: not what sort of people they are, nor where."""

    @property
    def claim(self) -> Claim:
        return self.extraction.claim

    @property
    def story(self) -> str:
        return sameness.origin(self.extraction)[1]

    @property
    def published(self) -> date | None:
        return self.extraction.article.published

    @property
    def affirmed(self) -> bool:
        return self.claim.polarity is Polarity.AFFIRMED

    @property
    def narrated(self) -> bool:
        return self.claim.source.kind is SourceKind.NARRATION

    @property
    def dated(self) -> bool:
        """Does its page give a first and a last day, be it in other words than its own?"""
        time = self.claim.time
        return time is not None and time.first is not None and time.last is not None

    @property
    def only_day(self) -> date | None:
        """The day that its own words name."""
        told = self.claim.time_words is not None and self.days is not None and self.days[0] == self.days[1]
        return self.days[0] if told and self.days is not None else None

    @property
    def named(self) -> bool:
        """Is its place named, here or in the text before? `The town` may be another."""
        where = self.claim.place
        if where is None or where.words is None:
            return True
        return bool(set(tokens(fold(where.words))) & set(tokens(fold(where.name or ""))))

    @property
    def wide(self) -> bool:
        """Is its place a region or a country, where many things happen in a day? `Idlib province` may be filed under the town."""
        where = self.claim.place
        if where is None or where.precision == 3:
            return where is not None
        said = set(tokens(fold(where.words or "")))
        return bool(said & things()["wide"]) and not said & {"town", "city", "village", "camp"}

    @property
    def places(self) -> bool:
        """Do its words name a second place beside its own? `In Aleppo and Sweida`: then its toll is of both."""
        where = self.claim.place
        if where is None or where.words is None:
            return False
        here = re.escape(where.words)
        return re.search(rf"[A-Z][\w-]+ and {here}|{here} and [A-Z]", self.claim.evidence.exact) is not None

    @property
    def presupposed(self) -> bool:
        """`Rebel-held Aleppo`: said by the way, and perhaps of a part of it."""
        return _PRESUPPOSED.search(self.claim.evidence.exact) is not None

    @property
    def detail(self) -> frozenset[str]:
        """Words of its evidence and place that tell its event from others of that town: `the funeral hall`."""
        where = self.claim.place
        name, spot = ("", "") if where is None else (where.name or "", where.words or "")
        said = content(self.claim.evidence.exact) | content(spot)
        return said - content(name) - things()["carriers"] - things()["persons"] - things()["parts"]


def all_said(claims: Sequence[Extraction]) -> list[Said]:
    """In the order of `sameness.order`."""
    means = {
        (one.claim.article, one.claim.evidence.start, one.claim.evidence.end): one.claim.means
        for one in claims
        if one.claim.type == "attack"
    }
    return [_said(one, means) for one in sorted(claims, key=lambda one: sameness.order(one.claim))]


def _said(one: Extraction, means: Mapping[tuple[str, int, int], str | None]) -> Said:
    claim, where, evidence = one.claim, one.claim.place, one.claim.evidence
    days = sameness.days(one, state=claim.type in STATES)
    how = claim.means or means.get((claim.article, evidence.start, evidence.end))
    name, words = ("", "") if where is None else (where.name or "", where.words or "")
    target = _target(claim.target.words, name, words) if claim.target is not None else frozenset()
    return Said(one, sameness.voice_key(one), days, _reach(one, days, bool(target)), how, parts(words, name), target)


def _reach(one: Extraction, days: Days | None, aimed: bool) -> Days | None:
    """A denial of what came about once, or that singles out its target, looks back: the day that it names may be its own."""
    published, claim = one.article.published, one.claim
    if days is None or published is None:
        return days
    if claim.polarity is Polarity.DENIED and (claim.type in _PERFECT or (aimed and days[1] == published)):
        return min(days[0], max(published, date.min + sameness.RECENT) - sameness.RECENT), days[1]
    if claim.polarity is Polarity.AFFIRMED and claim.type == "capture":
        return days[0], max(days[1], published)
    return days


def meet(a: Said, b: Said) -> bool:
    """Do they speak of the same days? Claims of one undated page speak of its own day."""
    by_reach = a.claim.type != b.claim.type or a.affirmed is not b.affirmed
    one, other = (a.reach, b.reach) if by_reach else (a.days, b.days)
    if one is None or other is None:
        return one is other and a.extraction.article.id == b.extraction.article.id
    return sameness.meet(one, other)


# -------------------------------------------------------------------------------------------------------------------- words


@functools.cache
def things() -> Mapping[str, frozenset[str]]:
    """The lists of things.yml."""
    listed = yaml.safe_load(files("whosays.weigh").joinpath("things.yml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in listed.items()}


@functools.lru_cache(maxsize=100_000)
def content(text: str) -> frozenset[str]:
    """The words of a text that tell things from others of their kind, folded, without plural s and possessives."""
    stems = {_stem(word) for word in tokens(fold(text))}
    return frozenset(word for word in stems if len(word) > 1 and not word.isdigit()) - things()["said_often"]


@functools.lru_cache(maxsize=100_000)
def parts(text: str, name: str) -> frozenset[str]:
    """Words for parts of a place, and for spots in it, among the words that stand beside its name."""
    beside = {_stem(word) for word in tokens(fold(text))} - {_stem(word) for word in tokens(fold(name))}
    return frozenset(beside & (things()["parts"] | things()["sites"]))


@functools.lru_cache(maxsize=100_000)
def _target(text: str, name: str, place: str) -> frozenset[str]:
    here = content(f"{name} {place}") - things()["sites"]
    return content(text) - things()["persons"] - things()["parts"] - here


def military(party: Party | None) -> bool | None:
    """Is it fighters, or what they use (True), or civilians and theirs (False)? None: the words do not say, or say both."""
    if party is None:
        return None
    stems = {_stem(word) for word in tokens(fold(party.words))}
    armed, civil = bool(stems & things()["military"]), bool(stems & things()["civilian"])
    return armed if armed is not civil else None


def hints(one: Said, of: str) -> bool:
    """Does it, or what stands before it, have one of the words of that list (`elsewhere`, `risen`)?"""
    evidence = one.claim.evidence
    return not things()[of].isdisjoint(tokens(fold(f"{evidence.prefix} {evidence.exact}")))


@functools.lru_cache(maxsize=100_000)
def accident(text: str) -> bool:
    """Do the words tell of a mishap that nobody brought about?"""
    said = f" {' '.join(tokens(fold(text)))} "
    return any(f" {word} " in said for word in things()["accident"])


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
