"""Judgements as gold: what analysts accepted or corrected, in the form in which readers are measured (CLAIMS.md, gold/README.md).

    gold(ledger, text=True) -> files        NAME.txt, the page, and NAME.json: published, claims, disputes

NAME is the id of the article. Of each article with a judged claim or dispute: the claims in force that were accepted or corrected, with
`unjudged` those too that nobody has judged; never one that was rejected. Disputes are those judged `same`: the two speak of one thing and
cannot both be true; both claims must be among those given. What is not judged is not gold: recall is measured on pages judged in full.
The texts are the publishers'. Without `text` there is nothing to measure readers on, so that whoever exports has to say so. The article
stands in them as printed, private persons' names too: readers are measured on its words. Names of those who comment are blanked beside
it, code point for code point, so that no offset moves.
A claim whose words the text no longer has (`ledger/overlay.py`) is left out: gold points into the file beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from whosays import wire
from whosays.errors import Misuse
from whosays.faces.privacy import DESK, masks
from whosays.ledger import Ledger
from whosays.nouns import Claim, Subject, Verdict

GLOSS = "a folder: the texts that were judged, with what was accepted or corrected in them, to measure readers on"
LOST = "Readers' comments' authors, who judged and when, what was judged unsure, different or of another scope; what nobody judged."
READ_BY = "whatever scores readers on NAME.txt and NAME.json, as CLAIMS.md has them"
WARNING = "It holds publishers' texts as printed, with the names of all whom they name: keep it to those who measure."

_MASKS = masks(DESK, b"", None)
"""Authors of comments out of the text; the article as it is."""


class Disputed(msgspec.Struct, frozen=True):
    """Two claims that are in dispute."""

    claims: tuple[str, str]


class Gold(msgspec.Struct, frozen=True):
    """NAME.json."""

    published: date | None
    claims: list[wire.Claim]
    disputes: list[Disputed]


def gold(ledger: Ledger, *, text: bool, unjudged: bool = False) -> Iterator[tuple[str, bytes]]:
    """Names of files and what is in them, by name. Raises Misuse without `text`."""
    if not text:
        raise Misuse("gold: holds the texts of the articles, which are their publishers'. Say --text to export them.")
    claims = ledger.in_force()
    judged = {id_ for id_, one in claims.items() if one.verdict in (Verdict.ACCEPTED, Verdict.CORRECTED)}
    same = [one.subjects for one in ledger.in_force(about=Subject.DISPUTE).values() if one.verdict is Verdict.SAME]
    articles = {one.article.id for one in map(ledger.claim, sorted({*claims, *(id_ for ids in same for id_ in ids)}))}
    for article in sorted(articles):
        page = ledger.article(article)
        held = [one.claim for one in ledger.claims(article=article) if _stands(one.claim, page.text)]
        given = [one for one in held if one.id in judged or unjudged]
        ids = {one.id for one in given}
        pairs = sorted(pair for pair in same if ids.issuperset(pair))
        yield f"{article}.json", _json(page.published, given, pairs)
        yield f"{article}.txt", _MASKS.article(page).text.encode("utf-8", "replace")


def _stands(claim: Claim, text: str) -> bool:
    return text[claim.evidence.start : claim.evidence.end] == claim.evidence.exact


def _json(published: date | None, claims: list[Claim], pairs: list[tuple[str, ...]]) -> bytes:
    disputes = [Disputed((pair[0], pair[1])) for pair in pairs]
    return msgspec.json.format(
        msgspec.json.encode(Gold(published, [wire.claim(one) for one in claims], disputes)), indent=1
    )
