"""What is weighed stays what a ledger weighed at once has: when claims move between parts, when another weighs, reads or judges meanwhile,
and when it is killed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.simulated_press import READER, Page
from benchmarks.simulation import Stream
from tests.engines.test_standing import clock, rows
from tests.stores import Places
from whosays import ledger
from whosays.engines import standing, weighing
from whosays.ledger import Found, Ledger
from whosays.ledger import tables_weighed as tables
from whosays.nouns import Copied, Extraction, Judgement, Span, Subject, Verdict

pytestmark = pytest.mark.slow


def of_provinces(number: int) -> list[Page]:
    """Pages on towns of so many provinces, one each."""
    found = {}
    for page in map(Stream(seed=1).page, range(9)):
        where = page.claims[0].place
        assert where is not None
        assert where.place is not None
        found.setdefault(where.place.admin1, page)
    return list(found.values())[:number]


def add(opened: Ledger, page: Page, reader: str = READER) -> None:
    opened.add(page.capture, page.claims, name="made", reader=reader, body=page.body)


def as_anew(path: str, at_once: int = 0) -> None:
    """The rows are those of a ledger weighed at once, and nothing is stale."""
    with ledger.open(path) as opened:
        assert not opened.weighings.stale()
    kept = rows(path)
    standing.refresh(path, clock=clock, at_once=at_once, anew=True)
    assert kept == rows(path)


def test_a_claim_may_move_to_another_part(at: Places) -> None:
    """A newer reader reads its place elsewhere. Both parts are weighed anew, whichever comes first."""
    path, found = at.kept(), of_provinces(3)
    with ledger.open(path, create=True) as opened:
        for page in found:
            add(opened, page)
        standing.refresh(path, clock=clock, at_once=0)
        for number, there in enumerate([found[1], found[2], found[0], found[1]]):
            where = there.claims[0].place
            place = where and where.place
            moved = tuple(replace(one, place=one.place and replace(one.place, place=place)) for one in found[0].claims)
            add(opened, replace(found[0], claims=moved), reader=f"{READER}.{number}")
            standing.refresh(path, clock=clock, at_once=0)
            as_anew(path)


def test_what_was_weighed_before_a_newer_page_is_not_written_after_it(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server's worker and a command weigh one ledger at once: the slower has not seen what the quicker has."""
    path, found = at.kept(), of_provinces(2)
    with ledger.open(path, create=True) as opened:
        add(opened, found[0])
        real = standing.weighed

        def slow(*claims: tuple[Extraction, ...]) -> Found:
            monkeypatch.undo()
            seen = real(*claims)
            add(opened, found[1])
            standing.refresh(path, clock=clock)
            return seen

        monkeypatch.setattr(standing, "weighed", slow)
        standing.refresh(path, clock=clock)
    as_anew(path, standing.AT_ONCE)


