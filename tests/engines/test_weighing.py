"""A ledger weighed: what lies around a claim, in which parts the whole is taken, and that parts and processes change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.simulated_press import READER
from benchmarks.simulation import Stream
from whosays import ledger, weigh
from whosays.engines import weighing
from whosays.engines.copying import Copying
from whosays.engines.weighing import Weighed
from whosays.ledger import Ledger

PAGES = 60


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of made-up news: 300 claims."""
    path = tmp_path_factory.mktemp("weighing") / "book.db"
    source = Stream(seed=3)
    with ledger.open(str(path), create=True) as opened, opened.together():
        for page in map(source.page, range(PAGES)):
            opened.add(page.capture, page.claims, name="made", reader=READER, body=page.body)
    return path


@pytest.fixture
def opened(book: Path) -> Ledger:
    return ledger.open(str(book))


def test_parts_hold_every_claim_once_and_no_question_spans_two(opened: Ledger) -> None:
    parts = list(weighing.divided(opened, at_once=0))
    assert len(parts) > 2
    everything = weighing.view(opened)
    ids = [one.claim.id for part in parts for one in part]
    assert sorted(ids) == sorted(one.claim.id for one in everything)
    apart = {asked.claims for part in parts for asked in weigh.questions(part)}
    assert apart == {asked.claims for asked in weigh.questions(everything)}


def test_what_lies_around_a_claim_is_enough_for_its_question(opened: Ledger) -> None:
    everything = {one.claim.id: one for one in weighing.view(opened)}
    for asked in weigh.questions(tuple(everything.values()))[:25]:
        claim = everything[asked.claims[-1]]
        again = weigh.questions(weighing.around(opened, claim))
        assert asked.claims in {other.claims for other in again}


def test_what_an_article_touches_holds_the_questions_of_all_its_claims(opened: Ledger) -> None:
    everything = weighing.view(opened)
    article = everything[0].article.id
    own = {one.claim.id for one in everything if one.article.id == article}
    wanted = {asked.claims for asked in weigh.questions(everything) if own & set(asked.claims)}
    assert wanted <= {asked.claims for asked in weigh.questions(weighing.touched(opened, article))}


def summed(found: Weighed) -> tuple[int, int, int, int]:
    answers = sum(len(answers) for _, answers in found.questions)
    return len(found.claims), answers, len(found.disputes), len(found.words)


@pytest.mark.slow
def test_two_processes_weigh_as_one(book: Path) -> None:
    alone = list(weighing.weigh_all(str(book), summed))
    assert list(weighing.weigh_all(str(book), summed, workers=2)) == alone
    assert sum(part[0] for part in alone) == PAGES * 5


@pytest.mark.slow
def test_the_order_of_ingestion_changes_nothing(tmp_path: Path) -> None:
    pages = [Stream(seed=4).page(number) for number in range(30)]
    found = []
    for number, order in enumerate((pages, pages[::-1])):
        with ledger.open(str(tmp_path / f"{number}.db"), create=True) as opened:
            for page in order:
                opened.add(page.capture, page.claims, name="made", reader=READER, body=page.body)
                Copying(opened).of(page.article)
            found.append([weighing.weighed(part) for part in weighing.divided(opened)])
    assert found[0] == found[1]
