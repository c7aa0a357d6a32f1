"""Claims that answer a filter, and one claim by its id."""

from __future__ import annotations

from datetime import date

from whosays.errors import Misuse
from whosays.faces.service import Service
from whosays.faces.views import keys, paging
from whosays.faces.views.common import Listed, Missing
from whosays.faces.views.said import Said, all_said, said


def one(service: Service, id_: str) -> Said:
    """A claim by its id or the beginning of it. Raises Missing."""
    try:
        return said(service, service.ledger.claim(id_))
    except Misuse as error:
        raise Missing(f"No claim, or several, {id_!r}. /api/v1/claims lists them with their ids.") from error


def found(
    service: Service,
    *,
    place: str | None = None,
    source: str | None = None,
    actor: str | None = None,
    type: str | None = None,  # noqa: A002  (the word of the schema)
    article: str | None = None,
    text: str | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    limit: int = paging.LIMIT,
) -> Listed[Said]:
    """Claims that answer all the filters, those published last first. `place`, `source`, `actor`: a key, or a name: then that of which
    most is said. `since`, `until`: days that the claim speaks of. `text`: words or "phrases" of the evidence."""
    asking = paging.Asking(
        service.salt, f"claims {place!r} {source!r} {actor!r} {type!r} {article!r} {text!r} {since} {until}"
    )
    weighings = service.ledger.weighings
    part = weighings.claims(
        place=keys.place(service, place),
        source=keys.source(service, source),
        actor=keys.actor(service, actor),
        type=type,
        article=article,
        since=since,
        until=until,
        text=text,
        after=asking.after(cursor),
        limit=limit,
    )
    return Listed(all_said(service, part.rows), asking.cursor(part.next))
