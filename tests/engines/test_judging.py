"""What an analyst may name; and judged disputes in weighing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.ledger.test_judgements import ARTICLE, TAKEN, judge, read
from tests.stores import Places
from whosays import ledger, weigh
from whosays.actors import roster
from whosays.engines import judging, weighing
from whosays.nouns import Polarity, Subject, Verdict
from whosays.text import digest

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_places_actors_and_types_are_known_by_their_keys() -> None:
    known = judging.known(roster())
    for name in ("geonames:98182", "extra:no-such-place", "geonames:x", "division:SY/Nowhere", ""):
        place = known.place(name)
        assert place is None or place.key == name
    baghdad = known.place("geonames:98182")
    assert baghdad is not None
    assert (baghdad.name, baghdad.country) == ("Baghdad", "IQ")
    division = known.place(f"division:IQ/{baghdad.admin1}")
    assert division is not None
    assert division.feature == "admin1"
    key = min(roster().by_key)
    actor = known.actor(key, NOW.date())
    assert actor is not None
    assert actor.key == key
    assert known.actor("no such actor", None) is None
    assert {"capture", "casualties"} <= known.types


def test_what_was_judged_different_is_no_dispute_and_no_question_joins_it(at: Places) -> None:
    other = replace(ARTICLE, id="1123456789abcdef", publisher="Other")
    denied = replace(TAKEN, id=digest("denied"), article=other.id, polarity=Polarity.DENIED)
    with ledger.open(at.new()) as store:
        read(store, (TAKEN,))
        read(store, (denied,), article=other, raw=digest("other", length=64))
        claims = weighing.view(store)
        assert len(weigh.disputes(claims)) == len(weigh.questions(claims)) == 1
        for verdict, apart in ((Verdict.UNSURE, False), (Verdict.DIFFERENT, True), (Verdict.SAME, False)):
            judge(store, verdict, TAKEN.id, denied.id, about=Subject.DISPUTE)
            found = weighing.weighed(claims, weighing.apart(store))
            assert (len(found.disputes), len(found.questions)) == ((0, 2) if apart else (1, 1))
