"""The tables of judgements, beside those of `tables.py`: what people said of claims, disputes, places and actors, and what follows.

    judgements ─< subjects        merged_into: as what a merge tells a place or an actor
    overlay, merged               derived: which rows are in force in place of those that a reader found (`overlay.py`, `merges.py`)

A judgement of a claim points to the row of extractions that was judged (`reading`, `claim`): a correction writes one of its own, under
a reading that no page speaks through (`readings.rank` is empty).
"""

from __future__ import annotations

import json

from sqlalchemy import Column, Dialect, ForeignKey, Index, Text, TypeDecorator

from whosays.ledger.tables import REAL, Instant, Integer, Strings, strict
from whosays.nouns import Fix


class Fixes(TypeDecorator[dict[str, Fix]]):
    """Corrected fields that are only ever read together: a JSON object, in the order of their names."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Fix] | None, dialect: Dialect) -> str | None:
        """`{"count": [3, 3], "type": "attack"}`"""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Fix] | None:
        """The fields."""
        if value is None:
            return None
        return {name: tuple(fix) if isinstance(fix, list) else fix for name, fix in json.loads(value).items()}


judgements = strict(
    "judgements",
    Column(
        "seq", Integer, primary_key=True
    ),  # in the order in which this ledger was told; says nothing of what is in force
    Column("id", Text, nullable=False, unique=True),
    Column("about", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what it is filed under (Judgement.subject)
    Column("subjects", Strings, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("fields", Fixes, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", Text),
    Column("undoes", Text, ForeignKey("judgements.id")),
    Column("reading", Text, ForeignKey("readings.id")),  # with `claim`: the row that was judged; NULL: it was no claim
    Column("claim", Text, ForeignKey("claims.id")),
    Index("judgements_by_subject", "about", "subject"),
)

subjects = strict(
    "subjects",  # of judgements, one by one: which have to do with a claim
    Column("subject", Text, primary_key=True),
    Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
    rowid=False,
)

merged_into = strict(
    "merged_into",  # the place or actor that another is told as, as it was known when the judgement was made
    Column("judgement", Text, ForeignKey("judgements.id"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("side", Text),  # of an actor; the rest of a place
    Column("lat", REAL),
    Column("lon", REAL),
    Column("country", Text),
    Column("feature", Text),
    Column("population", Integer),
    Column("geonameid", Integer),
    Column("admin1", Text),
    Column("admin2", Text),
    Column("radius", REAL),
    Column("relation", Text),
)

overlay = strict(
    "overlay",
    Column("reading", Text, ForeignKey("readings.id"), primary_key=True),
    Column("claim", Text, ForeignKey("claims.id"), primary_key=True),
    Column("root", Text, nullable=False, index=True),  # id under which the claim is shown: the one that was judged
    Column("shown", Integer, nullable=False),  # 0 never; 1 always; 2 where rejected claims are asked for
    rowid=False,
    derived=True,
)

merged = strict(
    "merged",
    Column("about", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("judgement", Text, ForeignKey("merged_into.judgement"), nullable=False),  # the last one of the chain
    rowid=False,
    derived=True,
)
