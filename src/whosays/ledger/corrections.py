"""What an analyst's corrections make of a claim. Pure, but for the places and actors that are looked up through `known`.

    corrected(claim, fields, page=…, known=…) -> Claim        FIELDS: what may be corrected, in the words of the JSON contract

Values are checked as a reader's are: words of a role stand in the text, evidence too and in no reader's comment, names of types and
kinds are those of CLAIMS.md, keys are known. What follows from a field is not corrected by itself: coordinates, country and division
follow from `place_key`, name and side from the key of an actor, `prefix` and `suffix` from `evidence`. New words for a role drop the
name and the key that the old ones had, unless one holds the other (`the army`, `army`) or new ones are given.

**The id.** Type, evidence and words of the roles make the id of a claim, so a correction of these makes another proposition. It gets
a row of `claims` of its own, so that it is found by what it says now; what is shown and filed is the id of the claim that was judged.
Errors: Misuse that names the field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from whosays.errors import Misuse
from whosays.nouns import (
    Actor,
    Claim,
    Count,
    Evidence,
    Fix,
    Modality,
    Party,
    Place,
    Polarity,
    QuoteKind,
    Source,
    SourceKind,
    Span,
    When,
    Where,
)
from whosays.text import digest, fold, snippet

E = TypeVar("E", bound=StrEnum)

WHO = frozenset({"civilians", "combatants", "children", "people"})
HARM = frozenset({"killed", "injured", "both"})
MEANS = frozenset(
    {"airstrike", "shelling", "missile", "bombing", "suicide-bombing", "shooting", "chemical", "ground", "other"}
)
"""CLAIMS.md section 2."""

FOLLOWS = {
    **dict.fromkeys(("lat", "lon", "country", "geonameid"), "place_key"),
    "place_inherited": "place",
    **dict.fromkeys(("evidence.exact", "evidence.prefix", "evidence.suffix"), "evidence"),
}
"""Fields that are told by another."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an analyst may name, where it is no longer or not yet in the ledger: the gazetteer, the roster, the types."""

    place: Callable[[str], Place | None]
    actor: Callable[[str, date | None], Actor | None]
    """By key, with the side that it shared on a day."""
    types: frozenset[str]


class Lookup(Protocol):
    """Where keys are looked up."""

    @property
    def types(self) -> frozenset[str]: ...

    def place(self, key: str) -> Place | None: ...

    def actor(self, key: str, day: date | None) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Page:
    """The text that a claim stands in, without the spans of readers' comments; and the day it was published."""

    text: str
    comments: tuple[Span, ...] = ()
    day: date | None = None


def corrected(claim: Claim, fields: Mapping[str, Fix], *, page: Page, known: Lookup) -> Claim:
    """The claim as corrected. Its id is that of the corrected proposition."""
    unknown = sorted(set(fields) - FIELDS)
    if unknown:
        told = FOLLOWS.get(unknown[0])
        step = f"It follows from {told}; correct that." if told else f"Fields: {', '.join(sorted(FIELDS))}."
        raise Misuse(f"{unknown[0]}: no field that can be corrected. {step}")
    of = _Correction(claim, fields, page, known)
    evidence = of.evidence()
    near = Span(evidence.start, evidence.end)
    source = of.source(near)
    cue, cue_span = of.words("cue", claim.cue, claim.cue_span, near)
    time_words, time_span = of.words("time_text", claim.time_words, claim.time_span, near, span="spans.time")
    fixed = replace(
        claim,
        type=of.one_of("type", claim.type, known.types) or claim.type,
        polarity=of.enum("polarity", claim.polarity, Polarity),
        modality=of.enum("modality", claim.modality, Modality),
        actor=of.party("actor", claim.actor, near),
        target=of.party("target", claim.target, near),
        place=of.where(near),
        time=of.time(),
        time_words=time_words,
        time_span=time_span,
        count=of.count(),
        who=of.one_of("who", claim.who, WHO),
        harm=of.one_of("harm", claim.harm, HARM),
        means=of.one_of("means", claim.means, MEANS),
        cumulative=of.flag("cumulative", claim.cumulative),
        source=source,
        via=of.texts("via", claim.via),
        cue=cue,
        cue_span=cue_span,
        quote=of.enum("quote", claim.quote, QuoteKind),
        evidence=evidence,
        denies=of.text("denies", claim.denies),
    )
    return replace(fixed, id=claim.id if _identity(claim) == _identity(fixed) else _id(claim, fixed))


FIELDS = frozenset(
    {
        *("type", "polarity", "modality", "quote", "who", "harm", "means", "cumulative", "count", "denies", "via"),
        *("actor", "actor_name", "actor_key", "target", "target_name", "target_key"),
        *("place", "place_name", "place_key", "geo_precision", "place_relation", "place_radius"),
        *("time", "time_text", "time_precision", "cue", "evidence"),
        *("source.mention", "source.name", "source.kind", "source.key", "source.side"),
        *(f"spans.{role}" for role in ("actor", "target", "place", "time", "cue", "source")),
    }
)
"""`evidence` and `spans.…` are [start, end]; `count` [low, high]; `time` [first, last], in ISO days; `via` texts."""


