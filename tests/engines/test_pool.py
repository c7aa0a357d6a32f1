"""A pool gives pages back in order, reads copies where the original was read, and is bounded."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.engines.pool import AHEAD, Ask, Pool
from whosays.nouns import Meta, Refusal, Stage
from whosays.profile import Profile


class Fake:
    """Reads by saying who read what; slow where the page says so."""

    def __init__(self, number: int) -> None:
        self.number, self.closed = number, False
        self.threads: set[int] = set()

    def read(self, data: bytes, meta: Meta) -> Refusal:
        self.threads.add(threading.get_ident())
        if data.startswith(b"slow"):
            time.sleep(0.02)
        if data.startswith(b"broken"):
            raise OSError("no process")
        return Refusal(Stage.PAGES, str(self.number), data.decode())

    def start(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    @property
    def profile(self) -> Profile:
        return Profile()


def fakes(number: int) -> list[Fake]:
    return [Fake(n) for n in range(number)]


@given(st.lists(st.sampled_from([b"slow", b"quick", None]), max_size=40), st.integers(1, 4))
def test_pages_come_back_in_order_each_once(pages: list[bytes | None], workers: int) -> None:
    with Pool(fakes(workers)) as pool:
        asked = [Ask(n, None if page is None else page + b" %d" % n, Meta()) for n, page in enumerate(pages)]
        found = list(pool.read(iter(asked)))
    assert [n for n, _ in found] == list(range(len(pages)))
    for n, answer in found:
        assert (answer is None) == (pages[n] is None)
        assert answer is None or answer.detail.endswith(f" {n}")  # type: ignore[union-attr]


def story(number: int) -> bytes:
    return f"<p>{'The town was taken on Friday, the monitor said. ' * 4}{number}</p>".encode()


def test_a_copy_goes_where_its_original_went() -> None:
    with Pool(fakes(4)) as pool:
        pages = [b"<html>slow" + story(n) + b"<i>first</i>" for n in range(20)] + [
            b"<body>" + story(n) for n in reversed(range(20))
        ]
        who = [answer.reason for _, answer in pool.read(Ask(n, page, Meta()) for n, page in enumerate(pages))]  # type: ignore[union-attr]
    assert who[20:] == who[:20][::-1]
    assert set(who) == {"0", "1", "2", "3"}, "all have something to do"


def test_no_more_is_under_way_than_it_may() -> None:
    taken = 0

    def pages() -> Iterator[Ask[int]]:
        nonlocal taken
        for n in range(200):
            taken += 1
            yield Ask(n, b"slow %d" % n, Meta())

    with Pool(fakes(2)) as pool:
        for n, _ in pool.read(pages()):
            assert taken - n <= 2 * AHEAD + 1


def test_each_reader_is_used_by_one_thread_and_closed() -> None:
    readers = fakes(3)
    with Pool(readers) as pool:
        assert len(list(pool.read(Ask(n, b"quick", Meta()) for n in range(50)))) == 50
    assert all(len(one.threads) <= 1 and one.closed for one in readers)


def test_where_no_process_can_be_built_the_run_ends() -> None:
    readers = fakes(2)
    with pytest.raises(OSError, match="no process"), Pool(readers) as pool:
        list(pool.read(Ask(n, b"broken", Meta()) for n in range(50)))
    assert all(one.closed for one in readers)
