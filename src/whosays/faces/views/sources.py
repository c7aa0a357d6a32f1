"""Sources: voices that make claims, and one with its record, its claims, and who quotes it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.faces.service import Service
from whosays.faces.views import claims, paging, shown
from whosays.faces.views.common import Listed, Missing, VoiceHead, voice_head
from whosays.faces.views.said import Said
from whosays.nouns import Fate

BESIDE = 20
"""Claims on the page of a source: the first of the list."""


class Record(Struct, frozen=True):
    """How far a voice has been borne out by others. No score: means nothing without `resolved`."""

    said: Annotated[int, Meta(description="Propositions; reprints and repetitions not counted.")]
    resolved: Annotated[int, Meta(description="n: those borne out or refuted.")]
    borne_out: Annotated[int, Meta(description="Said as early or later by others, known not to gain by it.")]
    refuted: Annotated[int, Meta(description="Contradicted by such others.")]
    withdrawn: Annotated[int, Meta(description="Taken back by the same voice.")]
    open: Annotated[int, Meta(description="No such other speaks of it, or they differ.")]
    rate: Annotated[float, Meta(description="Share borne out of those resolved: mean of the Beta posterior.")]
    low: Annotated[float, Meta(description="Lower end of its 95 % interval.")]
    high: Annotated[float, Meta(description="Upper end of its 95 % interval.")]
    first: Annotated[
        int, Meta(description="Of those that others told too, those that it told before any other origin.")
    ]
    shared: Annotated[int, Meta(description="Propositions that others told too.")]
    lead_days: Annotated[
        float | None, Meta(description="Median days from its word to the next origin's; positive: it was first.")
    ]
    against_interest: Annotated[int, Meta(description="Propositions that hurt its own side.")]
    with_interest: Annotated[
        int, Meta(description="Propositions of which it is known whether they help or hurt its side.")
    ]


class Quoting(Struct, frozen=True):
    """An outlet that quotes a source."""

    outlet: Annotated[str, Meta(description="The outlet.")]
    claims: Annotated[int, Meta(description="Claims of the source that it printed.")]
    articles: Annotated[int, Meta(description="In so many articles.")]


class SourcePage(Struct, frozen=True):
    """A voice: what became of what it said, what it said, who quotes it."""

    source: Annotated[VoiceHead, Meta(description="The voice with its counts.")]
    record: Annotated[
        Record | None, Meta(description="What became of what it said; null: it said nothing that can be weighed.")
    ]
    quoted_by: Annotated[
        list[Quoting], Meta(description="Outlets that print its last claims, up to 500; those that do most first.")
    ]
    claims: Annotated[Listed[Said], Meta(description="Its claims, those published last first.")]


def found(
    service: Service, *, like: str | None = None, cursor: str | None = None, limit: int = paging.LIMIT
) -> Listed[VoiceHead]:
    """Voices, those with most claims first; private persons are left out. `like`: words that the name has."""
    asking = paging.Asking(service.salt, f"sources {like!r}")
    part = service.ledger.weighings.sources(like, after=asking.after(cursor), limit=limit)
    shown_ones = [voice_head(service, one) for one in part.rows if not _private(service, one)]
    return Listed(shown_ones, asking.cursor(part.next))


def page(service: Service, key: str) -> SourcePage:
    """A voice by its key. Raises Missing, also of a private person."""
    weighings = service.ledger.weighings
    head = weighings.source(key)
    if head is None or _private(service, head):
        raise Missing(f"No source {key!r}. /api/v1/sources lists them with their keys; private persons have no page.")
    borne = weighings.record("source", key)
    return SourcePage(
        source=voice_head(service, head),
        record=record(borne) if borne else None,
        quoted_by=[Quoting(outlet or "unnamed outlet", n, articles) for outlet, n, articles in weighings.quoting(key)],
        claims=claims.found(service, source=key, limit=BESIDE),
    )


def _private(service: Service, head: nouns.VoiceHead) -> bool:
    return bool(shown.speaker(service, head.key, head.name, head.kind))


def record(of: nouns.Record) -> Record:
    """The Struct."""
    borne, refuted = of.fates.get(Fate.BORNE_OUT, 0), of.fates.get(Fate.REFUTED, 0)
    return Record(
        said=of.said,
        resolved=borne + refuted,
        borne_out=borne,
        refuted=refuted,
        withdrawn=of.fates.get(Fate.WITHDRAWN, 0),
        open=of.fates.get(Fate.OPEN, 0),
        rate=of.rate,
        low=of.low,
        high=of.high,
        first=of.first,
        shared=of.shared,
        lead_days=of.lead_days,
        against_interest=of.against_interest,
        with_interest=of.with_interest,
    )
