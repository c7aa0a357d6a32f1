"""A week of feeds with everything that goes wrong: each article is read once, and none is missed."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.engines import fake
from tests.engines.newsworld import START, Killed, World
from tests.engines.test_faults import die_at, in_child
from tests.inputs.archives import http, packed, record
from whosays import ledger
from whosays.engines.local import ReadPage
from whosays.engines.watch import loop
from whosays.engines.watch import state as watching
from whosays.engines.watch.config import Kind, Source
from whosays.engines.watch.desk import Sums, Told, What
from whosays.engines.watch.loop import watch
from whosays.errors import LedgerError
from whosays.fetch import Denied, Fetched, Known, NotModified
from whosays.inputs.politeness import DELAY, Polite
from whosays.nouns import Meta, Refusal, Stage
from whosays.pipeline import Page

HOUR = timedelta(hours=1)
FEEDS = [Source(Kind.FEED, f"https://{name}.example/feed", HOUR) for name in ("one", "two", "slow")]
MAP = Source(Kind.SITEMAP, "https://map.example/sitemap.xml", 6 * HOUR)


def run(world: World, folder: Path, sources: Sequence[Source] = (*FEEDS, MAP), **more: bool) -> Counter[str]:
    """Watch until the world ends, again and again, if the plug is pulled. How often each page was read."""
    read: Counter[str] = Counter()

    def read_page(data: bytes, meta: Meta) -> Page | Refusal:
        read[data.decode()] += 1
        return fake.read_page(data, meta)

    while True:
        state, into = None, None
        try:
            into = ledger.open(str(folder / "w.db"), create=True)
            state = watching.open(str(folder / "w.db.watch"))
            polite = Polite(clock=world.ticks, get=world.get)
            watch(
                sources,
                state,
                into,
                polite=polite,
                clock=world.clock,
                wait=world.wait,
                read_page=read_page,
                reader=fake.READER,
                tell=lambda _: world.perhaps_die(),
                **more,
            )
            return read
        except Killed:
            world.seconds += 1
        finally:
            if state is not None:
                state.close()
            if into is not None:
                into.close()


def check(world: World, folder: Path, read: Counter[str]) -> None:
    stories = len(world.stories)
    with ledger.open(str(folder / "w.db")) as into:
        assert into.counts().articles == stories, "none missed"
        assert into.counts().captures == stories, "none twice"
    assert set(read) == {str(number) for number in range(stories)}
    assert sum(read.values()) <= stories + world.kills, (
        "read again only where the plug was pulled before it was written"
    )
    assert sum(world.delivered.values()) <= 2 * stories + world.kills
    for host, times in world.times.items():
        least = min(later - earlier for earlier, later in zip(times, times[2:], strict=False))
        assert least >= (7 if host == "slow.example" else DELAY) or world.kills, host


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_week_in_which_the_plug_is_pulled_again_and_again(seed: int, tmp_path: Path) -> None:
    world = World(Random(seed), hours=7 * 24, doom=0.002)
    read = run(world, tmp_path)
    assert world.kills > 20
    check(world, tmp_path, read)
    assert world.asked["https://one.example/rss/all"] > 60, "where it moved to"
    assert world.asked["https://two.example/feed"] < 6 * 24, "gone"


@pytest.mark.slow
def test_a_day_in_which_every_third_request_fails(tmp_path: Path) -> None:
    world = World(Random(9), hours=40, trouble=0.3)
    check(world, tmp_path, run(world, tmp_path))


@pytest.mark.slow
def test_killed_at_any_statement_and_started_again(tmp_path: Path) -> None:
    """Not an exception, but SIGKILL: what was not committed is not there."""
    draw, kills = Random(7), 0
    for round_ in range(6):
        folder = tmp_path / str(round_)
        folder.mkdir()
        (folder / "inbox").mkdir()
        put(folder / "inbox" / "a.warc", b"".join(record(http(str(n).encode())) for n in range(6, 10)))
        feed = rss(*((f"https://{n % 3}.example/{n}", str(n)) for n in range(6)))
        pages = {f"https://{n % 3}.example/{n}": str(n).encode() for n in range(6)}

        def work(folder: Path = folder, feed: bytes = feed, pages: dict[str, bytes] = pages) -> None:
            die_at(draw.randint(20, 250))
            near = Source(Kind.FOLDER, str(folder / "inbox"), HOUR)
            Web({FEED.where: feed, **pages}).watch(folder, FEED, near)

        while (code := in_child(work)) != 0:
            draw.random()  # the child drew from a copy of this
            assert code == -signal.SIGKILL
            kills += 1
        with ledger.open(str(folder / "w.db")) as into:
            assert (into.counts().articles, into.counts().captures) == (10, 10)
        assert states(folder) == {"done": 7}
    assert kills >= 10


# ---------------------------------------------------------------------------------------------------------- one by one


class Web:
    """Answers as it is told, and remembers who asked."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers, self.asked, self.seconds = answers, list[tuple[str, Known]](), 0.0
        self.now = START
        self.told: list[Told] = []

    def get(self, url: str, known: Known, types: object) -> Fetched | NotModified | Refusal:
        if url.endswith("/robots.txt"):
            return Denied(Stage.FETCH, "status", "it answered 404", 404)
        self.asked.append((url, known))
        answer = self.answers.get(url, 404)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, int):
            return Denied(Stage.FETCH, "status", f"it answered {answer}", answer)
        if isinstance(answer, bytes):
            return Fetched(url, None, answer, ())
        assert isinstance(answer, Fetched | NotModified | Refusal)
        return answer

    def clock(self) -> datetime:
        return self.now

    def until(self, seconds: float) -> Callable[[float], bool]:
        """A wait that is over after so many seconds."""
        end = self.seconds + seconds

        def wait(some: float) -> bool:
            self.seconds += some
            self.now += timedelta(seconds=some)
            return self.seconds < end

        return wait

    def watch(
        self,
        folder: Path,
        *sources: Source,
        seconds: float = 1e9,
        once: bool = True,
        read_page: ReadPage = fake.read_page,
        weigh: Callable[[str], None] = lambda _: None,
    ) -> Sums:
        with ledger.open(str(folder / "w.db"), create=True) as into:
            kept = watching.open(str(folder / "w.db.watch"))
            polite = Polite(clock=lambda: self.seconds, get=self.get)
            wait = self.until(seconds)
            try:
                return watch(
                    sources, kept, into, polite=polite, clock=self.clock, wait=wait, read_page=read_page, reader=fake.READER,
                    tell=self.told.append, weigh=weigh, once=once,
                )  # fmt: skip
            finally:
                kept.close()


