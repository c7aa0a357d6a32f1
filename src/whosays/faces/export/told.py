"""A claim in plain words, for fields of other formats that people read.

address(article) -> its address, if it is one of the web
proposition(claim) -> `capture of Soledar by Wagner`        sentence(extraction) -> who says so, whether it is so, and the words
day(extraction) -> the day to file it under                 happened(claim) -> does its source say that it took place?
"""

from __future__ import annotations

import re
from datetime import date

from whosays.nouns import ArticleHead, Claim, Count, Extraction, Modality, Party, Polarity, Source, SourceKind, Where

_OF_PLACE = frozenset({"capture", "control", "besiege"})
_OF_TARGET = {
    "attack": "on",
    "ally": "with",
    "oppose": "to",
    "member": "of",
    "condemn": "of",
    "demand": "to",
    "aid": "to",
    "sanction": "on",
}
_HAPPENED = frozenset({Modality.ACTUAL, Modality.PROBABLE})


_WEB = re.compile(r"https?://[^\s\"<>\\^`{|}\ud800-\udfff\x00-\x20]+")


def address(article: ArticleHead) -> str | None:
    """The article's address where it is one of the web and nothing else: pages can state any text as theirs."""
    return article.url if article.url and _WEB.fullmatch(article.url) else None


def happened(claim: Claim) -> bool:
    """Does its source say that it took place or holds, surely or probably? Not so what is denied, planned, demanded or only possible."""
    return claim.polarity is Polarity.AFFIRMED and claim.modality in _HAPPENED


def day(one: Extraction) -> date | None:
    """The first day that the claim speaks of, else the last, else the day on which it was published."""
    time = one.claim.time
    return (time and (time.first or time.last)) or one.article.published


def named(party: Party | None) -> str:
    return "" if party is None else party.name or party.words


def place(where: Where | None) -> str:
    """`Soledar`, `near Azaz`."""
    if where is None:
        return ""
    words = where.name or where.words or ""
    return words if where.place is None else where.place.told(words)


def voice(source: Source) -> str:
    """Who says it, as far as that is known."""
    if source.kind is SourceKind.NARRATION:
        return "the article"
    return source.name or source.mention or "somebody"


def proposition(claim: Claim) -> str:
    """What is claimed, without who says so and whether it is so."""
    where, target, actor = place(claim.place), named(claim.target), named(claim.actor)
    words = [claim.type]
    if where and claim.type in _OF_PLACE:
        words.append(f"of {where}")
    if target:
        words.append(f"{_OF_TARGET.get(claim.type, 'of')} {target}")
    if where and claim.type not in _OF_PLACE:
        near = claim.place is not None and claim.place.place is not None and claim.place.place.relation
        words.append(where if near else f"at {where}")
    if actor:
        words.append(f"by {actor}")
    if claim.count is not None:
        words.append(f"({_count(claim.count)} {claim.who or ''} {claim.harm or ''}".strip() + ")")
    return " ".join(words)


def _count(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    if count.high is None:
        return f"at least {count.low}"
    return f"at most {count.high}" if count.low is None else f"{count.low} to {count.high}"


def stance(claim: Claim) -> str:
    """`affirmed`, `denied`, `affirmed as possible`."""
    return claim.polarity if claim.modality is Modality.ACTUAL else f"{claim.polarity} as {claim.modality}"


def sentence(one: Extraction) -> str:
    """`capture of Soledar by Wagner: denied by Cherevatyi, via Dnipro Ledger: “Wagner had taken Soledar”`"""
    claim = one.claim
    via = f", via {', '.join(claim.via)}" if claim.via else ""
    return f"{proposition(claim)}: {stance(claim)} by {voice(claim.source)}{via}: “{claim.evidence.exact}”"
