"""PLOVER events as JSON Lines, with the field names of the PLOVER 2.0 draft and POLECAT, one record per claim.

    chunks(view) -> bytes …

PLOVER codes what happened and drops who said so; both are here: the coded event in PLOVER's fields, and the claim whole, in the words of
the JSON contract, under `whosays` (the manual invites fields of one's own). A denial has the auxiliary mode `negation`, a plan `future`,
what is only possible or demanded `hypothetical`: PLOVER has these modes, and no coder used them yet. Claims that PLOVER has no category
for (who holds a place, displacement, declarations) have `has_event: false` and an empty `event`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import BinaryIO

from whosays import wire
from whosays.faces.export import told
from whosays.faces.export.view import View
from whosays.nouns import Actor, Claim, Extraction, Modality, Party, Polarity

GLOSS = "coded events with PLOVER's field names, one per claim"
LOST = (
    "Country and sector codes of actors that no roster lists; 3-letter country codes; intensity scales."
    " `event` is empty where PLOVER has no category."
)
READ_BY = "any JSON reader; POLECAT's and NGEC's field names"
SUFFIX, MEDIA_TYPE, BINARY = ".jsonl", "application/jsonl", False

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""Event → 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""

_MODES = {
    "airstrike": "aerial",
    "shelling": "heavy-weapons",
    "missile": "heavy-weapons",
    "bombing": "explosives",
    "suicide-bombing": "suicide-attack",
    "shooting": "firearms",
    "chemical": "unconventional",
}
_MODES_OF_TYPES = {
    "withdraw": "withdraw",
    "advance": "troops",
    "enter": "troops",
    "presence": "troops",
    "destroy": "destroy",
    "detain": "arrest",
    "condemn": "disapprove",
}
_TERRITORY = frozenset("control capture withdraw advance enter besiege presence".split())
_VIOLENCE = frozenset("clash attack casualties destroy".split())
_SECTORS = {"government": "GOV", "military": "MIL", "armed-group": "REB", "media": "JRN", "agency": "JRN"}


def chunks(view: View) -> Iterator[bytes]:
    """A line for each claim."""
    return (wire.encode(_record(one, view.actors)) + b"\n" for one in view.claims())


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _record(one: Extraction, actors: Mapping[str, Actor]) -> Mapping[str, object]:
    claim, head = one.claim, one.article
    event = _events().get(claim.type)
    time = claim.time
    return {
        "id": claim.id,
        "has_event": event is not None,
        "date": told.day(one),
        "enddate": time.last if time else None,
        "actor": _entities(claim.actor, actors),
        "recipient": _entities(claim.target, actors),
        "event": [event] if event else [],
        "event_loc": _location(claim),
        "event_text": [claim.evidence.exact],
        "quad_code": QUADS[event] if event else None,
        "mode": [*_modes(claim), *auxiliary(claim)],
        "context": _contexts(claim),
        "size": _size(claim),
        "text": claim.evidence.exact,
        "text_info": {"start": claim.evidence.start, "end": claim.evidence.end},
        "cite_info": {
            "corpus": "whosays",
            "citation": head.id,
            "url": head.url,
            "title": head.headline,
            "publication": head.publisher or head.agency,
            "coder": one.reader,
            "codebook": "PLOVER 2.0 draft",
        },
        "coder": one.reader,
        "coded_date": one.read_at.date(),
        "coded_time": one.read_at.timetz().isoformat(),
        "comment": told.sentence(one),
        "whosays": {"article": wire.head(head), "claim": wire.claim(claim)},
    }


@cache
def _events() -> Mapping[str, str | None]:
    from whosays.claims import lexicon

    return {name: one.plover for name, one in lexicon().types.items()}


def auxiliary(claim: Claim) -> list[str]:
    """PLOVER's auxiliary modes: what keeps a claim from being an event."""
    found = ["negation"] if claim.polarity is Polarity.DENIED else []
    if claim.modality is Modality.PLANNED:
        found.append("future")
    elif claim.modality in (Modality.DEMANDED, Modality.POSSIBLE):
        found.append("hypothetical")
    return found


def _modes(claim: Claim) -> list[str]:
    mode = _MODES.get(claim.means or "") if claim.type == "attack" else _MODES_OF_TYPES.get(claim.type)
    return [mode] if mode else []


def _contexts(claim: Claim) -> list[str]:
    territory, violence = claim.type in _TERRITORY, claim.type in _VIOLENCE
    return ["military"] * (territory or violence) + ["territory"] * territory


def _entities(party: Party | None, actors: Mapping[str, Actor]) -> list[Mapping[str, object]]:
    if party is None:
        return []
    known = actors.get(party.actor or "")
    return [
        {
            "code": known.country if known else None,
            "sector": _SECTORS.get(known.kind) if known else None,
            "entity_text": party.words,
            "identifier_id": known.wikidata if known else None,
            "identifier_text": party.name,
            "whosays_key": party.actor,
        }
    ]


def _location(claim: Claim) -> Mapping[str, object] | None:
    if claim.place is None:
        return None
    place = claim.place.place
    return {
        "extracted_place": claim.place.words,
        "resolved_place": place.name if place else claim.place.name,
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "district": place.admin2 if place else None,
        "province": place.admin1 if place else None,
        "country": None,
        "country_code": place.country if place else None,
        "whosays_feature": place.feature if place else None,
        "whosays_relation": place.relation if place else None,
        "whosays_radius_km": place.radius if place else None,
    }


def _size(claim: Claim) -> Mapping[str, object] | None:
    """The lowest number claimed."""
    if claim.count is None:
        return None
    name = "arrested" if claim.type == "detain" else {"killed": "dead", "injured": "injured"}.get(claim.harm or "")
    return {name: claim.count.low} if name else None
