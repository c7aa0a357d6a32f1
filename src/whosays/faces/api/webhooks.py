"""Telling webhooks of changes: from the worker, signed, tried again when it fails.

    begin(store, hook, number)                          a webhook hears of what comes after this change
    deliver(url, roster=)                              what the worker calls, after each weighing and now and then
    tell(ledger, store, service, post=…) -> int         how many were told

Each change goes out on its own, in the order of its number, as JSON (`views/changes.Change`) with

    X-Whosays-Timestamp: seconds          X-Whosays-Signature: sha256=HMAC-SHA256(secret, timestamp "." body)

A status of 200 to 299 is an answer; anything else is tried again after 1, 2, 4 … minutes, at most MOST times, and then left out. It may
come twice where the answer is lost: the number tells. Addresses pass the guard of `fetch.py` each time. What is told is what the public
profile shows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from whosays import actors, fetch, wire
from whosays import ledger as ledgers
from whosays.faces import privacy
from whosays.faces.api.operation import Words
from whosays.faces.desk import store as stores
from whosays.faces.desk.store import SUFFIX, Source, Store
from whosays.faces.desk.tables import told
from whosays.faces.desk.tokens import Hooks
from whosays.faces.desk.values import Hook
from whosays.faces.privacy import PUBLIC
from whosays.faces.service import Service
from whosays.faces.views import changes
from whosays.nouns import Change, ChangeKind, Refusal

MOST = 12
"""Tries: the last about three days after the first."""
AT_ONCE = 100
"""Changes told to one webhook in one go."""

Post = Callable[[str, bytes, Mapping[str, str]], int | Refusal]


class HookFilter(Struct, frozen=True, forbid_unknown_fields=True):
    """Of what a webhook is told."""

    place: Annotated[Words | None, Meta(description="Key of a place; null: of all places.")] = None
    kind: Annotated[ChangeKind | None, Meta(description="Only of this sort of change; null: of both.")] = None


def read_filter(text: str) -> HookFilter:
    """A filter as the desk keeps it."""
    return msgspec.json.decode(text, type=HookFilter)


@dataclass(frozen=True, slots=True)
class Told:
    """How far a webhook has been told."""

    number: int
    tries: int = 0
    again: datetime | None = None


def begin(store: Store, hook: str, number: int) -> None:
    """From now on it is told of changes with greater numbers."""
    _write(store, hook, Told(number))


def deliver(url: str, roster: Path | None = None) -> None:
    """Tell all webhooks of a ledger what they have not been told, as its server shows it to the public. `roster`: the user's own."""
    if not Path(ledgers.beside(url, SUFFIX)).exists():
        return

    def clock() -> datetime:
        return datetime.now(UTC)

    store = stores.open(url, Source(clock))
    try:
        if Hooks(store).all():
            with ledgers.open(url) as book:
                kept = privacy.salt(url, secrets.token_bytes(16))
                tell(store, Service(book, actors.roster(roster), PUBLIC, clock, kept), post=fetch.post)
    finally:
        store.close()


def tell(store: Store, service: Service, *, post: Post) -> int:
    """Tell what is new; how many changes were told."""
    now, n = service.clock(), 0
    for hook in Hooks(store).all():
        at = _read(store, hook.id)
        if at.again is not None and at.again > now:
            continue
        wanted = read_filter(hook.filter)
        for change in service.ledger.weighings.changes(at.number, wanted.place, AT_ONCE):
            at, done = _one(service, hook, wanted, change, at, now, post)
            _write(store, hook.id, at)
            n += done
            if at.again is not None:
                break
    return n


def _one(
    service: Service, hook: Hook, wanted: HookFilter, change: Change, at: Told, now: datetime, post: Post
) -> tuple[Told, bool]:
    """One change to one webhook: how far it is told then, and whether it heard of this."""
    if wanted.kind is not None and change.kind is not wanted.kind:
        return Told(change.number), False
    (shown,) = changes.some(service, [change])
    body = wire.encode(shown)
    answer = post(hook.url, body, signed(hook.secret, body, now))
    if isinstance(answer, int) and 200 <= answer < 300:
        return Told(change.number), True
    if at.tries + 1 >= MOST:
        return Told(change.number), False
    return Told(at.number, at.tries + 1, now + timedelta(minutes=2**at.tries)), False


def signed(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers by which the other side knows that it is us, and now."""
    stamp = str(int(now.timestamp()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Whosays-Timestamp": stamp,
        "X-Whosays-Signature": f"sha256={digest}",
    }


def _read(store: Store, hook: str) -> Told:
    with store.reading() as connection:
        row = connection.execute(select(told).where(told.c.hook == hook)).first()
    return Told(0) if row is None else Told(row.number, row.tries, row.again)


def _write(store: Store, hook: str, at: Told) -> None:
    values = {"number": at.number, "tries": at.tries, "again": at.again}
    statement = insert(told).values(hook=hook, **values)
    with store.writing() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=[told.c.hook], set_=values))
