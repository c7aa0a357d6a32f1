"""Ledgers of any size, filled from a simulated press (simulation.py): five claims a page, reprints among them.

    filled(path, claims, source) -> path        lifelike(page) -> page

The index of bands is as full as that of real articles (64 numbers each), but with numbers of chance, and copies are not looked for.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.simulated_press import READER, Page
from benchmarks.simulation import CLAIMS_A_PAGE, Stream
from whosays import copies, ledger
from whosays.nouns import PartKind, Span

BANDS = 64
OWN_WORDS = 30
"""Words of chance behind each sentence."""
AT_ONCE = 500
"""Pages written in one transaction."""


def filled(path: Path, claims: int, source: Stream) -> Path:
    """A ledger of so many claims; one that is there is kept as it is, one that was stopped goes on."""
    if path.exists():
        return path
    part = path.with_suffix(".part")
    with ledger.open(str(part), create=True) as store:
        there = store.counts().articles
        draw = Random(there)
        pages = (lifelike(source.page(n)) for n in range(there, claims // CLAIMS_A_PAGE))
        while chunk := list(islice(pages, AT_ONCE)):
            with store.together():
                for page in chunk:
                    store.add(page.capture, page.claims, name="simulated", reader=READER, body=page.body)
                    store.put_bands(page.article.id, [draw.randrange(-(2**63), 2**63) for _ in range(BANDS)])
                    store.put_copied(page.article.id, (), method=copies.METHOD)
    return part.rename(path)


def lifelike(page: Page) -> Page:
    """The page with words of chance behind each of its sentences, the same in all its reprints: real stories have more words of their
    own than turns of phrase in common with others."""
    draw, text, parts, claims = Random(page.body), "", [], list(page.claims)
    for part in page.article.parts:
        start, shift = len(text), len(text) - part.span.start
        text += part.span.of(page.article.text)
        if part.kind is PartKind.PARAGRAPH:
            text = text[:-1] + "".join(f" word{draw.randrange(20_000)}" for _ in range(OWN_WORDS)) + "."
        parts.append(replace(part, span=Span(start, len(text))))
        for n, claim in enumerate(page.claims):
            own = claim.evidence
            if part.span.start <= own.start < part.span.end:
                claims[n] = replace(claim, evidence=replace(own, start=own.start + shift, end=own.end + shift))
        text += "\n\n"
    return replace(page, article=replace(page.article, text=text, parts=tuple(parts)), claims=tuple(claims))
