"""Profiles: what they add up to, and that they travel between processes."""

from __future__ import annotations

import pickle
import time

import pytest

from whosays.profile import SILENT, Profile, Step, Tally


def work(seconds: float) -> None:
    """Uses the processor for so long."""
    begun = time.thread_time()
    while time.thread_time() < begun + seconds:
        pass


def test_steps_within_others_are_counted_once() -> None:
    profile = Profile()
    with profile.step(Step.PAGES), profile.step(Step.PARSER):
        work(0.01)
    with profile.step(Step.CLAIMS):
        work(0.01)
    assert profile.whole() == pytest.approx(profile.seconds[Step.PAGES] + profile.seconds[Step.CLAIMS])
    assert profile.outside() == pytest.approx(profile.whole() - profile.seconds[Step.PARSER])
    assert 0.01 <= profile.outside() < profile.whole()
    assert profile.calls == {Step.PAGES: 1, Step.PARSER: 1, Step.CLAIMS: 1}


def test_profiles_of_processes_add_up() -> None:
    one, other = Profile(), Profile()
    for profile in (one, one, other):
        with profile.step(Step.CLAIMS):
            pass
        profile.count(Tally.KEPT, 2)
    both = pickle.loads(pickle.dumps(one)) + other
    assert both.calls[Step.CLAIMS] == 3
    assert both.tallies[Tally.KEPT] == 6
    assert both.whole() == pytest.approx(one.whole() + other.whole())
    assert one.calls[Step.CLAIMS] == 2, "adding changes neither"


def test_what_fails_is_timed_and_passes() -> None:
    profile = Profile()
    with pytest.raises(ValueError, match="broken"), profile.step(Step.CLAIMS):
        raise ValueError("broken")
    assert profile.calls[Step.CLAIMS] == 1


def test_nobody_asked() -> None:
    with SILENT.step(Step.CLAIMS):
        SILENT.count(Tally.READ, 1)
    assert not SILENT.seconds
    assert not SILENT.tallies
