"""events: who did what to whom, on the sentences by which event coders are judged (`data/events`). All figures in percent.

`plover_*`: PLOVER's own gold records (322); `petrarch_*`: the unit sentences of PETRARCH2 (284, of an invented world; its codes are
CAMEO's, turned into PLOVER's by their first two digits). Each sentence is read as a page.
  *_type    of gold events whose category some type of ours has: how many have a claim of that category
  *_actor *_target *_both    of these: how many have one whose actor, target or both are gold's too
  *_covered of all gold events: the share whose category some type of ours has. Meetings, protests and refusals are no claims of ours.
`cameo_actor_f1 cameo_target_f1`: actors and targets against the S and T spans of 1,153 CAMEO sentences (every fifth of `train` is
dev), one to one where they share a word; `cameo_class`: of the sentences that gave claims, how many have one of gold's class
(verbal or material, cooperation or conflict). PETRARCH2 (Python 2) passes its own unit sentences by construction and is not run.
PETRARCH2's names are codes (`GON`): right if their letters stand in that order in a word of the claim's party (`Gondor`).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, measure
from benchmarks.spans import Counts, f1, over
from whosays import claims, pipeline
from whosays.nouns import Claim, Meta, Party, Refusal

PLOVER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Names of the gold records (version 0.5) that PLOVER has changed since."""
CAMEO = {
    "02": "REQUEST", "03": "AGREE", "05": "SUPPORT", "06": "SUPPORT", "07": "AID", "10": "REQUEST", "11": "ACCUSE",
    "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
"""First two digits of a CAMEO code → PLOVER; the rest (statements, consultations, refusals, protests, yielding) has no type of ours."""
CLASSES = {
    "AGREE": "1", "SUPPORT": "1", "REQUEST": "1", "AID": "2", "RETREAT": "2", "ACCUSE": "3", "MOBILIZE": "4",
    "SANCTION": "4", "COERCE": "4", "ASSAULT": "4",
}  # fmt: skip
"""PLOVER → class: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""


@dataclass(frozen=True, slots=True)
class Event:
    """A gold event. `actor` and `target` judge the words of a party; None where gold names nobody."""

    category: str | None
    actor: Callable[[str], bool] | None
    target: Callable[[str], bool] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One gold event, and what of it was found."""

    covered: bool
    type: bool
    actor: bool
    target: bool
    both: bool


def run(data: Path | None, split: str) -> dict[str, Figure]:
    assert data is not None
    folder = data / "events"
    figures: dict[str, Figure] = {}
    for name, gold in (("plover", plover(folder)), ("petrarch", petrarch(folder))):
        rows = [row for text, events in gold for row in compare(read(text), events)]
        covered = [row for row in rows if row.covered]
        figures[f"{name}_covered"] = share(rows, lambda row: row.covered)
        for part in ("type", "actor", "target", "both"):
            figures[f"{name}_{part}"] = share(covered, lambda row, part=part: getattr(row, part))
    return figures | cameo(folder, split)


def share(rows: Sequence[Row], holds: Callable[[Row], bool]) -> Figure:
    figure = measure(rows, lambda drawn: 100 * sum(map(holds, drawn)) / max(1, len(drawn)))
    return Figure(figure.value, figure.n, figure.low, figure.high, of="events")


def compare(found: Sequence[Claim], events: Sequence[Event]) -> Iterator[Row]:
    codes = {name: type_.plover for name, type_ in claims.lexicon().types.items()}
    for event in events:
        if event.category is None or event.category not in codes.values():
            yield Row(False, False, False, False, False)
            continue
        same = [claim for claim in found if codes[claim.type] == event.category]
        by = [fits(event.actor, claim.actor) for claim in same]
        to = [fits(event.target, claim.target) for claim in same]
        yield Row(True, bool(same), any(by), any(to), any(a and b for a, b in zip(by, to, strict=True)))


def fits(gold: Callable[[str], bool] | None, party: Party | None) -> bool:
    if gold is None:
        return True
    return party is not None and gold(f"{party.words} {party.name or ''}")


def read(text: str) -> tuple[Claim, ...]:
    page = pipeline.read_page(text.encode(), Meta(name="sentence.txt"))
    return () if isinstance(page, Refusal) else page.claims


# ------------------------------------------------------------------------------------------------------- gold


def plover(folder: Path) -> Iterator[tuple[str, list[Event]]]:
    for line in (folder / "plover_gsr.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        category = PLOVER.get(row["event"], row["event"])
        yield row["text"], [Event(category, _named(row.get("source")), _named(row.get("target")))]


def _named(parties: Sequence[dict[str, Any]] | None) -> Callable[[str], bool] | None:
    """Half of the words of any of them are there."""
    wanted = [
        words(party["actorText"]) for party in parties or () if isinstance(party, dict) and party.get("actorText")
    ]
    wanted = [one for one in wanted if one]
    return (lambda found: any(2 * len(one & words(found)) >= len(one) for one in wanted)) if wanted else None


def petrarch(folder: Path) -> Iterator[tuple[str, list[Event]]]:
    for row in rows(folder / "petrarch_unit.jsonl.gz"):
        coded = [event for event in row["events"] if re.match(r"\d", str(event.get("eventcode")))]
        yield (
            row["text"],
            [
                Event(
                    CAMEO.get(event["eventcode"][:2]), _coded(event.get("sourcecode")), _coded(event.get("targetcode"))
                )
                for event in coded
            ],
        )


def _coded(code: str | None) -> Callable[[str], bool] | None:
    """The letters of a country's code stand in this order in a word."""
    if not code or not code[:3].isalpha():
        return None
    letters = re.compile(r"\b" + r"\w*".join(code[:3].lower()))
    return lambda found: bool(letters.search(found.lower()))


def cameo(folder: Path, split: str) -> dict[str, Figure]:
    classes = {_bare(row["text"]): row["label"] for row in rows(folder / "cameo_class.jsonl.gz")}
    codes = {name: type_.plover for name, type_ in claims.lexicon().types.items()}
    counts: dict[str, list[Counts]] = {"actor": [], "target": []}
    right = []
    for n, row in enumerate(rows(folder / "cameo_ner.jsonl.gz")):
        if row["split"] == "train" and (n % 5 == 0) == (split == "dev"):
            found = read(row["text"])
            for role, letter in (("actor", "S"), ("target", "T")):
                gold = [words(span["text"]) for span in row["spans"] if span["type"] == letter]
                ours = {party.words: words(party.words) for one in found if (party := getattr(one, role)) is not None}
                counts[role].append(paired(gold, list(ours.values())))
            label = classes.get(_bare(row["text"]))
            if found and label not in (None, "0"):
                right.append(any(CLASSES.get(codes[one.type] or "") == label for one in found))
    figures = {f"cameo_{role}_f1": over(counts[role], f1, of="sentences") for role in counts}
    rate = measure(right, lambda drawn: 100 * sum(drawn) / len(drawn))
    return figures | {"cameo_class": Figure(rate.value, rate.n, rate.low, rate.high, of="sentences")}


def _bare(text: str) -> str:
    """The letters of a sentence: the two files cut words differently."""
    return "".join(re.findall(r"\w", text))


def paired(gold: Sequence[frozenset[str]], ours: Sequence[frozenset[str]]) -> Counts:
    """One to one, the first that share a word."""
    left = list(ours)
    hits = 0
    for one in gold:
        same = next((other for other in left if one & other), None)
        if same is not None:
            left.remove(same)
            hits += 1
    return Counts(hits, len(ours), len(gold))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower())) - {"the", "a", "an", "of", "in", "and", "s", "for", "to"}
