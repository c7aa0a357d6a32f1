"""Articles from the rows of their captures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from whosays.ledger import rows, views
from whosays.ledger.fetched import Row
from whosays.ledger.tables import comments, credit_lines, parts
from whosays.nouns import Article


def articles(connection: Connection, captured: Sequence[Row]) -> Iterator[Article]:
    """Each with what is inside it, in the order of the rows. In a few queries, however many they are."""
    keys = [capture.id for capture in captured]
    within: list[dict[str, list[Row]]] = []
    for table in (parts, comments, credit_lines):
        within.append({key: [] for key in keys})
        for row in connection.execute(views.inner(table, keys)):
            within[-1][row.capture].append(row)
    for capture in captured:
        own = [of[capture.id] for of in within]
        yield rows.article(capture, parts=own[0], comments=own[1], credit_lines=own[2])
