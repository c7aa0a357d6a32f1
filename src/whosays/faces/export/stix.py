r"""A STIX 2.1 bundle: each claim a `note`, its article a `report`, voices and actors `identity`, places `location`.

    chunks(view) -> bytes …

Why a note: it is STIX's object for what somebody wrote about other objects, names its authors, and asserts nothing by itself; `sighting`,
`observed-data` and `relationship` would assert as a fact what is only said. So `authors` has the voice, `content` the claim in words,
`object_refs` its actor, target, place and voice, `external_references` the words and the address. A claim that denies another of its
article is an `opinion` (strongly-disagree) on that note besides. All fields are in a property extension (its `extension-definition` is in
the bundle); whoever does not know it loses the columns, not the meaning. Ids are UUIDv5 of our ids, so that two exports agree; objects
streamed, so that `id` of the bundle, which is made of all of them, comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from typing import BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

from whosays import wire
from whosays.faces.export import told
from whosays.faces.export.columns import COLUMNS, Value
from whosays.faces.export.view import View
from whosays.nouns import Actor, ArticleHead, Extraction, Party, Place, Source, SourceKind
from whosays.text import fold

GLOSS = "notes with authors, places and reports, for threat intelligence platforms"
LOST = (
    "The prefix and suffix of a quote without the extension; days of an event (STIX notes have none: they are in the extension); kinds of"
    " actors beyond STIX's five; places that no gazetteer has."
)
READ_BY = "stix2, OpenCTI, MISP (notes, reports, identities, locations; the extension where it is known)"
SUFFIX, MEDIA_TYPE, BINARY = ".json", "application/stix+json;version=2.1", False

Thing = Mapping[str, object]

OURS = uuid5(NAMESPACE_URL, "urn:whosays:stix")
"""Namespace of our ids; that of the standard is for cyber observables only."""

EXTENSION = f"extension-definition--{uuid5(OURS, 'claim')}"
MAKER = f"identity--{uuid5(OURS, 'whosays')}"
_MADE = "2026-01-01T00:00:00.000Z"

_OF_ACTORS = {
    "person": "individual",
    "state": "organization",
    "government": "organization",
    "military": "organization",
    "monitor": "organization",
    "media": "organization",
    "agency": "organization",
    "organisation": "organization",
    "armed-group": "group",
    "bloc": "group",
}
_OF_SOURCES = {
    SourceKind.PERSON: "individual",
    SourceKind.OFFICIAL: "organization",
    SourceKind.ORGANISATION: "organization",
    SourceKind.MEDIA: "organization",
    SourceKind.MONITOR: "organization",
    SourceKind.PARTY: "group",
}


def chunks(view: View) -> Iterator[bytes]:
    """The objects, each once, then the id of the bundle."""
    yield b'{"type":"bundle","objects":['
    whole = OURS
    for number, thing in enumerate(_once(_things(view))):
        whole = uuid5(whole, str(thing["id"]))
        yield (b",\n" if number else b"\n") + wire.encode(thing)
    yield b'\n],"id":"bundle--' + str(whole).encode() + b'"}\n'


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _once(things: Iterable[Thing]) -> Iterator[Thing]:
    """Identities and places come again and again: only their ids are kept."""
    seen: set[UUID] = set()
    for thing in things:
        key = UUID(str(thing["id"]).partition("--")[2])
        if key not in seen:
            seen.add(key)
            yield thing


def _things(view: View) -> Iterator[Thing]:
    yield _made(MAKER, "identity", {"name": "whosays", "identity_class": "system"})
    yield _made(
        EXTENSION,
        "extension-definition",
        {
            "name": "whosays claim",
            "description": "A claim as whosays reads it; docs/exports.md explains each property.",
            "schema": "urn:whosays:schema:1",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
            "created_by_ref": MAKER,
        },
    )
    for _, group in groupby(view.claims(), key=lambda one: one.article.id):
        said = list(group)
        there = {one.claim.id for one in said}
        for one in said:
            yield from _claim(one, view.actors, there)
        yield _report(said, view)


def _made(id_: str, kind: str, values: Thing) -> Thing:
    """What is the same in every export."""
    return {"type": kind, "spec_version": "2.1", "id": id_, "created": _MADE, "modified": _MADE, **values}


def _claim(one: Extraction, actors: Mapping[str, Actor], there: set[str]) -> Iterator[Thing]:
    """A claim with all that it refers to, what it refers to first."""
    claim = one.claim
    voice = _voice(claim.source, one.article, actors)
    parties = [_party(party, one.article, actors) for party in (claim.actor, claim.target) if party is not None]
    place = _location(claim.place.place if claim.place else None)
    about = [*parties, *([place] if place else []), voice]
    yield from about
    yield {
        **_common("note", claim.id, one.read_at),
        "abstract": f"{told.stance(claim)}: {told.proposition(claim)}",
        "content": told.sentence(one),
        "authors": [told.voice(claim.source)],
        "object_refs": list(dict.fromkeys(str(thing["id"]) for thing in about)),
        "labels": [claim.type, claim.polarity.value, claim.modality.value],
        "confidence": round(100 * min(1.0, max(0.0, claim.confidence))),
        "external_references": [_reference(one)],
        "extensions": {EXTENSION: _extension(one)},
    }
    if claim.denies in there and claim.denies is not None:
        yield {
            **_common("opinion", f"{claim.id} denies {claim.denies}", one.read_at),
            "opinion": "strongly-disagree",
            "explanation": claim.evidence.exact,
            "authors": [told.voice(claim.source)],
            "object_refs": [_id("note", claim.denies)],
        }


def _report(said: list[Extraction], view: View) -> Thing:
    """An article: the claims that are read from it; its text where texts are given out."""
    head = said[0].article
    published = head.published or said[0].read_at.date()
    text = view.article(head.id).text if view.article is not None else None
    return {
        **_common("report", f"article {head.id}", said[0].read_at),
        "name": head.headline or f"article {head.id}",
        **({"description": text} if text else {}),
        "published": _instant(datetime(published.year, published.month, published.day, tzinfo=UTC)),
        "object_refs": list(dict.fromkeys(_id("note", one.claim.id) for one in said)),
        "external_references": [_reference(said[0], of_article=True)],
    }


def _common(kind: str, name: str, at: datetime) -> Thing:
    when = _instant(at)
    common = {"type": kind, "spec_version": "2.1", "id": _id(kind, name), "created_by_ref": MAKER}
    return {**common, "created": when, "modified": when}


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(OURS, f'{kind} {name}'.encode('utf-8', 'replace').decode())}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _voice(source: Source, head: ArticleHead, actors: Mapping[str, Actor]) -> Thing:
    """Who vouches for a claim; for narration the outlet. Unnamed voices are somebody else in every article."""
    if source.kind is SourceKind.NARRATION:
        outlet = head.publisher or head.agency
        return _identity(outlet or f"article {head.id}", outlet, source.actor, head, actors, "organization")
    class_ = _OF_SOURCES.get(source.kind, "unknown")
    return _identity(told.voice(source), source.name, source.actor, head, actors, class_)


def _party(party: Party, head: ArticleHead, actors: Mapping[str, Actor]) -> Thing:
    return _identity(told.named(party) or "not named", party.name, party.actor, head, actors, "unknown")


def _identity(
    name: str, resolved: str | None, key: str | None, head: ArticleHead, actors: Mapping[str, Actor], class_: str
) -> Thing:
    known = actors.get(key or "")
    who = key or (f"named {fold(resolved)}" if resolved else f"{fold(name)} in {head.id}")
    found: dict[str, object] = {
        "name": known.name if known else name,
        "identity_class": _OF_ACTORS.get(known.kind, class_) if known else class_,
    }
    if known and known.wikidata:
        found["external_references"] = [{"source_name": "wikidata", "external_id": known.wikidata}]
    return _made(_id("identity", who), "identity", found)


def _location(place: Place | None) -> Thing | None:
    if place is None:
        return None
    found: dict[str, object] = {"name": place.told(place.name) or place.key}
    if -90 <= place.lat <= 90 and -180 <= place.lon <= 180:
        found |= {"latitude": place.lat, "longitude": place.lon}
        found |= {"precision": 1000 * place.radius} if place.radius else {}
    if place.country:
        found["country"] = place.country
    if place.admin1:
        found["administrative_area"] = place.admin1
    if place.geonameid is not None:
        found["external_references"] = [{"source_name": "geonames", "external_id": str(place.geonameid)}]
    if not found.keys() & {"latitude", "country"}:
        return None
    return _made(_id("location", f"{place.key} {place.relation or ''} {place.lat} {place.lon}"), "location", found)


def _reference(one: Extraction, *, of_article: bool = False) -> Thing:
    head, address = one.article, told.address(one.article)
    found = {
        "source_name": head.publisher or head.agency or "not named",
        "description": (head.headline or head.id) if of_article else one.claim.evidence.exact,
        "external_id": head.id if of_article else one.claim.id,
    }
    return {**found, **({"url": address} if address else {})}


def _extension(one: Extraction) -> Thing:
    """The columns that say something: STIX knows neither null nor empty lists."""
    values = {column.name: _plain(column.of(one)) for column in COLUMNS}
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    return {"extension_type": "property-extension", **kept}


def _plain(value: Value) -> object:
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
