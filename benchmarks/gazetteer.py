"""gazetteer: what opening a gazetteer and looking names up in it costs, and how many spellings it finds again.

Of the shipped one: `size_mb` (its folder); `open_ms` (median of 9); `rss_mb`: what a process of its own holds more, after opening it
and looking up 10,000 names and 1,000 spellings, than before; `exact_per_s`: `find` on the names of every 25th row; `fuzzy_per_s`: `like`
on the spellings of cases/transliterations.yml. `fuzzy_recall`: the share of its held-out spellings for which `like` gives the place that
is meant among its first five, `fuzzy_recall_tuned`: the same of those that the skeletons were made with; `false_share`: of words that are
no places, those for which it gives any at all; `known`: of all the spellings, those that are keys by now (when they were written none was).

`--long`: the same costs of a gazetteer of 12 million made-up names, each of a place of its own, and its `size_gb`. It is built in the
folder for temporary files, which takes long, and left there for the next time.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from benchmarks.figures import Figure, measure
from whosays.places.compile import Entry, write
from whosays.places.gazetteer import ASSET, FILE, Gazetteer, key

HERE = Path(__file__).parent
NAMES = 12_000_000
DIVISIONS = 1_000
EXACT, FUZZY = 10_000, 1_000
ONSETS = "b d f g h j k l m n q r s t w y z sh kh gh dh th".split()
VOWELS = "a i u e o aa ou ay".split()
CODAS = [*[""] * 20, *"n r l b d m s t h".split()]


def run(data: Path | None, split: str) -> dict[str, Figure]:
    cases = yaml.load((HERE / "cases" / "transliterations.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    shipped = Gazetteer(ASSET)
    spellings = [*pairs(cases["tuned_on"]), *pairs(cases["held_out"])]
    costs = cost(ASSET, [name for _, name, _ in spellings] * 10)
    size = sum(path.stat().st_size for path in ASSET.iterdir())
    return {
        "size_mb": Figure(size / 1e6, shipped.rows, of="places"),
        **costs,
        "fuzzy_recall": recall(shipped, cases["held_out"]),
        "fuzzy_recall_tuned": recall(shipped, cases["tuned_on"]),
        "false_share": measure([bool(shipped.like(word)) for word in cases["no_places"].split()], share),
        "known": measure([bool(shipped.find(key(name))) for _, name, _ in spellings], share),
    }


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    return many(NAMES)


def many(count: int) -> dict[str, Figure]:
    """Costs of a gazetteer of so many made-up names."""
    folder = Path(tempfile.gettempdir()) / f"whosays-gazetteer-{count}"
    if not (folder / FILE).exists():
        write(folder, entries(count), version="made up", sources=("here",), credit="Made up.", progress=told)
    opened = Gazetteer(folder)
    draw = random.Random(2)
    spellings = [misspelt(opened.name(draw.randrange(opened.rows)), draw) for _ in range(20_000)]
    return {"size_gb": Figure((folder / FILE).stat().st_size / 1e9, count, of="names"), **cost(folder, spellings)}


def cost(folder: Path, spellings: Sequence[str]) -> dict[str, Figure]:
    """What it costs to open a gazetteer and to look names up, one core."""
    opening = sorted(timed(lambda: Gazetteer(folder)) for _ in range(9))
    gazetteer = Gazetteer(folder)
    draw = random.Random(1)
    names = [key(gazetteer.name(draw.randrange(gazetteer.rows))) for _ in range(10_000)]
    for name in names:  # the pages that are read come into memory
        gazetteer.find(name)
    exact = timed(lambda: [gazetteer.find(name) for name in names])
    fuzzy = timed(lambda: [gazetteer.like(name) for name in spellings])
    return {
        "open_ms": Figure(1_000 * statistics.median(opening), len(opening), of="openings"),
        "exact_per_s": Figure(len(names) / exact, len(names), of="names"),
        "fuzzy_per_s": Figure(len(spellings) / fuzzy, len(spellings), of="spellings"),
        "rss_mb": Figure(memory(folder), EXACT + FUZZY, of="look-ups"),
    }


def memory(folder: Path) -> float:
    """MB that a fresh process holds more once it has opened a gazetteer and used it."""
    command = [sys.executable, "-m", "benchmarks.gazetteer", str(folder)]
    ran = subprocess.run(command, cwd=HERE.parent, env=environment(), capture_output=True, text=True, check=True)
    return float(json.loads(ran.stdout))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def use(folder: Path) -> float:
    """That process."""
    before = resident()
    gazetteer = Gazetteer(folder)
    draw = random.Random(3)
    for _ in range(EXACT):
        gazetteer.places(gazetteer.find(key(gazetteer.name(draw.randrange(gazetteer.rows)))))
    for _ in range(FUZZY):
        gazetteer.like(gazetteer.name(draw.randrange(gazetteer.rows)))
    return resident() - before


def resident() -> float:
    """MB of this process that lie in memory now, mapped files among them (Linux only)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def recall(gazetteer: Gazetteer, cases: dict[str, dict[str, str]]) -> Figure:
    return measure([meant(gazetteer, *case) for case in pairs(cases)], share)


def meant(gazetteer: Gazetteer, country: str, written: str, name: str) -> bool:
    """Is the place of this name, in its country, among those that a spelling gives?"""
    wanted = {row for row in gazetteer.find(key(name)) if gazetteer.country(row) == country}
    return any(wanted.intersection(alike.rows) for alike in gazetteer.like(written))


def pairs(cases: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    return ((country, written, name) for country, names in cases.items() for written, name in names.items())


def share(hits: Sequence[bool]) -> float:
    return 100 * sum(hits) / len(hits)


def entries(count: int) -> Iterator[Entry]:
    """A country, its divisions, and places that share its land, each under a name of its own."""
    yield Entry("XA", "Made Up", frozenset(), 0.0, 0.0, "country")
    for number in range(DIVISIONS):
        yield Entry(f"XA/{number}", f"Division {number}", frozenset(), 0.0, 0.0, "admin1", parent="XA")
    draw = random.Random(0)
    for number in range(1, count + 1):
        lat, lon = draw.uniform(-60, 70), draw.uniform(-180, 180)
        parent, people = f"XA/{number % DIVISIONS}", int(draw.paretovariate(0.6)) % 20_000_000
        yield Entry(f"G{number}", made_up(number, draw), frozenset(), lat, lon, "town", people, number, parent)


def made_up(number: int, draw: random.Random) -> str:
    """A name of three to five syllables that tell the number, so that no two are alike: `Sharun Dabay`."""
    said = []
    while number or len(said) < 3:
        number, onset = divmod(number, len(ONSETS))
        number, vowel = divmod(number, len(VOWELS))
        said.append(ONSETS[onset] + VOWELS[vowel] + CODAS[int(draw.random() * len(CODAS))])
    cut = 2 if len(said) > 3 or draw.random() < 0.3 else len(said)
    return " ".join("".join(part).capitalize() for part in (said[:cut], said[cut:]) if part)


def misspelt(name: str, draw: random.Random) -> str:
    """Another of the ways to write it: a vowel changed, or a letter doubled."""
    at = draw.randrange(len(name))
    letter = name[at]
    return name[:at] + (draw.choice("aeiou") if letter in "aeiou" else letter * 2) + name[at + 1 :]


def told(what: str, done: int) -> None:
    print(f"{what}: {done:,}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(use(Path(sys.argv[1]))))
