"""Who may be asked when: robots.txt, waits between requests, longer waits in trouble. The clock is ours."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.fetch import Denied, Fetched, Known, NotModified
from whosays.inputs import politeness
from whosays.inputs.politeness import DAY, DELAY, HOUR, TROUBLE, Polite, passing
from whosays.nouns import Refusal, Stage

PAGE = "https://news.example/story"
Answer = Fetched | NotModified | Refusal


def denied(status: int, after: float | None = None) -> Denied:
    return Denied(Stage.FETCH, "status", f"it answered {status}", status, after)


def page(url: str, data: bytes = b"x") -> Fetched:
    return Fetched(url, None, data, ())


class Net:
    """Answers, and a clock that moves only when told."""

    def __init__(self, robots: bytes | Answer = b"", answer: Callable[[str], Answer] = page) -> None:
        self.robots, self.answer, self.now = robots, answer, 0.0
        self.asked: list[tuple[float, str]] = []
        self.polite = Polite(clock=lambda: self.now, get=self.get)

    def get(self, url: str, known: Known, types: re.Pattern[str]) -> Answer:
        self.asked.append((self.now, url))
        if url.endswith("/robots.txt"):
            return page(url, self.robots) if isinstance(self.robots, bytes) else self.robots
        return self.answer(url)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def ask(self, url: str = PAGE) -> Answer:
        return self.polite.ask(url)

    def reason(self, url: str = PAGE) -> str:
        answer = self.ask(url)
        assert isinstance(answer, Refusal), answer
        return answer.reason


def test_a_host_is_asked_once_every_two_seconds_and_others_meanwhile() -> None:
    net = Net()
    assert isinstance(net.ask(), Fetched)
    assert net.polite.wait_for(PAGE) == DELAY
    assert net.reason() == "wait"
    assert isinstance(net.ask("https://other.example/"), Fetched)
    net.now = DELAY
    assert net.polite.wait_for(PAGE) == 0
    assert isinstance(net.ask(), Fetched)
    assert len([url for _, url in net.asked if url == PAGE]) == 2


def test_robots_are_asked_once_a_day_and_obeyed() -> None:
    net = Net(b"User-agent: *\nDisallow: /private/*.html$\nCrawl-delay: 20\n\nUser-agent: other\nDisallow: /\n")
    assert net.reason("https://news.example/private/a.html") == "robots"
    assert isinstance(net.ask("https://news.example/private/a.txt"), Fetched)
    assert net.polite.wait_for(PAGE) == 20
    for net.now in (100.0, DAY - 1, DAY + 50):
        net.ask()
    assert [at for at, url in net.asked if url.endswith("robots.txt")] == [0.0, DAY + 50]


def test_rules_that_name_us_come_before_those_for_all() -> None:
    net = Net(b"User-agent: whosays\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert net.reason() == "robots"


@pytest.mark.parametrize(
    "robots", [denied(404), denied(403), Refusal(Stage.FETCH, "type", "a picture"), b"<html>not found</html>"]
)
def test_where_there_are_no_rules_all_is_allowed(robots: bytes | Refusal) -> None:
    assert isinstance(Net(robots).ask(), Fetched)


@pytest.mark.parametrize(
    "robots", [denied(503), denied(429, 50.0), Refusal(Stage.FETCH, "unreachable", "no connection")]
)
def test_where_the_rules_cannot_be_had_nothing_is_asked(robots: Refusal) -> None:
    net = Net(robots)
    assert net.reason() == robots.reason
    assert net.polite.wait_for(PAGE) >= TROUBLE
    net.robots, net.now = b"", 60.0
    assert net.reason() == robots.reason, "not asked for again yet"
    net.now = 2_000.0
    assert isinstance(net.ask(), Fetched)
    assert PAGE not in [url for at, url in net.asked if at < 2_000]


def test_an_address_inside_is_refused_as_such() -> None:
    inside = Refusal(Stage.FETCH, "address", "it is not on the public internet")
    assert Net(inside).reason() == "address"


def test_in_trouble_the_waits_grow_and_end_with_it() -> None:
    answers = {"trouble": True}
    net = Net(answer=lambda url: denied(500) if answers["trouble"] else page(url))
    waits = []
    for _ in range(12):
        net.ask()
        waits.append(net.polite.wait_for(PAGE))
        net.sleep(waits[-1])
    assert waits[:4] == [10, 20, 40, 80]
    assert waits[-1] == HOUR
    answers["trouble"] = False
    net.ask()
    assert net.polite.wait_for(PAGE) == DELAY


@pytest.mark.parametrize(("after", "wait"), [(120.0, 120.0), (1.0, TROUBLE), (1e9, DAY), (None, TROUBLE)])
def test_a_host_that_says_when_to_come_again_is_believed_within_reason(after: float | None, wait: float) -> None:
    net = Net(answer=lambda _: denied(429, after))
    net.ask()
    assert net.polite.wait_for(PAGE) == wait


def test_fetch_waits_its_turn_and_tries_again() -> None:
    answers = iter([denied(503), Refusal(Stage.FETCH, "time", "too long"), page(PAGE)])
    net = Net(answer=lambda _: next(answers))
    assert isinstance(net.polite.fetch(PAGE, net.sleep), Fetched)
    assert [at for at, url in net.asked if url == PAGE] == [0.0, 10.0, 30.0]
    gone = Net(answer=lambda _: denied(404))
    assert isinstance(gone.polite.fetch(PAGE, gone.sleep), Denied)
    assert len(gone.asked) == 2
    closed = Net(answer=lambda _: denied(503, 5_000.0))
    assert isinstance(closed.polite.fetch(PAGE, closed.sleep), Denied)
    assert closed.now == 0, "so long nobody waits"


def test_where_one_is_led_counts_as_asked() -> None:
    net = Net(answer=lambda url: Fetched("https://other.example/x", None, b"", (url,)))
    net.ask()
    assert net.polite.wait_for("https://other.example/") == DELAY


def test_what_is_known_of_hosts_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "HOSTS", 10)
    net = Net()
    for n in range(100):
        net.ask(f"https://{n}.example/")
        net.now += 1
    assert len(net.polite._hosts) <= 12


@pytest.mark.parametrize(
    "rules",
    [
        "/" + "*a" * 300 + "*b",
        "/*a" * 300,
        "/" + "*" * 5_000,
        "/" + "a" * 100_000,
        "\x00" * 1_000,
        "%" * 1_000,
        "/" + "*a$" * 500,
    ],
)
def test_hostile_robots_take_no_time(rules: str) -> None:
    net = Net((f"User-agent: *\nCrawl-delay: 1e999\nDisallow: {rules}\n" * 20).encode())
    start = time.process_time()
    net.ask("https://news.example/" + "a" * 1_900)
    assert time.process_time() - start < 1
    assert net.polite.wait_for(PAGE) <= politeness.LONGEST


@given(st.binary(max_size=300))
def test_no_robots_raise(robots: bytes) -> None:
    Net(robots).ask()


def test_what_may_pass() -> None:
    assert [status for status in (200, 304, 400, 403, 404, 408, 410, 425, 429, 500, 503) if passing(denied(status))] == [
        408, 425, 429, 500, 503
    ]  # fmt: skip
