"""Actors: those that claims are about, and one with its sides over time and its relations as a small graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import claims, paging, shown
from whosays.faces.views.common import Day, Listed, Missing, VoiceHead, side_name, voice_head
from whosays.faces.views.said import Said
from whosays.nouns import Extraction, Polarity
from whosays.weigh.sameness import party_key

RELATIONS = ("ally", "oppose", "member")
BESIDE = 20
"""Claims on the page of an actor: the first of the list."""


class SidePeriod(Struct, frozen=True):
    """Whose cause an actor shared over some days, as the roster has it."""

    side: Annotated[str, Meta(description="Key of the side; `none`: known to share none.")]
    name: Annotated[str, Meta(description="The side in words.")]
    since: Annotated[Day, Meta(description="First day; null: always before.")]
    until: Annotated[Day, Meta(description="Last day; null: ever since.")]


class Node(Struct, frozen=True):
    """An actor in the graph."""

    key: Annotated[str, Meta(description="Key under /actors.")]
    name: Annotated[str, Meta(description="As it is known.")]
    side: Annotated[str | None, Meta(description="Key of its side; null: unknown, or it changed.")]
    page: Annotated[bool, Meta(description="Is it under /actors? Whom claims name as target only is not.")]


class Relation(Struct, frozen=True):
    """What claims, or the roster, say of two actors."""

    kind: Annotated[
        Literal["ally", "oppose", "member", "part of"],
        Meta(description="`part of`: the roster says so; else claims do."),
    ]
    start: Annotated[str, Meta(description="Key of the one who backs, opposes, belongs.")]
    end: Annotated[str, Meta(description="Key of the other.")]
    affirmed: Annotated[list[str], Meta(description="Ids of the claims that say so.")]
    denied: Annotated[list[str], Meta(description="Ids of the claims that deny it.")]


class ActorPage(Struct, frozen=True):
    """An actor: sides over time, relations, claims about it."""

    actor: Annotated[VoiceHead, Meta(description="The actor with its counts.")]
    listed: Annotated[bool, Meta(description="Does the roster have it? Else only texts name it.")]
    country: Annotated[str | None, Meta(description="ISO 3166-1 alpha-2.")]
    parent: Annotated[str | None, Meta(description="Key of the actor that it is part of or answers to.")]
    parent_name: Annotated[str | None, Meta(description="The parent in words.")]
    wikidata: Annotated[str | None, Meta(description="`Q` and digits.")]
    names: Annotated[list[str], Meta(description="What it is called.")]
    sides: Annotated[list[SidePeriod], Meta(description="Whose cause it shared and when, as the roster has it.")]
    nodes: Annotated[list[Node], Meta(description="The actors of `relations`, itself first.")]
    relations: Annotated[list[Relation], Meta(description="Who backs, opposes, belongs to whom.")]
    claims: Annotated[Listed[Said], Meta(description="Claims about it, those published last first.")]
    source: Annotated[str | None, Meta(description="Its key under /sources, where it speaks too.")]


def found(
    service: Service, *, like: str | None = None, cursor: str | None = None, limit: int = paging.LIMIT
) -> Listed[VoiceHead]:
    """Actors of claims, those with most first; private persons are left out. `like`: words that the name has."""
    asking = paging.Asking(service.salt, f"actors {like!r}")
    part = service.ledger.weighings.actors(like, after=asking.after(cursor), limit=limit)
    shown_ones = [voice_head(service, one) for one in part.rows if not _private(service, one)]
    return Listed(shown_ones, asking.cursor(part.next))


def page(service: Service, key: str) -> ActorPage:
    """An actor by its key, of one that was merged the other. Raises Missing, also of a private person."""
    weighings = service.ledger.weighings
    key = led(service, key)
    known, head = service.roster.by_key.get(key), weighings.actor(key)
    if head is None and known is not None:
        head = nouns.VoiceHead(known.key, known.name, None, known.side, 0, 0)
    if head is None or _private(service, head):
        raise Missing(
            f"No actor {key!r}. /api/v1/actors lists those that claims are about; private persons have no page."
        )
    related = relations(service, key, weighings.relating(key, RELATIONS))
    return ActorPage(
        actor=voice_head(service, head),
        listed=known is not None,
        country=known.country if known else None,
        parent=known.parent if known else None,
        parent_name=service.sides.get(known.parent) if known and known.parent else None,
        wikidata=known.wikidata if known else None,
        names=_names(service, key, head.name),
        sides=list(_sides(service, key)),
        nodes=_nodes(service, key, head.name, related),
        relations=related,
        claims=claims.found(service, actor=key, limit=BESIDE),
        source=key if weighings.source(key) else None,
    )


def led(service: Service, key: str) -> str:
    """Where a key leads: to the actor that it was merged into, once anything is weighed as that."""
    into = service.ledger.told_as(nouns.Subject.ACTOR, key)
    return into if into != key and service.ledger.weighings.actor(into) is not None else key


def _private(service: Service, head: nouns.VoiceHead) -> bool:
    return head.key not in service.roster.by_key and bool(shown.party(service, head.name))


def _names(service: Service, key: str, name: str) -> list[str]:
    listed = service.roster.listed.get(key)
    return list(dict.fromkeys([name, *(listed.names[n][0] for n in range(len(listed.names)))])) if listed else [name]


def _sides(service: Service, key: str) -> Iterator[SidePeriod]:
    listed = service.roster.listed.get(key)
    for side, period in listed.sides if listed else ():
        since = None if period.first == date.min else period.first
        until = None if period.last == date.max else period.last
        yield SidePeriod(side, side_name(side, service.sides) or side, since, until)


def relations(service: Service, key: str, about: Iterable[Extraction]) -> list[Relation]:
    """What the roster and some claims say of an actor and others."""
    told: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    for one in about:
        claim = one.claim
        start, end = party_key(claim.actor), party_key(claim.target)
        if claim.type in RELATIONS and start and end and key in (start, end) and start != end:
            told.setdefault((claim.type, start, end), ([], []))[claim.polarity is Polarity.DENIED].append(claim.id)
    made = [Relation(kind, start, end, *said) for (kind, start, end), said in told.items()]  # type: ignore[arg-type]
    known = service.roster.by_key.get(key)
    if known and known.parent:
        made.append(Relation("part of", key, known.parent, [], []))
    return made


def _nodes(service: Service, key: str, name: str, related: list[Relation]) -> list[Node]:
    keys = dict.fromkeys([key, *(end for one in related for end in (one.start, one.end))])
    known = service.roster.by_key
    return [
        Node(
            one,
            known[one].name if one in known else name if one == key else one,
            known[one].side if one in known else None,
            one == key or one in known or service.ledger.weighings.actor(one) is not None,
        )
        for one in keys
    ]
