"""What an analyst may name in a judgement: places of the gazetteer, actors of the roster, types of claims.

known(roster) -> Known        for `Ledger.judge`
"""

from __future__ import annotations

from datetime import date
from functools import partial

from whosays import claims
from whosays.actors import Roster
from whosays.ledger import Known
from whosays.nouns import Actor
from whosays.places.gazetteer import Gazetteer, in_use


def known(roster: Roster, gazetteer: Gazetteer | None = None) -> Known:
    """The shipped or the user's gazetteer, a roster, and the types that claims have."""
    return Known((gazetteer or in_use()).of_key, partial(_actor, roster), frozenset(claims.lexicon().types))


def _actor(roster: Roster, key: str, day: date | None) -> Actor | None:
    return roster.on(key, day) if key in roster.by_key else None
