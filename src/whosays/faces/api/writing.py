"""What programs may write: pages to be read, and where to tell them of changes.

ingest(asked) -> Job        the page waits in the queue; the worker reads it (engines/worker.py)        job(asked) -> Job
hooks, add_hook, remove_hook                 webhooks; `webhooks.py` tells them
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from whosays import fetch, nouns, wire
from whosays.engines import jobs as queue
from whosays.engines import judging
from whosays.faces.api import webhooks
from whosays.faces.api.bodies import read_body
from whosays.faces.api.operation import JSON, Asked, NoQuery, Sent, Words
from whosays.faces.api.problems import Refused
from whosays.faces.api.webhooks import HookFilter
from whosays.faces.desk import Desk
from whosays.faces.views import judgements
from whosays.faces.views.common import Missing
from whosays.nouns import Refusal

PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")
"""Kinds of pages; the reader looks into the bytes anyway."""

Url = Annotated[str, Meta(min_length=1, max_length=2000)]


Note = Annotated[str, Meta(max_length=2000)]


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """A page to be fetched and read."""

    url: Annotated[Url, Meta(description="Its address, http or https, on the public internet.")]
    published: Annotated[
        date | None, Meta(description="Day of publication, where the page gives none or a wrong one.")
    ] = None


class PageQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a page that is sent as it is."""

    url: Annotated[Words | None, Meta(description="Where the page is from: kept, not fetched.")] = None
    name: Annotated[Words | None, Meta(description="Name of the file.")] = None
    published: Annotated[
        date | None, Meta(description="Day of publication, where the page gives none or a wrong one.")
    ] = None


class Job(Struct, frozen=True):
    """A page on its way into the ledger."""

    id: Annotated[str, Meta(description="Its id, under /jobs.")]
    state: Annotated[queue.State, Meta(description="How far it is.")]
    url: Annotated[str | None, Meta(description="Where the page is from.")]
    name: Annotated[str | None, Meta(description="Name of the file.")]
    published: Annotated[date | None, Meta(description="Day of publication in the sender's word.")]
    made: Annotated[datetime, Meta(description="When it was handed in.")]
    ended: Annotated[datetime | None, Meta(description="When it was read, or refused.")]
    outcome: Annotated[str | None, Meta(description="`new`, `reprint`, `again`, `known`; else why it was refused.")]
    detail: Annotated[str | None, Meta(description="The rest of the sentence.")]
    article: Annotated[str | None, Meta(description="Id of the article that it became.")]
    claims: Annotated[int, Meta(description="Claims read in it.")]


def ingest(asked: Asked[PageQuery]) -> Sent:
    """Put a page into the queue."""
    incoming, q = asked.incoming, asked.query
    if incoming.jobs is None:
        raise Refused(503, "This server reads no pages: it was started without a worker.")
    if incoming.kind == JSON:
        page = read_body(incoming, Page)
        if q.url or q.name or q.published:
            raise Refused(422, "Say it in the JSON body, not in the query.")
        what: bytes | str = page.url
        meta = nouns.Meta(url=page.url, published=page.published)
    else:
        if not incoming.body:
            raise Refused(422, "The page is empty.")
        what = incoming.body
        meta = nouns.Meta(url=q.url, content_type=incoming.kind, name=q.name, published=q.published)
    made = _job(incoming.jobs.submit(what, meta, by=incoming.user))
    return Sent(wire.encode(made), status=202, headers={"Location": f"/api/v1/jobs/{made.id}"})


def job(asked: Asked[NoQuery]) -> Job:
    """How far a page is. Raises Missing, also for the jobs of others."""
    jobs, id_ = asked.incoming.jobs, asked.part("id")
    found = jobs.get(id_) if jobs is not None else None
    if found is None or found.by != asked.incoming.user:
        raise Missing(f"You have no job {id_!r}. POST /api/v1/ingest makes one.")
    return _job(found)


def _job(of: queue.Job) -> Job:
    return msgspec.convert(of, Job, from_attributes=True)


# --------------------------------------------------------------------------------------------------------- judgements


class NewJudgement(Struct, frozen=True, forbid_unknown_fields=True):
    """What an analyst says of something."""

    about: Annotated[nouns.Subject, Meta(description="Of what sort it is.")]
    subjects: Annotated[
        list[Words],
        Meta(min_length=1, max_length=2, description="Ids or keys; of a merge the one that is kept comes last."),
    ]
    verdict: Annotated[nouns.Verdict, Meta(description="What is said of it; to take one back, POST to its /undo.")]
    fields: Annotated[
        dict[str, str | int | float | bool | list[str | int | None] | None],
        Meta(description="Of a correction: new values in the words of a claim's keys."),
    ] = {}
    note: Annotated[Note | None, Meta(description="In the analyst's words.")] = None


