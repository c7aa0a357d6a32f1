"""FollowTheMoney statements, one JSON object per line, as `followthemoney.statement` and OpenAleph's tools read them.

    chunks(view) -> bytes …

FollowTheMoney has no schema for a claim, and an `Event` alone would assert what is only said. So a claim is two entities: an `Event` for
what is claimed (its name begins with `affirmed` or `denied`; actor and target are `involved`), and a `Note` for the word: the quote,
about the event and the voice (`entity`), proved by the article (`proof`). Voices and actors are `Person`, `PublicBody`, `Organization`
or `LegalEntity`, places `Address`, articles `Article`. All columns of the claim stand as JSON in the event's `notes`. Ids are ours with
a prefix, statement ids those that the library computes, dataset `whosays`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import BinaryIO

from whosays import wire
from whosays.faces.export import told
from whosays.faces.export.columns import COLUMNS, sound
from whosays.faces.export.view import View
from whosays.nouns import Actor, ArticleHead, Extraction, Party, Place, Source, SourceKind
from whosays.text import digest, fold

GLOSS = "statements on events, notes, people, organisations, places and articles"
LOST = "That two claims are about one event: each claim is an event of its own. Offsets, polarity and modality stand in `notes`, as JSON."
READ_BY = "followthemoney, nomenklatura, OpenAleph (`ftm aggregate-statements`)"
SUFFIX, MEDIA_TYPE, BINARY = ".statements.jsonl", "application/jsonl", False

DATASET = "whosays"
_SCHEMAS = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "military": "Organization",
    "armed-group": "Organization",
    "monitor": "Organization",
    "media": "Organization",
    "agency": "Organization",
    "organisation": "Organization",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity on its way into statements."""

    id: str
    schema: str
    values: tuple[tuple[str, str | None], ...]
    """Property and value; None is left out."""


def chunks(view: View) -> Iterator[bytes]:
    """A line for each statement; each entity once."""
    seen: set[str] = set()
    for one in view.claims():
        at = one.read_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        for entity in _entities(one, view, seen):
            if entity.id not in seen:
                seen.add(entity.id)
                yield b"".join(_statements(entity, at, one.reader))


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _statements(entity: Entity, at: str, reader: str) -> Iterator[bytes]:
    for prop, value in dict.fromkeys(entity.values):
        if not value:
            continue
        value = sound(value)
        key = hashlib.sha1(f"{DATASET}.{entity.id}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()
        yield (
            wire.encode(
                {
                    "canonical_id": entity.id,
                    "entity_id": entity.id,
                    "prop": prop,
                    "schema": entity.schema,
                    "value": value,
                    "dataset": DATASET,
                    "lang": None,
                    "original_value": None,
                    "first_seen": at,
                    "last_seen": at,
                    "external": False,
                    "origin": reader,
                    "id": key,
                }
            )
            + b"\n"
        )


def _entities(one: Extraction, view: View, seen: set[str]) -> Iterator[Entity]:
    """A claim with all that it refers to."""
    claim, head = one.claim, one.article
    article = f"whosays-article-{head.id}"
    if article not in seen:
        yield _article(article, head, view)
    voice = _voice(claim.source, head, view.actors)
    parties = [_party(party, head, view.actors) for party in (claim.actor, claim.target) if party is not None]
    address = _address(claim.place.place if claim.place else None)
    yield from (voice, *parties, *([address] if address else []))
    event = f"whosays-claim-{claim.id}"
    yield Entity(
        event,
        "Event",
        (
            ("name", f"{told.stance(claim)}: {told.proposition(claim)}"),
            ("summary", told.sentence(one)),
            ("startDate", _iso(claim.time.first if claim.time else None)),
            ("endDate", _iso(claim.time.last if claim.time else None)),
            ("location", told.place(claim.place)),
            ("country", _country(claim.place.place if claim.place else None)),
            ("addressEntity", address.id if address else None),
            *(("involved", party.id) for party in parties),
            ("proof", article),
            ("recordId", claim.id),
            ("sourceUrl", told.address(head)),
            ("publisher", head.publisher or head.agency),
            ("keywords", claim.type),
            ("keywords", claim.polarity),
            ("keywords", claim.modality),
            ("notes", _columns(one)),
        ),
    )
    yield Entity(
        f"whosays-word-{claim.id}",
        "Note",
        (
            ("name", f"{told.voice(claim.source)}: {told.stance(claim)}"),
            ("description", claim.evidence.exact),
            ("entity", event),
            ("entity", voice.id),
            ("proof", article),
            ("sourceUrl", told.address(head)),
        ),
    )


def _columns(one: Extraction) -> str:
    values = {column.name: column.of(one) for column in COLUMNS}
    return wire.encode({name: value for name, value in values.items() if value not in (None, "", ())}).decode()


def _article(id_: str, head: ArticleHead, view: View) -> Entity:
    text = view.article(head.id).text if view.article is not None else None
    return Entity(
        id_,
        "Article",
        (
            ("title", head.headline or f"article {head.id}"),
            ("publishedAt", _iso(head.published)),
            ("publisher", head.publisher or head.agency),
            ("sourceUrl", told.address(head)),
            ("bodyText", text),
        ),
    )


def _voice(source: Source, head: ArticleHead, actors: Mapping[str, Actor]) -> Entity:
    """Who vouches for a claim; for narration the outlet. Unnamed voices are somebody else in every article."""
    if source.kind is SourceKind.NARRATION:
        outlet = head.publisher or head.agency
        return _somebody(outlet or f"article {head.id}", outlet, source.actor, head, actors, "Organization")
    schema = "Person" if source.kind is SourceKind.PERSON else "LegalEntity"
    return _somebody(told.voice(source), source.name, source.actor, head, actors, schema)


def _party(party: Party, head: ArticleHead, actors: Mapping[str, Actor]) -> Entity:
    return _somebody(told.named(party) or "not named", party.name, party.actor, head, actors, "LegalEntity")


def _somebody(
    name: str, resolved: str | None, key: str | None, head: ArticleHead, actors: Mapping[str, Actor], schema: str
) -> Entity:
    known = actors.get(key or "")
    who = key or (f"named {fold(resolved)}" if resolved else f"{fold(name)} in {head.id}")
    schema = _SCHEMAS.get(known.kind, "LegalEntity") if known else schema
    country = known.country.lower() if known and known.country else None
    values = (("name", known.name if known else name), ("country", country))
    more = (("wikidataId", known.wikidata if known else None), ("notes", f"roster key {key}" if key else None))
    return Entity(f"whosays-actor-{digest(schema, who)}", schema, (*values, *more))


def _address(place: Place | None) -> Entity | None:
    if place is None:
        return None
    divisions: Iterable[str | None] = (place.told(place.name), place.admin2, place.admin1, place.country)
    return Entity(
        f"whosays-place-{digest(place.key, place.relation, str(place.lat), str(place.lon))}",
        "Address",
        (
            ("full", ", ".join(dict.fromkeys(filter(None, divisions))) or place.key),
            ("city", place.name if place.feature == "town" else None),
            ("state", place.admin1),
            ("country", _country(place)),
            ("latitude", str(place.lat)),
            ("longitude", str(place.lon)),
            ("notes", f"gazetteer key {place.key}"),
        ),
    )


def _country(place: Place | None) -> str | None:
    return place.country.lower() if place is not None and place.country else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
