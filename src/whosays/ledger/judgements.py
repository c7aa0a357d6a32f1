"""How judgements are written: of claims (accepted, corrected, rejected), of disputes, merges of places and actors, and what undoes them.

    write(connection, judgement, known) -> id

**What is judged** of a claim is the row that was shown: with every one of its values. An accepted claim therefore stays as it was
accepted, and a corrected one as it was corrected, whatever a newer reader makes of it (`overlay.py`). A second correction starts from
what the first made; it is filed under the same claim, whose id stays that of the claim the reader found.
Errors: Misuse that names the field, where a judgement cannot be made; then nothing is written. Which judgement is in force: `history.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from whosays.errors import Misuse
from whosays.ledger import corrections, history, merges, overlay, rows, sql, views
from whosays.ledger.corrections import Known
from whosays.ledger.fetched import Row
from whosays.ledger.history import Kept
from whosays.ledger.judged import judgements, subjects
from whosays.ledger.tables import parts
from whosays.nouns import Fix, Judgement, PartKind, Span, Subject, Verdict
from whosays.text import digest

FITTING = {
    Subject.CLAIM: (1, frozenset({Verdict.ACCEPTED, Verdict.CORRECTED, Verdict.REJECTED})),
    Subject.DISPUTE: (2, frozenset({Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.SCOPE_DIFFERS})),
    Subject.PLACE: (2, frozenset({Verdict.MERGED})),
    Subject.ACTOR: (2, frozenset({Verdict.MERGED})),
}
"""How many subjects a judgement has, and what it may say of them."""


def write(connection: Connection, given: Judgement, known: Known | None) -> str:
    """Write a judgement down, and what is in force because of it. Returns its id; the same one again changes nothing."""
    _check(given)
    if given.verdict is Verdict.UNDONE:
        return _undo(connection, given)
    if given.about is Subject.CLAIM:
        return _of_claim(connection, given, known)
    if given.about is Subject.DISPUTE:
        return _of_dispute(connection, given)
    return _merge(connection, given, known)


def _check(given: Judgement) -> None:
    many, verdicts = FITTING[given.about]
    if given.verdict not in verdicts | {Verdict.UNDONE}:
        may = ", ".join(sorted(verdicts))
        raise Misuse(f"verdict: a {given.about} cannot be judged {given.verdict}. Say one of: {may}.")
    if len(given.subjects) != many or len(set(given.subjects)) != many:
        what = {1: "one id", 2: "two different ids or keys"}[many]
        raise Misuse(
            f"subjects: a judgement of a {given.about} names {what}, not {', '.join(given.subjects) or 'none'}."
        )
    if not given.by.strip():
        raise Misuse("by: whose judgement is it? Give a name.")
    if given.at.tzinfo is None:
        raise Misuse("at: a time without its zone. Give one, such as 2026-11-23T09:00:00+00:00.")
    if (given.undoes is not None) != (given.verdict is Verdict.UNDONE):
        raise Misuse(f"undoes: the verdict {Verdict.UNDONE} names the judgement that it undoes; no other verdict does.")
    if bool(given.fields) != (given.verdict is Verdict.CORRECTED):
        raise Misuse("fields: a correction names the fields that it corrects; no other judgement does.")


# ------------------------------------------------------------------------------------------------ claims and disputes


def _of_claim(connection: Connection, given: Judgement, known: Known | None) -> str:
    row = _shown(connection, given.subjects[0])
    given = replace(given, subjects=(row.claim,))
    if (said := _said(connection, given)) is not None:
        return said
    reading, claim = row.reading, row.words
    if given.verdict is Verdict.CORRECTED:
        reading, claim = _correct(connection, given, row, known)
    written = _insert(connection, Kept(given, reading, claim))
    overlay.refresh(connection, row.article)
    return written


def _of_dispute(connection: Connection, given: Judgement) -> str:
    shown = [_shown(connection, one) for one in given.subjects]
    ids = sorted({row.claim for row in shown})
    if len(ids) < len(given.subjects):
        raise Misuse(f"subjects: both are claim {ids[0]}. Name two claims.")
    written = _insert(connection, Kept(replace(given, subjects=tuple(ids))))
    for article in {row.article for row in shown}:
        overlay.refresh(connection, article)
    return written


def _shown(connection: Connection, claim: str) -> Row:
    """The row of extractions that is shown for a claim, rejected or not."""
    found = connection.execute(views.claims_where(views.Filter(claim=claim, rejected=True))).first()
    if found is None:
        raise Misuse(
            f"subjects: no claim {claim!r} is shown in this ledger. `whosays claims` prints the ids of claims."
        )
    return found


def _correct(connection: Connection, given: Judgement, row: Row, known: Known | None) -> tuple[str, str]:
    """Write the corrected row under a reading of its own. Returns its key: reading and claim."""
    capture = connection.execute(views.text_of(row.reading)).one()
    own = select(parts.c.start, parts.c.end).where(parts.c.capture == capture.id, parts.c.kind == PartKind.COMMENT)
    comments = tuple(Span(part.start, part.end) for part in connection.execute(own))
    one = rows.extracted(row)
    page = corrections.Page(capture.text, comments, one.article.published)
    fixed = corrections.corrected(
        replace(one.claim, id=row.words), given.fields, page=page, known=merges.Lookup(connection, known)
    )
    key = digest("judgement", row.reading, row.words, _words(given.fields), given.by, given.at.isoformat())
    stand_in = overlay.StandIn(key, fixed, capture.id, f"analyst/{given.by}", given.at)
    overlay.put(connection, stand_in, one.article.published)
    return key, fixed.id


# ------------------------------------------------------------------------------------------------------ merges, undoing


def _merge(connection: Connection, given: Judgement, known: Known | None) -> str:
    one, other = given.subjects
    lookup = merges.Lookup(connection, known)
    into = lookup.into(given.about, other)
    if into is None or lookup.into(given.about, one) is None:
        unknown = other if into is None else one
        raise Misuse(
            f"subjects: no {given.about} {unknown!r} is known here. Give keys of {given.about}s, as claims have them."
        )
    kept = Kept(replace(given, id=_id(Kept(given))))
    merges.check(connection, kept)
    written = _insert(connection, kept)
    merges.put(connection, written, into)
    merges.refresh(connection)
    return written


def _undo(connection: Connection, given: Judgement) -> str:
    row = connection.execute(select(judgements).where(judgements.c.id == given.undoes)).first()
    if row is None:
        raise Misuse(f"undoes: no judgement {given.undoes!r} in this ledger.")
    target = history.kept_of(row).said
    if (target.about, target.subjects) != (given.about, given.subjects):
        raise Misuse(f"subjects: judgement {target.id} is about {target.about} {', '.join(target.subjects)}.")
    if (said := _said(connection, given)) is not None:
        return said
    if target.id in history.undone(history.of_subject(connection, target.about, target.subject)):
        raise Misuse(f"undoes: judgement {target.id} is undone already.")
    kept = Kept(replace(given, id=_id(Kept(given))))
    if given.about in (Subject.PLACE, Subject.ACTOR):
        merges.check(connection, kept)
        written = _insert(connection, kept)
        merges.refresh(connection)
        return written
    written = _insert(connection, kept)
    for article in overlay.articles_of(connection, given.subjects):
        overlay.refresh(connection, article)
    return written


# ------------------------------------------------------------------------------------------------------------- writing


def _said(connection: Connection, given: Judgement) -> str | None:
    """The id of the same judgement, if it was written before: of another row perhaps, since it may itself have changed what is shown."""
    for kept in history.of_subject(connection, given.about, given.subject):
        if replace(kept.said, id=given.id) == given:
            return kept.said.id
    return None


def _insert(connection: Connection, kept: Kept) -> str:
    said, id_ = kept.said, _id(kept)
    if connection.execute(select(judgements.c.id).where(judgements.c.id == id_)).first() is not None:
        return id_
    connection.execute(
        insert(judgements),
        {
            "id": id_,
            "about": said.about,
            "subject": said.subject,
            "subjects": said.subjects,
            "verdict": said.verdict,
            "fields": dict(said.fields),
            "by": said.by,
            "at": said.at,
            "note": said.note,
            "undoes": said.undoes,
            "reading": kept.reading,
            "claim": kept.claim,
        },
    )
    sql.insert_all(connection, subjects, [{"subject": one, "judgement": id_} for one in said.subjects])
    return id_


def _id(kept: Kept) -> str:
    said = kept.said
    who = (said.by, said.at.isoformat(), said.note, said.undoes)
    return digest(said.about, *said.subjects, said.verdict, _words(said.fields), *who, kept.reading, kept.claim)


def _words(fields: Mapping[str, Fix]) -> str:
    return json.dumps(dict(fields), sort_keys=True, ensure_ascii=False)
