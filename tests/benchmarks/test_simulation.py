"""The made-up war: the same for everyone, its pages such as a ledger takes, its truth where its claims say it is."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks import simulation
from benchmarks.simulation import Setting, stream, war
from whosays import ledger

SMALL = Setting(bias=0.5, copying=0.5, delay=3, wrong=0.2, towns=6, days=120)


def test_a_seed_makes_one_war() -> None:
    assert war(SMALL, 1).extractions == war(SMALL, 1).extractions
    assert war(SMALL, 1).extractions != war(SMALL, 2).extractions


def test_the_truth_does_not_depend_on_what_is_said() -> None:
    loud = Setting(bias=0.9, copying=0.8, delay=10, towns=6, days=120)
    assert [town.holders for town in war(SMALL, 1).towns] == [town.holders for town in war(loud, 1).towns]


def test_honest_voices_that_hear_at_once_are_wrong_by_mistake_alone() -> None:
    found = war(Setting(bias=0, copying=0, delay=0, towns=30), 1)
    noise = {voice.name: voice.noise for voice in found.voices}
    wrong = sum(not found.true(town, one) for town, one in found.statements)
    assert wrong <= 1.5 * sum(noise[one.voice.name] for _, one in found.statements)


def test_bias_makes_liars_of_sides_and_not_of_monitors() -> None:
    found = war(Setting(bias=0.9, copying=0, delay=0, towns=30), 1)
    sided, other = Counter(), Counter()
    for town, one in found.statements:
        (other if one.voice.side == "none" else sided)[found.true(town, one)] += 1
    assert sided[False] / sided.total() > 0.25
    assert other[False] / other.total() < 0.1


def test_copies_share_story_body_and_source() -> None:
    stories: dict[str, set[tuple[object, ...]]] = {}
    pages = Counter()
    for one in war(SMALL, 1).extractions:
        stories.setdefault(one.story or "", set()).add((one.article.body, one.claim.source, one.claim.evidence.exact))
        pages[one.story] += 1
    assert all(len(told) == 1 for told in stories.values())
    assert max(pages.values()) > 3


def test_wrong_sides_are_on_the_list_alone() -> None:
    found = war(Setting(wrong=1.0, towns=1), 1)
    assert all(voice.listed != voice.side for voice in found.voices)
    assert [voice.side for voice in found.voices] == [voice.side for voice in war(Setting(towns=1), 1).voices]


def test_a_ledger_takes_the_stream_in_the_order_of_its_dates(tmp_path: Path) -> None:
    pages = list(stream(60, 1, first=90))
    assert all(a.article.published <= b.article.published for a, b in pairwise(pages))  # type: ignore[operator]
    with ledger.open(str(tmp_path / "ledger.db"), create=True) as store:
        for page in pages:
            outcome = store.add(page.capture, page.claims, name="page", reader=simulation.__name__, body=page.body)
            assert outcome in (ledger.Outcome.NEW, ledger.Outcome.REPRINT)
        assert store.counts().claims == 300
        assert store.counts().reprints > 0
