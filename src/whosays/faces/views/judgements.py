"""What analysts judged: who, when, what, and whether it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from whosays import nouns
from whosays.errors import Misuse
from whosays.faces.service import Service
from whosays.faces.views import paging
from whosays.faces.views.common import Listed


class Judgement(Struct, frozen=True):
    """An analyst's judgement. Nothing is overwritten: undoing one is another."""

    id: Annotated[str, Meta(description="Its id.")]
    about: Annotated[str, Meta(description="What it is about: `claim`, `dispute`, `place` or `actor`.")]
    subjects: Annotated[
        list[str], Meta(description="Ids or keys of what is judged; of a merge, the one kept comes last.")
    ]
    verdict: Annotated[
        str,
        Meta(
            description="Claims: `accepted`, `corrected`, `rejected`. Disputes: `same`, `different`, `unsure`, `scope-differs`."
            " Places and actors: `merged`. Any: `undone`."
        ),
    ]
    fields: Annotated[
        dict[str, str | int | float | bool | list[str | int | None] | None],
        Meta(description="Of a correction: the values put right, in the words of a claim's keys; none in public."),
    ]
    by: Annotated[str, Meta(description="Name of the analyst's account; a pseudonym in public.")]
    at: Annotated[datetime, Meta(description="When.")]
    note: Annotated[str | None, Meta(description="In his own words; null in public.")]
    undoes: Annotated[str | None, Meta(description="Id of the judgement that this one takes back.")]


def found(
    service: Service,
    *,
    subject: str | None = None,
    by: str | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[Judgement]:
    """Judgements, newest first: of a claim (its disputes too), a place or an actor; of one analyst. Nobody's for what is not there."""
    asking = paging.Asking(service.salt, f"judgements {subject!r} {by!r}")
    after = asking.after(cursor)
    try:
        rows = service.ledger.judgements(subject, by=by, after=after, limit=limit + 1)
    except Misuse:
        rows = ()
    last = rows[limit - 1].id if len(rows) > limit else None
    return Listed([judgement(service, one) for one in rows[:limit]], asking.cursor(last))


def judgement(service: Service, of: nouns.Judgement) -> Judgement:
    """The Struct, as the profile lets it be shown."""
    if service.profile.public:
        of = _masked(service, of)
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in of.fields.items()}
    return Judgement(of.id, of.about, list(of.subjects), of.verdict, fields, of.by, of.at, of.note, of.undoes)


def _masked(service: Service, of: nouns.Judgement) -> nouns.Judgement:
    """Without what an analyst wrote, which may name anybody, and with a pseudonym for him and for actors in no roster."""
    subjects = of.subjects
    if of.about is nouns.Subject.ACTOR:
        listed, pseudonym = service.roster.by_key, service.masks.pseudonym
        subjects = tuple(key if key in listed else pseudonym(key) for key in subjects)
    return replace(of, subjects=subjects, fields={}, by=service.masks.pseudonym(of.by), note=None)