def judge(asked: Asked[NoQuery]) -> Sent:
    """Write a judgement down."""
    wanted = read_body(asked.incoming, NewJudgement)
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in wanted.fields.items()}
    made = nouns.Judgement(
        about=wanted.about,
        subjects=tuple(wanted.subjects),
        verdict=wanted.verdict,
        fields=fields,
        by=asked.incoming.user,
        at=asked.service.clock(),
        note=wanted.note,
    )
    return _judged(asked, made)


def undo(asked: Asked[NoQuery]) -> Sent:
    """Take one back. Raises Missing."""
    id_ = asked.part("id")
    before = asked.service.ledger.judgement(id_)
    if before is None:
        raise Missing(f"No judgement {id_!r}. /api/v1/judgements lists them with their ids.")
    made = nouns.Judgement(
        about=before.about,
        subjects=before.subjects,
        verdict=nouns.Verdict.UNDONE,
        by=asked.incoming.user,
        at=asked.service.clock(),
        undoes=id_,
    )
    return _judged(asked, made)


def _judged(asked: Asked[NoQuery], made: nouns.Judgement) -> Sent:
    service = asked.service
    id_ = service.ledger.judge(made, known=judging.known(service.roster))
    return Sent(wire.encode(judgements.judgement(service, replace(made, id=id_))), status=201)


# ----------------------------------------------------------------------------------------------------------- webhooks


class NewHook(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to tell of changes, and of which."""

    url: Annotated[Url, Meta(description="Address to POST to, on the public internet.")]
    filter: Annotated[HookFilter, Meta(description="Of which changes.")] = HookFilter()


class Hook(Struct, frozen=True):
    """A webhook."""

    id: Annotated[str, Meta(description="Its id.")]
    url: Annotated[str, Meta(description="Where it is told.")]
    filter: Annotated[HookFilter, Meta(description="Of which changes.")]
    by: Annotated[str, Meta(description="Who registered it.")]
    made: Annotated[datetime, Meta(description="When.")]
    secret: Annotated[
        str | None,
        Meta(
            description="Told once, when it is made: `X-Whosays-Signature: sha256=…` is the HMAC-SHA256 of"
            " `X-Whosays-Timestamp`, a full stop and the body under it."
        ),
    ] = None


class Hooks(Struct, frozen=True):
    """Webhooks in force."""

    items: Annotated[list[Hook], Meta(description="Oldest first, without their secrets.")]


def _desk(asked: Asked[NoQuery]) -> Desk:
    desk = asked.incoming.desk
    assert desk is not None, "who writes has come past the desk"
    return desk


def hooks(asked: Asked[NoQuery]) -> Hooks:
    """Webhooks of the one who asks."""
    own = [one for one in _desk(asked).hooks.all() if one.by == asked.incoming.user]
    return Hooks([Hook(one.id, one.url, webhooks.read_filter(one.filter), one.by, one.made) for one in own])


def add_hook(asked: Asked[NoQuery]) -> Sent:
    """Register one."""
    wanted = read_body(asked.incoming, NewHook)
    target = fetch.guard(wanted.url)
    if isinstance(target, Refusal):
        raise Refused(422, f"This address cannot be told of anything: {target.detail}.")
    told = msgspec.json.encode(wanted.filter).decode("utf-8")
    made = _desk(asked).hooks.add(wanted.url, told, by=asked.incoming.user, address=asked.incoming.address)
    latest = asked.service.ledger.weighings.latest_changes(limit=1)
    webhooks.begin(_desk(asked).store, made.id, latest[0].number if latest else 0)
    hook = Hook(made.id, made.url, wanted.filter, made.by, made.made, made.secret)
    return Sent(wire.encode(hook), status=201, headers={"Cache-Control": "no-store"})


def remove_hook(asked: Asked[NoQuery]) -> None:
    """Take one out. Raises Missing, also for those of others."""
    desk, id_, user = _desk(asked), asked.part("id"), asked.incoming.user
    if not any(one.id == id_ and one.by == user for one in desk.hooks.all()):
        raise Missing(f"You have no webhook {id_!r}.")
    desk.hooks.remove(id_, by=user, address=asked.incoming.address)