def _id(before: Claim, after: Claim) -> str:
    """The id of another proposition, which stands for one claim alone."""
    type_, exact, start, *words = _identity(after)
    return digest("corrected", before.id, type_, exact, str(start), *words)


def _identity(claim: Claim) -> tuple[str, str, int, str | None, str | None, str | None]:
    """What names a proposition."""
    actor, target, place = (role.words if role else None for role in (claim.actor, claim.target, claim.place))
    return claim.type, claim.evidence.exact, claim.evidence.start, actor, target, place


def same_words(one: str | None, other: str | None) -> bool:
    """Do words mean the same, as far as words tell: is one within the other, case and accents apart?"""
    a, b = f" {fold(one or '')} ", f" {fold(other or '')} "
    return a in b or b in a


@dataclass(frozen=True, slots=True)
class _Correction:
    """Each method gives the value of one part of the claim after the correction."""

    claim: Claim
    fields: Mapping[str, Fix]
    page: Page
    known: Lookup

    # single values

    def text(self, name: str, before: str | None) -> str | None:
        if name not in self.fields:
            return before
        value = self.fields[name]
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise _wrong(name, value, "text, or null")
        return value

    def one_of(self, name: str, before: str | None, may: frozenset[str]) -> str | None:
        value = self.text(name, before)
        if name in self.fields and (value not in may if value is not None else name == "type"):
            raise _wrong(name, value, "one of " + ", ".join(sorted(may)))
        return value

    def enum(self, name: str, before: E, kind: type[E]) -> E:
        value = self.fields.get(name, before)
        if not isinstance(value, str) or value not in {one.value for one in kind}:
            raise _wrong(name, value, "one of " + ", ".join(kind))
        return kind(value)

    def flag(self, name: str, before: bool) -> bool:
        value = self.fields.get(name, before)
        if not isinstance(value, bool):
            raise _wrong(name, value, "true or false")
        return value

    def texts(self, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
        value = self.fields.get(name, before)
        found = tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, tuple) else ()
        if not isinstance(value, tuple) or len(found) != len(value):
            raise _wrong(name, value, "a list of texts")
        return found

    def whole(self, name: str, least: int, most: int | None = None) -> int | None:
        value = self.fields[name]
        if value is not None and (
            not isinstance(value, int) or isinstance(value, bool) or value < least or value > (most or 2**62)
        ):
            raise _wrong(name, value, f"a whole number from {least}" + (f" to {most}" if most else "") + ", or null")
        return value

    def numbers(self, name: str) -> tuple[int | None, int | None] | None:
        """Two whole numbers, the first not above the second; null for an open end."""
        value = self.fields[name]
        if value is None:
            return None
        if isinstance(value, tuple) and len(value) == 2:
            low, high = (_natural(one) for one in value)
            if (low, high) == value and (low is None or high is None or low <= high):
                return low, high
        raise _wrong(name, value, "two whole numbers in order, null for an open end; or null")

    def count(self) -> Count | None:
        if "count" not in self.fields:
            return self.claim.count
        found = self.numbers("count")
        return Count(*found) if found else None

    def time(self) -> When | None:
        before = self.claim.time
        if "time" in self.fields:
            before = self._interval()
        if "time_precision" in self.fields:
            precision = self.whole("time_precision", 1, 3)
            if before is None or precision is None:
                raise _wrong("time_precision", precision, "1, 2 or 3, of a claim that has a time")
            return replace(before, precision=precision)
        return before

    def _interval(self) -> When | None:
        value = self.fields["time"]
        if value is None:
            return None
        try:
            first, last = (None if one is None else date.fromisoformat(str(one)) for one in value)  # type: ignore[union-attr]
        except (TypeError, ValueError):
            raise _wrong("time", value, "two days such as 2017-11-08, null for an open end; or null") from None
        if first is None or last is None:
            return When(first, last, 3)
        if first > last:
            raise _wrong("time", value, "two days in order")
        days = (last - first).days
        return When(first, last, 1 if days == 0 else 2 if days < 7 else 3)

    # words and where they stand

    def span(self, name: str, *, evidence: bool = False) -> Span | None:
        """The span that a field gives."""
        found = self.numbers(name)
        if found is None:
            return None
        start, end = found
        if start is None or end is None or start == end or end > len(self.page.text):
            raise _wrong(name, found, f"a span within the text, which has {len(self.page.text)} characters")
        span = Span(start, end)
        if evidence and any(span.meets(comment) for comment in self.page.comments):
            raise Misuse(f"{name}: {start}..{end} lies in a reader's comment, which is never evidence.")
        return span

    def evidence(self) -> Evidence:
        if "evidence" not in self.fields:
            return self.claim.evidence
        span = self.span("evidence", evidence=True)
        if span is None:
            raise _wrong("evidence", None, "[start, end] of the words that state the claim")
        return Evidence(span.of(self.page.text), span.start, span.end, *snippet(self.page.text, span.start, span.end))

    def words(
        self, name: str, before: str | None, stood: Span | None, near: Span, *, span: str | None = None
    ) -> tuple[str | None, Span | None]:
        """Words of a role and where they stand: as given, or found in the text, as near to the evidence as may be."""
        at = span or f"spans.{name}"
        given = self.text(name, before)
        if at in self.fields:
            stands = self.span(at)
            if stands is None:
                return given, None
            if name in self.fields and stands.of(self.page.text) != given:
                raise _wrong(at, self.fields[at], f"where {given!r} stands")
            return stands.of(self.page.text), stands
        if name not in self.fields or given is None or given == before:
            return given, stood if given == before else None
        found = _nearest(self.page.text, given, near)
        if found is None:
            raise Misuse(
                f"{name}: {given!r} is not in the article. Give words of the text, and who they mean as a name."
            )
        return given, found

    def party(self, role: str, before: Party | None, near: Span) -> Party | None:
        old = before or Party("", None)
        words, span = self.words(role, before.words if before else None, old.span, near)
        if words is None:
            if any(self.fields.get(f"{role}_{what}") is not None for what in ("name", "key")):
                raise Misuse(f"{role}: give the words of the text that name {role}, as well as whom they mean.")
            return None
        name, key, side = self._meant(role, f"{role}_", words, (old.words, old.name, old.actor, old.side))
        return Party(words, span, name, key, side)

    def _meant(
        self, what: str, prefix: str, words: str | None, old: tuple[str | None, str | None, str | None, str | None]
    ) -> tuple[str | None, str | None, str | None]:
        """Name, key and side of whom words mean now: what is given, then what follows from it, then as before."""
        before, name, key, side = old
        if not same_words(before, words):
            name = key = side = None
        given, by_key = f"{prefix}name", f"{prefix}key"
        if given in self.fields and self.fields[given] != name:
            key = side = None
        if by_key in self.fields:
            key = self.text(by_key, None)
            actor = None if key is None else self.known.actor(key, self.page.day)
            if key is not None and actor is None:
                raise Misuse(f"{by_key}: no actor {key!r} in the roster or the ledger. `whosays roster` finds keys.")
            name, side = (actor.name, actor.side) if actor else (name, None)
        return self.text(given, name), key, side

    def source(self, near: Span) -> Source:
        old = self.claim.source
        kind = self.enum("source.kind", old.kind, SourceKind)
        mention = self.text("source.mention", None if kind is SourceKind.NARRATION else old.mention)
        if (mention is None) != (kind is SourceKind.NARRATION):
            raise _wrong("source.kind", kind, "narration where nobody is named, and only there")
        words, span = self.words("source.mention", old.mention, old.span, near, span="spans.source")
        if kind is SourceKind.NARRATION:
            words = span = None
        name, key, side = self._meant("source", "source.", words, (old.mention, old.name, old.actor, old.side))
        return Source(kind, words, span, name, key, self.text("source.side", side))

    def where(self, near: Span) -> Where | None:
        old = self.claim.place or Where(None, None)
        words, span = self.words("place", old.words, old.span, near)
        name, place = old.name, old.place
        if "place" in self.fields and not same_words(old.words, words):
            name = place = None
        if "place_name" in self.fields and self.fields["place_name"] != name:
            place = None
        if "place_key" in self.fields:
            place = self._place()
            name = place.name if place else name
        name = self.text("place_name", name)
        if words is None and name is None:
            return None
        place = self._related(place)
        precision = place.precision if place else None
        if words == old.words and place in (None, old.place):
            precision = old.precision
        if "geo_precision" in self.fields:
            precision = self.whole("geo_precision", 1, 3)
        return Where(words, span, name, place, words is None, precision)

    def _place(self) -> Place | None:
        key = self.text("place_key", None)
        place = None if key is None else self.known.place(key)
        if key is not None and place is None:
            raise Misuse(f"place_key: no place {key!r} in the gazetteer or the ledger. `whosays gazetteer` finds keys.")
        return place

    def _related(self, place: Place | None) -> Place | None:
        """With how it lies to the place of its key."""
        if not {"place_relation", "place_radius"} & set(self.fields):
            return place
        if place is None:
            raise Misuse("place_relation: of a claim without a place. Give place_key.")
        radius = self.fields.get("place_radius", place.radius)
        if radius is not None and (
            not isinstance(radius, int | float) or isinstance(radius, bool) or not 0 < radius < 20_000
        ):
            raise _wrong("place_radius", radius, "kilometres, or null")
        relation = self.text("place_relation", place.relation)
        return replace(place, relation=relation, radius=None if radius is None else float(radius))


def _natural(value: object) -> int | None:
    """The number, if it is a whole one that is not negative and no yes or no; else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else None


def _nearest(text: str, words: str, near: Span) -> Span | None:
    """Where words stand, as near to a span as may be."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return min(found, key=lambda span: (max(near.start - span.end, span.start - near.end, 0), span), default=None)


def _wrong(name: str, value: object, wanted: str) -> Misuse:
    return Misuse(f"{name}: {value!r} will not do. Give {wanted}.")
