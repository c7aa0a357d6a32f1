"""The packaged sample pages against what a right reading of them contains: `python -m benchmarks samples`.

A regression measure that needs no shared data: expectations are edited by hand in tests/samples/expected.yml, and also name types
that the lexicon does not have yet. `claims`: share of the expected propositions found; `disputes`: share of the expected disputes
across pages found; `leaks`: claims whose evidence stands where no claim may come from (0 is the only good value).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import yaml

from benchmarks.figures import Figure, measure
from whosays import pipeline, weigh
from whosays.nouns import Claim, Extraction, Meta
from whosays.pipeline import Page

EXPECTED = Path(__file__).parent.parent / "tests" / "samples" / "expected.yml"
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)
Expected = Mapping[str, object]


def run(data: Path | None, split: str) -> dict[str, Figure]:
    expected = yaml.safe_load(EXPECTED.read_text("utf-8"))
    pages = {name: _read(name) for name in expected["pages"]}
    by_page = {
        name: [_found(wanted, pages[name]) for wanted in expected["claims"] if wanted["page"] == name] for name in pages
    }
    for wanted in expected["claims"]:
        if not _found(wanted, pages[wanted["page"]]):
            print(f"  not found: {wanted['page']}: {wanted['type']} {' … '.join(wanted['evidence'])}")
    found = measure(
        [rows for rows in by_page.values() if rows],
        lambda pages: 100 * sum(map(sum, pages)) / max(1, sum(map(len, pages))),
    )
    everything = [
        Extraction(claim, pipeline.head(page.article), pipeline.READER, READ_AT)
        for page in pages.values()
        for claim in page.claims
    ]
    disputed = [_disputed(wanted, everything) for wanted in expected["disputes"]]
    for wanted, yes in zip(expected["disputes"], disputed, strict=True):
        if not yes:
            print(f"  not found: dispute on {wanted['place']}: {wanted['about']}: {' / '.join(wanted['voices'])}")
    leaks = [
        claim.evidence.exact
        for name, words in expected["never"].items()
        for claim in pages[name].claims
        if any(word in claim.evidence.exact for word in words)
    ]
    return {
        "claims": found,
        "disputes": Figure(100 * sum(disputed) / len(disputed), len(disputed), of="disputes"),
        "leaks": Figure(len(leaks), len(everything), of="claims"),
    }


def _read(name: str) -> Page:
    page = pipeline.read_page(files("whosays").joinpath("samples", name).read_bytes(), Meta(name=name))
    assert isinstance(page, Page), f"{name} was refused: {page}"
    return page


def _found(wanted: Expected, page: Page) -> bool:
    return any(_is(wanted, claim) for claim in page.claims)


def _is(wanted: Expected, claim: Claim) -> bool:
    words, voice = wanted["evidence"], wanted["source"]
    assert isinstance(words, list)
    said = f"{claim.source.mention or ''} {claim.source.name or ''}"
    return (
        claim.type == wanted["type"]
        and claim.polarity.value == wanted["polarity"]
        and all(_plain(word) in _plain(claim.evidence.exact) for word in words)
        and (str(voice) in said if voice else claim.source.mention is None)
        and (wanted["place"] is None or _place(claim, str(wanted["place"])))
    )


def _place(claim: Claim, wanted: str) -> bool:
    if claim.place is None:
        return False
    names = (claim.place.name, claim.place.words, claim.place.place.name if claim.place.place else None)
    return any(name and wanted.lower() in name.lower() for name in names)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _disputed(wanted: Expected, claims: list[Extraction]) -> bool:
    by_id = {one.claim.id: one for one in claims}
    voices = wanted["voices"]
    assert isinstance(voices, list)
    for dispute in weigh.disputes(claims):
        pair = [by_id[one].claim for one in dispute.claims]
        said = [f"{claim.source.mention or ''} {claim.source.name or ''}" for claim in pair]
        crossed = any(voices[0] in a and voices[1] in b for a, b in (said, said[::-1]))
        if crossed and any(_place(claim, str(wanted["place"])) for claim in pair):
            return True
    return False
