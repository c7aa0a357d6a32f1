"""All voices weighed: on each day on which something was said of a place, the answer that weighs most.

Theory. A voice counts once, by its latest word (that X holds it and that Y does not can be one); a voice that only repeats a story
does not count at all: the story's own voice does. A word counts for what it says: that X holds the place, or that X does not. Its
weight is a product of
  interest    what hurts the speaker's own side counts more, what helps it less (control.yml); where nobody says from whom a place was
              taken, those lose who are said to hold it at other times;
  modality    `probably` counts less;
  confidence  how often claims like it are read aright;
  recency     half after a third of the horizon, nothing beyond it;
  change      a word about days before the last change counts a quarter: who held a place before it was taken is no evidence against who
              took it. A change is a capture or a withdrawal; one that only those tell who gain by it is none until others do.
The holder is who has most weight, taken for and against, if that is more than nothing; else the answer is who, for most, is gone from it.
So a later capture moves the answer whoever reports it, unless what others say of the same days outweighs it; and one that helps who
reports it has to wait until the words against it are old. Who told of a capture that was lost again still weighs, but does not stand
behind the next one. The weights were chosen by reason, not fitted (control.yml).
This file grades nothing and asks nobody's record: how far a voice was borne out is told beside the answer, not mixed into it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from whosays.nouns import NOT_ALIGNED, Interest, SourceKind
from whosays.weigh import sameness
from whosays.weigh.interest import Gain, interest
from whosays.weigh.moves import Move, Rules, What, order, rules
from whosays.weigh.states import SAME_EVENT, Segment, Stage, State, added, confirms, step

_Told = tuple[str, What, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A move with what it weighs on its own day."""

    move: Move
    weight: float
    aligned: bool


@dataclass(frozen=True, slots=True)
class Heard(Stage):
    """A day of the weighed lane, with the words that stand on it."""

    standing: Mapping[tuple[str, What], Word]
    changes: Mapping[tuple[What, str], Move]
    """Who is told to have taken it, or to have left it, up to that day: the last time of each."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What of all moves bears on each."""

    rivals: frozenset[str]
    """The sides that are said to have had a hand in the place at any time."""
    first: Mapping[_Told, Move]
    """Where a story's word is told first: outlets that print it after him who does only repeat it."""


def setting(moves: Sequence[Move], before: Setting | None = None) -> Setting:
    """Of some moves, and of those before, which it takes over."""
    first = dict(before.first) if before is not None else {}
    for move in moves:
        if tells(move):
            earliest = first.setdefault(told(move), move)
            if order(move) < order(earliest):
                first[told(move)] = move
    return Setting(_rivals(moves) | (before.rivals if before is not None else frozenset()), first)


def walk(moves: Sequence[Move], horizon: int, around: Setting) -> Sequence[Segment]:
    """What all moves together come to, in the order of days."""
    stages = list(walked(moves, horizon, around))
    return stages[-1].segments if stages else ()


def walked(moves: Sequence[Move], horizon: int, around: Setting, before: Heard | None = None) -> Iterator[Heard]:
    """What all moves together come to by the end of each of their days; with `before`, of the days after that one."""
    table = rules()
    found, state = (before.segments, before.state) if before is not None else ((), State())
    standing = dict(before.standing) if before is not None else {}
    changes = dict(before.changes) if before is not None else {}
    for day, group in groupby(moves, key=lambda move: move.day):
        today = list(group)
        for move in today:
            if _counts(move) and not _repeats(move, around):
                _hear(standing, _word(move, around.rivals, table))
        standing = {who: word for who, word in standing.items() if (day - word.move.day).days <= horizon}
        holder = state.answer.key if state.answer is not None else None
        answer = winner(standing.values(), day, horizon, table, holder)
        was, state = state, _stands(state.fresh(day, horizon), today, answer)
        if state != State():
            words = [] if state.goes_on(was) else [word.move for word in standing.values()]
            basis = [move for move in (*_behind(words, state, changes, table), *today) if state.rests_on(move)]
            found = added(found, state, day, basis, [one for one in (*words, *today) if _against(one, state, table)])
        changes |= {(one.what, one.key): one for one in today if one.change and _counts(one) and one.key is not None}
        yield Heard(day, state, found, dict(standing), dict(changes))


def _hear(standing: dict[tuple[str, What], Word], word: Word) -> None:
    """Let a voice's word take the place of its earlier ones, but for one that can be true beside it: X left, Y holds it."""
    voice, move = sameness.voice_key(word.move.said), word.move
    other = voice, What.GONE if move.what is What.HOLD else What.HOLD
    if other in standing and (move.key is None or move.key == standing[other].move.key):
        del standing[other]
    standing[voice, move.what] = word


def _rivals(moves: Iterable[Move]) -> frozenset[str]:
    """The sides that are said to have had a hand in the place."""
    sides = {party.side for move in moves for party in (move.party, move.said.claim.target) if party is not None}
    return frozenset(side for side in sides if side is not None and side != NOT_ALIGNED)


def _counts(move: Move) -> bool:
    """Does it say who holds the place? Who is said not to have left it is there, and need not hold it."""
    return move.what is What.GONE or (move.what is What.HOLD and move.said.claim.type != "withdraw")


