"""A CSV with the columns of ACLED's export, for tools that read it. **It is not ACLED data**: nobody at ACLED coded or checked it.

    chunks(view) -> bytes …

ACLED has a row for each event, agreed upon; here is a row for each *claim*. What its source denies, plans, demands or calls possible, and
what ACLED has no code for (who holds a place, alliances, tolls), has empty `disorder_type`, `event_type` and `sub_event_type`: whoever
filters by event type never counts a denial. Codes come from the lexicon (`claims/lexicon/*.yml`) and, where it has several, from means,
actor and target. Two sources on one event are two rows. Behind ACLED's columns stand ours, with the source, the words and the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from whosays.faces.export import csv, told
from whosays.faces.export.columns import COLUMNS, Value
from whosays.faces.export.view import View
from whosays.nouns import Actor, Claim, Extraction, Party

GLOSS = "claims under ACLED's column names; not ACLED data"
LOST = (
    "Denials, plans and mere possibilities are no events, so their event types are empty (`whosays_polarity`, `whosays_modality` say why)."
    " ISO number, region and source scale are not known; inter1 and inter2 only of states and civilians."
)
READ_BY = "acledR, and whatever reads ACLED's CSV; pandas"
SUFFIX, MEDIA_TYPE, BINARY = ".csv", csv.MEDIA_TYPE, False

_BATTLES, _REMOTE, _CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
_STRATEGIC = "Strategic developments"
EVENT_TYPES: Mapping[str, str] = {
    "Armed clash": _BATTLES,
    "Government regains territory": _BATTLES,
    "Non-state actor overtakes territory": _BATTLES,
    "Chemical weapon": _REMOTE,
    "Air/drone strike": _REMOTE,
    "Suicide bomb": _REMOTE,
    "Shelling/artillery/missile attack": _REMOTE,
    "Remote explosive/landmine/IED": _REMOTE,
    "Attack": _CIVILIANS,
    "Abduction/forced disappearance": _CIVILIANS,
    "Agreement": _STRATEGIC,
    "Arrests": _STRATEGIC,
    "Headquarters or base established": _STRATEGIC,
    "Looting/property destruction": _STRATEGIC,
    "Non-violent transfer of territory": _STRATEGIC,
    "Other": _STRATEGIC,
}
"""Sub-event type → event type, those that claims can have."""

_BY_MEANS = {
    "airstrike": "Air/drone strike",
    "shelling": "Shelling/artillery/missile attack",
    "missile": "Shelling/artillery/missile attack",
    "suicide-bombing": "Suicide bomb",
    "bombing": "Remote explosive/landmine/IED",
    "chemical": "Chemical weapon",
}
_STATE = frozenset({"state", "government", "military"})


@dataclass(frozen=True, slots=True)
class Row:
    """A claim on its way into ACLED's columns. `sub_event`: empty where it is no event of ACLED's."""

    said: Extraction
    sub_event: str
    inter1: str
    inter2: str
    country: str

    @property
    def claim(self) -> Claim:
        return self.said.claim

    @property
    def event(self) -> str:
        return EVENT_TYPES.get(self.sub_event, "")


ACLED: Mapping[str, Callable[[Row], Value]] = {
    "event_id_cnty": lambda row: row.claim.id,
    "event_date": lambda row: told.day(row.said),
    "year": lambda row: _year(row.said),
    "time_precision": lambda row: row.claim.time.precision if row.claim.time else None,
    "disorder_type": lambda row: "Political violence" if row.event not in ("", _STRATEGIC) else row.event,
    "event_type": lambda row: row.event,
    "sub_event_type": lambda row: row.sub_event,
    "actor1": lambda row: told.named(row.claim.actor),
    "assoc_actor_1": lambda row: None,
    "inter1": lambda row: row.inter1,
    "actor2": lambda row: told.named(row.claim.target),
    "assoc_actor_2": lambda row: None,
    "inter2": lambda row: row.inter2,
    "interaction": lambda row: "-".join(filter(None, (row.inter1, row.inter2))),
    "civilian_targeting": lambda row: "Civilian targeting" if row.event and row.inter2 == "Civilians" else None,
    "iso": lambda row: None,
    "region": lambda row: None,
    "country": lambda row: row.country,
    "admin1": lambda row: _place(row, "admin1"),
    "admin2": lambda row: _place(row, "admin2"),
    "admin3": lambda row: None,
    "location": lambda row: told.place(row.claim.place),
    "latitude": lambda row: _place(row, "lat"),
    "longitude": lambda row: _place(row, "lon"),
    "geo_precision": lambda row: row.claim.place.precision if row.claim.place else None,
    "source": lambda row: "; ".join(dict.fromkeys((*row.claim.via, row.said.article.publisher or ""))).strip("; "),
    "source_scale": lambda row: None,
    "notes": lambda row: told.sentence(row.said),
    "fatalities": lambda row: _dead(row.claim),
    "tags": lambda row: "not ACLED data; claim",
    "timestamp": lambda row: int(row.said.read_at.timestamp()),
}
"""ACLED's columns, in its order, and what a claim has to say in each."""

