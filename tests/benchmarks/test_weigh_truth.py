"""The ways to count heads that weighing is held against: each counts what it says it counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks import dawid_skene, weigh_truth
from benchmarks.simulated_press import START, Statement, Voice, reprinted, written
from benchmarks.simulation import Setting, war
from benchmarks.weigh_truth import Asked
from tests.making import SOLEDAR
from whosays.nouns import SourceKind

ON = START + timedelta(days=50)


def voice(name: str) -> Voice:
    return Voice(name, SourceKind.MONITOR, "none", "none", 0.0, 0.0)


def asked(*told: tuple[str, int, str, str, int]) -> Asked:
    """Voice, day, type, side and number of copies of each story."""
    found = []
    for name, day, type_, side, copies in told:
        page = written([(SOLEDAR, Statement(voice(name), day, day, type_, side))], "Daily", day, f"{name} {day}")
        pages = [page, *(reprinted(page, f"Copyist {n}", 0, f"{name} {day} {n}") for n in range(copies))]
        found += [(START + timedelta(days=day), one) for page in pages for one in page.extractions]
    return Asked(SOLEDAR, ON, ON, tuple(found), "amber")


def test_articles_are_counted_with_their_copies_and_voices_without() -> None:
    one = asked(("A", 40, "control", "amber", 0), ("B", 41, "control", "amber", 0), ("C", 42, "capture", "blue", 5))
    assert weigh_truth.by_articles(one, 90) == "blue"
    assert weigh_truth.by_voices(one) == "amber"


def test_articles_count_within_their_days() -> None:
    one = asked(("A", 10, "control", "amber", 3), ("B", 45, "control", "blue", 0))
    assert (weigh_truth.by_articles(one, 90), weigh_truth.by_articles(one, 30)) == ("amber", "blue")


def test_a_voice_has_its_last_word_and_none_where_that_names_no_holder() -> None:
    one = asked(("A", 10, "control", "amber", 0), ("A", 40, "control", "blue", 0), ("B", 20, "control", "amber", 0))
    gone = asked(("A", 10, "control", "amber", 0), ("A", 40, "withdraw", "amber", 0))
    assert weigh_truth.labels(one) == {"voice-a": "blue", "voice-b": "amber"}
    assert weigh_truth.labels(gone) == {}
    assert weigh_truth.by_voices(gone) is None


def test_nothing_is_asked_of_what_was_not_yet_printed() -> None:
    for one in weigh_truth.asked(war(Setting(delay=10, towns=3, days=60), 1)):
        assert all((told.article.published or date.max) <= one.known and day <= one.on for day, told in one.told)


def test_equal_values_share_their_rank() -> None:
    assert weigh_truth.ranks([3.0, 1.0, 3.0, 2.0]) == [2.5, 0.0, 2.5, 1.0]


@pytest.mark.slow
@pytest.mark.skipif(not dawid_skene.installed(), reason="crowd-kit is not installed: make truth")
def test_the_library_finds_the_one_who_is_always_wrong() -> None:
    tasks = [{"a": "x", "b": "x", "c": "y"}, {"a": "y", "b": "y", "c": "x"}, {"a": "x", "b": "x", "c": "y"}, {}]
    answers, skills = dawid_skene.fit(tasks)
    assert answers == {0: "x", 1: "y", 2: "x"}
    assert skills["c"] < 0.5 < skills["a"]
