"""What weighing came to ↔ rows of the derived tables. Pure; what goes in comes out equal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from whosays.ledger.fetched import Row
from whosays.ledger.keys import days, folded
from whosays.ledger.rows import Values
from whosays.nouns import (
    Answer,
    Change,
    ChangeKind,
    Control,
    Dispute,
    Disputed,
    DisputeKind,
    Extraction,
    Fate,
    Grade,
    LaneKind,
    Outcomes,
    Place,
    PlaceHead,
    Question,
    Standing,
    VoiceHead,
)
from whosays.nouns import Record as Borne

_ANSWERS = msgspec.json.Decoder(tuple[Answer, ...])


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim in force, and by which keys it is listed."""

    said: Extraction
    place: str | None
    source: str
    source_name: str
    actor: str | None
    target: str | None


def age(day: date | None) -> int:
    """Days from a day to the end of days: sorts the newest first, and what has no day last."""
    return date.max.toordinal() - (day or date.min).toordinal()


# ------------------------------------------------------------------------------------------------------------ inward


def claim(one: Voiced, part: int, seq: int, reading: str) -> Values:
    said = one.said
    first, last = days(said.claim, said.article.published)
    return {
        "seq": seq,
        "part": part,
        "reading": reading,
        "age": age(said.article.published),
        "article": said.article.id,
        "day_first": first,
        "day_last": last,
        "type": said.claim.type,
        "place": one.place,
        "source": one.source,
        "actor": one.actor,
        "target": one.target,
        "story": said.story,
        "printed": said.printed,
    }


def tally(one: Outcomes, part: int) -> Values:
    return {
        "part": part,
        "kind": one.kind,
        "key": one.key,
        "who": one.who,
        **{column: one.fates.get(fate, 0) for fate, column in _FATES.items()},
        "leads": json.dumps(sorted(one.leads.items()), separators=(",", ":")),
        "against_interest": one.against_interest,
        "with_interest": one.with_interest,
    }


def record(one: Borne) -> Values:
    return {
        "kind": one.kind,
        "key": one.key,
        "who": one.who,
        **{column: one.fates.get(fate, 0) for fate, column in _FATES.items()},
        "rate": one.rate,
        "low": one.low,
        "high": one.high,
        "first": one.first,
        "shared": one.shared,
        "lead_days": one.lead_days,
        "against_interest": one.against_interest,
        "with_interest": one.with_interest,
        "fewer": -one.said,
    }


_FATES = {Fate.BORNE_OUT: "borne_out", Fate.REFUTED: "refuted", Fate.WITHDRAWN: "withdrawn", Fate.OPEN: "open"}


def place(head: PlaceHead, part: int) -> Values:
    own = head.place
    return {
        "key": head.key,
        "part": part,
        "name": head.name,
        "folded": folded(head.name),
        "lat": own and own.lat,
        "lon": own and own.lon,
        "country": own and own.country,
        "feature": own and own.feature,
        "population": own and own.population,
        "geonameid": own and own.geonameid,
        "admin1": own and own.admin1,
        "admin2": own and own.admin2,
        "claims": head.claims,
        "first": head.first,
        "last": head.last,
        "fewer": -head.claims,
    }


def standing(one: Standing, part: int) -> Values:
    control, judged = one.control, one.control.grade
    return {
        "part": part,
        "place": one.place,
        "lane": one.kind,
        "who": one.who,
        "known_since": one.known_since,
        "known_until": one.known_until,
        "told": control.place,
        "voice": control.voice,
        "holder": control.holder,
        "not_holder": control.not_holder,
        "says": control.says,
        "side": control.side,
        "since": control.since,
        "until": control.until,
        "basis": control.basis,
        "articles": control.articles,
        "outlets": control.outlets,
        "origins": control.origins,
        "last_known": control.last_known,
        "contested": control.contested,
        "besieged_by": control.besieged_by,
        "parts": control.parts,
        "rubric": judged and judged.rubric,
        "grade": judged and judged.grade,
        "rule": judged and judged.rule,
        "fired": judged and judged.claims,
    }


