"""Any run of judging, undoing, merging and re-reading: nothing is overwritten, an undo restores what was shown before it, and a ledger
told the same in another order shows the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.ledger.test_judgements import (
    ARTICLE,
    ELSEWHERE,
    KILLED,
    KNOWN,
    NOW,
    RAQQA,
    RAWA,
    SHIFTED,
    TAKEN,
    TOKYO,
    read,
)
from tests.stores import Places
from whosays import ledger
from whosays.errors import Misuse
from whosays.ledger import Ledger
from whosays.nouns import Claim, Extraction, Fix, Judgement, Polarity, Subject, Verdict

FOUND = (TAKEN, replace(TAKEN, polarity=Polarity.DENIED), SHIFTED, ELSEWHERE, KILLED)
"""What a reader may find; at most one of each id."""
FIXES: tuple[dict[str, Fix], ...] = (
    {"type": "control"},
    {"polarity": "denied"},
    {"place": "Raqqa", "place_key": RAQQA.key},
)
KEYS = (RAWA.key, RAQQA.key, TOKYO.key)
Shown = tuple[list[Extraction], list[Extraction]]


def shown(store: Ledger) -> Shown:
    return list(store.claims()), list(store.claims(rejected=True))


def kept(store: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All rows that may only ever be added to."""
    with store._store.reading() as connection:
        names = ("judgements", "subjects", "merged_into", "readings", "claims", "extractions", "names")
        return {name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")] for name in names}


class Desk(RuleBasedStateMachine):
    """One ledger, and what it was told."""

    at: Places

    def __init__(self) -> None:
        super().__init__()
        self.store = ledger.open(self.at.new())
        self.clock = 0
        self.readings: list[tuple[Claim, ...]] = []
        self.said: list[Judgement] = []
        self.before: tuple[str, Shown] | None = None
        self.rows = kept(self.store)
        self.re_read((TAKEN, KILLED))

    def teardown(self) -> None:
        self.store.close()

    def re_read(self, claims: tuple[Claim, ...]) -> None:
        self.readings.append(claims)
        read(self.store, claims, f"fake/{len(self.readings)}", ARTICLE)
        self.before = None

    def tell(self, **values: object) -> None:
        self.clock += 1
        said = Judgement(by="Ada", at=NOW + timedelta(minutes=self.clock), **values)  # type: ignore[arg-type]
        before = shown(self.store)
        try:
            id_ = self.store.judge(said, known=KNOWN)
        except Misuse:
            assert shown(self.store) == before, "what is refused changes nothing"
            return
        self.said.append(next(one for one in self.store.judgements() if one.id == id_))
        self.before = (id_, before)

    @rule(claims=st.lists(st.sampled_from(FOUND), unique_by=lambda one: one.id).map(tuple))
    def newer_reader(self, claims: tuple[Claim, ...]) -> None:
        self.re_read(claims)

    @rule(claim=st.sampled_from(FOUND), verdict=st.sampled_from((Verdict.ACCEPTED, Verdict.REJECTED)))
    def judged(self, claim: Claim, verdict: Verdict) -> None:
        self.tell(about=Subject.CLAIM, subjects=(claim.id,), verdict=verdict)

    @rule(claim=st.sampled_from(FOUND), fields=st.sampled_from(FIXES))
    def corrected(self, claim: Claim, fields: dict[str, Fix]) -> None:
        self.tell(about=Subject.CLAIM, subjects=(claim.id,), verdict=Verdict.CORRECTED, fields=fields)

    @rule(one=st.sampled_from(FOUND), other=st.sampled_from(FOUND))
    def disputed(self, one: Claim, other: Claim) -> None:
        self.tell(about=Subject.DISPUTE, subjects=(one.id, other.id), verdict=Verdict.DIFFERENT)

    @rule(one=st.sampled_from(KEYS), other=st.sampled_from(KEYS))
    def merged(self, one: str, other: str) -> None:
        self.tell(about=Subject.PLACE, subjects=(one, other), verdict=Verdict.MERGED)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def undone(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.said))
        self.tell(about=one.about, subjects=one.subjects, verdict=Verdict.UNDONE, undoes=one.id)

    @precondition(lambda self: self.before is not None)
    @rule()
    def last_undone(self) -> None:
        assert self.before is not None
        id_, before = self.before
        one = next(one for one in self.said if one.id == id_)
        self.tell(about=one.about, subjects=one.subjects, verdict=Verdict.UNDONE, undoes=one.id)
        if self.said[-1].undoes == id_:
            assert shown(self.store) == before

    @invariant()
    def nothing_is_overwritten(self) -> None:
        rows = kept(self.store)
        for name, old in self.rows.items():
            assert set(old) <= set(rows[name]), name
        self.rows = rows

    @invariant()
    def each_claim_is_shown_once(self) -> None:
        for claims in shown(self.store):
            ids = [one.claim.id for one in claims]
            assert len(set(ids)) == len(ids)

    @invariant()
    def what_is_told_is_a_function_of_what_is_kept(self) -> None:
        """Made anew from the kept rows alone, the overlay is the same: so it does not matter in what order they came."""
        from whosays.ledger import merges, overlay

        before = shown(self.store)
        with self.store._store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM overlay")
            connection.exec_driver_sql("DELETE FROM merged")
            overlay.refresh(connection, ARTICLE.id)
            merges.refresh(connection)
        assert shown(self.store) == before


@pytest.mark.slow
def test_any_run(at: Places) -> None:
    Desk.at = at
    run_state_machine_as_test(Desk, settings=settings(max_examples=30, stateful_step_count=12, deadline=None))
