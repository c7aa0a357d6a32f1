"""One operation of the API: what it is called, takes and gives, and what it does. A table of these serves and is documented.

    reads(path, query, act, …) -> Operation      GET              writes(path, body, act, …) -> Operation     POST, DELETE
    Incoming     a request, as far as an operation needs it       Asked     the same with its query as a Struct

A query is a frozen Struct whose fields are the parameters: names, types, bounds, descriptions. Each is given at most once; what is
not among them is refused, so that a misspelt filter is no filter left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from whosays.engines.jobs import Jobs
from whosays.faces.api.problems import Refused
from whosays.faces.desk import Act, Desk, Scope
from whosays.faces.service import Service
from whosays.faces.views import paging

JSON = "application/json"

Q = TypeVar("Q", bound=Struct)

Words = Annotated[str, Meta(min_length=1, max_length=200)]
"""A filter in words."""
Cursor = Annotated[str, Meta(min_length=1, max_length=2000)]
Limit = Annotated[
    int, Meta(ge=1, le=paging.MOST, description=f"So many rows at most, up to {paging.MOST}. `next` leads on.")
]
GoOn = Annotated[Cursor | None, Meta(description="`next` of the part before.")]


class NoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Takes no parameters."""


class Dear(Enum):
    """Which limit an operation counts against."""

    NO = "no"
    SEARCH = "search"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request."""

    service: Service
    pairs: Sequence[tuple[str, str]]
    """The query, in order, decoded."""
    path: Mapping[str, str]
    """Parts of the path by the names that the operation gives them."""
    media: str
    """The kind of answer that was chosen."""
    body: bytes = b""
    kind: str = ""
    """The kind of the body."""
    user: str = ""
    """Who writes."""
    address: str = ""
    base: str = ""
    """Where the server is reached: `https://ledger.example.org`."""
    desk: Desk | None = None
    jobs: Jobs | None = None


@dataclass(frozen=True, slots=True)
class Asked(Generic[Q]):
    """A request whose query is as described."""

    incoming: Incoming
    query: Q

    @property
    def service(self) -> Service:
        return self.incoming.service

    def part(self, name: str) -> str:
        """A part of the path."""
        return self.incoming.path[name]


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that is not JSON, or not 200."""

    content: bytes | Iterable[bytes]
    media: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    """Under /api/v1, with `{parts}`; a part `{name:path}` may hold slashes."""
    name: str
    """`operationId`: what generated clients call it."""
    summary: str
    query: type[Struct]
    answer: object
    """A type that msgspec can describe; None: no content."""
    run: Callable[[Incoming], object]
    """The answer: a value of that type, or Sent."""
    example: str
    """An address under /api/v1 that the sample pages answer: run as a test."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What the parts of the path mean."""
    media: tuple[str, ...] = (JSON,)
    """What it can send; the first if nobody says."""
    body: object = None
    """Type of the JSON body; None: none, or `takes` says what."""
    takes: tuple[str, ...] = ()
    """Kinds of body."""
    scope: Scope | None = None
    """What the user must be allowed; None: anybody may."""
    act: Act | None = None
    """What the audit log calls it."""
    dear: Dear = Dear.NO
    status: int = 200

    @property
    def tag(self) -> str:
        """Which resource it belongs to: the first part of its path."""
        return self.path.strip("/").partition("/")[0].partition(".")[0]


def reads(
    path: str,
    query: type[Q],
    act: Callable[[Asked[Q]], object],
    *,
    name: str,
    summary: str,
    answer: object,
    example: str,
    parts: Mapping[str, str] | None = None,
    media: tuple[str, ...] = (JSON,),
    dear: Dear = Dear.NO,
) -> Operation:
    """An operation that changes nothing."""
    return Operation(
        method="GET",
        path=path,
        name=name,
        summary=summary,
        query=query,
        answer=answer,
        run=lambda incoming: act(Asked(incoming, parsed(incoming.pairs, query))),
        example=example,
        parts=parts or {},
        media=media,
        dear=dear,
    )


def writes(
    method: str,
    path: str,
    query: type[Q],
    act: Callable[[Asked[Q]], object],
    *,
    name: str,
    summary: str,
    answer: object,
    example: str,
    scope: Scope,
    noted: Act | None = None,
    parts: Mapping[str, str] | None = None,
    body: object = None,
    takes: tuple[str, ...] = (),
    status: int = 200,
    dear: Dear = Dear.WRITE,
) -> Operation:
    """An operation for those who may."""
    return Operation(
        method=method,
        path=path,
        name=name,
        summary=summary,
        query=query,
        answer=answer,
        run=lambda incoming: act(Asked(incoming, parsed(incoming.pairs, query))),
        example=example,
        parts=parts or {},
        body=body,
        takes=takes,
        scope=scope,
        act=noted,
        dear=dear,
        status=status,
    )


def parsed(pairs: Sequence[tuple[str, str]], query: type[Q]) -> Q:
    """The query as a Struct. Raises Refused 422, which names the parameter and, where it is unknown, those that are known."""
    known = tuple(query.__struct_fields__)
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            takes = f"It takes {', '.join(known)}." if known else "It takes none."
            raise Refused(422, f"There is no parameter {name[:100]!r} here. {takes}", known=known)
        if name in given:
            raise Refused(422, f"Give {name!r} once.", known=known)
        given[name] = value
    null = {name for name, value in given.items() if value.lower() == "null"}
    try:
        made = msgspec.convert(given, query, strict=False)
    except msgspec.ValidationError as error:
        raise Refused(422, f"The query is not as described: {error}.".replace("`$.", "`"), known=known) from error
    for name in null:
        if getattr(made, name) is None:  # msgspec takes the word for the value
            raise Refused(422, f"Leave {name!r} out, rather than give it as {given[name]!r}.", known=known)
    return made
