"""How often one may ask whom: robots.txt, a wait between two requests to one host, longer waits where it is in trouble.

    polite = Polite(clock=…)        polite.wait_for(url) -> seconds        polite.ask(url, known) -> Fetched | NotModified | Refusal

- One request at a time; to one host one every DELAY seconds, or every Crawl-delay, where its robots.txt has one (up to LONGEST).
- robots.txt is asked for once a day. What it forbids is refused (`robots`). Where it cannot be had for the moment (429, 5xx, no
  connection), nothing is asked of the host; where there is none (other 4xx), all is allowed. (RFC 9309)
- Where OFFLINE hosts in a row give no answer at all, it is our own line that is down (`offline`): no fault of theirs.
- After 429, 5xx, or no answer: TROUBLE seconds, twice that after the next, up to HOUR; longer where Retry-After says so, up to a DAY.

`clock` tells seconds that only grow; nothing sleeps here but `fetch`, by the `sleep` that it is given. Redirects are followed by
`fetch.py`, each through its guard; the robots.txt of where they lead is not asked. What is known of a host is forgotten at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from whosays import fetch as net
from whosays.fetch import LISTS, TYPES, Denied, Fetched, Known, NotModified
from whosays.inputs.item import no
from whosays.inputs.lists import UNPACKED
from whosays.nouns import Refusal
from whosays.settings import MAX_PAGE_BYTES

NAME = "whosays"
"""As robots.txt may call us."""
DELAY, LONGEST = 2.0, 300.0
TROUBLE, HOUR, DAY = 10.0, 3_600.0, 86_400.0
AGAIN = 600.0
"""Seconds until a robots.txt that could not be had is asked for again."""
ROBOTS = 512_000
"""Bytes of it that are read."""
HOSTS = 20_000
OFFLINE = 3

Get = Callable[[str, Known, re.Pattern[str]], Fetched | NotModified | Refusal]


def get(url: str, known: Known, types: re.Pattern[str]) -> Fetched | NotModified | Refusal:
    """From the internet; of lists more is taken than of pages."""
    return net.again(url, known, types=types, most=UNPACKED if types is LISTS else MAX_PAGE_BYTES)


@dataclass(slots=True)
class _Host:
    """What is known of one. Mutable: it changes with each request."""

    free: float = 0.0
    """When it may be asked again."""
    failures: int = 0
    robots: Protego | Refusal | None = None
    """Its rules; why they cannot be had; None: it has none."""
    until: float = -1.0
    """When they are asked for again."""
    delay: float = DELAY


class Polite:
    """Asks, and knows when it may."""

    def __init__(self, *, clock: Callable[[], float], get: Get = get, delay: float = DELAY) -> None:
        self._clock, self._get, self._delay = clock, get, delay
        self._hosts: dict[str, _Host] = {}
        self._silent: set[str] = set()

    @property
    def offline(self) -> bool:
        """Has nobody answered of late?"""
        return len(self._silent) >= OFFLINE

    def wait_for(self, url: str) -> float:
        """Seconds until the host of an address may be asked; 0 or more."""
        host = self._hosts.get(_host(url))
        return 0.0 if host is None else max(0.0, host.free - self._clock())

    def ask(self, url: str, known: Known = Known(), types: re.Pattern[str] = TYPES) -> Fetched | NotModified | Refusal:  # noqa: B008
        """Ask now. Reasons beside those of `fetch`: `robots`, `wait` (asked too early)."""
        host = self._known(_host(url))
        left = host.free - self._clock()
        if left > 0:
            return no("wait", f"{_host(url)} may be asked in {left:.0f} s.")
        if host.until <= self._clock():
            self._read_robots(host, url)
        if isinstance(host.robots, Refusal):
            return host.robots
        if host.robots is not None and not host.robots.can_fetch(url, NAME):
            return no("robots", f"The robots.txt of {_host(url)} forbids us to read {url[:200]}.")
        answer = self._get(url, known, types)
        self._note(_host(url), host, answer)
        if isinstance(answer, Fetched) and answer.hops:
            other = self._known(_host(answer.url))
            other.free = max(other.free, self._clock() + other.delay)
        return answer

    def fetch(self, url: str, sleep: Callable[[float], None]) -> Fetched | Refusal:
        """Ask when one may, and so long as the trouble passes within a few waits."""
        answer: Fetched | NotModified | Refusal = no("wait", "")
        for _ in range(4):
            sleep(self.wait_for(url))
            answer = self.ask(url)
            if not isinstance(answer, Refusal) or not passing(answer) or self.wait_for(url) > AGAIN:
                break
        return answer if not isinstance(answer, NotModified) else no("status", f"{url} answered 304.")

    def _known(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= HOSTS:
            now = self._clock()
            self._hosts = {name: host for name, host in self._hosts.items() if host.free > now}
        return self._hosts.setdefault(name, _Host(delay=self._delay))

    def _read_robots(self, host: _Host, url: str) -> None:
        parts = urlsplit(url)
        answer = self._get(f"{parts.scheme}://{parts.netloc}/robots.txt", Known(), TYPES)
        host.until = self._clock() + DAY
        host.robots, host.delay = None, self._delay
        if isinstance(answer, Fetched):
            rules = Protego.parse(answer.data[:ROBOTS].decode("utf-8", "replace"))
            host.robots = rules
            host.delay = min(LONGEST, max(self._delay, rules.crawl_delay(NAME) or 0.0))
        elif isinstance(answer, Refusal) and (passing(answer) or answer.reason == "address"):
            host.robots = answer
            host.until = self._clock() + AGAIN
            self._note(_host(url), host, answer)

    def _note(self, name: str, host: _Host, answer: Fetched | NotModified | Refusal) -> None:
        """When the host may be asked next, after what it answered."""
        silent = isinstance(answer, Refusal) and answer.reason in ("unreachable", "time", "tls")
        self._silent = self._silent | {name} if silent else set()
        wait = host.delay
        if isinstance(answer, Refusal) and passing(answer):
            host.failures += 1
            wait = max(wait, min(HOUR, TROUBLE * 2 ** min(host.failures - 1, 20)))
            if isinstance(answer, Denied) and answer.retry_after is not None:
                wait = max(wait, min(DAY, answer.retry_after))
        else:
            host.failures = 0
        host.free = self._clock() + wait


def passing(refusal: Refusal) -> bool:
    """Is it trouble that may pass, so that it is worth asking again?"""
    if isinstance(refusal, Denied):
        return refusal.status in (408, 425, 429) or refusal.status >= 500
    return refusal.reason in ("time", "unreachable", "tls", "wait")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
