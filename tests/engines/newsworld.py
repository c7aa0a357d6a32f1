"""A made-up internet with a clock: stories appear in feeds and sitemaps, servers fail, move and mislead; and somebody pulls the plug."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from whosays.fetch import Denied, Fetched, Known, NotModified
from whosays.nouns import Refusal, Stage

START = datetime(2026, 11, 1, tzinfo=UTC)


class Killed(BaseException):
    """kill -9, as far as a test can do it without ending itself."""


@dataclass
class World:
    """All of it. `now` is true time; `shown` is what the machine's clock says, which may be set back."""

    draw: Random
    hours: float
    trouble: float = 0.05
    """Share of requests that fail."""
    doom: float = 0.0
    """Share of looks at the clock, and of requests, at which the program is killed."""
    seconds: float = 0.0
    back: timedelta = timedelta()
    stories: list[float] = field(default_factory=list)
    """When each was published, in seconds."""
    asked: Counter[str] = field(default_factory=Counter)
    delivered: Counter[int] = field(default_factory=Counter)
    """Pages of stories that were sent."""
    times: dict[str, list[float]] = field(default_factory=dict)
    kills: int = 0

    def __post_init__(self) -> None:
        at = 0.0
        while at < (self.hours - 12) * 3_600:
            self.stories.append(at)
            at += self.draw.expovariate(1 / 2_000)

    # -------------------------------------------------------------------------------------------------------------- time

    def clock(self) -> datetime:
        """The machine's clock."""
        self.perhaps_die()
        return START + timedelta(seconds=self.seconds) - self.back

    def ticks(self) -> float:
        """Seconds that only grow."""
        return self.seconds

    def wait(self, seconds: float) -> bool:
        """Time passes. Over when the week is."""
        self.seconds += seconds
        if self.seconds > 3 * 86_400 > self.seconds - seconds:
            self.back = timedelta(hours=5)
        return self.seconds < self.hours * 3_600

    def perhaps_die(self) -> None:
        """Here the plug may be pulled."""
        if self.doom and self.draw.random() < self.doom:
            self.kills += 1
            raise Killed

    # ----------------------------------------------------------------------------------------------------------- servers

    def get(self, url: str, known: Known, types: re.Pattern[str]) -> Fetched | NotModified | Refusal:
        """What the internet answers."""
        self.perhaps_die()
        self.seconds += 0.2
        host, _, path = url.partition("://")[2].partition("/")
        self.asked[url] += 1
        self.times.setdefault(host, []).append(self.seconds)
        if path == "robots.txt":
            words = b"User-agent: *\nDisallow: /private/\n" + (b"Crawl-delay: 7\n" if host == "slow.example" else b"")
            return Fetched(url, "text/plain", words, ())
        if self.draw.random() < self.trouble:
            return self.failure(host)
        answer = self.answer(host, path, known)
        self.perhaps_die()
        return answer

    def failure(self, host: str) -> Refusal:
        """One of the ways in which servers fail."""
        how = self.draw.choice(["500", "503", "429", "time", "unreachable", "tls"])
        if how.isdigit():
            after = self.draw.choice([None, 30.0, 120.0])
            return Denied(Stage.FETCH, "status", f"{host} answered {how}", int(how), after)
        return Refusal(Stage.FETCH, how, f"{host}: {how}")

    def answer(self, host: str, path: str, known: Known) -> Fetched | NotModified | Refusal:
        """A server that works."""
        url = f"https://{host}/{path}"
        day = self.seconds / 86_400
        if path == "feed":
            if day > 2 and host == "one.example":
                return self.sent(f"https://{host}/rss/all", self.rss(host), known, moved=f"https://{host}/rss/all")
            if day > 5 and host == "two.example":
                return Denied(Stage.FETCH, "status", f"{host} answered 410", 410)
            return self.sent(url, self.rss(host), known)
        if path == "rss/all":
            return self.sent(url, self.rss(host), known)
        if path == "sitemap.xml":
            return self.sent(url, self.index(), known)
        if path.startswith("sitemap-"):
            return self.sent(url, self.sitemap(int(path[8:-4])), known)
        return self.story(host, path)

    def sent(self, url: str, data: bytes, known: Known, moved: str | None = None) -> Fetched | NotModified:
        """With a validator, which changes with the bytes."""
        etag = f'"{hash(data)}"'
        if known.etag == etag:
            return NotModified(url, moved)
        return Fetched(url, "application/xml", data, (url,) if moved else (), Known(etag), moved)

    def story(self, host: str, path: str) -> Fetched | Refusal:
        """The page of a story. Short links lead to it; for some minutes it is not there yet."""
        number = int(path.partition("?")[0].rpartition("-")[2])
        if self.seconds < self.stories[number] + (300 if number % 7 == 0 else 0):
            return Denied(Stage.FETCH, "status", f"{host} answered 404", 404)
        self.delivered[number] += 1
        url = f"https://one.example/story-{number}"
        asked = f"https://{host}/{path}"
        return Fetched(url, "text/html", str(number).encode(), () if asked == url else (asked,))

    def out(self, most: int) -> list[int]:
        """The latest stories, newest first."""
        there = [number for number, at in enumerate(self.stories) if at <= self.seconds]
        return there[::-1][:most]

    def rss(self, host: str) -> bytes:
        """A feed: its order is not to be relied on, its dates change, its links carry what is counted."""
        latest = self.out(60)
        if int(self.seconds) % 3 == 0:
            self.draw.shuffle(latest)
        form = {
            "one.example": "https://one.example/story-{n}",
            "two.example": "https://one.example/story-{n}?utm_source=two#top",
            "slow.example": "https://slow.example/s-{n}",
        }[host]
        items = "".join(
            f"<item><title>Story {n}</title><link>{form.format(n=n).replace('&', '&amp;')}</link>"
            f"<guid isPermaLink='false'>{host}:{n if n % 11 else 'same'}</guid>"
            f"<pubDate>{(START + timedelta(seconds=self.seconds - self.draw.randint(0, 9_999))):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for n in latest
        )
        if self.draw.random() < 0.02:
            return b"<html>Down for maintenance</html>"
        return f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()

    def index(self) -> bytes:
        """A sitemap of sitemaps, one a day."""
        days = range(int(self.seconds / 86_400) + 1)
        entries = "".join(f"<sitemap><loc>https://map.example/sitemap-{day}.xml</loc></sitemap>" for day in days)
        return f"<sitemapindex>{entries}</sitemapindex>".encode()

    def sitemap(self, day: int) -> bytes:
        """The stories of a day."""
        there = [n for n, at in enumerate(self.stories) if at <= self.seconds and int(at / 86_400) == day]
        return (
            f"<urlset>{''.join(f'<url><loc>http://one.example/story-{n}</loc></url>' for n in there)}</urlset>".encode()
        )
