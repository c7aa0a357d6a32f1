"""How quick `whosays serve` is on a large ledger: `python -m benchmarks serve_speed [--claims N]`, five minutes and a million with --long.

A ledger of the simulated press (simulation.py, 20,000 places) is filled and weighed, and kept in .bench/. A copy is served, and asked
for pages and data of every kind: first one after the other, ten a second; then 30 times a second over 200 connections that are kept,
from 100 addresses, while another process reads pages into the same ledger (`whosays ingest`: the real reader, at full speed). No
request is cached by us; the mix is drawn with a seed: popular and rare places, sources and articles.
  page_ms     one after the other: server time of the slowest kind of page, 95th percentile
  p95_ms      server time by its own account (`Server-Timing`), 95th percentile over all requests
  waited_ms   what a client waited from when a request was due, 95th percentile
  map_ms      server time of the map's data for a date, 95th percentile
  map_kb      the largest such answer, in kilobytes as sent
  errors      requests without an answer, or with one that is no 200
  ingested    pages read meanwhile
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from shutil import copy
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.figures import Figure
from benchmarks.load import Shot, fire
from benchmarks.simulated_ledger import filled
from benchmarks.simulated_press import START
from benchmarks.simulation import CLAIMS_A_PAGE, Stream
from whosays import ledger

CLAIMS, LONG_CLAIMS = 20_000, 1_000_000
SECONDS, LONG_SECONDS = 30, 300
ALONE = 10
"""Requests a second while nobody else asks."""
RATE, CONNECTIONS = 30, 200
TOWNS = 20_000
DIFFERENT = 600
"""Addresses asked for, in turn."""
PAGES_READ = 6_000
"""Pages laid out for the process that reads: more than it can in the time."""
WHOSAYS = str(Path(sys.executable).with_name("whosays"))
KEPT = Path(__file__).parent.parent / ".bench" / "serve"


def run(data: Path | None, split: str, *, claims: int = CLAIMS) -> dict[str, Figure]:
    return _measured(claims, SECONDS)


def run_long(data: Path | None, split: str, *, claims: int = LONG_CLAIMS) -> dict[str, Figure]:
    return _measured(claims, LONG_SECONDS)


def _measured(claims: int, seconds: float) -> dict[str, Figure]:
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = filled(KEPT / f"{claims}.db", claims, Stream(seed=1, towns=TOWNS))
    subprocess.run([WHOSAYS, "--ledger", str(kept), "weigh"], check=True)
    with TemporaryDirectory(dir=KEPT) as folder, _serving(path := Path(copy(kept, folder))) as port:
        addresses = list(_addresses(port, Random(1)))
        here = partial(fire, "127.0.0.1", port, addresses)
        here(rate=5, connections=4, seconds=len(_KINDS) / 2)  # what is made once
        alone = here(rate=ALONE, connections=1, seconds=seconds / 5)
        with _reading(path, Path(folder, "pages")):
            shots = here(rate=RATE, connections=CONNECTIONS, seconds=seconds)
        return {"page_ms": _slowest(alone, claims), **_figures(shots, claims, _newcomers(path))}


# ------------------------------------------------------------------------------------------------- server and reader


@contextmanager
def _serving(path: Path) -> Iterator[int]:
    """The port of a server of this ledger."""
    command = [WHOSAYS, "--ledger", str(path), "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    assert server.stdout is not None
    try:
        for line in server.stdout:
            if found := re.search(r"http://[^/:]+:(\d+)", line):
                yield int(found[1])
                break
        else:
            raise SystemExit("serve ended before it said where it listens")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(90)  # the worker ends the part that it weighs


@contextmanager
def _reading(path: Path, folder: Path) -> Iterator[None]:
    """Within it a process reads pages into the ledger."""
    source = Stream(seed=2, towns=TOWNS)
    folder.mkdir()
    for number in range(PAGES_READ):
        page = source.page(number)
        (folder / f"{number}.txt").write_text(page.article.text)
    command = [WHOSAYS, "--ledger", str(path), "ingest", str(folder)]
    reader = subprocess.Popen([*command, "--published", "2021-02-01"], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        if reader.poll() is not None and reader.returncode:
            raise SystemExit(f"ingest ended with {reader.returncode}")
        reader.send_signal(signal.SIGINT)
        reader.wait(60)


def _newcomers(path: Path) -> int:
    with ledger.open(str(path)) as store:
        return store.counts().articles


# ------------------------------------------------------------------------------------------------------------- the mix


@dataclass(frozen=True, slots=True)
class _There:
    """What the ledger has, as its own API tells it: ids and keys."""

    places: Sequence[str]
    sources: Sequence[str]
    articles: Sequence[str]
    questions: Sequence[str]
    days: Sequence[date]


_KINDS = (
    "/api/v1/map/control?as_of={day}",
    "/api/v1/map/control?as_of={day}",
    "/api/v1/map/control?as_of={day}&as_known_on={later}",
    "/place/{place}",
    "/place/{place}?as_of={day}",
    "/place/{place}?panel=1&as_of={day}",
    "/disputes",
    "/disputes?place={place}",
    "/article/{article}",
    "/source/{source}",
    "/question/{question}",
    "/search?q=forces+{word}",
    "/",
    "/api/v1/claims?place={place}",
    "/api/v1/claims?source={source}&type=capture",
    "/api/v1/disputes",
    "/api/v1/control?place={place}&as_of={day}",
    "/api/v1/articles/{article}",
    "/api/v1/places?limit=50",
    "/api/v1/sources",
)
"""Each is as likely as each other."""


def _addresses(port: int, draw: Random) -> Iterator[str]:
    there = _there(port)
    for number in range(DIFFERENT):
        day = draw.choice(there.days)
        yield _KINDS[number % len(_KINDS)].format(
            day=day,
            later=day + timedelta(days=draw.choice((0, 7, 60))),
            place=quote(_often_first(there.places, draw), safe=""),
            source=quote(_often_first(there.sources, draw), safe=""),
            article=draw.choice(there.articles),
            question=draw.choice(there.questions),
            word=draw.choice(("take", "hold", "shell", "leave", "fight", "kill")),
        )


def _often_first(some: Sequence[str], draw: Random) -> str:
    """As people ask: half of the time for one of the ten best known."""
    return draw.choice(some[:10]) if draw.random() < 0.5 else draw.choice(some)


def _there(port: int) -> _There:
    def listed(what: str, key: str) -> list[str]:
        with urlopen(f"http://127.0.0.1:{port}/api/v1/{what}?limit=200") as answer:
            return [item[key] for item in json.load(answer)["items"]]

    return _There(
        places=listed("places", "key"),
        sources=listed("sources", "key"),
        articles=listed("articles", "id"),
        questions=listed("questions", "id"),
        days=[START + timedelta(days=n * 7) for n in range(1, 100)],
    )


# ------------------------------------------------------------------------------------------------------------- figures


def _slowest(shots: Sequence[Shot], claims: int) -> Figure:
    print("One after the other:")
    kinds = _told(shots)
    return Figure(max(kinds.values()), len(shots), of=f"requests one after the other to {claims:,} claims")


def _figures(shots: Sequence[Shot], claims: int, articles: int) -> dict[str, Figure]:
    print(f"{RATE} a second over {CONNECTIONS} connections, beside an ingest:")
    _told(shots)
    served = [shot.server_ms for shot in shots if shot.server_ms is not None]
    maps = [shot for shot in shots if "/map/" in shot.path]
    of = f"requests to {claims:,} claims"
    wrong = [shot for shot in shots if shot.status != 200]
    return {
        "p95_ms": Figure(_p95(served), len(served), of=of),
        "waited_ms": Figure(_p95([shot.waited_ms for shot in shots]), len(shots), of=of),
        "map_ms": Figure(_p95([shot.server_ms or 0.0 for shot in maps]), len(maps), of=of),
        "map_kb": Figure(max(shot.size for shot in maps) / 1e3, len(maps), of=of),
        "errors": Figure(len(wrong), len(shots), of=of),
        "ingested": Figure(articles - claims // CLAIMS_A_PAGE, len(shots), of="requests meanwhile"),
    }


def _told(shots: Sequence[Shot]) -> dict[str, float]:
    """A line for each kind, and what went wrong. By kind, the 95th percentile of server time."""
    kinds: dict[str, list[Shot]] = defaultdict(list)
    for number, shot in enumerate(shots):
        kinds[_KINDS[number % DIFFERENT % len(_KINDS)]].append(shot)
    print(f"{'':52s} {'n':>5s} {'median':>8s} {'p95 ms':>8s} {'waited':>8s} {'kB':>7s}")
    found = {}
    for kind, own in kinds.items():
        times = [shot.server_ms or 0.0 for shot in own]
        found[kind] = _p95(times)
        print(
            f"{kind:52s} {len(own):5d} {median(times):8.1f} {found[kind]:8.1f} {_p95([shot.waited_ms for shot in own]):8.1f}"
            f" {max(shot.size for shot in own) / 1e3:7.1f}"
        )
    for shot in [one for one in shots if one.status != 200][:10]:
        print(f"ERROR {shot.status} {shot.path}")
    return found


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else max(values, default=0.0)
