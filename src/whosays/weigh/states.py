"""What a lane has come to: who holds the place, who has parts of it, who besieges it; and for how long it stays so.

`step` is the one rule by which a move changes a state; a `Segment` is the days through which it did not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from whosays.weigh.moves import Move, What

SAME_EVENT = 7
"""Days: a fall that is told, or denied, without a taker is the one told shortly before with him."""


@dataclass(frozen=True, slots=True)
class State:
    """The moves that stand."""

    answer: Move | None = None
    """Who holds it, or is gone from it."""
    parts: Move | None = None
    siege: Move | None = None

    def same(self, other: State) -> bool:
        """Would people read the two as one?"""
        pairs = zip((self.answer, self.parts, self.siege), (other.answer, other.parts, other.siege), strict=True)
        return all(_marks(a) == _marks(b) for a, b in pairs)

    def gives(self, answer: Move) -> bool:
        """Is this the answer that stands?"""
        return _marks(self.answer) == _marks(answer)

    def goes_on(self, before: State) -> bool:
        """Is its answer that of another state?"""
        return self.answer is not None and before.gives(self.answer)

    def fresh(self, day: date, horizon: int) -> State:
        """Without what has not been heard of for so many days. Answers stay: they become the last known."""
        old = [move for move in (self.parts, self.siege) if move is not None and (day - move.day).days > horizon]
        return (
            self
            if not old
            else replace(
                self, parts=None if self.parts in old else self.parts, siege=None if self.siege in old else self.siege
            )
        )

    def rests_on(self, move: Move) -> bool:
        """Does the move say what stands, or a piece of it?"""
        if self.answer is not None and move.what in (What.HOLD, What.GONE):
            return confirms(move, self.answer)
        return any(one is not None and _marks(one) == _marks(move) for one in (self.parts, self.siege))


def _marks(move: Move | None) -> tuple[What, str | None] | None:
    """What people would read as one: whoever holds it by another of his names; but parts taken and parts left are two things."""
    if move is None:
        return None
    return move.what, move.says if move.what is What.PART or move.key is None else move.key


def confirms(move: Move, answer: Move) -> bool:
    """Does a move that speaks of the holder bear out the answer that stands?"""
    if answer.what is What.GONE:
        return _marks(move) == _marks(answer)
    if move.what is What.HOLD:
        unnamed = move.key is None and not (move.change and abs((move.day - answer.day).days) > SAME_EVENT)
        return move.key == answer.key or unnamed
    if move.key is None:  # `it was not taken` bears out who held it, and nobody who took it
        return not move.change and not answer.change
    return move.key != answer.key


def step(state: State, move: Move) -> State:
    """What stands after a move of the same lane."""
    holder = state.answer.key if state.answer is not None and state.answer.what is What.HOLD else None
    if move.what is What.LIFT:
        return replace(state, siege=None)
    if move.what is What.BESIEGE:
        return state if move.key is not None and move.key == holder else replace(state, siege=move)
    if move.what is What.PART:
        return (
            state
            if move.key == holder and move.key is not None and "left" not in move.says
            else replace(state, parts=move)
        )
    siege = state.siege
    if siege is not None and (siege.key == move.key or (move.what is What.HOLD and move.change)):
        siege = None  # who besieged it is in, or has left; or somebody took it
    if state.answer is not None and confirms(move, state.answer):
        named = move.key is not None and move.key == state.answer.key
        answer = replace(move, says=state.answer.says) if named else state.answer
        return State(answer, None if named else state.parts, siege)
    return State(move, None, siege)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days through which a lane says the same."""

    state: State
    since: date
    answered: date
    """The first day of its answer; parts and sieges may have come later."""
    last: date
    """When it last said so."""
    basis: tuple[Move, ...]
    against: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What a lane has come to by the end of a day: from here it can be walked on."""

    day: date
    state: State
    segments: Sequence[Segment]


def added(
    found: Sequence[Segment], state: State, day: date, basis: Sequence[Move], against: Sequence[Move] = ()
) -> list[Segment]:
    """The segments with what a lane says on one more day: the last goes on, or a new one begins."""
    last = found[-1] if found else None
    about = [move for move in basis if state.answer is None or move.what in (What.HOLD, What.GONE)]
    unanswered = last is not None and state.answer is None and state.same(last.state)  # the same siege, told or not
    if last is None or not (unanswered or state.goes_on(last.state)):
        return [*found, Segment(state, day, day, day, tuple(basis), tuple(against))]
    heard = max((move.day for move in about), default=last.last)
    held = [move for move in last.basis if state.rests_on(move)]
    longer = Segment(
        state, last.since, last.answered, max(last.last, heard), (*held, *basis), (*last.against, *against)
    )
    if last.state.same(state):
        return [*found[:-1], longer]
    return [*found, replace(longer, since=day)]