_OURS = tuple(
    column for column in COLUMNS if column.name not in ("admin1", "admin2", "geo_precision", "time_precision")
)


def chunks(view: View) -> Iterator[bytes]:
    """Header, then rows: ACLED's columns, then ours, whose names begin with `whosays_`."""
    header = [*ACLED, *(f"whosays_{column.name}" for column in _OURS)]
    return csv.table(header, (_values(one, view) for one in view.claims()))


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def _values(one: Extraction, view: View) -> Sequence[Value]:
    claim, actors, iso = one.claim, view.actors, _iso(one.claim) or ""
    row = Row(
        one,
        sub_event(claim, actors),
        _inter(claim.actor, claim, actors),
        "Civilians" if claim.who in ("civilians", "children") else _inter(claim.target, claim, actors),
        view.countries.get(iso, iso),
    )
    return [*(tell(row) for tell in ACLED.values()), *(column.of(one) for column in _OURS)]


def sub_event(claim: Claim, actors: Mapping[str, Actor]) -> str:
    """ACLED's sub-event type of what a claim says took place; empty where it does not, or ACLED has none, or it cannot be told."""
    codes = _codes().get(claim.type, ())
    if not codes or not told.happened(claim):
        return ""
    if claim.type == "attack":
        return _BY_MEANS.get(claim.means or "", "Attack")
    if len(codes) == 1:
        return codes[0]
    actor = actors.get(claim.actor.actor or "") if claim.actor else None
    if actor is None:
        return ""
    if claim.type == "capture":  # ACLED counts a foreign state with the non-state actors
        return codes[0] if actor.kind in _STATE and actor.country == _iso(claim) else codes[1]
    return codes[0] if actor.kind in _STATE else codes[1]


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    from whosays.claims import lexicon

    return {name: one.acled for name, one in lexicon().types.items()}


def _inter(party: Party | None, claim: Claim, actors: Mapping[str, Actor]) -> str:
    """ACLED's kind of actor, where it is sure: whether an armed group is rebels or a militia nobody here knows."""
    actor = actors.get(party.actor or "") if party else None
    if actor is None or actor.kind not in _STATE or actor.country is None or _iso(claim) is None:
        return ""
    return "State forces" if actor.country == _iso(claim) else "External/Other forces"


def _iso(claim: Claim) -> str | None:
    place = claim.place.place if claim.place else None
    return None if place is None else place.country


def _year(one: Extraction) -> int | None:
    day = told.day(one)
    return None if day is None else day.year


def _place(row: Row, field: str) -> Value:
    place = row.claim.place.place if row.claim.place else None
    value: Value = None if place is None else getattr(place, field)
    return value


def _dead(claim: Claim) -> int | None:
    """The lowest number of killed that is claimed; None, not 0, where nothing is said."""
    killed = claim.harm == "killed" and claim.who != "injured" and told.happened(claim)
    return claim.count.low if killed and claim.count is not None else None
