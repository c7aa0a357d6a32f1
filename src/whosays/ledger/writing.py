"""How a page is written: all of it, or nothing. Within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, Table, insert, select

from whosays.ledger import overlay, rows, sql, views
from whosays.ledger.tables import (
    articles,
    captures,
    claims,
    comments,
    credit_lines,
    extractions,
    names,
    parts,
    readings,
)
from whosays.nouns import Article, Capture, Claim, Refusal, Stage


class Outcome(StrEnum):
    """What adding a page came to."""

    NEW = "new"
    REPRINT = "reprint"
    """A new article whose body is word for word that of another one."""
    AGAIN = "again"
    """The article was there; this capture of it, or this reader, is new."""
    KNOWN = "known"
    """Nothing changed."""


def mismatch(article: Article, found: Sequence[Claim]) -> Refusal | None:
    """The way back to the words is what a ledger is for: it takes no claim that does not lead there."""
    seen: set[str] = set()
    for claim in found:
        if (
            claim.article != article.id
            or article.text[claim.evidence.start : claim.evidence.end] != claim.evidence.exact
        ):
            return Refusal(
                Stage.LEDGER, "evidence", f"The evidence of claim {claim.id} is not in article {article.id}."
            )
        if claim.id in seen:
            return Refusal(Stage.LEDGER, "identity", f"Two claims of article {article.id} have the id {claim.id}.")
        seen.add(claim.id)
    return None


def write(
    connection: Connection,
    capture: Capture,
    found: Sequence[Claim],
    *,
    name: str,
    reader: str,
    body: str,
    given: date | None,
) -> Outcome | Refusal:
    """One page, within a transaction."""
    bundle = rows.bundle(capture)
    reading = rows.reading(capture, bundle.key, reader=reader, name=name, given=given)
    article, key = capture.article.id, str(reading["id"])
    if there(connection, readings, key) or (
        given and connection.execute(views.done(capture.raw, reader, given)).scalar()
    ):
        return Outcome.KNOWN
    if there(connection, articles, article):
        outcome = Outcome.AGAIN
        known = {row.id: row for row in connection.execute(select(claims).where(claims.c.article == article))}
        captured = there(connection, captures, bundle.key)
    else:
        reprint = connection.execute(select(articles.c.id).where(articles.c.body == body).limit(1)).first()
        outcome = Outcome.NEW if reprint is None else Outcome.REPRINT
        known, captured = {}, False
    identities = [rows.claim(claim) for claim in found]
    for row in identities:
        if row["id"] in known and any(getattr(known[row["id"]], column) != value for column, value in row.items()):
            return Refusal(Stage.LEDGER, "identity", f"Claim {row['id']} is in the ledger already, with other words.")

    if outcome is not Outcome.AGAIN:
        connection.execute(insert(articles), {"id": article, "body": body})
    if not captured:
        sql.insert_all(connection, captures, [bundle.capture])
        sql.insert_all(connection, parts, bundle.parts)
        sql.insert_all(connection, comments, bundle.comments)
        sql.insert_all(connection, credit_lines, bundle.credit_lines)
    connection.execute(insert(readings), reading)
    sql.insert_all(connection, claims, [row for row in identities if row["id"] not in known])
    sql.insert_all(connection, extractions, [rows.extraction(claim, key, capture.article.published) for claim in found])
    sql.insert_all(connection, names, [row for claim in found for row in rows.names(claim, key)])
    overlay.refresh(connection, article)
    return outcome


def there(connection: Connection, table: Table, key: object) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == key)).first() is not None
