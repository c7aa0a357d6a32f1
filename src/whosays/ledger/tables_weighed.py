"""What weighing came to, kept: the derived tables. What each is for stands beside it.

    unweighed → weighed_parts ─┬─< weighed_places   weighed_standings
                               ├─< weighed_claims   weighed_disputes   weighed_questions
                               └─< weighed_voices → weighed_heads      weighed_tallies → weighed_records        weighed_changes

All of it can be told from the tables of `tables.py`, but for the numbers of the changes: these tables are NOT append-only. They are
replaced part by part, and can be emptied and built again (`whosays weigh --anew`). A *part* is the whole of a small ledger, or one
division of a country (`engines/standing.py`).

`seq` is that of `claims`. `fewer`, `lighter`, `age` sort: keys are told so that the first of a listing is the smallest, since SQLite
then pages through an index by one comparison. `age`: days from publication to the end of days; undated pages are the oldest.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, MetaData, Table, Text

from whosays.ledger import sql
from whosays.ledger.tables import REAL, Day, Instant, Integer, Strings

metadata = MetaData()

WEIGHER = 2
"""Grows with every change of what weighing comes to, or of how it is written here: what another one weighed is weighed anew."""

LEAVING = 0
"""`stale` of a part that there is no more: its rows are shown until those in place of them are there."""


def _table(name: str, *items: Column[object] | Index, rowid: bool = True, numbered: bool = False) -> Table:
    """`numbered`: a number is never given twice, even after its row was deleted."""
    return sql.table(name, metadata, *items, rowid=rowid, numbered=numbered)


unweighed = _table(
    "unweighed",  # articles read, compared or judged since they were weighed; filled by triggers, emptied by weighing
    Column("seq", Integer, primary_key=True),
    Column("article", Text),  # NULL: all of them
    numbered=True,
)

state = _table(
    "weighed_state",  # one row, once anything was weighed
    Column("id", Integer, primary_key=True),  # WEIGHER of the program that did
    Column("version", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),  # is the ledger one part?
)

parts = _table(
    "weighed_parts",
    Column("n", Integer, primary_key=True),
    Column("country", Text),  # both NULL: the whole, or what lies in no division
    Column("admin1", Text),
    Column("stale", Integer, nullable=False),  # as often as it was marked outdated; below 0: weighed since; or LEAVING
    Column("weighed_at", Instant),  # NULL: not in the sums of the whole ledger yet
    numbered=True,
)

places = _table(
    "weighed_places",
    Column("key", Text, primary_key=True),
    Column("part", Integer, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("lat", REAL),  # NULL: no gazetteer has it
    Column("lon", REAL),
    Column("country", Text),
    Column("feature", Text),
    Column("population", Integer),
    Column("geonameid", Integer),
    Column("admin1", Text),
    Column("admin2", Text),
    Column("claims", Integer, nullable=False),
    Column("first", Day),
    Column("last", Day),
    Column("fewer", Integer, nullable=False),
    Index("weighed_places_by_claims", "fewer", "key"),
)

claims = _table(
    "weighed_claims",  # the claims in force, narrow: what listings are asked by
    Column("seq", Integer, primary_key=True),
    Column("part", Integer, nullable=False, index=True),
    Column("reading", Text, nullable=False),
    Column("age", Integer, nullable=False),
    Column("article", Text, nullable=False),
    Column("day_first", Day),
    Column("day_last", Day),
    Column("type", Text, nullable=False),
    Column("place", Text),
    Column("source", Text, nullable=False),
    Column("actor", Text),
    Column("target", Text),
    Column("story", Text),
    Column("printed", Day),
    Index("weighed_claims_by_age", "age", "seq", "day_first", "day_last"),
    Index("weighed_claims_by_article", "article"),
    Index("weighed_claims_by_type", "type", "age"),
    sql.index("weighed_claims_by_place", "place", "age", only="place IS NOT NULL"),
    Index("weighed_claims_by_source", "source", "age"),
    sql.index("weighed_claims_by_actor", "actor", "age", only="actor IS NOT NULL"),
)

voices = _table(
    "weighed_voices",  # how sources and actors are called in a part
    Column("part", Integer, nullable=False, index=True),
    Column("role", Text, nullable=False),  # `source` or `actor`
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("side", Text),
    Column("claims", Integer, nullable=False),
    Index("weighed_voices_by_key", "role", "key"),
)

heads = _table(
    "weighed_heads",  # sources and actors of the whole ledger
    Column("role", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", Text),
    Column("side", Text),
    Column("claims", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("fewer", Integer, nullable=False),
    Index("weighed_heads_by_claims", "role", "fewer", "key"),
    rowid=False,
)

standings = _table(
    "weighed_standings",  # who holds what, bitemporal (nouns.Standing)
    Column("part", Integer, nullable=False, index=True),
    Column("place", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("known_since", Day, nullable=False),
    Column("known_until", Day),
    Column("told", Text, nullable=False),  # the place as the lane calls it
    Column("voice", Text, nullable=False),
    Column("holder", Text),
    Column("not_holder", Text),
    Column("says", Text, nullable=False),
    Column("side", Text),
    Column("since", Day),
    Column("until", Day),
    Column("basis", Strings, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("last_known", Boolean, nullable=False),
    Column("contested", Strings, nullable=False),
    Column("besieged_by", Text),
    Column("parts", Text),
    Column("rubric", Text),  # NULL: not graded
    Column("grade", Text),
    Column("rule", Text),
    Column("fired", Strings),
    Index("weighed_standings_by_place", "place", "lane", "who", "known_since"),
    Index("weighed_standings_now", "known_until", "lane", "place"),
    sql.index("weighed_standings_lanes", "place", "lane", "who", "since", only="known_until IS NULL", everywhere=True),
)

disputes = _table(
    "weighed_disputes",
    Column("id", Text, primary_key=True),
    Column("part", Integer, nullable=False, index=True),
    Column("a", Text, nullable=False, index=True),
    Column("b", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("place", Text),
    Column("first", Day),
    Column("last", Day),
    Column("printed", Day),  # when it came up in print: the later of the two; NULL: not known
    Column("lighter", REAL, nullable=False),
    Index("weighed_disputes_by_weight", "lighter", "id"),
    sql.index("weighed_disputes_by_place", "place", "lighter", "id", only="place IS NOT NULL"),
    Index("weighed_disputes_by_kind", "kind", "lighter", "id"),
)

questions = _table(
    "weighed_questions",
    Column("id", Text, primary_key=True),
    Column("part", Integer, nullable=False, index=True),
    Column("group", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("place", Text),
    Column("first", Day),
    Column("last", Day),
    Column("claims", Strings, nullable=False),
    Column("score", REAL, nullable=False),
    Column("reasons", Strings, nullable=False),
    Column("answers", Text, nullable=False),  # JSON of nouns.Answer
    Column("n", Integer, nullable=False),  # claims
    Column("age", Integer, nullable=False),  # of its last day
    Index("weighed_questions_by_age", "age", "id", "n"),
    sql.index("weighed_questions_by_place", "place", "age", "id", only="place IS NOT NULL"),
    Index("weighed_questions_by_group", "group", "age", "id"),
)

asked = _table(
    "weighed_asked",  # which question a claim answers, but for the first, whose id it has
    Column("claim", Text, primary_key=True),
    Column("question", Text, nullable=False, index=True),
    rowid=False,
)

tallies = _table(
    "weighed_tallies",  # what became of what a voice, outlet or side said of the places of a part
    Column("part", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("borne_out", Integer, nullable=False),
    Column("refuted", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("leads", Text, nullable=False),  # JSON: days ahead of the next origin → how often
    Column("against_interest", Integer, nullable=False),
    Column("with_interest", Integer, nullable=False),
    rowid=False,
)

records = _table(
    "weighed_records",  # the same for the whole ledger (nouns.Record)
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("borne_out", Integer, nullable=False),
    Column("refuted", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("rate", REAL, nullable=False),
    Column("low", REAL, nullable=False),
    Column("high", REAL, nullable=False),
    Column("first", Integer, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("lead_days", REAL),
    Column("against_interest", Integer, nullable=False),
    Column("with_interest", Integer, nullable=False),
    Column("fewer", Integer, nullable=False),
    Index("weighed_records_by_words", "kind", "fewer", "key"),
    rowid=False,
)

changes = _table(
    "weighed_changes",  # news of places, each told once; outlives what it was told from
    Column("number", Integer, primary_key=True),
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("kind", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("known", Day, nullable=False),
    Column("claims", Strings, nullable=False),
    Column("key", Text, nullable=False),  # by whom it is told apart: side or name of who holds it
    Index("weighed_changes_once", "place", "kind", "day", "key", unique=True),
    Index("weighed_changes_by_place", "place", "number"),
)