def rss(*items: tuple[str, str]) -> bytes:
    """Addresses and ids."""
    entries = "".join(f"<item><link>{url}</link><guid>{guid}</guid></item>" for url, guid in items)
    return f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sets the clock: so nobody looks every five minutes whether somebody did."""
    monkeypatch.setattr(loop, "LONGEST_WAIT", 1e6)


FEED = Source(Kind.FEED, "https://a.example/feed", HOUR)


def states(folder: Path) -> dict[str, int]:
    kept = watching.open(str(folder / "w.db.watch"))
    try:
        return dict(kept.counts())
    finally:
        kept.close()


def test_a_feed_is_read_once_and_then_asked_whether_it_has_changed(tmp_path: Path) -> None:
    known = Known('"1"', "Sun, 01 Nov 2026 00:00:00 GMT")
    feed = Fetched(FEED.where, "text/xml", rss(("https://a.example/1", "g1"), ("https://a.example/2", "g2")), (), known)
    web = Web({FEED.where: [feed, NotModified(FEED.where)], "https://a.example/1": b"1", "https://a.example/2": b"2"})
    sums = web.watch(tmp_path, FEED)
    assert (sums.asked, sums.found, sums.read, sums.new, sums.refused) == (1, 2, 2, 2, 0)
    sums = web.watch(tmp_path, FEED)
    assert (sums.found, sums.read) == (0, 0)
    assert [url for url, _ in web.asked] == [FEED.where, "https://a.example/1", "https://a.example/2", FEED.where]
    assert web.asked[-1][1] == known


def test_what_the_validators_say_is_kept_only_with_what_the_feed_listed(tmp_path: Path) -> None:
    broken = Fetched(FEED.where, "text/xml", b"<html>Sorry</html>", (), Known('"new"'))
    web = Web({FEED.where: [broken, rss(("https://a.example/1", "g"))], "https://a.example/1": b"1"})
    assert web.watch(tmp_path, FEED).found == 0
    assert web.watch(tmp_path, FEED).new == 1
    assert [known for url, known in web.asked if url == FEED.where] == [Known(), Known()]


@pytest.mark.parametrize(
    "later",
    [
        [("https://a.example/1", "g1")],
        [("https://a.example/1-corrected", "g1")],
        [("https://a.example/1?utm_source=x#top", "g9")],
        [("http://a.example/1", "")],
    ],
    ids=["same", "address changed", "id changed and address counted", "without id"],
)
def test_an_entry_is_known_by_its_id_and_by_its_address(tmp_path: Path, later: list[tuple[str, str]]) -> None:
    web = Web({FEED.where: [rss(("https://a.example/1", "g1")), rss(*later)], "https://a.example/1": b"1"})
    assert web.watch(tmp_path, FEED).new == 1
    assert web.watch(tmp_path, FEED).found == 0


def test_an_id_that_all_entries_share_hides_none(tmp_path: Path) -> None:
    pages = {f"https://a.example/{n}": str(n).encode() for n in range(3)}
    web = Web({FEED.where: rss(*((url, "same") for url in pages)), **pages})
    assert web.watch(tmp_path, FEED).new == 3


def test_two_addresses_that_lead_to_one_page_are_read_once(tmp_path: Path) -> None:
    page = Fetched("https://a.example/story", None, b"1", ("https://s.example/x",))
    links = [("https://s.example/x", "1"), ("https://a.example/story", "2"), ("https://s.example/y", "3")]
    web = Web(
        {
            FEED.where: rss(*links),
            "https://s.example/x": page,
            "https://s.example/y": replace(page, hops=("https://s.example/y",)),
        }
    )
    sums = web.watch(tmp_path, FEED)
    assert (sums.read, sums.new) == (1, 1)
    assert states(tmp_path) == {"done": 1, "same": 2}
    assert "https://a.example/story" not in [url for url, _ in web.asked], "it was read under another address"


def test_trouble_that_may_pass_is_tried_again_and_what_does_not_pass_is_refused(tmp_path: Path, patient: None) -> None:
    pages: dict[str, object] = {
        "https://b.example/1": [503, Refusal(Stage.FETCH, "time", "too long"), b"1"],
        "https://c.example/2": [404, 404, b"2"],
        "https://d.example/3": 404,
        "https://e.example/4": 410,
        "https://f.example/5": 500,
        "https://g.example/6": Refusal(Stage.FETCH, "type", "no page"),
        "https://h.example/7": b"odd",
    }
    web = Web({FEED.where: rss(*((url, url) for url in pages)), **pages})
    sums = web.watch(tmp_path, FEED, seconds=14 * 86_400, once=False)
    assert (sums.new, sums.refused) == (2, 5)
    asked = Counter(url for url, _ in web.asked)
    assert [asked[url] for url in pages] == [3, 3, 4, 1, 10, 1, 1]
    with ledger.open(str(tmp_path / "w.db")) as into:
        assert into.counts().refusals == {"status": 3, "type": 1, "odd": 1}
    assert states(tmp_path) == {"done": 2, "refused": 5}


def test_days_without_a_line_of_ones_own_cost_no_page(tmp_path: Path, patient: None) -> None:
    down = Refusal(Stage.FETCH, "unreachable", "no connection")
    pages: dict[str, object] = {f"https://{n}.example/{n}": str(n).encode() for n in range(4)}
    web = Web({FEED.where: rss(*((url, url) for url in pages))})
    web.watch(tmp_path, FEED, seconds=1)
    web.answers = dict.fromkeys([*pages, FEED.where], down)
    assert web.watch(tmp_path, FEED, seconds=5 * 86_400, once=False).refused == 0
    web.answers = {FEED.where: rss(), **pages}
    assert web.watch(tmp_path, FEED, seconds=2 * 86_400, once=False).new == 4


def test_a_feed_that_moved_is_asked_there_and_where_it_was_if_that_fails(tmp_path: Path, patient: None) -> None:
    there = "https://a.example/new"
    moved = Fetched(there, "text/xml", rss(), (FEED.where,), Known('"1"'), there)
    web = Web({FEED.where: [moved, rss()], there: 500})
    web.watch(tmp_path, FEED, seconds=4 * 86_400, once=False)
    asked = [url for url, _ in web.asked]
    assert asked[:6] == [FEED.where, there, there, there, there, there]
    assert asked[6] == FEED.where


def test_a_feed_that_is_gone_is_asked_no_more_and_one_in_trouble_less_and_less(tmp_path: Path, patient: None) -> None:
    other = replace(FEED, where="https://b.example/feed")
    web = Web({FEED.where: 410, other.where: 500})
    web.watch(tmp_path, FEED, other, seconds=10 * 86_400, once=False)
    asked = Counter(url for url, _ in web.asked)
    assert asked[FEED.where] == 1
    assert 12 <= asked[other.where] <= 20
    assert any(told.what is What.TROUBLE and "asked no more" in told.words for told in web.told)


def test_what_is_older_than_one_cares_for_is_not_read_and_not_looked_at_again(tmp_path: Path) -> None:
    source = Source(Kind.SITEMAP, "https://a.example/sitemap.xml", HOUR, since=date(2026, 11, 1))
    entries = "".join(f"<url><loc>https://a.example/{n}</loc><lastmod>2026-{n}-08</lastmod></url>" for n in (10, 11))
    web = Web({source.where: f"<urlset>{entries}</urlset>".encode(), "https://a.example/11": b"11"})
    assert web.watch(tmp_path, source).new == 1
    assert states(tmp_path) == {"done": 1, "old": 1}


def test_a_sitemap_of_sitemaps_is_followed_where_it_has_changed(tmp_path: Path) -> None:
    source = Source(Kind.SITEMAP, "https://a.example/sitemap.xml", HOUR)

    def index(*days: int) -> bytes:
        entries = (
            f"<sitemap><loc>https://a.example/s{n}.xml</loc><lastmod>2026-11-{day:02}</lastmod></sitemap>"
            for n, day in enumerate(days)
        )
        return f"<sitemapindex>{''.join(entries)}</sitemapindex>".encode()

    listed = {
        f"https://a.example/s{n}.xml": f"<urlset><url><loc>https://a.example/{n}</loc></url></urlset>".encode()
        for n in range(2)
    }
    pages = {f"https://a.example/{n}": str(n).encode() for n in range(2)}
    web = Web({source.where: [index(1, 1), index(1, 2)], **listed, **pages})
    assert web.watch(tmp_path, source).new == 2
    web.watch(tmp_path, source)
    asked = Counter(url for url, _ in web.asked)
    assert [asked[f"https://a.example/s{n}.xml"] for n in range(2)] == [1, 2]
    assert {asked[url] for url in pages} == {1}


def test_a_folder_is_read_as_files_come_into_it(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = Source(Kind.FOLDER, str(inbox), timedelta(minutes=1))
    put(inbox / "1.txt", b"1")
    put(inbox / "many.warc.gz", b"".join(packed([record(http(str(n).encode())) for n in range(2, 9)])))
    put(inbox / "list.urls", b"https://a.example/9\n")
    put(inbox / "young.txt", b"10", age=timedelta(seconds=1))
    web = Web({"https://a.example/9": b"9"})
    sums = web.watch(tmp_path, source)
    assert (sums.new, sums.refused) == (9, 0)
    put(inbox / "young.txt", b"10", age=timedelta(seconds=60))
    put(inbox / "1.txt", b"11")
    assert web.watch(tmp_path, source).new == 2
    assert web.watch(tmp_path, source).read == 0


def put(file: Path, data: bytes, age: timedelta = timedelta(hours=1)) -> None:
    """A file that was changed so long ago."""
    file.write_bytes(data)
    changed = (START - age).timestamp()
    os.utime(file, (changed, changed))


def test_a_stop_in_an_archive_goes_on_there(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    put(tmp_path / "inbox" / "a.warc", b"".join(record(http(str(n).encode())) for n in range(6)))
    source = Source(Kind.FOLDER, str(tmp_path / "inbox"), timedelta(minutes=1))
    web = Web({})
    read: list[bytes] = []

    def read_page(data: bytes, meta: Meta) -> Page | Refusal:
        read.append(data)
        web.seconds += 10
        return fake.read_page(data, meta)

    web.watch(tmp_path, source, seconds=25, read_page=read_page)
    first = len(read)
    assert 0 < first < 6
    web.watch(tmp_path, source, read_page=read_page)
    assert read == [str(n).encode() for n in range(6)]


def test_where_the_clock_is_set_back_what_waits_is_due(tmp_path: Path) -> None:
    web = Web({FEED.where: rss()})
    web.watch(tmp_path, FEED, seconds=60, once=False)
    web.now -= timedelta(days=400)
    web.watch(tmp_path, FEED, seconds=60, once=False)
    assert len(web.asked) == 2


def test_a_ledger_that_cannot_be_written_ends_it_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LedgerError("no room left to write")

    web = Web({FEED.where: rss(("https://a.example/1", "1")), "https://a.example/1": b"1"})
    monkeypatch.setattr(ledger.Ledger, "add", full)
    for _ in range(12):
        with pytest.raises(LedgerError, match="no room"):
            web.watch(tmp_path, FEED)
    monkeypatch.undo()
    assert web.watch(tmp_path, FEED).new == 1


def test_a_page_on_which_the_program_dies_is_given_up_in_the_end(tmp_path: Path) -> None:
    def dies(data: bytes, meta: Meta) -> Page | Refusal:
        raise Killed

    web = Web({FEED.where: rss(("https://a.example/1", "1")), "https://a.example/1": b"1"})
    for _ in range(10):
        with pytest.raises(Killed):
            web.watch(tmp_path, FEED, read_page=dies)
    assert web.watch(tmp_path, FEED, read_page=dies).refused == 1
    assert states(tmp_path) == {"refused": 1}


def test_what_is_new_is_weighed_when_there_is_time_for_it(tmp_path: Path) -> None:
    pages: dict[str, object] = {f"https://a.example/{n}": str(n).encode() for n in range(3)}
    web = Web({FEED.where: rss(*((url, url) for url in pages)), **pages})
    weighed: list[str] = []
    web.watch(tmp_path, FEED, weigh=weighed.append)
    assert weighed == [str(tmp_path / "w.db")], "once, at the end"
    web.watch(tmp_path, FEED, weigh=weighed.append)
    assert len(weighed) == 2, "nobody weighed it there: it is still stale"


def test_another_file_is_not_taken_for_the_state(tmp_path: Path) -> None:
    with ledger.open(str(tmp_path / "w.db"), create=True):
        pass
    with pytest.raises(LedgerError, match="no state of this whosays"):
        watching.open(str(tmp_path / "w.db"))
    with pytest.raises(LedgerError, match="cannot be opened"):
        watching.open(str(tmp_path / "no" / "w.watch"))
    watching.open(str(tmp_path / "w.watch")).close()
    assert (tmp_path / "w.watch").stat().st_mode & 0o777 == 0o600