def test_what_is_read_while_another_empties_the_queue_is_not_forgotten(
    at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, found = at.kept(), of_provinces(3)
    with ledger.open(path, create=True) as opened:
        for page in found[:2]:
            add(opened, page)
        standing.refresh(path, clock=clock, at_once=0)
        add(opened, found[0], reader=f"{READER}.1")
        real = weighing.linked

        def slow(of: Ledger, articles: list[str]) -> set[str]:
            monkeypatch.undo()
            standing.refresh(path, clock=clock, at_once=0)
            add(opened, found[2])
            return real(of, articles)

        monkeypatch.setattr(weighing, "linked", slow)
        standing.refresh(path, clock=clock, at_once=0)
        assert opened.weighings.stale()
        standing.refresh(path, clock=clock, at_once=0)
    as_anew(path)


def test_a_division_that_comes_up_meanwhile_is_weighed(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    path, found = at.kept(), of_provinces(2)
    with ledger.open(path, create=True) as opened:
        add(opened, found[0])
        standing.refresh(path, clock=clock, at_once=0)
        add(opened, found[0], reader=f"{READER}.1")
        real = Ledger.divisions

        def then(of: Ledger) -> tuple[ledger.Division, ...]:
            monkeypatch.undo()
            before = real(of)
            add(opened, found[1])
            return before

        monkeypatch.setattr(Ledger, "divisions", then)
        standing.refresh(path, clock=clock, at_once=0)
        assert opened.weighings.stale()
        standing.refresh(path, clock=clock, at_once=0)
    as_anew(path)


def test_what_was_weighed_and_not_summed_up_is_stale(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    path = at.kept()
    with ledger.open(path, create=True) as opened:
        add(opened, of_provinces(1)[0])
        monkeypatch.setattr(standing, "_records", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            standing.refresh(path, clock=clock)
        monkeypatch.undo()
        assert opened.weighings.stale()
        assert standing.refresh(path, clock=clock).parts == 0, "it need not be weighed again"
        assert opened.weighings.sources().rows
    as_anew(path, standing.AT_ONCE)


def test_an_undo_touches_what_the_same_bytes_were_read_as(at: Places) -> None:
    """A rejected claim hides what a newer reader made of its words, in another article and with another place."""
    path, (page, other) = at.kept(), of_provinces(2)
    one = page.claims[0]
    there = other.claims[0].place
    assert one.place is not None
    assert there is not None
    article = replace(page.capture.article, id="fedcba9876543210")
    again = replace(one, id="fedcba9876543211", article=article.id, place=replace(one.place, place=there.place))
    said = Judgement(about=Subject.CLAIM, subjects=(one.id,), verdict=Verdict.REJECTED, by="Ada", at=clock())
    with ledger.open(path, create=True) as opened:
        for each in (page, other):
            add(opened, each)
        said = replace(said, id=opened.judge(said))
        newer = replace(page.capture, article=article)
        opened.add(newer, (again,), name="made", reader=f"{READER}.1", body=page.body)
        standing.refresh(path, clock=clock, at_once=0)
        assert again.id not in {each.claim.id for each in opened.claims()}
        opened.judge(replace(said, id="", verdict=Verdict.UNDONE, undoes=said.id, at=clock() + timedelta(1)))
        assert again.id in {each.claim.id for each in opened.claims()}
        standing.refresh(path, clock=clock, at_once=0)
    as_anew(path)


def test_what_is_read_of_a_merged_place_is_weighed_where_it_is_told(at: Places) -> None:
    path, (page, other) = at.kept(), of_provinces(2)
    one, into = (each.claims[0].place for each in (page, other))
    assert one is not None
    assert one.place is not None
    assert into is not None
    assert into.place is not None
    merged = (one.place.key, into.place.key)
    with ledger.open(path, create=True) as opened:
        for each in (page, other):
            add(opened, each)
        opened.judge(Judgement(about=Subject.PLACE, subjects=merged, verdict=Verdict.MERGED, by="Ada", at=clock()))
        standing.refresh(path, clock=clock, at_once=0)
        add(opened, replace(page, claims=page.claims[:1]), reader=f"{READER}.1")
        standing.refresh(path, clock=clock, at_once=0)
    as_anew(path)


def test_what_was_a_reprint_of_an_article_that_speaks_no_more_is_weighed_anew(at: Places) -> None:
    """A newer reader reads the bytes of the first as another article, in which nothing is as in the second."""
    path, (page, other) = at.kept(), of_provinces(2)
    pair = (min(page.article.id, other.article.id), max(page.article.id, other.article.id))
    link = Copied(pair, (1.0, 1.0), ((Span(0, 9), Span(0, 9)),), True)
    with ledger.open(path, create=True) as opened:
        for each in (page, other):
            add(opened, each)
        opened.put_copied(page.article.id, [link], method="made")
        standing.refresh(path, clock=clock, at_once=0)
        for n, each in enumerate((page, other)):
            again = replace(each.capture, article=replace(each.capture.article, id=f"{n:016x}"))
            opened.add(again, (), name="made", reader=f"{READER}.{n}", body=each.body)
            standing.refresh(path, clock=clock, at_once=0)
            as_anew(path)
            opened.add(each.capture, each.claims, name="made", reader=f"{READER}.{n}.1", body=each.body)
            standing.refresh(path, clock=clock, at_once=0)
            as_anew(path)


@pytest.mark.parametrize("weigher", [tables.WEIGHER, tables.WEIGHER + 1])
def test_while_parts_are_made_anew_all_places_are_there(
    at: Places, weigher: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that outgrew one part, or that another version of this program weighed."""
    path, found, seen = at.kept(), of_provinces(4), []
    with ledger.open(path, create=True) as opened:
        for page in found:
            add(opened, page)
        standing.refresh(path, clock=clock)
        monkeypatch.setattr(tables, "WEIGHER", weigher)
        before, real = there(opened), standing.weighed

        def looked(*claims: tuple[Extraction, ...]) -> Found:
            seen.append(there(opened))
            return real(*claims)

        monkeypatch.setattr(standing, "weighed", looked)
        standing.refresh(path, clock=clock, at_once=0)
        assert len(seen) > 3
        assert [one for one in seen if one != before] == []
        assert there(opened) == before
    as_anew(path)


def there(opened: Ledger) -> tuple[object, ...]:
    """What pages show: places, claims, who holds them, what is asked."""
    kept = opened.weighings
    places = kept.places(limit=1_000).rows
    claims = kept.claims(limit=1_000).rows
    holds = {place.key: {repr(one) for one in kept.standings(place.key)} for place in places}
    asked = {one.claim.id for one in claims if kept.question(one.claim.id)}
    return places, claims, holds, asked, kept.sources().rows, kept.records("source").rows
