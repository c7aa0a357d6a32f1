"""The queries: what each list and each page of the API can be asked for. Every field is a parameter."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from whosays.faces.api.operation import GoOn, Limit, Words
from whosays.faces.views import paging
from whosays.nouns import DisputeKind, LaneKind

Degrees = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Known = Annotated[date | None, Meta(description="Only from what had been published by this day (YYYY-MM-DD).")]


class Articles(Struct, frozen=True, forbid_unknown_fields=True):
    """Which articles."""

    outlet: Annotated[Words | None, Meta(description="Name of the publisher or agency, as printed.")] = None
    since: Annotated[date | None, Meta(description="Published on this day (YYYY-MM-DD) or later.")] = None
    until: Annotated[date | None, Meta(description="Published on this day (YYYY-MM-DD) or earlier.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """Which claims."""

    place: Annotated[
        Words | None, Meta(description="Key of a place, or its name: then that of which most is said.")
    ] = None
    source: Annotated[Words | None, Meta(description="Key of a source, or its name.")] = None
    actor: Annotated[Words | None, Meta(description="Key of an actor, or its name.")] = None
    type: Annotated[Words | None, Meta(description="capture, control, withdraw …: docs/claims.md lists the types.")] = (
        None
    )
    article: Annotated[Words | None, Meta(description="Id of an article.")] = None
    text: Annotated[
        Words | None, Meta(description='Words, all of them, or "phrases" of the words that state the claim.')
    ] = None
    since: Annotated[date | None, Meta(description="It speaks of this day (YYYY-MM-DD) or later.")] = None
    until: Annotated[date | None, Meta(description="It speaks of this day (YYYY-MM-DD) or earlier.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    """Which places."""

    like: Annotated[Words | None, Meta(description="Words that the name has.")] = None
    country: Annotated[Country | None, Meta(description="ISO 3166-1 alpha-2, in capitals.")] = None
    west: Annotated[Degrees | None, Meta(description="No farther west than this, in degrees east.")] = None
    south: Annotated[Latitude | None, Meta(description="No farther south than this, in degrees north.")] = None
    east: Annotated[Degrees | None, Meta(description="No farther east than this, in degrees east.")] = None
    north: Annotated[Latitude | None, Meta(description="No farther north than this, in degrees north.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north; what is not given is the world's edge."""
        if self.west is self.south is self.east is self.north is None:
            return None
        west, south = -180.0 if self.west is None else self.west, -90.0 if self.south is None else self.south
        return west, south, 180.0 if self.east is None else self.east, 90.0 if self.north is None else self.north


class OnePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """How a place is looked at."""

    as_known_on: Known = None


class Control(Struct, frozen=True, forbid_unknown_fields=True):
    """Who holds what, when, known when, according to whom."""

    as_of: Annotated[date | None, Meta(description="The day asked about (YYYY-MM-DD); today if left out.")] = None
    as_known_on: Known = None
    place: Annotated[Words | None, Meta(description="Key of a place: only that.")] = None
    by: Annotated[
        LaneKind, Meta(description="One answer of all voices weighed, one for each side, or one for each source.")
    ] = LaneKind.WEIGHED
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Disputes(Struct, frozen=True, forbid_unknown_fields=True):
    """Which disputes."""

    place: Annotated[Words | None, Meta(description="Key of a place.")] = None
    kind: Annotated[DisputeKind | None, Meta(description="By what the two differ.")] = None
    claim: Annotated[Words | None, Meta(description="Id of a claim: those that it is in.")] = None
    since: Annotated[date | None, Meta(description="Came up in print on this day (YYYY-MM-DD) or later.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Questions(Struct, frozen=True, forbid_unknown_fields=True):
    """Which questions."""

    place: Annotated[Words | None, Meta(description="Key of a place.")] = None
    group: Annotated[Words | None, Meta(description="`holding`, or a type of claims.")] = None
    claim: Annotated[Words | None, Meta(description="Id of a claim: the question that it answers.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Voices(Struct, frozen=True, forbid_unknown_fields=True):
    """Which sources or actors."""

    like: Annotated[Words | None, Meta(description="Words that the name has.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Search(Struct, frozen=True, forbid_unknown_fields=True):
    """What is searched for."""

    q: Annotated[Words, Meta(description='Words, all of them, or "phrases"; readers\' comments are not searched.')]
    limit: Limit = paging.LIMIT


class Changes(Struct, frozen=True, forbid_unknown_fields=True):
    """Which changes."""

    place: Annotated[Words | None, Meta(description="Key of a place: only its changes.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Feed(Struct, frozen=True, forbid_unknown_fields=True):
    """Which feed."""

    place: Annotated[Words | None, Meta(description="Key of a place: only its changes.")] = None


class Judgements(Struct, frozen=True, forbid_unknown_fields=True):
    """Which judgements."""

    subject: Annotated[Words | None, Meta(description="Id or key of what was judged.")] = None
    by: Annotated[Words | None, Meta(description="Name of the analyst.")] = None
    cursor: GoOn = None
    limit: Limit = paging.LIMIT


class Exported(Struct, frozen=True, forbid_unknown_fields=True):
    """Which claims are exported. What the fields mean: `Claims`."""

    place: Annotated[Words | None, Meta(description="Name or key of a place.")] = None
    source: Annotated[Words | None, Meta(description="Name or key of a source.")] = None
    actor: Annotated[Words | None, Meta(description="Name or key of an actor.")] = None
    type: Annotated[Words | None, Meta(description="capture, control, withdraw …: docs/claims.md lists the types.")] = (
        None
    )
    text: Annotated[
        Words | None, Meta(description='Words, all of them, or "phrases" of the words that state the claim.')
    ] = None
    since: Annotated[date | None, Meta(description="It speaks of this day (YYYY-MM-DD) or later.")] = None
    until: Annotated[date | None, Meta(description="It speaks of this day (YYYY-MM-DD) or earlier.")] = None
    on: Annotated[
        date | None, Meta(description="geojson: places, with whoever holds them on this day (YYYY-MM-DD).")
    ] = None
