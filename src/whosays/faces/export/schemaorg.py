"""schema.org `Claim` with `appearance`, as JSON-LD. Never `ClaimReview`: nothing here was checked by anybody.

    chunks(view) -> bytes …

A claim's `author` is the voice that vouches for it, `appearance` the article with the `Quotation` that states it, `claimInterpreter` this
program, since it read the claim out of the words. schema.org relates no claim to another and knows neither denial nor offsets; these stand
under terms of our own (`whosays:`), and `name` begins with `affirmed` or `denied`, so that whoever ignores them is not misled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from whosays import wire
from whosays.faces.export import told
from whosays.faces.export.columns import COLUMNS
from whosays.faces.export.view import View
from whosays.nouns import Actor, Claim, Extraction, Party, Place, SourceKind

GLOSS = "Claim, its author and its appearance in an article, as JSON-LD"
LOST = "Denial, modality, offsets and what a claim denies, but for terms of our own (`whosays:`)."
READ_BY = "any JSON-LD processor; search engines read NewsArticle, Person, Organization and Place of it"
SUFFIX, MEDIA_TYPE, BINARY = ".jsonld", "application/ld+json", False

Node = dict[str, object]
CONTEXT = ["https://schema.org", {"whosays": "urn:whosays:terms:"}]
_ELSEWHERE = frozenset("claim_id article_id headline published publisher agency url quote reader read_at".split())
"""Columns that have a term of schema.org."""


def chunks(view: View) -> Iterator[bytes]:
    """The context, a node on each line, the end."""
    yield b'{"@context":' + wire.encode(CONTEXT) + b',"@graph":['
    before = None
    for number, one in enumerate(view.claims()):
        first, before = one.article.id != before, one.article.id
        text = view.article(before).text if first and view.article is not None else None
        yield (b",\n" if number else b"\n") + wire.encode(_claim(one, view.actors, text))
    yield b"\n]}\n"


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _claim(one: Extraction, actors: Mapping[str, Actor], text: str | None) -> Node:
    claim = one.claim
    about = [_agent(party, party.actor, actors, "Thing") for party in (claim.actor, claim.target) if party is not None]
    return _told(
        {
            "@type": "Claim",
            "@id": f"urn:whosays:claim:{claim.id}",
            "identifier": claim.id,
            "name": f"{told.stance(claim)}: {told.proposition(claim)}",
            "text": claim.evidence.exact,
            "author": _author(one, actors),
            "about": about,
            "contentLocation": _place(claim.place.place) if claim.place and claim.place.place else None,
            "temporalCoverage": _days(claim),
            "appearance": _article(one, text),
            "claimInterpreter": {"@type": "Organization", "name": f"whosays, {one.reader}"},
            "dateCreated": one.read_at,
            **{f"whosays:{column.name}": column.of(one) for column in COLUMNS if column.name not in _ELSEWHERE},
        }
    )


def _told(node: Node) -> Node:
    """Without what says nothing."""
    return {name: value for name, value in node.items() if value not in (None, "", (), [])}


def _author(one: Extraction, actors: Mapping[str, Actor]) -> Node:
    """The voice; for narration the outlet."""
    source = one.claim.source
    if source.kind is SourceKind.NARRATION:
        outlet = one.article.publisher or one.article.agency or f"article {one.article.id}"
        return {"@type": "Organization", "name": outlet}
    kind = "Person" if source.kind in (SourceKind.PERSON, SourceKind.UNNAMED) else "Organization"
    return _agent(Party(source.mention or "", None, source.name), source.actor, actors, kind)


def _agent(party: Party, key: str | None, actors: Mapping[str, Actor], kind: str) -> Node:
    known = actors.get(key or "")
    if known is not None:
        kind = "Person" if known.kind == "person" else "Country" if known.kind == "state" else "Organization"
    wikidata = f"https://www.wikidata.org/entity/{known.wikidata}" if known is not None and known.wikidata else None
    alternate = party.words if party.name and party.words != party.name else None
    return _told(
        {
            "@type": kind,
            "name": party.name or party.words,
            "alternateName": alternate,
            "identifier": key,
            "sameAs": wikidata,
        }
    )


def _place(place: Place) -> Node:
    return _told(
        {
            "@type": "Place",
            "name": place.told(place.name),
            "identifier": place.key,
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": place.lat,
                "longitude": place.lon,
                **({"addressCountry": place.country} if place.country else {}),
            },
            "sameAs": None if place.geonameid is None else f"https://sws.geonames.org/{place.geonameid}/",
        }
    )


def _days(claim: Claim) -> str | None:
    """ISO 8601: a day, or first/last with `..` for an open end."""
    time = claim.time
    if time is None or not time.dated:
        return None
    if time.first == time.last and time.first is not None:
        return time.first.isoformat()
    return "/".join(".." if day is None else day.isoformat() for day in (time.first, time.last))


def _article(one: Extraction, text: str | None) -> Node:
    head = one.article
    outlet = {"@type": "Organization", "name": head.publisher or head.agency} if head.publisher or head.agency else None
    evidence = one.claim.evidence
    return _told(
        {
            "@type": "NewsArticle",
            "@id": f"urn:whosays:article:{head.id}",
            "identifier": head.id,
            "url": told.address(head),
            "headline": head.headline,
            "datePublished": head.published,
            "publisher": outlet,
            "articleBody": text,
            "hasPart": {
                "@type": "Quotation",
                "@id": f"urn:whosays:claim:{one.claim.id}:quote",
                "text": evidence.exact,
                "whosays:start": evidence.start,
                "whosays:end": evidence.end,
            },
        }
    )
