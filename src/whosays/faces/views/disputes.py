"""Disputes: two claims about the same thing that cannot both be true, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns, weigh
from whosays.faces.service import Service
from whosays.faces.views import keys, paging, shown
from whosays.faces.views.common import Listed, Missing, side_name
from whosays.faces.views.judgements import Judgement, judgement
from whosays.faces.views.said import Said, said
from whosays.nouns import DisputeKind, Extraction, Interest
from whosays.weigh.sameness import voice

AMONG = 80
"""Disputes looked at for quarrels: the heaviest."""


class DisputeSide(Struct, frozen=True):
    """One of the two."""

    said: Annotated[Said, Meta(description="The claim with its words, voice and article.")]
    side: Annotated[
        str | None, Meta(description="Key of the voice's side; `none`: known to be of none; null: unknown.")
    ]
    side_name: Annotated[str | None, Meta(description="The side in words.")]
    interest: Annotated[Interest, Meta(description="What the voice stands to gain by it.")]
    story: Annotated[str, Meta(description="Where its words first stood: the same on both sides is one origin.")]


class Dispute(Struct, frozen=True):
    """Two claims about the same thing that cannot both be true."""

    id: Annotated[str, Meta(description="Digest of the ids of the two claims.")]
    kind: Annotated[DisputeKind, Meta(description="By what they differ: docs/weighing.md.")]
    about: Annotated[str, Meta(description="What they are about: `capture of Soledar`.")]
    why: Annotated[str, Meta(description="Why both cannot be true, in words.")]
    weight: Annotated[float, Meta(description="How much hangs on it: the queue is ordered by this, heaviest first.")]
    place: Annotated[str | None, Meta(description="Key of the place under /places.")]
    sides: Annotated[tuple[DisputeSide, DisputeSide], Meta(description="The two, the one published first first.")]
    judgement: Annotated[Judgement | None, Meta(description="What an analyst judged; null: nobody did.")]


class Quarrel(Struct, frozen=True):
    """The same voices at odds over the same place in the same way, told in one or more pairs of sentences."""

    heaviest: Annotated[Dispute, Meta(description="The pair with most weight.")]
    more: Annotated[int, Meta(description="So many more pairs tell it.")]
    least: Annotated[bool, Meta(description="Were only the heaviest disputes looked at? Then there may be yet more.")]


def found(
    service: Service,
    *,
    place: str | None = None,
    kind: DisputeKind | None = None,
    claim: str | None = None,
    since: date | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[Dispute]:
    """The queue of disputes, heaviest first. `since`: came up in print on that day or later. `place`: a key, or a name."""
    asking = paging.Asking(service.salt, f"disputes {place!r} {kind} {claim!r} {since}")
    part = service.ledger.weighings.disputes(
        place=keys.place(service, place), kind=kind, claim=claim, since=since, after=asking.after(cursor), limit=limit
    )
    return Listed(some(service, part.rows), asking.cursor(part.next))


def quarrels(service: Service, *, limit: int) -> list[Quarrel]:
    """Who is at odds over what, heaviest first: headline, lead and reprints make many pairs of one quarrel."""
    part = service.ledger.weighings.disputes(limit=AMONG)
    known = service.ledger.weighings.claims_of([id_ for row in part.rows for id_ in row.dispute.claims])
    groups: dict[tuple[str, DisputeKind, frozenset[str]], list[nouns.Disputed]] = {}
    for row in part.rows:
        if all(id_ in known for id_ in row.dispute.claims):
            voices = frozenset(voice(known[id_]) for id_ in row.dispute.claims)
            groups.setdefault((row.place or row.dispute.about, row.dispute.kind, voices), []).append(row)
    pairs = {rows[0].id: len(rows) for rows in list(groups.values())[:limit]}
    heaviest = some(service, [row for row in part.rows if row.id in pairs])
    return [Quarrel(each, pairs[each.id] - 1, part.next is not None) for each in heaviest]


def one(service: Service, id_: str) -> Dispute:
    """A dispute by its id. Raises Missing."""
    row = service.ledger.weighings.dispute(id_)
    made = some(service, [row]) if row is not None else []
    if not made:
        raise Missing(f"No dispute {id_!r}. /api/v1/disputes lists them with their ids.")
    return made[0]


def some(service: Service, rows: Sequence[nouns.Disputed]) -> list[Dispute]:
    """The Structs of some disputes, in their order; without those of claims that are no longer in force."""
    known = service.ledger.weighings.claims_of([id_ for row in rows for id_ in row.dispute.claims])
    pairs = {row.id: nouns.pair(*row.dispute.claims) for row in rows}
    judged = service.ledger.in_force(pairs.values(), about=nouns.Subject.DISPUTE)
    return [
        dispute(service, row, known, judgement(service, judged[pairs[row.id]]) if pairs[row.id] in judged else None)
        for row in rows
        if all(id_ in known for id_ in row.dispute.claims)
    ]


def dispute(
    service: Service,
    row: nouns.Disputed,
    known: Mapping[str, Extraction],
    said_of: Judgement | None = None,
) -> Dispute:
    """The Struct. `known`: claims by id, the two among them."""
    of = row.dispute
    first, second = sorted(
        (known[id_] for id_ in of.claims), key=lambda one: (one.article.published or date.max, one.claim.id)
    )
    names = shown.among(service, (first, second))
    return Dispute(
        id=row.id,
        kind=of.kind,
        about=shown.told(service, of.about, names),
        why=shown.told(service, of.why, names),
        weight=row.weight,
        place=row.place,
        sides=(_side(service, first), _side(service, second)),
        judgement=said_of,
    )


def _side(service: Service, one: Extraction) -> DisputeSide:
    side = one.claim.source.side
    return DisputeSide(
        said=said(service, one),
        side=side,
        side_name=side_name(side, service.sides),
        interest=weigh.interest(one),
        story=one.story or one.article.body,
    )
