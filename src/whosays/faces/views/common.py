"""What several views share: places and voices with their counts, support and grade in the words of `nouns`, lists that go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from whosays import nouns
from whosays.errors import Misuse
from whosays.faces.service import Service
from whosays.faces.views import shown

T = TypeVar("T")

Day = date | None


class Missing(Misuse):
    """There is nothing of that id or key."""


class Listed(Struct, Generic[T], frozen=True):
    """Part of a list."""

    items: Annotated[list[T], Meta(description="This part of the list.")]
    next: Annotated[
        str | None, Meta(description="Cursor of the part that follows: give it as `cursor`. null: this is the last.")
    ]


class Support(Struct, frozen=True):
    """How many stand behind something said. The three counts always stand together."""

    articles: Annotated[int, Meta(description="Articles that say it; reprints are articles.")]
    outlets: Annotated[int, Meta(description="Publishers or agencies of these articles.")]
    origins: Annotated[
        int, Meta(description="Voices, each in the story where its words first stood: reprints are one.")
    ]
    aligned: Annotated[int, Meta(description="Origins whose side gains by it.")]
    not_aligned: Annotated[int, Meta(description="Origins known to be of no side that gains or loses by it.")]
    against: Annotated[int, Meta(description="Origins whose own side loses by it.")]


class Grade(Struct, frozen=True):
    """How well something is supported, by a rubric. Computed; no finding."""

    rubric: Annotated[str, Meta(description="Which rules: `territory`, `civilian harm` …")]
    grade: Annotated[str, Meta(description="The grade in the rubric's words: `corroborated`, `contested` …")]
    rule: Annotated[str, Meta(description="The rule that fired, in words.")]
    claims: Annotated[list[str], Meta(description="Ids of the claims that made it fire.")]


class PlaceHead(Struct, frozen=True):
    """A place that claims are about, with counts."""

    key: Annotated[str, Meta(description="Key in the gazetteer; the folded name where no gazetteer has it.")]
    name: Annotated[str, Meta(description="Name in the gazetteer, else the words of the text.")]
    country: Annotated[str | None, Meta(description="ISO 3166-1 alpha-2.")]
    admin1: Annotated[str | None, Meta(description="First-level division of the country.")]
    feature: Annotated[
        str | None, Meta(description="`town`, `admin1`, `country`, `river` …; null: not in the gazetteer.")
    ]
    lat: Annotated[float | None, Meta(description="Degrees north, WGS 84.")]
    lon: Annotated[float | None, Meta(description="Degrees east, WGS 84.")]
    geonameid: Annotated[int | None, Meta(description="Number in GeoNames.")]
    claims: Annotated[int, Meta(description="Claims about it.")]
    first: Annotated[Day, Meta(description="First day that its claims speak of.")]
    last: Annotated[Day, Meta(description="Last day that its claims speak of.")]


class VoiceHead(Struct, frozen=True):
    """A source or an actor, with counts."""

    key: Annotated[str, Meta(description="Key in the roster; the folded name of one that no roster has.")]
    name: Annotated[str, Meta(description="As it is known.")]
    kind: Annotated[str, Meta(description="`state`, `military`, `monitor`, `person`, `narration`, `unnamed` …")]
    side: Annotated[
        str | None,
        Meta(description="Key of the side whose cause it shares; `none`: known to share none; null: unknown."),
    ]
    side_name: Annotated[str | None, Meta(description="The side in words.")]
    claims: Annotated[int, Meta(description="Claims that it makes (sources) or that are about it (actors).")]
    articles: Annotated[int, Meta(description="Articles in which these stand.")]


def support(of: nouns.Support) -> Support:
    """The Struct."""
    return Support(of.articles, of.outlets, of.origins, of.aligned, of.not_aligned, of.against)


def side_name(side: str | None, names: Mapping[str, str]) -> str | None:
    """A side in words; None where it is not known."""
    return "not aligned" if side == nouns.NOT_ALIGNED else names.get(side, side) if side else None


def place_head(service: Service, of: nouns.PlaceHead) -> PlaceHead:
    """The Struct, as the profile lets it be shown."""
    place = service.masks.place(of.place, of.name) if of.place else None
    return PlaceHead(
        key=of.key,
        name=of.name,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        feature=place.feature if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        geonameid=place.geonameid if place else None,
        claims=of.claims,
        first=of.first,
        last=of.last,
    )


def voice_head(service: Service, of: nouns.VoiceHead) -> VoiceHead:
    """The Struct, as the profile lets it be shown."""
    listed = service.roster.by_key.get(of.key)
    kind = of.kind or (listed.kind if listed else "unknown")
    names = shown.speaker(service, of.key, of.name, of.kind) if of.kind else shown.party(service, of.name)
    return VoiceHead(
        key=shown.told(service, of.key, names),
        name=shown.told(service, of.name, names),
        kind=kind,
        side=of.side,
        side_name=side_name(of.side, service.sides),
        claims=of.claims,
        articles=of.articles,
    )
