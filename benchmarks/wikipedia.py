"""Wikipedia's articles on wars as pages dated by the days that they speak of, and what the pipeline reads in them, kept.

An encyclopedia tells a war years later, and most of its days without a year: `On 16 January`, in an article of 2023 on a battle of
2017. A page that stands for news must be dated as news is. So an article is cut where a section ends or the story comes to another
month, and each piece is a page of its own, dated the last day that it names; a day without a year is taken for the one nearest to the
day named before it. A piece that names no day has the date of the one before. The two articles from whose tables the towns of
control_wikipedia were taken are left out.

What was read is kept in a ledger under $TMPDIR, named by the reader, and not read again; delete the file after a change of the reader.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from whosays import copies, ledger, pages, pipeline
from whosays.ledger import Ledger
from whosays.nouns import BUG, Article, Capture, Meta, Refusal, Stage
from whosays.pipeline import Page
from whosays.text import digest

GOLD = ("control_of_cities_during_the_syrian_civil_war", "territorial_control_during_the_russo-ukrainian_war")
"""Articles that the towns' holders were taken from."""
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?P<d1>\d{{1,2}}) (?P<m1>{_MONTH})\b(?:,? (?P<y1>(?:19|20)\d\d))?|"
    rf"\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})\b(?!\d)(?:,? (?P<y2>(?:19|20)\d\d))?|"
    rf"\b(?P<m3>{_MONTH}) (?P<y3>(?:19|20)\d\d)\b|\b(?:[Ii]n|[Dd]uring|[Bb]y)(?: early| late| mid-?)? (?P<y4>(?:19|20)\d\d)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """Paragraphs of one section that speak of one month."""

    name: str
    article: str
    """Its title: each article is an outlet of its own, since each has its own authors."""
    title: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """As a page of HTML."""
        title, outlet = html.escape(self.title), html.escape(f"Wikipedia, {self.article}")
        head = f'<title>{title}</title><meta property="og:site_name" content="{outlet}">'
        head += f"<meta property='article:published_time' content='{self.published}'>"
        body = "".join(f"<p>{html.escape(words)}</p>\n" for words in self.paragraphs)
        return f"<html><head>{head}</head><body><article><h1>{title}</h1>\n{body}</article></body></html>".encode()


def articles(data: Path) -> list[dict[str, str]]:
    """All but those that the gold is from, by id."""
    with gzip.open(data / "control_wikipedia" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return sorted((row for row in rows if row["id"] not in GOLD), key=lambda row: (row["id"], row["snapshot_date"]))


def pieces(article: dict[str, str]) -> Iterator[Piece]:
    """The article cut into pages; none where it names no day and no year."""
    first = _YEAR.search(f"{article['title']} {article['text']}")
    if first is None:
        return
    end = date.fromisoformat(article["snapshot_date"])
    now = min(date(int(first[0]), 7, 1), end)
    section, dated = article["title"], []
    for block in filter(None, map(str.strip, article["text"].splitlines())):
        if block.startswith("#"):
            if section == article["title"] and dated:  # the lead told the whole story: it begins again
                now = dated[0][2]
            section = f"{article['title']}: {block.lstrip('# ')}"
            year = _YEAR.search(block)
            now = min(date(int(year[0]), 7, 1), end) if year and int(year[0]) != now.year else now
            continue
        named, now = days(block, now, end)
        dated.append((section, (now.year, now.month), max(named, default=now), block))
    runs = groupby(dated, key=lambda one: one[:2])
    for number, (_, run) in enumerate(runs):
        some = list(run)
        last = max(day for *_, day, _ in some)
        yield Piece(f"{article['id']}#{number}", article["title"], some[0][0], last, tuple(one[3] for one in some))


def days(text: str, now: date, end: date) -> tuple[list[date], date]:
    """The days that a text names, in its order, and about when its story has come to.

    A day without a year is the one nearest to where the story was; a year by itself takes the story there. None is after the end."""
    found: list[date] = []
    for match in _DAY.finditer(text):
        of = match.groupdict()
        if of["y4"]:
            year = int(of["y4"])
            now = now if year in (now.year, end.year + 1) else min(date(year, 7, 1), end)
            continue
        month = _MONTHS.index(of["m1"] or of["m2"] or of["m3"]) + 1
        given = of["y1"] or of["y2"] or of["y3"]
        years = [int(given)] if given else [now.year - 1, now.year, now.year + 1]
        dates = (_date(year, month, int(of["d1"] or of["d2"] or 28)) for year in years)
        options = [one for one in dates if one and one <= end]
        if options:
            now = min(options, key=lambda one: abs((one - now).days))
            found.append(now)
    return found, now


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def ids(some: Sequence[dict[str, str]]) -> frozenset[str]:
    """Ids of the articles that the pages are: a ledger of an earlier run has others too, if these were cut otherwise then."""
    found = (pages.read(piece.data, Meta(name=piece.name), languages=("en",)) for one in some for piece in pieces(one))
    return frozenset(page.id for page in found if isinstance(page, Article))


def read(some: Sequence[dict[str, str]]) -> Ledger:
    """A ledger that has what was read in these articles, and in those of earlier runs."""
    folder = Path(os.environ.get("TMPDIR") or tempfile.gettempdir()) / f"whosays-wikipedia-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = pipeline.READER.replace("/", "-")
    store, done = ledger.open(str(folder / f"{name}.db"), create=True), folder / f"{name}.done"
    known = set(done.read_text().split()) if done.exists() else set()
    for article in some:
        cut = list(pieces(article))
        key = digest(*(hashlib.sha256(piece.data).hexdigest() for piece in cut))
        if key in known:
            continue
        for piece in cut:
            _keep(piece, store)
        with done.open("a") as kept:
            kept.write(f"{key}\n")
    return store


def _keep(piece: Piece, store: Ledger) -> None:
    data = piece.data
    raw = hashlib.sha256(data).hexdigest()
    if store.has(raw, pipeline.READER):
        return
    try:
        page = pipeline.read_page(data, Meta(name=piece.name))
    except ValueError as error:  # a bug of ours: the other pages are read
        page = Refusal(Stage.PIPELINE, BUG, f"{type(error).__name__}: {error}")
        print(f"  bug on {piece.name}: {error}")
    if isinstance(page, Page):
        body = copies.body(page.article)
        capture = Capture(page.article, raw, READ_AT)
        store.add(capture, page.claims, name=piece.name, reader=pipeline.READER, body=body)
    else:
        store.refuse(page, raw=raw, name=piece.name, reader=pipeline.READER, read_at=READ_AT)