def dispute(one: Disputed, part: int, printed: date | None) -> Values:
    return {
        "id": one.id,
        "part": part,
        "a": one.dispute.claims[0],
        "b": one.dispute.claims[1],
        "kind": one.dispute.kind,
        "about": one.dispute.about,
        "why": one.dispute.why,
        "place": one.place,
        "first": one.first,
        "last": one.last,
        "printed": printed,
        "lighter": -one.weight,
    }


def question(one: Question, answers: Sequence[Answer], part: int) -> Values:
    return {
        "id": one.id,
        "part": part,
        "group": one.group,
        "words": one.words,
        "place": one.place,
        "first": one.first,
        "last": one.last,
        "claims": one.claims,
        "score": one.score,
        "reasons": one.reasons,
        "answers": msgspec.json.encode(answers).decode(),
        "n": len(one.claims),
        "age": age(one.last),
    }


def change(one: Change, key: str) -> Values:
    return {
        "place": one.place,
        "name": one.name,
        "day": one.day,
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
        "known": one.known,
        "claims": one.claims,
        "key": key,
    }


# ----------------------------------------------------------------------------------------------------------- outward


def as_place(row: Row) -> PlaceHead:
    place = None
    if row.lat is not None:
        where = (row.lat, row.lon, row.country, row.feature, row.population, row.geonameid, row.admin1, row.admin2)
        place = Place(row.key, row.name, *where)
    return PlaceHead(place, row.key, row.name, row.claims, row.first, row.last)


def as_voice(row: Row) -> VoiceHead:
    return VoiceHead(row.key, row.name, row.kind, row.side, row.claims, row.articles)


def as_standing(row: Row) -> Standing:
    judged = None if row.rubric is None else Grade(row.rubric, row.grade, row.rule, row.fired)
    control = Control(
        place=row.told,
        voice=row.voice,
        holder=row.holder,
        not_holder=row.not_holder,
        says=row.says,
        side=row.side,
        since=row.since,
        basis=row.basis,
        articles=row.articles,
        outlets=row.outlets,
        origins=row.origins,
        last_known=row.last_known,
        until=row.until,
        contested=row.contested,
        besieged_by=row.besieged_by,
        grade=judged,
        parts=row.parts,
    )
    return Standing(row.place, LaneKind(row.lane), row.who, control, row.known_since, row.known_until)


def as_dispute(row: Row) -> Disputed:
    pair = Dispute((row.a, row.b), row.about, row.why, DisputeKind(row.kind))
    return Disputed(row.id, pair, row.place, row.first, row.last, -row.lighter)


def as_question(row: Row) -> tuple[Question, tuple[Answer, ...]]:
    asked = Question(row.id, row.group, row.words, row.place, row.first, row.last, row.claims, row.score, row.reasons)
    return asked, _ANSWERS.decode(row.answers)


def as_tally(row: Row) -> Outcomes:
    leads = dict(json.loads(row.leads))
    return Outcomes(row.kind, row.key, row.who, _fates(row), leads, row.against_interest, row.with_interest)


def _fates(row: Row) -> dict[Fate, int]:
    return {fate: getattr(row, column) for fate, column in _FATES.items()}


def as_record(row: Row) -> Borne:
    return Borne(
        who=row.who,
        kind=row.kind,
        said=-row.fewer,
        fates=_fates(row),
        rate=row.rate,
        low=row.low,
        high=row.high,
        first=row.first,
        shared=row.shared,
        lead_days=row.lead_days,
        against_interest=row.against_interest,
        with_interest=row.with_interest,
        key=row.key,
    )


def as_change(row: Row) -> Change:
    return Change(
        row.number, row.place, row.name, row.day, ChangeKind(row.kind), row.before, row.after, row.known, row.claims
    )
