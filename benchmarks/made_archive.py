"""A WARC with a chosen mix of pages: what `throughput`, `engines` and `faults` read.

    write(path, data, Mix(conflict, copies, other), pages=…, seed=…) -> Made

`other`: real pages of other news and blogs, as they were fetched (../shared/data: webextract_aeb, dragnet; dev and train only). `conflict`:
texts on conflicts (the Guardian on Syria, FA-KES) in the dress of an outlet: head with metadata, scripts, menus, lists of other
stories, comments. `copies`: such a text again in another outlet's dress, with its own headline, most with a paragraph
dropped or a sentence added. The order is drawn with the seed; when there are no more texts, they begin again with a number in every
paragraph. All is made anew in a temporary folder: nothing of others is kept.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import count, islice
from pathlib import Path
from random import Random

GENERAL = (5, 30, 65)
DESK = (20, 50, 30)
"""Percent of conflict, copies and other: general news, and a conflict desk's feed."""
OUTLETS = ("Courier", "Gazette", "Herald", "Monitor Daily", "Observer Post", "Record", "Standard", "Tribune")
LONGEST = 6_000
"""Characters of a text on conflict: as much as a long news story."""
FETCHED = "2020-02-01T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Story:
    """A text on a conflict."""

    headline: str
    day: date
    paragraphs: tuple[str, ...]


def write(path: Path, data: Path, mix: tuple[int, int, int], *, pages: int, seed: int = 1) -> None:
    """A gzipped WARC, a member each record, as crawlers write it."""
    with path.open("wb") as out:
        for number, html in enumerate(islice(_pages(data, mix, Random(seed)), pages)):
            out.write(gzip.compress(_record(number, html), 6, mtime=0))


def _pages(data: Path, mix: tuple[int, int, int], draw: Random) -> Iterator[bytes]:
    stories, others = _again(_stories(data), draw), _others(data, draw)
    told: list[tuple[int, Story]] = []
    for number in count():
        kind = draw.choices(("conflict", "copy", "other"), mix)[0]
        if kind == "other":
            yield next(others)
        elif kind == "conflict" or not told:
            told.append((number, next(stories)))
            yield dressed(told[-1][1], number, draw)
        else:
            told = told[-200:]
            yield dressed(_changed(draw.choice(told)[1], draw), number, draw)


def _again(stories: Sequence[Story], draw: Random) -> Iterator[Story]:
    """All in a drawn order, again and again; each time another number stands in every paragraph, so that none is a copy."""
    for turn in count():
        for story in draw.sample(stories, len(stories)):
            changed = tuple(f"{text} ({turn})" if turn else text for text in story.paragraphs)
            yield Story(story.headline, story.day + timedelta(turn), changed)


def _changed(story: Story, draw: Random) -> Story:
    """As another outlet prints it."""
    paragraphs = list(story.paragraphs)
    if len(paragraphs) > 2 and draw.random() < 0.6:
        del paragraphs[draw.randrange(1, len(paragraphs))]
    if draw.random() < 0.3:
        paragraphs.append(
            f"Our correspondent said on {draw.choice(('Monday', 'Friday'))} that {draw.randrange(2, 90)} people had fled."
        )
    return Story(f"{story.headline} – {draw.choice(OUTLETS)}", story.day, tuple(paragraphs))


# ------------------------------------------------------------------------------------------------------------- material


def _stories(data: Path) -> list[Story]:
    found = []
    for row in _rows(data / "conflict_text/guardian_sdf.jsonl.gz"):
        found.append(_story(row["text"], row["date"]))
    for row in _rows(data / "fakes/articles.jsonl.gz"):
        if row["split"] == "dev":
            found.append(_story(row["text"], row["date"]))
    return [story for story in found if len(story.paragraphs) > 1]


def _story(text: str, day: str) -> Story:
    """Three sentences a paragraph; the first words are the headline."""
    sentences = re.split(r"(?<=[.!?])\s+", text[:LONGEST].strip())
    paragraphs = tuple(" ".join(sentences[n : n + 3]) for n in range(0, len(sentences), 3))
    return Story(" ".join(sentences[0].split()[:10]), date.fromisoformat(day), paragraphs)


def _others(data: Path, draw: Random) -> Iterator[bytes]:
    pages = [row["html"] for row in _rows(data / "webextract_aeb/pages.jsonl.gz") if row["split"] == "dev"]
    pages += [
        row["html"] for row in _rows(data / "webextract_dragnet/pages.jsonl.gz") if row["split"] in ("dev", "train")
    ]
    for turn in count():
        for html in draw.sample(pages, len(pages)):
            yield f"{html}<!-- {turn} -->".encode("utf-8", "replace")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# ---------------------------------------------------------------------------------------------------------------- dress


def dressed(story: Story, number: int, draw: Random) -> bytes:
    """A page of an outlet around a story."""
    outlet = draw.choice(OUTLETS)
    words = [word for text in story.paragraphs for word in text.split()] or ["news"]

    def some(least: int, most: int) -> str:
        return escape(" ".join(draw.choices(words, k=draw.randrange(least, most))))

    about = {"headline": story.headline, "datePublished": f"{story.day}T08:00:00Z", "publisher": {"name": outlet}}
    meta = json.dumps({"@type": "NewsArticle", **about})
    script = json.dumps({f"key{n}": draw.random() for n in range(900)})
    menu = "".join(f'<li class="item"><a href="/section/{n}?utm={n}">{some(1, 3)}</a></li>' for n in range(60))
    teaser = '<div class="teaser card"><a href="/story/{0}"><img src="/i/{0}.jpg" alt=""><h3>{1}</h3></a></div>'
    teasers = "".join(teaser.format(n, some(5, 9)) for n in range(40))
    comment = '<li class="comment"><b class="author">user{0}</b><p>{1}</p></li>'
    comments = "".join(comment.format(n, some(8, 30)) for n in range(draw.randrange(0, 12)))
    body = "\n".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.headline)} | {outlet}</title>
<script type="application/ld+json">{meta}</script><script>var data = {script};</script></head>
<body class="page-{number}"><nav><ul>{menu}</ul></nav><main><article><h1>{escape(story.headline)}</h1>
<p class="byline">By a correspondent</p><time datetime="{story.day}T08:00:00Z">{story.day:%d %B %Y}</time>
<div class="body">{body}</div></article><section class="more">{teasers}</section>
<section class="comments"><h2>Comments</h2><ol>{comments}</ol></section></main>
<footer><p>© {outlet} {story.day.year}. All rights reserved.</p><ul>{menu}</ul></footer></body></html>""".encode()


def _record(number: int, html: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(html) + html
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}.html\r\nWARC-Date: {FETCHED}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
