"""What weighing comes to, kept: that it is what weighing gives, and stays so however pages come in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from benchmarks.simulated_press import READER, Page
from benchmarks.simulation import Stream
from tests.engines import fake
from tests.stores import Places, connected
from whosays import ledger, weigh
from whosays.engines import local, standing, weighing
from whosays.ledger import Found, Ledger, derived
from whosays.ledger import tables_weighed as tables
from whosays.nouns import Control, Copied, Extraction, LaneKind, Span, Where

SAMPLES = Path(weigh.__file__).parent.parent / "samples"


def clock() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def opened(at: Places) -> Iterator[Ledger]:
    """The sample pages, weighed."""
    path = at.kept(lasting=True)
    with ledger.open(path, create=True) as store:
        local.ingest(fake.items(SAMPLES), store, clock=clock)
        assert store.weighings.stale()
        assert standing.refresh(path, clock=clock).parts == 1
        yield store


def days(opened: Ledger) -> list[date]:
    return sorted({one.article.published for one in opened.claims() if one.article.published})


def plain(control: Control) -> tuple[object, ...]:
    """What `holds` and lanes both tell: of a lane cut short, `since` and `until` are others."""
    return control.voice, control.says, control.holder, control.side, control.basis, control.last_known


@pytest.mark.slow_on_server
@pytest.mark.parametrize("kind", LaneKind)
def test_what_stands_on_a_day_is_what_holds_says(opened: Ledger, kind: LaneKind) -> None:
    told = 0
    for head in opened.weighings.places().rows:
        found = weighing.traced(opened, weighing.about(opened, head.place, head.name))
        for known in (None, *days(opened)):
            for on in days(opened)[-1:]:
                rows = list(opened.weighings.standings(head.key, kind, on=on, known_on=known))
                wanted = weigh.holds(head.place, head.name, on, found, by=kind, known_on=known)
                assert sorted(map(repr, map(plain, (row.control for row in rows)))) == sorted(
                    map(repr, map(plain, wanted))
                )
                told += len(wanted)
    assert told > 10


@pytest.mark.parametrize("kind", LaneKind)
def test_lanes_are_kept_as_they_are_known_now(opened: Ledger, kind: LaneKind) -> None:
    for head in opened.weighings.places().rows:
        found = weighing.traced(opened, weighing.about(opened, head.place, head.name))
        lanes = weigh.lanes(head.place, head.name, found, by=kind)
        wanted = [(lane.key, control) for lane in lanes for control in lane.intervals]
        kept = [(row.who, row.control) for row in opened.weighings.standings(head.key, kind)]
        assert sorted(kept, key=repr) == sorted(wanted, key=repr)


def test_an_event_with_an_open_beginning_speaks_of_no_day_before(opened: Ledger) -> None:
    """`until 17 October`: what weighing takes for the beginning is no day that the page speaks of."""
    (tamer,) = opened.weighings.places("Tell Tamer").rows
    assert tamer.first == tamer.last == date(2019, 10, 17)


# ----------------------------------------------------------------------------------------- however pages come in

TABLES = [*derived.OF_A_PART, tables.asked, tables.heads, tables.records]


def rows(path: str) -> dict[str, list[str]]:
    """All derived rows but for the numbers of parts, which do not matter, and the news."""
    with ledger.open(path) as opened, opened.weighings._reading() as connection:
        return {
            table.name: sorted(
                repr([value for name, value in row._mapping.items() if name not in ("part", "weighed_at")])
                for row in connection.execute(select(table))
            )
            for table in TABLES
        }


def pages(seed: int, number: int) -> list[Page]:
    """Made-up news of a few towns in several divisions, of whole provinces, and of names that no gazetteer has."""
    source, draw = Stream(seed=seed, towns=12), Random(seed)
    return [elsewhere(source.page(n), draw) for n in range(number)]


def elsewhere(page: Page, draw: Random) -> Page:
    """Now and then a page on all of the province, or by the bare name of the town."""
    turn = draw.randrange(4)
    if turn == 0:
        return replace(page, claims=tuple(replace(one, place=bare(one.place)) for one in page.claims))
    if turn == 1:
        return replace(page, claims=tuple(replace(one, place=province(one.place)) for one in page.claims))
    return page


def bare(where: Where | None) -> Where | None:
    return None if where is None else replace(where, place=None)


def province(where: Where | None) -> Where | None:
    if where is None or where.place is None:
        return where
    name = where.place.admin1 or ""
    place = replace(where.place, key=f"sim:{name}", name=name, feature="admin1", population=0)
    return replace(where, words=f"all of {name}", name=name, place=place)


def put(opened: Ledger, page: Page) -> None:
    """A reprint shares words with its story, and each third page a passage with the first: known only after they were read."""
    opened.add(page.capture, page.claims, name="made", reader=READER, body=page.body)
    ids = sorted(head.id for head in opened.heads())
    shared = {page.story} | {ids[0]} if len(ids) % 3 == 0 else {page.story}
    for other in sorted(shared & set(ids) - {page.article.id}):
        pair = (min(page.article.id, other), max(page.article.id, other))
        whole = ((Span(0, len(page.article.text)), Span(0, len(page.article.text))),)
        opened.put_copied(page.article.id, [Copied(pair, (1.0, 1.0), whole, other == page.story)], method="made")


@pytest.mark.parametrize("at_once", [0, 10_000, 40])
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_pages_and_refreshes_the_rows_are_those_of_a_ledger_weighed_at_once(
    at: Places, at_once: int, seed: int
) -> None:
    draw, path = Random(seed), at.kept()
    all_ = pages(seed, 16)
    draw.shuffle(all_)
    versions, fewer = [0], 0
    with ledger.open(path, create=True) as opened:
        for n, page in enumerate(all_):
            put(opened, page)
            if draw.random() < 0.3 or n + 1 == len(all_):
                report = standing.refresh(path, clock=clock, at_once=at_once)
                versions.append(report.version)
                fewer += 0 < report.parts < len(opened.divisions())
        assert not opened.weighings.stale()
    assert versions == sorted(set(versions)), "the version grows"
    assert fewer or at_once == 10_000, "only what is new was weighed"
    step_by_step = rows(path)
    assert standing.refresh(path, clock=clock, at_once=at_once, anew=True).news == 0, "what was told is not told again"
    anew = rows(path)
    for name, found in anew.items():
        assert step_by_step[name] == found, name
    assert all(anew[table.name] for table in TABLES if table is not tables.disputes)


@pytest.mark.slow
def test_a_killed_refresh_leaves_what_it_did_not_weigh_stale(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    path = at.kept()
    with ledger.open(path, create=True) as opened:
        for page in pages(3, 12):
            put(opened, page)
        real, done = standing.weighed, []

        def killed(*claims: tuple[Extraction, ...]) -> Found:
            if done:
                raise KeyboardInterrupt
            done.append(1)
            return real(*claims)

        monkeypatch.setattr(standing, "weighed", killed)
        with pytest.raises(KeyboardInterrupt):
            standing.refresh(path, clock=clock, at_once=0)
        monkeypatch.undo()
        assert opened.weighings.stale()
        parts = len(opened.divisions())
        assert standing.refresh(path, clock=clock, at_once=0).parts == parts - 1
        assert not opened.weighings.stale()


@pytest.mark.slow
def test_two_processes_weigh_as_one(at: Places) -> None:
    found = []
    for workers in (1, 2):
        path = at.kept()
        with ledger.open(path, create=True) as opened:
            for page in pages(4, 20):
                put(opened, page)
        standing.refresh(path, clock=clock, workers=workers, at_once=0)
        found.append(rows(path))
    assert found[0] == found[1]


@pytest.mark.slow_on_server
def test_the_tables_can_be_emptied_and_built_again(at: Places) -> None:
    path = at.kept()
    with ledger.open(path, create=True) as opened:
        for page in pages(5, 10):
            put(opened, page)
    standing.refresh(path, clock=clock)
    before = rows(path)
    with connected(path) as connection:
        for table in tables.metadata.tables:
            connection.exec_driver_sql(f"DELETE FROM {table}")
    standing.refresh(path, clock=clock)
    assert rows(path) == before


def test_what_another_weigher_wrote_is_weighed_anew(at: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    path = at.kept()
    with ledger.open(path, create=True) as opened:
        for page in pages(6, 3):
            put(opened, page)
        version = standing.refresh(path, clock=clock).version
        assert not opened.weighings.stale()
        monkeypatch.setattr(tables, "WEIGHER", tables.WEIGHER + 1)
        assert opened.weighings.stale()
        assert standing.refresh(path, clock=clock).version == version + 1
        assert not opened.weighings.stale()


@pytest.mark.slow_on_server
def test_a_new_link_touches_all_that_it_leads_to(at: Places) -> None:
    """Page a shares words with b; that b shares some with c may change where the words of a first stood."""
    path, source = at.kept(), Stream(seed=1)
    apart = {weigh.place_key(page.claims[0].place): page for page in map(source.page, range(9))}
    provinces = {one.claims[0].place.place.admin1: one for one in apart.values() if one.claims[0].place}  # type: ignore[union-attr]
    a, b, c = list(provinces.values())[:3]

    def link(opened: Ledger, one: Page, other: Page) -> None:
        pair = (min(one.article.id, other.article.id), max(one.article.id, other.article.id))
        opened.put_copied(one.article.id, [Copied(pair, (1.0, 1.0), ((Span(0, 9), Span(0, 9)),), True)], method="made")

    with ledger.open(path, create=True) as opened:
        for page in (a, b, c):
            opened.add(page.capture, page.claims, name="made", reader=READER, body=page.body)
        link(opened, a, b)
        standing.refresh(path, clock=clock, at_once=0)
        link(opened, b, c)
        assert standing.refresh(path, clock=clock, at_once=0).parts == 3
