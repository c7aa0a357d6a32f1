"""Where the time of reading goes: seconds and calls by step, and what was skipped. A leaf: imports no stage.

    profile = Profile()
    with profile.step(Step.PAGES):
        ...
    profile.count(Tally.KEPT, 3)
    both = profile + another          # from another process: a Profile can be pickled

Seconds are processor time of one thread (`time.thread_time`), so over several processes they may add up to more than the clock's.
Some steps lie within others (`WITHIN`): `PAGES` holds `PARSER`. `SILENT` measures nothing and costs nothing to speak of: it is the
default wherever a profile can be given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from time import thread_time


class Step(StrEnum):
    """An arrow of the pipeline, or a part of one."""

    KNOWN = "known"
    """Are the bytes in the ledger already? (engines/)"""
    RELEVANCE = "relevance"
    PAGES = "pages"
    PARSER = "parser"
    """lxml, trafilatura, htmldate."""
    LANGUAGE = "language"
    MODEL = "model"
    """The network and what is decoded from it: labels, trees, links, coreference."""
    ENCODER = "encoder"
    """The network alone."""
    PLACES = "places"
    ACTORS = "actors"
    TIMES = "times"
    CLAIMS = "claims"
    DISPUTES = "disputes"
    LEDGER = "ledger"
    """Comparing with what is there, and writing. (engines/)"""


WITHIN: Mapping[Step, Step] = {Step.PARSER: Step.PAGES, Step.MODEL: Step.LANGUAGE, Step.ENCODER: Step.MODEL}
"""Steps that are counted in another one too."""


class Tally(StrEnum):
    """What is counted beside calls."""

    KEPT = "paragraphs read before"
    """Windows of the encoder whose result was at hand."""
    READ = "paragraphs read"


class Profile:
    """Seconds and calls by step, and tallies; grows while pages are read. Not for several threads at once."""

    __slots__ = ("calls", "seconds", "tallies")

    def __init__(self) -> None:
        self.seconds: dict[Step, float] = {}
        self.calls: Counter[Step] = Counter()
        self.tallies: Counter[Tally] = Counter()

    def step(self, step: Step) -> AbstractContextManager[None]:
        """Times what is done within; an exception is timed and passes."""
        return self._timed(step)

    @contextmanager
    def _timed(self, step: Step) -> Iterator[None]:
        begun = thread_time()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + thread_time() - begun
            self.calls[step] += 1

    def count(self, what: Tally, number: int) -> None:
        """So many more."""
        self.tallies[what] += number

    def add(self, seconds: Mapping[Step, float], calls: Mapping[Step, int], tallies: Mapping[Tally, int]) -> None:
        """What another one holds, that of another process for one."""
        for step, spent in seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + spent
        self.calls.update(calls)
        self.tallies.update(tallies)

    def take(self, other: Profile) -> None:
        """All that another one holds."""
        self.add(other.seconds, other.calls, other.tallies)

    def __add__(self, other: Profile) -> Profile:
        both = Profile()
        for one in (self, other):
            both.take(one)
        return both

    def lines(self) -> Iterator[str]:
        """A table for people: each step with its seconds, its share of all, its calls, and milliseconds a call."""
        whole = self.whole() or 1.0
        yield f"{'step':<14}{'seconds':>9}{'share':>8}{'calls':>9}{'ms each':>9}"
        for step in Step:
            if calls := self.calls[step]:
                seconds, name = self.seconds[step], ("  " if step in WITHIN else "") + step
                yield f"{name:<14}{seconds:9.2f}{seconds / whole:8.1%}{calls:9,}{1000 * seconds / calls:9.2f}"
        for what, number in self.tallies.items():
            yield f"{number:,} {what}"

    def whole(self) -> float:
        """Seconds of all steps, those within others counted once."""
        return sum(seconds for step, seconds in self.seconds.items() if step not in WITHIN)

    def outside(self) -> float:
        """Seconds outside the model and the HTML parser."""
        return self.whole() - self.seconds.get(Step.MODEL, 0.0) - self.seconds.get(Step.PARSER, 0.0)


class _Silent(Profile):
    """Measures nothing."""

    __slots__ = ()

    def step(self, step: Step) -> AbstractContextManager[None]:
        return _NOTHING

    def count(self, what: Tally, number: int) -> None:
        pass

    def add(self, seconds: Mapping[Step, float], calls: Mapping[Step, int], tallies: Mapping[Tally, int]) -> None:
        pass


_NOTHING = nullcontext()
SILENT: Profile = _Silent()
"""The profile where nobody asked for one."""
