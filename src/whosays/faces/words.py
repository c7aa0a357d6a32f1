"""Claims in words, the same in the terminal, on the pages and in exports. Every string from a page passes `safe` here.

proposition   capture of Soledar (UA) by his fighters, 2023-01-10
stance        said by Yevgeny Prigozhin, via Meridian
quoted        “captured the whole of Soledar”
outlet        Meridian
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from whosays.faces.safe import isolated, safe
from whosays.nouns import (
    STATES,
    ArticleHead,
    Claim,
    Count,
    Extraction,
    Modality,
    Party,
    Place,
    Polarity,
    SourceKind,
    When,
    Where,
)
from whosays.text import fold
from whosays.weigh import wording
from whosays.weigh.sameness import origin
from whosays.weigh.sameness import outlet as outlet_of

NOUN_PHRASES = {
    "control": "control of {place} by {actor}",
    "capture": "capture of {place} by {actor} from {target}",
    "withdraw": "withdrawal from {place} by {actor}",
    "enter": "entry into {place} by {actor}",
    "clash": "clash in {place} of {actor} with {target}",
    "attack": "attack in {place} by {actor} on {target}",
    "casualties": "casualties in {place}: {target} by {actor}",
}
"""How a claim is read out. A role left open falls away with its preposition."""

OF_ANY_TYPE = "in {place} by {actor}, target {target}"
"""How a claim of a type that is not listed is read out, be its name a noun or a verb."""

STANCES = {
    (Polarity.AFFIRMED, Modality.ACTUAL): "said by",
    (Polarity.DENIED, Modality.ACTUAL): "DENIED by",
    (Polarity.AFFIRMED, Modality.PROBABLE): "called probable by",
    (Polarity.DENIED, Modality.PROBABLE): "called improbable by",
    (Polarity.AFFIRMED, Modality.POSSIBLE): "called possible by",
    (Polarity.DENIED, Modality.POSSIBLE): "called doubtful by",
    (Polarity.AFFIRMED, Modality.PLANNED): "said to be planned, by",
    (Polarity.DENIED, Modality.PLANNED): "said not to be planned, by",
    (Polarity.AFFIRMED, Modality.DEMANDED): "demanded by",
    (Polarity.DENIED, Modality.DEMANDED): "demanded not to happen, by",
}
"""Polarity and modality in words."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The three counts that always stand together."""

    articles: int
    outlets: int
    origins: int

    def __str__(self) -> str:
        return f"{plural(self.articles, 'article')}, {plural(self.outlets, 'outlet')}, {plural(self.origins, 'origin')}"


class Counted:
    """Claims with their articles, outlets and origins, added up part by part. An origin is a voice and the story in which its words
    first stood: reprints are one."""

    def __init__(self) -> None:
        self.claims = 0
        self._kinds: tuple[set[object], set[object], set[object]] = (set(), set(), set())

    def add(self, claims: Iterable[Extraction]) -> None:
        for one in claims:
            self.claims += 1
            head = one.article
            for known, key in zip(self._kinds, (head.id, outlet_of(head) or head.id, origin(one)), strict=True):
                known.add(key)

    @property
    def tally(self) -> Tally:
        return Tally(*map(len, self._kinds))

    def __str__(self) -> str:
        return f"{plural(self.claims, 'claim')} in {self.tally}"


def tally(extractions: Iterable[Extraction]) -> Tally:
    """Articles, outlets and origins of some claims."""
    counted = Counted()
    counted.add(extractions)
    return counted.tally


def plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def proposition(claim: Claim) -> str:
    """What is claimed, as a noun phrase: `capture of Soledar (UA) by his fighters, 2023-01-10`."""
    roles = {"place": where(claim.place), "actor": who(claim.actor), "target": victims(claim)}
    said = _filled(NOUN_PHRASES.get(claim.type) or f"{claim.type} {OF_ANY_TYPE}", roles)
    means = [claim.means] if claim.means and claim.means != "other" else []
    means += [f"{amount(claim.count)} strikes"] if claim.count and claim.type == "attack" else []
    return said + (f" ({', '.join(means)})" if means else "") + (f", {dated(claim)}" if claim.time else "")


