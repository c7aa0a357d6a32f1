"""Disputes by question: `python -m benchmarks disputes [--long]`.

Two sets, on claims as annotated (`gold_`) and on claims that the pipeline extracts from the pages (`extracted_`):
  the gold pages (../shared/gold/dev): a question is a connected component of disputed pairs (CLAIMS.md section 3);
  planted ones (cases/disputes.yml, cases/disputes_none.yml): each case is a ledger of its own with one question, or with none.
A gold question is found if a predicted pair is one of its pairs. A predicted component that shares no pair with gold is false.
An extracted claim stands for the gold claim of its type whose evidence it overlaps most, if by Jaccard .4 or more (as in
../shared/tools/score_claims.py); each gold claim is matched once.
F1 is over the questions of both sets together; `planted_held_*` are the planted cases at odd positions, on which no rule was tuned.
`kinds`: of the questions found on gold claims, planted, the share whose kind is the right one.
Gaza, January 2009 (cases/gaza_2009.yml, four gold pages): disagreements found by reading; printed with their sentences, which stand
in the shared data alone, and with whether the program finds each. `gaza_gold`, `gaza_extracted`: the share found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.dispute_pages import CASES, Page, cases, extracted, gold_pages
from benchmarks.figures import Figure, measure
from whosays import weigh
from whosays.nouns import Dispute, Extraction

Pair = frozenset[str]
Reader = Callable[[Page], Sequence[Extraction]]


@dataclass(frozen=True, slots=True)
class Score:
    """One ledger (a gold page, a planted case): questions by what became of them."""

    name: str
    found: int
    missed: int
    false: int
    kinds: tuple[bool, ...] = ()
    """Of the questions found: was the kind the right one?"""


def run(data: Path | None, split: str) -> dict[str, Figure]:
    return _run(data, long=False)


def run_long(data: Path | None, split: str) -> dict[str, Figure]:
    """The same, with what was missed and what was false printed line by line."""
    return _run(data, long=True)


def _run(data: Path | None, *, long: bool) -> dict[str, Figure]:
    assert data is not None
    figures: dict[str, Figure] = {}
    for name, reader in (("gold", _annotated), ("extracted", extracted)):
        pages = [score(name, [page], page.questions, reader, long=long) for page in gold_pages(data)]
        told = [
            long and number % 2 == 0 for number in range(len(cases()))
        ]  # of what is held out only the count is seen
        planted = [
            score(name, case.pages, case.questions, reader, case.kind, long=tell)
            for case, tell in zip(cases(), told, strict=True)
        ]
        figures |= _figures(name, [*pages, *planted])
        figures |= _figures(f"{name}_pages", pages)
        figures |= _figures(f"{name}_planted_dev", planted[0::2])
        figures |= _figures(f"{name}_planted_held", planted[1::2])
        right = [kind for score in planted for kind in score.kinds]
        figures[f"{name}_kinds"] = Figure(
            100 * sum(right) / max(1, len(right)), len(right), of="planted questions found"
        )
        figures |= _gaza(data, name, reader)
    return figures


def _annotated(page: Page) -> Sequence[Extraction]:
    return page.claims


def score(
    label: str,
    pages: Sequence[Page],
    questions: Sequence[frozenset[Pair]],
    reader: Reader,
    kind: str = "",
    *,
    long: bool = False,
) -> Score:
    claims = [one for page in pages for one in reader(page)]
    predicted = weigh.disputes(claims)
    pairs = {frozenset(one.claims): one for one in predicted}
    hits = [question for question in questions if question & set(pairs)]
    known = frozenset().union(*questions) if questions else frozenset()
    false = [part for part in components(pairs) if not part & known]
    kinds = (
        tuple(any(pairs[pair].kind.value == kind for pair in question & set(pairs)) for question in hits)
        if kind
        else ()
    )
    if long:
        _kind(label, pages[0].name, kind, [pairs[pair] for question in hits for pair in question & set(pairs)])
        _tell(
            label,
            pages[0].name,
            claims,
            [pairs[min(part, key=sorted)] for part in false],
            [q for q in questions if q not in hits],
        )
    return Score(pages[0].name, len(hits), len(questions) - len(hits), len(false), kinds)


def _kind(label: str, name: str, kind: str, found: Sequence[Dispute]) -> None:
    if kind and all(one.kind.value != kind for one in found):
        print(
            f"  {label} {name}: {found[0].kind} instead of {kind}: {found[0].why}" if found else "",
            end="\n" if found else "",
        )


def components(pairs: Iterable[Pair]) -> list[frozenset[Pair]]:
    """Pairs that hang together by a shared claim."""
    parts: list[set[Pair]] = []
    for pair in pairs:
        touching = [part for part in parts if any(pair & other for other in part)]
        parts = [part for part in parts if part not in touching] + [{pair}.union(*touching)]
    return [frozenset(part) for part in parts]


def _tell(
    label: str, name: str, claims: Sequence[Extraction], false: Sequence[Dispute], missed: Sequence[frozenset[Pair]]
) -> None:
    words = {one.claim.id: one.claim.evidence.exact for one in claims}
    for dispute in false:
        print(
            f"  {label} {name}: false: {dispute.kind}: {dispute.why}: {' // '.join(words[one] for one in dispute.claims)}"
        )
    for question in missed:
        some = sorted(min(question, key=sorted))
        print(f"  {label} {name}: missed: {' // '.join(words.get(one, f'[{one} was not extracted]') for one in some)}")


def _figures(name: str, scores: Sequence[Score]) -> dict[str, Figure]:
    found, missed, false = (sum(getattr(one, what) for one in scores) for what in ("found", "missed", "false"))
    print(f"{name:24s} {found} of {found + missed} questions found, {false} false")
    questions = found + missed
    return {
        f"{name}_f1": measure(scores, f1),
        f"{name}_precision": Figure(100 * found / max(1, found + false), found + false, of="predicted questions"),
        f"{name}_recall": Figure(100 * found / max(1, questions), questions, of="questions"),
    }


def f1(scores: Sequence[Score]) -> float:
    found, wrong = sum(one.found for one in scores), sum(one.missed + one.false for one in scores)
    return 200 * found / (2 * found + wrong) if found + wrong else 0.0


# ------------------------------------------------------------------------------------------------------- Gaza, January 2009


def _gaza(data: Path, name: str, reader: Reader) -> dict[str, Figure]:
    """Which of the disagreements found by reading the program finds: a predicted pair whose evidence overlaps both passages."""
    listed = yaml.safe_load((CASES / "gaza_2009.yml").read_text("utf-8"))
    pages = {page.name: page for page in gold_pages(data) if page.name.startswith("ecb-41")}
    if not pages:
        return {}
    claims = [one for page in pages.values() for one in reader(page)]
    by_id = {one.claim.id: one for one in claims}
    predicted = [[by_id[one] for one in dispute.claims] for dispute in weigh.disputes(claims)]
    found = []
    for case in listed:
        found.append(any(_is(case, pair) for pair in predicted))
        print(f"  {'found    ' if found[-1] else 'not found'}  {name}: {case['what']}")
        for side in case["sides"] if name == "gold" else ():
            start, end = side["at"]
            print(f"      {side['page']} {start}-{end}: {pages[side['page']].text[start:end]!r}")
    return {f"gaza_{name}": Figure(100 * sum(found) / len(found), len(found), of="disagreements read")}


def _is(case: Mapping[str, list[Mapping[str, object]]], pair: Sequence[Extraction]) -> bool:
    one, other = case["sides"]
    return any(_at(one, a) and _at(other, b) for a, b in (pair, pair[::-1]))


def _at(side: Mapping[str, object], said: Extraction) -> bool:
    (start, end), evidence = side["at"], said.claim.evidence  # type: ignore[misc]
    return said.article.id == side["page"] and evidence.start < end and start < evidence.end