def tells(move: Move) -> bool:
    """Does an outlet tell in its own words who holds the place?"""
    return _counts(move) and move.said.claim.source.kind is SourceKind.NARRATION


def told(move: Move) -> _Told:
    """What it tells, of what story."""
    return sameness.story(move.said), move.what, move.key or ""


def _repeats(move: Move, around: Setting) -> bool:
    """Does an outlet only print what another one's story tells?"""
    return tells(move) and sameness.voice_key(around.first[told(move)].said) != sameness.voice_key(move.said)


def _word(move: Move, rivals: frozenset[str], table: Rules) -> Word:
    own = frozenset() if move.side in (None, NOT_ALIGNED) else frozenset({move.side})
    others = rivals - own
    about = Gain(own, others) if move.what is What.HOLD else Gain(others, own)
    found, claim = interest(move.said, about), move.said.claim
    weight = table.interest[found] * table.modality[claim.modality] * claim.confidence
    return Word(move, weight, found is Interest.ALIGNED)


def winner(words: Iterable[Word], day: date, horizon: int, table: Rules, holder: str | None) -> Move | None:
    """The answer that weighs most on a day, as most of those who give it have it; None where nobody says. Between equals the one
    before stands: `holder`."""
    words = sorted(words, key=lambda word: (word.move.day, sameness.order(word.move.said.claim)))
    turn = max((word.move.day for word in words if word.move.change and not word.aligned), default=date.min)
    now = [(word.move, _now(word, day, turn, horizon, table)) for word in words]
    scores: dict[str, float] = defaultdict(float)
    for move, weight in now:
        for key in _meant(move, words):
            scores[key] += weight if move.what is What.HOLD else -weight
    holders = {move.key for move, _ in now if move.what is What.HOLD and move.key is not None}
    best = max(sorted(holders), key=lambda key: (scores[key], key == holder), default=None)
    if best is not None and scores[best] > 0:
        return _told([(move, weight) for move, weight in now if move.what is What.HOLD and move.key == best])
    gone = [(move, weight) for move, weight in now if move.what is What.GONE and move.key is not None]
    return _told(gone or now)


def _meant(move: Move, words: Sequence[Word]) -> Sequence[str]:
    """Of whom it is said that he holds it or not. `It fell`, `it was not taken` are said of who is told to have taken it in those days;
    of nobody, where several are told to have."""
    if move.key is not None:
        return (move.key,)
    if not (move.change or move.says.startswith("not taken")):
        return ()
    near = (one.move for one in words if one.move.change and abs((one.move.day - move.day).days) <= SAME_EVENT)
    takers = {one.key for one in near if one.what is What.HOLD and one.key is not None}
    return tuple(takers) if len(takers) == 1 else ()


def _told(given: Sequence[tuple[Move, float]]) -> Move | None:
    """Of moves that say the same, the one by the name that weighs most, rather as what happened than as how it is."""
    names: dict[str | None, float] = defaultdict(float)
    for move, weight in given:
        names[move.name] += weight
    best = max(given, key=lambda one: (names[one[0].name], one[0].change, one[1]), default=None)
    return None if best is None else best[0]


def _now(word: Word, day: date, turn: date, horizon: int, table: Rules) -> float:
    """What a word weighs on a later day."""
    age = (day - word.move.day).days
    recency = math.exp2(-age / max(1.0, table.half_life * horizon))
    earlier = (turn - word.move.day).days > table.same_change
    return word.weight * recency * (table.before_a_change if earlier else 1.0)


def _stands(state: State, today: Sequence[Move], answer: Move | None) -> State:
    """What stands with this answer after the moves of a day."""
    if answer is not None and not state.gives(answer):
        state = State(answer) if answer.change else replace(state, answer=answer)
    for move in today:
        if move.what not in (What.HOLD, What.GONE) or (state.answer is not None and confirms(move, state.answer)):
            state = step(state, move)
    return state


def _behind(
    words: Sequence[Move], state: State, changes: Mapping[tuple[What, str], Move], table: Rules
) -> Sequence[Move]:
    """The words that may stand behind a new answer: not those of days before it had ended once, unless nobody else gives it."""
    answer = state.answer
    if answer is None:
        return words
    ended = max((change.day for change in changes.values() if _ends(change, answer)), default=date.min)
    later = [move for move in words if (ended - move.day).days <= table.same_change]
    return later if any(move.what is answer.what and move.key == answer.key for move in later) else words


def _ends(change: Move, answer: Move) -> bool:
    """Is what the answer says over by a change: an enemy of the holder took it, the holder left it, who was gone came back?"""
    if change.what is answer.what:
        return change.what is What.HOLD and sameness.opposed(change.party, answer.party)
    return change.key == answer.key


def _against(move: Move, state: State, table: Rules) -> bool:
    """Does a move speak against the answer that stands, of days on which it stood?"""
    answer = state.answer
    if answer is None or move.what not in (What.HOLD, What.GONE) or confirms(move, answer):
        return False
    if (answer.day - move.day).days > table.same_change:
        return False
    if move.key is None:
        return answer.change and not move.change and move.what is not answer.what
    if move.what is answer.what:
        return move.what is What.HOLD and not sameness.same_party(move.party, answer.party)
    return move.key == answer.key
