"""Judgements as they are kept, and which of them is in force. Read only.

    told(connection, …) -> Judgements                   newest first
    in_force(connection, about, subjects)               subject → the judgement in force
    kept, in_force_of                                   the same with the rows that were judged

**In force** is, of the judgements of one subject, the last by the judges' clocks that is not undone (ties by id). An undo may itself be
undone: then what it undid holds again. Nothing else is looked at, so that the order in which a ledger was told never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from whosays.errors import Misuse
from whosays.ledger import sql
from whosays.ledger.fetched import Row
from whosays.ledger.judged import judgements, subjects
from whosays.nouns import Judgement, Subject, Verdict


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement as it is kept: with the row of extractions that was judged, if it is about a claim."""

    said: Judgement
    reading: str | None = None
    claim: str | None = None


def told(
    connection: Connection, subject: str | None, *, by: str | None, after: str | None, limit: int | None
) -> Iterator[Judgement]:
    """Judgements, newest first by the judges' clocks: of a claim (also of its disputes), a place or an actor; of one judge; those
    that come `after` one of them (its id) in this order."""
    j = judgements.c
    query = select(judgements).order_by(j.at.desc(), j.seq.desc()).limit(limit)
    if subject is not None:
        own = select(subjects.c.judgement).where(subjects.c.subject == subject)
        query = query.where(or_(j.subject == subject, j.id.in_(own)))
    if by is not None:
        query = query.where(j.by == by)
    if after is not None:
        last = connection.execute(select(j.at, j.seq).where(j.id == after)).first()
        if last is None:
            raise Misuse(f"after: no judgement {after!r} in this ledger. Give the id of the last one you have.")
        query = query.where(or_(j.at < last.at, and_(j.at == last.at, j.seq < last.seq)))
    for row in connection.execute(query):
        yield kept_of(row).said


def one(connection: Connection, id_: str) -> Judgement | None:
    """A judgement by its id."""
    row = connection.execute(select(judgements).where(judgements.c.id == id_)).first()
    return None if row is None else kept_of(row).said


def in_force(connection: Connection, about: Subject, wanted: Iterable[str] | None) -> dict[str, Judgement]:
    """The judgement in force of each of these subjects, or of all, that have one."""
    found = kept(connection, about, None if wanted is None else list(wanted))
    return {subject: one.said for subject, one in found.items()}


def kept(connection: Connection, about: Subject, wanted: Sequence[str] | None) -> dict[str, Kept]:
    """The same, with the rows that were judged."""
    own: ColumnElement[bool] = judgements.c.about == about
    if wanted is not None:
        own = and_(own, judgements.c.subject.in_(select(sql.each(wanted))))
    of: dict[str, list[Kept]] = defaultdict(list)
    for row in connection.execute(select(judgements).where(own).order_by(judgements.c.subject)):
        of[row.subject].append(kept_of(row))
    standing = {subject: in_force_of(history) for subject, history in of.items()}
    return {subject: one for subject, one in standing.items() if one is not None}


def of_subject(connection: Connection, about: Subject, subject: str) -> list[Kept]:
    """All that was said of one subject, undos included, which are filed under what they undo."""
    own = select(judgements).where(judgements.c.about == about, judgements.c.subject == subject)
    return [kept_of(row) for row in connection.execute(own)]


def in_force_of(history: Sequence[Kept]) -> Kept | None:
    """Of all that was said of one subject, what is in force."""
    gone = undone(history)
    left = [one for one in history if one.said.undoes is None and one.said.id not in gone]
    return max(left, key=lambda one: (one.said.at, one.said.id), default=None)


def undone(history: Sequence[Kept]) -> set[str]:
    """Ids of the judgements that are undone. An undo holds unless it is undone in turn: so the last of such a chain goes first."""
    undoes = {one.said.id: one.said.undoes for one in history}
    found: set[str] = set()
    for id_ in sorted(undoes, key=lambda id_: _steps(id_, undoes), reverse=True):
        target = undoes[id_]
        if target is not None and id_ not in found:
            found.add(target)
    return found


def _steps(id_: str, undoes: Mapping[str, str | None]) -> int:
    """How many undos lie between a judgement and what was judged first."""
    target, steps = undoes.get(id_), 0
    while target is not None:
        target, steps = undoes.get(target), steps + 1
    return steps


def kept_of(row: Row) -> Kept:
    """From a row of `judgements`."""
    said = Judgement(
        id=row.id,
        about=Subject(row.about),
        subjects=row.subjects,
        verdict=Verdict(row.verdict),
        fields=row.fields,
        by=row.by,
        at=row.at,
        note=row.note,
        undoes=row.undoes,
    )
    return Kept(said, row.reading, row.claim)