def _filled(pattern: str, roles: Mapping[str, str | None]) -> str:
    """The pattern's first word, then its roles, each with the words before it; one left open falls away with these."""
    head = pattern.partition(" ")[0]
    pieces = re.findall(r"([^{}]+)\{(\w+)\}", pattern[len(head) :])
    return head + "".join(f"{before}{isolated(words)}" for before, role in pieces if (words := roles[role]))


def who(party: Party | None) -> str | None:
    """Words for an actor, with whom they mean where that is another name."""
    if party is None:
        return None
    words, name = safe(party.words), safe(party.name or "")
    return words if not name or fold(name) in fold(words) else f"{words} ({name})"


def victims(claim: Claim) -> str | None:
    """The target; for tolls with number and harm: `14 people killed, civilians`."""
    target = who(claim.target)
    if claim.count is None or claim.type == "attack":
        return target
    toll = f"{amount(claim.count)} {claim.who or 'people'} {claim.harm or ''}".strip().replace(
        "both", "killed or injured"
    )
    running = " in all" if claim.cumulative else ""
    return f"{toll}{running}" + (f" ({target})" if target else "")


def amount(count: Count) -> str:
    """A count in words: `14`, `at least 14`, `up to 20`, `10 to 20`."""
    return wording.amount(count) if count != Count(None, None) else "an unknown number of"


def where(place: Where | None) -> str | None:
    """Where, with what the words were taken to mean."""
    if place is None or not (place.words or place.name):
        return None
    words, name = safe(place.words or ""), safe(place.name or "")
    found = place.place
    country = found.country if found and found.feature != "country" else None
    told = safe(found.told(name)) if found else name
    same = not words or not told or fold(told) in fold(words)
    meaning = ", ".join(
        detail
        for detail in (
            "" if same else told,
            country or "",
            "" if found else "not located",
            "from the text before" * place.inherited,
        )
        if detail
    )
    return (words or name) + (f" ({meaning})" if meaning else "")


def full_name(place: Place) -> str:
    """`Soledar, Donetsk (UA)`."""
    name = safe(", ".join(dict.fromkeys(filter(None, (place.name, place.admin1)))))
    return f"{name} ({place.country})" if place.country else name


def dated(claim: Claim) -> str:
    """When it happened; said so where the claim's own words do not date it and the rest of the page does."""
    inferred = claim.time_words is None and claim.time is not None and claim.time.first is not None
    guess = inferred and claim.type not in STATES and claim.modality not in (Modality.PLANNED, Modality.DEMANDED)
    return (when(claim.time) if claim.time else "") + " (inferred)" * guess


def when(time: When) -> str:
    """A day or an interval: `2023-01-10`, `2023-01-10 to 2023-01-12`, `since 2023-01-10`, `until 2023-01-12`."""
    if time.first == time.last:
        return str(time.first) if time.first else "at an unknown time"
    if time.last is None:
        return f"since {time.first}"
    return f"until {time.last}" if time.first is None else f"{time.first} to {time.last}"


def stance(one: Extraction) -> str:
    """Who vouches for it or denies it, and through whom we know."""
    claim = one.claim
    said = STANCES[claim.polarity, claim.modality]
    if claim.source.kind is SourceKind.NARRATION:
        return f"{said} {inside(voice(one))} itself"
    via = f", via {', '.join(safe(name) for name in claim.via)}" if claim.via else ""
    return f"{said} {inside(voice(one))}{via}"


def inside(words: str) -> str:
    """Words that began a sentence, within one: `The army` → `the army`."""
    return words[:1].lower() + words[1:] if words.startswith(("The ", "A ", "An ", "His ", "Her ", "Their ")) else words


def voice(one: Extraction) -> str:
    """The innermost source as it is known: its resolved name, else its words, else the outlet's own narration."""
    source = one.claim.source
    if source.kind is SourceKind.NARRATION or not (source.name or source.mention):
        return safe(one.article.agency or outlet(one.article))
    if source.name:
        return safe(source.name)
    return safe(source.mention or "") + (" (unnamed)" if source.kind is SourceKind.UNNAMED else "")


def outlet(head: ArticleHead) -> str:
    """Who printed it: publisher, else agency, else host of the address, else nobody known."""
    host = (head.url or "").partition("://")[2].partition("/")[0]
    return head.publisher or head.agency or host or "unnamed outlet"


def quoted(claim: Claim) -> str:
    """The exact words, in quotation marks of ours."""
    return f"“{safe(claim.evidence.exact)}”"
